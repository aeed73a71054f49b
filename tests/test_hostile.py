"""Hostile files and hostile words: every file ends in records or in problems, every word is shown as words."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml
from docx import Document as Word
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from rimay.check import load_library
from rimay.languages import LANGUAGES
from rimay.library import slugify, texts
from rimay.load import load_data
from rimay.outputs import Site
from rimay.page import Output
from rimay.problems import DataProblems, Problem
from rimay.records import KINDS
from rimay.records.fields import RESERVED, LocalisedSlug, Prose
from rimay.text import create_html, create_plain, first_sentences, resolve_links
from tests.built import Built
from tests.conftest import SITE_URL, copy_project
from tests.hostile import MARK, hostile
from tests.test_problems import ORGANISATION, run_check

# --- files ----------------------------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [
        *("name: ", "{", "}", "[", "]", "- ", "? ", ": ", ", ", "\n", "\r\n", "\r", "  ", "\t", "#", "---\n", "...\n"),
        *("&a ", "*a", "<<: *a", "!!python/object/apply:os.system ", "!!binary ", "!x ", "%YAML 9.9\n", "|\n", ">-\n"),
        *(
            '"',
            "'",
            '"\\x00"',
            '"\\e[31m"',
            '"\\uFFFF"',
            '"\\ud800"',
            "\0",
            "\x1b",
            "\ufeff",
            "\u202e",
            "\u2028",
            "\x85",
        ),
        *("no", "011", "0x1f", "1:30", "1e999", "-.inf", ".nan", "9" * 5_000, "2024-02-31", "~", "=", "es", "id: a\n"),
        *("type: union\n", "sources: [{document: caso-inventado}]\n", "es: ", "../../etc/passwd", "団", "\U0001f4a3"),
    ]
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1"])


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with room for one record, for a test that reads thousands."""
    folder = tmp_path_factory.mktemp("little")
    (folder / ORGANISATION).parent.mkdir(parents=True)
    return folder


def assert_is_told(problems: list[Problem]) -> None:
    """Every problem can be said in every language on one line that a terminal only shows."""
    for problem in problems:
        for language in LANGUAGES:
            said = problem.describe(language)
            assert said.isprintable()
            assert said.startswith(problem.path)
            assert len(said) < 2_000


def read(little: Path, content: bytes) -> None:
    (little / ORGANISATION).write_bytes(content)
    data = load_data(little)
    about = [problem for problem in data.problems if problem.path == ORGANISATION]
    assert bool(data.entries) != bool(about)
    assert_is_told(about)


@given(content=st.binary(max_size=400))
def test_any_bytes_are_a_record_or_a_problem(content: bytes, little: Path) -> None:
    read(little, content)


@settings(max_examples=1_000)
@given(parts=st.lists(FRAGMENTS, max_size=25), encoding=ENCODINGS)
def test_any_heap_of_yaml_is_a_record_or_a_problem(parts: list[str], encoding: str, little: Path) -> None:
    read(little, "".join(parts).encode(encoding, "replace"))


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        [
            *(
                "0001-01-01",
                "9999-12-31",
                "9999",
                "2031-13",
                "9999-12-31 23:59",
                "../../etc/passwd",
                "%2e%2e/x",
                "/etc",
            ),
            *("a\\..\\..", "con", "https://[", "http://", "javascript:alert(1)", "[a](javascript:alert(1))", "a | b"),
            *("{{ 7*7 }}", "{es}", "%s", "x" * 501, "\x7f", "a\u202eb", "\uffff", "[" * 500, "- " * 500, "> " * 500),
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["es", "en", "id", "title", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*where, key)
        yield from places(part, (*where, key))


@pytest.fixture(scope="module")
def spoiled(_project_to_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A miniature project whose records are spoiled and mended in turn."""
    return copy_project(_project_to_copy, tmp_path_factory.mktemp("spoiled") / "project")


@pytest.mark.parametrize("folder", [*(kind.folder for kind in KINDS.values()), "glossary.yml", "nav.yml"])
@settings(max_examples=15)
@given(draw=st.data())
def test_any_value_anywhere_in_a_record_is_taken_or_a_problem(draw: st.DataObject, folder: str, spoiled: Path) -> None:
    files = sorted((spoiled / "data" / folder).rglob("*.yml")) or [spoiled / "data" / folder]
    file = draw.draw(st.sampled_from(files))
    sound = file.read_text("utf-8")
    value = yaml.safe_load(sound)
    *above, last = draw.draw(st.sampled_from(list(places(value))))
    holder = value
    for part in above:
        holder = holder[part]
    holder[last] = draw.draw(VALUES)
    file.write_text(json.dumps(value, default=str), "utf-8")
    try:
        load_library(spoiled)
    except DataProblems as problems:
        assert_is_told(problems.problems)
    finally:
        file.write_text(sound, "utf-8")


LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
SOUND = "type: union\nname: {es: a}\nsummary: {es: a}\nsources: [{document: caso-inventado}]\ntext:\n"
BOMBS = {
    "a billion laughs": LAUGHS,
    "an anchor of much": f"a: &a {'x' * 9_000}\nb: [{'*a, ' * 40_000}]",
    "an endless text": f"name: {'x' * 390_000}",
    "an endless number": f"type: {'9' * 390_000}",
    "an endless key": f"{'x' * 390_000}: 1",
    "many unknown fields": "".join(f"nam{n}: 1\n" for n in range(30_000)),
    "one field many times": "name: 1\n" * 40_000,
    "a long list": f"sectors: [{'x, ' * 120_000}]",
    "many empty lists": f"sources: [{'{where: []}, ' * 30_000}]",
    "brackets in brackets": SOUND + f"  es: '{'[' * 9_990}'",
    "lists in lists": SOUND + f"  es: '{'- ' * 4_990}'",
    "quotes in quotes": SOUND + f"  es: '{'>' * 9_990}'",
}


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(bomb, id=name, marks=[] if name == "a billion laughs" else pytest.mark.everything)
        for name, bomb in BOMBS.items()
    ],
)
def test_a_bomb_is_a_problem_within_the_memory_and_time_of_the_command(bomb: str, mini_project: Path) -> None:
    (mini_project / ORGANISATION).write_text(bomb, "utf-8")

    done = run_check(mini_project, "es_PE.UTF-8")

    assert (done.returncode, done.stdout) == (1, "")
    assert all(line.startswith(f"{ORGANISATION}:") for line in done.stderr.splitlines()[:-1])
    assert re.fullmatch(r"\d+ problemas?", done.stderr.splitlines()[-1])


@example(words="[](<1)")
@settings(max_examples=300)
@given(words=st.text(st.sampled_from("[]()*_`>-+#|~!\\<&{}\"' \n1.ax☐:="), max_size=300))
def test_any_prose_that_is_taken_becomes_html_without_script(words: str) -> None:
    try:
        prose = Prose.of(es=words)
    except ValueError:
        return
    create_plain(prose.root["es"])
    first_sentences(prose.root["es"])
    assert_runs_nothing(create_html(resolve_links(prose.root["es"], lambda target: f"https://rimay.example/{target}")))


# --- paths ----------------------------------------------------------------------------------------

OUTSIDE = [
    "",
    "/",
    "/a",
    "a/",
    "a//b",
    ".",
    "..",
    "../a",
    "a/../b",
    "a/..",
    "./a",
    "a\\b",
    "a\0",
    "a\n",
    "C:a",
    "%2e%2e/a",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_output_has_a_path_outside_the_site(path: str) -> None:
    with pytest.raises(ValueError, match="no path inside the site"):
        Output(path, b"", "a.txt", "data")


@given(parts=st.lists(st.text(max_size=8) | st.sampled_from(["..", ".", "a", "..."]), min_size=1, max_size=5))
def test_a_path_that_an_output_may_have_stays_below_the_site_on_any_system(parts: list[str]) -> None:
    path = "/".join(parts)
    try:
        Output(path, b"", "a.txt", "data")
    except ValueError:
        return
    assert path.isascii()
    assert path.isprintable()
    assert not set(path) & set('\\:*?"<>|%')
    assert not {"", ".", ".."} & set(path.split("/"))


@given(
    words=st.text(min_size=1) | st.sampled_from(["../../etc/passwd", "..", "/", "\\", "CON", "Nul", "com1", "%2e%2e"])
)
def test_any_title_makes_a_harmless_file_name(words: str) -> None:
    slug = slugify(words)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert slug not in RESERVED


# --- words ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def attacked() -> Built:
    return hostile()


@pytest.fixture(scope="module")
def outputs(attacked: Built) -> Mapping[str, Output]:
    """All that the hostile project publishes, by its path."""
    site = Site(attacked.project, attacked.site_url)
    return {output.path: output for language in LANGUAGES for output in site.create_outputs(language)}


def endings(outputs: Mapping[str, Output], ending: str) -> dict[str, bytes]:
    """What is published of a format."""
    found = {path: o.content for path, o in outputs.items() if path.endswith(ending) and isinstance(o.content, bytes)}
    assert found
    return found


@pytest.mark.everything
def test_every_text_of_every_kind_attacks(attacked: Built) -> None:
    library = attacked.outputs.library
    for entry in library.entries:
        for where, text in texts(entry.record):
            if not isinstance(text, LocalisedSlug) and not re.fullmatch(r"{\w+}", text.get("es")):
                assert MARK in text.get("es") or entry.record.kind == "update", (entry.path, where)
    assert {entry.record.kind for entry in library.entries} == set(KINDS)


@pytest.mark.everything
def test_no_page_has_a_script_handler_or_link_that_runs(attacked: Built) -> None:
    assert len(attacked.documents) >= len(attacked.pages)
    for document in attacked.documents.values():
        scripts = document.elements("//script[not(@type='application/ld+json')]")
        assert all((script.get("src") or "").rpartition("assets/")[2] for script in scripts), document.path
        assert all(not script.text for script in scripts), document.path
        assert document.values("//@*[starts-with(name(), 'on')]") == [], document.path
        assert document.elements("//iframe | //object | //embed | //style | //form[@action]") == [], document.path
        for link in document.links():
            assert re.match(r"(?:https?|mailto|tel|webcal|whatsapp):|[^:]*$", link.value), (document.path, link.value)
        for data in document.values("//script[@type='application/ld+json']/text()"):
            json.loads(data)


@pytest.mark.everything
def test_an_attack_is_read_as_words_on_the_pages(attacked: Built) -> None:
    for page in attacked.pages:
        if page.kind in {"organisation", "law", "campaign", "session"}:
            document = attacked.documents[f"{page.address}index.html"]
            assert f"{MARK}'{{{{ 7*7 }}}}{{% raw %}}]]>-->" in document.text("//h1"), page.address
            assert "49" not in document.text("//h1")


def values(tree: etree._Element, xpath: str) -> list[str]:
    found = tree.xpath(xpath)
    assert isinstance(found, list)
    return [str(value) for value in found]


def assert_runs_nothing(body: str) -> None:
    """HTML that a feed reader shows: no script, nothing that loads but our own pictures, links to the web only."""
    tree = etree.HTML(f"<main>{body}</main>")
    assert not tree.xpath("//script | //details | //@style | //@*[starts-with(name(), 'on')]")
    assert all(source.startswith(SITE_URL) for source in values(tree, "//img/@src"))
    assert not [link for link in values(tree, "//a/@href") if not re.match("https?://|mailto:|tel:", link)]


@pytest.mark.everything
def test_feeds_and_calendars_are_well_formed_and_run_nothing(outputs: Mapping[str, Output]) -> None:
    for path, content in endings(outputs, "feed.xml").items():
        feed = feedparser.parse(content)
        assert not feed.bozo, path
        tree = etree.fromstring(content)
        assert any(MARK in title for title in values(tree, "//*[local-name()='title']/text()")), path
        for body in values(tree, "//*[@type='html']/text()"):
            assert_runs_nothing(body)
    for content in endings(outputs, "feed.json").values():
        for item in json.loads(content)["items"]:
            assert_runs_nothing(item["content_html"])
    for path, content in endings(outputs, ".ics").items():
        names = {component.name for component in Calendar.from_ical(content).walk()}
        assert names <= {"VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT"}, path


@pytest.mark.everything
def test_no_cell_of_a_table_is_a_formula(outputs: Mapping[str, Output]) -> None:
    for path, content in endings(outputs, ".csv").items():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            assert not [cell for cell in row if re.match(r"[=+@\t\r]|-(?!\d+$)", cell)], path
    for content in endings(outputs, ".xlsx").values():
        for sheet in load_workbook(io.BytesIO(content)):
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.everything
def test_documents_open_and_hold_the_words_of_the_attack(outputs: Mapping[str, Output]) -> None:
    for path, content in endings(outputs, ".docx").items():
        document = Word(io.BytesIO(content))
        if "manual" not in path:  # essays are a maintainer's
            assert MARK in "".join(document.element.body.itertext()), path
        targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
        assert all(re.match(r"https?://|mailto:|tel:|whatsapp:", target) for target in targets), path
    for path, content in endings(outputs, ".pdf").items():
        pdf = PdfReader(io.BytesIO(content))
        assert len(pdf.pages) > 0, path
        assert "/JavaScript" not in str(pdf.trailer["/Root"]), path
    for content in endings(outputs, ".png").values():
        Image.open(io.BytesIO(content)).verify()


@pytest.mark.everything
def test_archives_unpack_below_their_folder(outputs: Mapping[str, Output]) -> None:
    for content in endings(outputs, ".zip").values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                Output(name, b"", "a.txt", "data")
            index = etree.HTML(archive.read("index.html"))
            assert not index.xpath("//script | //img | //@*[starts-with(name(), 'on')]")
