"""A visit to a page: what it fetched, what it said, and whether it fits a phone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import playwright.sync_api

from rimay.languages import DEFAULT
from rimay.page import Page
from tests.built import Built, Document


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


def one_of_each(built: Built) -> list[Document]:
    """The heaviest page of each kind in each language, every list, and every part of the site in the first language."""
    found: dict[tuple[str, ...], Page] = {}
    for page in built.pages:
        key = (page.kind, page.language)
        if page.kind in ("section", "listing"):
            name = page.source_uri if page.kind == "section" else page.source_uri.partition("/")[0]
            key = (name, DEFAULT)
        if key not in found or built.length(page) > built.length(found[key]):
            found[key] = page
    return [built.documents[page.path] for page in found.values()]


def heaviest(built: Built) -> list[Document]:
    """The home and the heaviest page of each kind of record, in the first language."""
    kinds = {page.kind for page in built.pages} - {"section", "listing", "lost"}
    addresses = ["", *sorted(built.first_address(kind, DEFAULT) for kind in kinds)]
    return [built.documents[f"{address}index.html"] for address in addresses]


@dataclass
class Visit:
    """What came of opening a page for the first time."""

    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    #: Widths of the window, in CSS pixels, at which the page scrolls sideways, and the elements that stick out.
    sideways: dict[int, list[str]] = field(default_factory=dict)
    #: Bytes over the line, as the browser counts them, of everything, and as the host sends the page and its assets.
    received: int = 0
    page: int = 0
    assets: int = 0


def wait_until(page: playwright.sync_api.Page, expression: str) -> None:
    """Wait until an expression is true. Playwright's own way compiles it at each look, which our policy forbids."""
    page.evaluate(
        f"new Promise((done) => {{ const look = () => ({expression}) ? done() : setTimeout(look, 50); look(); }})"
    )
