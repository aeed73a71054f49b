"""A press template: guidance, blank and worked example from one text with placeholders."""

import math
import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rimay.languages import DEFAULT
from rimay.records.fields import (
    About,
    Lines,
    Listed,
    Model,
    Plain,
    Prose,
    Record,
    Slug,
    Sources,
    Text,
    problem,
)

#: A placeholder in a section's text: ``{organizacion}``.
PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
#: What stands between the cells of a row in an example.
CELLS = " | "
#: Words read aloud in a second: 150 a minute, an unhurried voice on the radio. The page counts with it too.
PACE = 2.5


class Limit(Model):
    """The most that a text may have: in words, in characters, or in seconds when read aloud."""

    words: Annotated[int | None, Field(ge=1), About("palabras", "words", "70")] = None
    characters: Annotated[int | None, Field(ge=1), About("caracteres", "characters", "280")] = None
    seconds: Annotated[
        int | None, Field(ge=1), About("segundos de lectura en voz alta", "seconds read aloud", "30")
    ] = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise problem("one_limit")
        return self

    @property
    def unit(self) -> Literal["words", "characters", "seconds"]:
        """What is counted."""
        return "words" if self.words else "characters" if self.characters else "seconds"

    @property
    def most(self) -> int:
        """How many there may be."""
        return self.words or self.characters or self.seconds or 0

    def count(self, text: str) -> int:
        """How many the text has; seconds are rounded up."""
        if self.unit == "characters":
            return len(text)
        words = sum(any(letter.isalnum() for letter in word) for word in text.split())
        return words if self.unit == "words" else math.ceil(words / PACE)


LimitField = Annotated[Limit | None, About("lo más que puede tener", "the most it may have", "{words: 70}")]


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
        Literal["text", "long_text", "date", "choice", "list", "rows"],
        About("tipo de dato", "type of value", "text"),
    ] = "text"
    required: Annotated[bool, About("si es obligatorio", "whether it is required", "true")] = True
    profile: Annotated[
        Literal["name", "about", "place", "contact", "phone", "email", "web"] | None,
        About("dato de la organización que se puede recordar", "fact of the organisation that can be kept", "name"),
    ] = None
    limit: LimitField = None
    columns: Annotated[
        tuple[Text, ...],
        About("columnas, si el tipo es rows", "columns, if the type is rows", "[{es: Hora, en: Time}]"),
    ] = ()
    choices: Annotated[
        tuple[Text, ...],
        About("opciones, si el tipo es choice", "options, if the type is choice", "[{es: …, en: …}]"),
    ] = ()
    example: Annotated[
        Lines,
        About("valor en el ejemplo resuelto", "value in the worked example", "{es: FRETSAI, en: FRETSAI}"),
    ]

    @property
    def empty_rows(self) -> int:
        """Rows to write in on the blank: as many as the example has, within what fits a sheet."""
        return max(3, min(6, len(self.rows(DEFAULT))))

    def rows(self, language: str) -> tuple[tuple[str, ...], ...]:
        """The example as rows of cells, for the type ``rows``."""
        return tuple(tuple(line.split(CELLS)) for line in self.example.get(language).splitlines())

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type == "choice" and len(self.choices) < 2:
            raise problem("choices_needed", found=self.id)
        if self.type == "rows":
            if not self.columns:
                raise problem("columns_needed", found=self.id)
            for language in self.example.root:
                for row in self.rows(language):
                    if len(row) != len(self.columns):
                        raise problem("cells", found=CELLS.join(row), count=len(row), expected=len(self.columns))
        if self.limit:
            for language, words in self.example.root.items():
                _check_limit(self.limit, words, language)
        return self


def _check_limit(limit: Limit, words: str, language: str) -> None:
    if (count := limit.count(words)) > limit.most:
        raise problem("over_limit", found=words, count=count, most=limit.most, unit=limit.unit, language=language)


class TemplateSection(Model):
    """A part of the document: how to write it, and its text with placeholders."""

    title: Annotated[Text, About("nombre de la parte", "name of the part", "{es: Titular, en: Headline}")]
    guidance: Annotated[Prose, About("cómo escribirla", "how to write it", "{es: …, en: …}")]
    style: Annotated[
        Literal["label", "headline", "lead", "paragraph", "quote", "heading", "small", "message", "table", "entries"],
        About("estilo en la hoja", "style on the sheet", "paragraph"),
    ] = "paragraph"
    limit: LimitField = None
    text: Annotated[
        Lines,
        About(
            "texto con casillas entre llaves",
            "text with placeholders in braces",
            "{es: '{lugar}, {fecha}. {dato}', en: '{place}, {date}. {fact}'}",
        ),
    ]

    @property
    def stands_alone(self) -> bool:
        """Whether the part carries its title on the sheet: what is sent by itself, and what is in rows."""
        return self.style in ("message", "table", "entries")

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
    use: Annotated[Slug, Listed("template_uses"), About("para qué uso", "for what use", "media")]
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
    workbook: Annotated[bool, About("si también es una hoja de cálculo", "whether it is a spreadsheet too", "true")] = (
        False
    )
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
        profile = [placeholder.profile for placeholder in self.placeholders if placeholder.profile]
        if twice := sorted({key for key in profile if profile.count(key) > 1}):
            raise problem("profile_twice", found=", ".join(twice))
        if "name" not in profile:
            raise problem("profile_name")
        rows = {placeholder.id for placeholder in self.placeholders if placeholder.type == "rows"}
        for section in self.sections:
            in_rows = section.style in ("table", "entries")
            for words in section.text.root.values():
                match = PLACEHOLDER.fullmatch(words)
                alone = match is not None and match[1] in rows
                if in_rows != alone or (not alone and rows & set(PLACEHOLDER.findall(words))):
                    raise problem("rows_alone", found=words)
        if self.workbook and not rows:
            raise problem("workbook_without_rows")
        return self

    @property
    def name(self) -> Placeholder:
        """The placeholder for the organisation's name, which also heads every page of the Word file."""
        return next(placeholder for placeholder in self.placeholders if placeholder.profile == "name")
