"""Build time against the bare engine: the same Markdown, the stock theme, Pagefind. Ratios of seconds in one run.

Documents are made once before anything is timed, since the bare engine makes none; how long that takes is told apart.
Nothing else should run on the machine.

python tests/bench.py [N ...]      updates a language, 1000 and 10000 by default; the bare engine up to 1000
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import psutil

from rimay.languages import LANGUAGES
from rimay.outputs import Site
from rimay.publish import ledger_file
from rimay.weight import weigh
from tests.built import Document

ROOT = Path(__file__).parent.parent
SITE_URL = "https://rimay.example/"
WORDS = 675
UPDATES_A_CAMPAIGN = 50
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1767225600", "PYTHONPATH": "hooks"}
#: The most that Rimay may take, as multiples of the bare engine's seconds.
BARS = {"cold": 0.55, "one change": 0.2, "no change": 0.1}
#: The bare engine is not asked for more updates than this.
MOST_BARE = 1000
MOST_MEMORY = 1024
MOST_WEIGHT = 80_000
PAGES = {"news": "novedades/index.html", "campaign": "campanas/*/index.html", "update": "campanas/*/[12]*/index.html"}
BARE = """\
site_name: Bare engine
site_url: https://rimay.example/
theme: {name: material, font: false, features: [navigation.prune]}
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: es, name: Español, default: true, build: true}
        - {locale: en, name: English, build: true}
nav: [index.md, news/index.md, campaigns/index.md]
markdown_extensions: [tables, attr_list, md_in_html, sane_lists, toc]
validation: {omitted_files: ignore, not_found: ignore, unrecognized_links: ignore, anchors: ignore}
"""


def write_project(folder: Path, count: int) -> None:
    """A copy of this project with ``count`` more updates, fifty to a campaign."""
    for name in ("data", "docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    words = {language: [] for language in LANGUAGES}  # type: dict[str, list[str]]
    library = Site(ROOT, SITE_URL).library
    for update in library.updates:
        for language in LANGUAGES:
            words[language] += update.text.get(language).split()
    texts = {language: " ".join(islice(cycle(found), WORDS)) for language, found in words.items()}
    source = [{"document": "informe-final-2013"}]
    for number in range(count):
        campaign = f"prueba-{number // UPDATES_A_CAMPAIGN}"
        year, month, day = 1950 + number // 336, 1 + number // 28 % 12, 1 + number % 28
        date = f"{year}-{month:02}-{day:02}"
        title = {"es": f"Novedad número {number}", "en": f"Update number {number}"}
        update_record = {"date": date, "campaign": campaign, "title": title, "text": texts, "sources": source}
        write(folder / f"data/updates/{year}/{date}-novedad-{number}.yml", update_record)
        if number % UPDATES_A_CAMPAIGN == 0:
            title = {"es": f"Campaña {campaign}", "en": f"Campaign {campaign}"}
            plain = {"title": title, "status": "active", "started": "1950", "summary": title, "goal": title}
            write(
                folder / f"data/campaigns/{campaign}.yml",
                {**plain, "why": title, "demands": [title], "sectors": ["agro"], "sources": source},
            )


def write(file: Path, record: object) -> None:
    """A record as JSON, which is YAML too."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(record, ensure_ascii=False, indent=1).replace('"1950"', "1950"), "utf-8")


def write_bare(folder: Path, project: Path) -> int:
    """The pages that Rimay makes of the project, for the bare engine. Returns how many there are."""
    site, count = Site(project, SITE_URL), 0
    for language in LANGUAGES:
        for page in site.pages[language]:
            if page.kind != "lost":
                file = folder / "docs" / language / page.source_uri
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(page.text, "utf-8")
                count += 1
    (folder / "mkdocs.yml").write_text(BARE, "utf-8")
    return count


@dataclass
class Run:
    """What a command took: seconds on the clock and of processors, and the most memory of a process, in MB."""

    seconds: float = 0
    processor: float = 0
    memory: float = 0
    search_memory: float = 0


def run(folder: Path, *commands: list[str]) -> Run:
    """Run commands one after the other and watch them and all that they start."""
    taken, before, start = Run(), os.times(), time.monotonic()
    for command in commands:
        with tempfile.TemporaryFile() as said:
            process = psutil.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=said, stderr=subprocess.STDOUT)
            while process.poll() is None:
                watch(process, taken)
                time.sleep(0.25)
            said.seek(0)
            assert process.returncode == 0, said.read().decode()
    after = os.times()
    taken.seconds = time.monotonic() - start
    taken.processor = sum(after[2:4]) - sum(before[2:4])
    return taken


def watch(process: psutil.Popen, taken: Run) -> None:
    """Note the memory of a process and of those it started; the search indexer, a program of its own, apart."""
    try:
        for one in [process, *process.children(recursive=True)]:
            memory = one.memory_info().rss / 2**20
            if one.name().startswith("pagefind"):
                taken.search_memory = max(taken.search_memory, memory)
            else:
                taken.memory = max(taken.memory, memory)
    except psutil.Error:  # it ended meanwhile
        pass


def weigh_pages(site: Path, pattern: str) -> int:
    """Bytes of the heaviest first visit to a page of a kind: the page and all it loads, compressed."""
    assets = {file: weigh(file.read_bytes()) for file in (site / "assets").rglob("*.*")}
    most = 0
    for file in site.glob(pattern):
        content, path = file.read_bytes(), file.relative_to(site).as_posix()
        links = [link for link in Document(path, content, SITE_URL).links() if link.element in ("link", "script")]
        loaded = {site / link.target for link in links if link.target} & assets.keys()
        most = max(most, weigh(content) + sum(assets[found] for found in loaded))
    return most


def change_update(project: Path) -> None:
    """Another title for one update."""
    file = min((project / "data" / "updates").glob("*/*-novedad-7.yml"))
    file.write_text(file.read_text("utf-8").replace("número 7", "número siete"), "utf-8")


def measure(folder: Path, count: int) -> dict[str, Run]:
    """Build a project with many updates from nothing, with documents kept, after one change and after none."""
    python = sys.executable
    project, bare, runs = folder / "rimay", folder / "bare", dict[str, Run]()
    project.mkdir()
    bare.mkdir()
    write_project(project, count)
    if count <= MOST_BARE:
        write_bare(bare, project)
        runs["bare"] = run(bare, [python, "-m", "mkdocs", "build"], [python, "-m", "pagefind", "--site", "site"])
    build, site = [python, "-m", "mkdocs", "build", "--strict"], project / "site"
    runs["all new"] = run(project, build)
    shutil.rmtree(site)
    ledger_file(site).unlink()
    runs["cold"] = run(project, build)
    assert list(site.glob(f"en/campaigns/*/*-update-number-{count - 1}/index.html")), "the site is not complete"
    runs["no change"] = run(project, build)
    change_update(project)
    runs["one change"] = run(project, build)
    for kind, pattern in PAGES.items():
        weight = weigh_pages(site, pattern)
        print(f"  heaviest first visit, {kind}: {weight / 1000:.1f} kB {verdict(weight <= MOST_WEIGHT)}", flush=True)
    return runs


def verdict(met: bool) -> str:
    """How a bar stands."""
    if not met:
        MISSED.append(1)
    return "met" if met else "MISSED"


MISSED: list[int] = []


def main() -> int:
    """Print a table for each number of updates. Returns 1 when a bar is missed."""
    before: tuple[int, float] | None = None
    for count in [int(word) for word in sys.argv[1:]] or [1000, 10_000]:
        print(f"{count:,} updates a language", flush=True)
        with tempfile.TemporaryDirectory() as name:
            runs = measure(Path(name), count)
        for kind, taken in runs.items():
            ratio = taken.seconds / runs["bare"].seconds if "bare" in runs else 0
            bar = f"{ratio:6.2f}" + (f" of {BARS[kind]} {verdict(ratio <= BARS[kind])}" if kind in BARS else "")
            print(
                f"  {kind:<10} {taken.seconds:7.1f} s  processors {taken.processor:7.1f} s  {taken.memory:5.0f} MB"
                f"  search {taken.search_memory:5.0f} MB  {bar if ratio else ''}",
                flush=True,
            )
        most = max(taken.memory for taken in runs.values())
        print(f"  memory without the search indexer: {most:.0f} MB {verdict(most <= MOST_MEMORY)}")
        cold = runs["cold"].processor
        if before:
            print(f"  each update more: {(cold - before[1]) / (count - before[0]) * 1000:.1f} ms of processors")
        else:
            print(f"  each update: {cold / count * 1000:.1f} ms of processors, all else included")
        before = count, cold
    return 1 if MISSED else 0


if __name__ == "__main__":
    sys.exit(main())
