"""Word by python-docx over ``overrides/documents/press.docx``, whose styles a designer can change in any office."""

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from rimay.languages import LANGUAGES
from rimay.press import create_blank
from rimay.records.template import Template

#: Styles of the base document for the styles of a press template, and for the places to fill in.
STYLES = {
    "label": "Rimay Label",
    "headline": "Title",
    "lead": "Rimay Lead",
    "paragraph": "Normal",
    "quote": "Quote",
    "heading": "Heading 1",
    "small": "Rimay Small",
}
BLANK_STYLE = "Rimay Blank"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def create_press_word(template: Template, language: str, root: Path) -> bytes:
    """The sheet to fill in as Word: A4, real styles, places to fill in marked and easy to replace."""
    document = Document(str(root / "overrides" / "documents" / "press.docx"))
    document.core_properties.title = template.title.get(language)
    document.core_properties.language = language
    _set_language(document, str(LANGUAGES[language]).replace("_", "-"))
    for block in create_blank(template, language):
        paragraph = document.add_paragraph(style=STYLES[block.style])
        for index, line in enumerate(block.lines):
            if index:
                paragraph.add_run().add_break()
            for run in line:
                paragraph.add_run(run.text, style=BLANK_STYLE if run.is_blank else None)
    return _save(document)


def _set_language(document: Word, code: str) -> None:
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), code)


def _save(document: Word) -> bytes:
    """The document with fixed times in its archive, so that the same record gives the same bytes."""
    draft, final = io.BytesIO(), io.BytesIO()
    document.save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item))
    return final.getvalue()
