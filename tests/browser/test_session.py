"""A session guide in use: clock, participants' view, ticks; nothing stored unasked."""

from playwright.sync_api import BrowserContext, Page, expect

from rimay.records.session import Session
from tests.built import Built

GUIDE = "formacion/derechos-fundamentales/libertad-sindical/"


def _session(built: Built) -> Session:
    return built.outputs.library.find(Session, "libertad-sindical")


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24}:{minutes % 60:02}"


def test_the_start_time_turns_minutes_into_times_of_day(page: Page, built: Built) -> None:
    session = _session(built)
    page.goto(GUIDE)
    times = page.locator(".timetable td:first-child")
    starts = [start for start, _ in session.timetable()] + [session.minutes]
    expect(times).to_have_text([_clock(start) for start in starts])

    page.get_by_label("Empieza a las").fill("18:00")

    expect(times).to_have_text([_clock(18 * 60 + start) for start in starts])
    expect(page.locator(".when > strong").first).to_have_text("18:00")


def test_a_session_may_run_past_midnight_and_the_address_keeps_its_start(page: Page, built: Built) -> None:
    page.goto(f"{GUIDE}?inicio=23:30")

    expect(page.get_by_label("Empieza a las")).to_have_value("23:30")
    expect(page.locator(".timetable td:first-child").last).to_have_text(_clock(23 * 60 + 30 + _session(built).minutes))


def test_the_participants_view_hides_notes_answers_and_keys(page: Page) -> None:
    page.goto(GUIDE)
    expect(page.locator(".note").first).to_be_visible()

    page.get_by_label("Vista de participantes").check()

    for hidden in (".note", ".aside", ".facilitator"):
        assert page.locator(f"{hidden}:visible").count() == 0
    expect(page.get_by_role("heading", name="Hojas de trabajo", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Objetivos")).to_be_visible()
    dead = "[...document.querySelectorAll('.contents li:not([hidden]) > a')].filter(a => !document.getElementById("
    assert page.evaluate(f"{dead}decodeURIComponent(a.hash.slice(1)))?.getClientRects().length).length") == 0


def test_the_participants_view_has_an_address_and_is_what_is_printed(page: Page) -> None:
    page.goto("en/training/fundamental-rights/freedom-of-association/?view=participants")
    page.emulate_media(media="print")

    expect(page.get_by_label("Participants' view")).to_be_checked()
    assert page.locator(".note:visible, .aside:visible").count() == 0


def test_ticks_are_kept_on_the_device_until_they_are_cleared(page: Page, context: BrowserContext) -> None:
    page.goto(GUIDE)
    assert page.evaluate("localStorage.length") == 0
    box = page.locator(".ticks input").nth(1)

    box.check()
    page.reload()

    expect(box).to_be_checked()
    page.get_by_role("button", name="Borrar marcas").click()
    expect(box).not_to_be_checked()
    assert page.evaluate("localStorage.length") == 0
    assert context.cookies() == []


def test_a_step_and_its_answers_read_as_text_not_as_code(page: Page) -> None:
    page.goto(GUIDE)

    assert page.locator("article pre, article code").count() == 0
    expect(page.locator(".aside strong").first).to_have_text("Respuestas esperadas:")
