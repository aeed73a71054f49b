"""All that is published, as a flat list: what it is, where it goes, what it is made from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date

from rimay.calendars import create_calendars
from rimay.check import load_library
from rimay.downloads import Downloads
from rimay.feeds import create_feeds
from rimay.history import load_changes
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.offline import create_app, write_collections
from rimay.page import Download, Output, Page
from rimay.pages import Pages
from rimay.portable import write_archives, write_sizes
from rimay.redirects import create_redirects
from rimay.sitemap import create_sitemap
from rimay.terms import Explanations, TermMarks


class Site:
    """The outputs of a project. Loading raises DataProblems; nothing is made before it is asked for.

    ``preview`` also shows what is only for the editors' own eyes and never published: the union's private contacts.
    """

    def __init__(self, root: Path, site_url: str, *, preview: bool = False) -> None:
        self.root, self.site_url = root, site_url
        self.library: Library = load_library(root, preview=preview)

    def create_outputs(self, language: str) -> list[Output]:
        """Everything published in a language; what belongs to no language comes with the default one."""
        return [*self._pages(language), *self._documents[language], *self._lists(language)]

    def _pages(self, language: str) -> Iterator[Output]:
        for page in self.pages[language]:
            path = page.address if page.address.endswith(".html") else f"{page.address}index.html"
            yield Output(path, page.text, page.source_uri, page.source, page)

    @cached_property
    def _documents(self) -> dict[str, list[Output]]:
        downloads = Downloads(self.library, self.root, self.site_url)
        return {language: list(downloads.create(language)) for language in LANGUAGES}

    @cached_property
    def pages(self) -> dict[str, list[Page]]:
        """Every page, by language."""
        downloads: dict[tuple[str, str], list[Download]] = defaultdict(list)
        for language, outputs in self._documents.items():
            for output in outputs:
                stem, _, suffix = output.source_uri.rpartition(".")
                downloads[stem, language].append(Download(suffix, output.source_uri, len(output.content), output.path))
        pages = Pages(self.library, self.root, downloads, self.site_url)
        return {language: list(pages.create_all(language)) for language in LANGUAGES}

    def write_offline(self, built: Path) -> int:
        """Add to a finished site what can only be made from it: collections to keep, and the archive of each language.

        Returns the number of files.
        """
        addresses = {code: [p.address for p in pages if p.kind != "lost"] for code, pages in self.pages.items()}
        archives = write_archives(built, self.root, self.library, self.site_url, addresses)
        write_sizes(built, self.library, archives)
        return len(archives) + write_collections(built, self.library, addresses)

    def create_frame(self, page: Page) -> dict[str, Any]:
        """What ``overrides/main.html`` shows around a page: its facts, strings, menu and last change."""
        library, language = self.library, page.language
        changed = self.changes.get(page.source)
        return {
            "info": page,
            "base_path": urlsplit(self.site_url).path or "/",
            "t": library.strings[language],
            "languages": library.strings,
            "home": library.section_address("home", language),
            "alphabet": library.section_address("alphabet", language),
            "menu": [
                (section.id, section.title.get(language), library.section_address(section.id, language))
                for section in library.sections.values()
                if section.menu
            ],
            "about": [
                (section.title.get(language), library.section_address(section.id, language))
                for section in library.sections.values()
                if library.section_trail(section.id)[0].id == "about"
            ],
            "changed": format_date(changed, "long", LANGUAGES[language]) if changed else None,
            "versions": self._versions,
        }

    def create_marks(self, page: Page) -> TermMarks:
        """What marks the terms that are explained on a page."""
        return TermMarks(self._explanations[page.text_language], page)

    @cached_property
    def _explanations(self) -> dict[str, Explanations]:
        return {language: Explanations(self.library, language) for language in LANGUAGES}

    def mark(self, output: Output) -> str:
        """A mark of all that an output is made of, the frame around a page included."""
        digest = sha256(output.content if isinstance(output.content, bytes) else output.content.encode())
        if output.page:
            digest.update(f"{output.page!r}{self._frame_mark}".encode())
        return digest.hexdigest()

    @cached_property
    def _frame_mark(self) -> str:
        places = [
            self.root / name for name in ("overrides", "docs/assets", "data/strings", "data/nav.yml", "mkdocs.yml")
        ]
        files = [file for place in places for file in (sorted(place.rglob("*")) if place.is_dir() else [place])]
        code = {".html", ".svg", ".css", ".js", ".yml"}
        content = b"".join(file.read_bytes() for file in files if file.suffix in code)
        return sha256(content + repr(self._explanations).encode()).hexdigest()

    @cached_property
    def _versions(self) -> dict[str, str]:
        """A mark of the content of each asset, so that a change reaches browsers that keep the old one."""
        assets = self.root / "docs" / "assets"
        return {file.name: sha256(file.read_bytes()).hexdigest()[:8] for file in assets.iterdir() if file.is_file()}

    @cached_property
    def changes(self) -> Mapping[str, date]:
        """The day each source last changed."""
        return load_changes(self.root)

    def _lists(self, language: str) -> Iterator[Output]:
        targets = {page.source_uri: page.address for page in self.pages[language]}
        for path, content in create_feeds(self.library, language, self.site_url, targets):
            yield Output(path, content, path, "data/updates")
        for path, content in create_calendars(self.library, language, self.site_url):
            yield Output(path, content, path, "data/updates")
        if language == next(iter(LANGUAGES)):
            pages = [page for found in self.pages.values() for page in found]
            yield Output("sitemap.xml", create_sitemap(pages, self.site_url, self.changes), "sitemap.xml", "data")
            robots = f"User-agent: *\nAllow: /\nSitemap: {self.site_url}sitemap.xml\n"
            yield Output("robots.txt", robots.encode(), "robots.txt", "data")
            for path, content in create_app(self.library, self.root):
                yield Output(path, content, path, "data/nav.yml")
            for path, content in create_redirects(self.library, self.site_url):
                yield Output(path, content, f"redirects/{path}", "data")
