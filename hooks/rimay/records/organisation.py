"""A union, federation, confederation, NGO, international or public body."""

from typing import Annotated, ClassVar

from rimay.records.fields import (
    About,
    Listed,
    OrganisationId,
    Plain,
    Prose,
    Record,
    Region,
    Sector,
    Slug,
    Sources,
    Text,
    Url,
    When,
)


class Organisation(Record):
    """An organisation that takes part in, or is addressed by, what the site tells."""

    kind: ClassVar[str] = "organisation"
    folder: ClassVar[str] = "organisations"

    name: Annotated[Text, About("nombre oficial", "official name", "{es: Federación …, en: Federation …}")]
    acronym: Annotated[Plain | None, About("sigla", "acronym", "CGTP")] = None
    type: Annotated[
        Slug,
        Listed("organisation_types"),
        About("tipo de organización", "type of organisation", "federation"),
    ]
    parent: Annotated[
        OrganisationId | None,
        About("organización a la que está afiliada", "organisation it is affiliated to", "cut"),
    ] = None
    sectors: Annotated[tuple[Sector, ...], About("sectores", "sectors", "[mining]")] = ()
    regions: Annotated[tuple[Region, ...], About("regiones", "regions", "[ica]")] = ()
    founded: Annotated[When | None, About("fecha de fundación", "date of foundation", "2012-05-10")] = None
    summary: Annotated[
        Text,
        About(
            "qué es, en una frase",
            "what it is, in one sentence",
            "{es: Central sindical nacional., en: National trade union centre.}",
        ),
    ]
    text: Annotated[
        Prose | None,
        About("qué consta de ella en las fuentes", "what the sources say of it", "{es: …, en: …}"),
    ] = None
    boilerplate: Annotated[
        Prose | None,
        About(
            "cómo se presenta al pie de sus notas de prensa; si falta, la frase de summary",
            "how it presents itself at the foot of its press releases; the sentence of summary if missing",
            "{es: Reúne a …, en: It brings together …}",
        ),
    ] = None
    website: Annotated[Url | None, About("sitio web oficial", "official website", "https://www.ilo.org")] = None
    sources: Sources

    @property
    def acronyms(self) -> tuple[str, ...]:
        """Its acronym in each language that has one of its own: ``OIT / ILO`` are two."""
        return tuple(self.acronym.split(" / ")) if self.acronym else ()

    @property
    def label(self) -> Text:
        """The name, as the organisation writes it."""
        return self.name
