"""The export is built by another engine: ProperDocs, which knows nothing of Rimay."""

import subprocess
import sys
from pathlib import Path

import pytest

from rimay.languages import LANGUAGES
from rimay.outputs import Site
from tests.built import SITE_URL, Built, copy_project, read_tree, run


def export(project: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    return run(project, "rimay", "export", str(folder))


def build_with_properdocs(folder: Path) -> Built:
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(folder, folder / "site", done.stderr)


def find_broken(built: Built) -> list[str]:
    """References that lead to no file, or to no place in it. Files for hosts and for lost readers are not exported."""
    broken = []
    for document in built.documents.values():
        for link in document.links():
            if link.target is None or link.value.startswith(SITE_URL):  # another site, or the public one
                continue
            path = f"{link.target}index.html" if link.target.endswith("/") or not link.target else link.target
            found = built.documents.get(path)
            if path not in built.tree or (found and link.anchor and link.anchor not in found.ids):
                broken.append(f"{link.page}: {link.value}")
    return broken


def assert_is_the_same_site(built: Built, site: Site) -> None:
    pages = {p.address: p for language in LANGUAGES for p in site.pages[language] if p.kind != "lost"}
    assert not [address for address in pages if f"{address}index.html" not in built.documents]
    for address, page in pages.items():
        document = built.documents[f"{address}index.html"]
        assert document.values("/html/@lang") == [page.text_language]
        assert page.title in document.text("//title")
    assert find_broken(built) == []


@pytest.mark.everything
def test_another_engine_builds_the_export_with_the_same_addresses(mini_project: Path, tmp_path: Path) -> None:
    done = export(mini_project, tmp_path / "exported")
    assert done.returncode == 0, done.stdout

    built = build_with_properdocs(tmp_path / "exported")

    assert_is_the_same_site(built, Site(mini_project, SITE_URL))
    assert {"feed.xml", "en/feed.json", "calendario.ics", "assets/rimay.css"} <= set(built.tree)


@pytest.mark.everything
def test_another_engine_builds_the_real_site(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    done = export(project, tmp_path / "exported")
    assert done.returncode == 0, done.stdout

    built = build_with_properdocs(tmp_path / "exported")

    assert_is_the_same_site(built, Site(project, SITE_URL))


def test_an_export_has_the_address_that_the_project_is_set_to(mini_project: Path, tmp_path: Path) -> None:
    settings = mini_project / "mkdocs.yml"
    words = settings.read_text("utf-8").replace('!ENV [SITE_URL, "https://rimay.example/"]', "https://union.example")
    settings.unlink()  # linked to the project's own
    settings.write_text(words, "utf-8")

    done = export(mini_project, tmp_path / "exported")

    assert done.returncode == 0, done.stdout
    sitemap = (tmp_path / "exported" / "docs" / "sitemap.xml").read_text("utf-8")
    assert "https://union.example/" in sitemap
    assert "rimay.example" not in sitemap


@pytest.mark.everything
def test_a_former_export_is_replaced_as_a_whole(mini_project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exported"
    export(mini_project, folder)
    first = read_tree(folder)
    (folder / "docs" / "left.md").write_text("of another time", "utf-8")

    assert export(mini_project, folder).returncode == 0
    assert read_tree(folder) == first


def test_a_folder_with_something_else_is_left_alone(mini_project: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear", "utf-8")

    done = export(mini_project, tmp_path / "letters")

    assert done.returncode == 1
    assert "one.txt" not in done.stdout
    assert "something else is there" in done.stdout or "ahí hay otra cosa" in done.stdout
    assert list(read_tree(tmp_path / "letters")) == ["one.txt"]


def test_data_with_problems_is_not_exported(mini_project: Path, tmp_path: Path) -> None:
    (mini_project / "data" / "laws" / "ley-1.yml").write_text("name: x\n", "utf-8")

    done = export(mini_project, tmp_path / "exported")

    assert done.returncode == 1
    assert "data/laws/ley-1.yml" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (tmp_path / "exported").exists()
