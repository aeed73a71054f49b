"""One dated update of a campaign."""

from typing import Annotated, ClassVar

from pydantic import Field

from rimay.records.fields import (
    About,
    CampaignId,
    Day,
    LawId,
    Model,
    Moment,
    OrganisationId,
    Plain,
    Prose,
    Record,
    Region,
    Sources,
    Text,
    When,
)
from rimay.records.share import ShareTexts


class Picture(Model):
    """A photograph from ``docs/assets/pictures/``; ``pictures`` makes what is published of it."""

    file: Annotated[
        Plain,
        Field(pattern=r"^[a-z0-9-]+\.(jpe?g|png|webp)$"),
        About("archivo en docs/assets/pictures/", "file in docs/assets/pictures/", "2031-03-04-marcha.jpg"),
    ]
    alt: Annotated[
        Text, About("qué se ve, para quien no la ve", "what it shows, for those who do not see it", "{es: …, en: …}")
    ]
    credit: Annotated[Text, About("de quién es, con su permiso", "whose it is, with permission", "{es: …, en: …}")]


class Correction(Model):
    """What was wrong in an update and has been put right; readers see it with its date."""

    date: Annotated[Day, About("día en que se corrigió", "day it was corrected", "2031-03-05")]
    text: Annotated[Text, About("qué se corrigió", "what was corrected", "{es: Decía 300 personas…, en: It said 300…}")]


class Withdrawal(Model):
    """Why an update is no longer published. Its address stays, with this note and nothing else of it."""

    date: Annotated[Day, About("día en que se retiró", "day it was withdrawn", "2031-03-05")]
    reason: Annotated[Prose, About("por qué", "why", "{es: El dato no era cierto., en: The fact was not true.}")]


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
    picture: Annotated[
        Picture | None,
        About("fotografía", "picture", "{file: marcha.jpg, alt: {es: …, en: …}, credit: {es: …, en: …}}"),
    ] = None
    press_release: Annotated[
        bool,
        About(
            "si también sale como nota de prensa de las organizaciones que llevan la campaña, en Word y PDF",
            "whether it is a press release of the organisations that run the campaign too, in Word and PDF",
            "true",
        ),
    ] = False
    publish_at: Annotated[
        Moment | None,
        About(
            "no se publica antes de este momento, hora del Perú, entre comillas",
            "not published before this moment, Peruvian time, in quotes",
            '"2031-03-04 18:00"',
        ),
    ] = None
    corrections: Annotated[
        tuple[Correction, ...],
        About("correcciones, a la vista", "corrections, for all to see", "[{date: 2031-03-05, text: {es: …, en: …}}]"),
    ] = ()
    withdrawn: Annotated[
        Withdrawal | None,
        About(
            "si se retira, desde cuándo y por qué",
            "if withdrawn, since when and why",
            "{date: 2031-03-05, reason: {es: …, en: …}}",
        ),
    ] = None
    share: ShareTexts = None
    sources: Sources

    @property
    def label(self) -> Text:
        """The headline."""
        return self.title
