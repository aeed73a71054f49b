"""Library to Markdown, one page a record and a section in each language, through ``overrides/pages/``."""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from rimay.cache import create_cache
from rimay.languages import DEFAULT, LANGUAGES
from rimay.library import SECTION_OF, Library, handouts_source, section_source, source_uri
from rimay.linked_data import create_data
from rimay.page import Page
from rimay.records.campaign import Campaign
from rimay.records.fields import Localised, Record, Text
from rimay.records.organisation import Organisation
from rimay.records.session import Session
from rimay.records.update import Update
from rimay.records.vocabulary import Entry, Section
from rimay.text import first_sentences, html_attribute
from rimay.view import Downloads, Place, View, escape_value

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class Pages:
    """Makes the pages of a library. ``downloads`` gives files by the stem of their source name and language."""

    def __init__(self, library: Library, root: Path, downloads: Downloads, site_url: str) -> None:
        self.library, self._site_url = library, site_url
        self._root = root
        self._downloads = downloads
        self._environment = _create_environment(root)

    def create_all(self, language: str) -> Iterable[Page]:
        """Every page in a language: the parts of the site, the records, the lists, the page for a lost reader."""
        for section in self.library.sections.values():
            yield self.create_section(section, language)
        for entry in self.library.entries:
            if self.library.is_published(entry.record):
                yield self.create_record(entry.record, language)
        for session in self.library.all(Session):
            if session.handouts:
                yield self.create_handouts(session, language)
        for listing, keys in self._listings():
            for key in keys:
                yield self._create_listing(listing, key, language)
        yield self._create_lost(language)

    def _listings(self) -> list[tuple[str, list[str]]]:
        library = self.library
        return [
            ("years", library.years),
            ("sectors", library.sectors_in_campaigns),
            ("regions", library.regions_in_campaigns),
        ]

    # -- kinds of page

    def create_record(self, record: Record, language: str) -> Page:
        """The page of a record, in the default language where it is not translated."""
        library = self.library
        translated = library.languages_of(record)
        words = language if language in translated else DEFAULT
        addresses = {code: library.address(record, code) for code in LANGUAGES}
        source = source_uri(record)
        view = self._view(words, source, language, addresses[language])
        section, trail = self._record_trail(record)
        campaign = library.find(Campaign, record.campaign) if isinstance(record, Update) else record
        image = self._image(source, language)
        data = None
        if isinstance(record, Campaign | Update):
            data = create_data(record, library, words, self._site_url, image)
        return Page(
            language=language,
            text_language=words,
            source_uri=source,
            address=addresses[language],
            kind=record.kind,
            title=record.label.get(words),
            description=_description(record, words),
            write=partial(self._render, f"{record.kind}.md", view, {record.kind: record, "record": record}),
            source=library.path(record),
            section=section,
            trail=tuple((title.get(language), address) for title, address in trail(language)),
            translations={code: addresses[code] for code in translated},
            switch=addresses,
            feed=self._feed(campaign, language) if isinstance(campaign, Campaign) else None,
            image=image,
            data=json.dumps(data, ensure_ascii=False) if data else "",
            hidden="" if library.is_public(record) else _hidden(record, view),
            unlisted=isinstance(record, Update) and record.withdrawn is not None,
            filters=self._filters(record, view),
        )

    def create_handouts(self, session: Session, language: str) -> Page:
        """The page of a session's handouts: what participants get, and nothing that only the facilitator may see."""
        library, guide = self.library, self.create_record(session, language)
        addresses = {code: library.handouts_address(session, code) for code in LANGUAGES}
        view = self._view(guide.text_language, guide.source_uri, language, addresses[language])
        strings, here = library.strings[guide.text_language], library.strings[language]
        title = f"{strings['session.handouts']}: {guide.title}"
        return replace(
            guide,
            source_uri=handouts_source(session),
            address=addresses[language],
            kind="handouts",
            title=title,
            description=strings["session.handouts_summary"].format(title=guide.title),
            write=partial(self._render, "handouts.md", view, {"session": session, "title": title}),
            trail=(*guide.trail, (session.title.get(language), guide.address)),
            translations={code: addresses[code] for code in guide.translations},
            switch=addresses,
            filters={here["filter.type"]: (here["session.handouts"],)},
        )

    def _feed(self, campaign: Campaign, language: str) -> tuple[str, str]:
        return self.library.address(campaign, language), campaign.title.get(language)

    def _image(self, source: str, language: str) -> str:
        found = self._downloads.get((f"{source.removesuffix('.md')}/card", language))
        return found[0].path if found else ""

    def _create_listing(self, listing: str, key: str, language: str) -> Page:
        """The campaigns and updates of a sector, a region or a year."""
        library, section = self.library, {"years": "news"}.get(listing, "campaigns")
        addresses = {code: library.listing_address(listing, key, code) for code in LANGUAGES}
        source = f"{listing}/{key}.md"
        view = self._view(language, source, language, addresses[language])
        entries: Mapping[str, Entry] = {} if listing == "years" else getattr(library.vocabulary, listing)
        name = entries[key].label.get(language) if key in entries else key
        strings = library.strings[language]
        title = strings[f"listing.{listing}_title"].format(name=name)
        campaigns = [c for c in library.campaigns if key in getattr(c, listing, ())]
        updates = library.updates_in(listing, key)
        kind = listing.removesuffix("s")
        context = {"title": title, "listing": kind, "key": key, "campaigns": campaigns, "updates": updates}
        trail = [
            (s.title.get(language), library.section_address(s.id, language)) for s in library.section_trail(section)
        ]
        return Page(
            language=language,
            text_language=language,
            source_uri=source,
            address=addresses[language],
            kind="listing",
            title=title,
            description=strings[f"listing.{listing}_summary"].format(name=name),
            write=partial(self._render, "year.md" if listing == "years" else "listing.md", view, context),
            source="data/updates",
            section=library.section_trail(section)[0].id,
            trail=tuple(trail),
            translations=addresses,
            switch=addresses,
            feed=(addresses[language], name) if listing == "sectors" else None,
        )

    def _record_trail(self, record: Record) -> Any:
        library = self.library

        def sections(section_id: str, language: str) -> list[tuple[Text, str]]:
            return [(s.title, library.section_address(s.id, language)) for s in library.section_trail(section_id)]

        def trail(language: str) -> list[tuple[Text, str]]:
            if isinstance(record, Update):
                parent: Record = library.find(Campaign, record.campaign)
            elif isinstance(record, Session):
                parent = library.course_of(record)[0]
            else:
                return sections(SECTION_OF[record.kind], language)
            above = sections(SECTION_OF[parent.kind], language)
            return [*above, (parent.label, library.address(parent, language))]

        kind = {"update": "campaign", "session": "curriculum"}.get(record.kind, record.kind)
        return library.section_trail(SECTION_OF[kind])[0].id, trail

    def create_section(self, section: Section, language: str) -> Page:
        """The page of a part of the site: made from the records by a template, or written by hand."""
        library = self.library
        source = section_source(section)
        template = f"{section.id}.md"
        addresses = {code: library.section_address(section.id, code) for code in LANGUAGES}
        written = {code: self._root / "docs" / code / source for code in LANGUAGES}
        if (self._root / "overrides" / "pages" / template).is_file():
            translated = [code for code in LANGUAGES if section.title.has(code) and section.summary.has(code)]
            words = language if language in translated else DEFAULT
            view = self._view(words, source, language, addresses[language])
            write = partial(self._render, template, view, {"section": section})
            description, path = section.summary.get(words), f"overrides/pages/{template}"
        else:
            translated = [code for code in LANGUAGES if written[code].is_file()]
            words = language if language in translated else DEFAULT
            description, text = _split(written[words].read_text("utf-8"))
            path = written[words].relative_to(self._root).as_posix()
            write = partial(str, text)
        trail = library.section_trail(section.id)
        return Page(
            language=language,
            text_language=words,
            source_uri=source,
            address=addresses[language],
            kind="section",
            title=section.title.get(words),
            description=description or section.summary.get(words),
            write=write,
            source=path,
            section=trail[0].id,
            trail=tuple((s.title.get(language), library.section_address(s.id, language)) for s in trail[:-1]),
            translations={code: addresses[code] for code in translated},
            switch=addresses,
        )

    def create_release(self, update: Update, language: str) -> str:
        """An update as a press release, as Markdown: of those of its organisations that run the campaign.

        Where none of them does, it is by the first.
        """
        view = self._view(language, source_uri(update), language, self.library.address(update, language))
        runs = self.library.find(Campaign, update.campaign).organisations
        issuers = [found for found in update.organisations if found in runs] or update.organisations[:1]
        organisations = [self.library.find(Organisation, found) for found in issuers]
        return self._render("release.md", view, {"update": update, "issuers": organisations})

    def _create_lost(self, language: str) -> Page:
        strings = self.library.strings[language]
        home = {code: self.library.section_address("home", code) for code in LANGUAGES}
        return Page(
            language=language,
            text_language=language,
            source_uri="404.md",
            address=f"{home[language]}404.html",
            kind="lost",
            title=strings["lost.title"],
            description=strings["lost.text"],
            write=partial(self._render, "lost.md", self._view(language, "404.md", language, home[language]), {}),
            source="overrides/pages/lost.md",
            section="",
            trail=(),
            translations={},
            switch=home,
        )

    def _render(self, template: str, view: View, context: Mapping[str, Any]) -> str:
        return self._environment.get_template(template).render(v=view, language=view.language, **context)

    # -- what templates and search ask

    def _filters(self, record: Record, view: View) -> dict[str, tuple[str, ...]]:
        t = self.library.strings[view.page_language]

        def labels(name: str, keys: Iterable[str]) -> tuple[str, ...]:
            entries: Mapping[str, Entry] = getattr(self.library.vocabulary, name)
            return tuple(entries[key].label.get(view.page_language) for key in keys)

        found: dict[str, tuple[str, ...]] = {t["filter.type"]: (t[f"kind.{record.kind}"],)}
        campaign = self.library.find(Campaign, record.campaign) if isinstance(record, Update) else record
        found[t["filter.sector"]] = labels("sectors", getattr(campaign, "sectors", ()))
        regions = getattr(record, "regions", ()) or getattr(campaign, "regions", ())
        found[t["filter.region"]] = labels("regions", regions)
        year = (
            record.date.year if isinstance(record, Update) else getattr(getattr(record, "published", None), "year", "")
        )
        found[t["filter.year"]] = (str(year),) if year else ()
        return {name: values for name, values in found.items() if values}

    def _view(self, language: str, source: str, page_language: str, address: str) -> View:
        return View(self.library, self._downloads, self._site_url, Place(language, page_language, source, address))


@cache
def _create_environment(root: Path) -> Environment:
    """The page templates of a project, each read once a build and compiled once a version."""
    environment = Environment(
        loader=FileSystemLoader(root / "overrides" / "pages"),
        bytecode_cache=CompiledTemplates(root),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=escape_value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["html"] = html_attribute
    return environment


class CompiledTemplates(BytecodeCache):
    """Compiled templates kept from build to build: compiling them takes longer than rendering a hundred pages."""

    def __init__(self, root: Path) -> None:
        self._cache, self._compiler = create_cache(root), f"{sys.version} {version('jinja2')}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled from the same source, if it is there."""
        if (found := self._cache.load(self._key(bucket))) is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._cache.write(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return f"{self._compiler} template {bucket.checksum}"


def _hidden(record: Record, view: View) -> str:
    """Why readers do not see the record yet."""
    if isinstance(record, Update) and record.publish_at:
        return view.raw("preview.embargo").format(moment=view.moment(record.publish_at))
    return view.raw("preview.draft")


def _description(record: Record, language: str) -> str:
    summary = getattr(record, "summary", None) or getattr(record, "text", None)
    return first_sentences(summary.get(language)) if isinstance(summary, Localised) else record.label.get(language)


def _split(text: str) -> tuple[str, str]:
    """The description in the front matter of a hand-written page, and its text."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return "", text
    description = match[1].partition("description:")[2].strip().strip("\"'")
    return description, text[match.end() :]
