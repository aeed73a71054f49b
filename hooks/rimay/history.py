"""When each source last changed, as git knows it."""

import subprocess
from datetime import date
from pathlib import Path


def load_changes(root: Path) -> dict[str, date]:
    """Day of the last commit of each file, by its path; empty where there is no git or no history."""
    command = [
        "git",
        "-c",
        "core.quotepath=off",
        "log",
        "--format=@%cs",
        "--name-only",
        "--no-renames",
        "--relative",
    ]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return {}
    changes: dict[str, date] = {}
    day = date.min
    for line in done.stdout.splitlines():
        if line.startswith("@"):
            day = date.fromisoformat(line[1:])
        elif line:
            changes.setdefault(line, day)
    return changes
