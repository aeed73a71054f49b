"""A session guide that a trainer who has never seen it can run."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rimay.records.fields import (
    About,
    FormId,
    LawId,
    Listed,
    Model,
    Plain,
    Prose,
    Record,
    Slug,
    Sources,
    Text,
)

Minutes = Annotated[int, Field(ge=1, le=480, strict=True)]


class Group(Model):
    """How many people the session is written for."""

    least: Annotated[int, Field(ge=1, strict=True), About("mínimo de personas", "fewest people", "12")]
    most: Annotated[int, Field(ge=1, strict=True), About("máximo de personas", "most people", "20")]


class Concept(Model):
    """A key idea and what it means."""

    term: Annotated[Text, About("la palabra", "the word", "{es: fuero sindical, en: trade-union immunity}")]
    meaning: Annotated[Text, About("qué quiere decir", "what it means", "{es: …, en: …}")]


class Material(Model):
    """A thing to bring, and how many."""

    item: Annotated[Text, About("qué cosa", "what", "{es: plumones gruesos, en: thick markers}")]
    quantity: Annotated[Text, About("cuánto", "how many", "{es: 1 por grupo de 4, en: 1 per group of 4}")]


class Step(Model):
    """What the trainer does; ``answers`` and ``if_silent`` are for the trainer's eyes only."""

    text: Annotated[Prose, About("qué hacer, decir o preguntar", "what to do, say or ask", "{es: …, en: …}")]
    answers: Annotated[Prose | None, About("respuestas que esperar", "answers to expect", "{es: …, en: …}")] = None
    if_silent: Annotated[
        Prose | None, About("qué hacer si nadie habla", "what to do if nobody speaks", "{es: …, en: …}")
    ] = None


class Activity(Model):
    """A timed part of the session. The timetable is computed from these."""

    title: Annotated[Text, About("título", "title", "{es: Juego de roles, en: Role play}")]
    minutes: Annotated[Minutes, About("minutos", "minutes", "40")]
    phase: Annotated[Slug, Listed("phases"), About("momento del método", "moment of the method", "practice")]
    purpose: Annotated[Text | None, About("para qué sirve", "what it is for", "{es: …, en: …}")] = None
    steps: Annotated[tuple[Step, ...], About("pasos numerados", "numbered steps", "[{text: {es: …, en: …}}]")] = ()
    notes: Annotated[
        tuple[Prose, ...], About("notas para quien facilita", "notes for the facilitator", "[{es: …, en: …}]")
    ] = ()


class Handout(Model):
    """A sheet for participants. ``key`` is for the trainer and never printed on the sheet."""

    id: Annotated[Slug, About("nombre corto de la hoja", "short name of the sheet", "primeros-pasos")]
    title: Annotated[Text, About("título", "title", "{es: Primeros pasos…, en: First steps…}")]
    text: Annotated[Prose, About("el contenido de la hoja", "what the sheet says", "{es: …, en: …}")]
    style: Annotated[
        Literal["sheet", "cards", "letter"],
        About(
            "cards: tarjetas para recortar; letter: se entrega a otros, sin dirección ni código",
            "cards: cards to cut out; letter: handed to others, without address or code",
            "sheet",
        ),
    ] = "sheet"
    key: Annotated[Prose | None, About("clave para quien facilita", "key for the facilitator", "{es: …, en: …}")] = None


class FormPractice(Model):
    """The part of the documentation form practised in the session, with an invented case."""

    form: Annotated[FormId, About("ficha que se practica", "form that is practised", "ficha-simple")]
    boxes: Annotated[
        tuple[Plain, ...],
        Field(min_length=1),
        About("números de las casillas que se practican", "numbers of the boxes practised", "['10', '11']"),
    ]
    case: Annotated[Prose, About("caso inventado", "invented case", "{es: …, en: …}")]
    key: Annotated[
        Prose | None, About("cómo debería quedar la ficha", "how the form should look", "{es: …, en: …}")
    ] = None


class Variant(Model):
    """How to run the session in other conditions."""

    situation: Annotated[Slug, Listed("situations"), About("situación", "situation", "no-electricity")]
    text: Annotated[Prose, About("qué cambiar", "what to change", "{es: …, en: …}")]


class Evaluation(Model):
    """The question that closes the session, and how to ask it."""

    question: Annotated[Text, About("pregunta", "question", "{es: …, en: …}")]
    method: Annotated[Prose, About("cómo hacerla", "how to ask it", "{es: …, en: …}")]


class FollowUp(Model):
    """What happens after the session, when and with whom."""

    date: Annotated[Text, About("cuándo", "when", "{es: antes de 15 días, en: within 15 days}")]
    companion: Annotated[Text, About("quién acompaña", "who accompanies", "{es: …, en: …}")]
    review: Annotated[Text, About("qué resultado se revisa", "which result is reviewed", "{es: …, en: …}")]


class LegalReference(Model):
    """An instrument the session relies on, and the part of it."""

    law: Annotated[LawId, About("norma", "instrument", "tuo-lrct")]
    articles: Annotated[Text | None, About("artículos", "articles", "{es: arts. 30-31, en: arts. 30-31}")] = None


class Session(Record):
    """A session guide: objectives, timed activities with steps, handouts, practice, follow-up."""

    kind: ClassVar[str] = "session"
    folder: ClassVar[str] = "sessions"

    title: Annotated[Text, About("título", "title", "{es: Libertad sindical, en: Freedom of association}")]
    summary: Annotated[Text, About("la sesión en una frase", "the session in one sentence", "{es: …, en: …}")]
    minutes: Annotated[Minutes, About("duración total, descansos incluidos", "total length, breaks included", "175")]
    group: Annotated[Group, About("tamaño del grupo", "group size", "{least: 12, most: 20}")]
    objectives: Annotated[
        tuple[Text, ...],
        Field(min_length=1),
        About("objetivos, con verbos de acción", "objectives, with action verbs", "[{es: …, en: …}]"),
    ]
    concepts: Annotated[
        tuple[Concept, ...],
        About("conceptos clave", "key concepts", "[{term: {es: …, en: …}, meaning: {es: …, en: …}}]"),
    ] = ()
    prepare: Annotated[
        tuple[Text, ...],
        Field(min_length=1),
        About("qué preparar antes", "what to prepare", "[{es: …, en: …}]"),
    ]
    materials: Annotated[
        tuple[Material, ...],
        Field(min_length=1),
        About(
            "materiales con cantidades",
            "materials with quantities",
            "[{item: {es: …, en: …}, quantity: {es: …, en: …}}]",
        ),
    ]
    activities: Annotated[
        tuple[Activity, ...],
        Field(min_length=1),
        About(
            "actividades con minutos y pasos",
            "activities with minutes and steps",
            "[{title: {es: …, en: …}, minutes: 15, phase: practice}]",
        ),
    ]
    handouts: Annotated[
        tuple[Handout, ...],
        About(
            "hojas de trabajo",
            "handouts",
            "[{id: primeros-pasos, title: {es: …, en: …}, text: {es: …, en: …}}]",
        ),
    ] = ()
    form_practice: Annotated[
        FormPractice | None,
        About(
            "práctica con la ficha de documentación",
            "practice with the documentation form",
            "{form: ficha-simple, boxes: ['11'], case: {es: …, en: …}}",
        ),
    ] = None
    variants: Annotated[
        tuple[Variant, ...],
        About("variantes", "variants", "[{situation: no-electricity, text: {es: …, en: …}}]"),
    ] = ()
    risks: Annotated[tuple[Prose, ...], About("riesgos y cuidados", "risks and care", "[{es: …, en: …}]")] = ()
    synthesis: Annotated[Prose, About("ideas con que cerrar", "ideas to close with", "{es: …, en: …}")]
    evaluation: Annotated[
        Evaluation, About("evaluación", "evaluation", "{question: {es: …, en: …}, method: {es: …, en: …}}")
    ]
    task: Annotated[Prose, About("tarea hasta la próxima vez", "task until next time", "{es: …, en: …}")]
    follow_up: Annotated[
        FollowUp,
        About(
            "seguimiento",
            "follow-up",
            "{date: {es: …, en: …}, companion: {es: …, en: …}, review: {es: …, en: …}}",
        ),
    ]
    laws: Annotated[
        tuple[LegalReference, ...],
        About("base legal", "legal basis", "[{law: const-1993, articles: {es: art. 28, en: art. 28}}]"),
    ] = ()
    sources: Sources

    @property
    def label(self) -> Text:
        """The title."""
        return self.title

    def timetable(self) -> list[tuple[int, Activity]]:
        """Each activity with the minute it starts at, counted from the start of the session."""
        starts, minute = [], 0
        for activity in self.activities:
            starts.append((minute, activity))
            minute += activity.minutes
        return starts
