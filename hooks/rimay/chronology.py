"""The life of laws, read from their own fields: each moment once, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rimay.records.fields import PartialDate, Text
from rimay.records.law import Law


@dataclass(frozen=True)
class Moment:
    """Something that happened to a law: in the record's words, or called by the field that dates it."""

    date: PartialDate
    law: Law
    text: Text | None = None
    field: Literal["published", "ratified"] | None = None
    #: Id of the law that did it.
    by: str | None = None


def create_moments(law: Law) -> list[Moment]:
    """A law's history from the first moment; publication and ratification are added where it does not tell them."""
    moments = [Moment(event.date, law, event.text, by=event.law) for event in law.history]
    told = [moment.date for moment in moments]
    if law.published and not any(_is_same(law.published, date) for date in told):
        moments.append(Moment(law.published, law, field="published"))
    if law.ratified and not any(_is_same(law.ratified, date) for date in told):
        moments.append(Moment(law.ratified, law, field="ratified"))
    return sorted(moments, key=lambda moment: moment.date)


def create_chronology(laws: Iterable[Law]) -> list[tuple[int, list[tuple[int, list[Moment]]]]]:
    """Every moment of all laws by decade and year, the latest first; within a year as it went."""
    moments = [moment for law in laws for moment in create_moments(law)]
    moments.sort(key=lambda moment: (-moment.date.year, moment.date, moment.law.id))
    years = [(year, list(found)) for year, found in groupby(moments, key=lambda moment: moment.date.year)]
    return [(decade, list(found)) for decade, found in groupby(years, key=lambda year: year[0] // 10 * 10)]


def _is_same(one: PartialDate, other: PartialDate) -> bool:
    """Whether both may mean one day, as far as each is precise."""
    return not one.precedes(other) and not other.precedes(one)
