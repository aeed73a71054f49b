"""A term of office that a union's statutes set: who holds it, its election and its assemblies."""

from typing import Annotated, ClassVar

from rimay.records.fields import About, Day, Model, OrganisationId, Prose, Record, Sources, Text


class Assembly(Model):
    """A meeting that the statutes ask for."""

    date: Annotated[Day, About("día", "day", "2026-03-15")]
    title: Annotated[Text, About("qué asamblea es", "which assembly it is", "{es: Asamblea …, en: … assembly}")]


class Mandate(Record):
    """A committee's term, with the dates that nobody should find out too late."""

    kind: ClassVar[str] = "mandate"
    folder: ClassVar[str] = "mandates"

    name: Annotated[Text, About("sindicato, en corto", "union, in short", "{es: STEN, en: STEN}")]
    organisation: Annotated[
        OrganisationId | None, About("su ficha, si la hay", "its record, if there is one", "fentagro")
    ] = None
    body: Annotated[
        Text,
        About("quiénes ejercen", "who holds office", "{es: Junta directiva, en: Executive committee}"),
    ]
    starts: Annotated[Day, About("primer día", "first day", "2025-03-15")]
    ends: Annotated[Day, About("último día", "last day", "2027-03-14")]
    election: Annotated[Day | None, About("día de la elección", "day of the election", "2027-02-21")] = None
    assemblies: Annotated[
        tuple[Assembly, ...],
        About("asambleas del estatuto", "assemblies in the statutes", "[{date: 2026-03-15, title: {es: …, en: …}}]"),
    ] = ()
    note: Annotated[Prose | None, About("lo que conviene saber", "what is worth knowing", "{es: …, en: …}")] = None
    invented: Annotated[bool, About("si es un caso inventado", "whether it is an invented case", "true")] = False
    sources: Sources

    @property
    def label(self) -> Text:
        """Union, body and years: ``STEN: junta directiva (2025–2027)``."""
        years = "–".join(dict.fromkeys([str(self.starts.year), str(self.ends.year)]))
        languages = [language for language in self.name.root if self.body.has(language)]
        return Text({code: f"{self.name.get(code)}: {self.body.get(code)} ({years})" for code in languages})
