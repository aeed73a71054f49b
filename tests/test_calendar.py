"""The calendar: read again by icalendar, and the lines themselves against RFC 5545."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from rimay.languages import LANGUAGES
from rimay.outputs import Site
from rimay.page import Output
from tests.conftest import SITE_URL

NAME = {"es": "calendario.ics", "en": "en/calendar.ics"}
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def raw(outputs: Mapping[str, Output], language: str) -> bytes:
    content = outputs[NAME[language]].content
    assert isinstance(content, bytes)
    return content


def events(content: bytes) -> dict[str, Component]:
    found = Calendar.from_ical(content).walk("VEVENT")
    return {str(event["UID"]): event for event in found}


def unfold(content: bytes) -> list[str]:
    """Lines as they were before folding, without any library."""
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


# --- as a calendar program reads it ---------------------------------------------------------------


@LANGUAGE
def test_every_update_with_a_known_day_is_an_event(language: str, mini_outputs: Mapping[str, Output]) -> None:
    found = events(raw(mini_outputs, language))

    assert [*found] == [f"2024-02-29-marcha.{language}@rimay", f"2024-03-15-solo-en-castellano.{language}@rimay"]


@LANGUAGE
def test_an_event_lasts_whole_days_and_ends_the_day_after_the_last(
    language: str, mini_outputs: Mapping[str, Output]
) -> None:
    march, single = events(raw(mini_outputs, language)).values()

    assert (march.decoded("DTSTART"), march.decoded("DTEND")) == (date(2024, 2, 29), date(2024, 3, 2))
    assert single.decoded("DTEND") - single.decoded("DTSTART") == timedelta(days=1)


@pytest.mark.parametrize(
    ("language", "title", "place", "campaign"),
    [
        ("es", "Marcha & asamblea; «agua, \\ya\\» <hoy>", "Ica, plaza de Armas", "Agua limpia, ¡ya!"),
        ("en", "March & assembly; “water, \\now\\” <today>", "Ica, main square", "Clean water now!"),
    ],
)
def test_words_come_back_to_the_letter(
    language: str, title: str, place: str, campaign: str, mini_outputs: Mapping[str, Output]
) -> None:
    march = next(iter(events(raw(mini_outputs, language)).values()))

    assert str(march["SUMMARY"]) == title
    assert str(march["LOCATION"]) == place
    assert march["CATEGORIES"].to_ical() == campaign.replace(",", "\\,").encode()


@LANGUAGE
def test_an_event_leads_to_a_page_that_exists(language: str, mini_outputs: Mapping[str, Output]) -> None:
    for event in events(raw(mini_outputs, language)).values():
        assert str(event["URL"]).removeprefix(SITE_URL) + "index.html" in mini_outputs


def test_no_event_is_in_both_languages(mini_outputs: Mapping[str, Output]) -> None:
    spanish, english = (events(raw(mini_outputs, language)) for language in LANGUAGES)

    assert not spanish.keys() & english.keys()


def test_an_event_keeps_its_uid_when_its_title_and_address_change(mini_project: Path) -> None:
    def load() -> dict[str, Component]:
        outputs = {output.path: output for output in Site(mini_project, SITE_URL).create_outputs("es")}
        return events(raw(outputs, "es"))

    before = load()
    file = mini_project / "data/updates/2024/2024-02-29-marcha.yml"
    words = file.read_text("utf-8").replace("marcha-por-el-agua", "otra").replace("Marcha &", "Paro &")
    file.write_text(words, "utf-8")
    after = load()

    assert after.keys() == before.keys()
    assert str(next(iter(after.values()))["SUMMARY"]).startswith("Paro &")


# --- as the specification asks --------------------------------------------------------------------


@LANGUAGE
def test_lines_end_as_the_specification_asks_and_are_short(language: str, mini_outputs: Mapping[str, Output]) -> None:
    content = raw(mini_outputs, language)

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@LANGUAGE
def test_no_letter_is_cut_in_two(language: str, mini_outputs: Mapping[str, Output]) -> None:
    for line in raw(mini_outputs, language).split(b"\r\n"):
        line.decode("utf-8")


@LANGUAGE
def test_days_are_written_as_days_without_any_library(language: str, mini_outputs: Mapping[str, Output]) -> None:
    lines = unfold(raw(mini_outputs, language))

    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20240229",
        "DTSTART;VALUE=DATE:20240315",
    ]
    assert [line for line in lines if line.startswith("DTEND")] == [
        "DTEND;VALUE=DATE:20240302",
        "DTEND;VALUE=DATE:20240316",
    ]


@LANGUAGE
def test_every_event_has_one_uid_and_one_fixed_stamp(language: str, mini_outputs: Mapping[str, Output]) -> None:
    lines = unfold(raw(mini_outputs, language))
    count = lines.count("BEGIN:VEVENT")
    uids = [line for line in lines if line.startswith("UID:")]

    assert count == lines.count("END:VEVENT") == len(uids) == len(set(uids)) == 2
    assert [line for line in lines if line.startswith("DTSTAMP")] == [
        "DTSTAMP:20240229T000000Z",
        "DTSTAMP:20240315T000000Z",
    ]


@LANGUAGE
def test_signs_with_a_meaning_are_escaped(language: str, mini_outputs: Mapping[str, Output]) -> None:
    summary = next(line for line in unfold(raw(mini_outputs, language)) if line.startswith("SUMMARY:Mar"))

    assert (
        summary
        == {
            "es": "SUMMARY:Marcha & asamblea\\; «agua\\, \\\\ya\\\\» <hoy>",
            "en": "SUMMARY:March & assembly\\; “water\\, \\\\now\\\\” <today>",
        }[language]
    )


@LANGUAGE
def test_the_calendar_says_what_it_is(language: str, mini_outputs: Mapping[str, Output]) -> None:
    lines = unfold(raw(mini_outputs, language))

    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:PUBLISH", f"PRODID:-//Rimay//{language.upper()}"} <= set(lines)
    assert any(line.startswith("X-WR-CALNAME:") for line in lines)
