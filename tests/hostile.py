"""A project whose every word attacks: what the tests of safety build and open."""

import atexit
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from rimay.check import load_library
from rimay.library import Library, texts
from rimay.problems import DataProblems
from rimay.records.fields import LocalisedSlug
from tests.built import SITE_URL, Built, documents, run_build
from tests.conftest import create_living_project

#: In every text, and enough to tell that it is shown as words.
MARK = "<script>alert(1)</script>"
LINE = (
    f"=1+1\"><img src=https://evil.example/ onerror=alert(1)>{MARK}'{{{{ 7*7 }}}}{{% raw %}}]]>--> "
    '[a](javascript:alert(1)) <a href=javascript:alert(1)>b</a> ${alert(1)} \\" {: onclick=alert(1) } %3Cscript%3E &lt;'
)
PROSE = f"""\
=1+1"><img src=https://evil.example/ onerror=alert(1)>{MARK}'{{{{ 7*7 }}}}{{% raw %}}]]>--> \\"

{MARK}

<details open ontoggle=alert(1)>

<javascript:alert(1)> <https://evil.example/"onmouseover=alert(1)> ![a](https://evil.example/b.png)

[b](https://evil.example/ "c\\" onmouseover=alert(1)") `{MARK}`
{{: onclick=alert(1) }}

[c]: https://evil.example/ "\\" onmouseover=alert(1)"

    {MARK}

"""
Place = tuple[str | int, ...]


def create_hostile_project(folder: Path) -> Path:
    """A campaign under way, with an attack before every text of every record, list and part of the site.

    Other words are attacked too, and take back what they were where the loader refuses that.
    """
    project = create_living_project(folder)
    (project / ".cache").symlink_to(documents())  # first: who looks at a picture keeps it there
    library = load_library(project)
    number = 0
    for path in sorted({entry.path for entry in library.entries} | {"data/glossary.yml", "data/vocabulary.yml"}):
        file = project / path
        raw = yaml.safe_load(re.sub(r"limit: {\w+: \d+}", "limit: {characters: 9999}", file.read_text("utf-8")))
        for where, text in _texts(library, path):
            for language, words in text.root.items():
                number += 1  # titles make addresses: each its own
                _put(raw, (*where, language), _attack(words, number, text.lines))
        _attack_plain(project, path, raw)
    return project


@cache
def hostile() -> Built:
    """The hostile project, built once for all tests of a session. Not to be changed by any of them."""
    folder = Path(tempfile.mkdtemp(prefix="rimay-hostile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    project = create_hostile_project(folder / "project")
    done = run_build(project, folder / "site", SOURCE_DATE_EPOCH=os.environ["SOURCE_DATE_EPOCH"])
    assert done.returncode == 0, done.stdout
    return Built(project, folder / "site", done.stdout, SITE_URL)


def _attack(words: str, number: int, lines: bool) -> str:
    if re.fullmatch(r"{\w+}", words):  # the place of a table
        return words
    if lines and " | " in words:  # the cells of a table
        return "\n".join(f"=1+1{MARK} {line}" for line in words.splitlines())
    return PROSE + words if lines else f"{number} {LINE} {words}"


def _texts(library: Library, path: str) -> Iterator[tuple[Place, Any]]:
    models: list[tuple[Place, BaseModel]] = [
        (entry.where, entry.record) for entry in [*library.entries, *library.glossary] if entry.path == path
    ]
    if path == "data/vocabulary.yml":
        lists = {name: getattr(library.vocabulary, name) for name in type(library.vocabulary).model_fields}
        models = [((name, key), entry) for name, found in lists.items() for key, entry in found.items()]
    for start, model in models:
        yield from (((*start, *w), text) for w, text in texts(model) if not isinstance(text, LocalisedSlug))


def _attack_plain(project: Path, path: str, raw: Any) -> None:
    """Write a record with every string of it attacked; what cannot be so is what it was."""
    sound = {where: value for where, value in _leaves(raw) if MARK not in value}
    for where, value in sound.items():
        _put(raw, where, f"{LINE} {value}")
    for _ in range(9):  # a problem may hide others
        (project / path).write_text(json.dumps(raw, default=str), "utf-8")
        try:
            load_library(project)
            return
        except DataProblems as problems:
            # what others name, such as the number of a box, is a problem of theirs
            refused = {f"{problem.field}." if problem.path == path else "" for problem in problems.problems}
        for where, value in sound.items():
            if f"{'.'.join(map(str, where))}.".startswith(tuple(refused)):
                _put(raw, where, value)
    raise AssertionError(refused)


def _leaves(raw: Any, where: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(raw, str):
        yield where, raw
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        yield from _leaves(value, (*where, key))


def _put(raw: Any, where: Place, value: str) -> None:
    for part in where[:-1]:
        raw = raw[part]
    raw[where[-1]] = value
