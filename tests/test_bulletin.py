"""The members' bulletin: the same news in four forms, safe to send, and never half written."""

import io
import json
import sys
from collections.abc import Callable
from datetime import date
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import html

from rimay.__main__ import main
from rimay.bulletin import Bulletin, Editor, create_files
from rimay.check import load_library
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.outputs import Site
from tests.conftest import SITE_URL

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
MARCH = {"es": "Marcha & asamblea; «agua, \\ya\\» <hoy>", "en": "March & assembly; “water, \\now\\” <today>"}
AGREEMENT = {"es": "Se firma el acuerdo", "en": "The agreement is signed"}
SPANISH_ONLY = "Solo está en castellano"
#: The last words of the march's text: only forms that carry the whole text have them.
LAST_WORDS = {
    "es": "Respuesta por escrito: ñandú, corazón, acción.",
    "en": "An answer in writing: café, naïve, façade.",
}
NAME = {"es": "boletin-2024-01-01-2024-12-31", "en": "bulletin-2024-01-01-2024-12-31"}
FORMS = ("html", "eml", "docx", "txt")
Forms = Callable[[str], dict[str, bytes]]
Command = Callable[..., int]
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def create(library: Library, language: str, begin: date = YEAR[0], end: date = YEAR[1]) -> Bulletin:
    return Editor(library, language, SITE_URL).create(begin, end)


def headlines(bulletin: Bulletin) -> list[str]:
    return [story.title for chapter in bulletin.chapters for story in chapter.stories]


def make(library: Library, language: str, root: Path) -> dict[str, bytes]:
    return create_files(create(library, language), library.strings[language], root)


@pytest.fixture
def forms(mini_site: Site) -> Forms:
    """The bulletin of 2024 in a language: every form, by the suffix of its file."""
    return lambda language: make(mini_site.library, language, mini_site.root)


def read(page: bytes) -> Any:
    """The page as a tree of elements."""
    return html.fromstring(page)


def paragraphs(word: bytes) -> list[tuple[str, str]]:
    """Style and words of each paragraph."""
    return [(str(p.style and p.style.name), p.text) for p in Document(io.BytesIO(word)).paragraphs]


def add_update(project: Path, name: str, **fields: Any) -> None:
    """An update of the second campaign, written as JSON, which is YAML."""
    fields = {"campaign": "agua-limpia-dos", "sources": [{"document": "caso-inventado"}], **fields}
    (project / "data/updates/2024" / f"{name}.yml").write_text(json.dumps(fields, ensure_ascii=False), "utf-8")


# --- what it says ---------------------------------------------------------------------------------


@LANGUAGE
def test_updates_come_newest_first_and_no_draft(language: str, mini_library: Library) -> None:
    assert headlines(create(mini_library, language)) == [AGREEMENT[language], SPANISH_ONLY, MARCH[language]]


def test_the_campaign_with_the_newest_update_comes_first(mini_project: Path) -> None:
    add_update(mini_project, "2024-03-01-otra", date="2024-03-01", title={"es": "Otra"}, text={"es": "Sigue."})
    bulletin = create(load_library(mini_project), "es")

    assert [(chapter.title, len(chapter.stories)) for chapter in bulletin.chapters] == [
        ("Agua limpia, ¡ya!", 3),
        ("Agua limpia, segunda etapa", 1),
    ]
    assert [chapter.status for chapter in bulletin.chapters] == ["Campaña · Cerrada", "Campaña · Activa"]


def test_first_and_last_day_belong_to_the_period(mini_library: Library) -> None:
    day = date(2024, 2, 29)

    assert headlines(create(mini_library, "es", day, day)) == [MARCH["es"]]


def test_of_two_bulletins_in_a_row_each_update_is_in_one(mini_library: Library) -> None:
    before = headlines(create(mini_library, "es", date(2024, 1, 1), date(2024, 2, 29)))
    after = headlines(create(mini_library, "es", date(2024, 3, 1), date(2024, 12, 31)))

    assert [*after, *before] == headlines(create(mini_library, "es"))


@pytest.mark.parametrize(
    ("language", "end", "period"),
    [
        ("es", date(2024, 12, 31), "1 de enero – 31 de diciembre de 2024"),
        ("es", date(2024, 1, 31), "1–31 de enero de 2024"),
        ("en", date(2024, 12, 31), "1 January – 31 December 2024"),
        ("en", date(2024, 1, 1), "1 January 2024"),
    ],
)
def test_the_period_is_told_in_words(language: str, end: date, period: str, mini_library: Library) -> None:
    assert create(mini_library, language, date(2024, 1, 1), end).period == period


def test_dates_to_come_are_those_of_the_calendar_after_the_period(mini_library: Library) -> None:
    bulletin = create(mini_library, "es", date(2023, 1, 1), date(2024, 2, 28))

    assert [link.words for link in bulletin.dates] == [
        f"jueves, 29 de febrero de 2024 · Ica, plaza de Armas: {MARCH['es']}",
        f"viernes, 15 de marzo de 2024: {SPANISH_ONLY}",
    ]
    assert bulletin.dates[0].address == f"{SITE_URL}campanas/agua-limpia/2024-02-29-marcha-por-el-agua/"


def test_an_event_of_a_campaign_is_announced_with_its_hour(mini_project: Path) -> None:
    event = '{type: event, id: x, title: {es: Asamblea}, date: 2024-03-20, starts: "18:00", place: {es: Ica}}'
    file = mini_project / "data/campaigns/agua-limpia-dos.yml"
    file.write_text(f"{file.read_text('utf-8')}\nactions: [{event}]\n", "utf-8")

    dates = create(load_library(mini_project), "es", date(2024, 3, 1), date(2024, 3, 15)).dates

    assert [link.words for link in dates] == ["miércoles, 20 de marzo de 2024, 18:00, hora del Perú · Ica: Asamblea"]


@pytest.mark.parametrize("status", ["paused", "won", "lost", "ended"])
def test_what_a_closed_campaign_had_planned_is_not_announced(status: str, mini_project: Path) -> None:
    event = "{type: event, id: x, title: {es: Asamblea}, date: 2024-06-20}"
    file = mini_project / "data/campaigns/agua-limpia-dos.yml"
    words = file.read_text("utf-8").replace("status: active", f"status: {status}\nstatus_note: {{es: Fin.}}")
    file.write_text(f"{words}\nactions: [{event}]\n", "utf-8")

    assert create(load_library(mini_project), "es", date(2024, 5, 1), date(2024, 5, 31)).dates == ()


def test_every_form_tells_of_corrections_and_mail_and_word_of_sources(mini_project: Path) -> None:
    add_update(
        mini_project,
        "2024-03-01-otra",
        date="2024-03-01",
        title={"es": "Otra"},
        text={"es": "Sigue."},
        corrections=[{"date": "2024-03-05", "text": {"es": "Decía 300 & *más*."}}],
    )
    made = make(load_library(mini_project), "es", mini_project)
    note = "Corrección del 5 de marzo de 2024. Decía 300 & *más*."
    page, words = read(made["html"]).text_content(), [words for _, words in paragraphs(made["docx"])]

    assert note in page
    assert note in words
    assert f"Sigue.\n{note}\n{SITE_URL}" in made["txt"].decode()
    assert "Rimay, Caso inventado" in page
    assert "Rimay, Caso inventado" in words


@LANGUAGE
def test_every_form_has_date_place_headline_and_address(language: str, forms: Forms, mini_library: Library) -> None:
    made = forms(language)
    word = "\n".join(words for _, words in paragraphs(made["docx"]))
    said = [read(made["html"]).text_content(), made["txt"].decode(), word]
    for chapter in create(mini_library, language).chapters:
        for story in chapter.stories:
            for text in said:
                assert story.title in text
                assert story.dateline in text
            assert story.address in made["html"].decode()
            assert story.address in made["txt"].decode()
            assert story.address in word


@LANGUAGE
def test_mail_and_word_have_the_whole_text_and_whatsapp_its_beginning(language: str, forms: Forms) -> None:
    made = forms(language)

    assert LAST_WORDS[language] in read(made["html"]).text_content()
    assert LAST_WORDS[language] in [words for _, words in paragraphs(made["docx"])]
    assert LAST_WORDS[language] not in made["txt"].decode()


def test_what_is_not_translated_is_told_and_marked(forms: Forms) -> None:
    made = forms("en")
    page = read(made["html"])

    [block] = page.xpath("//div[@lang='es']")
    assert block.text_content().split() == (
        f"{SPANISH_ONLY} Este texto todavía no tiene traducción. Fuentes Rimay, Caso inventado".split()
    )
    assert "15 March 2024 · not yet translated, in Spanish" in page.text_content()
    assert "15 March 2024 · not yet translated, in Spanish" in made["txt"].decode()


@LANGUAGE
def test_the_same_bulletin_gives_the_same_bytes(language: str, forms: Forms) -> None:
    assert forms(language) == forms(language)


# --- its forms ------------------------------------------------------------------------------------


@LANGUAGE
def test_the_page_asks_nothing_of_anybody(language: str, forms: Forms) -> None:
    page = read(forms(language)["html"])
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    attributes = {name for element in page.iter() for name in element.attrib}

    assert page.get("lang") == language
    assert not tags & {"script", "style", "link", "img", "picture", "video", "audio", "iframe", "object", "form", "svg"}
    assert not attributes & {"src", "srcset", "background", "action", "poster"}
    assert not [name for name in attributes if name.startswith("on")]
    assert "url(" not in forms(language)["html"].decode()


@LANGUAGE
def test_every_link_is_a_full_address(language: str, forms: Forms) -> None:
    page = read(forms(language)["html"])
    links = [str(link) for link in page.xpath("//a/@href")]
    home = SITE_URL if language == "es" else f"{SITE_URL}en/"

    assert [link for link in links if not link.startswith(home)] == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert f"{home}feed.xml" in links
    # links between records, an anchor included
    assert {"es": f"{SITE_URL}derechos/leyes/ley-1/", "en": f"{SITE_URL}en/rights/laws/law-1/"}[language] in links
    assert [link for link in links if link.endswith(("#demandas", "#demands"))]


def test_the_page_is_one_narrow_column_in_the_colours_of_the_reader(forms: Forms) -> None:
    page = read(forms("es")["html"])
    styles = [dict(rule.split(":") for rule in str(style).split(";")) for style in page.xpath("//@style")]

    assert {len(row.xpath("./td")) for row in page.xpath("//tr")} == {1}
    assert "max-width:600px" in page.xpath("//table/@style")[0]
    assert {str(role) for role in page.xpath("//table/@role")} == {"presentation"}
    assert page.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]
    # a colour stands only where both sides of the contrast are set
    chosen = [style for style in styles if style.get("color", "inherit") != "inherit" or "background-color" in style]
    assert [(style["color"], style["background-color"]) for style in chosen] == [("#ffffff", "#b80f26")]


def test_the_inbox_shows_the_newest_headline_beside_the_subject(forms: Forms) -> None:
    first = read(forms("es")["html"]).xpath("//body/*")[0]

    assert first.text_content() == AGREEMENT["es"]
    assert "display:none" in str(first.get("style"))


@LANGUAGE
def test_the_message_opens_as_a_draft_to_nobody(language: str, forms: Forms) -> None:
    made = forms(language)
    message = BytesParser(policy=policy.default).parsebytes(made["eml"])
    [text, page] = message.iter_parts()

    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "X-Unsent"]
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == read(made["html"]).findtext("head/title")
    assert message.get_content_type() == "multipart/alternative"
    assert not message.defects
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n").strip() == made["txt"].decode().strip()
    assert page.get_content().replace("\r\n", "\n").strip() == made["html"].decode().strip()


@LANGUAGE
def test_word_has_real_headings(language: str, forms: Forms, mini_library: Library) -> None:
    made = forms(language)["docx"]
    bulletin = create(mini_library, language)
    found = [(style, words) for style, words in paragraphs(made) if style.startswith(("Title", "Heading"))]

    assert found[0] == ("Title", bulletin.title)
    assert found[1] == ("Heading 1", bulletin.chapters[0].title)
    assert found[2:5] == [("Heading 2", words) for words in headlines(bulletin)]
    assert Document(io.BytesIO(made)).core_properties.language == language


def test_text_for_whatsapp_is_a_paragraph_an_update(forms: Forms) -> None:
    blocks = forms("es")["txt"].decode().strip().split("\n\n")

    assert blocks[0] == "*Boletín de novedades*\n1 de enero – 31 de diciembre de 2024"
    assert blocks[1] == "Agua limpia, ¡ya!\nCampaña · Cerrada"
    assert blocks[2].splitlines() == [
        "marzo de 2024",
        "*Se firma el acuerdo*",
        "Lo cuenta la campaña.",
        f"{SITE_URL}campanas/agua-limpia/2024-03-se-firma-el-acuerdo/",
    ]
    assert blocks[-1] == f"Todas las novedades, con sus fuentes:\n{SITE_URL}novedades/"


@LANGUAGE
def test_every_form_says_its_licence_and_how_to_subscribe(language: str, forms: Forms, mini_library: Library) -> None:
    made, bulletin = forms(language), create(mini_library, language)
    page, text = read(made["html"]).text_content(), made["txt"].decode()
    word = "\n".join(words for _, words in paragraphs(made["docx"]))

    for link in bulletin.footer:
        for said in (page, text, word):
            assert link.words in said
            assert link.address in said
    # a reader's WhatsApp does tell the sender
    assert [bulletin.privacy in said for said in (page, word, text)] == [True, True, False]


# --- hostile text ---------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script> & *b* {{ 7*7 }} \"'> =_rimay"


def test_hostile_text_is_shown_as_it_was_written(mini_project: Path) -> None:
    prose = f"{HOSTILE}\n\n--=_rimay--\n\n<img src=x onerror=alert(1)> [a](https://a.example/?x=1&y=2)"
    add_update(
        mini_project,
        "2024-05-01-hostil",
        date="2024-05-01",
        title={"es": HOSTILE},
        place={"es": f"Ica {HOSTILE}"},
        text={"es": prose},
    )
    made = make(load_library(mini_project), "es", mini_project)
    page = read(made["html"])
    message = BytesParser(policy=policy.default).parsebytes(made["eml"])
    title = HOSTILE.replace("*", "∗")

    assert not page.xpath("//script | //img | //@onerror")
    assert page.xpath("//h3")[0].text_content() == HOSTILE
    assert f"1 de mayo de 2024 · Ica {HOSTILE}" in page.text_content()
    assert "<img src=x onerror=alert(1)>" in page.text_content()
    assert "https://a.example/?x=1&y=2" in page.xpath("//a/@href")
    assert ("Heading 2", HOSTILE) in paragraphs(made["docx"])
    assert f"\n*{title}*\n" in made["txt"].decode()
    assert len([*message.iter_parts()]) == 2
    assert not message.defects


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def command(mini_project: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs ``rimay bulletin`` for 2024 in the miniature project; what is given last counts."""
    monkeypatch.chdir(mini_project)

    def run(*arguments: str) -> int:
        period = ["--from", "2024-01-01", "--to", "2024-12-31", "--site-url", SITE_URL.rstrip("/")]
        monkeypatch.setattr(sys, "argv", ["rimay", "bulletin", *period, *arguments])
        return main()

    return run


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@LANGUAGE
def test_four_files_are_written_and_named(
    language: str, command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "deep" / "new"

    assert command("--language", language, str(folder)) == 0

    assert sorted(files(folder)) == sorted(f"{NAME[language]}.{form}" for form in FORMS)
    assert capsys.readouterr().out.splitlines() == [f"{folder / NAME[language]}.{form}" for form in FORMS]


def test_a_bulletin_may_have_a_title_of_its_own(command: Command, tmp_path: Path) -> None:
    assert command("--title", "Boletín N.º 4 & más", str(tmp_path / "out")) == 0

    message = BytesParser(policy=policy.default).parsebytes(files(tmp_path / "out")[f"{NAME['es']}.eml"])
    assert message["Subject"] == "Boletín N.º 4 & más · 1 de enero – 31 de diciembre de 2024"


@pytest.mark.parametrize(
    "period",
    [("2025-01-01", "2025-12-31"), ("2024-04-02", "2024-04-02")],
    ids=["nothing happened", "only a draft"],
)
def test_without_updates_nothing_is_written(
    period: tuple[str, str], command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("--from", period[0], "--to", period[1], str(tmp_path / "out")) == 1

    words = f"ninguna novedad publicada entre {period[0]} y {period[1]}; no se escribió nada\n"
    assert capsys.readouterr().err == words
    assert not (tmp_path / "out").exists()


def test_a_period_that_ends_before_it_begins_is_told(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("--from", "2024-12-31", "--to", "2024-01-01", str(tmp_path / "out")) == 1

    assert capsys.readouterr().err == "--to: 2024-01-01 es anterior al comienzo, 2024-12-31\n"
    assert not (tmp_path / "out").exists()


def test_what_is_there_is_replaced_only_by_force(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / f"{NAME['es']}.txt"
    there.write_text("mío", "utf-8")
    before = sorted(tmp_path.iterdir())

    assert command(str(tmp_path)) == 1
    assert capsys.readouterr().err == f"{there}: ya existe; elige otra carpeta o agrega --force para reemplazarlo\n"
    assert there.read_text("utf-8") == "mío"
    assert sorted(tmp_path.iterdir()) == before

    assert command("--force", str(tmp_path)) == 0
    assert there.read_text("utf-8").startswith("*Boletín de novedades*")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--from", "2024-02-30"), "argument --from: «2024-02-30» no existe en el calendario"),
        (("--to", "ayer"), "argument --to: «ayer» no es una fecha"),
        (("--to", "2024"), "argument --to: «2024» debe tener día"),
        (("--site-url", "union.example"), "argument --site-url: «union.example» no es una dirección web completa"),
        (("--title", "a\nBcc: todos"), "argument --title: el valor debe ser una sola línea"),
        (("--title", ""), "argument --title: "),
        (("--language", "qu"), "argument --language: "),
    ],
)
def test_an_argument_that_does_not_fit_is_explained(
    arguments: tuple[str, ...], expected: str, command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        command(*arguments, str(tmp_path / "out"))

    assert expected in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_from_data_with_problems(
    command: Command, mini_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_update(mini_project, "2024-05-01-mal", date="2024-05-01", title={"es": "Sin texto"})

    assert command(str(tmp_path / "out")) == 1

    assert "data/updates/2024/2024-05-01-mal.yml:1: text: falta este campo" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_one_is_told(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("")

    assert command(str(tmp_path / "out")) == 1

    assert capsys.readouterr().err.startswith(f"{tmp_path / 'out'}: ")
