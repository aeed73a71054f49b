"""From a finished build to the published folder: looked over before, in one step, complete whenever it is stopped."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rimay.pictures import FOLDER
from rimay.publish import prepare, publish, staging_folder
from tests.built import environment, read_tree, run, run_build
from tests.conftest import TESTS, create_project

NOON = "1717261200"
#: The text of an update that waits: a term of the glossary, explained on pages, stands in the middle of it.
STATEMENT = "Reservadísima es el agua potable de esta prueba, nadie la lee antes."
WITHDRAWN = "Cuatro empresas dijeron que sí a todo."
REASON = "La fuente corrigió el dato que habíamos citado en ella."


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

    stopped = []
    for number in range(times):
        stopped.append(stop_after(whole * (number + 0.5) / times, project, site))
        assert read_tree(site) in (last, coming), f"stopped for the {number + 1}. time"

    assert any(stopped)
    assert build(project, site).returncode == 0
    assert read_tree(site) == coming
    assert sorted(place.name for place in folder.glob(".site.site*")) == [".site.site.json"]


@pytest.mark.everything
def test_a_build_that_is_killed_leaves_the_last_site_or_the_next_complete(mini_project: Path, tmp_path: Path) -> None:
    stop_often(mini_project, tmp_path, 4)


@pytest.mark.everything
def test_a_first_build_that_is_killed_leaves_nothing_that_looks_like_a_site(mini_project: Path, tmp_path: Path) -> None:
    assert stop_after(1, mini_project, tmp_path / "site")
    assert not (tmp_path / "site").exists()


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


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project and its published site: an update waits for its moment, one was withdrawn."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "project").mkdir()
    project = create_project(folder / "project")
    updates, source = project / "data" / "updates" / "2024", "sources: [{document: caso-inventado}]\n"
    (updates / "2024-05-01-espera.yml").write_text(
        'date: 2024-05-01\npublish_at: "2024-07-01 08:00"\ncampaign: agua-limpia\n'
        f'title: {{es: "¡Espera su hora!"}}\ntext: {{es: "{STATEMENT}"}}\n{source}',
        "utf-8",
    )
    (updates / "2024-05-02-retirada.yml").write_text(
        f'date: 2024-05-02\ncampaign: agua-limpia\ntitle: {{es: "Cuatro firmas"}}\ntext: {{es: "{WITHDRAWN}"}}\n'
        f'withdrawn: {{date: 2024-05-03, reason: {{es: "{REASON}"}}}}\n'
        f"picture: {{file: cuatro.png, alt: {{es: Manos}}, credit: {{es: Sindicato}}}}\n{source}",
        "utf-8",
    )
    shutil.copytree(TESTS / "living" / "docs" / "assets" / "pictures", project / FOLDER)
    (project / FOLDER / "asamblea.png").rename(project / FOLDER / "cuatro.png")
    (project / "data" / "private").mkdir()
    (project / "data" / "private" / "contacts.yml").write_text(
        "- {outlet: radio-de-prueba, name: Eva Luz, phone: '999 000 111', email: eva@radio.example}\n", "utf-8"
    )
    done = build(project, folder / "site", RIMAY_PUBLISH="1")
    assert done.returncode == 0, done.stdout
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """The same, to be spoilt."""
    return Path(shutil.copytree(sound, tmp_path / "folder", symlinks=True))


def look_over(folder: Path) -> "subprocess.CompletedProcess[str]":
    site = str(folder / "site")
    return run(folder / "project", "rimay", "verify", site, SOURCE_DATE_EPOCH=NOON, LC_ALL="en_GB.UTF-8")


def test_a_sound_site_is_published_the_reason_of_a_withdrawal_too(sound: Path) -> None:
    assert REASON in (sound / "site" / "campanas/agua-limpia/2024-05-02-cuatro-firmas/index.html").read_text("utf-8")
    assert look_over(sound).stdout == ""


def test_what_still_waits_and_stands_elsewhere_stops_the_publishing(folder: Path) -> None:
    last = read_tree(folder / "site")
    change(folder / "project", STATEMENT)

    done = build(folder / "project", folder / "site", RIMAY_PUBLISH="1")

    assert done.returncode == 1
    assert "\nacerca/index.html: says what is not published yet" in done.stdout
    assert "\nrimay-es.zip/sitio/acerca/index.html: says what is not published yet" in done.stdout
    assert "“Reservadísima es el agua potable de esta prueba”" in done.stdout
    assert "Traceback" not in done.stdout
    assert read_tree(folder / "site") == last


@pytest.mark.everything
def test_a_site_that_was_only_built_is_looked_over_before_it_is_published(folder: Path) -> None:
    change(folder / "project", STATEMENT)
    assert build(folder / "project", folder / "site").returncode == 0

    assert build(folder / "project", folder / "site", RIMAY_PUBLISH="1").returncode == 1


HIDDEN = "says what is not published yet or was withdrawn"


@pytest.mark.everything
@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        ("index.html", ('href="formacion/"', 'href="nowhere/"'), "index.html: nowhere/: leads to no file"),
        ("index.html", ('href="#content"', 'href="#nowhere"'), "index.html: #nowhere: the page has no such place"),
        ("index.html", ('src="assets/rimay.js', 'src="assets/gone.js'), "leads to no file"),
        (
            "campanas/agua/index.html",
            ("url=../../campanas", "url=../../nowhere"),
            "../../nowhere/agua-limpia/: leads to no file",
        ),
        ("en/index.html", ("</main>", f"{os.urandom(20_000).hex()}</main>"), "en/index.html: html "),
        ("estado/index.html", None, "estado/: leads to no file"),
        ("index.html", ("</main>", "Reservadísima es el <b>agua</b>\npotable de «esta prueba»</main>"), HIDDEN),
        ("index.html", ("</main>", "<img alt='¡Espera su hora!'></main>"), HIDDEN),
        ("feed.xml", ("</feed>", f"<!-- {WITHDRAWN} --></feed>"), f"feed.xml: {HIDDEN}"),
        ("calendario.ics", ("END:VCALENDAR", "Espera\\nEspera su ho\r\n ra\r\nEND:VCALENDAR"), HIDDEN),
        ("sitemap.xml", ("</urlset>", "campanas/agua-limpia/2024-05-01-espera-su-hora/</urlset>"), HIDDEN),
        ("prensa/medios/medios.csv", ("\r\n", ";eva@radio.example\r\n"), "“eva radio example”"),
        ("prensa/medios/medios.csv", ("\r\n", ";999-000-111\r\n"), "“999 000 111”"),
    ],
    ids=[
        *("link", "anchor", "script", "redirect", "weight", "missing", "marked", "title", "withdrawn", "folded"),
        *("address", "e-mail", "telephone"),
    ],
)
def test_everything_wrong_with_a_site_is_told(
    folder: Path, path: str, change: tuple[str, str] | None, expected: str
) -> None:
    file = folder / "site" / path
    text = file.read_bytes().decode("utf-8")
    file.unlink()
    if change:
        assert change[0] in text
        file.write_bytes(text.replace(*change, 1).encode("utf-8"))

    done = look_over(folder)

    assert done.returncode == 1
    assert expected in done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("path", ["assets/pictures/cuatro.png", "campanas/agua-limpia/cuatro.webp"])
def test_a_picture_of_what_was_withdrawn_is_told(folder: Path, path: str) -> None:
    (folder / "site" / path).parent.mkdir(exist_ok=True)
    (folder / "site" / path).write_bytes(b"\xff\xd8")

    assert f"{path}: {HIDDEN}" in look_over(folder).stdout


def test_pictures_count_in_a_first_visit(folder: Path) -> None:
    place = folder / "site" / "campanas" / "agua-limpia" / "2024-05-02-cuatro-firmas"
    page = (place / "index.html").read_text("utf-8").replace("</main>", '<img alt="" src="grande.webp"></main>')
    (place / "index.html").unlink()
    (place / "index.html").write_text(page, "utf-8")
    (place / "grande.webp").write_bytes(b"\xff" * 76_500)

    assert "2024-05-02-cuatro-firmas/index.html: total " in look_over(folder).stdout


def test_an_empty_folder_is_no_site(sound: Path, tmp_path: Path) -> None:
    done = run(sound / "project", "rimay", "verify", str(tmp_path), SOURCE_DATE_EPOCH=NOON, LC_ALL="en_GB.UTF-8")

    assert done.returncode == 1
    assert "there is no site" in done.stdout
