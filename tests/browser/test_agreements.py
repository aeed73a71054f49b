"""The register of agreements is filtered on the reader's device; without JavaScript it is a plain table."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visit import Origin

REGISTER = {"es": ("convenios/", "Sector", "Materia"), "en": ("en/agreements/", "Sector", "Topic")}
ROWS = ".register tbody tr"


@pytest.mark.parametrize("language", REGISTER)
def test_agreements_are_found_by_sector_and_topic(page: Page, language: str) -> None:
    address, sector, topic = REGISTER[language]
    page.goto(address)

    page.get_by_role("combobox", name=sector, exact=True).select_option("mining")
    page.get_by_role("combobox", name=topic, exact=True).select_option("contracts")

    shown = page.locator(f"{ROWS}:visible")
    expect(shown).to_have_count(page.locator(f'{ROWS}[data-sector~="mining"][data-topic~="contracts"]').count())
    expect(shown.first).to_contain_text("Piura")
    expect(page).to_have_url(re.compile(r"\?sector=mining&topic=contracts$"))


def test_without_javascript_the_register_is_a_plain_table(browser: Browser, origin: Origin) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=origin.url)
    page = context.new_page()
    for address in ("convenios/", "mandatos/"):
        page.goto(address)
        assert 0 < page.locator(ROWS).count() == page.locator(f"{ROWS}:visible").count()
    context.close()
