"""A kind of record is complete: model, page, manual, fixture, and an example in the manual that works."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from rimay.check import load_library
from rimay.records import KINDS
from tests.conftest import ROOT, TESTS

KIND = pytest.mark.parametrize("kind", KINDS)
_BLOCK = re.compile(r"^```yaml\n(# (data/\S+\.yml)\n.*?)^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)


def read_manual() -> str:
    return (ROOT / "data" / "README.md").read_text("utf-8")


def without_blocks(manual: str) -> str:
    """The manual with its examples blanked out, so that a comment in one is not taken for a heading."""
    return re.sub(r"^ *```.*?^ *```$", lambda m: re.sub(r"[^\n]", "x", m[0]), manual, flags=re.DOTALL | re.MULTILINE)


def find_section(kind: str) -> str:
    """The section of the manual whose heading names the folder of a kind, up to the next heading."""
    manual = read_manual()
    headings = [*_HEADING.finditer(without_blocks(manual))]
    for index, heading in enumerate(headings):
        if f"data/{KINDS[kind].folder}/" in heading[2]:
            end = next((h.start() for h in headings[index + 1 :] if len(h[1]) <= len(heading[1])), len(manual))
            return manual[heading.start() : end]
    return ""


def find_examples(manual: str) -> dict[str, str]:
    """Each example that says where it goes: its path and its text."""
    return {match[2]: match[1] for match in _BLOCK.finditer(manual)}


@KIND
def test_a_kind_has_its_model_in_a_file_of_its_name(kind: str) -> None:
    assert (ROOT / "hooks" / "rimay" / "records" / f"{kind}.py").is_file()
    assert KINDS[kind].__module__ == f"rimay.records.{kind}"


@KIND
def test_a_kind_has_a_page_template(kind: str) -> None:
    assert (ROOT / "overrides" / "pages" / f"{kind}.md").is_file()


@KIND
def test_a_kind_has_a_record_in_the_miniature_project(kind: str) -> None:
    assert [*(TESTS / "site" / "data" / KINDS[kind].folder).rglob("*.yml")]


@KIND
def test_a_kind_has_a_name_in_every_language(kind: str) -> None:
    for file in (ROOT / "data" / "strings").glob("*.yml"):
        assert yaml.safe_load(file.read_text("utf-8")).get(f"kind.{kind}"), file.name


@KIND
def test_a_kind_has_a_section_in_the_manual_with_an_example(kind: str) -> None:
    assert find_section(kind)
    assert [path for path in find_examples(find_section(kind)) if path.startswith(f"data/{KINDS[kind].folder}/")]


@KIND
def test_the_example_in_the_manual_has_every_required_field(kind: str) -> None:
    required = {name for name, field in KINDS[kind].model_fields.items() if field.is_required()} - {"id"}

    for words in find_examples(find_section(kind)).values():
        assert required <= yaml.safe_load(words).keys()


@KIND
def test_the_section_in_the_manual_names_every_field(kind: str) -> None:
    named = set(re.findall(r"\w+", find_section(kind)))

    assert KINDS[kind].model_fields.keys() - {"id", "aliases", "slug"} <= named


@KIND
def test_every_field_says_what_it_is(kind: str) -> None:
    for name, field in KINDS[kind].model_fields.items():
        if name != "id":
            about = [mark for mark in field.metadata if type(mark).__name__ == "About"]
            assert len(about) == 1, name
            assert about[0].es, name
            assert about[0].en, name


def test_the_examples_of_the_manual_are_sound_records_of_the_real_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2032, 1, 1, tzinfo=UTC).timestamp())))  # they are of 2031
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "overrides").symlink_to(ROOT / "overrides")
    examples = find_examples(read_manual())
    for path, words in examples.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, "utf-8")

    library = load_library(tmp_path)

    assert {entry.path for entry in library.entries} >= examples.keys()


@KIND
def test_a_kind_is_frozen_and_refuses_unknown_fields_at_every_level(kind: str) -> None:
    def models(model: type[BaseModel]) -> set[type[BaseModel]]:
        return {model}.union(*(models(child) for child in model.__subclasses__()))

    assert KINDS[kind].model_config.get("extra") == "forbid"
    for model in models(KINDS[kind].__mro__[2]):
        assert model.model_config.get("frozen") is True, model
        assert model.model_config.get("extra") == "forbid", model
