"""What a text names: records by a link, organisations by their acronym."""

import pytest

from rimay.library import Library
from rimay.naming import Names
from rimay.records.organisation import Organisation

KINDS = {"laws": "law", "organisations": "organisation"}


def create_names(**acronyms: str) -> Names:
    words = {"es": "x"}
    sources = [{"document": "caso-inventado"}]
    return Names(
        [
            Organisation.model_validate(
                {"id": name, "name": words, "acronym": acronym, "type": "union", "summary": words, "sources": sources}
            )
            for name, acronym in acronyms.items()
        ],
        KINDS,
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("la [ley](../laws/ley-1.md) dice", {("law", "ley-1")}),
        ("la [ley](<../laws/ley-1.md#historia>)", {("law", "ley-1")}),
        ("[aquí](cut.md)", {("organisation", "cut")}),
        ("[una parte](../laws/index.md)", {("law", "index")}),  # nothing is there, and nobody asks
        ("[fuera](https://example.org/laws/ley-1.md)", set()),
        ("[otra carpeta](../press/radio.md)", set()),
        ("Lo dijo la CUT.", {("organisation", "cut")}),
        ("«CUT» y OIT", {("organisation", "cut"), ("organisation", "oit")}),
        ("the ILO, too", {("organisation", "oit")}),
        ("SUT-SPCC", {("organisation", "spcc")}),
        ("la cut, CUTE, CUT-X y SUT", set()),
        ("AB es muy corto", set()),
    ],
)
def test_a_text_names_what_it_links_to_and_whose_acronym_it_says(words: str, expected: set[tuple[str, str]]) -> None:
    names = create_names(cut="CUT", oit="OIT / ILO", spcc="SUT-SPCC", ab="AB")

    assert set(names.find(words, "organisations")) == expected


def test_without_acronyms_nothing_is_found_by_one() -> None:
    assert [*Names([], KINDS).find("CUT", "laws")] == []


def test_a_record_does_not_name_itself(mini_library: Library) -> None:
    federation = mini_library.find(Organisation, "federacion-de-prueba")

    assert federation not in mini_library.mentions(federation, Organisation)
