"""An advocacy campaign."""

import datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rimay.records.fields import (
    About,
    CampaignId,
    Day,
    LawId,
    Lines,
    Listed,
    Model,
    OrganisationId,
    OutletId,
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
    problem,
)
from rimay.records.share import ShareTexts


class Target(Model):
    """Somebody whom the campaign addresses, and where they stand."""

    name: Annotated[Text, About("a quién se dirige", "who is addressed", "{es: Congreso, en: Congress}")]
    organisation: Annotated[OrganisationId | None, About("su ficha, si la hay", "its record, if any", "congreso")] = (
        None
    )
    position: Annotated[
        Text | None, About("su posición, con fuente", "where they stand, with a source", "{es: …, en: …}")
    ] = None


class Action(Model):
    """Something a reader can do for a campaign: sign and send a letter, come, declare solidarity, use a document."""

    type: Annotated[
        Literal["letter", "event", "solidarity", "document"], About("tipo de acción", "type of action", "letter")
    ]
    id: Annotated[Slug, About("nombre interno", "internal name", "carta-al-ministerio")]
    title: Annotated[
        Text, About("qué se puede hacer", "what can be done", "{es: Escribe al ministerio, en: Write to the ministry}")
    ]
    text: Annotated[Prose | None, About("cómo hacerlo", "how to do it", "{es: …, en: …}")] = None
    deadline: Annotated[
        Day | None, About("último día; un evento no lo lleva", "last day; an event has none", "2031-03-04")
    ] = None
    recipient: Annotated[
        Text | None,
        About("letter: a qué cargo se dirige", "letter: to what post", "{es: Señor Ministro, en: To the Minister}"),
    ] = None
    email: Annotated[
        Plain | None,
        Field(pattern=r"^[^@\s<>?&]+@[^@\s<>?&]+\.[a-z]+$"),
        About("letter: correo público de la oficina", "letter: the office's public e-mail", "mesa@ministerio.example"),
    ] = None
    subject: Annotated[Text | None, About("letter: asunto", "letter: subject", "{es: …, en: …}")] = None
    letter: Annotated[Lines | None, About("letter: texto de la carta", "letter: its text", "{es: …, en: …}")] = None
    date: Annotated[Day | None, About("event: día", "event: day", "2031-03-04")] = None
    starts: Annotated[
        Plain | None,
        Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$"),
        About("event: hora de inicio en el Perú, entre comillas", "event: time in Peru, in quotes", '"18:00"'),
    ] = None
    place: Annotated[Text | None, About("event: lugar", "event: place", "{es: Plaza, en: Square}")] = None
    url: Annotated[
        Url | None, About("event: enlace; document: dónde está", "event: link; document: where it is", "https://…")
    ] = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = {"letter": ("recipient", "subject", "letter"), "event": ("date",), "solidarity": ("text",)}
        missing = [name for name in needed.get(self.type, ()) if getattr(self, name) is None]
        if self.type == "document" and self.url is None and self.text is None:
            missing = ["url"]
        if missing:
            raise problem("action_incomplete", found=self.type, missing=", ".join(missing))
        return self

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it can be done; None where there is none."""
        return self.date or self.deadline


class Declaration(Model):
    """A declaration of solidarity that was received, with consent to publish it."""

    organisation: Annotated[Text, About("organización que la envía", "organisation that sends it", "{es: …, en: …}")]
    country: Annotated[Text, About("país", "country", "{es: Alemania, en: Germany}")]
    date: Annotated[When, About("fecha", "date", "2031-03-04")]
    text: Annotated[Prose, About("texto o resumen", "text or summary", "{es: …, en: …}")]
    consent: Annotated[
        Literal[True], About("la organización aceptó publicarla", "the organisation agreed to publish it", "true")
    ]
    url: Annotated[Url | None, About("dónde se lee entera", "where to read it whole", "https://…")] = None


class Coverage(Model):
    """A piece in the press about a campaign."""

    outlet: Annotated[OutletId | None, About("medio del directorio", "outlet of the register", "la-republica")] = None
    name: Annotated[
        Plain | None, About("medio, si no está en el directorio", "outlet, if not in the register", "…")
    ] = None
    title: Annotated[Plain, About("título de la nota", "title of the piece", "Sindicato pide diálogo")]
    date: Annotated[When, About("fecha", "date", "2031-03-04")]
    url: Annotated[Url | None, About("enlace", "link", "https://…")] = None

    @model_validator(mode="after")
    def _has_an_outlet(self) -> Self:
        if (self.outlet is None) == (self.name is None):
            raise problem("outlet_or_name")
        return self


class CampaignDocument(Model):
    """A document of a campaign: a statement, a study, a petition."""

    title: Annotated[Text, About("título", "title", "{es: Pliego, en: Petition}")]
    url: Annotated[Url, About("dónde está", "where it is", "https://…")]


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
    closing: Annotated[Prose | None, About("informe de cierre", "closing report", "{es: …, en: …}")] = None
    actions: Annotated[
        tuple[Action, ...],
        About(
            "acciones para quien lee", "actions for readers", "[{type: event, id: marcha, title: …, date: 2031-03-04}]"
        ),
    ] = ()
    declarations: Annotated[
        tuple[Declaration, ...],
        About("declaraciones de solidaridad recibidas", "declarations of solidarity received", "[{organisation: …}]"),
    ] = ()
    coverage: Annotated[
        tuple[Coverage, ...], About("la campaña en la prensa", "the campaign in the press", "[{outlet: la-republica}]")
    ] = ()
    documents: Annotated[
        tuple[CampaignDocument, ...], About("documentos", "documents", "[{title: {es: …, en: …}, url: https://…}]")
    ] = ()
    share: ShareTexts = None
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
    def is_open(self) -> bool:
        """Whether its actions are: only while the campaign is under way."""
        return self.status == "active"

    def cancels(self, action: Action, today: datetime.date) -> bool:
        """Whether an action will not take place: the campaign was over before, or is not open and the day is to come.

        Who subscribed to a calendar sees it crossed out; an event that is only left out stays in some programs.
        """
        day = action.last_day or datetime.date.max
        ended_before = self.ended is not None and self.ended.last_day() < day
        return not self.is_open and (ended_before or day >= today)

    @property
    def label(self) -> Text:
        """The title."""
        return self.title
