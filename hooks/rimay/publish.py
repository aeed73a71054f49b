"""From a finished build to the published folder, in one swap."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

_MARKS = ".rimay-preview.json"


def staging_folder(site: Path) -> Path:
    """Where a site is built before it takes the place of the last one: beside it, hidden."""
    return site.with_name(f".site.{site.name}")


def load_marks(site: Path) -> dict[str, str]:
    """What a preview was made of, by path, as the build before wrote it down; empty where there is none."""
    try:
        marks: dict[str, str] = json.loads((site / _MARKS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return marks


def write_marks(site: Path, marks: Mapping[str, str]) -> None:
    """Write down what a preview was made of."""
    (site / _MARKS).write_text(json.dumps(marks), "utf-8")


def keep_search_index(site: Path, staging: Path) -> bool:
    """Take the last site's index along, for a preview that must be quick. Returns False where there is none."""
    if not (site / "pagefind").is_dir():
        return False
    shutil.copytree(site / "pagefind", staging / "pagefind", copy_function=os.link)
    return True


def publish(staging: Path, site: Path) -> None:
    """Put the finished site in place of the last one. Until then the last one is complete."""
    old = site.with_name(f".site.{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    staging.rename(site)
    shutil.rmtree(old, ignore_errors=True)
