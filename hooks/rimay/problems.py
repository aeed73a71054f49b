"""What is wrong with the data, said so that an editor can mend it: ``file:line: field: what; what is expected``."""

import dataclasses
import os
from collections.abc import Iterable, Mapping
from typing import Any

from rimay.languages import DEFAULT
from rimay.messages import MESSAGES

_EXPECTED = {"es": "se espera: {about}", "en": "expected: {about}"}
_EXAMPLE = {"es": ", por ejemplo {example}", "en": ", for example {example}"}
_GUESS = {"es": "; ¿quisiste decir «{guess}»?", "en": "; did you mean “{guess}”?"}
_UNTRANSLATED = {
    "es": "sin traducir ({language}): {count}: {paths}",
    "en": "not translated ({language}): {count}: {paths}",
}
_NOT_AN_EXPORT = {
    "es": "{folder}: ahí hay otra cosa y no se toca; da una carpeta nueva, como en «rimay export ../exportado»",
    "en": "{folder}: something else is there and is left alone; give a new folder, as in “rimay export ../exported”",
}
_UNCHANGED = {
    "es": "nada cambió: {folder} queda como está",
    "en": "nothing changed: {folder} stays as it is",
}
_UNPUBLISHED = {
    "es": "No se publica nada: mira lo de arriba. El último sitio queda como está.",
    "en": "Nothing is published: see above. The last site stays as it is.",
}
_OUTDATED = {
    "es": "normas por revisar, con as_of de hace más de {days} días: {count}: {places}",
    "en": "laws to check again, with as_of more than {days} days ago: {count}: {places}",
}
_UNUSED_PICTURES = {
    "es": "fotografías que ninguna novedad nombra y que no se publican: {count}: {paths}",
    "en": "pictures that no update names, which are not published: {count}: {paths}",
}
_COUNT = {
    "es": {0: "sin problemas", 1: "1 problema", 2: "{count} problemas"},
    "en": {0: "no problems", 1: "1 problem", 2: "{count} problems"},
}


@dataclasses.dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. ``path`` is relative to the project, ``line`` counts from 1, 0 is the whole file."""

    path: str
    line: int
    field: str
    code: str
    context: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False)

    def describe(self, language: str) -> str:
        """The problem as one line in the editor's language."""
        words = dict(self.context)
        if about := words.pop("about", None):
            words["expected"] = _EXPECTED[language].format(about=getattr(about, language))
            if about.example:
                words["expected"] += _EXAMPLE[language].format(example=about.example)
        guess = words.pop("guess", "")
        words["guess"] = _GUESS[language].format(guess=guess) if guess else ""
        words.setdefault("expected", "")
        if "found" in words:
            words["found"] = _shorten(words["found"])
        message = MESSAGES[self.code][language].format_map(words).rstrip("; ")
        place = f"{self.path}:{self.line}" if self.line else self.path
        said = f"{place}: {self.field}: {message}" if self.field else f"{place}: {message}"
        return "".join(sign if sign.isprintable() else "�" for sign in said)  # a terminal obeys what is not


class DataProblems(Exception):  # noqa: N818 - a collection, not one error
    """Raised when there are problems; nothing may be published from the data."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = sorted(problems)

    def __str__(self) -> str:
        return report(self.problems)


def report(problems: list[Problem]) -> str:
    """All problems, a line each, and how many there are."""
    language = editor_language()
    count = _COUNT[language][min(len(problems), 2)].format(count=len(problems))
    return "\n".join([*(problem.describe(language) for problem in problems), count])


def untranslated(language: str, paths: list[str]) -> str:
    """Which records lack words in a language; no problem, but worth knowing."""
    return _UNTRANSLATED[editor_language()].format(language=language, count=len(paths), paths=", ".join(paths))


def outdated(days: int, places: list[str]) -> str:
    """Which laws should be checked again; no problem, but worth knowing."""
    return _OUTDATED[editor_language()].format(days=days, count=len(places), places=", ".join(places))


def unused_pictures(paths: list[str]) -> str:
    """Which pictures belong to nothing; no problem, but worth knowing."""
    return _UNUSED_PICTURES[editor_language()].format(count=len(paths), paths=", ".join(paths))


def not_an_export(folder: str) -> str:
    """Why a folder is left as it is."""
    return _NOT_AN_EXPORT[editor_language()].format(folder=folder)


def unchanged(folder: str) -> str:
    """Why a build does nothing."""
    return _UNCHANGED[editor_language()].format(folder=folder)


def unpublished() -> str:
    """How a build ends that does not reach the readers."""
    return _UNPUBLISHED[editor_language()]


def editor_language() -> str:
    """The language of messages: that of the terminal where the site has it, else the default language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            code = value[:2].lower()
            return code if code in _COUNT else DEFAULT
    return DEFAULT


def _shorten(value: Any) -> str:
    words = " ".join(str(value).split())
    return words if len(words) <= 60 else f"{words[:57]}…"
