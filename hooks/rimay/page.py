"""A page before the engine, the files beside it, and how each thing that is published is handed on."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True)
class Download:
    """A file that stands beside its page."""

    format: str
    source_uri: str
    size: int
    #: Where it stands in the site.
    path: str
    #: Width and height of a picture.
    pixels: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Page:
    """A page before the engine: Markdown, and what the frame around it needs to know."""

    language: str
    #: The language the text is really in; differs where a translation is missing.
    text_language: str
    source_uri: str
    address: str
    kind: str
    title: str
    description: str
    #: Makes the text; not asked where only the facts of a page are needed.
    write: Callable[[], str] = field(repr=False, compare=False)
    source: str
    section: str
    #: Parts above this page: title and address, from the top.
    trail: tuple[tuple[str, str], ...]
    #: Languages with a translation of their own, and where.
    translations: Mapping[str, str]
    #: The same page in every language, translated or not: where the language switch leads.
    switch: Mapping[str, str]
    #: The page whose feed and calendar it offers, and their title; the home and all updates where there is none.
    feed: tuple[str, str] | None = None
    #: Path of the image that stands for it where it is shared.
    image: str = ""
    #: What it is about, for search engines: JSON-LD (schema.org).
    data: str = ""
    #: Why only a preview shows it.
    hidden: str = ""
    #: Whether search leaves it out.
    unlisted: bool = False
    #: Search filters: name and values, in the page's language.
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The file that stands at its address."""
        return self.address if self.address.endswith(".html") else f"{self.address}index.html"

    @property
    def text(self) -> str:
        """The page as Markdown, made when it is asked for: thousands of pages are more than a build should hold."""
        return self.write()


_PATH = re.compile(r"(?:(?!\.\.?(?:/|$))[A-Za-z0-9._-]+(?:/|$))+(?<!/)")


@dataclass(frozen=True)
class Output:
    """One published thing. ``path`` is where it stands in the site; pages carry Markdown and their frame."""

    path: str
    content: str | bytes
    #: Name that other pages link to it by; the same in every language.
    source_uri: str
    #: The file of the project that it is made from.
    source: str
    page: Page | None = None
    #: What a reader calls a document.
    title: str = ""
    #: Width and height of a picture.
    pixels: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        """Raise ValueError for a path that is not plainly inside the site, on any system."""
        if not _PATH.fullmatch(self.path):
            raise ValueError(f"{self.source}: {self.path!r} is no path inside the site")


def create_mark(content: bytes) -> str:
    """A mark of a content, for its address. It begins with a letter: nobody takes it for a telephone number."""
    return f"v{sha256(content).hexdigest()[:9]}"
