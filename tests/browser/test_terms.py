"""A term explains itself beside the word: by touch and by keyboard; without JavaScript it leads to its entry."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from rimay.languages import LANGUAGES
from tests.browser.test_accessibility import look
from tests.browser.visit import Origin

PHONE: ViewportSize = {"width": 360, "height": 740}
SOURCE = "rights/defence.md"
BOX = ".explained"
TERM = "a.term[href*='#']"


def open_case(page: Page, origin: Origin, language: str) -> Locator:
    """A page with terms, and the first of the glossary on it."""
    page.goto(origin.built.address(SOURCE, language))
    return page.locator(TERM).first


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_opens_closes_and_returns(page: Page, origin: Origin, language: str) -> None:
    term = open_case(page, origin, language)
    term.focus()

    page.keyboard.press("Enter")

    box = page.get_by_role("dialog", name=term.inner_text())
    expect(box).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_contain_text(str(term.get_attribute("title")))
    page.keyboard.press("Tab")
    expect(box.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(term).to_be_focused()


def test_the_keyboard_goes_on_after_the_word(page: Page, origin: Origin) -> None:
    open_case(page, origin, "es").press("Enter")
    expect(page.locator(BOX)).to_be_focused()

    for _ in range(3):  # the link, the button, and what follows in the text
        page.keyboard.press("Tab")

    expect(page.locator(BOX)).to_be_hidden()
    assert page.evaluate(f"document.querySelector('{BOX}').compareDocumentPosition(document.activeElement) === 4")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_touch_opens_it_within_the_screen_and_closes_it(browser: Browser, origin: Origin, language: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, base_url=origin.url
    )
    page = context.new_page()
    open_case(page, origin, language)
    box = page.locator(BOX)

    for term in page.locator(TERM).all():
        term.tap()
        expect(box).to_be_in_viewport(ratio=1)
        expect(box).to_contain_text(str(term.get_attribute("title")))
        box.get_by_role("button").tap()
        expect(box).to_be_hidden()
    page.locator(TERM).first.tap()
    page.locator("h1").tap()
    expect(box).to_be_hidden()
    context.close()


def test_another_term_takes_its_place(page: Page, origin: Origin) -> None:
    open_case(page, origin, "es").click()
    other = page.locator(TERM).nth(3)

    other.press("Enter")

    expect(page.locator(f"{BOX}:popover-open")).to_have_count(1)
    expect(page.locator(BOX)).to_contain_text(str(other.get_attribute("title")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_link_leads_to_the_entry(page: Page, origin: Origin, language: str) -> None:
    term = open_case(page, origin, language)
    anchor = str(term.get_attribute("href")).partition("#")[2]
    title = str(term.get_attribute("title"))
    term.click()

    page.locator(BOX).get_by_role("link").click()

    expect(page).to_have_url(re.compile(f"{origin.built.address('glossary/index.md', language)}#{anchor}$"))
    entry = page.locator(f"div:has(> dt#{anchor})")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text(title)


def test_an_acronym_says_the_name_and_leads_to_the_organisation(page: Page, origin: Origin) -> None:
    open_case(page, origin, "es")
    acronym = page.locator("a.term", has_text="SUNAFIL")

    acronym.click()

    expect(page.locator(BOX)).to_contain_text("Superintendencia Nacional de Fiscalización Laboral")
    page.locator(BOX).get_by_role("link").click()
    expect(page).to_have_url(re.compile(origin.built.address("organisations/sunafil.md", "es")))


@pytest.mark.everything
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_while_a_term_is_explained(browser: Browser, origin: Origin, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=origin.url)
    page = context.new_page()
    open_case(page, origin, "es").click()
    expect(page.locator(BOX)).to_be_visible()
    found = look(page)
    context.close()
    assert found == {}


def test_without_javascript_the_word_leads_to_its_entry(browser: Browser, origin: Origin) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=origin.url)
    page = context.new_page()
    term = open_case(page, origin, "es")
    anchor = str(term.get_attribute("href")).partition("#")[2]

    term.click()

    expect(page).to_have_url(re.compile(f"/glosario/#{anchor}$"))
    expect(page.locator(f"dt#{anchor}")).to_be_in_viewport()
    expect(page.locator("dl.glossary > div:visible")).to_have_count(len(origin.built.outputs.library.glossary))
    context.close()
