"""The feeds as an independent reader finds them: Atom through feedparser, JSON Feed by its specification (1.1)."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.outputs import Site
from rimay.page import Output
from tests.conftest import SITE_URL
from tests.test_text import Reader

PREFIX = {"es": "", "en": "en/"}
ORDER = ["2024-03-acuerdo", "2024-03-15-solo-en-castellano", "2024-02-29-marcha", "2023-empieza"]
MARCH = ORDER.index("2024-02-29-marcha")
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def read_atom(outputs: Mapping[str, Output], language: str) -> Any:
    feed = feedparser.parse(outputs[f"{PREFIX[language]}feed.xml"].content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def read_json(outputs: Mapping[str, Output], language: str) -> dict[str, Any]:
    feed = json.loads(outputs[f"{PREFIX[language]}feed.json"].content)
    assert isinstance(feed, dict)
    return feed


# --- Atom -----------------------------------------------------------------------------------------


@LANGUAGE
def test_atom_says_what_it_is_and_where(
    language: str, mini_outputs: Mapping[str, Output], mini_library: Library
) -> None:
    feed = read_atom(mini_outputs, language)
    links = {link.rel: link.href for link in feed.feed.links}

    assert feed.version == "atom10"
    assert feed.feed.language == language
    assert feed.feed.id == f"{SITE_URL}{PREFIX[language]}feed.xml"
    news = {"es": "novedades/", "en": "en/news/"}[language]
    home = f"{SITE_URL}{PREFIX[language]}"
    assert links == {"self": feed.feed.id, "alternate": home, "archives": SITE_URL + news}
    assert feed.feed.title == mini_library.strings[language]["feed.title"]
    assert feed.feed.author == "Rimay"


@LANGUAGE
def test_atom_has_every_published_update_newest_first(language: str, mini_outputs: Mapping[str, Output]) -> None:
    entries = read_atom(mini_outputs, language).entries

    assert [entry.id for entry in entries] == [f"{SITE_URL}#update/{name}" for name in ORDER]


@LANGUAGE
def test_atom_entries_stand_on_the_day_they_tell_of_anywhere_in_peru(
    language: str, mini_outputs: Mapping[str, Output]
) -> None:
    feed = read_atom(mini_outputs, language)
    days = ["2024-03-31", "2024-03-15", "2024-02-29", "2023-12-31"]

    assert [entry.published for entry in feed.entries] == [f"{day}T12:00:00-05:00" for day in days]
    assert [entry.updated for entry in feed.entries] == [f"{day}T12:00:00-05:00" for day in days]
    assert feed.feed.updated == "2024-03-31T12:00:00-05:00"


def test_atom_carries_the_full_text(mini_outputs: Mapping[str, Output]) -> None:
    entry = read_atom(mini_outputs, "es").entries[MARCH]

    assert entry.title_detail.value == "Marcha & asamblea; «agua, \\ya\\» <hoy>"
    assert entry.content[0].type == "text/html"
    words = Reader(entry.content[0].value).words
    assert words.startswith("Ica, plaza de Armas. 29 de febrero – 1 de marzo de 2024. Unas 300 personas")
    assert words.endswith("Respuesta por escrito: ñandú, corazón, acción. Fuentes Rimay, Caso inventado: página 2")


@LANGUAGE
def test_atom_leads_to_full_addresses_of_pages_that_exist(language: str, mini_outputs: Mapping[str, Output]) -> None:
    for entry in read_atom(mini_outputs, language).entries:
        inner = [attributes["href"] or "" for tag, attributes in Reader(entry.content[0].value).tags if tag == "a"]
        for target in [entry.link, *inner]:
            path = target.removeprefix(SITE_URL).partition("#")[0]
            assert target.startswith(SITE_URL)
            assert f"{path}index.html" in mini_outputs


def test_atom_keeps_the_anchor_of_a_link(mini_outputs: Mapping[str, Output]) -> None:
    entry = read_atom(mini_outputs, "en").entries[ORDER.index("2024-03-acuerdo")]

    assert f'href="{SITE_URL}en/campaigns/clean-water/#demands"' in entry.content[0].value


def test_atom_ids_do_not_change_with_title_address_or_text(mini_project: Path) -> None:
    before = [entry.id for entry in _reload(mini_project)]
    file = mini_project / "data/updates/2024/2024-02-29-marcha.yml"
    words = file.read_text("utf-8").replace("marcha-por-el-agua", "otra").replace("Marcha &", "Paro &")
    file.write_text(words, "utf-8")

    after = _reload(mini_project)

    assert [entry.id for entry in after] == before
    assert after[MARCH].link.endswith("-otra/")


def _reload(project: Path) -> list[Any]:
    outputs = {output.path: output for output in Site(project, SITE_URL).create_outputs("es")}
    return list(read_atom(outputs, "es").entries)


def test_order_and_dates_agree_and_no_date_moves_from_day_to_day(
    mini_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = {"campaign": "agua-limpia", "title": {"es": "Otra"}, "text": {"es": "Sigue."}}
    for day, more in (
        ("2024-05-29", {}),
        ("2024-05-30", {}),
        ("2024-06", {}),
        ("2024", {}),
        ("2024-01-02", {"publish_at": "2024-05-29 18:00"}),
    ):
        fields = {**record, "date": day, "sources": [{"document": "caso-inventado"}], **more}
        (mini_project / f"data/updates/2024/{day}-otra.yml").write_text(json.dumps(fields), "utf-8")
    before = [(entry.id.rpartition("/")[2], entry.published) for entry in _reload(mini_project)]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1717261200 + 5 * 86400))

    assert before[:5] == [
        ("2024-06-otra", "2024-06-01T12:00:00-05:00"),
        ("2024-otra", "2024-05-30T12:00:00-05:00"),
        ("2024-05-30-otra", "2024-05-30T12:00:00-05:00"),
        ("2024-01-02-otra", "2024-05-29T18:00:00-05:00"),
        ("2024-05-29-otra", "2024-05-29T12:00:00-05:00"),
    ]
    assert [date for _, date in before] == sorted((date for _, date in before), reverse=True)
    assert [(entry.id.rpartition("/")[2], entry.published) for entry in _reload(mini_project)] == before


def test_a_site_without_updates_still_has_a_sound_feed(mini_project: Path) -> None:
    for file in (mini_project / "data/updates").rglob("*.yml"):
        file.unlink()
    outputs = {output.path: output for output in Site(mini_project, SITE_URL).create_outputs("es")}

    assert read_atom(outputs, "es").entries == []
    assert read_json(outputs, "es")["items"] == []


# --- JSON Feed ------------------------------------------------------------------------------------


@LANGUAGE
def test_json_feed_has_what_version_1_1_asks_for(language: str, mini_outputs: Mapping[str, Output]) -> None:
    feed = read_json(mini_outputs, language)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["home_page_url"] == f"{SITE_URL}{PREFIX[language]}"
    assert feed["feed_url"] == f"{SITE_URL}{PREFIX[language]}feed.json"
    assert feed["language"] == language
    known = {"id", "url", "title", "summary", "content_html", "date_published", "tags", "language"}
    for item in feed["items"]:
        assert item.keys() <= known
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-05:00", item["date_published"])
        assert all(isinstance(tag, str) for tag in item["tags"])


@LANGUAGE
def test_both_feeds_say_the_same(language: str, mini_outputs: Mapping[str, Output]) -> None:
    atom, items = read_atom(mini_outputs, language).entries, read_json(mini_outputs, language)["items"]

    assert [entry.id for entry in atom] == [item["id"] for item in items]
    assert [entry.link for entry in atom] == [item["url"] for item in items]
    assert [entry.title_detail.value for entry in atom] == [item["title"] for item in items]
    assert [Reader(e.content[0].value).words for e in atom] == [Reader(i["content_html"]).words for i in items]
    assert [datetime.fromisoformat(e.published) for e in atom] == [
        datetime.fromisoformat(i["date_published"]) for i in items
    ]


def test_an_item_says_the_language_it_is_really_in(mini_outputs: Mapping[str, Output]) -> None:
    items = {item["id"].rpartition("/")[2]: item["language"] for item in read_json(mini_outputs, "en")["items"]}

    assert items == {name: "es" if name == "2024-03-15-solo-en-castellano" else "en" for name in ORDER}
