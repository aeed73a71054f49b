"""Collections: parts of the site that a reader can keep on a phone as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from rimay.library import HOME, Library
from rimay.records.curriculum import Curriculum

#: Parts of the site that are kept together, by the id of the collection.
_SECTIONS = {"press": ("manual", "templates"), "rights": ("rights",)}
#: What every phone that keeps something has: it leads to the rest.
BASE = "base"
_BASE_SECTIONS = (HOME, "offline", "alphabet")


@dataclass(frozen=True)
class Collection:
    """What is kept together: single pages, and all that stands under an address."""

    id: str
    title: str
    pages: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

    def has(self, address: str) -> bool:
        """Whether a page belongs to it."""
        return address in self.pages or address.startswith(self.under)


def create_collections(library: Library, language: str) -> Iterator[Collection]:
    """Every collection that a reader can choose: the courses, then parts of the site."""
    for course in sorted(library.all(Curriculum), key=lambda course: course.code, reverse=True):
        yield Collection(course.id, course.title.get(language), under=(library.address(course, language),))
    for name, ids in _SECTIONS.items():
        sections = [library.sections[section] for section in ids if section in library.sections]
        if sections:
            addresses = tuple(library.section_address(section.id, language) for section in sections)
            yield Collection(name, " · ".join(section.title.get(language) for section in sections), under=addresses)


def create_base(library: Library, language: str) -> Collection:
    """The pages that are kept with whatever a reader keeps."""
    pages = tuple(library.section_address(section, language) for section in _BASE_SECTIONS)
    return Collection(BASE, library.sections[HOME].title.get(language), pages)
