"""What may import what. Read from the code itself, so that a shortcut is seen the day it is taken."""

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

HOOKS = ROOT / "hooks"
PACKAGE = HOOKS / "rimay"
#: Modules that the rest stands on, and what of Rimay each may import. The documents of an arrow: one way only.
FOUNDATION = {
    "languages": set[str](),
    "messages": set[str](),
    "records": {"languages", "records"},
    "clock": {"records"},
    "problems": {"languages", "messages"},
    "load": {"languages", "problems", "records"},
    "naming": {"records"},
    "library": {"languages", "load", "naming", "problems", "records"},
    "check": {"clock", "languages", "library", "load", "pictures", "press", "problems", "records"},
    # what output modules share
    "page": set[str](),
    "text": {"languages"},
    "dates": {"languages", "records"},
    "pictures": {"cache"},
    "charts": {"records"},
    "chronology": {"records"},
    "press": {"languages", "records"},
    "alphabet": {"library", "records"},
    "collection": {"library", "records"},
    "deadlines": {"records"},
    "reminders": {"dates", "deadlines"},
    "blocks": {"text"},
    "linked_data": {"library", "records", "text"},
    "share": {"library", "records", "text"},
    "notes": {"dates", "library", "records", "text"},
    "view": {
        "alphabet",
        "charts",
        "chronology",
        "collection",
        "dates",
        "deadlines",
        "languages",
        "library",
        "page",
        "press",
        "records",
        "reminders",
        "share",
        "status",
        "text",
        "view",
    },
    "status": {"languages", "library", "records"},
    "forms": {"blocks", "languages", "records", "text"},
    # what is done to a built site, and said while it is built
    "assets": set[str](),
    "history": set[str](),
    "progress": set[str](),
    "publish": set[str](),
    "cache": set[str](),
    "layouts": set[str](),
    "weight": set[str](),
    "verify": {"languages", "library", "load", "pictures", "problems", "records", "text", "weight"},
    "ledger": set[str](),
    "fingerprints": {"page"},
}
#: Every other module makes outputs: it may import these, and no other output module.
OUTPUT_MAY = {
    *("languages", "records", "library", "collection", "text", "dates", "deadlines", "reminders"),
    *("cache", "layouts", "press", "page", "pictures", "blocks", "forms", "linked_data", "notes", "share", "view"),
}
#: What stands above all.
TOP = {"construction", "outputs", "downloads", "bulletin", "drafts", "__main__", "__init__"}


def module_name(file: Path) -> str:
    """``documents.pdf`` for ``hooks/rimay/documents/pdf.py``."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def imports(file: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: imports are absolute"
            yield str(node.module)
            if node.module == "rimay":
                yield from (f"rimay.{alias.name}" for alias in node.names)


def own_imports(file: Path) -> set[str]:
    return {name.removeprefix("rimay.") for name in imports(file) if name.startswith("rimay.")}


MODULES = {module_name(file): file for file in sorted(PACKAGE.rglob("*.py"))}
OUTPUTS = [name for name in MODULES if name.partition(".")[0] not in {*FOUNDATION, *TOP}]


def part(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("name", [name for name in MODULES if part(name) in FOUNDATION])
def test_imports_go_one_way(name: str) -> None:
    assert {part(found) for found in own_imports(MODULES[name])} <= FOUNDATION[part(name)]


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_modules_never_import_each_other(name: str) -> None:
    assert {part(found) for found in own_imports(MODULES[name])} <= OUTPUT_MAY


def test_the_output_modules_are_those_of_the_design() -> None:
    design = {"pages", "feeds", "calendars", "sitemap", "redirects", "documents", "documents.pdf", "documents.word"}

    assert design <= set(OUTPUTS)


def test_no_module_imports_itself_over_others() -> None:
    graph = {name: own_imports(file) & MODULES.keys() for name, file in MODULES.items()}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(f"{cycle.args[1]}")


def test_only_the_hook_and_the_command_stand_above_outputs() -> None:
    users = [name for name, file in MODULES.items() if "outputs" in own_imports(file)]

    assert set(users) <= {"__main__"}
    assert "rimay.outputs" in set(imports(HOOKS / "build.py"))


@pytest.mark.parametrize("name", MODULES)
def test_only_the_hook_knows_the_engine(name: str) -> None:
    assert not [found for found in imports(MODULES[name]) if found.partition(".")[0].startswith(("mkdocs", "material"))]


@pytest.mark.parametrize("name", [name for name in MODULES if part(name) == "records"])
def test_records_know_nothing_of_html_or_markdown(name: str) -> None:
    found = {full.partition(".")[0] for full in imports(MODULES[name])}

    assert not found & {"html", "markdown", "markupsafe", "jinja2", "yaml", "docx", "typst"}


def test_only_data_and_settings_are_read_as_yaml_and_only_drafts_and_exports_write_it() -> None:
    assert [name for name, file in MODULES.items() if "yaml" in set(imports(file))] == [
        *("drafts", "export", "load", "settings")
    ]


@pytest.mark.parametrize(
    "file", [*HOOKS.rglob("*.py"), *(ROOT / "tests").rglob("*.py")], ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_no_module_is_called_like_one_of_the_standard_library_or_says_nothing(file: Path) -> None:
    assert file.stem not in sys.stdlib_module_names - {"__main__"}
    assert file.stem not in {"utils", "util", "helpers", "misc", "common"}
