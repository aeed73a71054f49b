"""The agenda builder: a plan built by hand, counted right, shared by its link and kept nowhere else."""

import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from rimay.languages import LANGUAGES
from rimay.records.session import Activity, Session
from tests.browser.visit import Origin

SOURCE = "agenda/index.md"
WORK_OF_A_DAY = 240
PACKED_PAGE, PACKED_SCRIPT = 15_000, 4_096
ROWS = "[data-part=list] > li"


@dataclass(frozen=True)
class Guide:
    """A session as the page offers it: its code and its record."""

    code: str
    session: Session

    @property
    def work(self) -> int:
        return sum(work(activity) for activity in self.session.activities)


def work(activity: Activity) -> int:
    return 0 if activity.phase == "break" else activity.minutes


def clock(minutes: int) -> str:
    return f"{minutes // 60 % 24}:{minutes % 60:02}"


def length(minutes: int) -> str:
    hours = f"{minutes // 60}\u00a0h\u00a0" if minutes >= 60 else ""
    return f"{hours}{minutes % 60}\u00a0min"


@pytest.fixture
def guides(origin: Origin) -> list[Guide]:
    """Every written session, the rights course first."""
    library = origin.built.outputs.library
    found = []
    for session in library.all(Session):
        course, number = library.course_of(session)
        found.append(Guide(f"{course.code}{number}", session))
    return sorted(found, key=lambda guide: (guide.code[0] != "R", guide.code))


@pytest.fixture
def address(origin: Origin) -> str:
    return origin.built.address(SOURCE, "es")


@pytest.fixture
def agenda(page: Page, address: str) -> Page:
    page.goto(address)
    return page


@pytest.fixture
def t(origin: Origin) -> dict[str, str]:
    return dict(origin.built.outputs.library.strings["es"])


@pytest.fixture
def scriptless(browser: Browser, origin: Origin) -> Iterator[Page]:
    context = browser.new_context(base_url=origin.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def add(page: Page, name: str) -> None:
    """Press the button beside a session or an activity, opened first where it is closed."""
    button = page.get_by_role("button", name=f"Agregar: {name}", exact=True, include_hidden=True)
    details = button.locator("xpath=ancestor::details")
    if details.count() and details.get_attribute("open") is None:
        details.locator("summary").click()
    button.click()


def titles(page: Page) -> list[str]:
    return page.locator(f"{ROWS} > :not(div) > strong, {ROWS} > strong").all_inner_texts()


def times(page: Page) -> list[str]:
    return page.locator(f"{ROWS} > .agenda-time").all_inner_texts()


def said(page: Page) -> Locator:
    return page.locator("[data-part=said]")


def warning(page: Page) -> Locator:
    return page.locator("[data-part=warning]")


def named(guide: Guide, number: int | None = None) -> str:
    if number is None:
        return f"{guide.code} {guide.session.title.get('es')}"
    return f"{guide.code}.{number} {guide.session.activities[number - 1].title.get('es')}"


# --- building a plan --------------------------------------------------------------------------------


def test_the_page_offers_every_written_session_and_every_activity(agenda: Page, guides: list[Guide]) -> None:
    for guide in guides:
        place = agenda.locator(f"[data-code={guide.code}]")
        minutes = place.locator("[data-minutes]").evaluate_all("all => all.map(one => Number(one.dataset.minutes))")
        assert minutes == [activity.minutes for activity in guide.session.activities]
    assert agenda.locator("[data-code]").count() == len(guides)


def test_clock_times_and_sums_come_from_the_records(agenda: Page, guides: list[Guide], t: dict[str, str]) -> None:
    first, second = guides[:2]
    single = second.session.activities[1]
    add(agenda, named(first))
    agenda.get_by_label("Título").fill("Lonche")
    agenda.get_by_label("Minutos").fill("20")
    agenda.get_by_role("button", name="Agregar pausa").click()
    add(agenda, named(second, 2))
    agenda.get_by_label("Título").fill("Plan de acción")
    agenda.get_by_label("Minutos").fill("25")
    agenda.get_by_role("button", name="Agregar actividad").click()
    agenda.get_by_label("Empieza a las").fill("08:30")
    starts = [510]
    for minutes in (first.session.minutes, 20, single.minutes):
        starts.append(starts[-1] + minutes)
    assert titles(agenda) == [named(first), "Lonche", named(second, 2), "Plan de acción"]
    assert times(agenda) == [clock(start) for start in starts]
    inner = agenda.locator(f"{ROWS} ol .agenda-time").all_inner_texts()
    assert inner == [clock(510 + start) for start, _ in first.session.timetable()]
    total = first.work + work(single) + 25
    values = {"day": 1, "from": "8:30", "to": clock(starts[-1] + 25), "work": length(total)}
    expect(agenda.locator("[data-part=sums]")).to_have_text(t["agenda.sum"].format(**values))


def test_the_keyboard_alone_builds_and_orders_a_plan(agenda: Page, guides: list[Guide]) -> None:
    a, b, c = (named(guide) for guide in guides[:3])
    for name in (a, b, c):
        agenda.get_by_role("button", name=f"Agregar: {name}", exact=True).focus()
        agenda.keyboard.press("Enter")
    agenda.get_by_role("button", name=f"Subir: {c}").focus()
    agenda.keyboard.press("Enter")
    expect(said(agenda)).to_contain_text(f"{c}: ahora es la parte 2 de 3")
    expect(agenda.get_by_role("button", name=f"Subir: {c}")).to_be_focused()
    agenda.keyboard.press("Space")  # to the top, where it can only go down
    assert titles(agenda) == [c, a, b]
    expect(agenda.get_by_role("button", name=f"Bajar: {c}")).to_be_focused()
    agenda.keyboard.press("Enter")
    assert titles(agenda) == [a, c, b]
    agenda.keyboard.press("Tab")
    agenda.keyboard.press("Enter")
    expect(said(agenda)).to_contain_text(f"Quitado: {c}")
    assert titles(agenda) == [a, b]
    expect(agenda.get_by_role("button", name=f"Quitar: {b}")).to_be_focused()
    agenda.keyboard.press("Enter")
    agenda.keyboard.press("Enter")
    expect(agenda.get_by_role("heading", name="Tu agenda")).to_be_focused()
    assert titles(agenda) == []
    assert "#" not in agenda.url


def test_every_button_is_large_enough_for_a_thumb(agenda: Page, guides: list[Guide]) -> None:
    agenda.set_viewport_size({"width": 320, "height": 740})
    add(agenda, named(guides[0], 1))
    sizes = agenda.locator(".agenda button:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({width, height}) => Math.min(width, height))"
    )
    assert min(sizes) >= 44
    assert agenda.evaluate("document.documentElement.scrollWidth") == 320


def test_more_than_four_hours_of_work_are_said_in_words_and_a_new_day_mends_it(
    agenda: Page, guides: list[Guide], t: dict[str, str]
) -> None:
    first, second = guides[:2]
    assert first.work <= WORK_OF_A_DAY < first.work + second.work
    add(agenda, named(first))
    expect(warning(agenda)).to_have_text("")
    add(agenda, named(second))
    expect(warning(agenda)).to_have_attribute("role", "status")
    expect(warning(agenda)).to_have_text(t["agenda.long"].format(day=1, work=length(first.work + second.work)))
    agenda.get_by_role("button", name="Agregar un nuevo día").click()
    agenda.get_by_role("button", name="Subir: Día 2").click()
    expect(warning(agenda)).to_have_text("")
    assert titles(agenda) == [named(first), "Día 2", named(second)]
    assert times(agenda) == ["18:00", "18:00"]
    expect(agenda.locator("[data-part=sums] li")).to_have_count(2)


def test_a_break_does_not_count_as_work(agenda: Page, guides: list[Guide]) -> None:
    add(agenda, named(guides[0]))
    agenda.get_by_label("Minutos").fill("300")
    agenda.get_by_role("button", name="Agregar pausa").click()
    expect(warning(agenda)).to_have_text("")
    assert titles(agenda)[1] == "Pausa"


@pytest.mark.parametrize("minutes", ["", "0", "481", "1.5", "-5"])
def test_minutes_that_are_no_minutes_are_refused_with_words(agenda: Page, t: dict[str, str], minutes: str) -> None:
    agenda.get_by_label("Minutos").fill(minutes)
    agenda.get_by_role("button", name="Agregar actividad").click()
    expect(said(agenda)).to_have_text(t["agenda.invalid"])
    assert titles(agenda) == []


# --- materials --------------------------------------------------------------------------------------


def test_materials_are_merged_and_counted_for_the_group(agenda: Page, guides: list[Guide]) -> None:
    people, sizes = 17, {"persona": 1, "pareja": 2, "trío": 3}
    expected: dict[str, list[str]] = {}
    for guide in guides:
        add(agenda, named(guide))
        for material in guide.session.materials:
            quantity = material.quantity.get("es")
            found = re.match(r"(\d+) (de cada una )?por (persona|pareja|trío): \d+", quantity)
            if found:
                count = int(found[1]) * math.ceil(people / sizes[found[3]])
                quantity = quantity.replace(found[0], f"{found[0].rpartition(' ')[0]} {count}")
            elif "por persona" in quantity:
                quantity = re.sub(r"(\d+) (\w+ por persona): \d+", rf"\1 \2: {people}", quantity)
            expected.setdefault(material.item.get("es"), []).append(f"{quantity} {guide.code}")
    agenda.get_by_label("Personas").fill(str(people))
    agenda.get_by_label("Personas").press("Tab")
    shown = agenda.locator("[data-part=materials] tr").evaluate_all(
        "rows => rows.map(({cells: [a, b]}) => [a.textContent, [...b.children].map(one => one.textContent)])"
    )
    assert dict(shown) == expected
    assert len(shown) == len(expected)
    assert any(len(quantities) > 1 for quantities in expected.values())


def test_a_quantity_by_group_of_a_size_is_counted(page: Page, address: str, guides: list[Guide]) -> None:
    """No guide says so yet: the page is given one that does before the script reads it."""
    code = guides[0].code
    quantity = f"document.querySelector('[data-code={code}] ul em').textContent = '2 por grupo de 4: 10'"
    page.add_init_script(f"document.addEventListener('DOMContentLoaded', () => {{ {quantity} }})")
    page.goto(f"{address}#v1;people=18;{code}")
    expect(page.locator("[data-part=materials] div").first).to_have_text(f"2 por grupo de 4: 10 {code}")
    page.get_by_label("Personas").fill("21")
    page.get_by_label("Personas").press("Tab")
    expect(page.locator("[data-part=materials] div").first).to_have_text(f"2 por grupo de 4: 12 {code}")


def test_a_single_activity_brings_the_materials_of_its_session_and_says_so(agenda: Page, guides: list[Guide]) -> None:
    note = agenda.locator("[data-part=part-note]")
    add(agenda, named(guides[0], 1))
    expect(agenda.locator("[data-part=materials] tr")).to_have_count(len(guides[0].session.materials))
    expect(note).to_be_visible()
    add(agenda, named(guides[0]))
    expect(note).to_be_hidden()


# --- the link ---------------------------------------------------------------------------------------


def build(page: Page, guides: list[Guide]) -> None:
    add(page, named(guides[0]))
    page.get_by_label("Título").fill("¿Té; café? = 50% <b>& «más» (ya)!")
    page.get_by_role("button", name="Agregar pausa").click()
    add(page, named(guides[-1], 3))
    page.get_by_role("button", name="Agregar un nuevo día").click()
    page.get_by_role("button", name="Agregar actividad").click()
    page.get_by_label("Empieza a las").fill("07:45")
    page.get_by_label("Personas").fill("33")
    page.get_by_label("Personas").press("Tab")


def test_the_link_rebuilds_the_plan_in_a_new_window(
    agenda: Page, browser: Browser, origin: Origin, guides: list[Guide]
) -> None:
    build(agenda, guides)
    context = browser.new_context(base_url=origin.url)
    other = context.new_page()
    other.goto(agenda.url)
    assert f"#v1;start=07:45;people=33;{guides[0].code};break=15:" in agenda.url
    assert re.fullmatch(r"[\w#;:=%.-]+", agenda.url.partition("agenda/")[2]), "other programs cut a link at other signs"
    for part in ("list", "sums", "materials", "warning"):
        there, here = (p.locator(f"[data-part={part}]").inner_html() for p in (other, agenda))
        assert there == here
    expect(other.get_by_label("Personas")).to_have_value("33")
    assert other.url == agenda.url
    context.close()


def test_the_link_is_copied_or_offered_to_be_copied(agenda: Page, guides: list[Guide], t: dict[str, str]) -> None:
    build(agenda, guides)
    agenda.context.grant_permissions(["clipboard-read", "clipboard-write"])
    agenda.get_by_role("button", name="Copiar enlace").click()
    expect(said(agenda)).to_have_text(t["agenda.copied"])
    assert agenda.evaluate("navigator.clipboard.readText()") == agenda.url
    agenda.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    agenda.get_by_role("button", name="Copiar enlace").click()
    expect(said(agenda)).to_have_text(t["agenda.copy_yourself"])
    expect(agenda.get_by_label("Enlace de esta agenda")).to_have_value(agenda.url)
    expect(agenda.get_by_label("Enlace de esta agenda")).to_be_focused()


def test_the_plan_goes_along_to_the_other_language(agenda: Page, origin: Origin, guides: list[Guide]) -> None:
    add(agenda, named(guides[0]))
    agenda.get_by_role("button", name="Agregar pausa").click()
    agenda.locator("header").get_by_role("link", name="English").click()
    expect(agenda.locator("html")).to_have_attribute("lang", "en")
    expect(agenda.locator(ROWS)).to_have_count(2)
    assert titles(agenda) == [f"{guides[0].code} {guides[0].session.title.get('en')}", "Break"]


def test_another_link_opened_on_the_page_replaces_the_plan_and_an_anchor_does_not(
    agenda: Page, guides: list[Guide]
) -> None:
    add(agenda, named(guides[0]))
    kept = agenda.url
    agenda.evaluate("location.hash = '#content'")
    expect(agenda).to_have_url(kept)
    agenda.evaluate(f"location.hash = '#v1;{guides[1].code}'")
    expect(agenda.locator(ROWS)).to_contain_text([guides[1].session.title.get("es")])


def test_what_was_cleared_comes_back_with_back(agenda: Page, guides: list[Guide], t: dict[str, str]) -> None:
    add(agenda, named(guides[0]))
    agenda.get_by_role("button", name="Vaciar").click()
    expect(said(agenda)).to_have_text(t["agenda.cleared"])
    assert titles(agenda) == []
    agenda.go_back()
    expect(agenda.locator(ROWS)).to_have_count(1)


@pytest.mark.parametrize(
    "fragment",
    [
        "v1;<img src=x onerror=alert(1)>;own=15:%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "v1;start=99:99;people=100000;break=0;break=9999;own=1e3;own=15:%",
        "v1;__proto__;constructor;toString;R0;R2.0;R2.99;R2.-1;start;people=;items=5;start=18:00:00",
        "v1;own=5:%00%E2%80%AE" + "a" * 500,
        "v1;" + "day;" * 500,
        "v1;" + "own=480:" + "x" * 20_000,
        "v2;R1",
        "javascript:alert(1)",
        "v1",
        "v1;;;=;==;:;%;#",
    ],
)
def test_a_hostile_link_does_nothing(page: Page, address: str, fragment: str) -> None:
    page.add_init_script("window.alert = () => { window.wasFooled = true }")
    page.goto(f"{address}#{fragment}")
    assert page.evaluate("window.wasFooled") is None
    assert page.locator(".agenda-plan img, .agenda-plan script").count() == 0
    assert page.locator(ROWS).count() <= 62
    for title in titles(page):
        assert len(title) <= 80
        assert "\u202e" not in title
    expect(page.get_by_label("Empieza a las")).to_have_value("18:00")
    expect(page.get_by_label("Personas")).to_have_value("20")
    assert page.evaluate("Object.keys(Object.prototype)") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_unknown_parts_of_a_link_are_left_out_and_the_reader_is_told(
    page: Page, address: str, guides: list[Guide], t: dict[str, str]
) -> None:
    page.goto(f"{address}#v1;start=09:00;Z9;{guides[0].code};E1.77")
    assert titles(page) == [named(guides[0])]
    assert times(page) == ["9:00"]
    expect(said(page)).to_have_text(t["agenda.unknown"])


# --- paper, access, privacy, weight -----------------------------------------------------------------


def test_on_paper_stand_the_plan_and_the_materials_only(agenda: Page, guides: list[Guide]) -> None:
    build(agenda, guides)
    agenda.emulate_media(media="print")
    for part in ("h1", ".agenda-list", ".agenda-own", ".agenda-bar", "[data-part=start]", "[data-part=warning]"):
        expect(agenda.locator(part)).to_be_hidden()
    assert agenda.locator(".agenda button:visible").count() == 0
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(agenda.pdf(prefer_css_page_size=True))).pages]
    words = "".join("".join(sheets).split())
    for expected in (*titles(agenda), guides[0].session.materials[0].item.get("es"), "Día 2"):
        assert "".join(expected.split()) in words
    assert "".join(guides[1].session.title.get("es").split()) not in words


def test_without_script_the_page_lists_sessions_and_activities(
    scriptless: Page, address: str, guides: list[Guide]
) -> None:
    scriptless.goto(address)
    expect(scriptless.locator("article button:visible, article input:visible")).to_have_count(0)
    for guide in guides:
        for activity in guide.session.activities:
            row = scriptless.locator(f"[data-code={guide.code}] ol li", has_text=activity.title.get("es"))
            expect(row.first).to_be_visible()
    assert scriptless.locator("[data-minutes]:visible").count() == sum(len(g.session.activities) for g in guides)


@pytest.mark.everything
@pytest.mark.parametrize("window", [("light", 360), ("dark", 360), ("light", 1280), ("dark", 1280)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_with_a_plan_open(
    page: Page, origin: Origin, guides: list[Guide], language: str, window: tuple[Literal["light", "dark"], int]
) -> None:
    page.emulate_media(color_scheme=window[0])
    page.set_viewport_size({"width": window[1], "height": 800})
    codes = f"{guides[0].code};{guides[1].code};break=15;day;{guides[-1].code}.2"
    page.goto(f"{origin.built.address(SOURCE, language)}#v1;{codes}")
    page.locator("summary").last.click()
    found = Axe().run(page).response["violations"]
    assert found == [], json.dumps(found, indent=1)


def test_no_request_leaves_the_page_nothing_is_stored_and_it_works_offline(
    page: Page, address: str, guides: list[Guide], errors: list[str]
) -> None:
    requests: list[str] = []
    page.goto(address, wait_until="networkidle")
    page.on("request", lambda request: requests.append(request.url))
    page.context.set_offline(True)
    build(page, guides)
    page.get_by_role("button", name="Copiar enlace").click()
    assert len(titles(page)) == 5
    # Chromium itself looks at the site's icon again when the fragment changes; this host lets it keep nothing
    assert {url.partition("?")[0].rpartition("/")[2] for url in requests} <= {"rimay.svg"}
    errors[:] = [error for error in errors if "ERR_INTERNET_DISCONNECTED" not in error]
    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [[], []]
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("caches.keys()") == []
    assert page.context.cookies() == []


def test_it_works_as_a_file(browser: Browser, origin: Origin, address: str, guides: list[Guide]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{(origin.built.site / address / 'index.html').as_uri()}#v1;{guides[0].code}")
    page.get_by_role("button", name="Agregar pausa").click()
    assert titles(page) == [named(guides[0]), "Pausa"]
    assert page.url.endswith(f"{guides[0].code};break=15")
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_script_are_light(origin: Origin, language: str) -> None:
    assert origin.weigh(origin.url + origin.built.address(SOURCE, language)) <= PACKED_PAGE
    assert origin.weigh(f"{origin.url}assets/agenda.js") <= PACKED_SCRIPT


def test_only_this_page_loads_the_script(origin: Origin) -> None:
    loading = {
        document.address
        for document in origin.built.documents.values()
        if any("agenda.js" in source for source in document.values("//script/@src"))
    }
    assert loading == {origin.built.address(SOURCE, language) for language in LANGUAGES}


@pytest.mark.parametrize("source", ["training/index.md", "curricula/derechos-fundamentales.md"])
def test_training_and_courses_lead_to_it(page: Page, origin: Origin, address: str, source: str) -> None:
    page.goto(origin.built.address(source, "es"))
    page.locator("article").get_by_role("link", name="Armar una agenda").click()
    expect(page).to_have_url(origin.url + address)
