"""One dated update of a campaign."""

from typing import Annotated, ClassVar

from rimay.records.fields import (
    About,
    CampaignId,
    LawId,
    OrganisationId,
    Prose,
    Record,
    Region,
    Sources,
    Text,
    When,
)


class Update(Record):
    """Something that happened on a date, told in a few sourced sentences."""

    kind: ClassVar[str] = "update"
    folder: ClassVar[str] = "updates"

    date: Annotated[When, About("cuándo pasó: día, mes o año", "when it happened: day, month or year", "2012-05-30")]
    until: Annotated[When | None, About("hasta cuándo, si duró", "until when, if it lasted", "2012-03")] = None
    date_note: Annotated[
        Text | None,
        About(
            "si la fecha es aproximada, cómo decirla",
            "how to say the date if approximate",
            "{es: a comienzos de 2013, en: early 2013}",
        ),
    ] = None
    campaign: Annotated[CampaignId, About("campaña a la que pertenece", "campaign it belongs to", "ley-agraria-27360")]
    title: Annotated[
        Text,
        About("título: qué pasó", "headline: what happened", "{es: Jornada coordinada, en: Coordinated action}"),
    ]
    text: Annotated[Prose, About("el texto", "the text", "{es: …, en: …}")]
    place: Annotated[Text | None, About("lugar", "place", "{es: Ica, en: Ica}")] = None
    regions: Annotated[
        tuple[Region, ...],
        About("regiones; si faltan, las de la campaña", "regions; the campaign's if missing", "[ica]"),
    ] = ()
    organisations: Annotated[
        tuple[OrganisationId, ...], About("organizaciones nombradas", "organisations named", "[fretsai]")
    ] = ()
    laws: Annotated[tuple[LawId, ...], About("normas nombradas", "instruments named", "[ley-27360]")] = ()
    sources: Sources

    @property
    def label(self) -> Text:
        """The headline."""
        return self.title
