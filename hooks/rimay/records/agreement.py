"""A collective agreement, or what a source says of the agreements of a sector."""

from typing import Annotated, ClassVar

from pydantic import Field

from rimay.records.fields import (
    About,
    Day,
    Listed,
    OrganisationId,
    Prose,
    Record,
    Region,
    Sector,
    Slug,
    Sources,
    Text,
    When,
)


class Agreement(Record):
    """What was agreed, between whom, and from when until when: from its last day come the deadlines."""

    kind: ClassVar[str] = "agreement"
    folder: ClassVar[str] = "agreements"

    title: Annotated[Text, About("título", "title", "{es: Convenio de …, en: Agreement of …}")]
    unions: Annotated[
        tuple[OrganisationId, ...], About("sindicatos que lo firman", "unions that sign it", "[mineria-piura]")
    ] = ()
    parties: Annotated[
        Text | None,
        About(
            "las partes en palabras; a una empresa solo se la nombra si no hay riesgo",
            "the parties in words; an employer is named only where there is no risk",
            "{es: Un sindicato y una empresa agroexportadora, en: A union and an agro-export company}",
        ),
    ] = None
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1), About("sectores", "sectors", "[mining]")]
    regions: Annotated[tuple[Region, ...], About("regiones", "regions", "[piura]")] = ()
    signed: Annotated[When | None, About("cuándo se acordó", "when it was agreed", "2010-11")] = None
    starts: Annotated[Day | None, About("primer día en que rige", "first day it applies", "2026-01-01")] = None
    ends: Annotated[
        Day | None, About("último día en que rige; de él salen los plazos", "last day it applies", "2026-12-31")
    ] = None
    presented: Annotated[
        Day | None,
        About(
            "día en que se presentó el pliego del convenio que sigue",
            "day the petition for the next agreement was presented",
            "2026-11-03",
        ),
    ] = None
    topics: Annotated[
        tuple[Annotated[Slug, Listed("agreement_topics")], ...],
        About("materias que trata", "topics it covers", "[pay, union-rights]"),
    ] = ()
    clauses: Annotated[
        tuple[Text, ...],
        About("cláusulas de interés", "clauses of interest", "[{es: Una reunión al mes., en: A monthly meeting.}]"),
    ] = ()
    note: Annotated[Prose | None, About("lo que conviene saber", "what is worth knowing", "{es: …, en: …}")] = None
    invented: Annotated[bool, About("si es un caso inventado", "whether it is an invented case", "true")] = False
    sources: Sources

    @property
    def label(self) -> Text:
        """The title."""
        return self.title
