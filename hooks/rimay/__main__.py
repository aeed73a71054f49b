"""The console command ``rimay``. Each command imports what it needs only: a check should not wait for Word."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from rimay.languages import LANGUAGES
from rimay.problems import DataProblems


def check(root: Path) -> int:
    """Check the data without building; print every problem. Returns the exit code."""
    from rimay.check import find_outdated, find_unused_pictures, load_library
    from rimay.library import CHECKED_FOR, is_translated
    from rimay.problems import outdated, untranslated, unused_pictures

    try:
        library = load_library(root, preview=True)
    except DataProblems as problems:
        print(problems, file=sys.stderr)
        return 1
    counts = Counter(entry.record.folder for entry in library.entries)
    print(", ".join(f"{folder} {count}" for folder, count in sorted(counts.items())))
    for language in LANGUAGES:
        missing = [entry.path for entry in library.entries if not is_translated(entry.record, language)]
        missing += {entry.path for entry in library.glossary if not is_translated(entry.record, language)}
        if missing:
            print(untranslated(language, missing))
    if old := find_outdated(library):
        print(outdated(CHECKED_FOR.days, old))
    if unused := find_unused_pictures(library, root):
        print(unused_pictures(unused))
    return 0


def export(root: Path, folder: Path) -> int:
    """Write the site for another engine. Returns the exit code."""
    from rimay.export import create_export, write_export
    from rimay.outputs import Site
    from rimay.problems import not_an_export
    from rimay.settings import load_site_url

    site_url = load_site_url(root)
    try:
        site = Site(root, site_url)
        outputs = {language: site.create_outputs(language) for language in LANGUAGES}
        write_export(folder, create_export(site.library, outputs, root, site_url))
    except DataProblems as problems:
        print(problems, file=sys.stderr)
        return 1
    except FileExistsError:
        print(not_an_export(str(folder)), file=sys.stderr)
        return 1
    return 0


def verify(root: Path, folder: Path) -> int:
    """Look a built site over; print everything that is wrong with it. Returns the exit code."""
    from rimay.outputs import Site
    from rimay.settings import load_site_url

    try:
        problems = Site(root, load_site_url(root)).verify(folder)
    except DataProblems as found:
        problems = [str(found)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def main() -> int:
    """Run a command; without one, say what there is."""
    parser = argparse.ArgumentParser(prog="rimay", description="Knowledge base and campaign publisher for unions.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("check", help="check the data without building")
    command.add_argument("root", nargs="?", type=Path, default=Path(), help="the project's folder (default: here)")
    command = commands.add_parser("verify", help="look a built site over: links, weight, nothing hidden in it")
    command.add_argument("folder", nargs="?", type=Path, default=Path("site"), help="the site (default: site)")
    command = commands.add_parser("export", help="write the site as Markdown for another engine")
    command.add_argument("folder", type=Path, help="where to: a new folder, or a former export")
    bulletin = commands.add_parser("bulletin", help="make the members' bulletin of a period")
    new = commands.add_parser("new", help="begin a record: asks what it needs and writes a draft")
    asked = sys.argv[1:2]
    if asked == ["bulletin"]:
        from rimay.bulletin import add_arguments, write_bulletin

        add_arguments(bulletin)
        return write_bulletin(Path().resolve(), parser.parse_args())
    if asked == ["new"]:
        from rimay.drafts import add_kinds, begin

        add_kinds(new)
        arguments = parser.parse_args()
        return begin(arguments.root.resolve(), arguments.kind, vars(arguments))
    arguments = parser.parse_args()
    if arguments.command == "verify":
        return verify(Path().resolve(), arguments.folder.resolve())
    if arguments.command == "export":
        return export(Path().resolve(), arguments.folder.resolve())
    return check(arguments.root.resolve())


if __name__ == "__main__":
    sys.exit(main())
