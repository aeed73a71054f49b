"""Word by python-docx over ``overrides/documents/base.docx``, whose styles a designer can change in any office."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from rimay.blocks import Block, Group, Heading, Items, Paragraph, Run, Runs, Sheet, Table, column_widths
from rimay.forms import ROWS, create_form_blocks
from rimay.languages import LANGUAGES
from rimay.press import Block as PressBlock
from rimay.press import create_blank
from rimay.records.form import Box, Form
from rimay.records.template import Template

#: Styles of the base document for the styles of a press template, and for the places to fill in.
PRESS_STYLES = {
    "label": "Rimay Label",
    "headline": "Title",
    "lead": "Rimay Lead",
    "paragraph": "Normal",
    "quote": "Quote",
    "heading": "Heading 1",
    "small": "Rimay Small",
    "message": "Rimay Message",
    "entries": "Rimay Entry",
}
BLANK_STYLE = "Rimay Blank"
#: Styles of the base document for the classes of page templates.
STYLES = {
    "kicker": "Rimay Kicker",
    "label": "Rimay Label",
    "lead": "Rimay Lead",
    "fine": "Rimay Small",
    "notice": "Rimay Notice",
    "note": "Rimay Note",
    "aside": "Rimay Aside",
    "quote": "Quote",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TEXT_WIDTH = 160
_INDENT = 6
_ROOM_TO_WRITE = 9


def create_press_word(template: Template, language: str, root: Path) -> bytes:
    """The sheet to fill in as Word: A4, real styles, the organisation at the head of every page.

    Each place to fill in is a control that shows its label: a click selects it and typing replaces it, look and all.
    """
    document = _create(template.title.get(language), language, root)
    header = document.sections[0].header.paragraphs[0]
    header.style = "Header"
    _add_place(header, f"[{template.name.label.get(language)}]")
    for block in create_blank(template, language):
        if block.style == "table":
            _add_table(document, _table(block))
        elif block.style == "entries":
            for entry in block.entries:
                _add_entry(document, entry)
        else:
            paragraph = document.add_paragraph(style=PRESS_STYLES[block.style])
            for index, line in enumerate(block.lines):
                if index:
                    paragraph.add_run().add_break()
                for run in line:
                    if run.is_blank:
                        _add_place(paragraph, run.text)
                    else:
                        paragraph.add_run(run.text)
    return _save(document)


def _table(block: PressBlock) -> Table:
    return Table(
        tuple((Run(head),) for head in block.head),
        tuple(tuple((Run(cell),) if cell else () for cell in row) for row in block.rows),
    )


def _add_entry(document: Word, entry: list[tuple[str, str]]) -> None:
    paragraph = document.add_paragraph(style=PRESS_STYLES["entries"])
    for index, (head, cell) in enumerate(entry):
        if index:
            paragraph.add_run().add_break()
        paragraph.add_run(f"{head}: ").bold = True
        if cell:
            paragraph.add_run(cell)
        else:
            _add_place(paragraph, "[…]")


def _add_place(paragraph: WordParagraph, label: str) -> None:
    """A control that shows its label until something is typed, and then is gone."""
    run = paragraph.add_run(label, style=BLANK_STYLE)
    _control(paragraph, run, ("w:temporary", None), ("w:showingPlcHdr", None), ("w:text", None))


def create_sheet_word(sheet: Sheet, root: Path) -> bytes:
    """A guide or a handout as Word, with real headings, lists and tables."""
    document = _create(sheet.title, sheet.language, root)
    document.core_properties.subject = sheet.description[:255]
    if sheet.style != "letter":
        header = document.sections[0].header.paragraphs[0]
        header.text, header.style = f"{sheet.running} · {sheet.address.removeprefix('https://')}", "Header"
    for index, part in enumerate(sheet.parts):
        if index:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _add_blocks(document, part, "")
    return _save(document)


def create_form_word(form: Form, language: str, strings: Mapping[str, str], root: Path) -> bytes:
    """The blank form as Word. Each answer is a content control tagged with its box, which the page can fill in."""
    document = _create(form.title.get(language), language, root)
    opening = [b for b in create_form_blocks(form, language, strings) if isinstance(b, Paragraph | Heading | Group)][:4]
    _add_blocks(document, tuple(opening), "")
    for section in form.sections:
        document.add_paragraph(section.title.get(language), style="Heading 1")
        if section.note:
            document.add_paragraph(section.note.get(language), style="Rimay Small")
        for box in section.boxes:
            _add_box(document, box, language)
    return _save(document)


def _add_box(document: Word, box: Box, language: str) -> None:
    question = document.add_paragraph(style="Normal")
    question.paragraph_format.keep_with_next = True
    question.add_run(f"{box.number}  {box.label.get(language)}").bold = True
    if box.hint:
        question.add_run(f" {box.hint.get(language)}", style="Rimay Hint")
    if box.type == "table":
        grid = document.add_table(rows=1 + ROWS, cols=len(box.columns), style="Table Grid")
        for index, column in enumerate(box.columns):
            grid.rows[0].cells[index].paragraphs[0].add_run(column.get(language)).bold = True
            for row in range(ROWS):
                _add_control(grid.rows[row + 1].cells[index].paragraphs[0], f"{box.id}.{row}.{index}", "")
        document.add_paragraph(style="Rimay Small")
        return
    choices = "   ".join(f"☐ {choice.get(language)}" for choice in box.choices)
    _add_control(document.add_paragraph(style="Rimay Answer"), box.id, choices)


def _add_control(paragraph: WordParagraph, tag: str, text: str) -> None:
    """A plain-text content control with a tag, which the page finds its place by."""
    run = paragraph.add_run(text or "\u2002" * 5)
    _control(paragraph, run, ("w:tag", ("w:val", tag)), ("w:text", ("w:multiLine", "1")))


def _control(paragraph: WordParagraph, run: WordRun, *properties: tuple[str, tuple[str, str] | None]) -> None:
    """Put a content control with the properties around a run, which has just been added."""
    control, about, content = (OxmlElement(element) for element in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    for name, attribute in properties:
        element = OxmlElement(name)
        if attribute:
            element.set(qn(attribute[0]), attribute[1])
        about.append(element)
    paragraph._p.replace(run._r, control)
    content.append(run._r)
    control.append(about)
    control.append(content)


def _create(title: str, language: str, root: Path) -> Word:
    document = Document(str(root / "overrides" / "documents" / "base.docx"))
    document.core_properties.title = title[:255]  # all that Word keeps
    document.core_properties.language = language
    code = str(LANGUAGES[language]).replace("_", "-")
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), code)
    return document


def _add_blocks(document: Word, blocks: tuple[Block, ...], style: str, indent: int = 0) -> None:
    for block in blocks:
        match block:
            case Heading():
                name = "Title" if block.level == 1 else f"Heading {min(block.level - 1, 4)}"
                _write(document.add_paragraph(style=name), block.runs)
            case Paragraph():
                paragraph = document.add_paragraph(style=STYLES.get(block.style or style, "Normal"))
                _indent(paragraph, indent)
                _write(paragraph, block.runs)
            case Items():
                _add_items(document, block, style, indent)
            case Table():
                _add_table(document, block)
            case Group():
                _add_blocks(document, block.blocks, block.style, indent)


def _add_items(document: Word, items: Items, style: str, indent: int) -> None:
    number = _new_numbering(document) if items.ordered else None
    name = "Rimay Tick" if items.ticks else "List Number" if items.ordered else "List Bullet"
    for item in items.items:
        for index, block in enumerate(item):
            if index == 0 and isinstance(block, Paragraph):
                paragraph = document.add_paragraph(style=name)
                _indent(paragraph, indent)
                if items.ticks:
                    paragraph.add_run("☐\u2002")
                if number is not None:
                    _number(paragraph, number)
                _write(paragraph, block.runs)
            else:
                _add_blocks(document, (block,), style, indent + _INDENT)


def _add_table(document: Word, table: Table) -> None:
    widths = column_widths(table)
    grid = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    grid.autofit = False
    for column, share in zip(grid.columns, widths, strict=True):
        column.width = Mm(_TEXT_WIDTH * share / sum(widths))
    for row_index, row in enumerate((table.head, *table.rows)):
        line = grid.add_row()
        if not all(row):
            line.height = Mm(_ROOM_TO_WRITE)
        for cell, runs, share in zip(line.cells, row, widths, strict=False):
            cell.width = Mm(_TEXT_WIDTH * share / sum(widths))
            cell.paragraphs[0].style = "Rimay Cell"
            _write(cell.paragraphs[0], runs, bold=row_index == 0)
    heading = grid.rows[0]._tr.get_or_add_trPr()
    heading.append(OxmlElement("w:tblHeader"))
    document.add_paragraph(style="Rimay Small")


def _write(paragraph: WordParagraph, runs: Runs, *, bold: bool = False) -> None:
    for link, linked in groupby(runs, key=lambda run: run.link):
        written = [piece for run in linked for piece in _write_run(paragraph, run, bold=bold)]
        if link:
            _link(paragraph, written, link)


def _link(paragraph: WordParagraph, runs: Sequence[WordRun], address: str) -> None:
    """Make runs that have just been added lead to an address of the web."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    element.extend(run._r for run in runs)
    paragraph._p.append(element)


def _write_run(paragraph: WordParagraph, run: Run, *, bold: bool) -> Iterator[WordRun]:
    for index, words in enumerate(run.text.split("\n")):
        written = paragraph.add_run()
        if index:
            written.add_break()
        written.add_text(words)
        written.bold = run.bold or bold or None
        written.italic = run.italic or None
        written.underline = bool(run.link) or None
        yield written


def _indent(paragraph: WordParagraph, indent: int) -> None:
    if indent:
        own = paragraph.style.paragraph_format.left_indent if paragraph.style else None
        paragraph.paragraph_format.left_indent = Mm(indent) + (own or 0)


def _new_numbering(document: Word) -> int:
    """A numbered list that begins at 1 again. Returns its number in the document."""
    numbering = document.part.numbering_part.element
    properties = document.styles["List Number"].element.pPr
    origin = numbering.num_having_numId(properties.numPr.numId.val)
    number = numbering.add_num(origin.abstractNumId.val)
    override = number.add_lvlOverride(ilvl=0)
    override.add_startOverride(1)
    return int(number.numId)


def _number(paragraph: WordParagraph, number: int) -> None:
    properties = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", 0), ("w:numId", number)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(value))
        properties.append(element)
    # after the style and before everything else that Word wants in order
    paragraph._p.get_or_add_pPr().insert(1, properties)


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
