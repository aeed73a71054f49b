"""A documentation form as blocks for paper: every box with its question and room to write."""

from collections.abc import Mapping

from rimay.blocks import Block, Group, Heading, Items, Paragraph, Run, Runs, Table
from rimay.records.fields import Text
from rimay.records.form import Box, Form

#: Empty lines in a box for a long text, and empty rows in a table.
LINES, ROWS = 4, 3


def create_form_blocks(form: Form, language: str, strings: Mapping[str, str]) -> tuple[Block, ...]:
    """The blank form: title, care to take, and each part with its boxes."""
    care = tuple((Paragraph(_runs(line, language)),) for line in form.care)
    blocks: list[Block] = [
        Paragraph((Run(strings["kind.form"]),), "kicker"),
        Heading(1, _runs(form.title, language)),
        Paragraph(_runs(form.summary, language), "lead"),
        Group("note", (Items(ordered=False, items=care),)),
    ]
    for section in form.sections:
        blocks.append(Heading(2, _runs(section.title, language)))
        if section.note:
            blocks.append(Paragraph(_runs(section.note, language), "fine"))
        for box in section.boxes:
            blocks.extend(_box(box, language))
    return tuple(blocks)


def _runs(text: Text, language: str) -> Runs:
    return (Run(text.get(language)),)


def _box(box: Box, language: str) -> list[Block]:
    question: list[Run] = [Run(f"{box.number}  {box.label.get(language)}", bold=True)]
    if box.hint:
        question.append(Run(f" {box.hint.get(language)}"))
    if box.type == "table":
        head = tuple(_runs(column, language) for column in box.columns)
        return [Paragraph(tuple(question)), Table(head, (((),) * len(head),) * ROWS)]
    if box.type in ("choice", "choices"):
        answer = (Run("   ".join(f"☐ {choice.get(language)}" for choice in box.choices)),)
        return [Paragraph((*question, Run("\n"), *answer))]
    return [Table((tuple(question),), (((),),) * (LINES if box.type == "long_text" else 1))]
