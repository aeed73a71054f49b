"""PDF by Typst: tagged (PDF/UA-1), A4, in the language of its text, the same bytes for the same record."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typst

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
        "blank": [asdict(block) for block in create_blank(template, language)],
        "example": [asdict(block) for block in create_example(template, language)],
    }
    return _compile(root, "press.typ", data)


def _compile(root: Path, name: str, data: Mapping[str, object]) -> bytes:
    folder = root / "overrides" / "documents"
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
    if warnings:
        raise RuntimeError(f"{name}: {warnings[0].message}")
    return bytes(pdf)
