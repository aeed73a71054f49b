"""The documentation form on the reader's device: typed, taken away, opened again, cleared; nothing leaves it."""

import io
import json
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.visit import wait_until

FORMS = {
    "es": ("derechos/documentar/ficha-simple/", "Llevar en Word", "Llevar como archivo", "Borrar todo"),
    "en": ("en/rights/document/simple-form/", "Take it as Word", "Take it as a file", "Clear everything"),
}
HOSTILE = "Ñandú «comillas» \"dos\" 'una' & < > <b>negrita</b> $& ${x} 🎉\nsegunda línea\n\n\u200fעברית\u200f fin"


def _answers(content: bytes) -> dict[str, str]:
    """What stands in each content control of a Word file, line by line."""
    answers = {}
    for control in Document(io.BytesIO(content)).element.body.iter(qn("w:sdt")):
        tag = next(control.iter(qn("w:tag"))).get(qn("w:val"))
        nodes = [node for node in control.iter() if node.tag in (qn("w:t"), qn("w:br"))]
        answers[tag] = "".join("\n" if node.tag == qn("w:br") else node.text or "" for node in nodes)
    return answers


def _open(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(FORMS[language][0])


def _take(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


@pytest.mark.parametrize("language", FORMS)
def test_what_is_typed_arrives_in_word_to_the_letter(page: Page, language: str) -> None:
    _open(page, language)
    field = page.locator(".fill textarea").first
    name = field.get_attribute("name")
    assert name
    field.fill(HOSTILE + "x" * 5000)
    page.locator(".fill [type=checkbox]").first.check()

    file, content = _take(page, FORMS[language][1])

    answers = _answers(content)
    assert file.endswith(".docx")
    assert answers[name] == HOSTILE + "x" * 5000
    assert any("☒" in answer for answer in answers.values())


def test_control_characters_do_not_spoil_the_file(page: Page) -> None:
    _open(page, "es")
    field = page.locator(".fill textarea").first
    page.evaluate("field => { field.value = 'a\\u0000b\\u0007c\\ud800d'; }", field.element_handle())

    _, content = _take(page, FORMS["es"][1])

    assert "abcd" in _answers(content).values()


def test_a_table_that_grows_on_the_page_grows_in_the_file(page: Page) -> None:
    _open(page, "es")
    table = page.locator(".fill [data-table]").first
    before = table.locator("tbody tr").count()

    table.get_by_role("button").click()
    table.locator("tbody tr").last.locator("input").first.fill("fila nueva")

    assert table.locator("tbody tr").count() == before + 1
    _, content = _take(page, FORMS["es"][1])
    assert "fila nueva" in _answers(content).values()


@pytest.mark.parametrize("language", FORMS)
def test_a_file_taken_away_opens_again_as_it_was(page: Page, language: str, tmp_path: Path) -> None:
    _open(page, language)
    page.locator(".fill textarea").first.fill(HOSTILE)
    page.locator(".fill [type=checkbox]").nth(2).check()
    _, content = _take(page, FORMS[language][2])
    file = tmp_path / "ficha.json"
    file.write_bytes(content)
    page.reload()
    expect(page.locator(".fill textarea").first).to_have_value("")

    page.locator("input[type=file]").set_input_files(file)

    expect(page.locator(".fill textarea").first).to_have_value(HOSTILE)
    expect(page.locator(".fill [type=checkbox]").nth(2)).to_be_checked()


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "null",
        json.dumps({"form": "otra", "format": 1, "values": {}}),
        json.dumps({"form": "ficha-simple", "format": 1, "values": {"x.99999999.0": "a", "__proto__": {"a": 1}}}),
    ],
)
def test_a_strange_file_does_no_harm(page: Page, content: str, tmp_path: Path) -> None:
    _open(page, "es")
    page.locator(".fill textarea").first.fill("mío")
    file = tmp_path / "otro.json"
    file.write_text(content, "utf-8")

    page.locator("input[type=file]").set_input_files(file)

    expect(page.locator(".fill-status")).not_to_be_empty()
    assert page.locator(".fill tr").count() < 100


def test_nothing_is_kept_or_sent_unless_asked_and_clearing_forgets_it(page: Page, context: BrowserContext) -> None:
    _open(page, "es")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    field = page.locator(".fill textarea").first
    field.fill("secreto")
    assert page.evaluate("localStorage.length") == 0

    page.get_by_label("Guardar en este equipo").check()
    page.reload()
    expect(field).to_have_value("secreto")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Borrar todo").click()

    expect(field).to_have_value("")
    assert page.evaluate("localStorage.length") == 0
    assert context.cookies() == []
    assert not [url for url in sent if "secreto" in url or not url.startswith(("http://127.0.0.1", "blob:"))]


def test_on_a_phone_one_part_shows_at_a_time_and_on_paper_all(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(FORMS["es"][0])
    parts = page.locator(".fill .part")
    assert page.locator(".fill .part:visible").count() == 1

    page.get_by_role("button", name="Siguiente").click()

    expect(parts.nth(1)).to_be_visible()
    expect(parts.nth(0)).to_be_hidden()
    expect(page.locator(".fill-place")).to_have_text(f"Parte 2 de {parts.count()}")
    page.emulate_media(media="print")
    assert page.locator(".fill .part:visible").count() == parts.count()


def test_without_javascript_the_form_reads_and_its_blanks_download(page: Page, context: BrowserContext) -> None:
    plain = context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    view = plain.new_page()
    page.goto(FORMS["es"][0])
    view.goto(page.url)

    assert view.locator(".fill .part:visible").count() == view.locator(".fill .part").count()
    expect(view.locator(".downloads a").first).to_be_visible()
    plain.close()


def test_once_typing_began_word_needs_no_network(page: Page, context: BrowserContext, errors: list[str]) -> None:
    _open(page, "es")
    with page.expect_response("**/*.docx") as blank, page.expect_response("**/fflate.js") as library:
        page.locator(".fill textarea").first.fill("con")
    blank.value.finished()
    library.value.finished()
    wait_until(page, "window.fflate")
    context.set_offline(True)
    page.locator(".fill textarea").first.fill("sin red")

    file, content = _take(page, FORMS["es"][1])

    assert file.endswith(".docx")
    assert "sin red" in _answers(content).values()
    context.set_offline(False)
    errors.clear()  # the browser asks for the site's icon again
