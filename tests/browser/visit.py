"""A visit to a page: what it fetched, what it said, and whether it fits a phone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.built import Built


@dataclass(frozen=True)
class Origin:
    """Where the built site is served, and what each file costs over the line."""

    url: str
    built: Built
    size: Callable[[Path], int]

    def weigh(self, url: str) -> int:
        """Bytes over the line for an address."""
        path = urlsplit(url).path.lstrip("/")
        return self.size(self.built.site / (f"{path}index.html" if not path or path.endswith("/") else path))


@dataclass
class Visit:
    """What came of opening a page for the first time."""

    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    #: Widths of the window, in CSS pixels, at which the page scrolls sideways, and the elements that stick out.
    sideways: dict[int, list[str]] = field(default_factory=dict)
    weight: int = 0
