"""How the site stands: when it was made, of how many records, and what is still to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from rimay.languages import DEFAULT, LANGUAGES
from rimay.library import Library, is_translated
from rimay.records import KINDS
from rimay.records.fields import Record
from rimay.records.law import Law
from rimay.records.term import Term
from rimay.records.update import Update


@dataclass(frozen=True)
class Count:
    """How many records of a kind are published, and how many of them have every text in each language."""

    kind: str
    records: int
    complete: Mapping[str, int]


@dataclass(frozen=True)
class Status:
    """What the page about the state of the site tells."""

    built: datetime
    #: Of Rimay.
    version: str
    counts: Sequence[Count]
    #: Published records, and terms of the glossary, that lack words in a language.
    untranslated: Mapping[str, Sequence[Record | Term]]
    #: Laws that nobody has checked for longer than a year.
    outdated: Sequence[Law]
    newest: Update | None


def create_status(library: Library) -> Status:
    """The state of what readers may see: of drafts and of what waits for its moment nothing is told."""
    published = [entry.record for entry in library.entries if library.is_published(entry.record)]
    terms = [entry.record for entry in library.glossary]
    groups: dict[str, list[Record | Term]] = {kind: [r for r in published if r.kind == kind] for kind in KINDS}
    groups["term"] = [*terms]
    counts = [
        Count(kind, len(found), {code: sum(is_translated(r, code) for r in found) for code in LANGUAGES})
        for kind, found in groups.items()
        if found
    ]
    return Status(
        built=library.now,
        version=version("rimay"),
        counts=counts,
        untranslated={
            code: [record for found in groups.values() for record in found if not is_translated(record, code)]
            for code in LANGUAGES
            if code != DEFAULT
        },
        outdated=library.outdated_laws,
        newest=next(iter(library.updates), None),
    )
