"""The text of a press template, blank or as the worked example: one source for page, Word, PDF and plain text."""

from collections.abc import Iterator
from dataclasses import dataclass

from rimay.records.template import PLACEHOLDER, Template, TemplateSection


@dataclass(frozen=True)
class Run:
    """Part of a line: words of the template, or a place to fill in."""

    text: str
    is_blank: bool = False


@dataclass(frozen=True)
class Block:
    """A section of the document: its style and its lines."""

    style: str
    lines: tuple[tuple[Run, ...], ...]

    @property
    def text(self) -> str:
        """The block as plain text."""
        return "\n".join("".join(run.text for run in line) for line in self.lines)


def create_blank(template: Template, language: str) -> list[Block]:
    """The document to fill in: every placeholder shows its label in brackets, ``[Nombre del sindicato]``."""
    labels = {p.id: Run(f"[{p.label.get(language)}]", is_blank=True) for p in template.placeholders}
    return [_fill(section, language, labels) for section in template.sections]


def create_example(template: Template, language: str) -> list[Block]:
    """The worked example: every placeholder has its example value."""
    values = {p.id: Run(p.example.get(language)) for p in template.placeholders}
    return [_fill(section, language, values) for section in template.sections]


def create_text(blocks: list[Block]) -> str:
    """The document as plain text, blocks apart by an empty line, ready for a message."""
    return "\n\n".join(block.text for block in blocks) + "\n"


def _fill(section: TemplateSection, language: str, values: dict[str, Run]) -> Block:
    lines = [tuple(_runs(line, values)) for line in section.text.get(language).splitlines()]
    return Block(section.style, tuple(split for line in lines for split in _split(line)))


def _runs(line: str, values: dict[str, Run]) -> Iterator[Run]:
    end = 0
    for match in PLACEHOLDER.finditer(line):
        if match.start() > end:
            yield Run(line[end : match.start()])
        yield values[match[1]]
        end = match.end()
    if end < len(line):
        yield Run(line[end:])


def _split(line: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    """A value of several lines makes several lines."""
    lines: list[list[Run]] = [[]]
    for run in line:
        first, *rest = run.text.split("\n")
        lines[-1].append(Run(first, run.is_blank))
        lines.extend([Run(part, run.is_blank)] for part in rest)
    return [tuple(runs) for runs in lines if any(run.text for run in runs)]
