"""From a finished build to the published folder: looked over before, in one step, complete whenever it is stopped."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rimay.publish import prepare, publish, staging_folder
from tests.built import environment, read_tree, run, run_build

NOON = "1717261200"
STATEMENT = "Reservadísima es la palabra de esta prueba, nadie la lee antes."


def build(project: Path, site: Path, **changes: str) -> "subprocess.CompletedProcess[str]":
    return run_build(project, site, SOURCE_DATE_EPOCH=NOON, LC_ALL="en_GB.UTF-8", **changes)


def change(project: Path, word: str) -> None:
    essay = project / "docs" / "es" / "about.md"
    essay.write_text(essay.read_text("utf-8") + f"\n{word}\n", "utf-8")


def stop_after(seconds: float, project: Path, site: Path) -> bool:
    """Begin to build and kill everything at once after some time. Returns whether it was still at work."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        env=environment(project, SOURCE_DATE_EPOCH=NOON),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    was_at_work = process.poll() is None
    if was_at_work:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return was_at_work


def stop_often(project: Path, folder: Path, times: int) -> None:
    site = folder / "site"
    assert build(project, site).returncode == 0
    last = read_tree(site)
    change(project, "Otra palabra.")
    begin = time.monotonic()
    assert build(project, folder / "next").returncode == 0
    whole = time.monotonic() - begin
    coming = read_tree(folder / "next")
    assert last != coming

    stopped = [stop_after(whole * (number + 0.5) / times, project, site) for number in range(times)]

    assert any(stopped)
    assert read_tree(site) in (last, coming)
    assert build(project, site).returncode == 0
    assert read_tree(site) == coming
    assert sorted(place.name for place in folder.glob(".site.site*")) == [".site.site.json"]


def test_a_build_that_is_killed_leaves_the_last_site_or_the_next_complete(mini_project: Path, tmp_path: Path) -> None:
    stop_often(mini_project, tmp_path, 4)


@pytest.mark.everything
def test_a_build_that_is_killed_at_many_moments(mini_project: Path, tmp_path: Path) -> None:
    stop_often(mini_project, tmp_path, 40)


def test_the_site_is_never_away_while_it_changes(tmp_path: Path) -> None:
    site, missing = tmp_path / "site", 0
    watcher = [sys.executable, "-c", _WATCH, str(site / "index.html")]
    for number in range(30):
        staging = staging_folder(site)
        staging.mkdir()
        (staging / "index.html").write_text(str(number), "utf-8")
        if number == 0:
            publish(staging, site)
            process = subprocess.Popen(watcher, stdout=subprocess.PIPE, text=True)
            assert process.stdout and process.stdout.readline() == "watching\n"
        else:
            publish(staging, site)
    (tmp_path / "stop").touch()
    missing = int(process.communicate()[0])

    assert (site / "index.html").read_text("utf-8") == "29"
    assert missing == 0 or sys.platform != "linux"


_WATCH = """
import pathlib, sys
page, missing = pathlib.Path(sys.argv[1]), 0
print("watching", flush=True)
while not (page.parents[1] / "stop").exists():
    missing += not page.exists()
print(missing)
"""


def test_who_is_stopped_between_two_steps_has_the_last_site_put_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in (".site.site.old", ".site.site", ".site.site.en", ".site.site.json", ".site.site2"):
        (tmp_path / name).mkdir() if "json" not in name else (tmp_path / name).touch()
    (tmp_path / ".site.site.old" / "index.html").write_text("last", "utf-8")

    prepare(site)

    assert (site / "index.html").read_text("utf-8") == "last"
    assert sorted(place.name for place in tmp_path.iterdir()) == [".site.site.json", ".site.site2", "site"]


# --- looked over ----------------------------------------------------------------------------------


@pytest.fixture
def project(mini_project: Path) -> Path:
    """A project with a draft, one update that waits for its moment, and one that was withdrawn."""
    updates = mini_project / "data" / "updates" / "2024"
    source = "sources: [{document: caso-inventado}]\n"
    (updates / "2024-05-01-espera.yml").write_text(
        'date: 2024-05-01\npublish_at: "2024-07-01 08:00"\ncampaign: agua-limpia\n'
        f'title: {{es: "Espera a su hora"}}\ntext: {{es: "{STATEMENT}"}}\n{source}',
        "utf-8",
    )
    return mini_project


def test_a_sound_site_is_published(project: Path, tmp_path: Path) -> None:
    done = build(project, tmp_path / "site", RIMAY_PUBLISH="1")

    assert done.returncode == 0, done.stdout
    assert run(project, "rimay", "verify", str(tmp_path / "site"), SOURCE_DATE_EPOCH=NOON).stdout == ""


def test_what_still_waits_and_stands_elsewhere_stops_the_publishing(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    last = read_tree(site)
    change(project, STATEMENT)

    done = build(project, site, RIMAY_PUBLISH="1")

    assert done.returncode == 1
    assert "acerca/index.html: says what is not published yet" in done.stdout
    assert "Reservadísima es la palabra de esta prueba" in done.stdout
    assert "Traceback" not in done.stdout
    assert read_tree(site) == last


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        ("index.html", ('href="formacion/"', 'href="nowhere/"'), "index.html: nowhere/: leads to no file"),
        ("index.html", ('href="#content"', 'href="#nowhere"'), "index.html: #nowhere: the page has no such place"),
        ("en/index.html", ("</main>", f"{os.urandom(20_000).hex()}</main>"), "en/index.html: html "),
        ("feed.xml", ("</feed>", f"<!-- {STATEMENT} --></feed>"), "feed.xml: says what is not published yet"),
        ("estado/index.html", None, "estado/: leads to no file"),
    ],
    ids=["link", "anchor", "weight", "leak", "missing"],
)
def test_everything_wrong_with_a_site_is_told(
    project: Path, tmp_path: Path, path: str, change: tuple[str, str] | None, expected: str
) -> None:
    site = tmp_path / "site"
    build(project, site)
    text = (site / path).read_text("utf-8")
    (site / path).unlink()
    if change:
        assert change[0] in text
        (site / path).write_text(text.replace(*change, 1), "utf-8")

    done = run(project, "rimay", "verify", str(site), SOURCE_DATE_EPOCH=NOON, LC_ALL="en_GB.UTF-8")

    assert done.returncode == 1
    assert expected in done.stdout


def test_an_empty_folder_is_no_site(project: Path, tmp_path: Path) -> None:
    done = run(project, "rimay", "verify", str(tmp_path), SOURCE_DATE_EPOCH=NOON, LC_ALL="en_GB.UTF-8")

    assert done.returncode == 1
    assert "there is no site" in done.stdout
