"""From a finished build to the published folder: search index, then one swap."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Interfaces that Pagefind adds and we do not use; the site has its own, a tenth of their size.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


def staging_folder(site: Path) -> Path:
    """Where a site is built before it takes the place of the last one: beside it, hidden."""
    return site.with_name(f".site.{site.name}")


def write_search_index(site: Path) -> int:
    """Index the built pages for Pagefind, one index a language. Returns the number of pages.

    Raises RuntimeError with Pagefind's own words where it fails.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"pagefind: {done.stderr or done.stdout}")
    index = site / "pagefind"
    for pattern in _UNUSED:
        for file in index.glob(pattern):
            file.unlink()
    return sum(1 for _ in (index / "fragment").iterdir())


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
