"""A result indicator of a programme: what was measured, with its baseline where there is one."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rimay.records.fields import About, Listed, Model, Plain, Prose, Record, Slug, Sources, Text, problem

Amount = Annotated[int, Field(ge=0, strict=True)]


class Figure(Model):
    """One thing that was measured, at the end and, where the source says so, at the beginning."""

    label: Annotated[Text, About("qué o a quiénes se midió", "what or who was measured", "{es: Mujeres, en: Women}")]
    baseline: Annotated[
        Amount | None,
        About("línea de base; sin esta línea si no consta", "baseline; without this line if not stated", "9"),
    ] = None
    end: Annotated[Amount, About("valor final", "end value", "12")]
    unit: Annotated[
        Literal["percent", "count"], About("porcentaje o número: percent, count", "percent or count", "percent")
    ]

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Self:
        if self.unit == "percent" and (most := max(self.end, self.baseline or 0)) > 100:
            raise problem("over_hundred", found=most)
        return self

    @property
    def change(self) -> int | None:
        """The end value less the baseline."""
        return None if self.baseline is None else self.end - self.baseline


class Part(Model):
    """A part of an end value."""

    label: Annotated[Text, About("qué parte", "which part", "{es: '2011', en: '2011'}")]
    value: Annotated[Amount, About("cuánto", "how much", "6")]


class Indicator(Record):
    """What a programme counted, how it reads, and how not to read it."""

    kind: ClassVar[str] = "indicator"
    folder: ClassVar[str] = "indicators"

    code: Annotated[Plain, About("número en el informe", "number in the report", "RI 2.1")]
    title: Annotated[
        Text,
        About(
            "qué mide, en palabras simples",
            "what it measures, in plain words",
            "{es: Sindicatos nuevos, en: New unions}",
        ),
    ]
    group: Annotated[Slug, Listed("indicator_groups"), About("parte del programa", "part of the programme", "impact")]
    summary: Annotated[
        Text,
        About(
            "el resultado en una frase que se puede citar, con quién lo dice",
            "the result in a sentence that can be quoted, with who says so",
            "{es: …, en: …}",
        ),
    ]
    definition: Annotated[
        Prose, About("qué se cuenta y qué no se sabe", "what is counted and what is not known", "{es: …, en: …}")
    ]
    figures: Annotated[
        tuple[Figure, ...],
        Field(min_length=1, max_length=8),
        About("lo que se midió", "what was measured", "[{label: {es: …, en: …}, end: 12, unit: count}]"),
    ]
    parts: Annotated[
        tuple[Part, ...],
        About("partes de uno de los valores finales", "parts of one of the end values", "[{label: …, value: 6}]"),
    ] = ()
    narrative: Annotated[
        Prose, About("qué hay detrás, según la fuente", "what stands behind, as the source says", "{es: …, en: …}")
    ]
    caution: Annotated[
        Text | None, About("cómo no leerlo", "how not to read it", "{es: No es una tasa., en: Not a rate.}")
    ] = None
    sources: Sources

    @property
    def label(self) -> Text:
        """What it measures."""
        return self.title
