"""The life of laws: each moment once, in order, by decade and year."""

from datetime import date
from typing import Any

import pytest

from rimay.chronology import create_chronology, create_moments
from rimay.library import Library
from rimay.records.fields import PartialDate
from rimay.records.law import Law
from rimay.view import Place, View
from tests.conftest import SITE_URL


def create_law(name: str = "ley-1", **fields: Any) -> Law:
    words = {"es": "x"}
    return Law.model_validate(
        {
            "id": name,
            "title": words,
            "name": words,
            "type": "law",
            "subjects": ["pay"],
            "status": "in-force",
            "as_of": date(2024, 2, 29),
            "summary": words,
            "sources": [{"document": "registro-publico"}],
            **fields,
        }
    )


def event(when: object) -> dict[str, object]:
    return {"date": when, "text": {"es": f"Pasó en {when}."}}


def test_publication_and_ratification_are_moments() -> None:
    moments = create_moments(create_law(published=1948, ratified=1960))

    assert [(str(moment.date), moment.field) for moment in moments] == [("1948", "published"), ("1960", "ratified")]


@pytest.mark.parametrize("told", ["2020-12-06", "2020-12", "2020"])
def test_what_the_history_tells_is_not_told_twice(told: str) -> None:
    [moment] = create_moments(create_law(published="2020-12-06", history=[event(told)]))

    assert moment.text is not None
    assert moment.field is None


def test_moments_come_in_order_whatever_the_record_says() -> None:
    law = create_law(published="2000-10-31", history=[event("2020-12-06"), event("2019"), event("2019-12-29")])

    assert [str(m.date) for m in create_moments(law)] == ["2000-10-31", "2019", "2019-12-29", "2020-12-06"]


def test_the_chronology_goes_back_by_decade_and_year_and_forward_within_a_year() -> None:
    laws = [
        create_law("a", history=[event("2020-12-06"), event("1944-07-10")]),
        create_law("b", published="2020-12-04", history=[event("2021")]),
    ]

    found = [
        (decade, [(year, [f"{m.law.id} {m.date}" for m in moments]) for year, moments in years])
        for decade, years in create_chronology(laws)
    ]

    assert found == [
        (2020, [(2021, ["b 2021"]), (2020, ["b 2020-12-04", "a 2020-12-06"])]),
        (1940, [(1944, ["a 1944-07-10"])]),
    ]


def test_a_law_without_dates_is_not_in_the_chronology() -> None:
    assert create_chronology([create_law()]) == []


def test_a_moment_knows_the_law_that_did_it(mini_library: Library) -> None:
    last = create_moments(mini_library.find(Law, "ley-1"))[-1]

    assert (last.date, last.by) == (PartialDate(2020), "decreto-2")


def test_affiliation_is_a_tree_from_the_top(mini_library: Library) -> None:
    view = View(mini_library, {}, SITE_URL, Place("es", "es", "organisations/index.md", "organizaciones/"))

    assert [(depth, organisation.id) for depth, organisation in view.affiliations] == [
        (0, "federacion-de-prueba"),
        (1, "sindicato-de-prueba"),
    ]
