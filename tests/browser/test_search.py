"""The search dialog: finds words however they are typed, narrows, works by keyboard, is safe, loads late."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from rimay.languages import LANGUAGES, address_prefix

HOSTILE = '"><img src=x onerror="window.hacked=true"><script>window.hacked=true</script>'
FILTERS = {
    "es": {"Tipo": "Novedad", "Sector": "Agroindustria", "Región": "Ica", "Año": "2012"},
    "en": {"Type": "Update", "Sector": "Agro-industry", "Region": "Ica", "Year": "2012"},
}

SAID_IN_HALF_A_SECOND = """new Promise((done) => {
  const said = [], status = document.querySelector("[data-status]");
  new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
  setTimeout(() => done(said), 500);
})"""


def open_search(page: Page, address: str = "") -> Locator:
    """The open search dialog of a page, its index loaded."""
    page.goto(address, wait_until="load")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator("select")).to_have_count(4)
    return dialog


def status_of(dialog: Locator) -> Locator:
    """The line that says how the search went."""
    return dialog.locator("[data-status]")


def choose(dialog: Locator, name: str, value: str) -> None:
    """Set a filter."""
    dialog.locator(f"select[name='{name}']").select_option(value)


def count(dialog: Locator) -> int:
    """How many results the dialog says there are, once it says so."""
    status = status_of(dialog)
    expect(status).to_have_text(re.compile(r"^\d+ |^Nada|^Nothing"))
    found = re.match(r"\d+", status.inner_text())
    return int(found[0]) if found else 0


def search(dialog: Locator, words: str) -> int:
    """Type words; the number of results."""
    dialog.locator("input").fill("")
    expect(status_of(dialog)).to_be_empty()
    dialog.locator("input").fill(words)
    return count(dialog)


# --- finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["negociacion", "NEGOCIACIÓN", "negociaciones", "negociación colectiva"])
def test_words_are_found_with_or_without_accents_capitals_and_plural(page: Page, words: str) -> None:
    dialog = open_search(page)
    assert search(dialog, words) > 5
    expect(dialog.locator("mark", has_text=re.compile("negociación", re.IGNORECASE)).first).to_be_visible()


def test_each_language_has_an_index_of_its_own(page: Page) -> None:
    assert search(open_search(page, "en/"), "bargaining") > 5
    results = page.locator("[data-results] a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert all(path.startswith("/en/") for path in results), results
    assert search(open_search(page), "negociación") > 5
    results = page.locator("[data-results] a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert not any(path.startswith("/en/") for path in results), results


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_filter_narrows_the_results(page: Page, language: str) -> None:
    dialog = open_search(page, address_prefix(language))
    everything = search(dialog, {"es": "sindicatos", "en": "unions"}[language])
    for name, value in FILTERS[language].items():
        choose(dialog, name, value)
        expect(status_of(dialog)).not_to_have_text(re.compile(rf"^{everything} |…$"))
        assert 0 < count(dialog) < everything, name
        choose(dialog, name, "")
        expect(status_of(dialog)).to_have_text(re.compile(rf"^{everything} "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_work_together_and_without_words(page: Page, language: str) -> None:
    dialog = open_search(page, address_prefix(language))
    for name, value in FILTERS[language].items():
        choose(dialog, name, value)
    link = dialog.locator("[data-results] a").first
    expect(link).to_have_attribute("href", re.compile("/2012-"))


def test_years_are_offered_newest_first_or_oldest_first(page: Page) -> None:
    years = open_search(page).locator("select[name='Año'] option").all_inner_texts()[1:]
    assert years in (sorted(years), sorted(years, reverse=True))


def test_a_result_leads_to_its_page(page: Page) -> None:
    dialog = open_search(page, "organizaciones/")
    search(dialog, "libertad sindical")
    link = dialog.locator("[data-results] a").first
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_more_results_are_shown_on_request(page: Page) -> None:
    dialog = open_search(page)
    total = search(dialog, "sindicatos")
    results, more = dialog.locator("[data-results] li"), dialog.get_by_role("button", name="Ver más resultados")
    assert total > 16
    expect(results).to_have_count(8)
    more.dblclick()
    expect(results).not_to_have_count(8)
    addresses = results.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert len(set(addresses)) == len(addresses), "a double press showed results twice"


# --- keyboard -------------------------------------------------------------------------------------


def test_a_slash_opens_the_search_and_escape_gives_the_focus_back(page: Page) -> None:
    page.goto("")
    link = page.locator("header nav a").nth(2)
    link.focus()
    page.keyboard.press("/")
    expect(page.get_by_role("dialog").locator("input")).to_be_focused()
    expect(page.get_by_role("dialog").locator("input")).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(link).to_be_focused()


def test_escape_closes_the_search_at_once_even_with_words_in_it(page: Page) -> None:
    dialog = open_search(page)
    search(dialog, "huelga")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_button_opens_the_search_and_closing_gives_the_focus_back(page: Page) -> None:
    page.goto("")
    button = page.get_by_role("button", name="Buscar")
    button.click()
    expect(page.get_by_role("dialog").locator("input")).to_be_focused()
    page.get_by_role("dialog").get_by_role("button", name="Cerrar").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_arrow_keys_move_through_the_results_and_back_to_the_words(page: Page) -> None:
    dialog = open_search(page)
    search(dialog, "huelga")
    field, links = dialog.locator("input"), dialog.locator("[data-results] a")
    expect(links.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    title = links.nth(0).inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_line_that_tells_the_count_is_there_for_screen_readers_before_it_speaks(page: Page) -> None:
    expect(open_search(page).get_by_role("status")).to_have_count(1)


def test_enter_searches_and_does_not_close_the_dialog(page: Page) -> None:
    dialog = open_search(page)
    dialog.locator("input").fill("huelga")
    page.keyboard.press("Enter")
    assert count(dialog) > 0
    assert page.evaluate(SAID_IN_HALF_A_SECOND) == []
    expect(dialog).to_be_visible()


def test_a_slash_typed_in_a_field_is_a_slash(page: Page) -> None:
    dialog = open_search(page)
    dialog.locator("input").press_sequentially("a/b")
    expect(dialog.locator("input")).to_have_value("a/b")
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    field = page.locator("main textarea")
    field.press_sequentially("c/d")
    expect(field).to_have_value("c/d")
    expect(dialog).to_be_hidden()


def test_a_click_beside_the_dialog_closes_it(page: Page) -> None:
    dialog = open_search(page)
    page.mouse.click(5, 5)
    expect(dialog).to_be_hidden()


# --- what it loads, and safety --------------------------------------------------------------------


def test_nothing_of_the_index_is_loaded_before_the_search_is_opened(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto("", wait_until="networkidle")
    assert not [url for url in requests if "/pagefind/" in url]
    page.get_by_role("button", name="Buscar").click()
    expect(page.get_by_role("dialog").locator("select")).to_have_count(4)
    assert [url for url in requests if "/pagefind/" in url]


# No word of the site begins like these: Pagefind would take the longest beginning that it knows.
@pytest.mark.parametrize(
    "words", ["<b>xyzzyq</b>", "xyzzyq$&", "xyzzyq{query}", "xyzzyq$`", "<img/xyzzyq/onerror='window.hacked=true'>"]
)
def test_a_search_without_result_quotes_the_words_as_they_were_typed(page: Page, words: str) -> None:
    dialog = open_search(page)
    dialog.locator("input").fill(words)
    status = status_of(dialog)
    expect(status).to_contain_text(f"«{words}»")
    assert status.locator("*").count() == 0
    assert page.evaluate("window.hacked") is None


def test_text_in_the_index_is_never_run(page: Page) -> None:
    """A page whose title and text look like markup: as Pagefind would hand it over, its text escaped."""

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=_index_of(HOSTILE))

    page.route("**/pagefind/pagefind.js", answer)
    page.goto("")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    dialog.locator("input").fill("algo")
    link = dialog.locator("[data-results] a")
    expect(link).to_have_text(HOSTILE)
    assert dialog.locator("img, script").count() == 0
    assert page.evaluate("window.hacked") is None
    expect(dialog.locator("select[name='Tipo'] option").nth(1)).to_have_text(HOSTILE)


def test_a_page_with_markup_in_its_text_is_shown_as_text(page: Page) -> None:
    """The session guides speak of `<`, `&` and quotes; what Pagefind gives back is shown, not run."""
    dialog = open_search(page)
    search(dialog, "sindicato")
    expect(dialog.locator("[data-results] li").first).to_be_visible()
    assert set(dialog.locator("[data-results] p *").evaluate_all("all => all.map(e => e.tagName)")) <= {"MARK"}


def test_a_reader_is_told_when_the_index_cannot_be_loaded_and_can_try_again(page: Page, errors: list[str]) -> None:
    page.route("**/pagefind/pagefind.js", lambda route: route.abort())
    page.goto("")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    dialog.locator("input").fill("huelga")
    expect(status_of(dialog)).to_have_text(re.compile("no se pudo cargar"))
    page.unroute("**/pagefind/pagefind.js")
    dialog.locator("input").fill("huelgas")
    expect(dialog.locator("[data-results] a").first).to_be_visible()
    expect(dialog.locator("select")).to_have_count(4)
    assert errors
    errors.clear()


def test_words_typed_while_a_slow_index_loads_are_searched_and_filters_come_once(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/pagefind/pagefind.js", hold)
    page.goto("")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    dialog.locator("input").fill("huelga")
    expect(status_of(dialog)).to_have_text("Buscando…")
    for route in held:
        route.continue_()
    expect(dialog.locator("[data-results] a").first).to_be_visible()
    expect(dialog.locator("select")).to_have_count(4)


def _index_of(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    data: dict[str, Any] = {"url": "/", "meta": {"title": text}, "excerpt": f"<mark>algo</mark> {escaped}"}
    data["filters"] = {"Tipo": [text]}
    return (
        "export const options = async () => {}; export const init = async () => {};"
        f"export const filters = async () => ({{Tipo: {{{json.dumps(text)}: 1}}}});"
        f"export const search = async () => ({{results: [{{data: async () => ({json.dumps(data)})}}]}});"
    )
