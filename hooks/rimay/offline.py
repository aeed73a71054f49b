"""What a phone needs to keep pages: the service worker, the web app, and lists of the files of each collection."""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from rimay.collection import Collection, create_base, create_collections
from rimay.languages import LANGUAGES, address_prefix
from rimay.library import Library
from rimay.page import Page, create_mark

_NAME = "Rimay"
_DOCUMENTS = {".pdf", ".docx", ".xlsx"}
_ASSET = re.compile(r'(?:src|href)="(?:\.{1,2}/)*(assets/[^"]+)"')
_ICONS = (192, 512)


def create_app(library: Library, root: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of the service worker and of the web app in every language."""
    yield "sw.js", create_worker(library, root)
    for language in LANGUAGES:
        yield f"{address_prefix(language)}app.webmanifest", create_manifest(library, language)


def create_worker(library: Library, root: Path) -> bytes:
    """The service worker. It shows the page about what is kept, in the language of the address, where nothing is."""
    pages = {address_prefix(language): library.section_address("offline", language) for language in LANGUAGES}
    longest_first = sorted(pages.items(), key=lambda page: len(page[0]), reverse=True)
    return f"const OFFLINE = {json.dumps(longest_first)};\n".encode() + (root / "overrides" / "sw.js").read_bytes()


def create_manifest(library: Library, language: str) -> bytes:
    """The web app in a language. Its addresses begin where the file stands: at the home of the language."""
    to_root = "../" * address_prefix(language).count("/")
    manifest = {
        "name": _NAME,
        "short_name": _NAME,
        "description": library.strings[language]["site.tagline"],
        "lang": language,
        "start_url": "./",
        "scope": to_root or "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#b80f26",
        "icons": [
            {
                "src": f"{to_root}assets/icon-{size}.png",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size in _ICONS
        ],
    }
    return json.dumps(manifest, ensure_ascii=False).encode()


def write_collections(site: Path, library: Library, pages: Iterable[Page]) -> list[str]:
    """List the files of every collection of a finished site. Returns the paths of the lists."""
    addresses: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for page in pages:
        addresses[page.language].append(page.address)
    folder = site / "offline"
    folder.mkdir(exist_ok=True)
    written = []
    for language, found in addresses.items():
        for collection in (create_base(library, language), *create_collections(library, language)):
            target = folder / f"{collection.id}.{language}.json"
            target.write_text(json.dumps(_list_files(site, collection, found), separators=(",", ":")), "utf-8")
            written.append(target.relative_to(site).as_posix())
    return written


def _list_files(site: Path, collection: Collection, addresses: list[str]) -> dict[str, object]:
    pages = {address: (site / address / "index.html").read_bytes() for address in addresses if collection.has(address)}
    assets = sorted({asset for content in pages.values() for asset in _ASSET.findall(content.decode("utf-8"))})
    documents = sorted(
        file for place in collection.under for file in (site / place).rglob("*") if file.suffix in _DOCUMENTS
    )
    first = [_describe(asset, (site / asset.partition("?")[0]).read_bytes()) for asset in assets]
    first += [_describe(address, content) for address, content in pages.items()]
    rest = [_describe(file.relative_to(site).as_posix(), file.read_bytes()) for file in documents]
    version = create_mark(json.dumps([first, rest]).encode())
    return {"version": version, "pages": first, "documents": rest}


def _describe(path: str, content: bytes) -> tuple[str, int, str]:
    """Its path, the bytes that go over the line (hosts compress pages), and a mark of its content."""
    is_packed = Path(path).suffix in _DOCUMENTS
    size = len(content) if is_packed else len(zlib.compress(content))
    return path, size, create_mark(content)
