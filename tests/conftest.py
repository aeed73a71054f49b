"""What all tests share: the miniature project of ``tests/site`` and what is published from it."""

import os
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.outputs import Site
from rimay.page import Output
from tests.built import load_site

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
SITE_URL = "https://rimay.example/"
#: A hand-written page of the miniature project that exists in Spanish only.
SPANISH_ONLY_PAGE = "how-to-use.md"

#: The moment that every test takes for now: noon in Lima on 1 June 2024.
os.environ["SOURCE_DATE_EPOCH"] = "1717261200"

settings.register_profile("rimay", derandomize=True, database=None, deadline=None, max_examples=120)
settings.load_profile("rimay")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="take what is published now as the golden tree")


def create_project(folder: Path) -> Path:
    """A complete little project: the records of ``tests/site``, everything else as the real project has it.

    Essays are replaced by a line each, so that they can be edited without a change in the golden tree.
    """
    shutil.copytree(TESTS / "site" / "data", folder / "data")
    for name in ("vocabulary.yml", "nav.yml", "strings"):
        _copy(ROOT / "data" / name, folder / "data" / name)
    _copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    for page in (ROOT / "docs" / "es").rglob("*.md"):
        name = page.relative_to(ROOT / "docs" / "es").as_posix()
        for language in LANGUAGES if name != SPANISH_ONLY_PAGE else ["es"]:
            target = folder / "docs" / language / name
            target.parent.mkdir(parents=True, exist_ok=True)
            words = f"---\ndescription: {language} {name}\n---\n\n# {name}\n\nUna línea de docs/{language}/{name}.\n"
            target.write_text(words, "utf-8")
    _copy(ROOT / "docs" / "assets", folder / "docs" / "assets")
    for name in ("hooks", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def create_living_project(folder: Path) -> Path:
    """The miniature project with a campaign under way: ``tests/living`` laid over it."""
    project = create_project(folder)
    shutil.copytree(TESTS / "living", project, dirs_exist_ok=True)
    return project


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


@pytest.fixture(autouse=True)
def _spanish_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "es_PE.UTF-8")


@pytest.fixture(scope="session")
def _project_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_project(tmp_path_factory.mktemp("miniature"))


@pytest.fixture
def mini_project(_project_to_copy: Path, tmp_path: Path) -> Path:
    """A miniature project that a test may break."""
    return copy_project(_project_to_copy, tmp_path / "project")


def copy_project(project: Path, folder: Path) -> Path:
    """A project once more, elsewhere; code and page templates stay the real ones."""
    shutil.copytree(project, folder, symlinks=True)
    return folder


@pytest.fixture(scope="session")
def mini_site(_project_to_copy: Path) -> Site:
    """The miniature project, loaded once; not to be changed."""
    return Site(_project_to_copy, SITE_URL)


@pytest.fixture(scope="session")
def mini_library(mini_site: Site) -> Library:
    return mini_site.library


@pytest.fixture(scope="session")
def mini_outputs(mini_site: Site) -> Mapping[str, Output]:
    """All that the miniature project publishes, by its path in the site."""
    outputs = [output for language in LANGUAGES for output in mini_site.create_outputs(language)]
    found = {output.path: output for output in outputs}
    assert len(found) == len(outputs), "two outputs have one path"
    return found


@pytest.fixture
def living_project(tmp_path: Path) -> Path:
    """A project with a campaign under way that a test may break."""
    return create_living_project(tmp_path)


@cache
def load_real_site() -> Site:
    """The real project, loaded once."""
    return load_site(ROOT)


@pytest.fixture(scope="session")
def real_site() -> Site:
    return load_real_site()
