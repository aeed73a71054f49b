"""What a text names: records that it links to, and organisations by their acronym."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from rimay.records.organisation import Organisation

_LINK = re.compile(r"\]\(\s*<?([^)>\s#]+)")
#: Shorter acronyms are too much like other words.
_SHORTEST = 3
_PART_OF_WORD = re.compile(r"[\w-]")


class Names:
    """Knows the records of a project by what texts call them. ``kinds`` gives the kind of each folder."""

    def __init__(self, organisations: Iterable[Organisation], kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._acronyms = {
            acronym: organisation.id
            for organisation in organisations
            for acronym in (organisation.acronym or "").split(" / ")
            if len(acronym) >= _SHORTEST
        }
        words = "|".join(map(re.escape, sorted(self._acronyms, key=len, reverse=True)))
        self._words = re.compile(rf"(?:{words})(?![\w-])" if words else r"(?!)")

    def find(self, words: str, folder: str) -> Iterator[tuple[str, str]]:
        """Kind and id of all that a text in a record of the folder names; of links also where nothing is there."""
        for target in _LINK.findall(words):
            place, _, name = posixpath.normpath(f"{folder}/{target}").rpartition("/")
            if kind := self._kinds.get(place):
                yield kind, name.removesuffix(".md")
        for acronym in self._words.finditer(words):
            if not _PART_OF_WORD.match(words[acronym.start() - 1 : acronym.start()]):
                yield "organisation", self._acronyms[acronym[0]]
