"""The text of a press template, blank or filled in: one source for page, Word, PDF and plain text.

``docs/assets/press.js`` does the same with what a reader types; ``tests/browser/test_press.py`` compares the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rimay.records.template import PLACEHOLDER, Placeholder, Template, TemplateSection

#: What is typed into a placeholder: words, items of a list, or rows of cells.
Value = str | Sequence[str] | Sequence[Sequence[str]]


@dataclass(frozen=True)
class Run:
    """Part of a line: words of the template, or a place to fill in."""

    text: str
    is_blank: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph of the document, or a table: its style, its lines, and the heads of its columns."""

    style: str
    lines: tuple[Line, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def entries(self) -> list[list[tuple[str, str]]]:
        """The rows as pairs of head and cell; an empty cell is left out unless the whole row is there to be written."""
        return [
            [(head, cell) for head, cell in zip(self.head, row, strict=True) if cell or not any(row)]
            for row in self.rows
        ]

    @property
    def text(self) -> str:
        """The block as plain text."""
        if self.head:
            return "\n\n".join("\n".join(f"{head}: {cell}" for head, cell in entry) for entry in self.entries)
        return "\n".join("".join(run.text for run in line) for line in self.lines)


def create_blank(template: Template, language: str) -> list[Block]:
    """The document to fill in: every placeholder shows its label in brackets, ``[Nombre del sindicato]``."""
    return [block for _, blocks in create_parts(template, language, None) for block in blocks]


def create_example(template: Template, language: str) -> list[Block]:
    """The worked example: every placeholder has its example value."""
    return [
        block for _, blocks in create_parts(template, language, example_values(template, language)) for block in blocks
    ]


def example_values(template: Template, language: str) -> dict[str, Value]:
    """The value of each placeholder in the worked example."""
    values: dict[str, Value] = {}
    for placeholder in template.placeholders:
        words = placeholder.example.get(language)
        match placeholder.type:
            case "list":
                values[placeholder.id] = words.splitlines()
            case "rows":
                values[placeholder.id] = placeholder.rows(language)
            case _:
                values[placeholder.id] = words
    return values


def create_parts(
    template: Template, language: str, values: Mapping[str, Value] | None
) -> list[tuple[TemplateSection, list[Block]]]:
    """The parts of the document with their blocks, blank (``None``) or filled in.

    Of a filled document a line goes, and so does a part, whose places are all optional and empty; a required place
    that is empty shows its label, as in the blank.
    """
    known = {placeholder.id: placeholder for placeholder in template.placeholders}
    fill = _Fill(known, language, values)
    return [(section, blocks) for section in template.sections if (blocks := fill.section(section))]


def create_text(blocks: Sequence[Block]) -> str:
    """The document as plain text, blocks apart by an empty line, ready for a message."""
    return "\n\n".join(block.text for block in blocks) + "\n"


@dataclass(frozen=True)
class _Fill:
    known: Mapping[str, Placeholder]
    language: str
    values: Mapping[str, Value] | None

    def section(self, section: TemplateSection) -> list[Block]:
        text = section.text.get(self.language)
        if self._is_left_out(text):
            return []
        title = [Block("heading", ((Run(section.title.get(self.language)),),))] if section.stands_alone else []
        if section.style in ("table", "entries"):
            return [*title, self._rows(section.style, self.known[PLACEHOLDER.findall(text)[0]])]
        lines = [split for line in text.splitlines() for split in self._lines(line)]
        return [*title, *_paragraphs(section.style, lines)]

    def _is_left_out(self, text: str) -> bool:
        names = PLACEHOLDER.findall(text)
        return self.values is not None and bool(names) and all(self._is_empty(name) for name in names)

    def _is_empty(self, name: str) -> bool:
        return not self.known[name].required and not (self.values or {}).get(name)

    def _rows(self, style: str, placeholder: Placeholder) -> Block:
        head = tuple(column.get(self.language) for column in placeholder.columns)
        rows = (self.values or {}).get(placeholder.id) or [[""] * len(head)] * placeholder.empty_rows
        return Block(style, head=head, rows=tuple(tuple(row) for row in rows))

    def _lines(self, line: str) -> Iterator[Line]:
        if not line.strip():
            yield ()
            return
        if self._is_left_out(line):
            return
        names = PLACEHOLDER.findall(line)
        if len(names) == 1 and self.known[names[0]].type == "list":
            for run in self._runs_of(names[0]):
                yield from _split(self._runs(line, run))
        else:
            yield from _split(self._runs(line))

    def _runs(self, line: str, item: Run | None = None) -> Line:
        runs, end = [], 0
        for match in PLACEHOLDER.finditer(line):
            runs += [Run(line[end : match.start()]), item or self._run(match[1])]
            end = match.end()
        return tuple(run for run in (*runs, Run(line[end:])) if run.text)

    def _run(self, name: str) -> Run:
        found = [*self._runs_of(name)]
        return found[0] if len(found) == 1 else Run("\n".join(run.text for run in found))

    def _runs_of(self, name: str) -> Iterator[Run]:
        """What stands in a place: its label, its words, or an item after another."""
        placeholder, value = self.known[name], (self.values or {}).get(name)
        if not value:
            if self.values is None or placeholder.required:
                yield Run(f"[{placeholder.label.get(self.language)}]", is_blank=True)
        elif isinstance(value, str):
            yield Run(value)
        else:
            yield from (Run(str(item)) for item in value)


def _split(line: Line) -> Iterator[Line]:
    """A value of several lines makes several lines; an empty one among them ends the paragraph."""
    lines: list[list[Run]] = [[]]
    for run in line:
        first, *rest = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=part)] for part in rest)
    for runs in lines:
        yield tuple(run for run in runs if run.text.strip() or len(runs) > 1)


def _paragraphs(style: str, lines: Sequence[Line]) -> Iterator[Block]:
    paragraph: list[Line] = []
    for line in (*lines, ()):
        if any(run.text.strip() for run in line):
            paragraph.append(line)
        elif paragraph:
            yield Block(style, tuple(paragraph))
            paragraph = []
