"""One bad file a case: what an editor reads, to the letter, and that nothing else goes wrong.

A file in ``tests/problems`` says in its first lines where it goes (``# at:``) and every line that is expected
(``# expect:``). What a text file cannot hold is made here.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rimay.__main__ import main
from rimay.check import load_library
from rimay.languages import LANGUAGES
from rimay.messages import MESSAGES
from rimay.outputs import Site
from rimay.problems import DataProblems, Problem, report
from tests.conftest import SITE_URL, TESTS, copy_project

ORGANISATION = "data/organisations/prueba.yml"
ONE, MANY = "1 problema", "{} problemas"


@dataclass(frozen=True)
class Case:
    """Something wrong: how it gets into a project, and the lines that tell it."""

    name: str
    spoil: Callable[[Path], object]
    expected: tuple[str, ...]


def _write(at: str, content: bytes) -> Callable[[Path], object]:
    def spoil(project: Path) -> None:
        file = project / at
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    return spoil


def _read_case(file: Path) -> Case:
    head = [line for line in file.read_text("utf-8").splitlines() if line.startswith("# ")]
    said = [line.removeprefix("# ").split(": ", 1) for line in head if ": " in line]
    at = next(words for name, words in said if name == "at")
    expected = tuple(words for name, words in said if name == "expect")
    return Case(file.stem, _write(at, file.read_bytes()), expected)


def _remove(name: str) -> Callable[[Path], object]:
    return lambda project: (project / name).unlink()


def _drop_line(name: str, start: str) -> Callable[[Path], object]:
    def spoil(project: Path) -> None:
        lines = (project / name).read_text("utf-8").splitlines(keepends=True)
        (project / name).write_text("".join(line for line in lines if not line.startswith(start)), "utf-8")

    return spoil


def _link(at: str, target: str) -> Callable[[Path], object]:
    return lambda project: (project / at).symlink_to(target)


def _replace(name: str, before: str, after: str) -> Callable[[Path], object]:
    def spoil(project: Path) -> None:
        words = (project / name).read_text("utf-8")
        assert before in words
        (project / name).write_text(words.replace(before, after), "utf-8")

    return spoil


_WORDS = "name: {es: Federación, en: Federation}\n"
_TOO_DEEP = "hay demasiados niveles, uno dentro de otro; revisa la sangría o los corchetes"
_EMPTY = "el archivo está vacío; copia el ejemplo de data/README.md o borra el archivo"
_NOT_UTF8 = "el archivo no está en UTF-8 (byte {}); en el editor elige «Guardar como… UTF-8»"
_CONTROL = "hay un carácter de control invisible ({}); bórralo"
_LINK = "es un enlace simbólico y podría publicar un archivo de fuera; pon aquí el archivo mismo"
_UPDATE = "data/updates/2024/2024-05-01-prueba.yml"
_REPAIR = "ábrela en el teléfono o la computadora y guárdala otra vez como JPEG"


def _add_picture(content: bytes) -> Callable[[Path], object]:
    def spoil(project: Path) -> None:
        words = (TESTS / "problems" / "picture-that-is-not-there.yml").read_text("utf-8")
        _write(_UPDATE, words.replace("no-hay", "marcha").encode())(project)
        _write("docs/assets/pictures/marcha.jpg", content)(project)

    return spoil


MADE = [
    Case(
        "picture-of-another-kind",
        _add_picture(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        (
            f"{_UPDATE}:7: picture.file: docs/assets/pictures/marcha.jpg no se puede leer como fotografía; se espera "
            f"JPEG, PNG o WebP enteros: {_REPAIR}",
        ),
    ),
    Case(
        "picture-too-large",
        _add_picture(b"\0" * 40_000_001),
        (
            f"{_UPDATE}:7: picture.file: docs/assets/pictures/marcha.jpg es demasiado grande; se espera hasta 40 MB y "
            "89 millones de píxeles: redúcela, por ejemplo a 3000 píxeles de ancho",
        ),
    ),
    Case(
        "saved-as-latin-1",
        _write(ORGANISATION, ("type: union\n" + _WORDS).encode("latin-1")),
        (f"{ORGANISATION}:2: {_NOT_UTF8.format('0xF3')}",),
    ),
    Case(
        "saved-as-utf-16",
        _write(ORGANISATION, _WORDS.encode("utf-16")),
        (f"{ORGANISATION}:1: {_NOT_UTF8.format('0xFF')}",),
    ),
    Case(
        "saved-as-utf-16-without-mark",
        _write(ORGANISATION, "type: union\n".encode("utf-16-le")),
        (f"{ORGANISATION}:1: {_CONTROL.format('U+0000')}",),
    ),
    Case("empty-file", _write(ORGANISATION, b""), (f"{ORGANISATION}:1: {_EMPTY}",)),
    Case("only-a-comment", _write(ORGANISATION, "# después\n".encode()), (f"{ORGANISATION}:1: {_EMPTY}",)),
    Case(
        "huge-file",
        _write(ORGANISATION, b"name: {es: a}\n" + b"#" * 500_000),
        (f"{ORGANISATION}: el archivo tiene 500 kB; un registro no pasa de 400 kB: divídelo o quita lo que sobra",),
    ),
    *(
        Case(
            f"control-character-{number:02x}-in-file",
            _write(ORGANISATION, f"type: union\nname: {{es: a{chr(number)}b}}\n".encode()),
            (f"{ORGANISATION}:2: {_CONTROL.format(f'U+{number:04X}')}",),
        )
        for number in (0x07, 0x0B, 0x7F, 0x85, 0x2028, 0xFFFE)
    ),
    Case(
        "control-character-after-many-accents",
        _write(ORGANISATION, ("# " + "ñ" * 30 + "\nname: {es: a\x07b}\n" + "\n" * 30).encode()),
        (f"{ORGANISATION}:2: {_CONTROL.format('U+0007')}",),
    ),
    *(
        Case(f"deep-{name}", _write(ORGANISATION, content), (f"{ORGANISATION}:{line}: {_TOO_DEEP}",))
        for name, line, content in (
            ("brackets", 1, b"[" * 2_000),
            ("braces", 1, b"{a: " * 2_000),
            ("dashes", 1, b"- " * 2_000),
            ("brackets-in-a-field", 2, b"type: union\nname: " + b"[" * 2_000),
        )
    ),
    *(
        Case(f"symlink-{name}", _link(at, target), (f"{at}: {_LINK}",))
        for name, at, target in (
            ("to-a-record", ORGANISATION, "sindicato-de-prueba.yml"),
            ("to-a-secret", "docs/assets/secret.txt", "/etc/passwd"),
            ("to-a-page", "docs/es/secret.md", "/etc/passwd"),
            ("to-a-folder", "docs/assets/secrets", "/etc"),
            ("to-nothing", "data/organisations/nada.yml", "nowhere"),
        )
    ),
    Case(
        "long-text",
        _write(ORGANISATION, f"type: union\nname: {{es: {'a' * 10_001}}}\n".encode()),
        (f"{ORGANISATION}:2: el texto tiene 10001 caracteres y un texto no pasa de 10000; repártelo en varios",),
    ),
    Case(
        "long-number",
        _write(ORGANISATION, f"type: {'9' * 5_000}\n".encode()),
        (f'{ORGANISATION}:1: YAML leería «{"9" * 57}…» como otro valor; escríbelo entre comillas: "{"9" * 57}…"',),
    ),
    Case(
        "page-outside-docs",
        _write("data/nav.yml", b"- id: home\n  page: ../../../etc/passwd\n  title: {es: a}\n  summary: {es: a}\n"),
        (
            'data/nav.yml:2: 0.page: el valor "../../../etc/passwd" no sirve; se espera: archivo en docs/, si no es '
            "id/index.md, por ejemplo about.md",
        ),
    ),
    Case(
        "missing-section",
        _replace("data/nav.yml", "id: outlets", "id: others"),
        ("data/nav.yml: falta la parte del sitio «outlets», que el programa o una plantilla nombra; vuelve a ponerla",),
    ),
    Case("no-vocabulary", _remove("data/vocabulary.yml"), ("data/vocabulary.yml: falta el archivo",)),
    Case("no-nav", _remove("data/nav.yml"), ("data/nav.yml: falta el archivo",)),
    Case(
        "line-endings-of-old-macs",
        _write(
            ORGANISATION,
            b"type: union\rname:\r  es:\r  en: Union\rsummary: {es: a}\rsources: [{document: caso-inventado}]\r",
        ),
        (f"{ORGANISATION}:3: name: el texto en «es» está vacío; escríbelo o quita la línea",),
    ),
    Case(
        "braces-translated",
        _replace("data/strings/en.yml", "{hour}", "{time}"),
        ("data/strings/en.yml: hour: la frase tiene {time} y debe tener {hour}; lo que va entre llaves no se traduce",),
    ),
    Case("no-strings", _remove("data/strings/en.yml"), ("data/strings/en.yml: falta el archivo",)),
    Case(
        "missing-string",
        _drop_line("data/strings/en.yml", "skip:"),
        ("data/strings/en.yml: falta la frase «skip», que está en data/strings/es.yml",),
    ),
    Case(
        "missing-page",
        _remove("docs/es/about.md"),
        ("data/nav.yml: falta la página about.md en docs/es/ y no hay plantilla para ella",),
    ),
]
CASES = {case.name: case for case in [*map(_read_case, sorted((TESTS / "problems").iterdir())), *MADE]}


def _count(lines: Iterable[str]) -> str:
    number = len(list(lines))
    return ONE if number == 1 else MANY.format(number)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_problem_is_told_with_file_line_field_and_remedy(
    case: Case, mini_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case.spoil(mini_project)
    monkeypatch.setattr(sys, "argv", ["rimay", "check", str(mini_project)])

    code = main()

    written = capsys.readouterr()
    assert written.err.splitlines() == [*case.expected, _count(case.expected)]
    assert written.out == ""
    assert code == 1


def test_every_case_says_what_it_expects() -> None:
    assert not [name for name, case in CASES.items() if not case.expected]


# --- several at once ------------------------------------------------------------------------------

FORM = [
    "duplicate-key",
    "impossible-date",
    "missing-field",
    "no-in-text",
    "tab",
    "two-documents",
    "unknown-field",
    "unknown-id",
    "unsafe-link",
]
ACROSS = [
    "bad-alias",
    "dead-link",
    "minutes-do-not-add-up",
    "page-without-section",
    "page-without-section-in-english",
    "update-ends-before-it-starts",
]


@pytest.mark.parametrize("names", [FORM, ACROSS], ids=["of form", "across records"])
def test_all_problems_of_all_files_come_in_one_run_sorted_and_counted(names: list[str], mini_project: Path) -> None:
    expected: list[str] = []
    for number, name in enumerate(names, 1):
        case = CASES[name]
        spoiled = copy_project(mini_project, mini_project.parent / name)
        case.spoil(spoiled)
        title = f"{{es: Paro {number}, en: Strike {number}}}"
        path = next(line.split(": ")[0].partition(":")[0] for line in case.expected)
        # files of one name get names of their own
        target = path.replace("prueba.yml", f"prueba-{number}.yml")
        words = (spoiled / path).read_text("utf-8").replace("{es: Paro, en: Strike}", title)
        (mini_project / target).parent.mkdir(parents=True, exist_ok=True)
        (mini_project / target).write_text(words, "utf-8")
        expected += [line.replace(path, target) for line in case.expected]

    with pytest.raises(DataProblems) as caught:
        load_library(mini_project)

    assert str(caught.value).splitlines() == [*sorted(expected), f"{len(expected)} problemas"]


def test_problems_of_a_file_come_in_the_order_of_its_lines() -> None:
    problems = [Problem("b.yml", 9, "", "tab"), Problem("a.yml", 10, "", "tab"), Problem("a.yml", 9, "", "tab")]

    assert [(p.path, p.line) for p in DataProblems(problems).problems] == [("a.yml", 9), ("a.yml", 10), ("b.yml", 9)]


def test_a_reference_to_a_broken_file_is_not_a_second_problem(mini_project: Path) -> None:
    campaign = mini_project / "data/campaigns/agua-limpia.yml"
    campaign.write_text("status: [\n", "utf-8")

    with pytest.raises(DataProblems) as caught:
        load_library(mini_project)

    assert {problem.path for problem in caught.value.problems} == {"data/campaigns/agua-limpia.yml"}


def test_a_list_that_is_there_twice_is_one_problem(mini_project: Path) -> None:
    with (mini_project / "data/vocabulary.yml").open("a", encoding="utf-8") as file:
        file.write('documents:\n  otro: {title: {es: Otro, en: Other}, author: "Sindicato"}\n')

    with pytest.raises(DataProblems) as caught:
        load_library(mini_project)

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("data/vocabulary.yml", "duplicate_key")
    ]


@pytest.mark.parametrize("sign", ["✊", "✅", "❌", "⛏"])
def test_a_sign_of_a_telephone_that_cannot_be_printed_is_seen_by_the_check(sign: str, mini_project: Path) -> None:
    file = mini_project / "data/sessions/segunda-sesion.yml"
    file.write_text(file.read_text("utf-8").replace("Se repitió.", f"Se repitió {sign}."), "utf-8")

    with pytest.raises(DataProblems) as caught:
        load_library(mini_project)

    assert [problem.code for problem in caught.value.problems] == ["no_emoji"]


def test_a_sign_that_no_font_of_ours_has_stops_the_printing_and_names_the_sheet(mini_project: Path) -> None:
    _use_unprintable_sign(mini_project)

    with pytest.raises(DataProblems) as caught:
        Site(mini_project, SITE_URL).create_outputs("es")

    assert [problem.code for problem in caught.value.problems] == ["cannot_print"]
    assert str(caught.value).startswith(
        "data/sessions/segunda-sesion.yml: la hoja «Segunda sesión» no se puede imprimir"
    )


def _use_unprintable_sign(project: Path) -> None:
    file = project / "data/sessions/segunda-sesion.yml"
    file.write_text(file.read_text("utf-8").replace("Se repitió.", "Se repitió 团结."), "utf-8")


# --- the command ----------------------------------------------------------------------------------


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))


def run_check(project: Path, terminal: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": terminal, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "rimay", "check", str(project)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
        # a hostile file may end the command, never the machine; macOS knows no such limit
        preexec_fn=_limit_memory if sys.platform == "linux" else None,
    )


@pytest.mark.parametrize("hostile", [b"[" * 100_000, b"{a: " * 90_000, b"- " * 100_000], ids=["[", "{a: ", "- "])
def test_no_depth_of_a_hostile_file_exhausts_the_command(hostile: bytes, mini_project: Path) -> None:
    (mini_project / ORGANISATION).write_bytes(hostile)

    done = run_check(mini_project, "es_PE.UTF-8")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [f"{ORGANISATION}:1: {_TOO_DEEP}", ONE]


@pytest.mark.parametrize("name", ["saved-as-utf-16", "duplicate-key", "unknown-id", "bad-alias"])
def test_the_command_ends_with_1_and_without_traceback(name: str, mini_project: Path) -> None:
    CASES[name].spoil(mini_project)

    done = run_check(mini_project, "es_PE.UTF-8")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [*CASES[name].expected, ONE]


@pytest.mark.parametrize(
    ("terminal", "expected"),
    [
        ("es_PE.UTF-8", "hay un tabulador; la sangría se hace con dos espacios"),
        ("en_GB.UTF-8", "there is a tab; indentation is two spaces"),
        ("en", "there is a tab; indentation is two spaces"),
        ("C.UTF-8", "hay un tabulador; la sangría se hace con dos espacios"),
        ("qu_PE.UTF-8", "hay un tabulador; la sangría se hace con dos espacios"),
    ],
)
def test_the_command_speaks_the_language_of_the_terminal_or_else_spanish(
    terminal: str, expected: str, mini_project: Path
) -> None:
    CASES["tab"].spoil(mini_project)

    done = run_check(mini_project, terminal)

    assert expected in done.stderr
    assert done.stderr.splitlines()[-1] == ("1 problem" if terminal.startswith("en") else "1 problema")


def test_the_command_counts_the_records_of_a_sound_project_and_ends_with_0(mini_project: Path) -> None:
    done = run_check(mini_project, "es_PE.UTF-8")

    assert (done.returncode, done.stderr) == (0, "")
    first = done.stdout.splitlines()[0]
    assert first == (
        "agreements 2, campaigns 3, curricula 1, forms 1, indicators 2, laws 3, mandates 2, organisations 2, "
        "outlets 2, sessions 2, templates 1, updates 5"
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (365, ""),
        (
            366,
            "normas por revisar, con as_of de hace más de 365 días: 3: data/laws/decreto-2.yml:7 (2024-02-29), "
            "data/laws/ley-1.yml:11 (2024-02-29), data/laws/tuo-lrct.yml:8 (2024-02-29)\n",
        ),
    ],
)
def test_the_command_lists_laws_that_nobody_has_checked_for_a_year_and_still_ends_with_0(
    days: int, expected: str, mini_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = datetime(2024, 2, 29, 17, tzinfo=UTC)  # noon in Lima
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((checked + timedelta(days=days)).timestamp())))

    done = run_check(mini_project, "es_PE.UTF-8")

    assert (done.returncode, done.stderr) == (0, "")
    assert "".join(line for line in done.stdout.splitlines(keepends=True) if "as_of" in line) == expected


def test_the_command_lists_pictures_that_no_update_names_and_still_ends_with_0(mini_project: Path) -> None:
    for name in ("marcha.jpg", ".gitkeep"):
        _write(f"docs/assets/pictures/{name}", b"")(mini_project)

    done = run_check(mini_project, "en_GB.UTF-8")

    assert (done.returncode, done.stderr) == (0, "")
    said = "pictures that no update names, which are not published: 1: docs/assets/pictures/marcha.jpg"
    assert said in done.stdout.splitlines()


# --- what is no problem ---------------------------------------------------------------------------


def _recode(recode: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / "data/organisations/sindicato-de-prueba.yml"
        file.write_bytes(recode(file.read_bytes()))

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_recode(lambda raw: b"\xef\xbb\xbf" + raw), id="a byte order mark"),
        pytest.param(_recode(lambda raw: raw.replace(b"\n", b"\r\n")), id="line ends of Windows"),
        pytest.param(_recode(lambda raw: raw.rstrip(b"\n")), id="no line end at the end"),
        pytest.param(_recode(lambda raw: b"---\n" + raw), id="a first line of three dashes"),
        pytest.param(_write("data/organisations/.DS_Store", b"\0"), id="a hidden file"),
        pytest.param(_write("data/.gitkeep", b""), id="a hidden file in data"),
        pytest.param(_write("data/README.md", b"# x"), id="the manual"),
    ],
)
def test_what_editors_and_systems_do_by_themselves_is_no_problem(
    change: Callable[[Path], object], mini_project: Path
) -> None:
    change(mini_project)

    assert load_library(mini_project).ids("organisation") == {"federacion-de-prueba", "sindicato-de-prueba"}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("campaigns/agua-limpia.yml", "started: 2023\nended: 2024-03", "started: 2023-09\nended: 2023"),
        ("updates/2024/2024-02-29-marcha.yml", "until: 2024-03-01", "until: 2024-02"),
    ],
    ids=["a campaign that ends in the year it began", "an update that lasts until some day of its month"],
)
def test_an_end_less_precise_than_the_start_may_still_follow_it(
    name: str, before: str, after: str, mini_project: Path
) -> None:
    file = mini_project / "data" / name
    words = file.read_text("utf-8")
    assert before in words
    file.write_text(words.replace(before, after), "utf-8")

    load_library(mini_project)


# --- every message --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(_project_to_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """Every problem of every case."""
    found: list[Problem] = []
    for case in CASES.values():
        project = copy_project(_project_to_copy, tmp_path_factory.mktemp("told") / "project")
        case.spoil(project)
        try:
            load_library(project)
        except DataProblems as problems:
            found += problems.problems
    project = copy_project(_project_to_copy, tmp_path_factory.mktemp("told") / "project")
    _use_unprintable_sign(project)
    with pytest.raises(DataProblems) as caught:
        Site(project, SITE_URL).create_outputs("es")
    return [*found, *caught.value.problems]


@pytest.mark.everything
@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_told_of_some_case(code: str, told: list[Problem]) -> None:
    assert code in {problem.code for problem in told}


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_has_every_language(code: str) -> None:
    assert MESSAGES[code].keys() == LANGUAGES.keys()
    assert all(words.strip() for words in MESSAGES[code].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_told_in_every_language(language: str, told: list[Problem]) -> None:
    for problem in told:
        words = problem.describe(language)
        assert words.startswith(f"{problem.path}:{problem.line}: " if problem.line else f"{problem.path}: ")
        assert "\n" not in words
        assert not words.endswith((" ", ";"))
        assert "{}" not in words
        assert not any(f"{{{name}}}" in words for name in ("found", "expected", "guess", "list", "other", "folder"))


def test_every_message_differs_between_the_languages(told: list[Problem]) -> None:
    assert not [p.code for p in told if p.describe("es") == p.describe("en")]


def test_a_report_of_nothing_says_so() -> None:
    assert report([]) == "sin problemas"
