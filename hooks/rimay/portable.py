"""The whole site as a ZIP that opens without a network: for USB sticks and WhatsApp.

It has the pages of every language and the documents of one; of the updates the newest, so that it can be sent on.
What it leaves out leads to the public address.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from babel.numbers import format_decimal

from rimay.languages import DEFAULT, LANGUAGES, address_prefix
from rimay.layouts import open_layouts
from rimay.library import Library, source_uri
from rimay.page import Page

_EPOCH = (1980, 1, 1, 0, 0, 0)
#: The most updates that are taken along.
MOST_UPDATES = 300
_DOCUMENTS = {".pdf", ".docx", ".xlsx", ".csv", ".ics", ".txt"}
#: What is taken along for the pages of every language: a part of them.
_SHOWN = {".webp"}
#: Each begins with letters: looked for in all pages, that is four times as fast as a choice or a look behind.
_REFERENCES = tuple(re.compile(f'({name})="([^"]*)"') for name in ("href", "src"))
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="[^"]*')
#: A page of a folder is no web app, and its search index cannot be read.
_ONLINE_ONLY = re.compile(r'<link rel="manifest"[^>]*>\s*')


class _Folder:
    """The files of a site, and how they are written into the archive of a language."""

    def __init__(self, site: Path, site_url: str, addresses: Iterable[str], language: str) -> None:
        self._site, self._site_url, self._language = site, site_url, language
        self._pages = {f"{address}index.html": address for address in addresses}
        self._known: dict[str, bool] = {}
        self.beside: set[str] = set()

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Path and content of every page; ``beside`` then has what they need."""
        for path, address in self._pages.items():
            text = _ONLINE_ONLY.sub("", (self._site / path).read_text("utf-8"))
            text = _POLICY.sub(lambda found: found[0].replace("'self'", "'self' file:"), text)
            for reference in _REFERENCES:
                text = reference.sub(partial(self._rewrite, address), text)
            yield path, text.encode()

    def _rewrite(self, here: str, found: "re.Match[str]") -> str:
        path, sharp, anchor = found[2].partition("#")
        if not path or ":" in path or not found.string[found.start() - 1].isspace():
            return found[0]
        path = path.partition("?")[0]
        if path.endswith(("/", ".")):
            path = posixpath.join(path, "index.html")
        target = posixpath.normpath(here + path)
        if target not in self._known:
            self._known[target] = self._is_here(target)
        if not self._known[target]:
            path = self._site_url + target.removesuffix("index.html")
        return f'{found[1]}="{path}{sharp}{anchor}"'

    def _is_here(self, target: str) -> bool:
        """Whether a reference may stay as it is; what is no page is then taken along."""
        if target in self._pages:
            return True
        suffix = Path(target).suffix
        is_document = _language_of(target) == self._language and suffix in _DOCUMENTS
        if is_document or suffix in _SHOWN or target.startswith("assets/"):
            self.beside.add(target)
            return True
        return False


def write_archives(site: Path, root: Path, library: Library, site_url: str, pages: Iterable[Page]) -> Mapping[str, int]:
    """Write the archive of every language, given all pages. Returns their sizes by name."""
    newest = {source_uri(update) for update in library.updates[:MOST_UPDATES]}
    addresses = [page.address for page in pages if page.kind != "update" or page.source_uri in newest]
    layouts = open_layouts(root)

    def write(language: str) -> tuple[str, int]:
        strings = library.strings[language]
        folder, place = _Folder(site, site_url, addresses, language), strings["zip.folder"]
        home = f"{place}/{address_prefix(language)}index.html"
        target = site / f"rimay-{language}.zip"
        target.unlink(missing_ok=True)
        with zipfile.ZipFile(target, "w") as archive:
            start = layouts.get_template("start.html").render(t=strings, language=language, home=home, url=site_url)
            _add(archive, strings["zip.start"], start.encode())
            words = strings["zip.readme"].format(start=strings["zip.start"], home=home, url=site_url)
            _add(archive, strings["zip.readme_file"], words.replace("\n", "\r\n").encode("utf-8-sig"))
            for path, content in folder.pages():
                _add(archive, f"{place}/{path}", content)
            for path in sorted(folder.beside):
                _add(archive, f"{place}/{path}", (site / path).read_bytes())
        return target.name, target.stat().st_size

    with ThreadPoolExecutor() as pool:  # packing does not hold up other threads
        return dict(pool.map(write, LANGUAGES))


def write_sizes(site: Path, library: Library, sizes: Mapping[str, int]) -> list[str]:
    """Say on the pages that offer the archives how large each is. Returns the paths of these pages."""
    changed = []
    for language, locale in LANGUAGES.items():
        page = site / library.section_address("offline", language) / "index.html"
        words = {name: f"{format_decimal(size / 1e6, '#,##0.0', locale)} MB" for name, size in sizes.items()}
        text = page.read_text("utf-8")
        for name, size in words.items():
            text = re.sub(f'(?<=<span data-size="{name}">)[^<]*', size, text)
        page.unlink()  # the file may be shared with the last site
        page.write_text(text, "utf-8")
        changed.append(page.relative_to(site).as_posix())
    return changed


def _language_of(path: str) -> str:
    return next((code for code in LANGUAGES if code != DEFAULT and path.startswith(address_prefix(code))), DEFAULT)


def _add(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # as a reader unpacks it, whatever machine made it
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
