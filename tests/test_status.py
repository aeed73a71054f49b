"""The page about the state of the site: what it counts, and what it keeps to itself."""

from pathlib import Path

import pytest

from rimay.languages import LANGUAGES
from rimay.outputs import Site
from tests.conftest import SITE_URL


def read(site: Site, language: str) -> str:
    return next(page.text for page in site.pages[language] if page.source_uri == "status/index.md")


def test_it_stands_where_everyone_looks_for_it(mini_site: Site) -> None:
    addresses = {
        language: next(page.address for page in mini_site.pages[language] if page.source_uri == "status/index.md")
        for language in LANGUAGES
    }
    assert addresses == {"es": "estado/", "en": "en/status/"}


@pytest.mark.parametrize(("language", "expected"), [("es", "1 de junio de 2024, 12:00"), ("en", "1 June 2024, 12:00")])
def test_it_says_when_the_site_was_made_in_peruvian_time(mini_site: Site, language: str, expected: str) -> None:
    assert expected in read(mini_site, language)


def test_it_names_what_is_not_translated_and_what_to_check(mini_site: Site) -> None:
    words = read(mini_site, "en")

    untranslated = words.partition("## Still to be translated")[2].partition("##")[0]
    assert "Solo está en castellano" in untranslated
    assert "(../glossary/index.md#decreto)" in untranslated
    assert "None." in words.partition("## Laws to check again")[2]


def test_a_law_that_nobody_checked_for_a_year_is_named(mini_project: Path) -> None:
    law = mini_project / "data" / "laws" / "decreto-2.yml"
    law.write_text(law.read_text("utf-8").replace("as_of: 2024-02-29", "as_of: 2023-05-01"), "utf-8")

    words = read(Site(mini_project, SITE_URL), "en").partition("## Laws to check again")[2]

    assert "(../laws/decreto-2.md): 1 May 2023" in words


def test_of_what_waits_or_is_a_draft_it_tells_nothing(mini_project: Path) -> None:
    before = read(Site(mini_project, SITE_URL), "es")
    update = mini_project / "data" / "updates" / "2024" / "2024-05-01-secreta.yml"
    update.write_text(
        'date: 2024-05-01\npublish_at: "2024-07-01 08:00"\ncampaign: agua-limpia\ntitle: {es: Secreta}\n'
        "text: {es: Secreta.}\nsources: [{document: caso-inventado}]\n",
        "utf-8",
    )

    assert read(Site(mini_project, SITE_URL), "es") == before
