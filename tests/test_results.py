"""Results: figures that are never made more than they are, pictures that say the same, tables to take away."""

import csv
import io
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from rimay.charts import create_charts
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.outputs import Site
from rimay.page import Output
from rimay.records.fields import Prose, Text
from rimay.records.indicator import Figure, Indicator, Part
from tests.test_text import read

INDEX = {"es": "resultados/", "en": "en/results/"}
PAGE = {"es": "resultados/indicador-de-prueba/", "en": "en/results/test-indicator/"}
FILE = {"es": "resultados/resultados", "en": "en/results/results"}
WORDS = Text.of(es="x")


def create_indicator(figures: list[Figure], parts: list[Part] | None = None) -> Indicator:
    prose = Prose.of(es="x")
    return Indicator(
        id="x",
        code="X",
        title=WORDS,
        group="impact",
        summary=WORDS,
        definition=prose,
        narrative=prose,
        figures=tuple(figures),
        parts=tuple(parts or ()),
        sources=({"document": "caso-inventado"},),
    )


def figure(end: int, baseline: int | None = None, unit: str = "count") -> Figure:
    return Figure.model_validate({"label": WORDS, "baseline": baseline, "end": end, "unit": unit})


# --- geometry -------------------------------------------------------------------------------------


def test_a_percentage_is_drawn_on_the_scale_of_a_hundred() -> None:
    [chart] = create_charts(create_indicator([figure(12, 9, "percent")]))

    assert [(bar.style, bar.value, bar.width) for bar in chart.bars] == [("baseline", 9, "9%"), ("end", 12, "12%")]


def test_counts_are_drawn_from_nought_to_the_largest() -> None:
    first, second = create_charts(create_indicator([figure(4937, 4329), figure(33, 14)]))

    assert [bar.width for bar in first.bars] == ["87.68%", "100%"]
    assert [bar.width for bar in second.bars] == ["0.28%", "0.67%"]


def test_parts_are_drawn_on_the_scale_of_the_largest_part() -> None:
    parts = [Part(label=WORDS, value=value) for value in (6, 8, 3)]

    [chart] = create_charts(create_indicator([figure(17)], parts))

    assert [bar.width for bar in chart.bars] == ["75%", "100%", "37.5%"]


def test_a_figure_without_a_baseline_makes_no_picture() -> None:
    assert create_charts(create_indicator([figure(70), figure(3838)])) == []


def test_nothing_but_noughts_is_drawn_as_nothing() -> None:
    [chart] = create_charts(create_indicator([figure(0, 0)]))

    assert [bar.width for bar in chart.bars] == ["0%", "0%"]


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_longer_bar_never_stands_for_a_smaller_number(baseline: int, end: int) -> None:
    [chart] = create_charts(create_indicator([figure(end, baseline)]))
    before, after = (float(bar.width.rstrip("%")) for bar in chart.bars)

    assert 0 <= before <= 100
    assert 0 <= after <= 100
    assert (before <= after) if baseline <= end else (before >= after)


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", ["Mujeres & <jóvenes>: de 0\u00a0% a 12\u00a0%.", "Baja: de 33\u00a0% a 32\u00a0%.",
                "Afiliación: de 4,329 a 4,937.", "2011: 14; 2012: 3."]),
        ("en", ["Women & <young people>: from 0% to 12%.", "A fall: from 33% to 32%.",
                "Members: from 4,329 to 4,937.", "2011: 14; 2012: 3."]),
    ],
)  # fmt: skip
def test_a_picture_says_in_words_what_it_shows(
    language: str, expected: list[str], mini_outputs: Mapping[str, Output]
) -> None:
    for address in (PAGE[language], INDEX[language]):
        tags = read(str(mini_outputs[f"{address}index.html"].content)).tags
        assert [attributes["aria-label"] for _, attributes in tags if attributes.get("role") == "img"] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_has_no_style_script_or_line(language: str, mini_outputs: Mapping[str, Output]) -> None:
    tags = read(str(mini_outputs[f"{PAGE[language]}index.html"].content)).tags

    assert {tag for tag, _ in tags} & {"line", "path", "polyline", "script", "style"} == set()
    assert not [attributes for _, attributes in tags if "style" in attributes]


def test_a_table_says_every_number_of_the_pictures(mini_library: Library, mini_outputs: Mapping[str, Output]) -> None:
    indicator = mini_library.find(Indicator, "indicador-de-prueba")
    table = [line for line in str(mini_outputs[f"{PAGE['en']}index.html"].content).splitlines() if line[:1] == "|"]

    for chart in create_charts(indicator):
        for bar in chart.bars:
            shown = f"{bar.value:,}" + ("%" if bar.unit == "percent" else "")
            assert any(f" {shown} |" in line for line in table), shown


def test_a_difference_stands_only_where_both_values_do(mini_outputs: Mapping[str, Output]) -> None:
    table = [line for line in str(mini_outputs[f"{PAGE['en']}index.html"].content).splitlines() if line[:1] == "|"]

    assert [line.split("|")[4].strip() for line in table[2:6]] == ["+12 points", "−1 point", "+608", "–"]


def test_a_page_without_any_baseline_says_so_and_shows_no_empty_columns(mini_outputs: Mapping[str, Output]) -> None:
    page = str(mini_outputs["en/results/activities/index.html"].content)

    assert "| What was measured | At the end |\n" in page
    assert "The source gives no baseline" in page


def test_every_indicator_stands_in_the_index_with_a_link(real_site: Site) -> None:
    for pages in real_site.pages.values():
        index = next(page for page in pages if page.source_uri == "results/index.md")
        for indicator in real_site.library.all(Indicator):
            assert f"../indicators/{indicator.id}.md" in index.text, indicator.id


# --- tables to take away --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_and_spreadsheet_have_a_row_for_each_figure_and_part(
    language: str, mini_outputs: Mapping[str, Output]
) -> None:
    text, book = (mini_outputs[f"{FILE[language]}.{suffix}"].content for suffix in ("csv", "xlsx"))
    assert isinstance(text, bytes)
    assert isinstance(book, bytes)
    rows = [*csv.reader(io.StringIO(text.decode("utf-8-sig")))]
    cells = [*load_workbook(io.BytesIO(book)).worksheets[0].values]

    assert [row[5:8] for row in rows[1:]] == [
        ["0", "12", "12"], ["33", "32", "-1"], ["4329", "4937", "608"], ["", "17", ""],
        ["", "14", ""], ["", "3", ""], ["", "3", ""],
    ]  # fmt: skip
    assert [[str("" if cell is None else cell) for cell in row] for row in cells] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_numbers_are_numbers_and_nothing_is_a_formula(mini_outputs: Mapping[str, Output]) -> None:
    content = mini_outputs[f"{FILE['es']}.xlsx"].content
    assert isinstance(content, bytes)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]

    assert sheet["G2"].value == 12
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
