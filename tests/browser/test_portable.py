"""The ZIP of the site, unpacked and opened from a folder: as from a USB stick, without any network."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.built import SITE_URL, Built, Document, build
from tests.conftest import create_living_project

FOLDER, START = "sitio", "ABRIR-AQUI.html"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("small")
    (folder / "project").mkdir()
    return build(folder, create_living_project(folder / "project"))


@pytest.fixture(scope="module")
def stick(small: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the Spanish archive was unpacked; its name has what names of folders have."""
    folder = tmp_path_factory.mktemp("memoria") / "Año 2024 #1 (copia)"
    zipfile.ZipFile(small.site / "rimay-es.zip").extractall(folder)
    return folder


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A computer without a network; fails the test that logs an error or asks for anything that is not a file."""
    context = browser.new_context(locale="es-PE", offline=True, accept_downloads=True)
    context.set_default_timeout(10_000)
    page = context.new_page()
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda r: found.append(r.url) if not r.url.startswith(("file:", "blob:", "data:")) else None)
    yield page
    context.close()
    assert found == []


def place(stick: Path, address: str) -> str:
    return (stick / FOLDER / address / "index.html").as_uri()


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_relative_link_leads_to_a_file_in_the_archive(small: Built, language: str) -> None:
    archive = zipfile.ZipFile(small.site / f"rimay-{language}.zip")
    names = set(archive.namelist())
    dead: set[tuple[str, str]] = set()
    published = {path.removesuffix("index.html") for path in small.tree}
    for name in names:
        if not name.endswith(".html"):
            continue
        for link in Document(name, archive.read(name), SITE_URL).links(served_at=name):
            if link.target is None or link.element == "dialog":  # leads out; the search index
                continue
            known = published if link.value.startswith(SITE_URL) else names
            if link.target not in known:
                dead.add((name, link.value))
    assert dead == set()


def test_the_archive_has_all_pages_and_the_documents_of_its_language(small: Built) -> None:
    names = {name.partition("/")[2] for name in zipfile.ZipFile(small.site / "rimay-es.zip").namelist()}
    pages = {f"{page.address}index.html" for page in small.pages if page.kind != "lost"}
    links = {link.target or "" for document in small.documents.values() for link in document.links()}
    documents = {path for path in links if path.endswith((".pdf", ".docx", ".xlsx", ".csv", ".ics", ".txt"))}
    english = {path for path in documents if path.startswith("en/")}
    assert pages <= names
    assert documents - english <= names
    assert english
    assert not english & names


@pytest.mark.parametrize("language", ["es", "en"])
def test_paths_are_short_enough_for_windows(small: Built, language: str) -> None:
    assert max(map(len, zipfile.ZipFile(small.site / f"rimay-{language}.zip").namelist())) < 160


def test_it_opens_by_a_double_click_and_leads_on(reader: Page, stick: Path) -> None:
    reader.goto((stick / START).as_uri())
    reader.get_by_role("link", name="Abrir Rimay").click()
    expect(reader).to_have_url(place(stick, "."))
    reader.locator(".menu").get_by_role("link", name="Formación").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Formación")


@pytest.mark.everything
def test_every_kind_of_page_shows_as_it_does_online(reader: Page, stick: Path, small: Built) -> None:
    kinds = {page.kind: page for page in small.outputs.pages["es"] if page.kind != "lost"}
    sections = [page for page in small.outputs.pages["es"] if page.kind == "section"]
    for page in [*kinds.values(), *sections]:
        reader.goto(place(stick, page.address))
        expect(reader.get_by_role("heading", level=1)).to_have_count(1)
        assert reader.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute", "styles"
        assert reader.evaluate("document.documentElement.dataset.script") == "", "scripts"


def test_the_language_switch_works_both_ways(reader: Page, stick: Path, small: Built) -> None:
    spanish = small.first_address("session", "es")
    reader.goto(place(stick, spanish))
    reader.locator("header").get_by_role("link", name="English").click()
    expect(reader.locator("html")).to_have_attribute("lang", "en")
    reader.locator("header").get_by_role("link", name="Español").click()
    assert unquote(reader.url) == unquote(place(stick, spanish))


def test_search_gives_way_to_the_index_which_finds_by_typing(reader: Page, stick: Path) -> None:
    reader.goto(place(stick, "."))
    reader.locator("header").get_by_role("link", name="Buscar").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Índice de la A a la Z")
    reader.get_by_role("searchbox").fill("glosario")
    expect(reader.locator("[data-row]:visible").first).to_contain_text("Glosario")
    reader.locator("[data-row]:visible a").first.click()
    expect(reader.get_by_role("heading", level=1)).not_to_have_text("Índice de la A a la Z")


def test_a_document_of_its_language_is_there_and_others_lead_to_the_public_address(
    reader: Page, stick: Path, small: Built
) -> None:
    spanish, english = (small.first_address("template", language) for language in ("es", "en"))
    reader.goto(place(stick, spanish))
    target = reader.locator(".downloads a[href$='.docx']").first.evaluate("link => link.href")
    assert Path(unquote(urlsplit(target).path)).read_bytes()[:2] == b"PK"
    reader.goto(place(stick, english))
    target = reader.locator(".downloads a[href$='.docx']").first.evaluate("link => link.href")
    assert target.startswith(f"{SITE_URL}{english}")


def test_a_press_text_is_written_and_copied_there_and_its_blank_is_downloaded(
    reader: Page, stick: Path, small: Built
) -> None:
    reader.goto(place(stick, small.first_address("template", "es")))
    reader.locator(".fill input[type=text], .fill textarea").first.fill("Sindicato de prueba")
    expect(reader.get_by_role("button", name="Copiar").first).to_be_visible()
    expect(reader.locator(".fill").get_by_role("button", name="Word")).to_have_count(0)
    with reader.expect_download() as download:
        reader.locator(".downloads a[href$='.docx']").first.click()
    assert download.value.path().read_bytes()[:2] == b"PK"


def test_printing_is_designed_there_too(reader: Page, stick: Path, small: Built) -> None:
    reader.goto(place(stick, small.first_address("session", "es")))
    reader.emulate_media(media="print")
    expect(reader.locator("header.top .tools")).to_be_hidden()
    expect(reader.locator("footer.foot")).to_be_hidden()


def test_what_only_works_online_is_not_offered(reader: Page, stick: Path) -> None:
    reader.goto(place(stick, "acerca/sin-conexion"))
    expect(reader.get_by_text("Este navegador no puede guardar")).to_be_visible()
    expect(reader.get_by_role("checkbox")).to_have_count(0)


def test_the_page_that_offers_the_archive_says_its_size(small: Built) -> None:
    size = (small.site / "rimay-es.zip").stat().st_size
    words = small.documents["acerca/sin-conexion/index.html"].text("//*[@data-size]")
    assert words == f"{size / 1e6:.1f} MB"
