"""A record without English: its English address shows the Spanish text, says so, and is counted."""

import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as Xml

import pytest
from jinja2 import Environment, FileSystemLoader

from rimay.__main__ import main
from rimay.outputs import Site
from rimay.page import Output, Page
from tests.conftest import ROOT, SITE_URL, SPANISH_ONLY_PAGE
from tests.test_text import Reader, read

#: Where the icons that the frame includes come from.
_SPEC = find_spec("material")
THEME = [Path(folder) / "templates" for folder in (_SPEC.submodule_search_locations or () if _SPEC else ())]
RECORD = "data/updates/2024/2024-03-15-solo-en-castellano.yml"
SPANISH = "campanas/agua-limpia/2024-03-15-solo-en-castellano/"
ENGLISH = "en/campaigns/clean-water/2024-03-15-solo-en-castellano/"


def find_page(outputs: Mapping[str, Output], address: str) -> Page:
    page = outputs[f"{address}index.html"].page
    assert page is not None
    return page


def show(site: Site, page: Page) -> Reader:
    """The page inside its frame, as any engine would make it from ``overrides/main.html``."""
    environment = Environment(loader=FileSystemLoader([ROOT / "overrides", *THEME]), autoescape=False)
    environment.filters["url"] = str
    frame = site.create_frame(page)
    content = f"<div id='text'>{page.text}</div>"
    config = SimpleNamespace(site_name="Rimay", site_url=SITE_URL)
    template = environment.get_template("main.html")
    return Reader(template.render(config=config, page=SimpleNamespace(content=content), **frame))


def hreflang(reader: Reader) -> dict[str, str]:
    links = [attributes for tag, attributes in reader.tags if tag == "link" and "hreflang" in attributes]
    return {link["hreflang"] or "": link["href"] or "" for link in links}


@pytest.fixture
def page(mini_outputs: Mapping[str, Output]) -> Page:
    return find_page(mini_outputs, ENGLISH)


# --- the page -------------------------------------------------------------------------------------


def test_the_english_address_has_the_spanish_text(page: Page) -> None:
    assert (page.language, page.text_language) == ("en", "es")
    assert page.title == "Solo está en castellano"
    assert "Este texto todavía no tiene traducción." in read(page.text).words


def test_the_text_is_marked_as_spanish_inside_an_english_page(page: Page, mini_site: Site) -> None:
    tags = show(mini_site, page).tags

    assert dict(tags)["html"] == {"lang": "en"}
    assert dict(tags)["article"]["lang"] == "es"


def test_a_notice_in_english_says_so(page: Page, mini_site: Site) -> None:
    notice = mini_site.library.strings["en"]["untranslated"]

    assert notice in show(mini_site, page).words
    assert notice != mini_site.library.strings["es"]["untranslated"]


def test_the_words_around_the_text_are_english(page: Page, mini_site: Site) -> None:
    assert page.trail[0][0] == "Campaigns"
    assert mini_site.library.strings["en"]["footer.private"] in show(mini_site, page).words


def test_hreflang_and_canonical_lead_to_the_spanish_page_only(page: Page, mini_site: Site) -> None:
    reader = show(mini_site, page)
    canonical = [attributes["href"] for tag, attributes in reader.tags if attributes.get("rel") == "canonical"]

    assert hreflang(reader) == {"es": SITE_URL + SPANISH}
    assert canonical == [SITE_URL + SPANISH]


def test_the_spanish_page_says_nothing_of_english_but_leads_to_it(
    mini_outputs: Mapping[str, Output], mini_site: Site
) -> None:
    page = find_page(mini_outputs, SPANISH)
    reader = show(mini_site, page)

    assert (page.text_language, hreflang(reader)) == ("es", {"es": SITE_URL + SPANISH})
    assert "lang" not in dict(reader.tags)["article"]
    assert page.switch == {"es": SPANISH, "en": ENGLISH}


def test_a_translated_page_has_neither_notice_nor_mark(mini_outputs: Mapping[str, Output], mini_site: Site) -> None:
    reader = show(mini_site, find_page(mini_outputs, "en/campaigns/clean-water/"))

    assert mini_site.library.strings["en"]["untranslated"] not in reader.words
    assert "lang" not in dict(reader.tags)["article"]
    assert hreflang(reader).keys() == {"es", "en"}


def test_english_lists_show_its_spanish_title_marked_as_spanish(mini_outputs: Mapping[str, Output]) -> None:
    text = find_page(mini_outputs, "en/news/").text

    assert '<span lang="es">Solo está en castellano</span>' in text
    assert text.count('lang="es"') == 1


def test_a_hand_written_page_without_english_falls_back_the_same_way(
    mini_outputs: Mapping[str, Output], mini_site: Site
) -> None:
    page = find_page(mini_outputs, "en/about/how-to-use/")

    assert (page.language, page.text_language) == ("en", "es")
    assert f"docs/es/{SPANISH_ONLY_PAGE}" in page.text
    assert hreflang(show(mini_site, page)).keys() == {"es"}


# --- around it ------------------------------------------------------------------------------------


def test_the_sitemap_has_a_page_only_in_languages_it_exists_in(mini_outputs: Mapping[str, Output]) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = Xml.fromstring(mini_outputs["sitemap.xml"].content).iterfind("s:url", names)
    found = {
        url.findtext("s:loc", "", names): [link.get("hreflang") for link in url.iterfind("x:link", names)]
        for url in urls
    }

    assert found[SITE_URL + SPANISH] == ["es"]
    assert SITE_URL + ENGLISH not in found
    assert found[f"{SITE_URL}en/campaigns/clean-water/"] == ["es", "en"]
    assert found[f"{SITE_URL}acerca/como-usar/"] == ["es"]
    assert f"{SITE_URL}en/about/how-to-use/" not in found
    assert not [address for address in found if "404" in address]


def test_check_counts_what_is_not_translated_and_names_it(
    mini_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["rimay", "check", str(mini_project)])

    assert main() == 0

    assert f"sin traducir (en): 2: {RECORD}, data/glossary.yml" in capsys.readouterr().out.splitlines()


def test_a_half_translated_record_is_not_translated(mini_project: Path) -> None:
    file = mini_project / "data/laws/ley-1.yml"
    file.write_text(file.read_text("utf-8").replace(', en: "It says what is tested."', ""), "utf-8")

    outputs = {output.path: output for output in Site(mini_project, SITE_URL).create_outputs("en")}

    page = find_page(outputs, "en/rights/laws/law-1/")
    assert page.text_language == "es"
    assert "Dice qué se prueba." in page.text
    assert "It says" not in page.text
