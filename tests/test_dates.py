"""Dates as precise as their source: read, ordered, written in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from rimay.dates import format_coming, format_period, format_update_date, format_when
from rimay.library import Library
from rimay.records.fields import PartialDate
from rimay.records.update import Update


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2012-05-30", PartialDate(2012, 5, 30)),
        ("2012-05", PartialDate(2012, 5)),
        ("2012", PartialDate(2012)),
        (2012, PartialDate(2012)),
        (date(2012, 5, 30), PartialDate(2012, 5, 30)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
        ("2000-02-29", PartialDate(2000, 2, 29)),
        ("1944-12-31", PartialDate(1944, 12, 31)),
    ],
)
def test_a_day_a_month_or_a_year_is_read(written: object, expected: PartialDate) -> None:
    assert PartialDate.parse(written) == expected


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2012-05-30", date(2012, 5, 30), date(2012, 5, 30)),
        ("2012-04", date(2012, 4, 1), date(2012, 4, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
    ],
)
def test_a_month_or_a_year_may_be_any_of_its_days(written: str, first: date, last: date) -> None:
    when = PartialDate.parse(written)

    assert (when.first_day(), when.last_day()) == (first, last)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2023-02-29", "impossible_date"),
        ("1900-02-29", "impossible_date"),
        ("2012-02-30", "impossible_date"),
        ("2012-13", "impossible_date"),
        ("2012-00", "impossible_date"),
        ("2012-05-00", "impossible_date"),
        ("2012-00-10", "impossible_date"),
        ("2012-06-31", "impossible_date"),
        ("0000", "impossible_date"),
        ("30/05/2012", "not_a_date"),
        ("2012-5-30", "not_a_date"),
        ("2012-05-30T10:00", "not_a_date"),
        ("mayo de 2012", "not_a_date"),
        ("", "not_a_date"),
        ("12", "not_a_date"),
        (12, "not_a_date"),
        (20120, "not_a_date"),
        (2012.5, "not_a_date"),
        (True, "not_a_date"),
        (None, "not_a_date"),
        ([2012], "not_a_date"),
    ],
)
def test_anything_else_is_refused_with_the_reason(written: object, code: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        PartialDate.parse(written)

    assert (caught.value.context or {})["code"] == code


@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_read_and_written_the_same(day: date) -> None:
    when = PartialDate.parse(day.isoformat())

    assert (str(when), when.first_day(), when.is_day) == (day.isoformat(), day, True)


@pytest.mark.parametrize("written", ["2012", "2012-05", "2012-05-30"])
def test_the_precision_is_kept(written: str) -> None:
    assert str(PartialDate.parse(written)) == written


@pytest.mark.parametrize(("written", "is_day"), [("2012", False), ("2012-05", False), ("2012-05-30", True)])
def test_only_a_whole_date_is_a_day(written: str, is_day: bool) -> None:
    assert PartialDate.parse(written).is_day is is_day


def test_dates_follow_each_other_and_the_less_precise_comes_first() -> None:
    written = ["2011-12-31", "2012", "2012-05", "2012-05-01", "2012-05-30", "2012-06", "2013"]

    assert sorted(map(PartialDate.parse, reversed(written))) == [PartialDate.parse(w) for w in written]


@pytest.mark.parametrize(
    ("written", "spanish", "english"),
    [
        ("2012-05-30", "30 de mayo de 2012", "30 May 2012"),
        ("2024-02-29", "29 de febrero de 2024", "29 February 2024"),
        ("2011-09-01", "1 de setiembre de 2011", "1 September 2011"),
        ("2012-05", "mayo de 2012", "May 2012"),
        ("2011-09", "setiembre de 2011", "September 2011"),
        ("2012", "2012", "2012"),
    ],
)
def test_a_date_is_written_as_peru_and_the_english_write_it(written: str, spanish: str, english: str) -> None:
    when = PartialDate.parse(written)

    assert (format_when(when, "es"), format_when(when, "en")) == (spanish, english)


@pytest.mark.parametrize(
    ("update", "spanish", "english"),
    [
        ("2024-02-29-marcha", "29 de febrero – 1 de marzo de 2024", "29 February – 1 March 2024"),
        ("2024-03-acuerdo", "marzo de 2024", "March 2024"),
        ("2023-empieza", "a comienzos de 2023", "early 2023"),
    ],
    ids=["that lasted", "of a month", "in words of its own"],
)
def test_the_date_of_an_update(update: str, spanish: str, english: str, mini_library: Library) -> None:
    record = mini_library.find(Update, update)

    assert format_update_date(record, "es") == spanish
    assert format_update_date(record, "en") == english


@pytest.mark.parametrize(
    ("begin", "end", "spanish", "english"),
    [
        ("2011-11-25", "2011-11-26", "25–26 de noviembre de 2011", "25–26 November 2011"),
        (
            "2011-09-30",
            "2011-10-02",
            "30 de setiembre – 2 de octubre de 2011",
            "30 September – 2 October 2011",
        ),
        (
            "2011-12-31",
            "2012-01-01",
            "31 de diciembre de 2011 – 1 de enero de 2012",
            "31 December 2011 – 1 January 2012",
        ),
        ("2011-09", "2011-11", "setiembre – noviembre de 2011", "September – November 2011"),
        ("2011-09", "2012-01", "setiembre de 2011 – enero de 2012", "September 2011 – January 2012"),
        ("2011-09-30", "2011-11", "30 de setiembre de 2011 – noviembre de 2011", "30 September 2011 – November 2011"),
        ("2011", "2012", "2011 – 2012", "2011 – 2012"),
        ("2011-11-25", "2011-11-25", "25 de noviembre de 2011", "25 November 2011"),
    ],
)
def test_a_period_says_once_what_its_ends_share(begin: str, end: str, spanish: str, english: str) -> None:
    first, last = PartialDate.parse(begin), PartialDate.parse(end)

    assert (format_period(first, last, "es"), format_period(first, last, "en")) == (spanish, english)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", ["miércoles, 5 de junio de 2024, 18:00, hora del Perú", "miércoles, 5 de junio de 2024"]),
        ("en", ["Wednesday, 5 June 2024, 18:00 Peru time", "Wednesday, 5 June 2024"]),
    ],
)
def test_what_is_to_come_has_its_weekday_and_its_hour_in_peru(
    language: str, expected: list[str], mini_library: Library
) -> None:
    day, strings = date(2024, 6, 5), mini_library.strings[language]

    assert [format_coming(day, hour, language, strings) for hour in ("18:00", None)] == expected
