"""A press template: one text for page, plain text, Word and PDF, blank and as the worked example."""

import io
import re
from collections.abc import Mapping

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from rimay.documents.pdf import create_press_pdf
from rimay.documents.word import PRESS_STYLES, create_press_word
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.page import Output
from rimay.press import (
    Block,
    Value,
    create_blank,
    create_example,
    create_parts,
    create_text,
    example_values,
)
from rimay.records.template import Limit, Template
from tests.conftest import ROOT
from tests.office.validate import find_faults
from tests.test_golden import read_word
from tests.test_text import read

FOLDER = {
    "es": "prensa/plantillas/nota-de-prensa/nota-de-prensa",
    "en": "en/press/templates/press-release/press-release",
}
#: The fixture's examples have one and two rows: a blank has three at least.
EMPTY_ROWS = 3
EMPTY = {
    "es": ("Hora: \nQué: ", "Pregunta: \nRespuesta: "),
    "en": ("Time: \nWhat: ", "Question: \nAnswer: "),
}
BLANK = {
    "es": [
        "NOTA DE PRENSA\n[Desde cuándo]",
        "[Titular]",
        "Ica, [Fecha]. [Titular].",
        "La organización pide:\n[Pedidos]",
        "Programa",
        *[EMPTY["es"][0]] * EMPTY_ROWS,
        "Preguntas",
        *[EMPTY["es"][1]] * EMPTY_ROWS,
        "Mensaje",
        "[Titular]\n• [Pedidos]",
        "«[Cita]»",
        "Sobre la organización",
        "Contacto: [Contacto]",
    ],
    "en": [
        "PRESS RELEASE\n[From when]",
        "[Headline]",
        "Ica, [Date]. [Headline].",
        "The organisation demands:\n[Demands]",
        "Programme",
        *[EMPTY["en"][0]] * EMPTY_ROWS,
        "Questions",
        *[EMPTY["en"][1]] * EMPTY_ROWS,
        "Message",
        "[Headline]\n• [Demands]",
        "“[Quote]”",
        "About the organisation",
        "Contact: [Contact]",
    ],
}
EXAMPLE = {
    "es": [
        "NOTA DE PRENSA\nPublicación inmediata",
        "Sindicato gana & celebra",
        "Ica, 29 de febrero. Sindicato gana & celebra.",
        "La organización pide:\nQue se firme el convenio.\nQue se cumpla.",
        "Programa",
        "Hora: 10:00\nQué: Llega la prensa",
        "Hora: 10:15\nQué: =Apertura",
        "Preguntas",
        "Pregunta: ¿Por qué ahora?\nRespuesta: Porque vence el convenio.",
        "Mensaje",
        "Sindicato gana & celebra\n• Que se firme el convenio.\n• Que se cumpla.",
        "«Ganamos *todas* y todos.»",
        "Sobre la organización",
        "Contacto: vocería del sindicato",
    ],
    "en": [
        "PRESS RELEASE\nFor immediate release",
        "Union wins & celebrates",
        "Ica, 29 February. Union wins & celebrates.",
        "The organisation demands:\nThat the agreement be signed.\nThat it be kept.",
        "Programme",
        "Time: 10 a.m.\nWhat: The press arrives",
        "Time: 10.15 a.m.\nWhat: =Opening",
        "Questions",
        "Question: Why now?\nAnswer: Because the agreement expires.",
        "Message",
        "Union wins & celebrates\n• That the agreement be signed.\n• That it be kept.",
        "“We *all* won.”",
        "About the organisation",
        "Contact: union spokesperson",
    ],
}


def text(blocks: list[str]) -> str:
    return "\n\n".join(blocks) + "\n"


@pytest.fixture
def template(mini_library: Library) -> Template:
    return mini_library.find(Template, "nota-de-prensa")


def content(outputs: Mapping[str, Output], language: str, suffix: str) -> bytes:
    found = outputs[f"{FOLDER[language]}.{suffix}"].content
    assert isinstance(found, bytes)
    return found


def squeeze(text: str) -> str:
    return " ".join(text.split())


# --- the text -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_asks_for_what_is_filled_in_in_brackets(language: str, template: Template) -> None:
    assert create_text(create_blank(template, language)) == text(BLANK[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_the_blank_filled_in(language: str, template: Template) -> None:
    assert create_text(create_example(template, language)) == text(EXAMPLE[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_places_to_fill_in_are_marked_as_blanks(language: str, template: Template) -> None:
    def blanks(blocks: list[Block]) -> list[str]:
        return [run.text for block in blocks for line in block.lines for run in line if run.is_blank]

    assert blanks(create_example(template, language)) == []
    assert all(text[0] + text[-1] == "[]" for text in blanks(create_blank(template, language)))
    assert len(blanks(create_blank(template, language))) == 9


def test_a_value_of_several_lines_makes_several_lines(template: Template) -> None:
    demands = create_example(template, "es")[3]

    assert [run.text for line in demands.lines for run in line][1:] == ["Que se firme el convenio.", "Que se cumpla."]


def test_an_empty_line_in_a_value_begins_a_paragraph(template: Template) -> None:
    values = example_values(template, "es") | {"quote": "Uno\ndos\n\ntres"}

    assert [block.text for block in blocks_of(template, values, "quote")] == ["«Uno\ndos", "tres»"]


def test_a_line_with_one_list_repeats_for_each_item(template: Template) -> None:
    values = example_values(template, "es") | {"demands": ["a", "b", "c"], "headline": "T"}

    assert [block.text for block in blocks_of(template, values, "message")] == ["T\n• a\n• b\n• c"]


def test_what_is_optional_and_empty_goes_and_what_is_required_stays_in_brackets(template: Template) -> None:
    words = create_text([block for _, blocks in create_parts(template, "es", {}) for block in blocks])

    assert "[Titular]" in words
    assert "Cita" not in words
    assert "Preguntas" not in words, "a part that is left out takes its title along"
    assert "Sobre la organización" in words


def test_what_is_typed_is_never_taken_for_a_place(template: Template) -> None:
    values = example_values(template, "es") | {"headline": "{quote} {x}"}

    assert blocks_of(template, values, "headline")[0].text == "{quote} {x}"


def blocks_of(template: Template, values: Mapping[str, Value], style: str) -> list[Block]:
    return [block for _, blocks in create_parts(template, "es", values) for block in blocks if block.style == style]


@pytest.mark.parametrize(
    ("limit", "words", "count"),
    [
        (Limit(words=5), "uno dos — tres, 4", 4),
        (Limit(characters=5), "ñandú 🎉", 7),
        (Limit(seconds=30), "una " * 75, 30),
        (Limit(seconds=30), "una " * 76, 31),
        (Limit(seconds=30), "", 0),
    ],
)
def test_limits_count_words_characters_and_seconds_read_aloud(limit: Limit, words: str, count: int) -> None:
    assert limit.count(words) == count


# --- the same in every form -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_file_is_the_blank(language: str, mini_outputs: Mapping[str, Output]) -> None:
    assert content(mini_outputs, language, "txt").decode("utf-8") == text(BLANK[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_has_the_blank_in_real_styles_with_the_places_marked(
    language: str, template: Template, mini_outputs: Mapping[str, Output]
) -> None:
    word = content(mini_outputs, language, "docx")
    document = Document(io.BytesIO(word))
    lines = [line for line in read_word(word).replace("[…]", "").splitlines() if line]

    header, *lines = lines
    assert header == f"[header] [{template.name.label.get(language)}]"
    tables = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert tables == [list(create_rows(template, language)[0])] + [["", ""]] * EMPTY_ROWS
    shown = [block for block in BLANK[language] if block != EMPTY[language][0]]
    styled = "\n".join(line for line in lines if not line.startswith(("[table]", "[Rimay Small] \n")))
    words = re.sub(rf"^\[({'|'.join({*PRESS_STYLES.values()})})\] ", "", styled, flags=re.MULTILINE)
    assert [line for line in words.splitlines() if line] == "\n".join(shown).splitlines()
    for control in document.element.body.iter(qn("w:sdt")):
        assert control.find(f".//{qn('w:showingPlcHdr')}") is not None, "typing replaces the label"
        assert control.find(f".//{qn('w:temporary')}") is not None, "and nothing of the control is left"
        assert next(control.iter(qn("w:rStyle"))).get(qn("w:val")) == "RimayBlank"


def create_rows(template: Template, language: str) -> list[tuple[str, ...]]:
    return [block.head for block in create_blank(template, language) if block.style == "table"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_says_its_title_and_language(language: str, mini_outputs: Mapping[str, Output]) -> None:
    properties = Document(io.BytesIO(content(mini_outputs, language, "docx"))).core_properties

    assert properties.title == {"es": "Nota de prensa", "en": "Press release"}[language]
    assert properties.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_has_the_blank_and_then_the_example(language: str, mini_outputs: Mapping[str, Output]) -> None:
    reader = PdfReader(io.BytesIO(content(mini_outputs, language, "pdf")))
    words = squeeze(" ".join(page.extract_text() for page in reader.pages))
    blank, example = words.split({"es": "Caso inventado.", "en": "Invented case."}[language])

    for blocks, found in ((BLANK[language], blank), (EXAMPLE[language], example)):
        for block in blocks:
            if block != EMPTY[language][0] and not block.startswith(("Hora:", "Time:")):
                assert squeeze(block) in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_and_says_its_title_and_language(language: str, mini_outputs: Mapping[str, Output]) -> None:
    reader = PdfReader(io.BytesIO(content(mini_outputs, language, "pdf")))
    root = reader.root_object
    marks = root["/MarkInfo"].get_object()

    assert str(root["/Lang"]).startswith(language)
    assert isinstance(marks, DictionaryObject)
    assert str(marks["/Marked"]) == "True"
    assert reader.metadata is not None
    assert reader.metadata.title == {"es": "Nota de prensa", "en": "Press release"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("expected", [BLANK, EXAMPLE], ids=["blank", "example"])
def test_the_page_shows_every_block_to_the_letter(
    language: str, expected: Mapping[str, list[str]], mini_outputs: Mapping[str, Output]
) -> None:
    page = mini_outputs[FOLDER[language].rpartition("/")[0] + "/index.html"]

    words = read(str(page.content)).words.replace("[…]", "")

    for block in expected[language]:
        if block != EMPTY[language][0] and not block.startswith(("Hora:", "Time:")):
            assert squeeze(block) in squeeze(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_offers_every_file_that_stands_beside_it(language: str, mini_outputs: Mapping[str, Output]) -> None:
    page = mini_outputs[FOLDER[language].rpartition("/")[0] + "/index.html"]

    links = {attributes.get("href") for tag, attributes in read(str(page.content)).tags if tag == "a"}

    assert {f"nota-de-prensa.{suffix}" for suffix in ("docx", "pdf", "txt", "xlsx")} <= links


def test_the_same_record_gives_the_same_word_file(template: Template, mini_outputs: Mapping[str, Output]) -> None:
    assert create_press_word(template, "es", ROOT) == content(mini_outputs, "es", "docx")


def test_the_same_record_gives_the_same_pdf(
    template: Template, mini_library: Library, mini_outputs: Mapping[str, Output]
) -> None:
    assert create_press_pdf(template, "es", mini_library.strings["es"], ROOT) == content(mini_outputs, "es", "pdf")


def test_a_spreadsheet_has_a_sheet_to_write_in_and_the_example(mini_outputs: Mapping[str, Output]) -> None:
    book = load_workbook(io.BytesIO(content(mini_outputs, "es", "xlsx")))
    blank, example = book.worksheets

    assert [cell.value for cell in blank[1]] == ["Hora", "Qué"]
    assert not any(cell.value for row in blank.iter_rows(min_row=2) for cell in row)
    assert [[cell.value for cell in row] for row in example.iter_rows(min_row=2)] == [
        ["10:00", "Llega la prensa"],
        ["10:15", "=Apertura"],
    ]
    assert {cell.data_type for row in example.iter_rows() for cell in row} == {"s"}, "no cell is a formula"
    assert blank.freeze_panes == "B2"
    assert blank.page_setup.orientation == "landscape"


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_office_files_keep_to_the_rules_of_their_format(suffix: str, mini_outputs: Mapping[str, Output]) -> None:
    assert find_faults(f"nota.{suffix}", content(mini_outputs, "es", suffix)) == []
