"""A press template filled in on the reader's device: the same text everywhere, and nothing leaves the device."""

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rimay.languages import LANGUAGES
from rimay.outputs import Site
from rimay.press import Block, Value, create_parts, create_text, example_values
from rimay.records.template import Template
from tests.browser.visit import Origin, wait_until
from tests.office.validate import find_faults

DAY = date(2026, 9, 5)
HOSTILE = "Ñandú «comillas» \"dos\" 'una' & < > <b>x</b> {place} $& ${x} 🎉 \u200fעברית\u200f =1+1 \\ fin"
PHONE = {"width": 360, "height": 740}
WORD = {"es": "Descargar Word", "en": "Download Word"}
COPY = {"es": "Copiar el texto", "en": "Copy the text"}
ANYWAY = {"es": "Seguir así", "en": "Go on as it is"}
PROFILE = {"es": "Guardar los datos de mi organización", "en": "Keep my organisation's details"}


def _values(template: Template, language: str) -> dict[str, Value]:
    """The worked example, with a day where the page asks for one."""
    days = {p.id: format_date(DAY, "long", LANGUAGES[language]) for p in template.placeholders if p.type == "date"}
    return {**example_values(template, language), **days}


def _blocks(template: Template, language: str, values: Mapping[str, Value]) -> list[Block]:
    return [block for _, blocks in create_parts(template, language, values) for block in blocks]


def _fill(page: Page, template: Template, values: Mapping[str, Value]) -> None:
    """Type values into the form, in one go."""
    fields: dict[str, str] = {}
    for placeholder in template.placeholders:
        value = values.get(placeholder.id, "")
        match placeholder.type:
            case "date":
                fields[placeholder.id] = DAY.isoformat()
            case "list":
                fields[placeholder.id] = "\n".join(map(str, value))
            case "rows":
                box = page.locator(f'[data-box="{placeholder.id}"]')
                for _ in range(len(value) - 1):
                    box.get_by_role("button").evaluate("button => button.click()")
                for row, cells in enumerate(value):
                    fields |= {f"{placeholder.id}.{row}.{column}": cell for column, cell in enumerate(cells)}
            case _:
                fields[placeholder.id] = str(value)
    page.evaluate(
        """fields => {
            const form = document.querySelector("[data-press]");
            for (const field of form.querySelectorAll("[name]")) {
                if (field.type === "radio") field.checked = field.value === fields[field.name];
                else field.value = fields[field.name] ?? "";
            }
            form.dispatchEvent(new Event("input"));
        }""",
        fields,
    )


def _take(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("button", name=button, exact=True).click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def _copied(page: Page, language: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=COPY[language], exact=True).last.click()
    expect(page.locator(".fill-status")).not_to_be_empty()
    return str(page.evaluate("navigator.clipboard.readText()"))


def _read_word(content: bytes) -> str:
    """The words of a Word file, a table as its lines are in plain text."""
    document = Document(io.BytesIO(content))
    blocks: list[str] = []
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            head, *rows = [[cell.text for cell in row.cells] for row in item.rows]
            lines = [
                "\n".join(f"{h}: {c}" for h, c in zip(head, row, strict=True) if c or not any(row)) for row in rows
            ]
            blocks.append("\n\n".join(lines))
        elif item.text:
            blocks.append(item.text)
    return "\n\n".join(blocks) + "\n"


def _address(site: Site, template: Template, language: str) -> str:
    return site.library.address(template, language)


#: A letter, a script with entries, and a table: what each sort of template is made of.
ONE_OF_EACH = {"nota-de-prensa", "guion-conferencia-de-prensa", "contactos-de-prensa"}


def _templates() -> list[str]:
    return sorted(path.stem for path in (Path(__file__).parents[2] / "data" / "templates").glob("*.yml"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", [name if name in ONE_OF_EACH else pytest.param(name, marks=pytest.mark.everything) for name in _templates()]
)
def test_page_copied_text_and_word_say_what_the_record_says(
    page: Page, real_site: Site, name: str, language: str
) -> None:
    template = real_site.library.find(Template, name)
    values = _values(template, language)
    blocks = _blocks(template, language, values)
    expected = create_text(blocks)
    page.goto(_address(real_site, template, language))

    _fill(page, template, values)

    assert _copied(page, language) == expected
    shown = " ".join(page.locator(".sheet.blank").inner_text().split())
    for block in blocks:
        for words in (*block.head, *(cell for row in block.rows for cell in row)) or block.text.splitlines():
            assert " ".join(words.split()) in shown
    file, content = _take(page, WORD[language])
    assert _read_word(content) == expected
    slug = _address(real_site, template, language).rstrip("/").rpartition("/")[2]
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d-{slug}\.docx", file)
    document = Document(io.BytesIO(content))
    assert document.sections[0].header.paragraphs[0].text == values[template.name.id]
    assert "RimayBlank" not in document.element.xml, "a mark of a place was left behind"
    assert find_faults(file, content) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_without_a_network_a_template_is_filled_in_and_taken_as_word(
    page: Page, context: BrowserContext, real_site: Site, language: str, errors: list[str]
) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    values = _values(template, language)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(_address(real_site, template, language))
    with page.expect_response("**/*.docx") as blank, page.expect_response("**/fflate.js") as library:
        page.locator("[data-press] input[type=radio]").first.check()
    blank.value.finished()
    library.value.finished()
    wait_until(page, "window.fflate")
    context.set_offline(True)

    for box in page.locator(".fill .box").all():
        while not box.is_visible():
            page.get_by_role("button", name=re.compile("^(Siguiente|Next)$")).click()
        value = values[str(box.get_attribute("data-box"))]
        match box.get_attribute("data-type"):
            case "choice":
                box.get_by_label(str(value)).check()
            case "date":
                box.locator("input").fill(DAY.isoformat())
            case "list":
                box.locator("textarea").fill("\n".join(map(str, value)))
            case _:
                box.locator("input, textarea").fill(str(value))
    _, content = _take(page, WORD[language])

    assert _read_word(content) == create_text(_blocks(template, language, values))
    context.set_offline(False)
    errors.clear()  # the browser asks for the site's icon again


@pytest.mark.parametrize("name", ["nota-de-prensa", "guion-conferencia-de-prensa", "mensajes-de-whatsapp"])
def test_hostile_words_arrive_to_the_letter_in_a_sound_file(page: Page, real_site: Site, name: str) -> None:
    template = real_site.library.find(Template, name)
    long = HOSTILE + "\nsegunda línea\n\ntercera " + "x" * 20_000
    values: dict[str, Value] = {}
    for p in template.placeholders:
        match p.type:
            case "long_text":
                values[p.id] = long if not p.profile else HOSTILE
            case "list":
                values[p.id] = [HOSTILE, HOSTILE]
            case "rows":
                values[p.id] = [[HOSTILE] * len(p.columns), ["", *[HOSTILE] * (len(p.columns) - 1)]]
            case "choice":
                values[p.id] = p.choices[0].get("es")
            case "date":
                values[p.id] = format_date(DAY, "long", LANGUAGES["es"])
            case _:
                values[p.id] = HOSTILE
    page.goto(_address(real_site, template, "es"))

    _fill(page, template, values)

    expected = create_text(_blocks(template, "es", values))
    assert _copied(page, "es") == expected
    file, content = _take(page, WORD["es"])
    assert _read_word(content) == expected
    assert find_faults(file, content) == []
    assert page.locator(".sheet.blank b").count() == 0, "what was typed became markup"


def test_control_characters_do_not_spoil_the_file(page: Page, real_site: Site) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    values = _values(template, "es") | {"headline": "a\u0000b\u0007c\ud800d\ufffee"}
    page.goto(_address(real_site, template, "es"))

    _fill(page, template, values)

    file, content = _take(page, WORD["es"])
    assert "abcde" in _read_word(content)
    assert find_faults(file, content) == []


def test_what_is_required_and_empty_is_said_before_anything_leaves(page: Page, real_site: Site) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    values = _values(template, "es") | {"headline": "", "notes": []}
    page.goto(_address(real_site, template, "es"))
    _fill(page, template, values)

    page.get_by_role("button", name=WORD["es"]).click()

    warning = page.locator(".fill-beside .notice")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="Titular").click()
    expect(page.locator("#box-headline")).to_be_focused()
    _, content = _take(page, ANYWAY["es"])
    assert "[Titular]" in _read_word(content)
    assert "Notas para la redacción" not in _read_word(content), "a part that is optional and empty goes"


def test_the_organisation_is_kept_only_when_asked_and_used_in_every_template(page: Page, real_site: Site) -> None:
    release, advisory = (real_site.library.find(Template, n) for n in ("nota-de-prensa", "convocatoria-a-medios"))
    page.goto(_address(real_site, release, "es"))
    _fill(page, release, _values(release, "es"))
    assert page.evaluate("localStorage.length") == 0

    page.locator(".fill-kept summary").click()
    page.get_by_label(PROFILE["es"]).check()
    page.goto(_address(real_site, advisory, "es"))

    name = page.locator('[data-profile="name"] input')
    expect(name).to_have_value(str(_values(release, "es")[release.name.id]))
    expect(page.locator(".sheet.blank")).to_contain_text(name.input_value())
    page.locator(".fill-kept summary").click()
    page.get_by_label(PROFILE["es"]).uncheck()
    assert page.evaluate("localStorage.length") == 0


def test_the_organisation_travels_as_a_file(page: Page, real_site: Site, tmp_path: Path) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    page.goto(_address(real_site, template, "es"))
    _fill(page, template, _values(template, "es"))
    page.locator(".fill-kept summary").click()
    _, content = _take(page, "Llevar los datos de la organización en un archivo")
    page.reload()
    page.locator(".fill-kept summary").click()
    file = tmp_path / "organizacion.json"
    file.write_bytes(content)

    page.locator("input[type=file]").set_input_files(file)

    expect(page.locator('[data-profile="name"] input')).to_have_value(str(_values(template, "es")[template.name.id]))
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("content", ["no json", "null", '{"organisation": 3}', '{"organisation": {"name": {"a": 1}}}'])
def test_a_strange_file_does_no_harm(page: Page, real_site: Site, content: str, tmp_path: Path) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    page.goto(_address(real_site, template, "es"))
    page.locator("#box-headline").fill("mío")
    page.locator(".fill-kept summary").click()
    file = tmp_path / "otro.json"
    file.write_text(content, "utf-8")

    page.locator("input[type=file]").set_input_files(file)

    expect(page.locator(".fill-status")).not_to_be_empty()
    expect(page.locator("#box-headline")).to_have_value("mío")
    expect(page.locator('[data-profile="name"] input')).to_have_value("")


def test_a_draft_is_kept_only_when_asked(page: Page, real_site: Site) -> None:
    template = real_site.library.find(Template, "guion-conferencia-de-prensa")
    page.goto(_address(real_site, template, "es"))
    _fill(page, template, _values(template, "es"))
    before = page.locator(".sheet.blank").inner_text()
    page.locator(".fill-kept summary").click()
    page.get_by_label("Guardar este borrador").check()

    page.reload()

    assert page.locator(".sheet.blank").inner_text() == before
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Borrar todo").click()
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator(".fill [name=title], .fill textarea").first).to_have_value("")


def test_nothing_is_fetched_before_typing_and_nothing_leaves_after(
    page: Page, context: BrowserContext, origin: Origin, real_site: Site, errors: list[str]
) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    page.goto(_address(real_site, template, "es"), wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#box-headline").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert asked == []

    _fill(page, template, _values(template, "es") | {"headline": "muy-secreto"})
    _copied(page, "es")
    _take(page, WORD["es"])

    assert not [url for url in asked if not url.startswith((origin.url, "blob:"))]
    assert not [url for url in asked if "secreto" in url]
    assert context.cookies() == []
    blocked = page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'blocked')")
    assert blocked == "blocked"
    assert any("Content Security Policy" in error for error in errors)
    errors.clear()


def test_counts_say_how_much_room_is_left(page: Page, real_site: Site) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    page.goto(_address(real_site, template, "es"))
    count = page.locator('[data-box="headline"] .count')

    page.locator("#box-headline").fill("ñ" * 90)
    expect(count).to_have_text("90 de 90 caracteres")
    assert "over" not in str(count.get_attribute("class"))
    page.locator("#box-headline").fill("ñ" * 91)

    assert "over" in str(count.get_attribute("class"))


def test_a_message_is_shared_by_itself(page: Page, real_site: Site) -> None:
    template = real_site.library.find(Template, "mensajes-de-whatsapp")
    page.goto(_address(real_site, template, "es"))
    _fill(page, template, _values(template, "es"))
    page.evaluate("window.open = (address) => { window.opened = address; }")

    page.locator(".sheet.blank").get_by_role("button", name="Enviar por WhatsApp").first.click()

    address = str(page.evaluate("window.opened"))
    assert address.startswith("https://wa.me/?text=")
    parts = create_parts(template, "es", _values(template, "es"))
    first = next(blocks for section, blocks in parts if section.style == "message")
    text = create_text([block for block in first if block.style == "message"]).strip()
    assert page.evaluate("decodeURIComponent(window.opened.split('text=')[1])") == text


@pytest.mark.parametrize("name", ["contactos-de-prensa", "revision-de-cobertura"])
def test_rows_are_taken_as_a_spreadsheet_without_formulas(page: Page, real_site: Site, name: str) -> None:
    template = real_site.library.find(Template, name)
    rows = next(p for p in template.placeholders if p.type == "rows")
    cells = [[f"=1+{row}.{column} & <ñ>" for column in range(len(rows.columns))] for row in range(45)]
    page.goto(_address(real_site, template, "es"))
    _fill(page, template, _values(template, "es") | {rows.id: cells})

    file, content = _take(page, "Descargar hoja de cálculo")

    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [[str(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2, max_row=46)] == cells
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, max_row=46) for cell in row} <= {"s", "inlineStr"}
    assert find_faults(file, content) == []


def test_paper_gets_the_sheet_alone(page: Page, real_site: Site) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    page.goto(_address(real_site, template, "es"))
    _fill(page, template, _values(template, "es"))
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Imprimir").click()

    page.emulate_media(media="print")

    expect(page.locator(".sheet.blank")).to_be_visible()
    for away in ("h1", ".pair", ".fill-away", "[data-press]"):
        expect(page.locator(away).first).to_be_hidden()


def test_without_javascript_the_blank_reads_and_downloads(browser: Browser, origin: Origin, real_site: Site) -> None:
    template = real_site.library.find(Template, "nota-de-prensa")
    context = browser.new_context(java_script_enabled=False, base_url=origin.url)
    page = context.new_page()
    page.goto(_address(real_site, template, "es"))

    expect(page.locator("[data-press]")).to_be_hidden()
    expect(page.locator(".sheet.blank")).to_contain_text("[Titular]")
    expect(page.locator(".downloads a").first).to_be_visible()
    context.close()
