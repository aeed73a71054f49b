"""The life of a campaign and its updates: what waits, what is put right, what is taken back, what can be done."""

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import feedparser
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from pypdf import PdfReader

from rimay.calendars import create_calendars
from rimay.check import load_library
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.outputs import Site
from rimay.page import Output
from rimay.records.campaign import Campaign
from rimay.records.update import Update
from tests.conftest import SITE_URL, create_living_project
from tests.test_text import Reader, read

LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
CAMPAIGN = {"es": "campanas/agua-para-todos/", "en": "en/campaigns/water-for-all/"}
STORY = {
    "es": f"{CAMPAIGN['es']}2024-05-20-asamblea/",
    "en": f"{CAMPAIGN['en']}2024-05-20-assembly/",
}
WITHDRAWN = {
    "es": f"{CAMPAIGN['es']}2024-05-25-cifra-equivocada/",
    "en": f"{CAMPAIGN['en']}2024-05-25-wrong-figure/",
}
EMBARGOED = {"es": f"{CAMPAIGN['es']}2024-06-02-anuncio/", "en": f"{CAMPAIGN['en']}2024-06-02-announcement/"}
TITLE = {"es": "Agua & jabón para «todos» <ya>", "en": "Water & soap for “all” <now>"}
#: Six in the evening of 2 June 2024 in Peru, five hours behind Greenwich.
MOMENT = datetime(2024, 6, 2, 23, tzinfo=UTC)

Outputs = Mapping[str, Output]
At = Callable[[datetime], Outputs]


def _create(project: Path, *, preview: bool = False) -> Outputs:
    site = Site(project, SITE_URL, preview=preview)
    return {output.path: output for language in LANGUAGES for output in site.create_outputs(language)}


@pytest.fixture
def at(living_project: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    """What is published at a moment."""

    def create(moment: datetime) -> Outputs:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
        return _create(living_project)

    return create


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The campaign under way on 1 June 2024, made once."""
    return _create(create_living_project(tmp_path_factory.mktemp("living")))


def words_of(output: Output) -> str:
    """Everything a reader or a program could find in an output, inside archives and documents too."""
    content = output.content if isinstance(output.content, bytes) else output.content.encode()
    return f"{output.page!r}\n{words_in(output.path, content)}"


def words_in(path: str, content: bytes) -> str:
    found = [path, content.decode("utf-8", "replace")]
    if path.endswith((".zip", ".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [words_in(name, archive.read(name)) for name in archive.namelist()]
    if path.endswith(".pdf"):
        found += [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return "\n".join(found)


def leaks(outputs: Outputs, marker: str) -> list[str]:
    """Outputs in which a marker can be found, whatever its letters' case, accents and escapes."""
    plain = marker.translate(str.maketrans("áéíóú", "aeiou")).lower()
    return [
        path
        for path, output in outputs.items()
        if plain in unquote(words_of(output)).translate(str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")).lower()
    ]


def content(outputs: Outputs, path: str) -> bytes:
    found = outputs[path].content
    return found if isinstance(found, bytes) else found.encode()


def page(outputs: Outputs, address: str) -> Reader:
    return read(str(outputs[f"{address}index.html"].content))


# --- scheduling and embargo -----------------------------------------------------------------------


def test_nothing_of_an_embargoed_update_leaks_before_its_moment(at: At) -> None:
    assert leaks(at(MOMENT - timedelta(seconds=1)), "Embargadísima") == []


@pytest.mark.everything
def test_at_its_moment_an_update_is_everywhere(at: At) -> None:
    outputs = at(MOMENT)
    found = leaks(outputs, "Embargadísima")

    for language in LANGUAGES:
        prefix = "" if language == "es" else "en/"
        for path in (
            f"{EMBARGOED[language]}index.html",
            f"{CAMPAIGN[language]}index.html",
            f"{CAMPAIGN[language]}feed.xml",
            f"{prefix}feed.xml",
            f"{prefix}feed.json",
        ):
            assert path in found, path
    entry = feedparser.parse(content(outputs, "feed.xml")).entries[0]
    assert entry.published == "2024-06-02T18:00:00-05:00"


@given(
    st.datetimes(datetime(2023, 12, 30), datetime(2025, 1, 3)),
    st.datetimes(datetime(2023, 12, 30), datetime(2025, 1, 3)),
)
def test_an_update_is_public_from_its_moment_on_in_peru_whatever_the_season(now: datetime, moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    update = Update.model_validate(_update(publish_at=f"{moment:%Y-%m-%d %H:%M}"))
    library = object.__new__(Library)
    library.now = now.replace(tzinfo=UTC)
    library._by_kind = {"campaign": {"c": Campaign.model_validate(_campaign())}}

    assert library.is_public(update) == (now >= moment + timedelta(hours=5))


def _update(**fields: object) -> dict[str, object]:
    text = {"es": "x"}
    return {
        "id": "2024-01-01-x", "date": "2024-01-01", "campaign": "c", "title": text, "text": text,
        "sources": ({"document": "caso-inventado"},), **fields,
    }  # fmt: skip


def _campaign() -> dict[str, object]:
    text = {"es": "x"}
    return {
        "id": "c", "title": text, "status": "active", "started": "2024", "summary": text, "goal": text, "why": text,
        "demands": (text,), "sectors": ("agro",), "sources": ({"document": "caso-inventado"},),
    }  # fmt: skip


@pytest.mark.everything
def test_the_preview_shows_what_waits_and_drafts_with_a_mark(living_project: Path) -> None:
    outputs = _create(living_project, preview=True)

    waiting, draft = outputs[f"{EMBARGOED['es']}index.html"].page, outputs["campanas/reservadisima/index.html"].page
    assert waiting is not None
    assert "2 de junio de 2024" in waiting.hidden
    assert draft is not None
    assert draft.hidden.startswith("Borrador")
    public = outputs[f"{STORY['es']}index.html"].page
    assert public is not None
    assert public.hidden == ""


# --- corrections and withdrawals ------------------------------------------------------------------


@LANGUAGE
def test_corrections_stand_on_the_page_with_their_day_newest_first(language: str, outputs: Outputs) -> None:
    words = page(outputs, STORY[language]).words
    first, second = {"es": ("23 de mayo de 2024", "21 de mayo de 2024"), "en": ("23 May 2024", "21 May 2024")}[language]

    assert words.index(first) < words.index(second)
    entry = next(
        e for e in feedparser.parse(content(outputs, f"{CAMPAIGN[language]}feed.xml")).entries if "asamblea" in e.id
    )
    assert (entry.published, entry.updated) == ("2024-05-20T12:00:00-05:00", "2024-05-23T12:00:00-05:00")


@LANGUAGE
def test_what_leaves_the_site_has_corrections_sources_and_the_picture(language: str, outputs: Outputs) -> None:
    base = CAMPAIGN[language]
    [entry] = [e for e in feedparser.parse(content(outputs, f"{base}feed.xml")).entries if "asamblea" in e.id]
    [item] = [i for i in json.loads(content(outputs, f"{base}feed.json"))["items"] if "asamblea" in i["id"]]
    digest = content(outputs, base + {"es": "resumen.txt", "en": "digest.txt"}[language]).decode()
    notes, credit, alt = {
        "es": (
            ["Corrección del 23 de mayo de 2024. Decía 20.", "Corrección del 21 de mayo de 2024. Decía lunes."],
            "Foto del sindicato",
            "Manos levantadas",
        ),
        "en": (
            ["Correction, 23 May 2024. It said 20.", "Correction, 21 May 2024. It said Tuesday."],
            "Photo by",
            "Raised",
        ),
    }[language]
    sources = {"es": "Fuentes:\n- Rimay, Caso inventado", "en": "Sources:\n- Rimay, Invented case"}[language]

    assert item["content_html"] == entry.content[0].value
    found = Reader(item["content_html"])
    assert " ".join([*notes, sources.replace(":\n-", "")]) in found.words
    assert credit in found.words
    [picture] = [attributes for tag, attributes in found.tags if tag == "img"]
    assert str(picture["alt"]).startswith(alt)
    assert picture["src"] == f"{SITE_URL}{STORY[language]}asamblea.webp"
    assert "\n\n".join([*notes, sources]) in digest


def test_nothing_of_a_withdrawn_update_is_left(outputs: Outputs) -> None:
    assert leaks(outputs, "Retiradísima") == []


@LANGUAGE
def test_a_withdrawn_update_leaves_a_dated_note_at_its_address(language: str, outputs: Outputs) -> None:
    words = page(outputs, WITHDRAWN[language]).words
    found = outputs[f"{WITHDRAWN[language]}index.html"].page

    assert {"es": "Retirada el 26 de mayo de 2024", "en": "Withdrawn on 26 May 2024"}[language] in words
    assert {"es": "La cifra no era cierta.", "en": "The figure was not true."}[language] in words
    assert found is not None
    assert found.unlisted, "search leaves it out"
    assert found.data == ""
    assert not [path for path in outputs if path.startswith(WITHDRAWN[language]) and path.endswith(".docx")]


@LANGUAGE
def test_feeds_and_calendars_tell_their_readers_of_a_withdrawal(language: str, outputs: Outputs) -> None:
    entry = next(
        e for e in feedparser.parse(content(outputs, f"{CAMPAIGN[language]}feed.xml")).entries if "error" in e.id
    )
    name = {"es": "calendario.ics", "en": "calendar.ics"}[language]
    events = Calendar.from_ical(content(outputs, f"{CAMPAIGN[language]}{name}")).walk("VEVENT")

    assert entry.updated == "2024-05-26T12:00:00-05:00"
    assert entry.title == {"es": "Novedad retirada", "en": "Update withdrawn"}[language]
    assert [str(event["UID"]) for event in events if event.get("STATUS") == "CANCELLED"] == [
        f"2024-05-25-error.{language}@rimay"
    ]


# --- pictures -------------------------------------------------------------------------------------


def _add_pictures(project: Path) -> None:
    """A picture for what waits, for what was withdrawn and for a draft, and one that no record names."""
    updates = project / "data" / "updates" / "2024"
    draft = (updates / "2024-06-02-anuncio.yml").read_text("utf-8")
    draft = re.sub(r"(?m)^publish_at.*\n", "", draft).replace("agua-para-todos", "en-reserva")
    (updates / "2024-06-02-borrador.yml").write_text(draft.replace("Embargadísima", "Borradorísima"), "utf-8")
    names = {"2024-06-02-anuncio": "espera", "2024-05-25-error": "retirada", "2024-06-02-borrador": "borrador"}
    for update, name in names.items():
        with (updates / f"{update}.yml").open("a", encoding="utf-8") as file:
            file.write(f"picture: {{file: foto-{name}.png, alt: {{es: Foto, en: Photo}}, credit: {{es: F, en: F}}}}\n")
    folder = project / "docs" / "assets" / "pictures"
    for name in (*names.values(), "de-nadie"):
        shutil.copy(folder / "asamblea.png", folder / f"foto-{name}.png")


def _pictures(outputs: Outputs) -> set[str]:
    """What of pictures is published, in archives too, by the ends of their names."""
    inside = [path for path, output in outputs.items() if path.endswith(".zip")]
    names = {name for path in inside for name in zipfile.ZipFile(io.BytesIO(content(outputs, path))).namelist()}
    ends = {path.rpartition("/")[2] for path in (*outputs, *names)}
    return {end for end in ends if end.startswith(("foto-", "asamblea.webp", "asamblea.png"))}


def test_the_picture_of_an_update_comes_and_goes_with_it(at: At, living_project: Path) -> None:
    _add_pictures(living_project)

    assert _pictures(at(MOMENT - timedelta(seconds=1))) == {"asamblea.webp"}
    assert _pictures(at(MOMENT)) == {"asamblea.webp", "foto-espera.webp"}
    shown = {"asamblea.webp", "foto-espera.webp", "foto-borrador.webp"}
    assert _pictures(_create(living_project, preview=True)) == shown


@LANGUAGE
def test_a_picture_stands_on_its_page_and_in_the_press_kit(language: str, outputs: Outputs) -> None:
    text = str(outputs[f"{STORY[language]}index.html"].content)
    alt = {"es": "Manos levantadas", "en": "Raised hands"}[language]
    kit = next(path for path in outputs if path.startswith(CAMPAIGN[language]) and path.endswith(".zip"))

    assert f'<img src="asamblea.webp" alt="{alt}" width="4" height="3" loading="lazy">' in text
    with zipfile.ZipFile(io.BytesIO(content(outputs, kit))) as archive:
        assert archive.read(f"{STORY[language].rstrip('/').rpartition('/')[2]}-asamblea.webp") == content(
            outputs, f"{STORY[language]}asamblea.webp"
        )
        assert alt in archive.read("index.html").decode()


# --- actions --------------------------------------------------------------------------------------


def _sections(outputs: Outputs, language: str) -> dict[str, bool]:
    """The actions on the campaign's page by id, and whether each is open."""
    text = str(outputs[f"{CAMPAIGN[language]}index.html"].content)
    found = re.findall(r'<section class="action action-\w+( closed)?".*?\{ #(\w+) \}', text, re.DOTALL)
    return {name: not closed for closed, name in found}


@pytest.mark.everything
@LANGUAGE
def test_actions_are_open_until_their_last_day_is_over_in_peru(language: str, at: At) -> None:
    last = datetime(2024, 6, 11, 4, 59, tzinfo=UTC)  # one minute to midnight of 10 June in Lima
    every = {"carta": True, "marcha": True, "solidaridad": True, "pliego": True, "asamblea": False}

    assert _sections(at(datetime(2024, 6, 1, tzinfo=UTC)), language) == every
    assert _sections(at(last), language) == {**every, "marcha": False}
    assert _sections(at(last + timedelta(minutes=1)), language) == {**every, "marcha": False, "carta": False}


@pytest.mark.everything
@pytest.mark.parametrize("status", ["paused", "won", "lost", "ended"])
def test_a_campaign_that_is_not_under_way_has_no_open_action(status: str, living_project: Path) -> None:
    file = living_project / "data/campaigns/agua-para-todos.yml"
    file.write_text(
        file.read_text("utf-8").replace("status: active", f"status: {status}\nstatus_note: {{es: Fin.}}"), "utf-8"
    )

    outputs = _create(living_project)

    assert not any(_sections(outputs, "es").values())
    found = outputs[f"{CAMPAIGN['es']}index.html"].page
    assert found is not None
    assert found.data == "", "search engines are told of no event"
    assert "Pido%20agua" not in str(outputs[f"{CAMPAIGN['es']}index.html"].content)


def test_what_is_closed_no_longer_calls_and_keeps_its_document(living_project: Path) -> None:
    file = living_project / "data/campaigns/agua-para-todos.yml"
    ended = "status: won\nstatus_note: {es: Fin.}\nended: 2024-05-31"
    file.write_text(file.read_text("utf-8").replace("status: active", ended), "utf-8")
    found = page(_create(living_project), CAMPAIGN["es"])

    assert "Usa la plantilla" not in found.words
    assert "Agregar a tu calendario" not in found.words
    assert "Fue el 20 de mayo de 2024." in found.words
    assert "sábado" not in found.words
    assert "miércoles, 5 de junio de 2024, 18:00, hora del Perú Cerrada." in found.words
    assert "https://pliego.example/agua" in [a.get("href") for tag, a in found.tags if tag == "a"]


@LANGUAGE
def test_a_letter_says_where_it_goes(language: str, outputs: Outputs, living_project: Path) -> None:
    words = page(outputs, CAMPAIGN[language]).words
    assert {"es": "Para: Gerencia general", "en": "To: General management"}[language] in words
    assert {"es": "Correo: gerencia@empresa.example", "en": "E-mail: gerencia@empresa.example"}[language] in words

    file = living_project / "data/campaigns/agua-para-todos.yml"
    file.write_text(file.read_text("utf-8").replace("    email: gerencia@empresa.example\n", ""), "utf-8")
    words = page(_create(living_project), CAMPAIGN[language]).words
    assert {"es": "mesa de partes", "en": "front desk"}[language] in words


@LANGUAGE
def test_a_campaign_names_the_one_before_it_and_that_the_one_after(language: str, living_project: Path) -> None:
    file = living_project / "data/campaigns/agua-limpia.yml"
    words = re.sub(r"(?m)^followed_by.*\n", "", file.read_text("utf-8"))
    file.write_text(f"{words}followed_by: agua-para-todos\n", "utf-8")
    outputs = _create(living_project)

    before = {"es": "campanas/agua-limpia/", "en": "en/campaigns/clean-water/"}[language]
    assert {"es": "Continúa en", "en": "Continued in"}[language] in page(outputs, before).words
    assert {"es": "Continúa la campaña", "en": "Continues"}[language] in page(outputs, CAMPAIGN[language]).words


@LANGUAGE
def test_to_subscribe_is_one_touch(language: str, outputs: Outputs) -> None:
    calendar = {"es": "calendario.ics", "en": "calendar.ics"}[language]
    news, home = {"es": ("novedades/", ""), "en": ("en/news/", "en/")}[language]
    for at, address in ((CAMPAIGN[language], CAMPAIGN[language]), (news, home)):
        links = [a.get("href") for tag, a in page(outputs, at).tags if tag == "a"]
        assert f"webcal://rimay.example/{address}{calendar}" in links


def test_news_stand_by_year_and_say_what_is_not_among_them(living_project: Path) -> None:
    news = page(_create(living_project), "novedades/")
    years = [a["id"] for tag, a in news.tags if tag == "h2" and str(a.get("id", "")).startswith("y2")]
    assert years == ["y2024", "y2023"]
    assert "más recientes" not in news.words

    for number in range(120):
        (living_project / f"data/updates/2023/2023-05-01-n{number}.yml").write_text(
            f"date: 2023-05-01\ncampaign: agua-para-todos\ntitle: {{es: N{number}}}\ntext: {{es: Texto.}}\n"
            "sources: [{document: caso-inventado}]\n",
            "utf-8",
        )
    news = page(_create(living_project), "novedades/")
    assert "Aquí están las 120 más recientes de 1" in news.words
    [none] = [str(a["data-none"]) for _, a in news.tags if "data-none" in a]
    assert "otro año" in none


def test_a_region_without_updates_says_so_and_offers_no_filters(outputs: Outputs, living_project: Path) -> None:
    file = living_project / "data/campaigns/agua-limpia-dos.yml"
    file.write_text(f"{file.read_text('utf-8')}regions: [tacna]\n", "utf-8")
    region = page(_create(living_project), "campanas/region/tacna/")
    assert "Todavía no hay novedades." in region.words
    assert not [a for _, a in region.tags if "data-filter" in a]

    [filters] = [str(a["data-filter"]) for _, a in page(outputs, "campanas/region/ica/").tags if "data-filter" in a]
    assert [found["name"] for found in json.loads(filters)] == ["campaign", "sector"]


def test_a_draft_that_continues_a_campaign_is_not_named(living_project: Path) -> None:
    file = living_project / "data/campaigns/agua-para-todos.yml"
    file.write_text(f"{file.read_text('utf-8')}followed_by: en-reserva\n", "utf-8")

    assert leaks(_create(living_project), "Reservadísima") == []


def test_a_campaign_in_spanish_only_links_the_files_of_the_english_page(living_project: Path) -> None:
    file = living_project / "data/campaigns/agua-para-todos.yml"
    words = file.read_text("utf-8").replace(f'en: "{TITLE["en"]}"', "")
    assert words != file.read_text("utf-8")
    file.write_text(words, "utf-8")
    outputs, base = _create(living_project), CAMPAIGN["en"]

    links = {str(a.get("href")) for tag, a in page(outputs, base).tags if tag == "a"}
    assert {"digest.txt", "calendar.ics"} <= links
    assert {f"{base}digest.txt", f"{base}calendar.ics"} <= outputs.keys()


def test_a_timeline_has_the_newest_first_and_months_and_years_at_their_end(living_project: Path) -> None:
    for name, written in (("2024-05-mes", "2024-05"), ("2024-05-31-dia", "2024-05-31"), ("2024-04-mes", "2024-04")):
        (living_project / f"data/updates/2024/{name}.yml").write_text(
            f"date: {written}\ncampaign: agua-para-todos\ntitle: {{es: {name}}}\ntext: {{es: Texto.}}\n"
            "sources: [{document: caso-inventado}]\n",
            "utf-8",
        )
    words = page(_create(living_project), CAMPAIGN["es"]).words

    titles = ["2024-05-mes", "2024-05-31-dia", "Novedad retirada", "La asamblea aprobó el pliego", "2024-04-mes"]
    assert re.findall("|".join(titles), words) == titles


@LANGUAGE
def test_a_letter_opens_in_the_mail_program_to_the_letter(language: str, outputs: Outputs) -> None:
    tags = page(outputs, CAMPAIGN[language]).tags
    links = [
        str(a["href"])
        for tag, a in tags
        if tag == "a" and str(a.get("href", "")).startswith("mailto:gerencia@empresa.example?subject")
    ]
    subject, body = {
        "es": ("Agua & jabón", "Señoras y señores:\r\n\r\nPido agua & jabón «ya»."),
        "en": ("Water & soap", "Dear all,\r\n\r\nI ask for water & soap “now”."),
    }[language]

    query = parse_qs(urlsplit(links[0]).query)

    assert query == {"subject": [subject], "body": [body]}


@LANGUAGE
def test_an_event_has_a_calendar_file_at_its_hour_in_lima_with_an_alarm(language: str, outputs: Outputs) -> None:
    [event] = Calendar.from_ical(content(outputs, f"{CAMPAIGN[language]}marcha.ics")).walk("VEVENT")
    [alarm] = event.walk("VALARM")

    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2024, 6, 5, 23, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "America/Lima"
    assert b"BEGIN:VTIMEZONE" in content(outputs, f"{CAMPAIGN[language]}marcha.ics")
    assert alarm.decoded("TRIGGER") == timedelta(days=-1)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=2)
    said = {"es": "La hora en que termina no está anunciada.", "en": "When it ends has not been announced."}[language]
    assert str(event["DESCRIPTION"]) == said
    assert str(event["LOCATION"]) == {"es": "Ica, plaza", "en": "Ica, square"}[language]


@LANGUAGE
def test_a_deadline_is_a_whole_day(language: str, outputs: Outputs) -> None:
    [event] = Calendar.from_ical(content(outputs, f"{CAMPAIGN[language]}carta.ics")).walk("VEVENT")

    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2024, 6, 10), date(2024, 6, 11))
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].params["VALUE"] == "DATE-TIME"
    assert alarm.decoded("TRIGGER") == datetime(2024, 6, 9, 13, tzinfo=UTC), "at 8 in the morning in Lima"


def _calendars(
    project: Path, changes: Mapping[str, date], name: str = "calendario.ics"
) -> tuple[bytes, dict[str, Any]]:
    made = dict(create_calendars(load_library(project), "es", SITE_URL, changes, lambda _, create: create()))
    events = Calendar.from_ical(made[name]).walk("VEVENT")
    return made[name], {str(event["UID"]).partition(".es@")[0]: event for event in events}


@pytest.mark.parametrize("status", ["paused", "won", "lost", "ended"])
def test_calendars_cancel_what_a_closed_campaign_had_planned(
    status: str, living_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = living_project / "data/campaigns/agua-para-todos.yml"
    words = file.read_text("utf-8").replace("status: active", f"status: {status}\nstatus_note: {{es: Fin.}}")
    file.write_text(words, "utf-8")
    _, events = _calendars(living_project, {})
    _, alone = _calendars(living_project, {}, f"{CAMPAIGN['es']}marcha.ics")

    actions = {name: event for name, event in events.items() if name.startswith("agua-para-todos")}
    assert {name.partition(".")[2]: str(event.get("STATUS", "")) for name, event in actions.items()} == {
        "carta": "CANCELLED",
        "marcha": "CANCELLED",
        "asamblea": "",
    }
    assert not [alarm for event in actions.values() for alarm in event.walk("VALARM")]
    assert [str(event["STATUS"]) for event in alone.values()] == ["CANCELLED"]

    if status == "paused":
        return
    file.write_text(f"{words}\nended: 2024-06-01\n", "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    _, later = _calendars(living_project, {})
    assert str(later["agua-para-todos.marcha"]["STATUS"]) == "CANCELLED", "what did not take place stays cancelled"


def test_an_event_is_stamped_and_numbered_by_the_last_change_of_its_record_and_no_other_day(
    living_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {"data/campaigns/agua-para-todos.yml": date(2024, 5, 30)}
    content, events = _calendars(living_project, changes)
    event = events["agua-para-todos.marcha"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1717261200 + 86400))
    tomorrow, _ = _calendars(living_project, changes)
    _, changed = _calendars(living_project, {"data/campaigns/agua-para-todos.yml": date(2024, 5, 31)})

    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == datetime(2024, 5, 30, tzinfo=UTC)
    assert tomorrow == content
    assert changed["agua-para-todos.marcha"]["SEQUENCE"] == event["SEQUENCE"] + 1
    assert _calendars(living_project, {})[1]["agua-para-todos.marcha"].decoded("DTSTAMP") < event.decoded("DTSTAMP")


def test_an_assembly_on_line_has_its_link_in_the_calendar(living_project: Path) -> None:
    file = living_project / "data/campaigns/agua-para-todos.yml"
    words = file.read_text("utf-8")
    online = "date: 2024-06-05\n    url: https://sala.example/agua\n    text: {es: 'Trae [el pliego](https://pliego.example/).'}"
    file.write_text(words.replace("date: 2024-06-05", online), "utf-8")
    _, events = _calendars(living_project, {})

    assert str(events["agua-para-todos.marcha"]["DESCRIPTION"]).split("\n\n") == [
        "Trae el pliego (https://pliego.example/).",
        "La hora en que termina no está anunciada.",
        "https://sala.example/agua",
    ]


def test_declarations_and_coverage_stand_on_the_page(outputs: Outputs) -> None:
    words = page(outputs, CAMPAIGN["es"]).words

    assert "Sindicato Amigo" in words
    assert "Chile, 3 de mayo de 2024" in words
    assert "21 de mayo de 2024, Radio de Prueba & Cía: Piden agua" in words
    assert "mayo de 2024, El Diario: Sin agua" in words


# --- sharing --------------------------------------------------------------------------------------


@LANGUAGE
def test_share_links_carry_the_words_of_the_record_or_a_default(language: str, outputs: Outputs) -> None:
    tags = page(outputs, CAMPAIGN[language]).tags
    url = SITE_URL + CAMPAIGN[language]
    links = [str(a["href"]) for tag, a in tags if tag == "a" and "href" in a]
    whatsapp = next(link for link in links if link.startswith("https://wa.me/"))
    copies = [str(a["data-copy"]) for _, a in tags if "data-copy" in a]

    assert parse_qs(urlsplit(whatsapp).query)["text"] == [
        f"{TITLE[language]}\n\n{{}}\n\n{url}".format(
            {"es": "Agua y jabón en cada campamento.", "en": "Water and soap in every camp."}[language]
        )
    ]
    assert copies == [f"{ {'es': 'Agua ya', 'en': 'Water now'}[language] } {url}", url]


@LANGUAGE
def test_a_page_says_its_image_and_what_it_is(language: str, outputs: Outputs) -> None:
    campaign = outputs[f"{CAMPAIGN[language]}index.html"].page
    story = outputs[f"{STORY[language]}index.html"].page
    assert campaign is not None
    assert story is not None

    assert campaign.image == f"{CAMPAIGN[language]}card.png"
    assert {campaign.image, story.image, f"{CAMPAIGN[language]}card-square.png"} <= outputs.keys()
    [event] = json.loads(campaign.data)["@graph"]  # the assembly is over and was an event too
    data: dict[str, Any] = json.loads(story.data)
    assert (event["@type"], event["startDate"]) == ("Event", "2024-06-05T18:00:00-05:00")
    assert (data["@type"], data["datePublished"], data["dateModified"]) == ("NewsArticle", "2024-05-20", "2024-05-23")
    assert data["image"] == SITE_URL + story.image
    assert data["mainEntityOfPage"] == SITE_URL + STORY[language]
    assert data["isPartOf"]["name"] == TITLE[language]


# --- feeds and lists ------------------------------------------------------------------------------


@LANGUAGE
def test_a_campaign_and_a_sector_have_feeds_of_their_own(language: str, outputs: Outputs) -> None:
    sector = {"es": "campanas/sector/mineria-y-metalurgia/", "en": "en/campaigns/sector/mining-and-metalworking/"}[
        language
    ]
    for base, title in (
        (CAMPAIGN[language], TITLE[language]),
        (sector, {"es": "Minería y metalurgia", "en": "Mining and metalworking"}[language]),
    ):
        feed = feedparser.parse(content(outputs, f"{base}feed.xml"))
        items = json.loads(content(outputs, f"{base}feed.json"))
        digest = content(outputs, base + {"es": "resumen.txt", "en": "digest.txt"}[language]).decode()

        assert not feed.bozo
        assert feed.feed.title.endswith(title)
        assert [entry.id.rpartition("/")[2] for entry in feed.entries] == [
            "2024-05-25-error",
            "2024-05-20-asamblea",
            "2024-05-18-carta",
        ]
        assert [item["id"] for item in items["items"]] == [entry.id for entry in feed.entries]
        assert SITE_URL + STORY[language] in digest
        assert f"{base}index.html" in outputs


@LANGUAGE
def test_pages_of_a_year_a_sector_and_a_region_list_what_belongs_to_them(language: str, outputs: Outputs) -> None:
    year = page(outputs, {"es": "novedades/2024/", "en": "en/news/2024/"}[language])
    region = page(outputs, {"es": "campanas/region/ica/", "en": "en/campaigns/region/ica/"}[language])
    story = {"es": "La asamblea aprobó el pliego", "en": "The assembly approved the petition"}[language]

    assert story in year.words
    assert {"es": "Mayo", "en": "May"}[language] in year.words
    assert story in region.words
    assert TITLE[language] in region.words


def test_links_of_lists_lead_to_pages(outputs: Outputs) -> None:
    for address in ("novedades/2024/", "novedades/", "campanas/", "campanas/sector/agroexportacion/", "en/news/2024/"):
        if f"{address}index.html" not in outputs:
            continue
        for tag, attributes in page(outputs, address).tags:
            target = str(attributes.get("href", ""))
            if tag == "a" and target.endswith("/") and not target.startswith("http"):
                assert f"{_join(address, target)}index.html" in outputs, (address, target)


def _join(address: str, target: str) -> str:
    parts: list[str] = []
    for part in f"{address}{target}".split("/"):
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "".join(f"{part}/" for part in parts)


# --- paper ----------------------------------------------------------------------------------------


@LANGUAGE
def test_an_update_goes_out_as_a_press_release_of_its_organisation(language: str, outputs: Outputs) -> None:
    name = {"es": "nota-de-prensa", "en": "press-release"}[language]
    document = Document(io.BytesIO(content(outputs, f"{STORY[language]}{name}.docx")))
    words = [paragraph.text for paragraph in document.paragraphs]

    assert words[0] == {"es": "NOTA DE PRENSA", "en": "PRESS RELEASE"}[language]
    assert words[1] == {"es": "La asamblea aprobó el pliego", "en": "The assembly approved the petition"}[language]
    assert {"es": "Ica, 20 de mayo de 2024.", "en": "Ica, 20 May 2024."}[language] in words
    assert any({"es": "Sobre ", "en": "About "}[language] in line for line in words)


@LANGUAGE
def test_a_release_of_two_organisations_in_spanish_only(language: str, outputs: Outputs) -> None:
    story = {"es": f"{CAMPAIGN['es']}2024-05-18-carta/", "en": f"{CAMPAIGN['en']}2024-05-18-letter/"}[language]
    name = {"es": "nota-de-prensa", "en": "press-release"}[language]
    document = Document(io.BytesIO(content(outputs, f"{story}{name}.docx")))
    words = [paragraph.text for paragraph in document.paragraphs]
    links = {found.address: found.text for paragraph in document.paragraphs for found in paragraph.hyperlinks}
    (printed,) = (page.extract_text() for page in PdfReader(io.BytesIO(content(outputs, f"{story}{name}.pdf"))).pages)

    assert words[0] == "NOTA DE PRENSA"
    assert [line for line in words if line.startswith("Sobre ")] == ["Sobre Sindicato de Prueba N.º 1", "Sobre F&P"]
    assert links["https://carta.example/"] == "carta"
    assert links["https://federacion.example/a_b*c/?a=1&b=2"] == "https://federacion.example/a_b*c/?a=1&b=2"
    assert f"{SITE_URL}{CAMPAIGN['es']}2024-05-18-carta/" in links
    assert printed.startswith("NOTA DE PRENSA")
    assert "Página 1 de 1" in printed
    assert "18 de mayo de 2024" in printed


def test_an_organisation_presents_itself_in_its_own_words(living_project: Path) -> None:
    file = living_project / "data/organisations/sindicato-de-prueba.yml"
    file.write_text(f"{file.read_text('utf-8')}boilerplate: {{es: Somos doscientas personas.}}\n", "utf-8")
    outputs = _create(living_project)

    document = Document(io.BytesIO(content(outputs, f"{STORY['es']}nota-de-prensa.docx")))
    assert "Somos doscientas personas." in [paragraph.text for paragraph in document.paragraphs]


@LANGUAGE
def test_a_fact_sheet_sets_its_opening_line_apart(language: str, outputs: Outputs) -> None:
    name = {"es": "hoja-de-datos.docx", "en": "fact-sheet.docx"}[language]
    opening = Document(io.BytesIO(content(outputs, CAMPAIGN[language] + name))).paragraphs[0]

    assert opening.style is not None
    assert opening.style.name == "Rimay Kicker"


@LANGUAGE
def test_the_press_kit_has_facts_releases_images_and_whom_to_turn_to(language: str, outputs: Outputs) -> None:
    name = {"es": "carpeta-de-prensa.zip", "en": "press-kit.zip"}[language]
    with zipfile.ZipFile(io.BytesIO(content(outputs, CAMPAIGN[language] + name))) as kit:
        files = set(kit.namelist())
        contact = kit.read({"es": "contacto.txt", "en": "contact.txt"}[language]).decode()

    facts, release = {"es": ("hoja-de-datos", "nota-de-prensa"), "en": ("fact-sheet", "press-release")}[language]
    assert {f"{facts}.docx", f"{facts}.pdf", "card.png", "card-square.png", "index.html"} <= files
    days = [file[:10] for file in sorted(files) if file.endswith(f"-{release}.docx")]
    assert days == ["2024-05-18", "2024-05-20"]
    assert SITE_URL + CAMPAIGN[language] in contact
    assert "@" not in contact


# --- hostile words --------------------------------------------------------------------------------


@LANGUAGE
def test_a_title_with_signs_arrives_everywhere_as_written(language: str, outputs: Outputs) -> None:
    title, base = TITLE[language], CAMPAIGN[language]
    feed = feedparser.parse(content(outputs, f"{base}feed.xml"))
    calendar = Calendar.from_ical(content(outputs, base + {"es": "calendario.ics", "en": "calendar.ics"}[language]))
    facts = Document(
        io.BytesIO(content(outputs, base + {"es": "hoja-de-datos.docx", "en": "fact-sheet.docx"}[language]))
    )

    assert title in page(outputs, base).words
    assert feed.entries[0].tags[0].label == title
    assert json.loads(content(outputs, f"{base}feed.json"))["items"][0]["tags"] == [title]
    assert title in str(calendar["X-WR-CALNAME"])
    assert title in [paragraph.text for paragraph in facts.paragraphs]
