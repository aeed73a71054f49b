"""Markdown as a tree of blocks, for documents that are not web pages."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element
from lxml.html import fragment_fromstring
from markdown import Markdown

from rimay.text import EXTENSION_CONFIGS, EXTENSIONS

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: Classes that only say who or what a part of a page is for; their blocks stand as if there were none.
_CARRIERS = {"", "wide", "facilitator", "timetable", "sources"}
_WHITE = re.compile(r"\s+")
_GROUPS = {"div", "section", "nav", "details", "blockquote"}


@dataclass(frozen=True)
class Run:
    """Words with one look."""

    text: str
    bold: bool = False
    italic: bool = False
    #: Full address of a link to the web; links between pages are only words on paper.
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``style`` is the class it has in the template, such as ``lead`` or ``notice``."""

    runs: Runs
    style: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Items:
    """A list; each item is blocks. A list of ``ticks`` has boxes to tick."""

    ordered: bool
    items: "tuple[tuple[Block, ...], ...]"
    ticks: bool = False


@dataclass(frozen=True)
class Table:
    """A table with one heading row; an empty cell is room to write."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True)
class Group:
    """Blocks that belong together, such as a ``note`` in a box."""

    style: str
    blocks: "tuple[Block, ...]"


Block = Paragraph | Heading | Items | Table | Group


def create_blocks(markdown: str) -> tuple[Block, ...]:
    """Read Markdown that is already escaped, as page templates write it."""
    html = Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS).convert(markdown)
    return tuple(_blocks(fragment_fromstring(html, create_parent="body")))


def _blocks(parent: Element) -> Iterator[Block]:
    for element in parent:
        yield from _block(element)


def _block(element: Element) -> Iterator[Block]:
    style = element.get("class", "")
    if element.tag in _HEADINGS:
        yield Heading(_HEADINGS[element.tag], _trim(_runs(element)))
    elif element.tag == "p":
        yield Paragraph(_trim(_runs(element)), style.partition(" ")[0])
    elif element.tag in ("ul", "ol"):
        yield _items(element)
    elif element.tag == "table":
        yield _table(element)
    elif element.tag == "blockquote":
        yield Group("quote", tuple(_blocks(element)))
    elif element.tag in _GROUPS:
        inner = tuple(_blocks(element))
        if "ticks" in style:
            yield from (Items(b.ordered, b.items, ticks=True) if isinstance(b, Items) else b for b in inner)
        elif style not in _CARRIERS:
            yield Group(style.partition(" ")[0], inner)
        else:
            yield from inner


def _items(element: Element) -> Items:
    items: list[tuple[Block, ...]] = []
    for item in element.iterfind("li"):
        blocks: list[Block] = []
        lead = _trim(_runs(item, skip=_GROUPS | {"p", "ul", "ol", "table"}))
        if lead:
            blocks.append(Paragraph(lead))
        blocks.extend(_blocks(item))
        items.append(tuple(blocks))
    ticked = [opened for item in items if (opened := _without_tick(item))]
    ticks = bool(items) and len(ticked) == len(items)
    return Items(element.tag == "ol", tuple(ticked if ticks else items), ticks)


def _without_tick(item: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """The item without the ☐ it begins with; None where it begins with something else."""
    match item:
        case (Paragraph((Run() as run, *rest), style), *others) if run.text.startswith("☐"):
            opening = replace(run, text=run.text.removeprefix("☐"))
            return (Paragraph(_trim(iter((opening, *rest))), style), *others)
    return None


def _table(element: Element) -> Table:
    head = tuple(_trim(_runs(cell)) for cell in element.iterfind("thead/tr/*"))
    rows = tuple(tuple(_trim(_runs(cell)) for cell in row) for row in element.iterfind("tbody/tr"))
    return Table(head, rows)


def _runs(element: Element, skip: Container[str] = (), look: Run | None = None) -> Iterator[Run]:
    look = look or Run("")
    if element.text:
        yield replace(look, text=element.text)
    for child in element:
        if child.tag == "br":
            yield replace(look, text="\n")
        elif child.tag not in skip:
            link = child.get("href", "")
            inner = Run(
                "",
                look.bold or child.tag == "strong",
                look.italic or child.tag == "em",
                link if link.startswith(("http:", "https:", "mailto:", "tel:")) else look.link,
            )
            yield from _runs(child, skip, inner)
        if child.tail:
            # after a line break Markdown begins a new line of its source: that white space is not text
            yield replace(look, text=child.tail.lstrip("\n") if child.tag == "br" else child.tail)


def _trim(runs: Iterator[Run]) -> Runs:
    """Runs with white space as a reader sees it: one space between words, none at the ends, line breaks kept."""
    trimmed: list[Run] = []
    for run in runs:
        words = run.text if run.text == "\n" else _WHITE.sub(" ", run.text)
        if not trimmed or trimmed[-1].text.endswith((" ", "\n")):
            words = words.lstrip(" ")
        if words and (trimmed or words != "\n"):
            trimmed.append(replace(run, text=words))
    while trimmed and not trimmed[-1].text.strip():
        trimmed.pop()
    if trimmed:
        trimmed[-1] = replace(trimmed[-1], text=trimmed[-1].text.rstrip())
    return tuple(trimmed)


def column_widths(table: Table) -> list[int]:
    """Shares of the width for each column, by how much its longest cell says; columns to write in get room."""
    columns = zip(table.head, *(row for row in table.rows if len(row) == len(table.head)), strict=True)
    return [_share(column) for column in columns]


def _share(column: tuple[Runs, ...]) -> int:
    longest = max(sum(len(run.text) for run in cell) for cell in column)
    to_write_in = sum(not cell for cell in column) * 2 > len(column)
    return max(20 if to_write_in else 4, min(40, longest))


@dataclass(frozen=True)
class Sheet:
    """A document for paper: parts that each begin a page, with what stands around them."""

    title: str
    description: str
    language: str
    #: What stands at the head of the second page and those after it.
    running: str
    #: Where the sheet is on the web; printed, and in a QR code.
    address: str
    parts: tuple[tuple[Block, ...], ...]
    #: The heading of a list of contents; none where it is empty.
    contents: str = ""
    #: ``cards`` to cut out, or a ``letter`` that is handed on without address or code.
    style: str = "sheet"


def split_page(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], list[tuple[Block, ...]]]:
    """What a page says to whoever runs the session, and its handouts, each on its own. Navigation is left out."""
    guide: list[Block] = []
    handouts: list[tuple[Block, ...]] = []
    for block in blocks:
        style = block.style if isinstance(block, Group) else ""
        if style == "handout" and isinstance(block, Group):
            handouts.append(_level(block.blocks))
        elif style not in (
            "contents",
            "beside",
            "boxes",
            "downloads",
            "session-tools",
            "share",
            "follow",
            "letter-tools",
        ):
            guide.append(block)
    return _level(guide), handouts


def _level(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks with headings from 1 on and no level left out, as a tagged PDF and Word want them."""
    stack: list[int] = []
    levelled: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            while stack and stack[-1] >= block.level:
                stack.pop()
            stack.append(block.level)
            block = Heading(len(stack), block.runs)  # noqa: PLW2901
        levelled.append(block)
    return tuple(levelled)
