"""A form to document a case, filled in on paper or on the reader's own device."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rimay.records.fields import About, Model, Plain, Prose, Record, Slug, Sources, Text, problem


class Box(Model):
    """One thing that the form asks. Boxes of the simple form have the number that the sessions practise."""

    id: Annotated[Slug, About("nombre interno", "internal name", "que-paso")]
    number: Annotated[Plain, About("número o letra en la ficha", "number or letter on the form", "'11'")]
    label: Annotated[Text, About("qué se pregunta", "what is asked", "{es: Qué pasó, en: What happened}")]
    hint: Annotated[Text | None, About("ayuda para llenarla", "help to fill it in", "{es: …, en: …}")] = None
    type: Annotated[
        Literal["text", "long_text", "number", "date", "choice", "choices", "table"],
        About("tipo de respuesta", "type of answer", "long_text"),
    ] = "text"
    choices: Annotated[
        tuple[Text, ...],
        About("opciones, si el tipo es choice o choices", "options for choice or choices", "[{es: Sí, en: Yes}]"),
    ] = ()
    columns: Annotated[
        tuple[Text, ...], About("columnas, si el tipo es table", "columns for table", "[{es: Fecha, en: Date}]")
    ] = ()
    no_names: Annotated[bool, About("avisar que no se escriben nombres", "warn that no names are written", "true")] = (
        False
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type in ("choice", "choices") and len(self.choices) < 2:
            raise problem("choices_needed", found=self.id)
        if self.type == "table" and not self.columns:
            raise problem("columns_needed", found=self.id)
        return self


class FormSection(Model):
    """Boxes that are filled in together, one screen on a phone."""

    id: Annotated[Slug, About("nombre interno", "internal name", "hechos")]
    title: Annotated[Text, About("título", "title", "{es: Los hechos, en: The facts}")]
    note: Annotated[Text | None, About("nota para quien llena", "note for whoever fills it in", "{es: …, en: …}")] = (
        None
    )
    boxes: Annotated[
        tuple[Box, ...],
        Field(min_length=1),
        About("casillas", "boxes", "[{id: que-paso, number: '11', label: {es: …, en: …}}]"),
    ]


class Form(Record):
    """A documentation form: sections and boxes, and how to use it with care."""

    kind: ClassVar[str] = "form"
    folder: ClassVar[str] = "forms"

    title: Annotated[Text, About("título", "title", "{es: Ficha simple, en: Simple form}")]
    summary: Annotated[
        Text, About("para qué y para quién, en una frase", "what for and for whom, in one sentence", "{es: …, en: …}")
    ]
    use: Annotated[Prose, About("cómo se usa", "how it is used", "{es: …, en: …}")]
    care: Annotated[
        tuple[Text, ...],
        Field(min_length=1),
        About("cuidados: nombres, consentimiento, resguardo", "care: names, consent, safekeeping", "[{es: …, en: …}]"),
    ]
    sections: Annotated[
        tuple[FormSection, ...],
        Field(min_length=1),
        About(
            "partes, en orden",
            "parts, in order",
            "[{id: hechos, title: {es: …, en: …}, boxes: [{id: que-paso, number: '11', label: {es: …, en: …}}]}]",
        ),
    ]
    sources: Sources

    @property
    def label(self) -> Text:
        """The title."""
        return self.title

    @property
    def boxes(self) -> list[Box]:
        """Every box, in order."""
        return [box for section in self.sections for box in section.boxes]

    @model_validator(mode="after")
    def _no_box_twice(self) -> Self:
        for names in ([box.id for box in self.boxes], [box.number for box in self.boxes]):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise problem("box_twice", found=", ".join(twice))
        return self
