"""Registers, lists and the glossary are filtered on the reader's device; what is chosen stands in the address."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visit import Origin

REGISTER = {
    "es": ("prensa/medios/", "Tipo", "Región", "Quitar filtros"),
    "en": ("en/press/media/", "Type", "Region", "Remove filters"),
}
ROWS = ".register tbody tr"


@pytest.mark.parametrize("language", REGISTER)
def test_filters_narrow_the_list_and_stand_in_the_address(page: Page, language: str) -> None:
    address, medium, region, clear = REGISTER[language]
    page.goto(address)
    every = page.locator(ROWS).count()

    page.get_by_role("combobox", name=medium, exact=True).select_option("community-radio")
    page.get_by_role("combobox", name=region, exact=True).select_option("piura")

    shown = page.locator(f"{ROWS}:visible")
    expect(shown).to_have_count(page.locator(f'{ROWS}[data-medium="community-radio"][data-region~="piura"]').count())
    assert 0 < shown.count() < every
    expect(page).to_have_url(re.compile(r"\?medium=community-radio&region=piura$"))
    expect(page.locator(".register [role=status]")).to_contain_text(f"{shown.count()} ")
    page.get_by_role("button", name=clear).click()
    expect(shown).to_have_count(every)
    expect(page).to_have_url(re.compile(r"/$"))


def test_an_address_with_filters_opens_filtered(page: Page) -> None:
    page.goto("prensa/medios/?language=qu&medium=nonsense&q=RADIO")

    shown = page.locator(f"{ROWS}:visible")
    assert shown.count() > 0
    for row in shown.all():
        assert "qu" in str(row.get_attribute("data-language")).split()
        assert "radio" in row.inner_text().casefold()


def test_words_are_found_without_their_accents_and_nothing_is_said_plainly(page: Page) -> None:
    page.goto("prensa/medios/")
    search = page.get_by_label("Buscar en la lista")

    search.fill("peru21")
    expect(page.locator(f"{ROWS}:visible")).to_have_count(1)
    search.fill("no existe tal medio")

    expect(page.locator(".register [role=status]")).to_contain_text("Nada coincide")
    expect(page.locator(".register table")).to_be_hidden()


def test_the_directory_of_organisations_is_filtered_by_type_sector_and_region(page: Page) -> None:
    page.goto("organizaciones/")

    page.get_by_role("combobox", name="Tipo", exact=True).select_option("union")
    page.get_by_role("combobox", name="Sector", exact=True).select_option("agro")
    page.get_by_role("combobox", name="Región", exact=True).select_option("la-libertad")

    expect(page.locator(f"{ROWS}:visible")).to_have_count(1)
    expect(page.locator(f"{ROWS}:visible")).to_contain_text("SITESAV")


def test_without_javascript_the_register_is_a_plain_table(browser: Browser, origin: Origin) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=origin.url)
    page = context.new_page()
    page.goto("prensa/medios/")

    expect(page.locator(f"{ROWS}:visible")).to_have_count(page.locator(ROWS).count())
    expect(page.locator(".register form")).to_have_count(0)
    context.close()


@pytest.mark.parametrize(
    ("address", "words"), [("glosario/", "union immunity"), ("en/glossary/", "CONVENCION colectiva")]
)
def test_the_glossary_is_searched_in_both_languages_and_empty_letters_go(page: Page, address: str, words: str) -> None:
    page.goto(address)
    entries = page.locator(".glossary > div")
    every = entries.count()

    page.get_by_role("searchbox").fill(words)

    shown = page.locator(".glossary > div:visible")
    assert 0 < shown.count() < every
    for entry in shown.all():
        expect(entry).to_contain_text(re.compile("immunity|convención", re.IGNORECASE))
    expect(page.locator("section h2:visible")).to_have_count(
        page.locator("section:has(.glossary > div:not([hidden]))").count()
    )
    expect(page.locator(".letters")).to_be_hidden()
    page.get_by_role("button", name=re.compile("filtros|filters")).click()
    expect(shown).to_have_count(every)
    expect(page.locator(".letters")).to_be_visible()
