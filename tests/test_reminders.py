"""Calendars of deadlines: read by an independent parser, and line by line against RFC 5545."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from rimay.languages import LANGUAGES
from rimay.outputs import Site
from rimay.page import Output
from tests.conftest import SITE_URL
from tests.test_calendar import events, unfold

LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
AGREEMENT = {
    "es": "convenios/convenio-completo/convenio-completo.ics",
    "en": "en/agreements/complete-agreement/complete-agreement.ics",
}
MANDATE = {
    "es": "mandatos/junta-completa/junta-completa.ics",
    "en": "en/mandates/complete-committee/complete-committee.ics",
}
REGISTERS = {
    "es": ("convenios/convenios.ics", "mandatos/mandatos.ics"),
    "en": ("en/agreements/agreements.ics", "en/mandates/mandates.ics"),
}
LIMA = ZoneInfo("America/Lima")


def raw(outputs: Mapping[str, Output], path: str) -> bytes:
    content = outputs[path].content
    assert isinstance(content, bytes)
    return content


def spans(found: Mapping[str, Component]) -> dict[str, tuple[date, date]]:
    """The days of each event by its key: the first, and the last that is still part of it."""
    return {
        uid.partition(".")[0]: (event.decoded("DTSTART"), event.decoded("DTEND") - timedelta(days=1))
        for uid, event in found.items()
    }


# --- as a calendar program reads it ---------------------------------------------------------------


@LANGUAGE
def test_each_deadline_of_an_agreement_is_an_event_of_whole_days(
    language: str, mini_outputs: Mapping[str, Output]
) -> None:
    found = spans(events(raw(mini_outputs, AGREEMENT[language])))

    assert found == {
        "agreement-convenio-completo-prepare": (date(2023, 11, 1), date(2023, 11, 1)),
        "agreement-convenio-completo-petition": (date(2023, 12, 31), date(2024, 1, 30)),
        "agreement-convenio-completo-last_day": (date(2024, 1, 30), date(2024, 1, 30)),
        "agreement-convenio-completo-negotiation": (date(2024, 2, 10), date(2024, 2, 10)),
        "agreement-convenio-completo-expiry": (date(2024, 2, 29), date(2024, 2, 29)),
    }


@LANGUAGE
@pytest.mark.parametrize("paths", [AGREEMENT, MANDATE])
def test_each_event_reminds_a_week_before_and_on_the_day_at_eight_in_lima(
    paths: dict[str, str], language: str, mini_outputs: Mapping[str, Output]
) -> None:
    for event in events(raw(mini_outputs, paths[language])).values():
        day = event.decoded("DTSTART")
        alarms = event.walk("VALARM")

        assert [alarm.decoded("TRIGGER").astimezone(LIMA) for alarm in alarms] == [
            datetime.combine(day - timedelta(days=7), time(8), LIMA),
            datetime.combine(day, time(8), LIMA),
        ]
        assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}
        assert {str(alarm["DESCRIPTION"]) for alarm in alarms} == {str(event["SUMMARY"])}


@LANGUAGE
def test_words_come_back_to_the_letter_and_say_what_they_are(language: str, mini_outputs: Mapping[str, Output]) -> None:
    event = next(iter(events(raw(mini_outputs, AGREEMENT[language])).values()))

    assert (
        str(event["SUMMARY"])
        == {
            "es": "Empieza la preparación: Convenio «A & B» | <prueba>; *uno*, dos",
            "en": "Preparation begins: “A & B” agreement | <test>; *one*, two",
        }[language]
    )
    assert str(event["DESCRIPTION"]).startswith({"es": "Caso inventado. ", "en": "Invented case. "}[language])
    assert {"es": "Propuesta de Rimay", "en": "A proposal by Rimay"}[language] in str(event["DESCRIPTION"])
    assert str(event["URL"]).removeprefix(SITE_URL) + "index.html" in mini_outputs


@LANGUAGE
def test_a_register_has_the_events_of_all_its_records(language: str, mini_outputs: Mapping[str, Output]) -> None:
    for path in REGISTERS[language]:
        folder = path.rpartition("/")[0] + "/"
        single = [name for name in mini_outputs if name.startswith(folder) and name.endswith(".ics") and name != path]
        parts = [events(raw(mini_outputs, name)) for name in single]

        assert events(raw(mini_outputs, path)).keys() == {uid for part in parts for uid in part}
        assert sum(map(len, parts)) == len(events(raw(mini_outputs, path)))


def test_a_record_without_dates_has_no_calendar(mini_outputs: Mapping[str, Output]) -> None:
    assert not [path for path in mini_outputs if "sin-fechas" in path and path.endswith(".ics")]


def test_an_event_keeps_its_uid_and_stamp_when_its_day_changes(mini_project: Path) -> None:
    def load() -> dict[str, Component]:
        outputs = {output.path: output for output in Site(mini_project, SITE_URL).create_outputs("es")}
        return events(raw(outputs, MANDATE["es"]))

    before = load()
    file = mini_project / "data/mandates/junta-completa.yml"
    file.write_text(file.read_text("utf-8").replace("2024-08-31", "2024-09-07"), "utf-8")
    after = load()

    assert before.keys() == after.keys()
    assert {event["DTSTAMP"].to_ical() for event in (*before.values(), *after.values())} == {b"20230301T000000Z"}
    assert spans(before) != spans(after)


# --- as the specification asks --------------------------------------------------------------------


@LANGUAGE
@pytest.mark.parametrize("paths", [AGREEMENT, MANDATE])
def test_an_alarm_at_a_moment_says_that_it_is_one(
    paths: dict[str, str], language: str, mini_outputs: Mapping[str, Output]
) -> None:
    """RFC 5545, 3.8.6.3: without VALUE=DATE-TIME a trigger is a duration, and a moment is in UTC."""
    lines = unfold(raw(mini_outputs, paths[language]))
    triggers = [line for line in lines if line.startswith("TRIGGER")]

    assert len(triggers) == lines.count("BEGIN:VALARM") == 2 * lines.count("BEGIN:VEVENT")
    assert all(line.startswith("TRIGGER;VALUE=DATE-TIME:") and line.endswith("T130000Z") for line in triggers)


@LANGUAGE
def test_lines_are_short_end_in_crlf_and_cut_no_letter(language: str, mini_outputs: Mapping[str, Output]) -> None:
    for path in (*REGISTERS[language], AGREEMENT[language], MANDATE[language]):
        content = raw(mini_outputs, path)

        assert content.endswith(b"END:VCALENDAR\r\n")
        assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
        for line in content.split(b"\r\n"):
            assert len(line) <= 75
            line.decode("utf-8")


@LANGUAGE
def test_days_are_written_as_days(language: str, mini_outputs: Mapping[str, Output]) -> None:
    lines = unfold(raw(mini_outputs, AGREEMENT[language]))

    assert [line for line in lines if line.startswith(("DTSTART", "DTEND"))][2:4] == [
        "DTSTART;VALUE=DATE:20231231",
        "DTEND;VALUE=DATE:20240131",
    ]
    assert not Calendar.from_ical(raw(mini_outputs, AGREEMENT[language])).errors
