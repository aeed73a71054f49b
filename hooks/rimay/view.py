"""What a page template may ask, and how every value that it writes is escaped."""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from babel import Locale
from babel.dates import format_date, format_time, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from rimay.alphabet import Entry as Line
from rimay.alphabet import create_alphabet
from rimay.charts import Bar, Chart, create_charts
from rimay.chronology import Moment, create_chronology, create_moments
from rimay.collection import Collection, create_collections
from rimay.dates import format_update_date, format_when
from rimay.deadlines import EXAMPLE, LAW, create_agreement_deadlines, create_deadlines
from rimay.languages import DEFAULT, LANGUAGES
from rimay.library import Library, section_source, sort_key, source_uri
from rimay.page import Download
from rimay.press import Block, create_parts, example_values
from rimay.records.agreement import Agreement
from rimay.records.campaign import Action, Campaign
from rimay.records.contact import Contact
from rimay.records.curriculum import Curriculum
from rimay.records.fields import ZONE, Lines, Localised, PartialDate, Prose, Record, Source, Text
from rimay.records.form import Box, Form
from rimay.records.indicator import Figure, Indicator
from rimay.records.law import Law
from rimay.records.mandate import Mandate
from rimay.records.organisation import Organisation
from rimay.records.outlet import Outlet
from rimay.records.session import Session
from rimay.records.template import PACE, Placeholder, Template, TemplateSection
from rimay.records.term import Term
from rimay.records.update import Update
from rimay.records.vocabulary import Entry
from rimay.reminders import Reminder, create_calculator_data, create_reminders, describe_delay
from rimay.share import ShareWords, create_share
from rimay.status import Status, create_status
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


class View:
    """What a page template may ask: words, links, dates and lists in the language of the page's text."""

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

    def label(self, vocabulary: str, key: str) -> Text:
        """What readers see for a value of a closed list."""
        entry: Entry = getattr(self.library.vocabulary, vocabulary)[key]
        return entry.label

    def plural(self, vocabulary: str, key: str) -> Text:
        """The heading of a list of such values."""
        entry: Entry = getattr(self.library.vocabulary, vocabulary)[key]
        return entry.plural or entry.label

    def path(self, target: str) -> str:
        """From this page to another, by their source names."""
        return posixpath.relpath(f"/{target}", f"/{posixpath.dirname(self.source)}")

    def link(self, record: Record, label: Localised | None = None) -> Markup:
        """A link to a record's page; its bare name where the record is not published."""
        words = _words(label or record.label, self.language)
        if not self.library.is_published(record):
            return words
        return Markup(f"[{words}]({self.path(source_uri(record))})")

    def same(self, words: str) -> Text:
        """Words that are the same in every language, as a label."""
        return Text.of(**dict.fromkeys(LANGUAGES, words))

    def links(self, records: Iterable[Record]) -> Markup:
        """Links one after the other, as a list in a sentence."""
        return Markup(format_list([self.link(record) for record in records], locale=LANGUAGES[self.language]))

    def short_links(self, organisations: Iterable[Organisation]) -> Markup:
        """Links to organisations by their acronym where they have one."""
        found = []
        for record in organisations:
            label = self.same(record.acronym) if record.acronym else record.name
            found.append(self.link(record, label))
        return Markup(format_list(found, locale=LANGUAGES[self.language]))

    def labels(self, vocabulary: str, keys: Iterable[str]) -> Markup:
        """Values of a closed list, as a list in a sentence."""
        words = [_words(self.label(vocabulary, key), self.language) for key in keys]
        return Markup(format_list(words, locale=LANGUAGES[self.language]))

    def section_link(self, section_id: str) -> Markup:
        """A link to a part of the site."""
        section = self.library.sections[section_id]
        return Markup(f"[{_words(section.title, self.language)}]({self.section_path(section_id)})")

    def section_path(self, section_id: str) -> str:
        """The way from this page to a part of the site."""
        return self.path(section_source(self.library.sections[section_id]))

    def href(self, record: Record) -> str:
        """The way from this page to a record's page, for raw HTML."""
        return self.way(self.library.address(record, self.page_language))

    def listing_href(self, listing: str, key: str) -> str:
        """The way from this page to that of a sector, a region or a year, for raw HTML."""
        return self.way(self.library.listing_address(listing, key, self.page_language))

    def way(self, address: str) -> str:
        """The way from this page to an address, an anchor in it too, for raw HTML."""
        page, sharp, anchor = address.partition("#")
        return f"{self.file(page)}/{sharp}{anchor}"

    def file(self, path: str) -> str:
        """The way from this page to a file or to the root of the site, for raw HTML."""
        return posixpath.relpath(f"/{path}", f"/{self._address}")

    def share(self, record: Campaign | Update) -> ShareWords:
        """The words that the record is shared by."""
        return create_share(record, self.library, self.language, self._site_url)

    def is_open(self, campaign: Campaign, action: Action) -> bool:
        """Whether an action could be done when the page was made; its script looks again when it is read."""
        return campaign.is_open and (action.last_day is None or action.last_day >= self.library.now.date())

    def letter_link(self, action: Action) -> str:
        """Opens the mail program with the letter of an action."""
        subject, letter = action.subject, action.letter
        if subject is None or letter is None:
            raise ValueError("not a letter")
        body = letter.get(self.language).replace("\n", "\r\n")
        query = f"subject={quote(subject.get(self.language), safe='')}&body={quote(body, safe='')}"
        return f"mailto:{action.email or ''}?{query}"

    def moment(self, moment: datetime) -> str:
        """A day and an hour in Peru, in words."""
        here, locale = moment.astimezone(ZONE), LANGUAGES[self.language]
        return f"{format_date(here, 'long', locale)}, {format_time(here, 'short', locale=locale)}"

    def update_filters(self, updates: Iterable[Update]) -> str:
        """Filters of a list of updates by campaign, sector and region, as JSON."""
        found = [(u, self.library.find(Campaign, u.campaign)) for u in updates]
        campaigns = {campaign.id: campaign.title.get(self.language) for _, campaign in found}
        names = sorted(campaigns.items(), key=lambda item: sort_key(item[1]))
        sectors = {sector for _, campaign in found for sector in campaign.sectors}
        regions = {region for update, campaign in found for region in update.regions or campaign.regions}
        return self._filters(campaign=names, sector=("sectors", sectors), region=("regions", regions))

    def _filters(self, **filters: tuple[str, set[str]] | list[tuple[str, str]]) -> str:
        """Filters as JSON: a closed list and the values that occur, or pairs of value and words."""
        made = []
        for name, values in filters.items():
            if isinstance(values, tuple):
                entries: Mapping[str, Entry] = getattr(self.library.vocabulary, values[0])
                options = [(key, entry.label.get(self.language)) for key, entry in entries.items() if key in values[1]]
            else:
                options = values
            made.append({"name": name, "label": self.raw(f"filter.{name}"), "options": options})
        return json.dumps(made, ensure_ascii=False)

    def record(self, kind: str, record_id: str) -> Record:
        """The record with the id."""
        return self.library.get(kind, record_id)

    def records(self, kind: str, ids: Iterable[str]) -> list[Record]:
        """The records with the ids."""
        return [self.library.get(kind, record_id) for record_id in ids]

    def prose(self, value: Prose) -> Markup:
        """An editor's Markdown, ready to be indented."""
        return _words(value, self.language)

    def sheet(self, value: Prose) -> Markup:
        """The text of a handout: its headings stand one below the handout's own."""
        return Markup(_SMALL_HEADING.sub("###", _words(value, self.language)))

    def lead_in(self, label: Markup, value: Prose, style: str = "") -> Markup:
        """A bold label before a text: on the same line, or above it where the text begins with a list or table."""
        words = _words(value, self.language).strip()
        first, _, rest = str(words).partition("\n\n")
        if words.startswith(("- ", "* ", "1. ", "|", ">")):
            first, rest = "", str(words)
        opening = f"**{label}** {first}".rstrip()
        mark = f"\n{{: .{style} }}" if style else ""
        return Markup(f"{opening}{mark}\n\n{rest}".rstrip())

    def clock(self, minutes: int) -> str:
        """Minutes from the start as hours and minutes: ``1:05``."""
        return f"{minutes // 60}:{minutes % 60:02}"

    def size(self, count: int) -> str:
        """A number of bytes as a reader on prepaid data counts it: ``84 kB``."""
        return f"{self.number(max(1, round(count / 1000)))} kB"

    def neighbours(self, session: Session) -> tuple[Record | None, Record | None]:
        """The written guides before and after this one in its course."""
        course, _ = self.library.course_of(session)
        ids = [planned.session for planned in course.sessions if planned.session]
        here = ids.index(session.id)
        before = self.library.get("session", ids[here - 1]) if here else None
        return before, self.library.get("session", ids[here + 1]) if here + 1 < len(ids) else None

    def related_laws(self, law: Law) -> list[Record]:
        """Laws that this one names as related, or that name this one."""
        ids = {*law.related, *(found.id for found in self.library.mentions(law, Law))} - {law.id}
        return self.records("law", sorted(ids))

    def laws_around(self, organisation: Organisation) -> list[Law]:
        """Laws that name an organisation, or that campaigns and updates which name it are about; the newest first."""
        ids = {law.id for law in self.library.mentions(organisation, Law)}
        for record in self.library.mentions(organisation, Record):
            if isinstance(record, Campaign | Update) and self.library.is_published(record):
                ids.update(record.laws)
        return [law for law in self.laws if law.id in ids]

    def moments(self, law: Law) -> list[Moment]:
        """The life of a law from its first moment."""
        return create_moments(law)

    @property
    def chronology(self) -> list[tuple[int, list[tuple[int, list[Moment]]]]]:
        """Every moment of every law by decade and year, the latest first."""
        return create_chronology(self.laws)

    @property
    def affiliations(self) -> list[tuple[int, Organisation]]:
        """Who is affiliated to whom, from the top: depth and organisation."""

        def branch(organisation: Organisation, depth: int) -> Iterator[tuple[int, Organisation]]:
            yield depth, organisation
            for member in (o for o in self.organisations if o.parent == organisation.id):
                yield from branch(member, depth + 1)

        tops = [o for o in self.organisations if o.parent is None and self.library.members_of(o)]
        return [place for top in tops for place in branch(top, 0)]

    def example(self, template: Template) -> list[tuple[TemplateSection, list[Block]]]:
        """Parts of a press template with their worked example."""
        return create_parts(template, self.language, example_values(template, self.language))

    def blank(self, template: Template) -> list[tuple[TemplateSection, list[Block]]]:
        """Parts of a press template as they are filled in."""
        return create_parts(template, self.language, None)

    def block(self, block: Block) -> Markup:
        """A block of a press template as Markdown, its places to fill in marked."""
        if block.style == "table":
            rows = [block.head, ("---",) * len(block.head), *block.rows]
            return Markup("\n").join(
                Markup("| {} |").format(
                    Markup(" | ").join(cell if cell == "---" else escape_plain(cell) for cell in row)
                )
                for row in rows
            )
        if block.style == "entries":
            return Markup("\n\n").join(
                Markup("  \n").join(
                    Markup("**{}:** {}").format(escape_plain(head), escape_plain(cell) or Markup("<mark>[…]</mark>"))
                    for head, cell in entry
                )
                for entry in block.entries
            )
        lines = []
        for line in block.lines:
            runs = (
                Markup("<mark>{}</mark>").format(escape_plain(r.text)) if r.is_blank else _keep(r.text) for r in line
            )
            lines.append(Markup().join(runs))
        return Markup("  \n").join(lines)

    def parts_to_fill(self, template: Template) -> list[tuple[TemplateSection, list[Placeholder]]]:
        """Parts of a press template with the placeholders that are asked for there: where each first stands."""
        known = {placeholder.id: placeholder for placeholder in template.placeholders}
        parts = []
        for section in template.sections:
            here = [known.pop(name) for name in dict.fromkeys(section.placeholders()) if name in known]
            if here:
                parts.append((section, here))
        return parts

    def press_data(self, template: Template) -> str:
        """What the script that fills in the template needs to know of its parts, as JSON."""
        sections = [
            {
                "style": section.style,
                "text": section.text.get(self.language),
                **({"title": section.title.get(self.language)} if section.stands_alone else {}),
                **({"limit": [section.limit.unit, section.limit.most]} if section.limit else {}),
            }
            for section in template.sections
        ]
        return json.dumps({"sections": sections, "pace": PACE}, ensure_ascii=False)

    def words_as_list(self, values: Iterable[Localised]) -> str:
        """Words as JSON, for scripts."""
        return json.dumps([value.get(self.language) for value in values], ensure_ascii=False)

    def first_rows(self, template: Template) -> Placeholder:
        """The placeholder whose rows are those of the template's spreadsheet."""
        return next(placeholder for placeholder in template.placeholders if placeholder.type == "rows")

    def slug(self, record: Record) -> str:
        """The last part of a record's address, which its files are called by."""
        return self.library.address(record, self.page_language).rstrip("/").rpartition("/")[2]

    @property
    def locale(self) -> str:
        """The language as browsers know it, with its country: ``es-PE``."""
        return str(LANGUAGES[self.language]).replace("_", "-")

    def date(self, when: PartialDate | date) -> str:
        """A date in words."""
        if isinstance(when, PartialDate):
            return format_when(when, self.language)
        return format_date(when, "long", LANGUAGES[self.language])

    def words_of_date(self, update: Update) -> str:
        """The date of an update in words, for raw HTML."""
        return format_update_date(update, self.language)

    def month(self, number: int) -> str:
        """The name of a month; of what has none where it is 0."""
        if not number:
            return self.raw("news.no_month")
        name: str = get_month_names("wide", "stand-alone", LANGUAGES[self.language])[number]
        return name[:1].upper() + name[1:]

    def asset(self, name: str) -> str:
        """The way from this page to a file of ``docs/assets``."""
        return self.file(f"assets/{name}")

    def update_date(self, update: Update) -> str:
        """The date of an update in words."""
        return format_update_date(update, self.language)

    def number(self, value: int) -> str:
        """A number as the language writes it."""
        return format_decimal(value, locale=LANGUAGES[self.language])

    def downloads(self, part: str = "") -> list[Download]:
        """Files that stand beside this page, or those of a part of it, such as a handout."""
        return self._downloads.get((self.source.removesuffix(".md") + part, self.page_language), [])

    def source_line(self, source: Source) -> Markup:
        """A source as a reader finds it: author, title, date and place."""
        document = self.library.vocabulary.documents[source.document]
        title = _words(document.title, self.language)
        words = f"{escape_plain(document.author)}, *{title}*"
        if document.url:
            words = f"{escape_plain(document.author)}, [*{title}*](<{document.url}>)"
        if document.date:
            words += f", {self.date(document.date)}"
        if source.where:
            words += f": {_words(source.where, self.language)}"
        return Markup(words)

    # -- records of each kind, for listings

    @property
    def organisations(self) -> list[Organisation]:
        """Every organisation, in alphabetical order."""
        return sorted(self.library.all(Organisation), key=lambda o: sort_key(o.label.get(self.language)))

    @property
    def laws(self) -> list[Law]:
        """Every law, the newest first."""
        return sorted(self.library.all(Law), key=lambda law: (law.published or PartialDate(0), law.id), reverse=True)

    @property
    def courses(self) -> list[Curriculum]:
        """Every course: rights first, as the letter of its code says, from Z to A."""
        return sorted(self.library.all(Curriculum), key=lambda c: c.code, reverse=True)

    @property
    def forms(self) -> list[Form]:
        """Every documentation form, the shortest first."""
        return sorted(self.library.all(Form), key=lambda form: len(form.boxes))

    def practised(self, session: Session) -> list[tuple[Box, str]]:
        """Every box of the form a session practises: ``now``, ``before`` in the course, or not yet (empty)."""
        practice = session.form_practice
        if practice is None:
            return []
        course, number = self.library.course_of(session)
        earlier = {
            box
            for planned in course.sessions[: number - 1]
            if planned.session and (other := self.library.find(Session, planned.session).form_practice)
            for box in other.boxes
        }
        boxes = self.library.find(Form, practice.form).boxes
        return [(b, "now" if b.number in practice.boxes else "before" if b.number in earlier else "") for b in boxes]

    # -- indicators

    @property
    def indicators(self) -> list[Indicator]:
        """Every indicator, in order of id."""
        return self.library.all(Indicator)

    def charts(self, indicator: Indicator) -> list[Chart]:
        """Pictures of what can be compared."""
        return create_charts(indicator)

    def value(self, number: int, unit: str) -> str:
        """A number in its unit: ``4,329``, ``12 %``."""
        words = self.number(number)
        return self.raw("indicator.percentage").format(value=words) if unit == "percent" else words

    def baseline(self, figure: Figure) -> str:
        """The baseline, or that there is none."""
        if figure.baseline is None:
            return self.raw("indicator.not_stated")
        return self.value(figure.baseline, figure.unit)

    def change(self, figure: Figure) -> str:
        """The end value less the baseline, with its sign; a dash where there is no baseline."""
        if figure.change is None:
            return "–"
        sign = "+" if figure.change > 0 else "−" if figure.change < 0 else ""
        words = f"{sign}{self.number(abs(figure.change))}"
        if figure.unit == "count":
            return words
        return self.raw("indicator.point" if abs(figure.change) == 1 else "indicator.points").format(value=words)

    def bar_label(self, bar: Bar) -> str:
        """What a bar shows: a part's own name, or which measurement."""
        return bar.label.get(self.language) if bar.label else self.raw(f"indicator.{bar.style}")

    def finding(self, chart: Chart) -> str:
        """What a picture shows, in words."""
        values = [self.value(bar.value, bar.unit) for bar in chart.bars]
        if chart.label:
            words = {"label": chart.label.get(self.language), "before": values[0], "after": values[-1]}
            return self.raw("indicator.from_to").format(**words)
        return "; ".join(f"{self.bar_label(bar)}: {value}" for bar, value in zip(chart.bars, values, strict=True)) + "."

    def words(self, value: Localised) -> str:
        """Words in the page's language, for raw HTML: write them with ``| html``."""
        return value.get(self.language)

    def html(self, value: Localised) -> Markup:
        """Words in the page's language as raw HTML, marked where they are in the default language."""
        words = html_attribute(value.get(self.language))
        return words if value.has(self.language) else Markup('<span lang="{}">{}</span>').format(DEFAULT, words)

    @property
    def templates(self) -> list[Template]:
        """Every press template, in alphabetical order."""
        return sorted(self.library.all(Template), key=lambda t: sort_key(t.label.get(self.language)))

    @property
    def outlets(self) -> list[Outlet]:
        """Every outlet of the register, in alphabetical order."""
        return sorted(self.library.all(Outlet), key=lambda outlet: sort_key(outlet.name))

    @property
    def glossary(self) -> list[tuple[str, list[Term]]]:
        """The terms of the glossary under each letter that has any."""
        letters: dict[str, list[Term]] = {}
        for term in self.library.terms(self.language):
            key = sort_key(term.term.get(self.language))
            first = next((sign for sign in key if sign.isalnum()), "0")
            letters.setdefault("Ñ" if key.startswith("n~") else first.upper(), []).append(term)
        return list(letters.items())

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
    def status(self) -> Status:
        """How the site stands."""
        return create_status(self.library)

    @property
    def alphabet(self) -> list[tuple[str, list[Line]]]:
        """Everything but updates under each letter."""
        return create_alphabet(self.library, self.page_language)

    @property
    def collections(self) -> list[Collection]:
        """What a reader can keep as a whole."""
        return list(create_collections(self.library, self.page_language))

    # -- deadlines

    @property
    def deadline_law(self) -> Law:
        """The law that the deadlines come from."""
        return self.library.find(Law, LAW)

    def reminders(self, record: Agreement | Mandate) -> tuple[Reminder, ...]:
        """The deadlines of a record in words, in order; none where its dates are not known."""
        return create_reminders(create_deadlines(record), self.language, self._strings)

    @property
    def example_reminders(self) -> tuple[Reminder, ...]:
        """The deadlines of the worked example."""
        return create_reminders(create_agreement_deadlines(EXAMPLE), self.language, self._strings)

    def delay(self, agreement: Agreement) -> str:
        """Whether the petition came too early, in time or late; empty where that is not known."""
        if agreement.ends and agreement.presented:
            return describe_delay(agreement.ends, agreement.presented, self.language, self._strings)
        return ""

    @property
    def calculator_data(self) -> str:
        """What the script of the calculator needs to know, as JSON."""
        return create_calculator_data(self._strings)

    @property
    def _strings(self) -> Mapping[str, str]:
        return self.library.strings[self.language]

    def contacts(self, outlet: Outlet) -> list[Contact]:
        """The union's own contacts at an outlet; none but in a preview."""
        return self.library.contacts_at(outlet)

    def filters(self, records: Iterable[Record], fields: Mapping[str, tuple[str, str]]) -> str:
        """Filters of a list of records, as JSON: each name with its field and the closed list of its values."""
        found = list(records)
        return self._filters(
            **{
                name: (vocabulary, {key for record in found for key in _keys(getattr(record, field))})
                for name, (field, vocabulary) in fields.items()
            }
        )

    def plain_labels(self, vocabulary: str, keys: Iterable[str]) -> str:
        """Values of a closed list one after the other, in its order, for raw HTML."""
        entries: Mapping[str, Entry] = getattr(self.library.vocabulary, vocabulary)
        return ", ".join(entry.label.get(self.language) for key, entry in entries.items() if key in keys)

    def host(self, url: str) -> str:
        """The name of a website, without what only browsers need."""
        return urlsplit(url).netloc.removeprefix("www.")

    def mentions(self, record: Record, kind: str) -> list[Record]:
        """Published records of a kind that name this one; updates newest first."""
        found = [r for r in self.library.mentions(record, Record) if r.kind == kind and self.library.is_published(r)]
        return found[::-1] if kind == "update" else found

    def by_value(self, records: Iterable[Record], field_name: str, vocabulary: str) -> list[tuple[str, list[Record]]]:
        """Records grouped by a listed field, in the order of the closed list; empty groups left out."""
        groups: dict[str, list[Record]] = {key: [] for key in getattr(self.library.vocabulary, vocabulary)}
        for record in records:
            for key in _keys(getattr(record, field_name)):
                groups[key].append(record)
        return [(key, found) for key, found in groups.items() if found]


def _keys(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The keys that a listed field holds, whether it holds one or several."""
    return (value,) if isinstance(value, str) else value


def _words(value: Localised, language: str) -> Markup:
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
        return _words(value, context["language"])
    if value is None:
        raise ValueError("a page template wrote a missing value")
    return escape_plain(str(value))


def _keep(text: str) -> Markup:
    """Plain text between blanks, with the spaces at its ends."""
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if text.strip() else ""
    return Markup(head) + escape_plain(text) + Markup(tail)
