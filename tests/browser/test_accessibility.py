"""axe-core on a page of each kind, and where a reader has opened or filled in something; light and dark.

``test_every_page.py`` walks over all pages in all sizes.
"""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from rimay.languages import address_prefix
from tests.browser.visit import Origin

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES: dict[str, ViewportSize] = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
SCHEMES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"type": "tag", "values": TAGS},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
SOURCES = {
    "home": "index.md",
    "laws": "laws/index.md",
    "news": "news/index.md",
    "year": "years/2012.md",
    "sector": "sectors/mining.md",
    "calculator": "calculator/index.md",
    "offline": "offline/index.md",
    "lost": "404.md",
}
KINDS = (
    "session",
    "template",
    "campaign",
    "update",
    "law",
    "organisation",
    "curriculum",
    "outlet",
    "agreement",
    "mandate",
    "indicator",
)
DESKTOP = pytest.param("es", "desktop", marks=pytest.mark.everything)
EACH = pytest.mark.parametrize(("language", "size"), [("es", "phone"), DESKTOP, ("en", "phone"), ("en", "desktop")])
QUERIES = {"es": "huelga", "en": "strike"}


def find_violations(page: Page, run_only: dict[str, Any]) -> list[str]:
    """What axe finds, a line for each element."""
    options = {"runOnly": run_only, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']} {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


def look(page: Page) -> dict[str, list[str]]:
    """What axe finds on the page as it stands: everything in light; in dark what colours can change."""
    found = {}
    for scheme, run_only in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        if violations := find_violations(page, run_only):
            found[str(scheme)] = violations
    return found


def open_page(browser: Browser, origin: Origin, size: str, address: str) -> Page:
    context = browser.new_context(viewport=SIZES[size], base_url=origin.url)
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


@pytest.mark.parametrize("name", [*SOURCES, *KINDS])
def test_axe_finds_nothing(browser: Browser, origin: Origin, name: str) -> None:
    built = origin.built
    address = built.address(SOURCES[name], "es") if name in SOURCES else built.first_address(name, "es")
    page = open_page(browser, origin, "phone", address)
    found = look(page)
    page.context.close()
    assert found == {}, address


@EACH
def test_axe_finds_nothing_in_the_search_dialog(browser: Browser, origin: Origin, language: str, size: str) -> None:
    page = open_page(browser, origin, size, address_prefix(language))
    page.keyboard.press("/")
    page.locator("dialog input").fill(QUERIES[language])
    expect(page.locator("[data-results] a").first).to_be_visible()
    found = look(page)
    page.context.close()
    assert found == {}


@EACH
def test_axe_finds_nothing_in_a_template_being_filled_in(
    browser: Browser, origin: Origin, language: str, size: str
) -> None:
    page = open_page(browser, origin, size, origin.built.address("templates/guion-conferencia-de-prensa.md", language))
    page.locator("[data-press] input:visible, [data-press] textarea:visible").first.fill("1")
    page.locator(".fill-kept summary").click()
    page.locator(".fill-away button").first.click()
    expect(page.locator(".fill-beside .notice")).to_be_visible()
    found = look(page)
    page.context.close()
    assert found == {}


@pytest.mark.parametrize("size", ["phone", pytest.param("desktop", marks=pytest.mark.everything)])
def test_axe_finds_nothing_when_the_reader_has_chosen_the_other_scheme(
    browser: Browser, origin: Origin, size: str
) -> None:
    page = open_page(browser, origin, size, origin.built.first_address("campaign", "es"))
    page.locator("[data-theme-switch]").click()
    found = look(page)
    page.context.close()
    assert found == {}
