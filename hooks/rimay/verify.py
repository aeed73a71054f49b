"""A finished site looked over before it takes the place of the last: links, weight, and that nothing hidden is in."""

import gzip
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from rimay.languages import LANGUAGES
from rimay.library import Library, texts
from rimay.load import Data
from rimay.pictures import name_picture
from rimay.problems import editor_language
from rimay.records.fields import LocalisedSlug, Record
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
#: What a meta element leads to: the page or image that is shared.
_SHARED = {"og:url", "og:image"}
_PACKED = {".zip", ".docx", ".xlsx"}
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[.!?…|\n]+")
#: Hidden texts are looked for sentence by sentence, long sentences so many words at a time, and nothing shorter.
_WORDS_AT_ONCE, _SHORTEST, _SHORTEST_CONTACT = 8, 12, 7


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
            if element.get("property") in _SHARED:
                references[str(element.get("content"))] = None
            elif element.get("http-equiv") == "refresh":
                references[str(element.get("content")).partition("url=")[2]] = None
        self.references = list(references)


def check_weight(site: Path, pages: Mapping[str, bytes]) -> Iterator[str]:
    """Pages whose first visit costs more than their kind may."""
    assets = {file.name: weigh(file.read_bytes()) for file in (site / "assets").glob("*.*")}
    for path, content in pages.items():
        loaded = set(re.findall(rb'<(?:link rel="stylesheet"|script)[^>]*?assets/([\w.-]+)', content))
        kind = re.search(rb'class="page page-([\w-]+)"', content)
        cost = sum(assets.get(name.decode(), 0) for name in loaded)
        shown = {unquote(source.decode()) for source in re.findall(rb'<img [^>]*?src="([^":]+)"', content)}
        files = [(site / path).parent / source for source in shown]
        pictures = sum(file.stat().st_size for file in files if file.is_file())
        for found in find_heavy(path, kind[1].decode() if kind else "", weigh(content), cost, pictures):
            yield _say("heavy", found=found)


def check_leaks(site: Path, library: Library, data: Data) -> Iterator[str]:
    """Files that say something of a draft, of what waits for its moment or was withdrawn, or of a private contact."""
    secrets = find_secrets(library, data)
    addresses = [*find_hidden_addresses(library), *find_hidden_pictures(library, data)]
    if not secrets and not addresses:
        return
    for file in sorted(file for file in site.rglob("*") if file.is_file()):
        for path, content in _unpack(file.relative_to(site).as_posix(), file.read_bytes()):
            for found in (*_find_words(content, secrets), *(a for a in addresses if a in path or a in content)):
                yield _say("leak", path=path, words=found)


def find_hidden_addresses(library: Library) -> list[str]:
    """Where the pages of records will stand that readers may not see yet."""
    hidden = [entry.record for entry in library.entries if not library.is_public(entry.record)]
    return sorted({library.address(record, language) for record in hidden for language in LANGUAGES})


def find_hidden_pictures(library: Library, data: Data) -> list[str]:
    """How the files of pictures end that no record shows to readers, as editors call them and as they are published."""

    def names(records: Iterable[Record]) -> set[str]:
        return {record.picture.file for record in records if isinstance(record, Update) and record.picture}

    shown = names(entry.record for entry in library.entries if library.is_public(entry.record))
    hidden = names(entry.record for entry in data.entries) - shown
    return sorted(f"/{found}" for name in hidden for found in (name, name_picture(name)))


def find_secrets(library: Library, data: Data) -> list[str]:
    """Words that only hidden texts have: what is public, the note of a withdrawal included, is no secret."""
    hidden, contacts = set[str](), set[str]()
    for entry in data.entries:
        record = entry.record
        if not library.is_public(record) or (isinstance(record, Update) and record.withdrawn):
            localised = [text for _, text in texts(record) if not isinstance(text, LocalisedSlug)]
            hidden.update(words for text in localised for words in text.root.values())
    for contact in data.contacts:
        hidden.update(contact.facts)
        contacts.update(_plain(fact) for fact in (contact.name, contact.phone, contact.email) if fact)
    if not hidden:
        return []
    runs = {run for words in hidden for run in _cut(create_plain(words)) if len(run) >= _SHORTEST}
    runs |= {words for words in contacts if len(words) >= _SHORTEST_CONTACT}
    public = [entry.record for entry in library.entries if library.is_public(entry.record)]
    others = [*(entry.record for entry in data.glossary), *data.sections, library.vocabulary]
    shown = [record.model_dump() for record in (*public, *others)]
    everything = _plain("\n".join(_collect([shown, data.strings])))
    return sorted(run for run in runs if f" {run} " not in f" {everything} ")


def _cut(text: str) -> Iterator[str]:
    """A text in runs of words: sentences, and the parts of long ones, the last of them as long as the others."""
    for sentence in _SENTENCE_END.split(text):
        words = _plain(sentence).split()
        last = max(0, len(words) - _WORDS_AT_ONCE)
        for start in {*range(0, last, _WORDS_AT_ONCE), last}:
            yield " ".join(words[start : start + _WORDS_AT_ONCE])


def _find_words(content: str, secrets: Iterable[str]) -> Iterator[str]:
    """The secrets that a text says, whatever tags and signs stand between their words."""
    possible = [words for words in secrets if max(words.split(), key=len) in content]
    if possible:
        text = unescape(content).replace("\\n", " ")
        said = f" {_plain(text)} {_plain(_TAG.sub(' ', text))} "
        yield from (words for words in possible if f" {words} " in said)


def _plain(text: str) -> str:
    """The words of a text and nothing between them."""
    return _BETWEEN_WORDS.sub(" ", text).strip()


def _collect(value: object) -> Iterator[str]:
    """Every text in a record as plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (words for inner in value.values() for words in _collect(inner))
    elif isinstance(value, list | tuple):
        yield from (words for inner in value for words in _collect(inner))


def _unpack(path: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Every text in a file, archives, documents and the search index opened; of what is no text only the path."""
    suffix = Path(path).suffix
    if suffix in _PACKED:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _unpack(f"{path}/{name}", archive.read(name))
        return
    try:
        text = (gzip.decompress(content) if suffix == ".pf_fragment" else content).decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    yield path, text.replace("\r\n ", "")  # calendars fold long lines


def _say(what: str, **words: object) -> str:
    return _WORDS[editor_language()][what].format(**words)
