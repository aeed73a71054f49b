"""The members' bulletin of a period: HTML for e-mail, a draft for mail programs, Word, and text for WhatsApp."""

import posixpath
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from icalendar import Calendar
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pydantic import TypeAdapter, ValidationError

from rimay.blocks import Block, Heading, Items, Paragraph, Run, Sheet, create_blocks
from rimay.calendars import create_calendars
from rimay.check import load_library
from rimay.dates import format_coming, format_period, format_update_date
from rimay.documents.word import create_sheet_word
from rimay.languages import DEFAULT, LANGUAGES, address_prefix
from rimay.library import Library, section_source, source_uri
from rimay.messages import MESSAGES
from rimay.notes import Notes, create_notes
from rimay.problems import DataProblems, Problem, editor_language
from rimay.records.campaign import Campaign
from rimay.records.fields import Day, Localised, PartialDate, Plain, Url
from rimay.records.update import Update
from rimay.text import create_html, escape_prose, first_sentences, resolve_links

#: How far ahead of its period a bulletin announces dates; the calendar has them all.
AHEAD = timedelta(days=365)
_LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
_EMPTY = {
    "es": "ninguna novedad publicada entre {begin} y {end}; no se escribió nada",
    "en": "no published update between {begin} and {end}; nothing was written",
}
_EXISTS = {
    "es": "{found}: ya existe; elige otra carpeta o agrega --force para reemplazarlo",
    "en": "{found}: already exists; choose another folder or add --force to replace it",
}


@dataclass(frozen=True)
class Link:
    """Words, and the full address that they lead to."""

    words: str
    address: str


@dataclass(frozen=True)
class Story:
    """An update as the bulletin tells it."""

    #: The language of title and text; differs from the bulletin's where a translation is missing.
    language: str
    #: Date and place.
    dateline: str
    title: str
    #: The whole text as an editor's Markdown, and as HTML with full addresses and the notes.
    text: str
    html: Markup
    notes: Notes
    address: str


@dataclass(frozen=True)
class Chapter:
    """A campaign, how it stands, and its updates in the period, newest first."""

    #: The language of the title.
    language: str
    title: str
    status: str
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class Bulletin:
    """What a bulletin says in every form. Without chapters nothing happened in the period."""

    language: str
    title: str
    period: str
    chapters: tuple[Chapter, ...]
    #: What the calendar announces after the period.
    dates: tuple[Link, ...]
    #: That reading leaves no trace; not in text for WhatsApp, which tells the sender who has read it.
    privacy: str
    #: Licence, feed, calendar; the last is where to read more.
    footer: tuple[Link, ...]

    @property
    def subject(self) -> str:
        """Title and period in one line."""
        return f"{self.title} · {self.period}"


class Editor:
    """Makes bulletins of a library in a language. ``site_url`` is where the site is: every link is a full address."""

    def __init__(self, library: Library, language: str, site_url: str) -> None:
        self.library, self.language, self.site_url = library, language, site_url

    def create(self, begin: date, end: date, title: str | None = None) -> Bulletin:
        """The bulletin of the published updates that begin in the period, its first and last day included.

        Of bulletins that follow each other, each update is in exactly one.
        """
        strings = self.library.strings[self.language]
        updates: dict[str, list[Update]] = {}
        for update in self.library.updates:
            if begin <= update.date.first_day() <= end:
                updates.setdefault(update.campaign, []).append(update)
        home = self.site_url + self.library.section_address("home", self.language)
        news = self.site_url + self.library.section_address("news", self.language)
        return Bulletin(
            language=self.language,
            title=title or strings["bulletin.title"],
            period=format_period(PartialDate.parse(begin), PartialDate.parse(end), self.language),
            chapters=tuple(self._create_chapter(*found) for found in updates.items()),
            dates=tuple(self._create_dates(end)),
            privacy=strings["bulletin.private"],
            footer=(
                Link(strings["bulletin.licence"], _LICENCE),
                Link(strings["bulletin.subscribe"], f"{home}feed.xml"),
                Link(strings["bulletin.calendar"], home + strings["calendar.file"]),
                Link(strings["bulletin.more"], news),
            ),
        )

    def _create_chapter(self, campaign_id: str, updates: list[Update]) -> Chapter:
        campaign = self.library.find(Campaign, campaign_id)
        status = self.library.vocabulary.campaign_statuses[campaign.status].label
        return Chapter(
            language=self._choose_language(campaign.title),
            title=campaign.title.get(self.language),
            status=f"{self.library.strings[self.language]['kind.campaign']} · {status.get(self.language)}",
            stories=tuple(self._create_story(update) for update in updates),
        )

    def _create_story(self, update: Update) -> Story:
        address = self.library.address(update, self.language)
        folder = posixpath.dirname(source_uri(update))

        def resolve(target: str) -> str:
            path, mark, anchor = target.partition("#")
            if ":" in path:
                return target
            page = self._addresses.get(posixpath.normpath(posixpath.join(folder, path)), address)
            return f"{self.site_url}{page}{mark}{anchor}"

        language = self._choose_language(update.title, update.text)
        dateline = [format_update_date(update, self.language)]
        if update.place:
            dateline.append(update.place.get(self.language))
        if language != self.language:
            dateline.append(self.library.strings[self.language]["bulletin.untranslated"])
        text = update.text.get(language)
        notes = create_notes(update, self.library, language)
        html = Markup(create_html(resolve_links(text, resolve)) + "\n" + create_html(notes.markdown))  # noqa: S704 - escaped there
        title = update.title.get(language)
        return Story(language, " · ".join(dateline), title, text, html, notes, self.site_url + address)

    def _choose_language(self, *texts: Localised) -> str:
        """The language of the bulletin, or the default one where it lacks one of the texts."""
        return self.language if all(text.has(self.language) for text in texts) else DEFAULT

    @cached_property
    def _addresses(self) -> dict[str, str]:
        """The address of each page by its source name."""
        library, language = self.library, self.language
        records = [entry.record for entry in library.entries if library.is_published(entry.record)]
        found = {source_uri(record): library.address(record, language) for record in records}
        sections = library.sections.values()
        return found | {section_source(section): library.section_address(section.id, language) for section in sections}

    def _create_dates(self, end: date) -> Iterator[Link]:
        """What the calendar announces after a day, the nearest first."""
        calendars = dict(create_calendars(self.library, self.language, self.site_url, {}, lambda _, create: create()))
        name = self.library.strings[self.language]["calendar.file"]
        calendar = Calendar.from_ical(calendars[f"{address_prefix(self.language)}{name}"])
        for event in sorted(calendar.walk("VEVENT"), key=lambda event: str(event.decoded("dtstart"))):
            start = event.decoded("dtstart")
            day, hour = (start.date(), f"{start:%H:%M}") if isinstance(start, datetime) else (start, None)
            if end < day <= end + AHEAD and event.get("status") != "CANCELLED":
                when = format_coming(day, hour, self.language, self.library.strings[self.language])
                place = f" · {event['location']}" if "location" in event else ""
                yield Link(f"{when}{place}: {event['summary']}", str(event["url"]))


# --- its forms ------------------------------------------------------------------------------------


def create_files(bulletin: Bulletin, strings: Mapping[str, str], root: Path) -> dict[str, bytes]:
    """Every form of the bulletin by the suffix of its file. The same bulletin gives the same bytes."""
    loader = FileSystemLoader(root / "overrides" / "documents")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    html = environment.get_template("bulletin.html").render(bulletin=bulletin, t=strings)
    text = create_text(bulletin, strings)
    return {
        "html": html.encode(),
        "eml": create_message(bulletin.subject, text, html),
        "docx": create_sheet_word(create_sheet(bulletin, strings), root),
        "txt": text.encode(),
    }


def create_message(subject: str, text: str, html: str) -> bytes:
    """A message to nobody yet, which mail programs open as a draft."""
    message = EmailMessage(SMTP)
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # the same every time, and never part of a text: in quoted-printable no “_” follows a “=” (RFC 2045, 6.7)
    message.set_boundary("=_rimay")
    return bytes(message)


def create_text(bulletin: Bulletin, strings: Mapping[str, str]) -> str:
    """Plain text with the marks that WhatsApp knows, each update a paragraph."""
    paragraphs = [f"{_bold(bulletin.title)}\n{bulletin.period}"]
    for chapter in bulletin.chapters:
        paragraphs.append(f"{chapter.title}\n{chapter.status}")
        for story in chapter.stories:
            lines = [story.dateline, _bold(story.title), first_sentences(story.text)]
            lines += [*story.notes.plain_corrections, story.address]
            paragraphs.append("\n".join(lines))
    if bulletin.dates:
        paragraphs.append(_bold(strings["bulletin.dates"]))
        paragraphs += [f"{link.words}\n{link.address}" for link in bulletin.dates]
    paragraphs += [f"{link.words}\n{link.address}" for link in bulletin.footer]
    return "\n\n".join(paragraphs) + "\n"


def _bold(words: str) -> str:
    """Words between the marks for bold, which a star of their own would end."""
    return f"*{words.replace('*', '∗')}*"


def create_sheet(bulletin: Bulletin, strings: Mapping[str, str]) -> Sheet:
    """The bulletin as a document for paper, with its addresses to be seen."""
    blocks: list[Block] = [Heading(1, (Run(bulletin.title),)), _paragraph("lead", bulletin.period)]
    for chapter in bulletin.chapters:
        blocks += [Heading(2, (Run(chapter.title),)), _paragraph("fine", chapter.status)]
        for story in chapter.stories:
            blocks += [Heading(3, (Run(story.title),)), _paragraph("kicker", story.dateline)]
            blocks += create_blocks(f"{escape_prose(story.text)}\n\n{story.notes.markdown}")
            blocks.append(_paragraph("fine", story.address))
    if bulletin.dates:
        dates = tuple((_paragraph("", link.words),) for link in bulletin.dates)
        blocks += [Heading(2, (Run(strings["bulletin.dates"]),)), Items(ordered=False, items=dates)]
    blocks.append(_paragraph("aside", bulletin.privacy))
    blocks += [_paragraph("aside", f"{link.words} {link.address}") for link in bulletin.footer]
    address = bulletin.footer[-1].address
    return Sheet(bulletin.title, bulletin.period, bulletin.language, bulletin.title, address, (tuple(blocks),))


def _paragraph(style: str, words: str) -> Paragraph:
    return Paragraph((Run(words),), style)


# --- the command ----------------------------------------------------------------------------------


def add_arguments(parser: ArgumentParser) -> None:
    """What ``rimay bulletin`` asks for."""
    parser.add_argument("--from", dest="begin", type=_argument(Day), required=True, metavar="DAY", help="first day")
    parser.add_argument("--to", dest="end", type=_argument(Day), required=True, metavar="DAY", help="last day")
    parser.add_argument("--site-url", type=_argument(Url), required=True, metavar="URL", help="where the site is")
    parser.add_argument("--language", choices=LANGUAGES, default=DEFAULT, help="default: %(default)s")
    parser.add_argument("--title", type=_argument(Plain), help="a title of its own")
    parser.add_argument("--force", action="store_true", help="replace files that are there")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to write to; made if it is missing")


def _argument(kind: Any) -> Callable[[str], Any]:
    """A reader of arguments: they are as fields of records are, and as well explained."""

    def read(words: str) -> Any:
        try:
            return TypeAdapter(kind).validate_python(words)
        except ValidationError as error:
            detail = error.errors()[0]
            context = detail.get("ctx", {})
            message = MESSAGES.get(context.get("code", ""), {}).get(editor_language(), detail["msg"])
            raise ArgumentTypeError(message.format_map(context)) from None

    return read


def write_bulletin(root: Path, arguments: Namespace) -> int:
    """Write the bulletin in every form, or say why not. Returns the exit code."""
    if arguments.end < arguments.begin:
        context = {"found": arguments.end, "start": arguments.begin}
        return _refuse(Problem("--to", 0, "", "ends_before_start", context).describe(editor_language()))
    try:
        library = load_library(root)
        site_url = arguments.site_url.rstrip("/") + "/"
        editor = Editor(library, arguments.language, site_url)
        bulletin = editor.create(arguments.begin, arguments.end, arguments.title)
        if not bulletin.chapters:
            return _refuse(_EMPTY[editor_language()].format(begin=arguments.begin, end=arguments.end))
        strings = library.strings[arguments.language]
        name = f"{strings['bulletin.file']}-{arguments.begin}-{arguments.end}"
        files = {f"{name}.{suffix}": content for suffix, content in create_files(bulletin, strings, root).items()}
        there = [str(arguments.folder / file) for file in files if (arguments.folder / file).exists()]
        if there and not arguments.force:
            return _refuse(_EXISTS[editor_language()].format(found=", ".join(there)))
        write_files(arguments.folder, files)
    except DataProblems as problems:
        return _refuse(str(problems))
    except OSError as error:
        return _refuse(f"{error.filename or arguments.folder}: {error.strerror}")
    for file in files:
        print(arguments.folder / file)
    return 0


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which may be missing. Each appears whole, and none before all are made."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=folder) as drafts:
        for name, content in files.items():
            (Path(drafts) / name).write_bytes(content)
        for name in files:
            (Path(drafts) / name).replace(folder / name)


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1
