"""A course: an ordered list of sessions with its aim, method and promoter pathway."""

from typing import Annotated, ClassVar

from pydantic import Field

from rimay.records.fields import (
    About,
    Model,
    Plain,
    Prose,
    Record,
    SessionId,
    Sources,
    Text,
)
from rimay.records.session import Handout


class PathwayStep(Model):
    """A step on the way from participant to promoter."""

    title: Annotated[Text, About("nombre del paso", "name of the step", "{es: Primera ronda, en: First round}")]
    text: Annotated[Prose, About("qué se hace", "what is done", "{es: …, en: …}")]


class PlannedSession(Model):
    """A place in the course: its written guide, or the title of one still to be written."""

    title: Annotated[Text, About("título", "title", "{es: Negociación colectiva, en: Collective bargaining}")]
    minutes: Annotated[int, Field(ge=15, le=480, strict=True), About("minutos", "minutes", "180")]
    session: Annotated[
        SessionId | None,
        About("la guía, si ya está escrita", "the guide, if written", "negociacion-colectiva"),
    ] = None


class Curriculum(Record):
    """A course: whom it is for, what it wants, which sessions in which order."""

    kind: ClassVar[str] = "curriculum"
    folder: ClassVar[str] = "curricula"

    title: Annotated[
        Text,
        About("título", "title", "{es: Derechos laborales fundamentales, en: Fundamental labour rights}"),
    ]
    code: Annotated[Plain, Field(pattern=r"^[A-Z]$"), About("letra de sus sesiones", "letter of its sessions", "R")]
    summary: Annotated[
        Text, About("el curso en una o dos frases", "the course in one or two sentences", "{es: …, en: …}")
    ]
    aim: Annotated[Prose, About("para qué sirve", "what it is for", "{es: …, en: …}")]
    audience: Annotated[Prose, About("para quién es", "whom it is for", "{es: …, en: …}")]
    method: Annotated[Prose, About("cómo se trabaja", "how it works", "{es: …, en: …}")]
    notice: Annotated[
        Text,
        About(
            "nota honesta sobre el origen del texto",
            "honest note on the origin of the text",
            "{es: …, en: …}",
        ),
    ]
    criteria: Annotated[
        tuple[Text, ...],
        About("criterios para elegir participantes", "criteria to choose participants", "[{es: …, en: …}]"),
    ] = ()
    calendars: Annotated[Prose | None, About("calendarios sugeridos", "suggested calendars", "{es: …, en: …}")] = None
    pathway: Annotated[
        tuple[PathwayStep, ...],
        About(
            "de participante a promotora o promotor",
            "from participant to promoter",
            "[{title: {es: …, en: …}, text: {es: …, en: …}}]",
        ),
    ] = ()
    adapt: Annotated[Prose | None, About("cómo adaptarlo", "how to adapt it", "{es: …, en: …}")] = None
    handouts: Annotated[
        tuple[Handout, ...],
        About("hojas del curso", "sheets of the course", "[{id: lista, title: {es: …, en: …}, text: {es: …, en: …}}]"),
    ] = ()
    sessions: Annotated[
        tuple[PlannedSession, ...],
        Field(min_length=1),
        About(
            "sesiones en orden",
            "sessions in order",
            "[{title: {es: …, en: …}, minutes: 175, session: libertad-sindical}]",
        ),
    ]
    sources: Sources

    @property
    def label(self) -> Text:
        """The title."""
        return self.title
