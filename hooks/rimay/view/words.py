"""Words, dates and numbers in the language of a page, and how every value that a template writes is escaped."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_time, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from rimay.dates import format_coming, format_update_date, format_when
from rimay.languages import DEFAULT, LANGUAGES
from rimay.library import Library
from rimay.page import Download
from rimay.records.campaign import Action
from rimay.records.fields import ZONE, Lines, Localised, PartialDate, Prose, Text
from rimay.records.update import Update
from rimay.records.vocabulary import Entry
from rimay.text import escape_plain, escape_prose, html_attribute

_SMALL_HEADING = re.compile(r"^####(?=\s)", re.MULTILINE)
#: Files by the stem of their source name and their language.
Downloads = Mapping[tuple[str, str], list[Download]]


@dataclass(frozen=True)
class Place:
    """Where a template writes: the language of its words and of the page around them, the page's name and address."""

    language: str
    page_language: str
    source: str
    address: str


class Words:
    """What a page template may ask of words. ``Place`` says where it writes."""

    def __init__(self, library: Library, downloads: Downloads, site_url: str, place: Place) -> None:
        self.library, self._downloads, self._site_url = library, downloads, site_url
        self.language, self.page_language = place.language, place.page_language
        self.source, self._address = place.source, place.address

    def t(self, name: str, **values: object) -> Markup:
        """An interface string. Raises KeyError where there is none."""
        return escape_plain(self.library.strings[self.language][name].format(**values))

    def raw(self, name: str) -> str:
        """An interface string as it stands, for raw HTML and scripts: write it with ``| html``."""
        return self.library.strings[self.language][name]

    def full(self, path: str) -> str:
        """The full address of a page or file of the site, where readers have to copy it."""
        return self._site_url + path

    def here(self, name: str) -> str:
        """A string in the language of the page, whatever that of its words: the name of a file beside it."""
        return self.library.strings[self.page_language][name]

    @property
    def _strings(self) -> Mapping[str, str]:
        return self.library.strings[self.language]

    def label(self, vocabulary: str, key: str) -> Text:
        """What readers see for a value of a closed list."""
        entry: Entry = getattr(self.library.vocabulary, vocabulary)[key]
        return entry.label

    def plural(self, vocabulary: str, key: str) -> Text:
        """The heading of a list of such values."""
        entry: Entry = getattr(self.library.vocabulary, vocabulary)[key]
        return entry.plural or entry.label

    def labels(self, vocabulary: str, keys: Iterable[str]) -> Markup:
        """Values of a closed list, as a list in a sentence."""
        words = [create_words(self.label(vocabulary, key), self.language) for key in keys]
        return Markup(format_list(words, locale=LANGUAGES[self.language]))

    def plain_labels(self, vocabulary: str, keys: Iterable[str]) -> str:
        """Values of a closed list one after the other, in its order, for raw HTML."""
        entries: Mapping[str, Entry] = getattr(self.library.vocabulary, vocabulary)
        return ", ".join(entry.label.get(self.language) for key, entry in entries.items() if key in keys)

    def same(self, words: str) -> Text:
        """Words that are the same in every language, as a label."""
        return Text.of(**dict.fromkeys(LANGUAGES, words))

    def prose(self, value: Prose) -> Markup:
        """An editor's Markdown, ready to be indented."""
        return create_words(value, self.language)

    def sheet(self, value: Prose) -> Markup:
        """The text of a handout: its headings stand one below the handout's own."""
        return Markup(_SMALL_HEADING.sub("###", create_words(value, self.language)))

    def lead_in(self, label: Markup, value: Prose, style: str = "") -> Markup:
        """A bold label before a text: on the same line, or above it where the text begins with a list or table."""
        words = create_words(value, self.language).strip()
        first, _, rest = str(words).partition("\n\n")
        if words.startswith(("- ", "* ", "1. ", "|", ">")):
            first, rest = "", str(words)
        opening = f"**{label}** {first}".rstrip()
        mark = f"\n{{: .{style} }}" if style else ""
        return Markup(f"{opening}{mark}\n\n{rest}".rstrip())

    def words(self, value: Localised) -> str:
        """Words in the page's language, for raw HTML: write them with ``| html``."""
        return value.get(self.language)

    def html(self, value: Localised) -> Markup:
        """Words in the page's language as raw HTML, marked where they are in the default language."""
        words = html_attribute(value.get(self.language))
        return words if value.has(self.language) else Markup('<span lang="{}">{}</span>').format(DEFAULT, words)

    def words_as_list(self, values: Iterable[Localised]) -> str:
        """Words as JSON, for scripts."""
        return json.dumps([value.get(self.language) for value in values], ensure_ascii=False)

    def elsewhere(self, value: Localised) -> list[tuple[str, str]]:
        """The words in every other language that has words of its own, with the language."""
        here = value.get(self.language)
        return [(code, words) for code, words in value.root.items() if words != here]

    @property
    def languages(self) -> Iterable[str]:
        """Every language of the site."""
        return LANGUAGES

    def language_name(self, language: str) -> str:
        """What a language is called in that of the page."""
        name: str = Locale.parse(LANGUAGES[self.language]).languages[language]
        return name

    @property
    def locale(self) -> str:
        """The language as browsers know it, with its country: ``es-PE``."""
        return str(LANGUAGES[self.language]).replace("_", "-")

    def clock(self, minutes: int) -> str:
        """Minutes from the start as hours and minutes: ``1:05``."""
        return f"{minutes // 60}:{minutes % 60:02}"

    def size(self, count: int) -> str:
        """A number of bytes as a reader on prepaid data counts it: ``84 kB``."""
        return f"{self.number(max(1, round(count / 1000)))} kB"

    def number(self, value: int) -> str:
        """A number as the language writes it."""
        return format_decimal(value, locale=LANGUAGES[self.language])

    def date(self, when: PartialDate | date) -> str:
        """A date in words."""
        if isinstance(when, PartialDate):
            return format_when(when, self.language)
        return format_date(when, "long", LANGUAGES[self.language])

    def coming(self, action: Action) -> str:
        """The last day of an action in words, with its weekday, and the hour in Peru of an event that has one."""
        if action.last_day is None:
            raise ValueError("no last day")
        return format_coming(action.last_day, action.starts, self.language, self._strings)

    def moment(self, moment: datetime) -> str:
        """A day and an hour in Peru, in words."""
        here, locale = moment.astimezone(ZONE), LANGUAGES[self.language]
        return f"{format_date(here, 'long', locale)}, {format_time(here, 'short', locale=locale)}"

    def month(self, number: int) -> str:
        """The name of a month; of what has none where it is 0."""
        if not number:
            return self.raw("news.no_month")
        name: str = get_month_names("wide", "stand-alone", LANGUAGES[self.language])[number]
        return name[:1].upper() + name[1:]

    def update_date(self, update: Update) -> str:
        """The date of an update in words."""
        return format_update_date(update, self.language)


def create_words(value: Localised, language: str) -> Markup:
    """Words in the language; in the default language, and marked so, where they are missing."""
    escape = escape_prose if isinstance(value, Prose) else escape_plain
    words = value.get(language)
    if isinstance(value, Lines):
        escaped = Markup("  \n").join(escape_plain(line) for line in words.splitlines())
    else:
        escaped = escape(words)
    if value.has(language) or isinstance(value, Prose):
        return escaped
    return Markup(f'<span lang="{DEFAULT}">{escaped}</span>')


@pass_context
def escape_value(context: Context, value: object) -> object:
    """Every value that a template writes is escaped for Markdown, unless it is Markdown already."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Localised):
        return create_words(value, context["language"])
    if value is None:
        raise ValueError("a page template wrote a missing value")
    return escape_plain(str(value))
