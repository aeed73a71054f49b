"""All that is published, as a flat list: what it is, where it goes, what it is made from."""

import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date

from rimay.blocks import Block, Sheet, create_blocks, split_page
from rimay.cache import Cache
from rimay.calendars import create_calendar
from rimay.check import load_library
from rimay.documents.archive import create_archive
from rimay.documents.pdf import create_press_pdf, create_sheet_pdf
from rimay.documents.word import create_form_word, create_press_word, create_sheet_word
from rimay.feeds import create_atom, create_json_feed
from rimay.forms import create_form_blocks
from rimay.history import load_changes
from rimay.languages import LANGUAGES, address_prefix
from rimay.library import Library, slugify, source_uri
from rimay.page import Download, Page
from rimay.pages import Pages
from rimay.press import create_blank, create_text
from rimay.problems import DataProblems, Problem
from rimay.records.curriculum import Curriculum
from rimay.records.form import Form
from rimay.records.session import Handout, Session
from rimay.records.template import Template
from rimay.redirects import create_redirects
from rimay.sitemap import create_sitemap


@dataclass(frozen=True)
class Output:
    """One published thing. ``path`` is where it stands in the site; pages carry Markdown and their frame."""

    path: str
    content: str | bytes
    #: Name that other pages link to it by; the same in every language.
    source_uri: str
    #: The file of the project that it is made from.
    source: str
    page: Page | None = None
    #: What a reader calls a document.
    title: str = ""


class Site:
    """The outputs of a project. Loading raises DataProblems; nothing is made before it is asked for."""

    def __init__(self, root: Path, site_url: str) -> None:
        self.root, self.site_url = root, site_url
        self.library: Library = load_library(root)

    def create_outputs(self, language: str) -> list[Output]:
        """Everything published in a language; what belongs to no language comes with the default one."""
        return [*self._pages(language), *self._documents[language], *self._lists(language)]

    def _pages(self, language: str) -> Iterator[Output]:
        for page in self.pages[language]:
            path = page.address if page.address.endswith(".html") else f"{page.address}index.html"
            yield Output(path, page.text, page.source_uri, page.source, page)

    @cached_property
    def pages(self) -> dict[str, list[Page]]:
        """Every page, by language."""
        downloads: dict[tuple[str, str], list[Download]] = defaultdict(list)
        for language, outputs in self._documents.items():
            for output in outputs:
                stem, _, suffix = output.source_uri.rpartition(".")
                downloads[stem, language].append(Download(suffix, output.source_uri, len(output.content)))
        pages = Pages(self.library, self.root, downloads)
        return {language: list(pages.create_all(language)) for language in LANGUAGES}

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
        return sha256(b"".join(file.read_bytes() for file in files if file.suffix in code)).hexdigest()

    @cached_property
    def _versions(self) -> dict[str, str]:
        """A mark of the content of each asset, so that a change reaches browsers that keep the old one."""
        assets = self.root / "docs" / "assets"
        return {file.name: sha256(file.read_bytes()).hexdigest()[:8] for file in assets.iterdir() if file.is_file()}

    @cached_property
    def changes(self) -> Mapping[str, date]:
        """The day each source last changed."""
        return load_changes(self.root)

    @cached_property
    def _documents(self) -> dict[str, list[Output]]:
        return {language: list(self._create_documents(language)) for language in LANGUAGES}

    def _create_documents(self, language: str) -> Iterator[Output]:
        for template in self.library.all(Template):
            yield from self._create_press(template, language)
        for form in self.library.all(Form):
            yield from self._create_form(form, language)
        drafts = Pages(self.library, self.root, {})
        for course in self.library.all(Curriculum):
            yield from self._create_course(course, language, drafts)
        self._cache.prune()

    def _create_press(self, template: Template, language: str) -> Iterator[Output]:
        strings = self.library.strings[language]
        address, source = self.library.address(template, language), self.library.path(template)
        stem, name = source_uri(template).removesuffix(".md"), _last(address)
        word = create_press_word(template, language, self.root)
        pdf = create_press_pdf(template, language, strings, self.root)
        text = create_text(create_blank(template, language)).encode("utf-8")
        for suffix, content in (("docx", word), ("pdf", pdf), ("txt", text)):
            yield Output(f"{address}{name}.{suffix}", content, f"{stem}.{suffix}", source)

    def _create_form(self, form: Form, language: str) -> Iterator[Output]:
        strings = self.library.strings[language]
        address, source = self.library.address(form, language), self.library.path(form)
        stem, path = source_uri(form).removesuffix(".md"), f"{address}{_last(address)}"
        title, summary = form.title.get(language), form.summary.get(language)
        blocks = create_form_blocks(form, language, strings)
        key = f"{self._makers} form {language} {form!r} {strings['kind.form']}"
        word = self._cache.get(key, lambda: create_form_word(form, language, strings, self.root))
        yield Output(f"{path}.docx", word, f"{stem}.docx", source)
        sheet = Sheet(title, summary, language, title, self.site_url + address, (blocks,))
        yield self._create_pdf(sheet, path, stem, source)

    def _create_course(self, course: Curriculum, language: str, drafts: Pages) -> Iterator[Output]:
        """Guides and handouts of a course, the two books, and all of it as one archive."""
        strings, address = self.library.strings[language], self.library.address(course, language)
        guides: list[tuple[Block, ...]] = []
        handouts: list[tuple[Block, ...]] = []
        made: list[Output] = []
        for number, planned in enumerate(course.sessions, 1):
            if planned.session:
                session = self.library.find(Session, planned.session)
                page = drafts.create_record(session, language)
                guide, sheets = split_page(self._blocks(page.text))
                base = self._base(page, f"{course.title.get(language)} {course.code}{number} · {page.title}")
                stem = source_uri(session).removesuffix(".md")
                path = f"{page.address}{_last(page.address)}"
                made += self._create_sheet(replace(base, parts=(guide,)), path, stem, page.source)
                made += self._create_handouts(page, base, session.handouts, sheets)
                guides.append(guide)
                handouts += sheets
        page = drafts.create_record(course, language)
        _, sheets = split_page(self._blocks(page.text))
        made += self._create_handouts(page, self._base(page, page.title), course.handouts, sheets)
        stem = source_uri(course).removesuffix(".md")
        for name, parts in (("handbook", guides), ("booklet", handouts)):
            title = f"{page.title}: {strings[f'course.{name}']}"
            book = replace(
                self._base(page, title),
                title=title,
                description=strings[f"course.{name}_text"],
                parts=tuple(parts),
                contents=strings["document.contents"],
            )
            path = f"{address}{_last(address)}-{slugify(strings[f'course.{name}'])}"
            made.append(self._create_pdf(book, path, f"{stem}/{name}", page.source))
        yield from made
        files = {o.path.removeprefix(address): (o.title, o.content) for o in made if isinstance(o.content, bytes)}
        archive = create_archive(page.title, self.site_url + address, language, files, self.root)
        yield Output(f"{address}{_last(address)}.zip", archive, f"{stem}/archive.zip", page.source)

    def _blocks(self, markdown: str) -> tuple[Block, ...]:
        """The tree of a page's text, read once and kept like the documents made of it."""
        kept = self._cache.get(f"{self._makers} blocks {markdown}", lambda: pickle.dumps(create_blocks(markdown)))
        blocks: tuple[Block, ...] = pickle.loads(kept)  # noqa: S301 - our own, and its digest was checked
        return blocks

    def _base(self, page: Page, running: str) -> Sheet:
        return Sheet(page.title, page.description, page.text_language, running, self.site_url + page.address, ())

    def _create_handouts(
        self, page: Page, base: Sheet, handouts: Sequence[Handout], sheets: Sequence[tuple[Block, ...]]
    ) -> Iterator[Output]:
        """Each handout of a page alone, and all of them together."""
        strings, stem = self.library.strings[page.language], page.source_uri.removesuffix(".md")
        for handout, sheet in zip(handouts, sheets, strict=True):
            title = handout.title.get(page.text_language)
            one = replace(base, title=title, parts=(sheet,), style=handout.style)
            yield from self._create_sheet(one, f"{page.address}{slugify(title)}", f"{stem}/{handout.id}", page.source)
        if sheets:
            title = f"{page.title}: {strings['session.handouts']}"
            every = replace(base, title=title, parts=tuple(sheets))
            path = f"{page.address}{slugify(strings['session.handouts'])}"
            yield self._create_pdf(every, path, f"{stem}/all", page.source)

    def _create_sheet(self, sheet: Sheet, path: str, stem: str, source: str) -> Iterator[Output]:
        key = f"{self._makers} docx {sheet!r}"
        word = self._cache.get(key, lambda: create_sheet_word(sheet, self.root))
        yield Output(f"{path}.docx", word, f"{stem}.docx", source, title=sheet.title)
        yield self._create_pdf(sheet, path, stem, source)

    def _create_pdf(self, sheet: Sheet, path: str, stem: str, source: str) -> Output:
        strings = self.library.strings[sheet.language]
        key = f"{self._makers} pdf {strings['document.page']} {sheet!r}"
        try:
            pdf = self._cache.get(key, lambda: create_sheet_pdf(sheet, strings, self.root))
        except RuntimeError as error:
            context = {"title": sheet.title, "found": error}
            raise DataProblems([Problem(source, 0, "", "cannot_print", context)]) from error
        return Output(f"{path}.pdf", pdf, f"{stem}.pdf", source, title=sheet.title)

    @cached_property
    def _cache(self) -> Cache:
        return Cache(self.root / ".cache" / "documents")

    @cached_property
    def _makers(self) -> str:
        """A mark of the code and the designs that make documents, and of the libraries they use."""
        folders = (self.root / "overrides" / "documents", Path(__file__).parent / "documents")
        files = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix != ".pyc")
        files += [Path(__file__).with_name(name) for name in ("blocks.py", "forms.py", "tables.py", "text.py")]
        digest = sha256(f"{version('typst')} {version('python-docx')}".encode())
        for file in files:
            if file.is_file():
                digest.update(file.read_bytes())
        return digest.hexdigest()

    def _lists(self, language: str) -> Iterator[Output]:
        targets = {page.source_uri: page.address for page in self.pages[language]}
        arguments = (self.library, language, self.site_url)
        prefix, name = address_prefix(language), self.library.strings[language]["calendar.file"]
        yield Output(f"{prefix}feed.xml", create_atom(*arguments, targets), "feed.xml", "data/updates")
        yield Output(f"{prefix}feed.json", create_json_feed(*arguments, targets), "feed.json", "data/updates")
        yield Output(f"{prefix}{name}", create_calendar(*arguments), "calendar.ics", "data/updates")
        if language == next(iter(LANGUAGES)):
            pages = [page for found in self.pages.values() for page in found]
            yield Output("sitemap.xml", create_sitemap(pages, self.site_url, self.changes), "sitemap.xml", "data")
            robots = f"User-agent: *\nAllow: /\nSitemap: {self.site_url}sitemap.xml\n"
            yield Output("robots.txt", robots.encode(), "robots.txt", "data")
            for path, content in create_redirects(self.library, self.site_url):
                yield Output(path, content, f"redirects/{path}", "data")


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
