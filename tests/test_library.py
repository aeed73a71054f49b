"""The library: look-up, relations in both directions, addresses in both languages, drafts."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rimay.languages import LANGUAGES
from rimay.library import Library, is_translated, slugify, source_uri
from rimay.page import Output
from rimay.records import KINDS
from rimay.records.campaign import Campaign
from rimay.records.curriculum import Curriculum
from rimay.records.fields import SLUG, Record
from rimay.records.indicator import Indicator
from rimay.records.law import Law
from rimay.records.organisation import Organisation
from rimay.records.session import Session
from rimay.records.template import Template
from rimay.records.update import Update
from tests.conftest import TESTS


def ids(records: list[Record]) -> list[str]:
    return [record.id for record in records]


# --- look-up --------------------------------------------------------------------------------------


def test_a_record_is_found_by_kind_and_id(mini_library: Library) -> None:
    law = mini_library.find(Law, "ley-1")

    assert law.title.get("en") == "Law No. 1"
    assert mini_library.get("law", "ley-1") is law


@pytest.mark.parametrize(("kind", "record_id"), [("law", "nada"), ("organisation", "ley-1"), ("nada", "ley-1")])
def test_what_does_not_exist_is_a_key_error(kind: str, record_id: str, mini_library: Library) -> None:
    with pytest.raises(KeyError):
        mini_library.get(kind, record_id)


def test_a_record_knows_its_file(mini_library: Library) -> None:
    update = mini_library.find(Update, "2023-empieza")

    assert mini_library.path(update) == "data/updates/2023/2023-empieza.yml"
    assert source_uri(update) == "updates/2023-empieza.md"


def test_every_record_has_an_id_of_its_kind(mini_library: Library) -> None:
    for kind, model in KINDS.items():
        assert mini_library.ids(kind) == {record.id for record in mini_library.all(model)}


def test_every_value_has_the_line_it_stands_in(mini_library: Library) -> None:
    entry = next(entry for entry in mini_library.entries if entry.record.id == "ley-1")
    lines = ["", *(TESTS / "site/data/laws/ley-1.yml").read_text("utf-8").splitlines()]

    assert lines[entry.line("published")].startswith("published:")
    assert "Reemplazada." in lines[entry.line("history", 1, "text", "es")]
    assert lines[entry.line("history", 1, "law")].strip() == "law: decreto-2"
    assert entry.line("history", 1, "nothing") == entry.line("history", 1)


# --- relations ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "record_id", "by", "expected"),
    [
        ("law", "ley-1", Campaign, ["agua-limpia", "en-reserva"]),
        ("law", "ley-1", Session, ["primera-sesion"]),
        ("law", "ley-1", Update, ["2024-02-29-marcha", "2024-04-02-en-reserva"]),
        ("law", "decreto-2", Law, ["ley-1"]),
        ("organisation", "federacion-de-prueba", Organisation, ["sindicato-de-prueba"]),
        ("organisation", "federacion-de-prueba", Campaign, ["agua-limpia"]),
        ("organisation", "sindicato-de-prueba", Update, ["2024-02-29-marcha", "2024-04-02-en-reserva"]),
        ("organisation", "sindicato-de-prueba", Indicator, ["indicador-de-prueba"]),  # by a link
        ("organisation", "federacion-de-prueba", Indicator, ["indicador-simple"]),  # by its acronym
        ("campaign", "agua-limpia-dos", Campaign, ["agua-limpia"]),
        ("session", "primera-sesion", Curriculum, ["curso-de-prueba"]),
        ("template", "nota-de-prensa", Campaign, []),
    ],
)
def test_a_record_knows_who_names_it(
    kind: str, record_id: str, by: type[Record], expected: list[str], mini_library: Library
) -> None:
    assert ids(mini_library.mentions(mini_library.get(kind, record_id), by)) == expected


def test_a_campaign_knows_its_updates_newest_first_and_a_whole_month_at_its_end(mini_library: Library) -> None:
    updates = mini_library.updates_of(mini_library.find(Campaign, "agua-limpia"))

    assert ids([*updates]) == ["2024-03-acuerdo", "2024-03-15-solo-en-castellano", "2024-02-29-marcha", "2023-empieza"]


def test_a_session_knows_its_course_and_number(mini_library: Library) -> None:
    course, number = mini_library.course_of(mini_library.find(Session, "segunda-sesion"))

    assert (course.id, number) == ("curso-de-prueba", 2)


def test_campaigns_come_with_the_one_that_started_last_first(mini_library: Library) -> None:
    assert ids([*mini_library.campaigns]) == ["agua-limpia-dos", "agua-limpia"]


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "record_id", "spanish", "english"),
    [
        ("organisation", "federacion-de-prueba", "organizaciones/federacion-de-prueba/",
         "en/organisations/test-federation/"),
        ("organisation", "sindicato-de-prueba", "organizaciones/sindicato-de-prueba-n-1/",
         "en/organisations/test-union-no-1/"),
        ("law", "ley-1", "derechos/leyes/ley-1/", "en/rights/laws/law-1/"),
        ("curriculum", "curso-de-prueba", "formacion/curso-de-prueba/", "en/training/test-course/"),
        ("session", "primera-sesion", "formacion/curso-de-prueba/primera-sesion/",
         "en/training/test-course/first-session/"),
        ("template", "nota-de-prensa", "prensa/plantillas/nota-de-prensa/", "en/press/templates/press-release/"),
        ("campaign", "agua-limpia", "campanas/agua-limpia/", "en/campaigns/clean-water/"),
        ("update", "2024-02-29-marcha", "campanas/agua-limpia/2024-02-29-marcha-por-el-agua/",
         "en/campaigns/clean-water/2024-02-29-march-for-water/"),
        ("update", "2024-03-acuerdo", "campanas/agua-limpia/2024-03-se-firma-el-acuerdo/",
         "en/campaigns/clean-water/2024-03-the-agreement-is-signed/"),
        ("update", "2024-03-15-solo-en-castellano", "campanas/agua-limpia/2024-03-15-solo-en-castellano/",
         "en/campaigns/clean-water/2024-03-15-solo-en-castellano/"),
    ],
)  # fmt: skip
def test_every_kind_has_its_address_in_both_languages(
    kind: str, record_id: str, spanish: str, english: str, mini_library: Library
) -> None:
    record = mini_library.get(kind, record_id)

    assert mini_library.address(record, "es") == spanish
    assert mini_library.address(record, "en") == english


@pytest.mark.parametrize(
    ("section", "spanish", "english"),
    [
        ("home", "", "en/"),
        ("training", "formacion/", "en/training/"),
        ("templates", "prensa/plantillas/", "en/press/templates/"),
        ("laws", "derechos/leyes/", "en/rights/laws/"),
        ("news", "novedades/", "en/news/"),
        ("organisations", "organizaciones/", "en/organisations/"),
        ("about", "acerca/", "en/about/"),
    ],
)
def test_the_parts_of_the_site_stand_where_the_design_says(
    section: str, spanish: str, english: str, mini_library: Library
) -> None:
    assert mini_library.section_address(section, "es") == spanish
    assert mini_library.section_address(section, "en") == english


def test_a_part_knows_the_parts_above_it(mini_library: Library) -> None:
    assert [section.id for section in mini_library.section_trail("laws")] == ["rights", "laws"]


def test_every_kind_is_in_the_table_of_addresses(mini_library: Library) -> None:
    for entry in mini_library.entries:
        for language in LANGUAGES:
            address = mini_library.address(entry.record, language)
            assert address.startswith("en/") is (language == "en")
            assert all(SLUG.fullmatch(part) for part in address.rstrip("/").split("/")), address


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("¿Quién decide?", "quien-decide"),
        ("Ley N.º 27360", "ley-n-27360"),
        ("Ñandú, corazón y acción", "nandu-corazon-y-accion"),
        ("D.S. 005-2012-TR", "d-s-005-2012-tr"),
        ("  «Paro»: día uno  ", "paro-dia-uno"),
        ("“Equal” rights – now", "equal-rights-now"),
        ("Equal rights—now", "equal-rights-now"),
    ],
)
def test_a_title_becomes_a_slug(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_a_long_title_is_cut_at_a_word() -> None:
    assert slugify("uno dos tres cuatro", longest=10) == "uno-dos"
    assert slugify("uno dos tres cuatro", longest=12) == "uno-dos-tres"


@given(title=st.text(min_size=1).filter(lambda title: slugify(title) != ""))
def test_a_slug_is_always_a_slug(title: str) -> None:
    assert SLUG.fullmatch(slugify(title))
    assert len(slugify(title)) <= 70


@given(title=st.from_regex(r"[a-z]{71,120}", fullmatch=True))
def test_a_title_of_one_endless_word_still_has_a_slug(title: str) -> None:
    assert SLUG.fullmatch(slugify(title))


def test_a_title_in_another_alphabet_still_has_a_slug() -> None:
    assert SLUG.fullmatch(slugify("Союз"))


# --- drafts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "record_id"), [("campaign", "en-reserva"), ("update", "2024-04-02-en-reserva")])
def test_a_draft_campaign_and_its_updates_are_not_published(kind: str, record_id: str, mini_library: Library) -> None:
    record = mini_library.get(kind, record_id)

    assert not mini_library.is_published(record)
    assert record not in [*mini_library.campaigns, *mini_library.updates]


def test_a_draft_is_in_no_output(mini_outputs: Mapping[str, Output]) -> None:
    words = ("reservad", "en-reserva")
    for path, output in mini_outputs.items():
        text = output.content if isinstance(output.content, str) else output.content.decode("utf-8", "replace")
        assert not any(word in f"{path} {text} {output.page}".lower() for word in words), path


# --- translation and kinds ------------------------------------------------------------------------


def test_only_the_record_without_english_is_not_translated(mini_library: Library) -> None:
    missing = [entry.record.id for entry in mini_library.entries if not is_translated(entry.record, "en")]

    assert missing == ["2024-03-15-solo-en-castellano"]
    assert all(is_translated(entry.record, "es") for entry in mini_library.entries)


@pytest.mark.parametrize(
    ("model", "record_id", "label"),
    [
        (Organisation, "sindicato-de-prueba", "Sindicato de Prueba N.º 1"),
        (Law, "decreto-2", "D.S. 2"),
        (Template, "nota-de-prensa", "Nota de prensa"),
        (Update, "2023-empieza", "Empieza la campaña"),
    ],
)
def test_a_record_has_a_name_for_lists(model: type[Record], record_id: str, label: str, mini_library: Library) -> None:
    assert mini_library.find(model, record_id).label.get("es") == label
