"""A press template: guidance, blank and worked example from one text with placeholders."""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rimay.records.fields import (
    About,
    Lines,
    Model,
    Plain,
    Prose,
    Record,
    Sources,
    Text,
    problem,
)

#: A placeholder in a section's text: ``{organizacion}``.
PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")


class Placeholder(Model):
    """Something that the press officer fills in."""

    id: Annotated[
        Plain,
        Field(pattern=r"^[a-z][a-z0-9_]*$"),
        About("nombre en el texto, entre llaves", "name in the text, in braces", "organisation"),
    ]
    label: Annotated[Text, About("qué se pide", "what is asked", "{es: Nombre del sindicato, en: Name of the union}")]
    hint: Annotated[Text | None, About("ayuda para llenarlo", "help to fill it in", "{es: …, en: …}")] = None
    type: Annotated[
        Literal["text", "long_text", "date", "choice", "list"], About("tipo de dato", "type of value", "text")
    ] = "text"
    required: Annotated[bool, About("si es obligatorio", "whether it is required", "true")] = True
    choices: Annotated[
        tuple[Text, ...],
        About("opciones, si el tipo es choice", "options, if the type is choice", "[{es: …, en: …}]"),
    ] = ()
    example: Annotated[
        Lines,
        About("valor en el ejemplo resuelto", "value in the worked example", "{es: FRETSAI, en: FRETSAI}"),
    ]


class TemplateSection(Model):
    """A part of the document: how to write it, and its text with placeholders."""

    title: Annotated[Text, About("nombre de la parte", "name of the part", "{es: Titular, en: Headline}")]
    guidance: Annotated[Prose, About("cómo escribirla", "how to write it", "{es: …, en: …}")]
    style: Annotated[
        Literal["label", "headline", "lead", "paragraph", "quote", "heading", "small"],
        About("estilo en la hoja", "style on the sheet", "paragraph"),
    ] = "paragraph"
    text: Annotated[
        Lines,
        About(
            "texto con casillas entre llaves",
            "text with placeholders in braces",
            "{es: '{lugar}, {fecha}. {dato}', en: '{place}, {date}. {fact}'}",
        ),
    ]

    def placeholders(self) -> Iterator[str]:
        """Names of the placeholders in the text of any language, in order, with repetitions."""
        for words in self.text.root.values():
            yield from PLACEHOLDER.findall(words)


class Template(Record):
    """A press template whose page, Word, PDF and plain text come from the same sections."""

    kind: ClassVar[str] = "template"
    folder: ClassVar[str] = "templates"

    title: Annotated[Text, About("título", "title", "{es: Nota de prensa, en: Press release}")]
    summary: Annotated[Text, About("para qué sirve, en una frase", "what it is for, in one sentence", "{es: …, en: …}")]
    purpose: Annotated[Prose, About("para qué sirve", "what it is for", "{es: …, en: …}")]
    when: Annotated[tuple[Text, ...], Field(min_length=1), About("cuándo usarla", "when to use it", "[{es: …, en: …}]")]
    checklist: Annotated[tuple[Text, ...], About("antes de enviar", "before sending", "[{es: …, en: …}]")] = ()
    sections: Annotated[
        tuple[TemplateSection, ...],
        Field(min_length=1),
        About(
            "partes del documento, en orden",
            "parts of the document, in order",
            "[{title: {es: …, en: …}, guidance: {es: …, en: …}, text: {es: …, en: …}}]",
        ),
    ]
    placeholders: Annotated[
        tuple[Placeholder, ...],
        Field(min_length=1),
        About(
            "lo que se llena",
            "what is filled in",
            "[{id: organisation, label: {es: …, en: …}, example: {es: …, en: …}}]",
        ),
    ]
    example_note: Annotated[
        Text,
        About(
            "de dónde sale el ejemplo, o que es inventado",
            "where the example comes from, or that it is invented",
            "{es: Caso inventado., en: Invented case.}",
        ),
    ]
    sources: Sources

    @property
    def label(self) -> Text:
        """The title."""
        return self.title

    @model_validator(mode="after")
    def _placeholders_agree(self) -> Self:
        declared = [placeholder.id for placeholder in self.placeholders]
        used = {name for section in self.sections for name in section.placeholders()}
        if unknown := sorted(used - set(declared)):
            raise problem("placeholder_unknown", found=", ".join(unknown))
        if unused := sorted(set(declared) - used):
            raise problem("placeholder_unused", found=", ".join(unused))
        if len(set(declared)) < len(declared):
            raise problem("placeholder_twice", found=", ".join(sorted({d for d in declared if declared.count(d) > 1})))
        return self
