"""The golden tree: every text that the miniature project publishes, as it was last accepted.

``pytest --accept`` rewrites ``tests/expected``; read the change with ``git diff`` before you commit it.
"""

import difflib
import io
import re
import shutil
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook
from pypdf import PdfReader

from rimay.page import Output, Page
from tests.conftest import TESTS

EXPECTED = TESTS / "expected"


def create_tree(outputs: Mapping[str, Output]) -> dict[str, str]:
    """Each output as text: a page with its facts; Word, PDF and Excel as the words that a reader finds in them."""
    tree = {}
    for path, output in outputs.items():
        if output.page:
            # the size of Word and PDF files depends on the compressor of the machine
            words = re.sub(r"\b\d+ kB", "… kB", str(output.content))
            tree[path.removesuffix(".html") + ".md"] = _facts(output.page) + words
        elif read := READERS.get(path.rpartition(".")[2]):
            assert isinstance(output.content, bytes)
            tree[f"{path}.txt"] = read(output.content)
        elif path.endswith(".zip"):
            assert isinstance(output.content, bytes)
            tree[f"{path}.txt"] = "".join(
                f"{name}\n" for name in zipfile.ZipFile(io.BytesIO(output.content)).namelist()
            )
        else:
            content = output.content
            tree[path] = content.decode("utf-8") if isinstance(content, bytes) else content
    return tree


def _facts(page: Page) -> str:
    names = ("kind", "title", "description", "language", "text_language", "address", "source_uri", "source", "section")
    lines = [f"{name}: {getattr(page, name)}" for name in names]
    lines += [f"above: {title} /{address}" for title, address in page.trail]
    lines += [f"hreflang {language}: /{address}" for language, address in page.translations.items()]
    lines += [f"switch {language}: /{address}" for language, address in page.switch.items()]
    lines += [f"feed: {page.feed[1]} /{page.feed[0]}"] if page.feed else []
    lines += [f"image: /{page.image}"] if page.image else []
    lines += [f"data: {page.data}"] if page.data else []
    lines += [f"filter {name}: {', '.join(values)}" for name, values in page.filters.items()]
    return "\n".join(["---", *lines, "---", ""])


def read_word(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    header = document.sections[0].header.paragraphs[0]
    lines = [f"[{p.style.name if p.style else ''}] {_words(p)}\n" for p in document.paragraphs]
    lines += [
        f"[table] {' | '.join(cell.text for cell in row.cells)}\n" for table in document.tables for row in table.rows
    ]
    return "".join([*([f"[header] {_words(header)}\n"] if _words(header) else []), *lines])


def _words(paragraph: Paragraph) -> str:
    """What a reader sees, in the controls to fill in too."""
    signs = {qn("w:t"): None, qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(signs[part.tag] or part.text or "" for part in paragraph._p.iter(*signs))


def read_pdf(content: bytes) -> str:
    return "\f\n".join(f"{page.extract_text()}\n" for page in PdfReader(io.BytesIO(content)).pages)


def read_workbook(content: bytes) -> str:
    book = load_workbook(io.BytesIO(content))
    lines = []
    for sheet in book:
        lines.append(f"[{sheet.title}] {sheet.dimensions}")
        lines += [" | ".join(str(cell) for cell in row) for row in sheet.iter_rows(values_only=True) if any(row)]
    return "\n".join([*lines, ""])


def read_image(content: bytes) -> str:
    """The size of a PNG: what it shows is looked at elsewhere."""
    width, height = struct.unpack(">II", content[16:24])
    return f"{width} × {height}\n"


READERS = {"docx": read_word, "pdf": read_pdf, "xlsx": read_workbook, "png": read_image}


def compare(tree: Mapping[str, str], folder: Path) -> list[str]:
    """What differs between the tree and a folder: missing and extra files, changed lines."""
    accepted = {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    report = [f"missing: {path} is no longer published" for path in sorted(accepted.keys() - tree.keys())]
    report += [f"extra: {path} is new" for path in sorted(tree.keys() - accepted.keys())]
    for path in sorted(tree.keys() & accepted.keys()):
        if tree[path] != accepted[path]:
            before, after = accepted[path].splitlines(), tree[path].splitlines()
            lines = difflib.unified_diff(before, after, "accepted", "published", lineterm="", n=1)
            report.append("\n".join([f"changed: {path}", *lines]))
    return report


def accept(tree: Mapping[str, str], folder: Path) -> None:
    """Make the folder say what the tree says."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, words in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(words.encode("utf-8"))


def test_everything_is_published_as_last_accepted(
    mini_outputs: Mapping[str, Output], request: pytest.FixtureRequest
) -> None:
    tree = create_tree(mini_outputs)
    if request.config.getoption("accept"):
        accept(tree, EXPECTED)
    report = compare(tree, EXPECTED)
    assert not report, "\n\n".join([*report, "Is the change meant? Then run: pytest --accept"])


def test_a_difference_is_reported_by_file_and_line(tmp_path: Path) -> None:
    accept({"same.md": "a\n", "changed.md": "one\ntwo\n", "gone.md": "x\n"}, tmp_path)

    report = compare({"same.md": "a\n", "changed.md": "one\n2\n", "new.md": "y\n"}, tmp_path)

    assert report[:2] == ["missing: gone.md is no longer published", "extra: new.md is new"]
    assert report[2].splitlines()[0] == "changed: changed.md"
    assert report[2].splitlines()[-2:] == ["-two", "+2"]
    assert len(report) == 3


def test_accepting_leaves_nothing_of_the_old_tree(tmp_path: Path) -> None:
    accept({"old.md": "x\n"}, tmp_path)
    accept({"new/page.md": "y\r\n"}, tmp_path)

    assert compare({"new/page.md": "y\r\n"}, tmp_path) == []
