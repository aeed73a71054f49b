"""Spreadsheets by XlsxWriter: text and numbers, nothing is ever a formula; the same bytes every time."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from xlsxwriter import Workbook

from rimay.records.template import Template

#: Rows ready to write in.
EMPTY_ROWS = 40
_CREATED = datetime(2000, 1, 1)
_NARROW, _WIDE = 14, 44
#: As much of a title as stands in the footer, which holds 255 signs with every & written twice.
_FOOTER = 100
Row = Sequence[str | int]


def create_press_workbook(template: Template, language: str, strings: Mapping[str, str]) -> bytes:
    """A press template of rows as a spreadsheet: a sheet to write in, and the worked example behind it."""
    placeholder = next(placeholder for placeholder in template.placeholders if placeholder.type == "rows")
    head = [column.get(language) for column in placeholder.columns]
    sheets = {
        template.title.get(language): [[""] * len(head)] * EMPTY_ROWS,
        strings["template.example"]: placeholder.rows(language),
    }
    return _create(template.title.get(language), head, sheets, strings["document.page"])


def create_register_workbook(title: str, head: Row, rows: Iterable[Row], page: str) -> bytes:
    """A register as a spreadsheet with filters."""
    return _create(title, head, {title: list(rows)}, page)


def _create(title: str, head: Row, sheets: Mapping[str, Sequence[Row]], page: str) -> bytes:
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": title, "author": "Rimay", "created": _CREATED})
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        number = workbook.add_format({"valign": "top", "bottom": 4})
        plain = workbook.add_format({"text_wrap": True, "valign": "top", "bottom": 4, "num_format": "@"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(_sheet_name(name))
            sheet.write_row(0, 0, head, bold)
            for line, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(line, column, cell, number)
                    elif cell:
                        sheet.write_string(line, column, cell, plain)
                    else:
                        sheet.write_blank(line, column, None, plain)
            for column in range(len(head)):
                longest = max(len(str(row[column])) for row in (head, *rows))
                sheet.set_column(column, column, max(_NARROW, min(_WIDE, longest)))
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            short = title if len(title) <= _FOOTER else f"{title[:_FOOTER]}…"
            sheet.set_footer("&L" + short.replace("&", "&&") + "&R" + page.format(page="&P", pages="&N"))
    return target.getvalue()


def _sheet_name(title: str) -> str:
    """A title as the name of a sheet, which has at most 31 signs and none of ``[]:*?/\\``."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip()
