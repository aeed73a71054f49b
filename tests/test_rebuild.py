"""A build makes only what would come out differently, and never anything that a build from nothing would not."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.built import Built, read_tree, run_build
from tests.conftest import create_living_project

SIMPLE = "data/updates/2024/2024-03-15-solo-en-castellano.yml"
UNION = "data/organisations/sindicato-de-prueba.yml"
NOON = 1717261200


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A small project, built; not to be changed."""
    folder = tmp_path_factory.mktemp("first")
    project = create_living_project(folder / "project")
    for name in ("hooks", "overrides"):
        target = (project / name).resolve()
        (project / name).unlink()
        shutil.copytree(target, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    return Built(project, folder / "site", build(project, folder / "site"))


@pytest.fixture
def again(first: Built, tmp_path: Path) -> Built:
    """The same, to be changed at will."""
    folder = Path(shutil.copytree(first.project.parent, tmp_path / "again", symlinks=True))
    return Built(folder / "project", folder / "site", first.output)


def build(project: Path, site: Path, **changes: str) -> str:
    """Build strictly, whatever was there before; returns what was said."""
    done = run_build(project, site, **{"SOURCE_DATE_EPOCH": str(NOON), **changes})
    assert done.returncode == 0, done.stdout
    return done.stdout


def rendered(said: str) -> int:
    """How many pages a build rendered, in all languages."""
    return sum(int(count) for count in re.findall(r"^write \w+ +([\d,]+)", said, re.MULTILINE))


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / name
        text = file.read_text("utf-8")
        assert old in text, f"{name} does not say {old!r}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def remove(name: str) -> Callable[[Path], None]:
    return lambda project: (project / name).unlink()


def add_update(project: Path) -> None:
    text = (project / SIMPLE).read_text("utf-8").replace("2024-03-15", "2024-03-16")
    (project / "data/updates/2024/2024-03-16-nueva.yml").write_text(text, "utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "the title of an update": replace(SIMPLE, "Solo está", "Ya está"),
    "one more update": add_update,
    "one update less": remove(SIMPLE),
    "an address that other pages lead to": replace(UNION, "name:", "slug: {es: otra, en: another}\nname:"),
    "a name that stands on other pages": replace(UNION, "Sindicato de Prueba", "Sindicato de la Prueba"),
    "a term that is explained on other pages": replace(
        "data/glossary.yml", 'definition: {es: "', 'definition: {es: "Ya '
    ),
    "a word of the interface": replace("data/strings/es.yml", "skip: ", "skip: Ya "),
    "the design of a page": replace("overrides/pages/update.md", "{% import", "Hola.\n\n{% import"),
    "the style sheet": replace("docs/assets/rimay.css", "body {", "body { margin: 1px;"),
    "an essay": replace("docs/es/about.md", "Una línea", "Una línea nueva"),
    "a former address": replace(UNION, "name:", "aliases: [antes]\nname:"),
}


@pytest.mark.parametrize(
    "name",
    [name if not number else pytest.param(name, marks=pytest.mark.everything) for number, name in enumerate(CHANGES)],
)
def test_a_rebuild_after_a_change_is_the_same_as_a_build_from_nothing(again: Built, tmp_path: Path, name: str) -> None:
    CHANGES[name](again.project)

    build(again.project, again.site)
    build(again.project, tmp_path / "nothing")

    assert read_tree(again.site) == read_tree(tmp_path / "nothing")


def test_of_one_changed_update_only_the_pages_that_tell_of_it_are_rendered(again: Built) -> None:
    every = rendered(again.output)

    CHANGES["the title of an update"](again.project)
    said = build(again.project, again.site)

    assert 2 < rendered(said) < every / 2
    assert b"Ya est\xc3\xa1 en castellano" in (again.site / "novedades/index.html").read_bytes()


def test_where_nothing_changed_nothing_is_done(again: Built) -> None:
    before = {file: file.stat().st_mtime_ns for file in again.site.rglob("*")}

    said = build(again.project, again.site)

    assert "nada cambió" in said
    assert before == {file: file.stat().st_mtime_ns for file in again.site.rglob("*")}


@pytest.mark.everything
def test_another_moment_or_address_is_a_change(again: Built) -> None:
    assert "nada cambió" not in build(again.project, again.site, SOURCE_DATE_EPOCH=str(NOON + 1))
    assert "nada cambió" not in build(again.project, again.site, SITE_URL="https://elsewhere.example/")
    assert b"https://elsewhere.example/" in (again.site / "index.html").read_bytes()


@pytest.mark.everything
@pytest.mark.parametrize("is_changed", [False, True])
def test_a_damaged_site_heals(again: Built, is_changed: bool) -> None:
    expected = read_tree(again.site)
    page, style = again.site / "novedades/index.html", again.site / "assets/rimay.css"
    page.write_bytes(page.read_bytes()[:-10] + b"0123456789")
    style.unlink()
    (again.site / "left.html").write_text("of another time", "utf-8")
    if is_changed:
        (again.project / "docs/es/unused.txt").write_text("changes no page", "utf-8")

    build(again.project, again.site)

    assert read_tree(again.site) == expected


@pytest.mark.everything
@pytest.mark.parametrize("damage", [b"", b"{}", b"x"])
def test_a_damaged_account_of_the_last_build_heals(again: Built, damage: bytes) -> None:
    ledger = again.site.with_name(".site.site.json")
    expected, content = read_tree(again.site), ledger.read_bytes()
    ledger.write_bytes(content.replace(b"/index.html", damage or b"", 1) if damage else damage)

    said = build(again.project, again.site)

    assert "nada cambió" not in said
    assert read_tree(again.site) == expected
    assert ledger.read_bytes() == content


@pytest.mark.everything
def test_damaged_documents_heal(again: Built) -> None:
    expected = read_tree(again.site)
    for file in (again.project / ".cache" / "documents").iterdir():
        file.write_bytes(file.read_bytes()[:-1] + b"x")
    shutil.rmtree(again.site)

    build(again.project, again.site)

    assert read_tree(again.site) == expected


@pytest.mark.parametrize("link", ["[x](../laws/ley-1.md#nowhere)", "[x](../laws/nowhere.md)"])
def test_a_link_that_leads_nowhere_is_found_as_in_a_build_from_nothing(again: Built, link: str) -> None:
    expected = read_tree(again.site)
    replace("docs/en/about.md", "Una línea", link)(again.project)

    done = run_build(again.project, again.site, SOURCE_DATE_EPOCH=str(NOON))

    assert done.returncode
    assert "nowhere" in done.stdout
    assert "Traceback" not in done.stdout
    assert read_tree(again.site) == expected


@pytest.mark.everything
def test_a_place_that_an_unchanged_page_leads_to_must_not_vanish(again: Built) -> None:
    replace("docs/es/about.md", "Una línea", "[x](how-to-use.md#how-to-usemd). Una línea")(again.project)
    build(again.project, again.site)
    replace("docs/es/how-to-use.md", "# how-to-use.md", "# Otra cosa")(again.project)

    done = run_build(again.project, again.site, SOURCE_DATE_EPOCH=str(NOON))

    assert done.returncode
    assert "how-to-usemd" in done.stdout


@pytest.mark.everything
def test_an_update_that_waits_comes_out_at_its_moment_by_a_rebuild(again: Built) -> None:
    replace(SIMPLE, "campaign:", 'publish_at: "2024-06-01 13:00"\ncampaign:')(again.project)
    marker = b"en castellano"

    build(again.project, again.site)
    early = [path for path, content in read_tree(again.site).items() if marker in content]
    build(again.project, again.site, SOURCE_DATE_EPOCH=str(NOON + 3600))
    late = [path for path, content in read_tree(again.site).items() if marker in content]

    assert early == []
    assert "novedades/index.html" in late
