"""Everything people take away beside a page: Word, PDF, text, spreadsheets, archives. Made once and kept."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from rimay.blocks import Block, Sheet, create_blocks, split_page
from rimay.cache import Cache, create_cache
from rimay.calendars import create_reminder_calendar
from rimay.dates import format_update_date
from rimay.deadlines import create_deadlines
from rimay.documents.archive import create_archive
from rimay.documents.card import create_card
from rimay.documents.pdf import create_press_pdf, create_sheet_pdf
from rimay.documents.word import create_form_word, create_press_word, create_sheet_word
from rimay.documents.workbook import create_press_workbook, create_register_workbook
from rimay.forms import create_form_blocks
from rimay.library import Library, section_source, slugify, source_uri
from rimay.load import GLOSSARY
from rimay.page import Output, Page
from rimay.pages import Pages
from rimay.pictures import FOLDER, SUFFIX, load_picture, measure, name_picture
from rimay.press import create_blank, create_text
from rimay.problems import DataProblems, Problem
from rimay.records.agreement import Agreement
from rimay.records.campaign import Campaign
from rimay.records.curriculum import Curriculum
from rimay.records.form import Form
from rimay.records.mandate import Mandate
from rimay.records.organisation import Organisation
from rimay.records.session import Handout, Session
from rimay.records.template import Template
from rimay.records.update import Picture
from rimay.records.vocabulary import Section
from rimay.registers import (
    create_agreement_rows,
    create_csv,
    create_glossary_rows,
    create_indicator_rows,
    create_mandate_rows,
    create_outlet_rows,
)

#: The most updates that have an image of their own: people share what is new, and drawing takes time.
UPDATES_WITH_CARDS = 300
#: Shapes of the images, and the names of their files.
CARDS: dict[Literal["wide", "square"], str] = {"wide": "card", "square": "card-square"}
#: The parts of the site that are registers, and what makes the rows of each.
REGISTERS = {
    "outlets": create_outlet_rows,
    "agreements": create_agreement_rows,
    "mandates": create_mandate_rows,
    "results": create_indicator_rows,
}


class Downloads:
    """Makes the files of a library. ``site_url`` is where they will live: it is printed on paper, as a QR code too."""

    def __init__(self, library: Library, root: Path, site_url: str) -> None:
        self.library, self.root, self.site_url = library, root, site_url

    def create(self, language: str) -> Iterator[Output]:
        """Every file in a language."""
        for template in self.library.all(Template):
            yield from self._create_press(template, language)
        for form in self.library.all(Form):
            yield from self._create_form(form, language)
        drafts = Pages(self.library, self.root, {}, self.site_url)
        for course in self.library.all(Curriculum):
            yield from self._create_course(course, language, drafts)
        for campaign in self.library.campaigns:
            yield from self._create_campaign(campaign, language, drafts)
        if "manual" in self.library.sections:
            yield from self._create_manual(language, drafts)
        if "glossary" in self.library.sections:
            yield self._create_glossary(language)
        for section in self.library.sections.values():
            if section.id in REGISTERS:
                yield from self._create_register(section, language)
        for records in self._dated.values():
            yield from (self._create_reminders(record, language) for record in records if create_deadlines(record))

    def _create_press(self, template: Template, language: str) -> Iterator[Output]:
        strings = self.library.strings[language]
        address, source = self.library.address(template, language), self.library.path(template)
        stem, name = source_uri(template).removesuffix(".md"), _last(address)
        key = f"{self._makers} {language} {template!r} {strings['template.blank']} {strings['template.example']}"
        makers: dict[str, Callable[[], bytes]] = {
            "docx": lambda: create_press_word(template, language, self.root),
            "pdf": lambda: _print(source, name, create_press_pdf, template, language, strings, self.root),
            "txt": lambda: create_text(create_blank(template, language)).encode("utf-8"),
        }
        if template.workbook:
            makers["xlsx"] = lambda: create_press_workbook(template, language, strings)
        for suffix, make in makers.items():
            content = self._cache.get(f"{key} {suffix}", make)
            yield Output(f"{address}{name}.{suffix}", content, f"{stem}.{suffix}", source)

    def _create_manual(self, language: str, drafts: Pages) -> Iterator[Output]:
        """The press manual as one book: its chapters in order, a page break before each."""
        strings, manual = self.library.strings[language], self.library.sections["manual"]
        address, stem = self.library.section_address(manual.id, language), section_source(manual).removesuffix(".md")
        chapters = [drafts.create_section(chapter, language) for chapter in manual.children]
        parts = tuple(split_page(self._blocks(chapter.text))[0] for chapter in chapters)
        title = manual.title.get(language)
        base = Sheet(title, manual.summary.get(language), language, title, self.site_url + address, parts)
        yield from self._create_sheet(
            replace(base, contents=strings["document.contents"]), f"{address}{_last(address)}", stem, "data/nav.yml"
        )

    def _create_register(self, section: Section, language: str) -> Iterator[Output]:
        """A register as CSV and as a spreadsheet, and its deadlines as a calendar."""
        strings, title, source = self.library.strings[language], section.title.get(language), f"data/{section.id}"
        address, stem = self.library.section_address(section.id, language), section_source(section).removesuffix(".md")
        path = f"{address}{_last(address)}"
        head, rows = REGISTERS[section.id](self.library, language)
        yield Output(f"{path}.csv", create_csv(head, rows), f"{stem}.csv", source)
        workbook = create_register_workbook(title, head, rows, strings["document.page"])
        yield Output(f"{path}.xlsx", workbook, f"{stem}.xlsx", source)
        if records := self._dated.get(section.id):
            calendar = create_reminder_calendar(self.library, language, self.site_url, f"Rimay: {title}", records)
            yield Output(f"{path}.ics", calendar, f"{stem}.ics", source)

    @cached_property
    def _dated(self) -> dict[str, Sequence[Agreement | Mandate]]:
        """The records that deadlines are counted for, by the part of the site they stand in."""
        return {"agreements": self.library.agreements, "mandates": self.library.mandates}

    def _create_reminders(self, record: Agreement | Mandate, language: str) -> Output:
        """The deadlines of a record as a calendar."""
        address, label = self.library.address(record, language), record.label.get(language)
        calendar = create_reminder_calendar(self.library, language, self.site_url, label, [record])
        stem = source_uri(record).removesuffix(".md")
        return Output(f"{address}{_last(address)}.ics", calendar, f"{stem}.ics", self.library.path(record))

    def _create_glossary(self, language: str) -> Output:
        """The glossary as CSV, for translators."""
        section = self.library.sections["glossary"]
        address, stem = self.library.section_address(section.id, language), section_source(section).removesuffix(".md")
        content = create_csv(*create_glossary_rows(self.library, language))
        return Output(f"{address}{_last(address)}.csv", content, f"{stem}.csv", GLOSSARY)

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
                guide, _ = split_page(self._blocks(page.text))
                base = self._base(page, f"{course.title.get(language)} {course.code}{number} · {page.title}")
                stem = source_uri(session).removesuffix(".md")
                path = f"{page.address}{_last(page.address)}"
                made += self._create_sheet(replace(base, parts=(guide,)), path, stem, page.source)
                guides.append(guide)
                if session.handouts:
                    leaves = drafts.create_handouts(session, language)
                    _, sheets = split_page(self._blocks(leaves.text))
                    base = replace(base, address=self.site_url + leaves.address)
                    made += self._create_handouts(page, base, session.handouts, sheets)
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

    def _create_campaign(self, campaign: Campaign, language: str, drafts: Pages) -> Iterator[Output]:
        """A campaign's cards, its updates' cards and press releases, and the press kit."""
        strings, page = self.library.strings[language], drafts.create_record(campaign, language)
        stem, base = page.source_uri.removesuffix(".md"), page.address
        cards = [*self._create_cards(page, strings["kind.campaign"])]
        releases: list[Output] = []
        pictures: list[Output] = []
        for update in self.library.updates_of(campaign):
            story = drafts.create_record(update, language)
            if update.id in self._newest:
                yield from self._create_cards(story, format_update_date(update, language))
            if update.picture:
                pictures.append(self._create_picture(update.picture, story))
            if update.press_release:
                text = drafts.create_release(update, story.text_language)
                sheet = replace(self._base(story, story.title), parts=(self._blocks(text),), style="letter")
                path = f"{story.address}{slugify(strings['release.title'])}"
                releases += self._create_sheet(sheet, path, f"{story.source_uri.removesuffix('.md')}", story.source)
        facts, _ = split_page(self._blocks(page.text))
        sheet = replace(self._base(page, strings["kit.facts"]), parts=(facts,))
        kit = [*self._create_sheet(sheet, f"{base}{slugify(strings['kit.facts'])}", f"{stem}/facts", page.source)]
        made = (*kit, *releases, *pictures, *cards)
        yield from made
        named = [(o.path.removeprefix(base).replace("/", "-"), o) for o in made]
        files = {name: (o.title, o.content) for name, o in named if isinstance(o.content, bytes)}
        contact = self._create_contact(campaign, language, self.site_url + base)
        files[f"{slugify(strings['kit.contact'])}.txt"] = (strings["kit.contact"], contact.encode())
        archive = create_archive(
            f"{page.title}: {strings['kit.title']}", self.site_url + base, language, files, self.root
        )
        yield Output(f"{base}{slugify(strings['kit.title'])}.zip", archive, f"{stem}/kit.zip", page.source)

    def _create_picture(self, picture: Picture, page: Page) -> Output:
        """The picture of an update beside its page: it comes and goes with it."""
        content, words = load_picture(self.root, picture.file), page.text_language
        path = f"{page.address}{name_picture(picture.file)}"
        source = f"{page.source_uri.removesuffix('.md')}/picture.{SUFFIX}"
        title = f"{picture.alt.get(words)} ({picture.credit.get(words)})"
        return Output(path, content, source, f"{FOLDER}/{picture.file}", title=title, pixels=measure(content))

    def _create_contact(self, campaign: Campaign, language: str, url: str) -> str:
        """Whom the press may turn to about a campaign: organisations and their public addresses, never persons."""
        lines = [campaign.title.get(language), url, "", self.library.strings[language]["kit.contact_text"], ""]
        for organisation in (self.library.find(Organisation, found) for found in campaign.organisations):
            page = self.site_url + self.library.address(organisation, language)
            lines.append(f"- {organisation.name.get(language)}: {organisation.website or page}")
        return "\n".join([*lines, ""])

    def _create_cards(self, page: Page, kicker: str) -> Iterator[Output]:
        """The images that stand for a page where it is shared."""
        footer = f"Rimay · {urlsplit(self.site_url).netloc}"
        for shape, name in CARDS.items():
            key = f"{self._makers} card {shape} {kicker} {page.title} {footer}"
            card = self._cache.get(key, partial(create_card, kicker, page.title, footer, shape, self.root))
            stem = page.source_uri.removesuffix(".md")
            yield Output(f"{page.address}{name}.png", card, f"{stem}/{name}.png", page.source, title=page.title)

    @cached_property
    def _newest(self) -> set[str]:
        """Updates with an image of their own; the others are shared with their campaign's."""
        return {update.id for update in self.library.updates[:UPDATES_WITH_CARDS]}

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
        make = partial(_print, source, sheet.title, create_sheet_pdf, sheet, strings, self.root)
        pdf = self._cache.get(key, make)
        return Output(f"{path}.pdf", pdf, f"{stem}.pdf", source, title=sheet.title)

    @cached_property
    def _cache(self) -> Cache:
        return create_cache(self.root)

    @cached_property
    def _makers(self) -> str:
        """A mark of the code and the designs that make documents, and of the libraries they use."""
        folders = (self.root / "overrides" / "documents", Path(__file__).parent / "documents")
        files = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix != ".pyc")
        files += [
            Path(__file__).with_name(name) for name in ("blocks.py", "forms.py", "press.py", "tables.py", "text.py")
        ]
        digest = sha256(" ".join(version(name) for name in ("typst", "python-docx", "xlsxwriter", "pillow")).encode())
        for file in files:
            if file.is_file():
                digest.update(file.read_bytes())
        return digest.hexdigest()


def _print(source: str, title: str, create: Callable[..., bytes], *arguments: object) -> bytes:
    """A document for paper. Raises DataProblems where a sign of it cannot be printed."""
    try:
        return create(*arguments)
    except RuntimeError as error:
        context = {"title": title, "found": error}
        raise DataProblems([Problem(source, 0, "", "cannot_print", context)]) from error


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
