"""From a finished build to the published folder, in one swap. What is being built stands beside it, hidden."""

import ctypes
import os
import shutil
from pathlib import Path


def staging_folder(site: Path, part: str = "") -> Path:
    """Where a site, or the part that a process of its own builds, is made before it takes the place of the last."""
    return site.with_name(f".site.{site.name}{part and f'.{part}'}")


def ledger_file(site: Path, part: str = "") -> Path:
    """Where the account of a site, or of a part of it, is kept."""
    folder = staging_folder(site, part)
    return folder.with_name(f"{folder.name}.json")


def keep_search_index(site: Path, staging: Path) -> bool:
    """Take the last site's index along, for a preview that must be quick. Returns False where there is none."""
    if not (site / "pagefind").is_dir():
        return False
    shutil.copytree(site / "pagefind", staging / "pagefind")
    return True


def join(part: Path, staging: Path) -> None:
    """Move everything that a part made into the site that is being built."""
    if part.is_dir() and staging.is_dir():
        for child in part.iterdir():
            join(child, staging / child.name)
        part.rmdir()
    else:
        part.replace(staging)


def prepare(site: Path) -> None:
    """Undo what an interrupted build left behind: put the last site back and remove what was begun."""
    old = _old(site)
    if old.is_dir() and not site.exists():
        old.rename(site)
    for place in [staging_folder(site), *site.parent.glob(f"{staging_folder(site).name}.*")]:
        if place.is_dir():
            shutil.rmtree(place)


def publish(staging: Path, site: Path) -> None:
    """Put the finished site in place of the last one, in one step where the system can.

    Elsewhere there is a moment between two steps; whoever is stopped in it has the last site put back by ``prepare``.
    """
    if site.exists() and _exchange(staging, site):
        shutil.rmtree(staging, ignore_errors=True)
        return
    old = _old(site)
    if site.exists():
        site.rename(old)
    staging.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _old(site: Path) -> Path:
    return staging_folder(site, "old")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once: renameat2(2) of Linux. Returns whether they did."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    done: int = rename(here, os.fsencode(one), here, os.fsencode(other), exchange)
    return done == 0
