"""Deadlines: the worked examples that guides print, and the same days counted one by one on a calendar."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rimay.deadlines import (
    AGREEMENT_RULES,
    create_agreement_deadlines,
    create_deadlines,
    find_delay,
)
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.records.agreement import Agreement
from rimay.records.mandate import Mandate
from rimay.reminders import create_reminders

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_before(day: date) -> Iterator[date]:
    """The days before a day, turned back one leaf at a time as on a wall calendar: no arithmetic of dates."""
    year, month, number = day.year, day.month, day.day
    while True:
        number -= 1
        if not number:
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
            leap = month == 2 and (year % 400 == 0 or (year % 4 == 0 and year % 100 != 0))
            number = LENGTHS[month - 1] + leap
        yield date(year, month, number)


def spans(ends: date, presented: date | None = None) -> dict[str, tuple[date, date]]:
    return {found.key: (found.first, found.last) for found in create_agreement_deadlines(ends, presented)}


# --- examples -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends", "prepare", "first", "last", "negotiation"),
    [
        pytest.param("2026-12-31", "2026-09-02", "2026-11-01", "2026-12-01", "2026-12-11", id="as on the law's page"),
        pytest.param("2027-03-31", "2026-12-01", "2027-01-30", "2027-03-01", "2027-03-11", id="as in the bulletin"),
        pytest.param("2028-02-29", "2027-11-01", "2027-12-31", "2028-01-30", "2028-02-09", id="a leap day"),
        pytest.param("2028-03-31", "2027-12-02", "2028-01-31", "2028-03-01", "2028-03-11", id="over a leap day"),
        pytest.param("2027-01-01", "2026-09-03", "2026-11-02", "2026-12-02", "2026-12-12", id="over the new year"),
    ],
)
def test_the_days_that_follow_from_an_expiry(ends: str, prepare: str, first: str, last: str, negotiation: str) -> None:
    found = {key: (str(begin), str(end)) for key, (begin, end) in spans(date.fromisoformat(ends)).items()}

    assert found == {
        "prepare": (prepare, prepare),
        "petition": (first, last),
        "last_day": (last, last),
        "negotiation": (negotiation, negotiation),
        "expiry": (ends, ends),
    }


def test_negotiation_is_counted_from_the_day_the_petition_was_presented() -> None:
    first, last = spans(date(2026, 12, 31), presented=date(2026, 11, 3))["negotiation"]

    assert first == last == date(2026, 11, 13)


@pytest.mark.parametrize(
    ("presented", "delay"),
    [("2026-10-31", -1), ("2026-11-01", 0), ("2026-12-01", 0), ("2026-12-02", 1), ("2026-12-11", 10)],
)
def test_a_petition_is_late_by_the_days_after_the_last_one(presented: str, delay: int) -> None:
    assert find_delay(date(2026, 12, 31), date.fromisoformat(presented)) == delay


# --- against a wall calendar ----------------------------------------------------------------------


@given(DAYS)
def test_deadlines_are_those_counted_back_leaf_by_leaf(ends: date) -> None:
    leaves = days_before(ends)
    counted = {number: next(leaves) for number in range(1, 121)}

    found = spans(ends)

    assert found["prepare"] == (counted[120], counted[120])
    assert found["petition"] == (counted[60], counted[30])
    assert found["last_day"] == (counted[30], counted[30])
    assert found["negotiation"] == (counted[20], counted[20])


@given(DAYS, DAYS)
def test_negotiation_begins_ten_leaves_after_presentation(ends: date, presented: date) -> None:
    leaves = days_before(spans(ends, presented)["negotiation"][0])

    assert [next(leaves) for _ in range(10)][-1] == presented


@given(DAYS)
def test_deadlines_come_in_order(ends: date) -> None:
    firsts = [found.first for found in create_agreement_deadlines(ends)]

    assert firsts == sorted(firsts)


# --- records and words ----------------------------------------------------------------------------


def test_a_record_without_an_end_has_no_deadlines(mini_library: Library) -> None:
    assert create_deadlines(mini_library.find(Agreement, "sin-fechas")) == ()


def test_a_term_of_office_has_its_assemblies_its_election_and_its_end(mini_library: Library) -> None:
    found = {due.key: str(due.first) for due in create_deadlines(mini_library.find(Mandate, "junta-completa"))}

    assert found == {
        "assembly-1": "2024-02-29",
        "assembly-2": "2024-08-31",
        "prepare_election": "2024-11-30",
        "election": "2025-02-09",
        "term_end": "2025-02-28",
    }


def test_only_what_the_law_says_cites_an_article() -> None:
    assert {rule.key: rule.article for rule in AGREEMENT_RULES if rule.basis == "law"} == {
        "petition": "52",
        "last_day": "52",
        "negotiation": "57",
    }
    assert not [rule for rule in AGREEMENT_RULES if rule.article and rule.basis != "law"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_say_the_numbers_that_are_counted_and_where_they_come_from(language: str, mini_library: Library) -> None:
    strings = mini_library.strings[language]
    found = {r.key: r for r in create_reminders(create_agreement_deadlines(date(2026, 12, 31)), language, strings)}

    assert "120" in found["prepare"].how
    assert "Rimay" in found["prepare"].basis
    assert "60" in found["petition"].how
    assert "30" in found["petition"].how
    assert found["petition"].basis.endswith("52")
    assert {"es": "martes, 1 de diciembre de 2026", "en": "Tuesday, 1 December 2026"}[language] in (
        found["negotiation"].how
    )
    assert (
        found["petition"].when
        == {
            "es": "Del domingo, 1 de noviembre de 2026 al martes, 1 de diciembre de 2026",
            "en": "From Sunday, 1 November 2026 to Tuesday, 1 December 2026",
        }[language]
    )
