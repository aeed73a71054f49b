"""Record text on its way into Markdown, HTML and plain text: escaped where it meets each."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from markdown import Markdown
from markupsafe import Markup, escape

#: The same for pages (mkdocs.yml says them again) and for text that leaves in feeds.
EXTENSIONS = ["tables", "rimay.tables", "attr_list", "md_in_html", "sane_lists", "toc"]
EXTENSION_CONFIGS = {"tables": {"use_align_attribute": True}}
_SPECIAL = re.compile(r"[\\`*_{}\[\]|#]")
_LIST_START = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([-+])(?=\s|$)|(-)(?=[-\s]+$))")
_IMAGE = re.compile(r"!\[")
_NESTED = r"^((?:[ \t]*(?:>|[-+*](?=\s)|\d+[.)](?=\s)))*[ \t]*)"
_HEADING = re.compile(_NESTED + r"(#{1,3})(?=[^#]|$)", re.MULTILINE)
_UNDERLINE = re.compile(_NESTED + r"(?=(?:-+|=+)\s*$)", re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`+)(?!`)([^`\n]+)(?<!`)\1(?!`)")
_BLANK_CELL = re.compile(r"\|[ _]*_[ _]*(?=\|)")
_TICK = re.compile(r"^(\s*[-*+] )☐ ", re.MULTILINE)
#: A target in angle brackets means the same without them; escaped, they would become part of it.
_ANGLED = re.compile(r"(\]\()\s*<([^<>()\s]*)>")
_LINK = re.compile(r"(\]\(\s*)([^)>\s]+)")
_LINKED = re.compile(r"\[([^\]]*)\]\(\s*<?([^)>\s]*)[^)]*\)")
_SCHEME = re.compile(r"(?:mailto:|tel:|(?=https?://))(.+)")
_TABLE_RULE = re.compile(r"^ *\|?(?: *:?-+:? *\|)+ *(?::?-+:?)? *(?:\n|$)", re.MULTILINE)
_TABLE_ROW = re.compile(r"^ *\|(.*?)\|? *$", re.MULTILINE)
_CELL_END = re.compile(r"(?<!\\)\|")
_SMALL_HEADING = re.compile(r"^#{4,6} +", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+", re.MULTILINE)
_ITEM_END = re.compile(r"(?<![\s.:;,?!…])(?=\n[ \t]*(?:[-*+]|\d+[.)])[ \t])")
_EMPHASIS = re.compile(r"(\*{1,3}|`|(?<!\w)_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")


@lru_cache(10_000)  # labels, names and the words of the interface stand on many pages
def escape_plain(text: str) -> Markup:
    """Plain text as Markdown that shows exactly that text, on one line."""
    words = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    words = _LIST_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[0]}", words)
    return Markup(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"))


def escape_prose(text: str) -> Markup:
    """An editor's Markdown without its dangers: no HTML, no attributes, no images, no large headings.

    A list of ☐ is marked as such, and a table cell of ____ is left empty: the sheet gives it room to write.
    """
    words, end = "", 0
    for code in _CODE.finditer(text) if "`" in text else ():  # Markdown escapes what stands in code
        words += _escape_signs(text[end : code.start()]) + code[0]
        end = code.end()
    words += _escape_signs(text[end:])
    words = _IMAGE.sub(r"!\\[", words)
    words = _TICK.sub(r'\1<span class="tick">☐</span> ', words)
    words = _BLANK_CELL.sub("| ", words)
    words = _HEADING.sub(r"\1\\\2", words)
    return Markup(_UNDERLINE.sub(r"\1\\", words))


def _escape_signs(text: str) -> str:
    return _ANGLED.sub(r"\1\2", text).replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")


def resolve_links(prose: str, resolve: Callable[[str], str]) -> str:
    """An editor's Markdown with every link between pages as the full address that ``resolve`` makes of it."""
    return _LINK.sub(lambda m: m[1] + resolve(m[2]), _ANGLED.sub(r"\1\2", prose))


def create_html(prose: str, lead: str = "") -> str:
    """An editor's Markdown, its links resolved, as HTML for feeds; what is ``Markup`` is escaped already.

    ``lead`` is plain text that the first paragraph begins with, in italics.
    """
    escaped = prose if isinstance(prose, Markup) else escape_prose(prose)
    return _engine().reset().convert((Markup("*{}* ").format(escape_plain(lead)) if lead else "") + escaped)


@cache
def _engine() -> Markdown:
    """Setting one up costs more than a short text does."""
    return Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS)


def create_plain(prose: str, *, addresses: bool = False) -> str:
    """An editor's Markdown as plain text: words of links and emphasis, paragraphs and list marks kept, tables as lines.

    With ``addresses``, each full address stands behind the words of its link.
    """
    words = _LINKED.sub(_create_link if addresses else r"\1", _TABLE_RULE.sub("", prose))
    words = _TABLE_ROW.sub(_create_row, words)
    return _EMPHASIS.sub(r"\2", _SMALL_HEADING.sub("", words)).strip()


def _create_link(link: re.Match[str]) -> str:
    address = _SCHEME.match(link[2])
    return link[1] if address is None or address[1] == link[1] else f"{link[1]} ({address[1]})"


def _create_row(row: re.Match[str]) -> str:
    cells = (cell.strip().replace("\\|", "|") for cell in _CELL_END.split(row[1]))
    return " · ".join(cell for cell in cells if cell)


@cache
def first_sentences(prose: str, longest: int = 200) -> str:
    """The beginning of a text for descriptions, cut at a sentence or a word; of a list, its items as sentences."""
    begin = prose.strip().partition("\n\n")[0]
    if _ITEM.match(begin):
        begin = _ITEM.sub("", _ITEM_END.sub(".", begin))
    plain = " ".join(create_plain(begin).split())
    if len(plain) <= longest:
        return plain
    cut = plain[: longest + 1]
    end = max(cut.rfind(mark) for mark in (". ", "? ", "! "))
    return cut[: end + 1] if end > longest // 3 else f"{cut.rpartition(' ')[0]}…"


def html_attribute(value: object) -> Markup:
    """A value inside raw HTML of a page template. Lines stay inside their attribute: Markdown reads none in it."""
    return Markup(str(escape(value)).replace("\n", "&#10;"))
