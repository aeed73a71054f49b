"""A finished site looked over before it takes the place of the last: links, weight, and that nothing hidden is in."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from rimay.library import Library, texts
from rimay.load import Data
from rimay.problems import editor_language
from rimay.records.update import Update
from rimay.text import create_plain
from rimay.weight import find_heavy, weigh

_WORDS = {
    "es": {
        "link": "{page}: {value}: no lleva a ningún archivo del sitio",
        "anchor": "{page}: {value}: la página no tiene ese lugar",
        "heavy": "{found}: pesa más de lo permitido (bytes comprimidos)",
        "leak": "{path}: dice algo que todavía no se publica o se retiró: «{words}»",
        "none": "{folder}: no hay un sitio ahí; primero «make build»",
    },
    "en": {
        "link": "{page}: {value}: leads to no file of the site",
        "anchor": "{page}: {value}: the page has no such place",
        "heavy": "{found}: weighs more than it may (bytes, compressed)",
        "leak": "{path}: says what is not published yet or was withdrawn: “{words}”",
        "none": "{folder}: there is no site; first “make build”",
    },
}
_LINKED = ("href", "src", "action", "poster", "data-index")
#: Words of a hidden text that are looked for: runs of plain words that no other text is likely to have.
_RUN = re.compile(r"[\w ,;:]{16,60}")
_PACKED = {".zip", ".docx", ".xlsx"}
_READ = {".html", ".xml", ".json", ".txt", ".ics", ".csv", ".rels"}


def verify(site: Path, site_url: str, library: Library, data: Data) -> list[str]:
    """Everything wrong with a finished site, a line each in the editor's language; empty where all is well.

    ``data`` is what the library was made from: it still has what was withdrawn.
    """
    if not (site / "index.html").is_file():
        return [_say("none", folder=site)]
    pages = {file.relative_to(site).as_posix(): file.read_bytes() for file in sorted(site.rglob("*.html"))}
    return [*check_links(site, site_url, pages), *check_weight(site, pages), *check_leaks(site, library, data)]


def check_links(site: Path, site_url: str, pages: Mapping[str, bytes]) -> Iterator[str]:
    """References inside the site that lead to no file, or to no place in it."""
    documents = {path: _Page(content) for path, content in pages.items()}
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    root = urlsplit(site_url)
    for path, page in documents.items():
        here = urljoin(urljoin(site_url, path.removesuffix("index.html")), page.base)
        for value in page.references:
            url = urlsplit(urljoin(here, value))
            if (url.scheme, url.netloc) != (root.scheme, root.netloc) or not url.path.startswith(root.path):
                continue
            target = unquote(url.path.removeprefix(root.path))
            target = f"{target}index.html" if not target or target.endswith("/") else target
            if target not in files:
                yield _say("link", page=path, value=value)
            elif url.fragment and target in documents and unquote(url.fragment) not in documents[target].ids:
                yield _say("anchor", page=path, value=value)


class _Page:
    """What a page names, and what in it can be named."""

    def __init__(self, content: bytes) -> None:
        tree = html.document_fromstring(content.decode("utf-8"))
        self.ids, self.base = set[str](), ""
        references: dict[str, None] = {}
        for element in tree.iter(etree.Element):
            if found := element.get("id"):
                self.ids.add(found)
            if element.tag == "base":
                self.base = str(element.get("href") or "")
            else:
                references |= {str(value): None for name in _LINKED if (value := element.get(name)) is not None}
        self.references = list(references)


def check_weight(site: Path, pages: Mapping[str, bytes]) -> Iterator[str]:
    """Pages whose first visit costs more than their kind may."""
    assets = {file.name: weigh(file.read_bytes()) for file in (site / "assets").glob("*.*")}
    for path, content in pages.items():
        loaded = set(re.findall(rb'<(?:link rel="stylesheet"|script)[^>]*?assets/([\w.-]+)', content))
        kind = re.search(rb'class="page page-([\w-]+)"', content)
        cost = sum(assets[name.decode()] for name in loaded)
        for found in find_heavy(path, kind[1].decode() if kind else "", weigh(content), cost):
            yield _say("heavy", found=found)


def check_leaks(site: Path, library: Library, data: Data) -> Iterator[str]:
    """Files that say something of a draft, of what waits for its moment or was withdrawn, or of a private contact."""
    secrets = find_secrets(library, data)
    if not secrets:
        return
    for file in sorted(file for file in site.rglob("*") if file.is_file()):
        for path, content in _unpack(file.relative_to(site).as_posix(), file.read_bytes()):
            for words in secrets:
                if words in content or escape(words) in content:
                    yield _say("leak", path=path, words=words)


def find_secrets(library: Library, data: Data) -> list[str]:
    """Runs of words that only hidden texts have."""
    hidden, shown = set[str](), set[str]()
    for entry in data.entries:
        record = entry.record
        is_hidden = not library.is_public(record) or (isinstance(record, Update) and record.withdrawn is not None)
        (hidden if is_hidden else shown).update(words for _, text in texts(record) for words in text.root.values())
    for contact in data.contacts:
        hidden.update(fact for fact in contact.facts if fact)
    runs = {run.strip() for words in hidden for run in _RUN.findall(create_plain(words))}
    everything = "\n".join(shown)
    return sorted(run for run in runs if len(run) >= 16 and run not in everything)


def _unpack(path: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Every text in a file, archives and documents opened."""
    suffix = Path(path).suffix
    if suffix in _PACKED:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _unpack(f"{path}/{name}", archive.read(name))
    elif suffix in _READ:
        yield path, content.decode("utf-8", "replace").replace("\r\n ", "")


def _say(what: str, **words: object) -> str:
    return _WORDS[editor_language()][what].format(**words)
