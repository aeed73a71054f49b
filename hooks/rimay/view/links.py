"""The ways from a page to others and to the files beside it."""

import posixpath
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from babel.lists import format_list
from markupsafe import Markup

from rimay.languages import LANGUAGES
from rimay.library import handouts_source, section_source, source_uri
from rimay.page import Download
from rimay.records.campaign import Action, Campaign
from rimay.records.fields import Localised, Record, Source
from rimay.records.organisation import Organisation
from rimay.records.session import Handout, Session
from rimay.records.update import Update
from rimay.share import ShareWords, create_share
from rimay.text import escape_plain
from rimay.view.words import Words, create_words


class Links(Words):
    """What a page template may ask of links."""

    def path(self, target: str) -> str:
        """From this page to another, by their source names."""
        return posixpath.relpath(f"/{target}", f"/{posixpath.dirname(self.source)}")

    def link(self, record: Record, label: Localised | None = None) -> Markup:
        """A link to a record's page; its bare name where the record is not published."""
        words = create_words(label or record.label, self.language)
        if not self.library.is_published(record):
            return words
        return Markup(f"[{words}]({self.path(source_uri(record))})")

    def handout_link(self, session: Session, handout: Handout) -> Markup:
        """A link to a handout of a session."""
        words = create_words(handout.title, self.language)
        return Markup(f"[{words}]({self.path(handouts_source(session))}#{handout.id})")

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

    def section_link(self, section_id: str) -> Markup:
        """A link to a part of the site."""
        section = self.library.sections[section_id]
        return Markup(f"[{create_words(section.title, self.language)}]({self.section_path(section_id)})")

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

    def downloads(self, part: str = "") -> list[Download]:
        """Files that stand beside this page, or those of a part of it, such as a handout."""
        return self._downloads.get((self.source.removesuffix(".md") + part, self.page_language), [])

    def slug(self, record: Record) -> str:
        """The last part of a record's address, which its files are called by."""
        return self.library.address(record, self.page_language).rstrip("/").rpartition("/")[2]

    def host(self, url: str) -> str:
        """The name of a website, without what only browsers need."""
        return urlsplit(url).netloc.removeprefix("www.")

    def source_line(self, source: Source) -> Markup:
        """A source as a reader finds it: author, title, date and place."""
        document = self.library.vocabulary.documents[source.document]
        title = create_words(document.title, self.language)
        words = f"{escape_plain(document.author)}, *{title}*"
        if document.url:
            words = f"{escape_plain(document.author)}, [*{title}*](<{document.url}>)"
        if document.date:
            words += f", {self.date(document.date)}"
        if source.where:
            words += f": {create_words(source.where, self.language)}"
        return Markup(words)

    def share(self, record: Campaign | Update) -> ShareWords:
        """The words that the record is shared by."""
        return create_share(record, self.library, self.language, self._site_url)

    def letter_link(self, action: Action) -> str:
        """Opens the mail program with the letter of an action."""
        subject, letter = action.subject, action.letter
        if subject is None or letter is None:
            raise ValueError("not a letter")
        body = letter.get(self.language).replace("\n", "\r\n")
        query = f"subject={quote(subject.get(self.language), safe='')}&body={quote(body, safe='')}"
        return f"mailto:{action.email or ''}?{query}"
