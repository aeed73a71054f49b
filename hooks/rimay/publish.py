"""From a finished build to the published folder, in one swap. What is being built stands beside it, hidden."""

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


def publish(staging: Path, site: Path) -> None:
    """Put the finished site in place of the last one. Until then the last one is complete."""
    old = site.with_name(f".site.{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    staging.rename(site)
    shutil.rmtree(old, ignore_errors=True)
