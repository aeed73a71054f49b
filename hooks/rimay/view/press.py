"""Press templates: their parts as they are read, and as they are filled in."""

import json

from markupsafe import Markup

from rimay.press import Block, create_parts, example_values
from rimay.records.template import PACE, Placeholder, Template, TemplateSection
from rimay.text import escape_plain
from rimay.view.words import Words


class Press(Words):
    """What a page template may ask of a press template."""

    def example(self, template: Template) -> list[tuple[TemplateSection, list[Block]]]:
        """Parts of a press template with their worked example."""
        return create_parts(template, self.language, example_values(template, self.language))

    def blank(self, template: Template) -> list[tuple[TemplateSection, list[Block]]]:
        """Parts of a press template as they are filled in."""
        return create_parts(template, self.language, None)

    def block(self, block: Block) -> Markup:
        """A block of a press template as Markdown, its places to fill in marked."""
        if block.style == "table":
            rows = [block.head, ("---",) * len(block.head), *block.rows]
            return Markup("\n").join(
                Markup("| {} |").format(
                    Markup(" | ").join(cell if cell == "---" else escape_plain(cell) for cell in row)
                )
                for row in rows
            )
        if block.style == "entries":
            return Markup("\n\n").join(
                Markup("  \n").join(
                    Markup("**{}:** {}").format(escape_plain(head), escape_plain(cell) or Markup("<mark>[…]</mark>"))
                    for head, cell in entry
                )
                for entry in block.entries
            )
        lines = []
        for line in block.lines:
            runs = (
                Markup("<mark>{}</mark>").format(escape_plain(r.text)) if r.is_blank else _keep(r.text) for r in line
            )
            lines.append(Markup().join(runs))
        return Markup("  \n").join(lines)

    def parts_to_fill(self, template: Template) -> list[tuple[TemplateSection, list[Placeholder]]]:
        """Parts of a press template with the placeholders that are asked for there: where each first stands."""
        known = {placeholder.id: placeholder for placeholder in template.placeholders}
        parts = []
        for section in template.sections:
            here = [known.pop(name) for name in dict.fromkeys(section.placeholders()) if name in known]
            if here:
                parts.append((section, here))
        return parts

    def press_data(self, template: Template) -> str:
        """What the script that fills in the template needs to know of its parts, as JSON."""
        sections = [
            {
                "style": section.style,
                "text": section.text.get(self.language),
                **({"title": section.title.get(self.language)} if section.stands_alone else {}),
                **({"limit": [section.limit.unit, section.limit.most]} if section.limit else {}),
            }
            for section in template.sections
        ]
        return json.dumps({"sections": sections, "pace": PACE}, ensure_ascii=False)

    def first_rows(self, template: Template) -> Placeholder:
        """The placeholder whose rows are those of the template's spreadsheet."""
        return next(placeholder for placeholder in template.placeholders if placeholder.type == "rows")


def _keep(text: str) -> Markup:
    """Plain text between blanks, with the spaces at its ends."""
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if text.strip() else ""
    return Markup(head) + escape_plain(text) + Markup(tail)
