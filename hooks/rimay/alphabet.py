"""Everything on the site in alphabetical order, updates apart: they stand by year."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rimay.library import HOME, Library, sort_key
from rimay.records.fields import Localised
from rimay.records.update import Update


@dataclass(frozen=True)
class Entry:
    """A line of the index: its words, what it is, and where it leads."""

    words: Localised
    kind: str
    address: str

    def sort_key(self, language: str) -> str:
        """What it is sorted by: its first letter or digit is the first that counts."""
        return sort_key(self.words.get(language).lstrip("¿¡«“\"'( "))


def create_alphabet(library: Library, language: str) -> list[tuple[str, list[Entry]]]:
    """The entries under each letter that has any; digits under one sign."""
    entries = sorted(_create_entries(library, language), key=lambda entry: entry.sort_key(language))
    return [(letter, list(found)) for letter, found in groupby(entries, lambda entry: _letter(entry, language))]


def _letter(entry: Entry, language: str) -> str:
    key = entry.sort_key(language)
    if key.startswith("n~"):
        return "Ñ"
    return key[0].upper() if key[:1].isalpha() else "#"


def _create_entries(library: Library, language: str) -> Iterator[Entry]:
    for section in library.sections.values():
        if section.id not in (HOME, "alphabet"):
            yield Entry(section.title, "", library.section_address(section.id, language))
    for entry in library.entries:
        record = entry.record
        if library.is_published(record) and not isinstance(record, Update):
            kind = library.strings[language][f"kind.{record.kind}"]
            yield Entry(record.label, kind, library.address(record, language))
    glossary = library.sections["glossary"].title.get(language)
    for term in library.terms(language):
        yield Entry(term.term, glossary, f"{library.section_address('glossary', language)}#{term.id}")
