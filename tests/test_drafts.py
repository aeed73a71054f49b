"""``rimay new``: a draft for every kind, from options or from a terminal, that reads back as it was answered."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rimay.check import load_library
from rimay.drafts import WORDS, Draft, begin, create_questions
from rimay.languages import LANGUAGES
from rimay.library import is_translated, slugify
from rimay.load import Data, load_data
from rimay.problems import DataProblems
from rimay.records import KINDS
from rimay.records.campaign import Campaign
from rimay.records.update import Update
from tests.conftest import ROOT, copy_project, create_project
from tests.test_kinds import KIND, find_examples, find_section

#: Seconds without a word after which a person presses Ctrl-C once more.
PATIENCE = 5
Written = Callable[[str], tuple[Path, str]]
UPDATE = {
    "--date": "2024-05-01",
    "--campaign": "agua-limpia",
    "--title-es": "Reunión con la gerencia",
    "--text-es": "Caso inventado.",
    "--sources-document": "caso-inventado",
}
WRITTEN = "data/updates/2024/2024-05-01-reunion-con-la-gerencia.yml"
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
HOSTILE = [
    'Dijo "no" y se fue',
    "Paro: día uno",
    "Paro # 3",
    "# 3",
    "no",
    "null",
    "011",
    "18:00",
    "2024-05-01",
    "- uno",
    "*uno*",
    "&uno !dos @tres %cuatro",
    "{es: uno, en: dos}",
    "C:\\nuevo\\trabajo",
    "it's",
    '¡Ganamos! 🎉 dijo "sí", it\'s',
    "…",
    "uno\u00a0dos\u200bdos",
    "---",
    '# en: ""',
    "y" * 3000,
]
HOSTILE_LINES = [
    "uno\ndos",
    "uno\n\n- dos: #\n    tres\n",
    "uno: \n#dos",
    'en: ""\n# en: ""',
    "uno\t\n\tdos",
    "uno\n---\ndos 🎉",
    "| uno |\n|---|\n| no |",
]


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO())


def with_manual(project: Path) -> Path:
    """A miniature project with the editors' manual."""
    shutil.copy(ROOT / "data" / "README.md", project / "data")
    return project


@pytest.fixture
def project(mini_project: Path) -> Path:
    return with_manual(mini_project)


@pytest.fixture(scope="module")
def written(_project_to_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A draft of a kind, answered as the manual does: its project and its path. Not to be changed."""

    @cache
    def write_once(kind: str) -> tuple[Path, str]:
        project = with_manual(copy_project(_project_to_copy, tmp_path_factory.mktemp(kind) / "project"))
        return project, write(project, kind, answers_of_the_manual(project, kind))

    return write_once


def files(project: Path) -> set[str]:
    return {path.relative_to(project).as_posix() for path in (project / "data").rglob("*.yml")}


def write(project: Path, kind: str, given: Mapping[str, str]) -> str:
    """Write a draft; returns its path."""
    before = files(project)
    assert begin(project, kind, given) == 0
    (path,) = files(project) - before
    return path


def answers_of_the_manual(project: Path, kind: str) -> dict[str, str]:
    """What the example of the manual says, as options; ids are those of the project, and links are left out."""
    (words,) = list(find_examples(find_section(kind)).values())[:1]
    given, draft = {}, Draft(project, KINDS[kind], load_data(project))
    for question in create_questions(KINDS[kind]):
        found: Any = yaml.safe_load(words)
        for name in question.where:
            found = found.get(name) or {}
            found = found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else found
        choices = draft.find_choices(question)
        given[question.flag] = min(choices) if choices else _LINK.sub(r"\1", str(found or ""))
    return given


def load_update(project: Path, path: str) -> Update:
    record = load_library(project).get("update", Path(path).stem)
    assert isinstance(record, Update)
    return record


# --- every kind -----------------------------------------------------------------------------------


def parts(kind: str) -> set[str]:
    """Fields that a record needs and no line can answer."""
    asked = {question.where[0] for question in create_questions(KINDS[kind])}
    return {name for name, field in KINDS[kind].model_fields.items() if field.is_required()} - {"id", *asked}


@KIND
def test_a_draft_of_every_kind_has_no_problem_but_in_what_is_marked(kind: str, written: Written) -> None:
    project, path = written(kind)

    words = (project / path).read_text("utf-8")
    marked = set(re.findall(r"^(\w+):.*# cambia esto / change this$", words, re.MULTILINE))
    assert marked == parts(kind)
    try:
        load_library(project)
    except DataProblems as found:
        assert {problem.path for problem in found.problems} == {path}
        # a problem without a field is one of the whole record, as of a session that no course has yet
        assert {problem.field.partition(".")[0] for problem in found.problems} <= {*marked, ""}


@pytest.mark.parametrize("kind", ["campaign", "law", "organisation", "outlet", "update"])
def test_a_draft_without_parts_loads_cleanly(kind: str, written: Written) -> None:
    project, path = written(kind)

    assert Path(path).stem in load_library(project).ids(kind)


@KIND
def test_a_draft_is_called_by_the_name_of_its_record(kind: str, written: Written) -> None:
    project, path = written(kind)

    (entry,) = [entry for entry in load_data(project).entries if entry.path == path]
    assert Path(path).stem.endswith(slugify(entry.record.label.get("es")))
    assert path.startswith(f"data/{KINDS[kind].folder}/")


@KIND
def test_every_optional_field_follows_as_a_comment_that_can_be_used(kind: str, written: Written) -> None:
    project, path = written(kind)

    _, _, comments = (project / path).read_text("utf-8").partition("# Desde aquí, opcional")
    used = yaml.safe_load(re.sub(r"^# ", "", comments.partition("\n")[2], flags=re.MULTILINE))
    optional = {name for name, field in KINDS[kind].model_fields.items() if not field.is_required()} - {"slug"}
    assert used.keys() == optional
    assert all(value is not None for value in used.values())


@KIND
def test_every_field_says_what_it_is_in_both_languages(kind: str, written: Written) -> None:
    project, path = written(kind)

    words = (project / path).read_text("utf-8")

    asked = {question.where[0] for question in create_questions(KINDS[kind])}
    for name, field in KINDS[kind].model_fields.items():
        if name in asked or not field.is_required():
            (about,) = (mark for mark in field.metadata if type(mark).__name__ == "About")
            assert re.search(rf"^(# )?{name}:.* # {re.escape(about.es)} / {re.escape(about.en)}$", words, re.MULTILINE)


@KIND
def test_parts_are_the_example_of_the_manual(kind: str, written: Written) -> None:
    (manual, *_) = find_examples(find_section(kind)).values()
    project, path = written(kind)

    draft = yaml.safe_load((project / path).read_text("utf-8"))
    assert {name: draft[name] for name in parts(kind)} == {name: yaml.safe_load(manual)[name] for name in parts(kind)}


# --- what is written ------------------------------------------------------------------------------


def test_an_update_as_an_editor_finds_it(project: Path) -> None:
    path = write(project, "update", {**UPDATE, "--text-es": "Caso inventado.\n\nSegundo párrafo: 18:00."})

    assert path == WRITTEN
    assert (project / path).read_text("utf-8").partition("\n\n# Desde aquí")[0].splitlines() == [
        "slug:                        # final de la dirección; si falta, sale del título"
        " / end of the address; made from the title if missing",
        '  es: "reunion-con-la-gerencia"',
        '  # en: ""',
        "date: 2024-05-01             # cuándo pasó: día, mes o año / when it happened: day, month or year",
        "campaign: agua-limpia        # campaña a la que pertenece / campaign it belongs to",
        "title:                       # título: qué pasó / headline: what happened",
        '  es: "Reunión con la gerencia"',
        '  # en: ""',
        "text:                        # el texto / the text",
        "  es: |",
        "    Caso inventado.",
        "",
        "    Segundo párrafo: 18:00.",
        '  # en: ""',
        "sources:                     # de dónde sale lo que se dice / where the statements come from",
        "  - document: caso-inventado     # documento de la lista / document in the list",
        "    # where: {es: sección «Mejor comunicación», en: section “Improved Communications”}"
        "  # página o sección / page or section",
    ]


def test_a_title_that_is_improved_does_not_move_the_page(project: Path) -> None:
    path = write(project, "update", {**UPDATE, "--title-en": "A meeting"})
    library = load_library(project)
    before = [library.address(load_update(project, path), language) for language in LANGUAGES]

    words = (project / path).read_text("utf-8")
    words = words.replace("Reunión con", "Segunda reunión con").replace("A meeting", "A second meeting")
    (project / path).write_text(words, "utf-8")

    assert [library.address(load_update(project, path), language) for language in LANGUAGES] == before
    assert before[1].endswith("/2024-05-01-a-meeting/")


def test_an_update_needs_at_most_six_answers() -> None:
    assert len([question for question in create_questions(Update) if question.needed]) <= 6


def test_a_draft_without_english_is_sound_and_known_as_untranslated(project: Path) -> None:
    path = write(project, "update", UPDATE)

    update = load_update(project, path)
    assert is_translated(update, "es")
    assert not is_translated(update, "en")


def test_a_draft_in_both_languages_is_translated(project: Path) -> None:
    english = {"--title-en": "A meeting", "--text-en": "Invented case.", "--sources-where-en": "page 3"}
    path = write(project, "update", {**UPDATE, **english, "--sources-where-es": "página 3"})

    update = load_update(project, path)
    assert is_translated(update, "en")
    assert update.sources[0].where is not None
    assert update.sources[0].where.root == {"es": "página 3", "en": "page 3"}


def test_ids_are_given_with_commas_and_a_list_of_texts_begins_with_one(project: Path) -> None:
    given = {**answers_of_the_manual(project, "campaign"), "--sectors": " agro,mining ,", "--demands-es": "Agua, ya."}
    path = write(project, "campaign", given)

    campaign = load_library(project).find(Campaign, Path(path).stem)
    assert campaign.sectors == ("agro", "mining")
    assert [demand.get("es") for demand in campaign.demands] == ["Agua, ya."]


@pytest.mark.parametrize(
    ("date", "path"),
    [
        ("2019", "data/updates/2019/2019-reunion-con-la-gerencia.yml"),
        ("2024-05", "data/updates/2024/2024-05-reunion-con-la-gerencia.yml"),
        ("2024-02-29", "data/updates/2024/2024-02-29-reunion-con-la-gerencia.yml"),
    ],
)
def test_an_update_goes_to_its_year_under_its_date(date: str, path: str, project: Path) -> None:
    assert write(project, "update", {**UPDATE, "--date": date}) == path
    load_library(project)


@pytest.mark.parametrize(
    "title", ["palabra " * 60, "x" * 300, "团结" * 40, "¿¡!?"], ids=["words", "word", "Han", "signs"]
)
def test_a_title_of_any_length_gives_an_id_that_loads(title: str, project: Path) -> None:
    path = write(project, "update", {**UPDATE, "--title-es": title})

    assert load_update(project, path).title.get("es") == title.strip()


@cache
def load_mini() -> Data:
    """The data of the miniature project, for what may be answered."""
    with TemporaryDirectory() as folder:
        return load_data(create_project(Path(folder)))


def read_back(title: str, text: str) -> Update:
    """An update with these words, written and loaded."""
    given = {**UPDATE, "--title-es": title, "--title-en": title, "--text-es": text, "--text-en": text}
    with TemporaryDirectory() as folder:
        draft = Draft(Path(folder), Update, load_mini())
        assert not [
            told
            for question in create_questions(Update)
            if (told := draft.take(question, given.get(question.flag, "")))
        ]
        file = draft.root / draft.find_path()
        file.parent.mkdir(parents=True)
        file.write_text(draft.create_text(), "utf-8")
        loaded = load_data(draft.root)
    assert not [problem for problem in loaded.problems if problem.path == draft.find_path()]
    (update,) = [entry.record for entry in loaded.entries]
    assert isinstance(update, Update)
    return update


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_read_back_as_they_were_answered(words: str) -> None:
    update = read_back(words, words)

    assert update.title.root == update.text.root == {"es": words, "en": words}


@pytest.mark.parametrize("words", HOSTILE_LINES)
def test_hostile_lines_read_back_as_they_were_answered(words: str) -> None:
    assert read_back("Reunión", words).text.root == {"es": words.strip(), "en": words.strip()}


#: What the loader lets in: no signs that nobody sees, but for the line and the tabulator.
_UNSEEN = [chr(number) for number in (*range(32), *range(127, 160)) if number not in (9, 10)]
_SIGNS = st.characters(exclude_categories=["Cs", "Cf", "Cn", "Zl", "Zp"], exclude_characters=_UNSEEN)


@given(st.text(_SIGNS, min_size=1).filter(lambda words: words.strip() and "](" not in words))
def test_any_words_read_back_as_they_were_answered(words: str) -> None:
    title = " ".join(words.split("\n"))

    update = read_back(title, words)

    assert update.title.root == {"es": title.strip(), "en": title.strip()}
    assert update.text.root == {"es": words.strip(), "en": words.strip()}


@pytest.mark.parametrize("name", ["Paro: día uno", "Paro # 3", "no", "011", "18:00", "2024-05-01", "- uno", "it's 🎉"])
def test_a_hostile_name_that_has_one_form_only_reads_back_too(name: str, project: Path) -> None:
    path = write(project, "outlet", {**answers_of_the_manual(project, "outlet"), "--name": name})

    assert load_library(project).get("outlet", Path(path).stem).label.get("es") == name


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"--date": "2024-13"}, "date: «2024-13» no existe en el calendario; revisa el mes y el día"),
        (
            {"--date": "mayo"},
            "date: «mayo» no es una fecha; escribe año, año-mes o año-mes-día, como 2012-05-30",
        ),
        (
            {"--campaign": "agua-limpa"},
            "campaign: no existe data/campaigns/agua-limpa.yml; ¿quisiste decir «agua-limpia»?",
        ),
        ({"--campaign": "xyz"}, "campaign: no existe data/campaigns/xyz.yml"),
        (
            {"--sources-document": "Caso Inventado"},
            "sources.document: «Caso Inventado» no está en la lista «documents» de data/vocabulary.yml; "
            "¿quisiste decir «caso-inventado»?",
        ),
        ({"--title-es": "uno\ndos"}, "title.es: el texto en «es» debe ser de una línea; usa >- o comillas"),
        ({"--text-es": "[uno](javascript:x)"}, "text.es: el enlace «javascript:x» no se publica; "),
        ({"--title-en": "uno\x07"}, "title.en: el texto en «en» tiene un carácter de control invisible; "),
        ({"--title-en": "par\udcf3"}, "title.en: la terminal no escribe en UTF-8; "),
        ({"--sources-where-en": "page 3"}, "sources.where.en: falta el texto en español; agrega es: …"),
    ],
)
def test_a_wrong_answer_says_what_is_expected_and_writes_nothing(
    wrong: dict[str, str], expected: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)

    assert begin(project, "update", {**UPDATE, **wrong}) == 2

    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith(expected)
    assert files(project) == before


@pytest.mark.parametrize(
    ("kind", "wrong", "expected"),
    [
        ("session", {"--minutes": "una hora"}, "minutes: el valor una hora no sirve; se espera: duración total"),
        ("session", {"--minutes": "500"}, "minutes: el valor 500 no sirve; se espera: duración total"),
        ("curriculum", {"--code": "RR"}, "code: el valor RR no sirve; se espera: letra de sus sesiones, por ejemplo R"),
        ("law", {"--as-of": "2024-05"}, "as_of: «2024-05» debe tener día, como 2012-05-30"),
        (
            "campaign",
            {"--sectors": "agro, Minería y metal"},
            "sectors: «Minería y metal» no está en la lista «sectors» de data/vocabulary.yml; "
            "¿quisiste decir «mining»?",
        ),
    ],
)
def test_numbers_patterns_days_and_lists_are_checked_by_the_model(
    kind: str, wrong: dict[str, str], expected: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(project, kind, {**answers_of_the_manual(project, kind), **wrong}) == 2
    assert capsys.readouterr().err.startswith(expected)


def test_all_wrong_answers_are_told_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin(project, "update", {**UPDATE, "--date": "hoy", "--campaign": "agua"}) == 2
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == ["date", "campaign"]


def test_nothing_is_overwritten(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, "update", UPDATE)
    words = (project / WRITTEN).read_text("utf-8")
    capsys.readouterr()

    assert begin(project, "update", {**UPDATE, "--text-es": "Otro texto."}) == 2

    assert capsys.readouterr().err == f"{WRITTEN}: ya existe; cambia la respuesta o edita ese archivo\n"
    assert (project / WRITTEN).read_text("utf-8") == words


def test_without_a_terminal_what_is_missing_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)

    assert begin(project, "update", {"--date": "2024-05-01", "--title-es": "", "--text-es": "Caso."}) == 2

    assert capsys.readouterr().err == (
        "falta --campaign, --title-es, --sources-document; sin una terminal no se puede preguntar\n"
    )
    assert files(project) == before


def test_where_there_is_no_project_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin(tmp_path, "update", UPDATE) == 1
    assert "data/vocabulary.yml: falta el archivo" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_problems_of_other_records_do_not_stand_in_the_way(project: Path) -> None:
    (project / "data/organisations/prueba.yml").write_text("name: [\n", "utf-8")

    write(project, "update", UPDATE)


# --- the command ----------------------------------------------------------------------------------


def run(*arguments: str, terminal: str = "es_PE.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": terminal, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "rimay", "new", *arguments]
    return subprocess.run(
        command, capture_output=True, stdin=subprocess.DEVNULL, text=True, check=False, env=environment
    )


def test_the_command_writes_and_names_what_comes_next(project: Path) -> None:
    done = run("update", str(project), *(word for option in UPDATE.items() for word in option))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"escrito: {WRITTEN}",
        "«make check» lo comprueba, «make serve» lo muestra",
    ]


def test_the_command_says_first_what_to_change_in_an_example(project: Path) -> None:
    given = answers_of_the_manual(project, "form")

    done = run("form", str(project), *(f"{flag}={words}" for flag, words in given.items()))

    assert done.stdout.splitlines()[1] == "ábrelo, cambia lo marcado «cambia esto» y borra la marca; después:"


@pytest.mark.parametrize(
    ("terminal", "expected"), [("es_PE.UTF-8", "campaña a la que pertenece"), ("en_GB.UTF-8", "campaign it belongs to")]
)
def test_the_help_of_a_kind_is_in_the_language_of_the_terminal(terminal: str, expected: str) -> None:
    done = run("update", "--help", terminal=terminal)

    assert done.returncode == 0
    assert expected in " ".join(done.stdout.split())


def talk(
    project: Path, kind: str, answers: Iterable[str], terminal: str = "es_PE.UTF-8", options: Iterable[str] = ()
) -> tuple[int, str]:
    """The exit code of the command in a terminal, and what stands there; each answer waits for its question."""
    master, slave = pty.openpty()
    command = subprocess.Popen(
        [sys.executable, "-m", "rimay", "new", kind, str(project), *options],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "LC_ALL": terminal, "TERM": "dumb"},
        start_new_session=True,
        preexec_fn=_take_the_terminal,  # noqa: PLW1509 - Ctrl-C is for the command only
    )
    os.close(slave)
    said, seen, answer, waiting = b"", 0, "", iter(answers)
    while True:
        if answer == "\x03" and not select.select([master], [], [], PATIENCE)[0]:
            os.write(master, answer.encode())  # pressed in the moment before readline listens it is not heard
        try:
            found = os.read(master, 4096)
        except OSError:  # Linux says so at the end
            found = b""
        if not found:
            break
        said += found
        if said[seen:].endswith(b"\n> "):
            seen = len(said)
            answer = next(waiting)
            os.write(master, answer.encode())
    os.close(master)
    return command.wait(), said.decode().replace("\r", "")


def _take_the_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores it, and would hand that on
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def lines(*answers: str) -> list[str]:
    return [f"{answer}\n" for answer in answers]


def test_in_a_terminal_the_command_asks_and_asks_again(project: Path) -> None:
    answers = lines("2024-13", "2024-05-01", "agua-limpa", "agua-limpia", "", "Reunión con la gerencia", "A meeting")
    answers += lines("Caso inventado.", "", "Segundo «párrafo».", "", "", "", "caso-inventado", "")

    code, said = talk(project, "update", answers)

    assert code == 0
    assert "Novedad: Enter deja vacío lo opcional; Ctrl-C sale sin escribir nada" in said
    assert "Cuándo pasó: día, mes o año [date] (por ejemplo 2012-05-30)\n> " in said
    assert "date: «2024-13» no existe en el calendario; revisa el mes y el día\n> " in said
    assert "\n  agua-limpia      Agua limpia" in said
    assert "¿quisiste decir «agua-limpia»?\n> " in said
    assert "Título: qué pasó, en inglés [title.en] (opcional; por ejemplo Coordinated action)\n> " in said
    assert "title.es: falta este campo; " in said
    assert f"escrito: {WRITTEN}" in said
    update = load_update(project, WRITTEN)
    assert update.title.root == {"es": "Reunión con la gerencia", "en": "A meeting"}
    assert update.text.root == {"es": "Caso inventado.\n\nSegundo «párrafo»."}


def test_in_an_english_terminal_the_questions_are_in_english(project: Path) -> None:
    answers = lines("2024-05-01", "agua-limpia", "Reunión", "", "Caso.", "", "", "", "caso-inventado", "página 3", "")

    code, said = talk(project, "update", answers, "en_GB.UTF-8")

    assert code == 0
    assert "When it happened: day, month or year [date] (for example 2012-05-30)" in said
    assert "Page or section, in English [sources.where.en] (optional; for example section" in said
    assert "written: data/updates/2024/2024-05-01-reunion.yml" in said


def test_options_are_not_asked_again_unless_they_are_wrong(project: Path) -> None:
    given = {**UPDATE, "--campaign": "agua", "--title-en": "", "--text-en": "", "--sources-where-es": ""}

    code, said = talk(
        project, "update", lines("agua-limpia"), options=[word for item in given.items() for word in item]
    )

    assert code == 0
    assert said.count("\n> ") == 1
    assert "no existe data/campaigns/agua.yml" in said.partition("Campaña a la que pertenece [campaign]\n")[0]


def test_a_title_that_is_taken_is_asked_again(project: Path) -> None:
    write(project, "update", UPDATE)
    answers = lines("2024-05-01", "agua-limpia", "Reunión con la gerencia", "Otra reunión", "")
    answers += lines("Caso.", "", "", "", "caso-inventado", "")

    code, said = talk(project, "update", answers)

    assert code == 0
    assert f"{WRITTEN}: ya existe; cambia la respuesta o edita ese archivo\n> " in said
    assert load_update(project, "data/updates/2024/2024-05-01-otra-reunion.yml").title.get("es") == "Otra reunión"


@pytest.mark.parametrize(("key", "before"), [("\x03", 0), ("\x03", 8), ("\x04", 4)], ids=["first", "last", "Ctrl-D"])
def test_who_leaves_has_written_nothing(key: str, before: int, project: Path) -> None:
    found = files(project)
    answers = lines("2025-05-01", "agua-limpia", "Reunión", "", "Caso.", "", "", "", "caso-inventado")

    code, said = talk(project, "update", [*answers[:before], key])

    assert code == 130
    assert said.splitlines()[-1] == "no se escribió nada"
    assert files(project) == found
    assert not (project / "data/updates/2025").exists()


@pytest.mark.parametrize("name", WORDS)
def test_what_the_command_says_has_every_language(name: str) -> None:
    assert WORDS[name].keys() == LANGUAGES.keys()
    assert WORDS[name]["es"] != WORDS[name]["en"]


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\u202e", "\x07"])
def test_a_sign_that_nobody_sees_is_not_written(sign: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = files(project)

    assert begin(project, "update", {**UPDATE, "--title-es": f"uno{sign}dos"}) == 2
    assert "title.es: el texto en «es» tiene un carácter de control invisible" in capsys.readouterr().err
    assert files(project) == found
