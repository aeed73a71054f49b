"""The deadline calculator counts like the program, hands over a sound calendar, and keeps and sends nothing."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rimay.deadlines import create_agreement_deadlines, find_delay
from tests.browser.test_accessibility import SIZES, look, open_page
from tests.browser.visit import Origin
from tests.test_calendar import unfold

CALCULATOR = {
    "es": ("convenios/calculadora-de-plazos/", "Último día del convenio", "Llevar al calendario"),
    "en": ("en/agreements/deadline-calculator/", "Last day of the agreement", "Take it to my calendar"),
}
LANGUAGE = pytest.mark.parametrize("language", CALCULATOR)
#: Types pairs of dates one after the other; returns the days of the table and what is said.
TYPE = """(pairs) => {
  const form = document.querySelector("[data-calculator]");
  return pairs.map(([ends, presented]) => {
    form.elements.ends.value = ends;
    form.elements.presented.value = presented;
    form.dispatchEvent(new Event("input"));
    return [
      [...form.querySelectorAll("tbody td:first-child")].map((cell) =>
        [...cell.querySelectorAll("time")].map((time) => time.dateTime)),
      form.querySelector("[role=status]").textContent,
    ];
  });
}"""


def expected(ends: date, presented: date | None = None) -> list[list[str]]:
    """The days of each row as the program counts them: one, or the first and the last."""
    return [
        [str(day) for day in dict.fromkeys([due.first, due.last])]
        for due in create_agreement_deadlines(ends, presented)
    ]


def take_calendar(page: Page, button: str, folder: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(folder / "deadlines.ics")
    return (folder / "deadlines.ics").read_bytes()


@pytest.mark.everything
@LANGUAGE
def test_every_day_of_eight_years_and_every_month_end_of_a_century_counts_as_in_the_program(
    page: Page, language: str
) -> None:
    page.goto(CALCULATOR[language][0])
    eight_years = [date(2024, 1, 1) + timedelta(days) for days in range(2922)]
    month_ends = [date(year, month, 1) - timedelta(1) for year in range(2001, 2100) for month in range(1, 13)]
    days = [*eight_years, *month_ends]

    found = page.evaluate(TYPE, [[str(day), ""] for day in days])

    assert [rows for rows, _ in found] == [expected(day) for day in days]


@LANGUAGE
def test_a_day_of_presentation_counts_as_in_the_program_and_is_judged(page: Page, language: str) -> None:
    page.goto(CALCULATOR[language][0])
    ends = date(2028, 2, 29)
    days = [ends - timedelta(number) for number in range(-30, 150)]

    found = page.evaluate(TYPE, [[str(ends), str(day)] for day in days])

    said = {"es": ("adelanto: {}.", "dentro del plazo", "atraso: {}."), "en": ("early: {}.", "within", "late: {}.")}
    for day, (rows, words) in zip(days, found, strict=True):
        delay = find_delay(ends, day)
        assert rows == expected(ends, day)
        assert said[language][(delay > 0) - (delay < 0) + 1].format(abs(delay)) in words


@LANGUAGE
def test_the_worked_example_on_the_page_is_what_the_calculator_answers(page: Page, language: str) -> None:
    address, label, _ = CALCULATOR[language]
    page.goto(address)
    page.get_by_label(label).fill("2026-12-31")

    example = page.locator("form ~ .timetable tbody, form ~ * .timetable tbody").first
    assert page.locator("form tbody").inner_text().split() == example.inner_text().split()


@LANGUAGE
def test_the_calendar_has_the_same_days_with_their_alarms(page: Page, language: str, tmp_path: Path) -> None:
    address, label, button = CALCULATOR[language]
    page.goto(address)
    page.get_by_label(label).fill("2028-02-29")

    calendar = Calendar.from_ical(take_calendar(page, button, tmp_path))

    events = calendar.walk("VEVENT")
    spans = [(event.decoded("DTSTART"), event.decoded("DTEND") - timedelta(days=1)) for event in events]
    assert spans == [(due.first, due.last) for due in create_agreement_deadlines(date(2028, 2, 29))]
    assert len({str(event["UID"]) for event in events}) == len(events)
    for event, (first, _) in zip(events, spans, strict=True):
        moments = [f"{alarm.decoded('TRIGGER'):%Y-%m-%d %H:%M %Z}" for alarm in event.walk("VALARM")]
        assert moments == [f"{first - timedelta(days=7)} 13:00 UTC", f"{first} 13:00 UTC"]
    cells = page.locator("form tbody strong").all_inner_texts()
    assert [str(event["SUMMARY"]) for event in events] == cells
    assert ", art. 52. " in str(events[1]["DESCRIPTION"])


@LANGUAGE
def test_the_calendar_keeps_to_the_specification_line_by_line(page: Page, language: str, tmp_path: Path) -> None:
    address, label, button = CALCULATOR[language]
    page.goto(address)
    page.get_by_label(label).fill("2026-12-31")

    content = take_calendar(page, button, tmp_path)

    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    lines = unfold(content)
    assert [line for line in lines if line.startswith("DTSTART")][1] == "DTSTART;VALUE=DATE:20261101"
    assert [line for line in lines if line.startswith("DTEND")][1] == "DTEND;VALUE=DATE:20261202"
    assert [line for line in lines if line.startswith("TRIGGER")][2:4] == [
        "TRIGGER;VALUE=DATE-TIME:20261025T130000Z",
        "TRIGGER;VALUE=DATE-TIME:20261101T130000Z",
    ]
    description = next(line for line in lines if line.startswith("DESCRIPTION:") and "60" in line)
    assert "\\," in description
    assert not any("," in line.replace("\\,", "") for line in lines if line.startswith(("SUMMARY", "DESCRIPTION")))


@LANGUAGE
def test_nothing_is_kept_or_sent_and_it_works_without_a_connection(
    page: Page, context: BrowserContext, language: str, tmp_path: Path
) -> None:
    address, label, button = CALCULATOR[language]
    page.goto(address, wait_until="networkidle")  # the icon of the site comes last
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    context.set_offline(True)

    page.get_by_label(label).fill("2026-12-31")
    assert take_calendar(page, button, tmp_path)

    assert [url for url in asked if not url.startswith("blob:")] == []
    assert page.url.endswith(address)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert json.loads(kept) == [{}, {}, ""]


@LANGUAGE
def test_a_date_that_makes_no_sense_is_told_when_the_reader_goes_on(page: Page, language: str) -> None:
    address, label, _ = CALCULATOR[language]
    page.goto(address)
    ends = page.get_by_label(label)

    ends.fill("1899-12-31")
    expect(page.locator("form [role=status]").first).to_have_text("")
    ends.blur()

    expect(page.locator(".calculator [role=status]")).to_contain_text("2099")
    expect(page.locator("[data-result]")).to_be_hidden()
    ends.fill("2026-12-31")
    expect(page.locator("[data-result] tbody tr")).to_have_count(5)


@LANGUAGE
def test_without_javascript_the_rule_and_its_example_remain(browser: Browser, origin: Origin, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=origin.url)
    page = context.new_page()
    page.goto(CALCULATOR[language][0])

    expect(page.locator(".calculator")).to_be_hidden()
    expect(page.locator(".timetable:visible tbody tr")).to_have_count(5)
    context.close()


@pytest.mark.everything
@pytest.mark.parametrize("size", SIZES)
@LANGUAGE
def test_axe_finds_nothing_in_an_answer(browser: Browser, origin: Origin, language: str, size: str) -> None:
    address, label, _ = CALCULATOR[language]
    page = open_page(browser, origin, size, address)
    page.get_by_label(label).fill("2026-12-31")
    expect(page.locator("[data-result]")).to_be_visible()
    found = look(page)
    page.context.close()
    assert found == {}
