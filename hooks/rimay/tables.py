"""A Markdown extension: a table of three columns or more may scroll sideways, so that the page never does."""

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

NARROW = 2


class _Frames(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                for cell in child.iterfind("thead/tr/th"):
                    if not "".join(cell.itertext()).strip():
                        cell.tag = "td"  # an empty heading names nothing
                headings = ["".join(cell.itertext()).strip() for cell in child.iterfind("thead/tr/*")]
                if child.tag == "table" and len(headings) > NARROW:
                    parent.remove(child)
                    parent.insert(index, _create_frame(child, ", ".join(filter(None, headings))))


def _create_frame(table: Element, name: str) -> Element:
    """A box that the keyboard reaches, called by the table's headings."""
    frame = Element("div", {"class": "wide", "tabindex": "0", "role": "group", "aria-label": name})
    frame.tail, table.tail = table.tail, None
    frame.append(table)
    return frame


class TableFrames(Extension):
    """Puts wide tables into a frame of their own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Run before inline Markdown is put in place, when the headings are still text."""
        md.treeprocessors.register(_Frames(md), "rimay_tables", 25)


def makeExtension(**settings: Any) -> TableFrames:  # noqa: N802 - the name Markdown calls
    """What Markdown calls for ``rimay.tables`` in a list of extensions."""
    return TableFrames(**settings)
