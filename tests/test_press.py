"""A press template: one text for page, plain text, Word and PDF, blank and as the worked example."""

import io
from collections.abc import Mapping

import pytest
from docx import Document
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from rimay.documents.pdf import create_press_pdf
from rimay.documents.word import BLANK_STYLE, PRESS_STYLES, create_press_word
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.page import Output
from rimay.press import Block, create_blank, create_example, create_text
from rimay.records.template import Template
from tests.conftest import ROOT
from tests.test_text import read

FOLDER = {
    "es": "prensa/plantillas/nota-de-prensa/nota-de-prensa",
    "en": "en/press/templates/press-release/press-release",
}
BLANK = {
    "es": "NOTA DE PRENSA\n[Desde cuándo]\n\n[Titular]\n\nIca, [Fecha]. [Titular].\n\nLa organización pide:\n[Pedidos]"
    "\n\n«[Cita]»\n\nSobre la organización\n\nContacto: [Contacto]\n",
    "en": "PRESS RELEASE\n[From when]\n\n[Headline]\n\nIca, [Date]. [Headline].\n\nThe organisation demands:\n[Demands]"
    "\n\n“[Quote]”\n\nAbout the organisation\n\nContact: [Contact]\n",
}
EXAMPLE = {
    "es": "NOTA DE PRENSA\nPublicación inmediata\n\nSindicato gana & celebra\n\nIca, 29 de febrero. Sindicato gana & "
    "celebra.\n\nLa organización pide:\nQue se firme el convenio.\nQue se cumpla.\n\n«Ganamos *todas* y todos.»\n\n"
    "Sobre la organización\n\nContacto: vocería del sindicato\n",
    "en": "PRESS RELEASE\nFor immediate release\n\nUnion wins & celebrates\n\nIca, 29 February. Union wins & "
    "celebrates.\n\nThe organisation demands:\nThat the agreement be signed.\nThat it be kept.\n\n“We *all* won.”\n\n"
    "About the organisation\n\nContact: union spokesperson\n",
}


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
    assert create_text(create_blank(template, language)) == BLANK[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_the_blank_filled_in(language: str, template: Template) -> None:
    assert create_text(create_example(template, language)) == EXAMPLE[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_places_to_fill_in_are_marked_as_blanks(language: str, template: Template) -> None:
    def blanks(blocks: list[Block]) -> list[str]:
        return [run.text for block in blocks for line in block.lines for run in line if run.is_blank]

    assert blanks(create_example(template, language)) == []
    assert all(text[0] + text[-1] == "[]" for text in blanks(create_blank(template, language)))
    assert len(blanks(create_blank(template, language))) == 7


def test_a_value_of_several_lines_makes_several_lines(template: Template) -> None:
    demands = create_example(template, "es")[3]

    assert [run.text for line in demands.lines for run in line][1:] == ["Que se firme el convenio.", "Que se cumpla."]


# --- the same in every form -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_file_is_the_blank(language: str, mini_outputs: Mapping[str, Output]) -> None:
    assert content(mini_outputs, language, "txt").decode("utf-8") == BLANK[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_has_the_blank_in_real_styles_with_the_places_marked(
    language: str, template: Template, mini_outputs: Mapping[str, Output]
) -> None:
    document = Document(io.BytesIO(content(mini_outputs, language, "docx")))
    paragraphs = document.paragraphs

    assert "\n\n".join(paragraph.text for paragraph in paragraphs) + "\n" == BLANK[language]
    styles = [paragraph.style.name if paragraph.style else None for paragraph in paragraphs]
    assert styles == [PRESS_STYLES[section.style] for section in template.sections]
    for paragraph in paragraphs:
        for run in paragraph.runs:
            assert (run.style is not None and run.style.name == BLANK_STYLE) is run.text.startswith("[")


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_says_its_title_and_language(language: str, mini_outputs: Mapping[str, Output]) -> None:
    properties = Document(io.BytesIO(content(mini_outputs, language, "docx"))).core_properties

    assert properties.title == {"es": "Nota de prensa", "en": "Press release"}[language]
    assert properties.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_has_the_blank_and_then_the_example(language: str, mini_outputs: Mapping[str, Output]) -> None:
    reader = PdfReader(io.BytesIO(content(mini_outputs, language, "pdf")))
    blank, example = (squeeze(page.extract_text()) for page in reader.pages)

    assert squeeze(BLANK[language]) in blank
    assert squeeze(EXAMPLE[language]) in example
    assert {"es": "Caso inventado.", "en": "Invented case."}[language] in example


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
    language: str, expected: Mapping[str, str], mini_outputs: Mapping[str, Output]
) -> None:
    page = mini_outputs[FOLDER[language].rpartition("/")[0] + "/index.html"]

    words = read(str(page.content)).words

    for block in expected[language].split("\n\n"):
        assert squeeze(block) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_offers_every_file_that_stands_beside_it(language: str, mini_outputs: Mapping[str, Output]) -> None:
    page = mini_outputs[FOLDER[language].rpartition("/")[0] + "/index.html"]

    links = {attributes.get("href") for tag, attributes in read(str(page.content)).tags if tag == "a"}

    assert {f"nota-de-prensa.{suffix}" for suffix in ("docx", "pdf", "txt")} <= links


def test_the_same_record_gives_the_same_word_file(template: Template, mini_outputs: Mapping[str, Output]) -> None:
    assert create_press_word(template, "es", ROOT) == content(mini_outputs, "es", "docx")


def test_the_same_record_gives_the_same_pdf(
    template: Template, mini_library: Library, mini_outputs: Mapping[str, Output]
) -> None:
    assert create_press_pdf(template, "es", mini_library.strings["es"], ROOT) == content(mini_outputs, "es", "pdf")
