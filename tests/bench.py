"""Build time against the bare engine: the same Markdown, the stock theme, Pagefind. Ratios in one run.

Seconds are processor seconds of all processes, user and system, so that other work on the machine does not blur them.

python tests/bench.py [N ...]      updates a language, 100 and 1000 by default
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from rimay.languages import LANGUAGES
from rimay.outputs import Site

ROOT = Path(__file__).parent.parent
SITE_URL = "https://rimay.example/"
WORDS = 675
UPDATES_A_CAMPAIGN = 50
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1767225600"}
#: The most that Rimay may take, as a multiple of the bare engine's time.
BAR = 1.25
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


def run(folder: Path, *commands: list[str]) -> tuple[float, int]:
    """Processor seconds of the commands, and the memory of the largest process so far, in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss // 1024


def main() -> int:
    """Print the table. Returns 1 when the bar is missed."""
    counts = [int(word) for word in sys.argv[1:]] or [100, 1000]
    python, missed, before = sys.executable, False, None
    mkdocs = [python, "-m", "mkdocs", "build"]
    print(f"{'updates':>8} {'pages':>7} {'bare s':>8} {'rimay s':>8} {'ratio':>6} {'ms/update':>10} {'peak MB':>8}")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            project, bare = Path(name, "rimay"), Path(name, "bare")
            project.mkdir()
            bare.mkdir()
            write_project(project, count)
            pages = write_bare(bare, project)
            bare_seconds, _ = run(bare, mkdocs, [python, "-m", "pagefind", "--site", "site"])
            seconds, peak = run(project, [*mkdocs, "--strict"])
            page = project / "site" / "en" / "news" / "index.html"
            assert f"Update number {count - 1}" in page.read_text("utf-8"), "the site is not complete"
        ratio = seconds / bare_seconds
        missed |= ratio > BAR
        growth = f"{(seconds - before[1]) / (count - before[0]) * 1000:.2f}" if before else ""
        before = count, seconds
        print(
            f"{count:>8} {pages:>7} {bare_seconds:>8.1f} {seconds:>8.1f} {ratio:>6.2f} {growth:>10} {peak:>8}",
            flush=True,
        )
    print(f"bar: ratio at most {BAR}: {'MISSED' if missed else 'met'}; linear: ms/update stays the same as N grows")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
