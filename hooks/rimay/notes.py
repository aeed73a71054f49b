"""What stands under an update wherever its text leaves the site: its corrections and its sources."""

from dataclasses import dataclass

from markupsafe import Markup

from rimay.dates import format_when
from rimay.library import Library
from rimay.records.fields import PartialDate, Source
from rimay.records.update import Update
from rimay.text import escape_plain


@dataclass(frozen=True)
class Note:
    """A correction: its day in words, and what was wrong."""

    label: str
    words: str


@dataclass(frozen=True)
class Citation:
    """A source as a reader finds it: a document's title, what stands before and after, and where it can be read."""

    before: str
    title: str
    after: str
    address: str


@dataclass(frozen=True)
class Notes:
    """Corrections, newest first, and sources under their heading. A withdrawn update has none."""

    corrections: tuple[Note, ...] = ()
    heading: str = ""
    sources: tuple[Citation, ...] = ()

    @property
    def markdown(self) -> Markup:
        """As Markdown, escaped."""
        blocks = [Markup("**{}** {}").format(escape_plain(n.label), escape_plain(n.words)) for n in self.corrections]
        if self.sources:
            items = Markup("\n").join(map(_create_item, self.sources))
            blocks += [Markup("**{}**").format(escape_plain(self.heading)), items]
        return Markup("\n\n").join(blocks)

    @property
    def plain_corrections(self) -> list[str]:
        """Each correction as a line of plain text."""
        return [f"{note.label} {note.words}" for note in self.corrections]

    @property
    def plain(self) -> str:
        """As plain text, with the addresses of sources."""
        sources = [
            f"- {source.before}{source.title}{source.after}{f' ({source.address})' if source.address else ''}"
            for source in self.sources
        ]
        blocks = [*self.plain_corrections, *(["\n".join([f"{self.heading}:", *sources])] if sources else [])]
        return "\n\n".join(blocks)


def create_notes(update: Update, library: Library, language: str) -> Notes:
    """The notes under an update in a language."""
    if update.withdrawn:
        return Notes()
    strings = library.strings[language]
    corrections = []
    for correction in sorted(update.corrections, key=lambda c: c.date, reverse=True):
        day = format_when(PartialDate.parse(correction.date), language)
        corrections.append(Note(strings["update.corrected_on"].format(date=day), correction.text.get(language)))
    sources = tuple(_create_citation(source, library, language) for source in update.sources)
    return Notes(tuple(corrections), strings["sources"], sources)


def _create_citation(source: Source, library: Library, language: str) -> Citation:
    document = library.vocabulary.documents[source.document]
    after = f", {format_when(document.date, language)}" if document.date else ""
    after += f": {source.where.get(language)}" if source.where else ""
    return Citation(f"{document.author}, ", document.title.get(language), after, document.url or "")


def _create_item(source: Citation) -> Markup:
    title = Markup("*{}*").format(escape_plain(source.title))
    linked = Markup("[{}](<{}>)").format(title, source.address) if source.address else title
    return Markup("- {} {}{}").format(escape_plain(source.before), linked, escape_plain(source.after))
