"""All that is published, as a flat list: what it is, where it goes, what it is made from."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from babel.dates import format_date

from rimay.cache import create_cache
from rimay.calendars import create_calendars
from rimay.check import load_library
from rimay.downloads import Downloads
from rimay.feeds import create_feeds
from rimay.fingerprints import create_fingerprints
from rimay.headers import POLICY, create_headers
from rimay.history import load_changes
from rimay.languages import LANGUAGES
from rimay.ledger import FRAME, digest_inputs
from rimay.library import Library
from rimay.load import load_data
from rimay.offline import create_app, write_collections
from rimay.page import Download, Output, Page, create_mark
from rimay.pages import Pages
from rimay.portable import write_archives, write_sizes
from rimay.redirects import create_redirects
from rimay.sitemap import create_sitemap
from rimay.terms import Explanations, TermMarks
from rimay.verify import verify

_T = TypeVar("_T")


class Site:
    """The outputs of a project. Loading raises DataProblems; nothing is made before it is asked for.

    ``preview`` also shows what is only for the editors' own eyes and never published: the union's private contacts.
    """

    def __init__(self, root: Path, site_url: str, *, preview: bool = False) -> None:
        self.root, self.site_url = root, site_url
        self.library: Library = load_library(root, preview=preview)

    def create_outputs(self, language: str) -> list[Output]:
        """Everything published in a language; what belongs to no language comes with the default one."""
        return [*self._create_pages(language), *self._documents[language], *self._lists(language)]

    def _create_pages(self, language: str) -> Iterator[Output]:
        for page in self.pages[language]:
            yield Output(page.path, page.text, page.source_uri, page.source, page)

    @cached_property
    def _documents(self) -> Mapping[str, list[Output]]:
        downloads = Downloads(self.library, self.root, self.site_url)
        return _ByLanguage(lambda language: list(downloads.create(language)))

    @cached_property
    def pages(self) -> Mapping[str, list[Page]]:
        """Every page, by language."""

        def create(language: str) -> list[Page]:
            downloads: dict[tuple[str, str], list[Download]] = defaultdict(list)
            for output in self._documents[language]:
                stem, _, suffix = output.source_uri.rpartition(".")
                found = Download(suffix, output.source_uri, len(output.content), output.path, output.pixels)
                downloads[stem, language].append(found)
            return list(Pages(self.library, self.root, downloads, self.site_url).create_all(language))

        return _ByLanguage(create)

    def write_offline(self, built: Path) -> list[str]:
        """Add to a finished site what can only be made from it: collections to keep, and the archive of each language.

        Returns the paths of what was written.
        """
        pages = [page for found in self._drafts.values() for page in found if page.kind != "lost"]
        archives = write_archives(built, self.root, self.library, self.site_url, pages)
        changed = write_sizes(built, self.library, archives)
        return [*archives, *changed, *write_collections(built, self.library, pages)]

    def verify(self, built: Path) -> list[str]:
        """What is wrong with a finished site: its links, its weight, or that something hidden is in it."""
        return verify(built, self.site_url, self.library, load_data(self.root, private=True))

    @cached_property
    def _drafts(self) -> Mapping[str, list[Page]]:
        """Every page, by language, without the files beside it: what it is called and where it stands."""
        drafts = Pages(self.library, self.root, {}, self.site_url)
        return _ByLanguage(lambda language: list(drafts.create_all(language)))

    def create_frame(self, page: Page) -> dict[str, Any]:
        """What ``overrides/main.html`` shows around a page: its facts, strings, menu and last change."""
        library, language = self.library, page.language
        changed = self.changes.get(page.source)
        return {
            "info": page,
            "policy": POLICY,
            "base_path": urlsplit(self.site_url).path or "/",
            "t": library.strings[language],
            "languages": library.strings,
            "locales": LANGUAGES,
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
                if library.section_trail(section.id)[0].id in ("about", "status")
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

    def create_fingerprints(self, outputs: Sequence[Output]) -> dict[str, str]:
        """A digest of all that each output is made of, by its path."""
        explained = {target for found in self._explanations.values() for target in found.targets}
        paths = sorted((output.source_uri, output.path) for output in outputs if output.source_uri in explained)
        frame = digest_inputs(self.root, FRAME, self.site_url, self._explanations, paths)
        return create_fingerprints(outputs, frame, self.changes)

    def _keep(self, key: str, create: Callable[[], bytes]) -> bytes:
        return create_cache(self.root).get(f"{self._makers} {key}", create)

    @cached_property
    def _makers(self) -> str:
        """A digest of what makes lists out of records: code, strings and libraries."""
        return digest_inputs(self.root, ("hooks", "data/strings"), self.site_url)

    @cached_property
    def _versions(self) -> dict[str, str]:
        """A mark of the content of each asset, so that a change reaches browsers that keep the old one."""
        assets = self.root / "docs" / "assets"
        return {file.name: create_mark(file.read_bytes()) for file in assets.iterdir() if file.is_file()}

    @cached_property
    def changes(self) -> Mapping[str, date]:
        """The day each source last changed."""
        return load_changes(self.root)

    def _lists(self, language: str) -> Iterator[Output]:
        targets = {page.source_uri: page.address for page in self.pages[language]}
        for path, content in create_feeds(self.library, language, self.site_url, targets, self._keep):
            yield Output(path, content, path, "data/updates")
        for path, content in create_calendars(self.library, language, self.site_url, self.changes, self._keep):
            yield Output(path, content, path, "data/updates")
        if language == next(iter(LANGUAGES)):
            pages = [page for found in self._drafts.values() for page in found]
            yield Output("sitemap.xml", create_sitemap(pages, self.site_url, self.changes), "sitemap.xml", "data")
            robots = f"User-agent: *\nAllow: /\nSitemap: {self.site_url}sitemap.xml\n"
            yield Output("robots.txt", robots.encode(), "robots.txt", "data")
            homes = [self.library.section_address("home", code) for code in LANGUAGES]
            for path, content in create_headers(self.site_url, homes):
                yield Output(path, content, f"headers/{path}", "data")
            for path, content in create_app(self.library, self.root):
                yield Output(path, content, path, "data/nav.yml")
            for path, content in create_redirects(self.library, self.site_url):
                yield Output(path, content, f"redirects/{path}", "data")


class _ByLanguage(Mapping[str, list[_T]]):
    """Lists that are made when a language is first asked for."""

    def __init__(self, create: Callable[[str], list[_T]]) -> None:
        self._create, self._made = create, dict[str, list[_T]]()

    def __getitem__(self, language: str) -> list[_T]:
        if language not in self._made:
            self._made[language] = self._create(language)
        return self._made[language]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)
