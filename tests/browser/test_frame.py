"""The frame around every page: keyboard, theme, languages, no script, print, zoom, forced colours."""

import io
import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from rimay.languages import LANGUAGES, address_prefix
from rimay.records.session import Session
from rimay.records.template import Template
from tests.browser.visit import Origin

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
IS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    name: (e.getAttribute("aria-label") || e.textContent).trim(),
    inHeader: Boolean(e.closest("header")),
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    onScreen: box.width > 0 && box.left >= 0 && box.right <= innerWidth,
  };
}"""


@pytest.fixture
def scriptless(browser: Browser, origin: Origin) -> Iterator[Page]:
    """A window in which scripts do not run."""
    context = browser.new_context(base_url=origin.url, java_script_enabled=False, accept_downloads=True)
    yield context.new_page()
    context.close()


def session_with_handouts(origin: Origin) -> Session:
    return next(session for session in origin.built.outputs.library.all(Session) if session.handouts)


# --- keyboard -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "en/", "campanas/", "no/existe/"])
def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page: Page, errors: list[str], address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    opened = page.url
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert page.url == f"{opened}#content"
    forgive_the_missing_page(errors)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_reaches_everything_in_the_header_and_shows_where_it_is(
    page: Page, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address_prefix(language))
    expected = page.locator("header a:visible, header button:visible").count()
    page.keyboard.press("Tab")  # the skip link
    for _ in range(expected):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["inHeader"], focus
        assert focus["outline"], focus
        assert focus["onScreen"], focus
    page.keyboard.press("Tab")
    assert not page.evaluate(FOCUS)["inHeader"]


def test_the_keyboard_opens_the_contents_of_a_long_page_and_follows_them(page: Page, origin: Origin) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(origin.built.first_address("session", "es"))
    contents = page.locator(".contents")
    expect(contents.locator("a").first).to_be_hidden()
    contents.locator("summary").focus()
    page.keyboard.press("Enter")
    link = contents.locator("a").last
    expect(link).to_be_visible()
    anchor = link.get_attribute("href")
    link.press("Enter")
    assert anchor
    expect(page.locator(f"[id='{anchor[1:]}']")).to_be_in_viewport()


# --- light and dark, privacy ----------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_theme_button_switches_and_is_remembered(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto("")
    before = page.evaluate(BACKGROUND)
    page.locator("[data-theme-switch]").click()
    after = page.evaluate(BACKGROUND)
    assert after != before
    page.reload()
    assert page.evaluate(BACKGROUND) == after
    page.goto("en/campaigns/")
    assert page.evaluate(BACKGROUND) == after
    page.locator("[data-theme-switch]").click()
    assert page.evaluate(BACKGROUND) == before


def test_nothing_is_stored_before_the_theme_is_chosen_and_only_the_theme_after(page: Page) -> None:
    page.goto("")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("dialog").locator("input").fill("huelga")
    expect(page.locator("[data-results] a").first).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Cerrar").click()
    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [[], []]
    page.locator("[data-theme-switch]").click()
    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [["rimay-theme"], []]
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("caches.keys()") == []
    assert page.context.cookies() == []


def test_the_page_works_where_storage_is_refused(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page.goto("")
    before = page.evaluate(BACKGROUND)
    page.locator("[data-theme-switch]").click()
    assert page.evaluate(BACKGROUND) != before


# --- languages and lost readers -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["session", "template", "campaign", "update", "law", "organisation"])
def test_the_language_switch_lands_on_the_same_record_and_back(page: Page, origin: Origin, kind: str) -> None:
    spanish = origin.built.first_address(kind, "es")
    source = next(p.source_uri for p in origin.built.outputs.pages["es"] if p.address == spanish)
    page.goto(spanish)
    page.locator("header").get_by_role("link", name="English").click()
    expect(page).to_have_url(origin.url + origin.built.address(source, "en"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("header").get_by_role("link", name="Español").click()
    expect(page).to_have_url(origin.url + spanish)


@pytest.mark.parametrize(("address", "title"), [("no/existe/", "no existe"), ("en/no/such", "does not exist")])
def test_a_lost_reader_gets_a_whole_page_at_any_address(
    page: Page, errors: list[str], address: str, title: str
) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length > 50)")
    expect(page.locator("[data-search-open]")).to_be_visible()
    page.locator("article a").nth(1).click()
    expect(page.locator("link[rel=canonical]")).to_have_count(1)  # which the page for lost readers has not
    forgive_the_missing_page(errors)


def test_a_lost_reader_can_search(page: Page, errors: list[str]) -> None:
    page.goto("no/existe/")
    page.keyboard.press("/")
    page.get_by_role("dialog").locator("input").fill("huelga")
    result = page.locator("[data-results] a").first
    title = result.inner_text()
    result.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    forgive_the_missing_page(errors)


def forgive_the_missing_page(errors: list[str]) -> None:
    """Take out what the browser logs because an address that does not exist was opened."""
    errors[:] = [error for error in errors if "status of 404" not in error]


# --- without script -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_the_page_reads_and_shows_no_dead_button(
    scriptless: Page, origin: Origin, language: str
) -> None:
    scriptless.goto(origin.built.first_address("session", language))
    expect(scriptless.get_by_role("heading", level=1)).to_be_visible()
    expect(scriptless.locator("button:visible")).to_have_count(0)
    expect(scriptless.locator("dialog")).to_be_hidden()
    scriptless.locator(".contents summary").click()
    expect(scriptless.locator(".contents a").first).to_be_visible()
    scriptless.locator(".contents a").last.click()
    assert "#" in scriptless.url


def test_without_script_search_leads_to_the_index(scriptless: Page) -> None:
    scriptless.goto("")
    scriptless.locator("header").get_by_role("link", name="Buscar").click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("Índice de la A a la Z")
    expect(scriptless.get_by_role("link", name="Libertad sindical").first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", ["docx", "pdf", "txt"])
def test_without_script_downloads_work(scriptless: Page, origin: Origin, language: str, suffix: str) -> None:
    library = origin.built.outputs.library
    scriptless.goto(library.address(library.all(Template)[0], language))
    link = scriptless.locator(f".downloads a[href$='.{suffix}']")
    expect(link).to_be_visible()
    answer = scriptless.request.get(str(link.evaluate("link => link.href")))
    assert answer.ok
    assert len(answer.body()) > 100


# --- print ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_every_handout_begins_a_sheet_of_its_own(page: Page, origin: Origin, language: str) -> None:
    session = session_with_handouts(origin)
    page.goto(origin.built.outputs.library.handouts_address(session, language))
    sheets = _sheets(page)
    kicker = re.escape(_squeeze(origin.built.outputs.library.strings[language]["session.handout"]))
    found = []
    for handout in session.handouts:
        title = re.escape(_squeeze(handout.title.get(language)))
        begins = re.compile(rf"(?i).{{0,40}}?{kicker}.{{0,90}}?{title}")  # what stands in the margin comes first
        found += [number for number, sheet in enumerate(sheets) if begins.match(sheet)]
    assert len(found) == len(session.handouts)
    assert found == sorted(set(found))
    assert found[0] == 0, "a sheet is spent on the title of the page"


def test_on_paper_there_are_no_tools_menu_or_search(page: Page, origin: Origin) -> None:
    page.goto(origin.built.first_address("template", "es"))
    page.emulate_media(media="print")
    for part in (".tools", ".menu", ".trail", ".contents", "dialog", ".skip", ".downloads", ".foot nav"):
        for found in page.locator(part).all():
            expect(found).to_be_hidden()
    expect(page.locator(".brand")).to_be_visible()
    expect(page.locator("article")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["home", "session", "template", "campaign", "law"])
def test_on_paper_words_are_dark_whatever_the_screen_shows(
    page: Page, origin: Origin, kind: str, scheme: Literal["light", "dark"]
) -> None:
    page.goto("" if kind == "home" else origin.built.first_address(kind, "es"))
    if scheme == "dark":
        page.locator("[data-theme-switch]").click()
    page.emulate_media(media="print", color_scheme=scheme)
    pale = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((e) => {
          const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
          if (!own || !e.checkVisibility()) return false;
          const [r, g, b] = getComputedStyle(e).color.match(/[\\d.]+/g).map(Number);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b > 140;  // paper shows no backgrounds
        }).map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`)"""
    )
    assert pale == []


def test_on_paper_no_table_is_cut_at_the_edge(page: Page, origin: Origin) -> None:
    page.goto(origin.built.first_address("session", "es"))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 665, "height": 940})  # A4 less its margins, in CSS pixels
    assert not page.evaluate(IS_SIDEWAYS)


def _sheets(page: Page) -> list[str]:
    """The text of every sheet, without spaces: lines break differently on paper."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [_squeeze(sheet.extract_text()) for sheet in reader.pages]


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- readers' own settings ------------------------------------------------------------------------


def test_nothing_moves_for_readers_who_ask_for_less_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_forced_colours_keep_the_job_cards_apart_from_the_page(page: Page, language: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(address_prefix(language))
    cards = page.locator(".jobs a")
    expect(cards).to_have_count(3)
    for card in cards.all():
        expect(card).to_be_visible()
        assert card.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


@pytest.mark.parametrize("kind", ["home", "session", "template", "campaign", "update", "law", "organisation"])
def test_twice_the_size_does_not_scroll_sideways(page: Page, origin: Origin, kind: str) -> None:
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 at 200 %
    page.goto("" if kind == "home" else origin.built.first_address(kind, "es"))
    assert not page.evaluate(IS_SIDEWAYS)


def test_twice_the_size_of_text_keeps_the_header_whole(page: Page) -> None:
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '32px' })"
    )
    page.goto("")
    assert not page.evaluate(IS_SIDEWAYS)
    for item in page.locator("header a, header button").all():
        expect(item).to_be_in_viewport()
