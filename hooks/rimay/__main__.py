"""The console command ``rimay``."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from rimay.check import CHECKED_FOR, find_outdated, load_library
from rimay.clock import load_now
from rimay.languages import LANGUAGES
from rimay.library import is_translated
from rimay.problems import DataProblems, outdated, untranslated


def check(root: Path) -> int:
    """Check the data without building; print every problem. Returns the exit code."""
    try:
        library = load_library(root, private=True)
    except DataProblems as problems:
        print(problems, file=sys.stderr)
        return 1
    counts = Counter(entry.record.folder for entry in library.entries)
    print(", ".join(f"{folder} {count}" for folder, count in sorted(counts.items())))
    for language in LANGUAGES:
        missing = [entry.path for entry in library.entries if not is_translated(entry.record, language)]
        if missing:
            print(untranslated(language, missing))
    if old := find_outdated(library, load_now().date()):
        print(outdated(CHECKED_FOR.days, old))
    return 0


def main() -> int:
    """Run a command; without one, say what there is."""
    parser = argparse.ArgumentParser(prog="rimay", description="Knowledge base and campaign publisher for unions.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("check", help="check the data without building")
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the project's folder (default: here)")
    arguments = parser.parse_args()
    return check(arguments.root.resolve())


if __name__ == "__main__":
    sys.exit(main())
