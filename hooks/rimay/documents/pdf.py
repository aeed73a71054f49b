"""PDF by Typst: tagged (PDF/UA-1), A4, in the language of its text, the same bytes for the same record."""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import segno
import typst

from rimay.blocks import Block, Group, Heading, Items, Paragraph, Run, Sheet, Table, column_widths
from rimay.press import Block as PressBlock
from rimay.press import create_blank, create_example
from rimay.records.template import Template

#: Documents carry no moment of their own: they change only when their record does.
_TIMESTAMP = datetime(2000, 1, 1, tzinfo=UTC)


def create_press_pdf(template: Template, language: str, strings: Mapping[str, str], root: Path) -> bytes:
    """A press template as PDF: the sheet to fill in, and the worked example behind it.

    Raises RuntimeError where Typst warns, as it does for a font or a glyph that is missing.
    """
    data = {
        "language": language,
        "title": template.title.get(language),
        "description": template.summary.get(language),
        "blank_title": f"{template.title.get(language)}: {strings['template.blank']}",
        "example_title": f"{template.title.get(language)}: {strings['template.example']}",
        "example_note": template.example_note.get(language),
        "footer": strings["document.footer"],
        "page": strings["document.page"],
        "blank": [_press_data(block) for block in create_blank(template, language)],
        "example": [_press_data(block) for block in create_example(template, language)],
    }
    return _compile(root, "press.typ", data)


def _press_data(block: PressBlock) -> dict[str, object]:
    cells = [tuple((Run(text),) if text else () for text in row) for row in (block.head, *block.rows)]
    return asdict(block) | {"entries": block.entries, "widths": column_widths(Table(cells[0], tuple(cells[1:])))}


def create_sheet_pdf(sheet: Sheet, strings: Mapping[str, str], root: Path) -> bytes:
    """A guide, a handout, or several of them as one book. Raises RuntimeError as above."""
    code = io.BytesIO()
    segno.make_qr(sheet.address, error="m").save(code, kind="svg", border=0, scale=4)
    data = {
        "title": sheet.title,
        "description": sheet.description,
        "language": sheet.language,
        "running": sheet.running,
        "address": sheet.address.removeprefix("https://"),
        "page": strings["document.page"],
        "contents": sheet.contents,
        "style": sheet.style,
        "code": code.getvalue().decode(),
        "parts": [_part(part) for part in sheet.parts],
    }
    return _compile(root, "guide.typ", data)


def _part(blocks: tuple[Block, ...]) -> dict[str, object]:
    """A part: what stands beside the QR code (up to the title and its lead), and the rest."""
    title = next((i for i, block in enumerate(blocks) if isinstance(block, Heading)), -1)
    after = blocks[title + 1] if title + 1 < len(blocks) else None
    cut = title + (2 if isinstance(after, Paragraph) and after.style == "lead" else 1)
    return {"opening": [_data(block) for block in blocks[:cut]], "blocks": [_data(block) for block in blocks[cut:]]}


def _data(block: Block) -> dict[str, object]:
    data: dict[str, object] = {"kind": type(block).__name__.lower()}
    match block:
        case Heading():
            data |= {"level": block.level, "runs": [asdict(run) for run in block.runs]}
        case Paragraph():
            data |= {"style": block.style, "runs": [asdict(run) for run in block.runs]}
        case Items():
            items = [[_data(inner) for inner in item] for item in block.items]
            data |= {"ordered": block.ordered, "ticks": block.ticks, "items": items}
        case Table():
            rows = [[[asdict(run) for run in cell] for cell in row] for row in block.rows]
            head = [[asdict(run) for run in cell] for cell in block.head]
            data |= {"head": head, "rows": rows, "widths": column_widths(block)}
        case Group():
            data |= {"style": block.style, "blocks": [_data(inner) for inner in block.blocks]}
    return data


def _compile(root: Path, name: str, data: Mapping[str, object]) -> bytes:
    folder = root / "overrides" / "documents"
    try:
        pdf, warnings = typst.compile_with_warnings(
            folder / name,
            root=folder,
            font_paths=[folder / "fonts"],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=_TIMESTAMP,
        )
    except typst.TypstError as error:
        raise RuntimeError(f"{name}: {error.message}") from error
    if warnings:
        raise RuntimeError(f"{name}: {warnings[0].message}")
    return bytes(pdf)
