"""An advocacy campaign."""

from typing import Annotated, ClassVar

from pydantic import Field

from rimay.records.fields import (
    About,
    CampaignId,
    LawId,
    Listed,
    Model,
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


class Target(Model):
    """Somebody whom the campaign addresses, and where they stand."""

    name: Annotated[Text, About("a quién se dirige", "who is addressed", "{es: Congreso, en: Congress}")]
    organisation: Annotated[OrganisationId | None, About("su ficha, si la hay", "its record, if any", "congreso")] = (
        None
    )
    position: Annotated[
        Text | None, About("su posición, con fuente", "where they stand, with a source", "{es: …, en: …}")
    ] = None


class Campaign(Record):
    """A campaign: what it wants, from whom, with whom, and how it stands. Its news are updates."""

    kind: ClassVar[str] = "campaign"
    folder: ClassVar[str] = "campaigns"

    title: Annotated[Text, About("título", "title", "{es: Igualdad de derechos…, en: Equal rights…}")]
    status: Annotated[Slug, Listed("campaign_statuses"), About("estado", "status", "ended")]
    status_note: Annotated[
        Text | None, About("cómo terminó o en qué quedó", "how it ended or where it stands", "{es: …, en: …}")
    ] = None
    started: Annotated[When, About("inicio", "start", "2011-09")]
    ended: Annotated[When | None, About("fin", "end", "2020-12")] = None
    followed_by: Annotated[
        CampaignId | None, About("campaña que la continúa", "campaign that follows it", "tne-dl-22342")
    ] = None
    summary: Annotated[
        Text,
        About("la campaña en una o dos frases", "the campaign in one or two sentences", "{es: …, en: …}"),
    ]
    goal: Annotated[Prose, About("qué busca", "what it wants", "{es: …, en: …}")]
    why: Annotated[Prose, About("por qué importa", "why it matters", "{es: …, en: …}")]
    demands: Annotated[tuple[Text, ...], Field(min_length=1), About("demandas", "demands", "[{es: …, en: …}]")]
    targets: Annotated[
        tuple[Target, ...],
        About("a quiénes se dirige", "who is addressed", "[{name: {es: Congreso, en: Congress}}]"),
    ] = ()
    organisations: Annotated[
        tuple[OrganisationId, ...],
        About("organizaciones que la llevan", "organisations that run it", "[fentagro]"),
    ] = ()
    allies: Annotated[
        tuple[Text, ...],
        About("aliados, como los nombra la fuente", "allies, as the source names them", "[{es: …, en: …}]"),
    ] = ()
    tactics: Annotated[tuple[Text, ...], About("qué se hizo", "what was done", "[{es: …, en: …}]")] = ()
    results: Annotated[
        Prose | None,
        About("resultados hasta hoy, con atribución", "results so far, attributed", "{es: …, en: …}"),
    ] = None
    take_part: Annotated[Prose | None, About("qué puede hacer quien lee", "what a reader can do", "{es: …, en: …}")] = (
        None
    )
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1), About("sectores", "sectors", "[agro]")]
    regions: Annotated[
        tuple[Region, ...], About("regiones; vacío si es nacional", "regions; empty if national", "[ica]")
    ] = ()
    laws: Annotated[tuple[LawId, ...], About("normas de que trata", "instruments it is about", "[ley-27360]")] = ()
    sources: Sources

    @property
    def label(self) -> Text:
        """The title."""
        return self.title
