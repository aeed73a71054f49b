"""The register of media: what is public goes out as a table, CSV and a spreadsheet; private contacts never do."""

import csv
import io
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rimay.languages import LANGUAGES
from rimay.outputs import Site
from rimay.page import Output
from rimay.problems import DataProblems
from rimay.registers import create_csv
from tests.conftest import ROOT, SITE_URL
from tests.test_text import read

REGISTER = {"es": "prensa/medios/", "en": "en/press/media/"}
FILE = {"es": "prensa/medios/medios", "en": "en/press/media/media"}
CONTACTS = """\
- outlet: radio-de-prueba
  name: "PERSONA-PRIVADA"
  phone: "=000 000 000"
  notes: "Pide audios."
"""


def _bytes(output: Output) -> bytes:
    assert isinstance(output.content, bytes)
    return output.content


def _read_csv(output: Output) -> list[list[str]]:
    return [*csv.reader(io.StringIO(_bytes(output).decode("utf-8-sig")))]


def _write_contacts(project: Path, words: str = CONTACTS) -> None:
    (project / "data" / "private").mkdir()
    (project / "data" / "private" / "contacts.yml").write_text(words, "utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_and_spreadsheet_have_a_row_for_each_outlet(language: str, mini_outputs: Mapping[str, Output]) -> None:
    words = _bytes(mini_outputs[f"{FILE[language]}.csv"]).decode("utf-8-sig")
    rows = [*csv.reader(io.StringIO(words))]
    sheet = load_workbook(io.BytesIO(_bytes(mini_outputs[f"{FILE[language]}.xlsx"]))).worksheets[0]
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]

    assert [row[0] for row in rows[1:]] == ["'=Agencia", "Radio de Prueba & Cía"]
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == cells
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}, "no cell is a formula"


@pytest.mark.parametrize("path", ["convenios/convenios", "en/agreements/agreements"])
def test_the_register_of_agreements_has_the_deadlines_that_can_be_counted(
    path: str, mini_outputs: Mapping[str, Output]
) -> None:
    head, dated, undated = _read_csv(mini_outputs[f"{path}.csv"])

    assert len(head) == len(dated) == len(undated)
    assert dated[5:11] == ["2022-03", "2022-03-01", "2024-02-29", "2023-11-01", "2023-12-31", "2024-01-30"]
    assert set(undated[5:]) == {""}
    assert dated[12] in ("'=Una *reunión* al mes; Botas | guantes", "'=A monthly *meeting*; Boots | gloves")


@pytest.mark.parametrize("path", ["mandatos/mandatos", "en/mandates/mandates"])
def test_the_register_of_terms_has_the_one_that_ends_first_at_the_top(
    path: str, mini_outputs: Mapping[str, Output]
) -> None:
    _, first, second = _read_csv(mini_outputs[f"{path}.csv"])

    assert first[2:7] == ["2024-01-01", "2024-10-02", "", "2024-12-31", ""]
    assert second[2:6] == ["2023-03-01", "2024-11-30", "2025-02-09", "2025-02-28"]


@pytest.mark.parametrize("path", ["convenios/convenios", "en/agreements/agreements", "mandatos/mandatos"])
def test_csv_and_spreadsheet_say_the_same(path: str, mini_outputs: Mapping[str, Output]) -> None:
    sheet = load_workbook(io.BytesIO(_bytes(mini_outputs[f"{path}.xlsx"]))).worksheets[0]
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]

    assert [[cell.removeprefix("'") for cell in row] for row in _read_csv(mini_outputs[f"{path}.csv"])] == cells


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_could_be_a_formula_is_told_to_be_text(sign: str) -> None:
    [head, row] = csv.reader(io.StringIO(create_csv(["x"], [[f"{sign}cmd|calc"]]).decode("utf-8-sig"), newline=""))

    assert head == ["x"]
    assert row == [f"'{sign}cmd|calc"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_a_plain_table_with_what_its_filters_need(
    language: str, mini_outputs: Mapping[str, Output]
) -> None:
    tags = read(str(mini_outputs[f"{REGISTER[language]}index.html"].content)).tags
    rows = [attributes for tag, attributes in tags if tag == "tr" and "data-medium" in attributes]
    filters = json.loads(next(str(attributes["data-filter"]) for _, attributes in tags if "data-filter" in attributes))

    assert [row["data-medium"] for row in rows] == ["agency", "community-radio"]
    assert [row["data-language"] for row in rows] == ["en", "es qu"]
    offered = {found["name"]: {value for value, _ in found["options"]} for found in filters}
    for row in rows:
        for name, values in offered.items():
            assert set(str(row[f"data-{name}"] or "").split()) <= values


def test_private_contacts_never_leave_in_a_build(mini_project: Path) -> None:
    _write_contacts(mini_project)
    site = Site(mini_project, SITE_URL)

    outputs = [output for language in LANGUAGES for output in site.create_outputs(language)]

    for output in outputs:
        content = output.content if isinstance(output.content, bytes) else output.content.encode()
        assert b"PERSONA-PRIVADA" not in content, output.path
        if output.path.endswith(".xlsx"):
            values = load_workbook(io.BytesIO(content)).worksheets[0].values
            assert "PERSONA-PRIVADA" not in [cell for row in values for cell in row]


def test_private_contacts_show_in_the_preview_and_in_its_spreadsheet(mini_project: Path) -> None:
    _write_contacts(mini_project)

    outputs = {output.path: output for output in Site(mini_project, SITE_URL, preview=True).create_outputs("es")}

    for page in ("prensa/medios/index.html", "prensa/medios/radio-de-prueba/index.html"):
        assert "PERSONA-PRIVADA · =000 000 000 · Pide audios." in read(str(outputs[page].content)).words
    sheet = load_workbook(io.BytesIO(_bytes(outputs["prensa/medios/medios.xlsx"]))).worksheets[0]
    assert ["PERSONA-PRIVADA", None, "=000 000 000"] in [list(row[8:11]) for row in sheet.values]
    assert "'=000 000 000" in _bytes(outputs["prensa/medios/medios.csv"]).decode("utf-8-sig")


def test_a_mistake_in_private_contacts_is_told_with_its_line(mini_project: Path) -> None:
    _write_contacts(mini_project, CONTACTS.replace("phone: ", "fone: "))

    with pytest.raises(DataProblems, match=r"data/private/contacts.yml:3: 0.fone: no existe este campo.*phone"):
        Site(mini_project, SITE_URL, preview=True)
    Site(mini_project, SITE_URL)


def test_a_contact_at_an_unknown_outlet_is_told(mini_project: Path) -> None:
    _write_contacts(mini_project, CONTACTS.replace("radio-de-prueba", "radio-de-pruebas"))

    with pytest.raises(DataProblems, match="«radio-de-prueba»"):
        Site(mini_project, SITE_URL, preview=True)


def test_git_ignores_private_contacts() -> None:
    answer = subprocess.run(["git", "check-ignore", "-q", "data/private/contacts.yml"], cwd=ROOT, check=False)

    assert answer.returncode == 0
