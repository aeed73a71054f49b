"""All records together: look-up by id, relations in both directions, addresses."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache, cached_property
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from rimay.languages import LANGUAGES, address_prefix
from rimay.load import Data, Entry
from rimay.naming import Names
from rimay.problems import DataProblems, Problem
from rimay.records import KINDS
from rimay.records.agreement import Agreement
from rimay.records.campaign import Campaign
from rimay.records.contact import Contact
from rimay.records.curriculum import Curriculum
from rimay.records.fields import (
    RESERVED,
    Listed,
    Localised,
    LocalisedSlug,
    PartialDate,
    Record,
    Reference,
    Text,
)
from rimay.records.law import Law
from rimay.records.mandate import Mandate
from rimay.records.organisation import Organisation
from rimay.records.outlet import Outlet
from rimay.records.session import Session
from rimay.records.term import Term
from rimay.records.update import Update
from rimay.records.vocabulary import Entry as ListEntry
from rimay.records.vocabulary import Section, Vocabulary

#: The part of the site that a kind's records stand under; sessions and updates stand under a record.
SECTION_OF = {
    "organisation": "organisations",
    "law": "laws",
    "curriculum": "training",
    "form": "document",
    "template": "templates",
    "outlet": "outlets",
    "agreement": "agreements",
    "mandate": "mandates",
    "campaign": "campaigns",
    "indicator": "results",
}
HOME = "home"
#: How long what a law says is taken to hold without being looked at again.
CHECKED_FOR = timedelta(days=365)
_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True)
class Mark:
    """A value that names another record or an item of a closed list, and where it stands."""

    where: tuple[str | int, ...]
    value: str
    mark: Reference | Listed


@cache
def slugify(text: str, longest: int = 70) -> str:
    """Lower-case ASCII words with hyphens, cut at a word: ``¿Quién decide?`` gives ``quien-decide``."""
    letters = unicodedata.normalize("NFKD", text.replace("º", "").lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not slug:  # another alphabet: the numbers of its letters
        slug = "-".join(f"{ord(letter):x}" for letter in text if not letter.isspace()) or "0"
    if slug in RESERVED:
        slug = f"{slug}-0"
    return slug if len(slug) <= longest else slug[: longest + 1].rpartition("-")[0] or slug[:longest]


@cache
def sort_key(text: str) -> str:
    """What a text is sorted by: no accents, no capitals, and ñ after all other words in n."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ñ", "n~"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class Library:
    """The records of a project that loaded without problems of form, as they stand at a moment.

    A preview holds what readers may not see yet. Raises KeyError where an id does not exist; ``check`` has made sure
    that none is used before pages are made.
    """

    def __init__(self, data: Data, now: datetime, *, preview: bool = False) -> None:
        if data.vocabulary is None:
            raise ValueError("no vocabulary")
        self.now, self.preview = now, preview
        self.vocabulary: Vocabulary = data.vocabulary
        self.strings: Mapping[str, Mapping[str, str]] = data.strings
        self.glossary: list[Entry[Term]] = data.glossary
        self.entries: list[Entry[Record]] = [self._without_what_was_withdrawn(entry) for entry in data.entries]
        self.sections: dict[str, Section] = _Sections()
        self._parents: dict[str, str | None] = {}
        for section, parent in _flatten(data.sections, None):
            self.sections[section.id] = section
            self._parents[section.id] = parent
        self._by_kind: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
        for entry in self.entries:
            self._by_kind[entry.record.kind][entry.record.id] = entry.record
        self.contacts: tuple[Contact, ...] = data.contacts
        self._languages: dict[tuple[str, str], list[str]] = {}
        self._addresses: dict[tuple[str, str, str], str] = {}
        self._paths = {(entry.record.kind, entry.record.id): entry.path for entry in data.entries}

    def _without_what_was_withdrawn(self, entry: Entry[Record]) -> Entry[Record]:
        """Of a withdrawn update only its date, its campaign, its address and the note are left."""
        update = entry.record
        if not isinstance(update, Update) or update.withdrawn is None:
            return entry
        title = {code: strings.get("update.withdrawn", "…") for code, strings in self.strings.items()}
        slug = update.slug or LocalisedSlug({code: slugify(update.title.get(code)) for code in self.strings})
        left = {
            name: field.get_default()
            for name, field in Update.model_fields.items()
            if name not in ("id", "date", "campaign", "aliases", "withdrawn", "publish_at")
        }
        sources = tuple(source.model_copy(update={"where": None}) for source in update.sources)
        left |= {"title": Text(title), "text": update.withdrawn.reason, "slug": slug, "sources": sources}
        return replace(entry, record=update.model_copy(update=left))

    # -- look-up

    def languages_of(self, record: Record) -> list[str]:
        """The languages that every text of the record is there in."""
        key = record.kind, record.id
        if key not in self._languages:
            self._languages[key] = [language for language in LANGUAGES if is_translated(record, language)]
        return self._languages[key]

    def all(self, model: type[_R]) -> list[_R]:
        """Every record of a kind, in order of id."""
        return list(self._by_kind[model.kind].values())  # type: ignore[arg-type]

    def get(self, kind: str, record_id: str) -> Record:
        """The record with the id; raises KeyError."""
        return self._by_kind[kind][record_id]

    def find(self, model: type[_R], record_id: str) -> _R:
        """The record of a known kind; raises KeyError."""
        return self._by_kind[model.kind][record_id]  # type: ignore[return-value]

    def ids(self, kind: str) -> frozenset[str]:
        """All ids of a kind."""
        return frozenset(self._by_kind[kind])

    def path(self, record: Record) -> str:
        """The file that the record stands in, relative to the project."""
        return self._paths[record.kind, record.id]

    # -- relations

    @cached_property
    def _mentions(self) -> dict[tuple[str, str], list[Record]]:
        names = Names(self.all(Organisation), {model.folder: kind for kind, model in KINDS.items()})
        found: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for entry in self.entries:
            record = entry.record
            seen = {(m.mark.kind, m.value) for m in marks(record) if isinstance(m.mark, Reference)}
            for _, text in texts(record):
                for words in text.root.values():
                    seen.update(names.find(words, record.folder))
            for target in sorted(seen - {(record.kind, record.id)}):
                found[target].append(record)
        return found

    def mentions(self, record: Record, model: type[_R]) -> list[_R]:
        """Records of a kind that name this one, in order of id: in a field, by a link or by its acronym."""
        return [found for found in self._mentions.get((record.kind, record.id), ()) if isinstance(found, model)]

    def members_of(self, organisation: Organisation) -> list[Organisation]:
        """Organisations affiliated to this one, in order of id."""
        return [member for member in self.all(Organisation) if member.parent == organisation.id]

    @cached_property
    def _updates(self) -> dict[str, list[Update]]:
        found: dict[str, list[Update]] = defaultdict(list)
        for update in self.updates:
            found[update.campaign].append(update)
        return found

    @cached_property
    def updates(self) -> list[Update]:
        """All published updates, newest first; what is told of a month or a year stands at its end."""
        published = (update for update in self.all(Update) if self.is_published(update))
        return sorted(published, key=lambda u: (u.date.last_day(), u.id), reverse=True)

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """All published campaigns, the one that started last first."""
        published = (campaign for campaign in self.all(Campaign) if self.is_published(campaign))
        return sorted(published, key=lambda c: (c.started, c.id), reverse=True)

    @cached_property
    def agreements(self) -> list[Agreement]:
        """All agreements: those whose expiry is known by that day, then the others, the latest first."""
        dated = [a for a in self.all(Agreement) if a.ends]
        others = [a for a in self.all(Agreement) if not a.ends]
        dated.sort(key=lambda a: (a.ends, a.id))
        others.sort(key=lambda a: (a.signed or PartialDate(0), a.id), reverse=True)
        return [*dated, *others]

    @cached_property
    def mandates(self) -> list[Mandate]:
        """All terms of office, by the day they end."""
        return sorted(self.all(Mandate), key=lambda m: (m.ends, m.id))

    def is_public(self, record: Record) -> bool:
        """Whether readers may see the record: no draft campaign, none of its updates, none before its moment."""
        if isinstance(record, Update):
            if record.publish_at and record.publish_at > self.now:
                return False
            record = self.find(Campaign, record.campaign)
        return not (isinstance(record, Campaign) and record.status == "draft")

    def is_published(self, record: Record) -> bool:
        """Whether the record has a page and stands in lists: public, or seen in a preview."""
        return self.preview or self.is_public(record)

    @cached_property
    def outdated_laws(self) -> list[Law]:
        """Laws that nobody has checked for longer than ``CHECKED_FOR``: no reason not to publish."""
        return [law for law in self.all(Law) if self.now.date() - law.as_of > CHECKED_FOR]

    @property
    def next_change(self) -> datetime:
        """The next moment at which the site comes out differently: midnight, or an update that waits until then."""
        midnight = datetime.combine(self.now.date() + timedelta(days=1), time(), self.now.tzinfo)
        waiting = [u.publish_at for u in self.all(Update) if u.publish_at and u.publish_at > self.now]
        return min([midnight, *waiting])

    @cached_property
    def sectors_in_campaigns(self) -> list[str]:
        """Sectors that a published campaign works in, in the order of the closed list."""
        found = {sector for campaign in self.campaigns for sector in campaign.sectors}
        return [sector for sector in self.vocabulary.sectors if sector in found]

    @cached_property
    def regions_in_campaigns(self) -> list[str]:
        """Regions that a published campaign or update names, in the order of the closed list."""
        found = {region for campaign in self.campaigns for region in campaign.regions}
        found |= {region for update in self.updates for region in update.regions}
        return [region for region in self.vocabulary.regions if region in found]

    @cached_property
    def _updates_in(self) -> dict[tuple[str, str], list[Update]]:
        found: dict[tuple[str, str], list[Update]] = defaultdict(list)
        for update in self.updates:
            campaign = self.find(Campaign, update.campaign)
            for sector in campaign.sectors:
                found["sectors", sector].append(update)
            for region in update.regions or campaign.regions:
                found["regions", region].append(update)
            found["years", str(update.date.year)].append(update)
        return found

    def updates_in(self, listing: str, key: str) -> list[Update]:
        """Published updates of a sector, a region or a year, newest first. An update has its campaign's sectors."""
        return self._updates_in.get((listing, key), [])

    @property
    def years(self) -> list[str]:
        """Years that an update tells of, the newest first."""
        return sorted((key for listing, key in self._updates_in if listing == "years"), reverse=True)

    def updates_of(self, campaign: Campaign) -> list[Update]:
        """The campaign's updates, newest first."""
        return self._updates.get(campaign.id, [])

    def terms(self, language: str) -> list[Term]:
        """The glossary in the language's alphabetical order."""
        return sorted((entry.record for entry in self.glossary), key=lambda term: sort_key(term.term.get(language)))

    def contacts_at(self, outlet: Outlet) -> list[Contact]:
        """The union's own contacts at an outlet; none but in a preview."""
        return [contact for contact in self.contacts if contact.outlet == outlet.id]

    @cached_property
    def _courses(self) -> dict[str, tuple[Curriculum, int]]:
        return {
            planned.session: (course, number)
            for course in self.all(Curriculum)
            for number, planned in enumerate(course.sessions, 1)
            if planned.session
        }

    def course_of(self, session: Session) -> tuple[Curriculum, int]:
        """The course that the session belongs to, and its number there, from 1."""
        return self._courses[session.id]

    def has_course(self, session: Session) -> bool:
        """Whether a course has the session; without one it has no address."""
        return session.id in self._courses

    # -- addresses

    def section_address(self, section_id: str, language: str) -> str:
        """Path of a part of the site, without the leading slash and with the trailing one."""
        section, parent = self.sections[section_id], self._parents[section_id]
        if section.id == HOME:
            return address_prefix(language)
        base = self.section_address(parent, language) if parent else address_prefix(language)
        slug = section.slug.get(language) if section.slug else slugify(section.title.get(language))
        return f"{base}{slug}/"

    def section_trail(self, section_id: str) -> list[Section]:
        """The part of the site and those above it, from the top."""
        section, parent = self.sections[section_id], self._parents[section_id]
        return [*(self.section_trail(parent) if parent else []), section]

    def listing_address(self, listing: str, key: str, language: str) -> str:
        """Path of the page of a sector, a region or a year."""
        if listing == "years":
            return f"{self.section_address('news', language)}{key}/"
        entries: Mapping[str, ListEntry] = getattr(self.vocabulary, listing)
        base = self.section_address("campaigns", language)
        part = slugify(self.strings[language][f"listing.{listing}"])
        return f"{base}{part}/{slugify(entries[key].label.get(language))}/"

    def address(self, record: Record, language: str) -> str:
        """Path of the record's page, without the leading slash and with the trailing one."""
        key = record.kind, record.id, language
        if key not in self._addresses:
            self._addresses[key] = self._create_address(record, language)
        return self._addresses[key]

    def handouts_address(self, session: Session, language: str) -> str:
        """Path of the page of a session's handouts."""
        return f"{self.address(session, language)}{slugify(self.strings[language].get('session.handouts', ''))}/"

    def _create_address(self, record: Record, language: str) -> str:
        slug = record.slug.get(language) if record.slug else slugify(record.label.get(language))
        if isinstance(record, Update):
            base = self.address(self.find(Campaign, record.campaign), language)
            return f"{base}{record.date}-{slug}/"
        if isinstance(record, Session):
            return f"{self.address(self.course_of(record)[0], language)}{slug}/"
        return f"{self.section_address(SECTION_OF[record.kind], language)}{slug}/"


class _Sections(dict[str, Section]):
    """Parts of the site by id. One that is named but not there is an editor's to mend."""

    def __missing__(self, section_id: str) -> Section:
        raise DataProblems([Problem("data/nav.yml", 0, "", "missing_section", {"found": section_id})])


def source_uri(record: Record) -> str:
    """Name of the record's page among the sources of pages, the same in every language."""
    return f"{record.folder}/{record.id}.md"


def handouts_source(session: Session) -> str:
    """Name of the page of a session's handouts among the sources; no id has a dot."""
    return f"{session.folder}/{session.id}.handouts.md"


def section_source(section: Section) -> str:
    """Name of a section's page among the sources of pages: ``laws/index.md`` unless it says another."""
    return section.page or f"{section.id}/index.md"


def _flatten(sections: tuple[Section, ...], parent: str | None) -> Iterator[tuple[Section, str | None]]:
    for section in sections:
        yield section, parent
        yield from _flatten(section.children, section.id)


# --- what a record names --------------------------------------------------------------------------


def marks(value: BaseModel, where: tuple[str | int, ...] = ()) -> Iterator[Mark]:
    """Every reference and listed value in a record, with its place."""
    for name, mark, inner in _plan(type(value)):
        found = getattr(value, name)
        for place, item in _items(found, (*where, name)):
            if mark is not None:
                yield Mark(place, str(item), mark)
            elif inner:
                yield from marks(item, place)


def texts(value: BaseModel, where: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Localised]]:
    """Every localised text in a record, with its place."""
    for name in _model_fields(type(value)):
        for place, item in _items(getattr(value, name), (*where, name)):
            if isinstance(item, Localised):
                yield place, item
            elif isinstance(item, BaseModel):
                yield from texts(item, place)


def is_translated(record: BaseModel, language: str) -> bool:
    """Whether every text of the record is there in the language."""
    return all(text.has(language) for _, text in texts(record) if not isinstance(text, LocalisedSlug))


def _items(found: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(found, tuple):
        for index, item in enumerate(found):
            yield (*place, index), item
    elif found is not None:
        yield place, found


@cache
def _plan(model: type[BaseModel]) -> list[tuple[str, Reference | Listed | None, bool]]:
    """Fields of a model that hold references, listed values or further models: a fact of the class."""
    plan = []
    for name, info in model.model_fields.items():
        mark = next((m for m in info.metadata if isinstance(m, Reference | Listed)), None) or _mark(info.annotation)
        inner = mark is None and _holds(info.annotation, lambda held: not issubclass(held, Localised))
        if mark or inner:
            plan.append((name, mark, inner))
    return plan


def _mark(annotation: Any) -> Reference | Listed | None:
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, Reference | Listed):
            return mark
    return next((found for argument in get_args(annotation) if (found := _mark(argument))), None)


@cache
def _model_fields(model: type[BaseModel]) -> list[str]:
    """Fields of a model that hold localised texts or further models."""
    return [name for name, info in model.model_fields.items() if _holds(info.annotation, lambda _: True)]


def _holds(annotation: Any, wanted: Callable[[type[BaseModel]], bool]) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return wanted(annotation)
    return any(_holds(argument, wanted) for argument in get_args(annotation))
