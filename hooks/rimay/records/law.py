"""A law, decree, convention or other instrument."""

from typing import Annotated, ClassVar

from pydantic import Field

from rimay.records.fields import (
    About,
    Day,
    LawId,
    Listed,
    Model,
    Plain,
    Prose,
    Record,
    Sector,
    Slug,
    Sources,
    Text,
    Url,
    When,
)


class LawEvent(Model):
    """A moment in the life of an instrument: published, amended, repealed."""

    date: Annotated[When, About("fecha", "date", "2020-12-06")]
    text: Annotated[Text, About("qué pasó", "what happened", "{es: Derogada., en: Repealed.}")]
    law: Annotated[LawId | None, About("norma que lo hizo", "instrument that did it", "ley-31087")] = None


class Article(Model):
    """What one article or chapter says for workers."""

    number: Annotated[Plain, About("artículo o artículos", "article or articles", "30-31")]
    text: Annotated[Text, About("qué dice, en palabras simples", "what it says, in plain words", "{es: …, en: …}")]


class Law(Record):
    """An instrument, with its state on the day ``as_of``. Orientation, never legal advice."""

    kind: ClassVar[str] = "law"
    folder: ClassVar[str] = "laws"

    title: Annotated[
        Text,
        About(
            "nombre corto con que se cita",
            "short name it is cited by",
            "{es: Ley N.º 27360, en: Law No. 27360}",
        ),
    ]
    name: Annotated[
        Text,
        About("nombre oficial completo", "full official name", "{es: Ley que aprueba…, en: Law approving…}"),
    ]
    type: Annotated[Slug, Listed("law_types"), About("tipo de norma", "type of instrument", "law")]
    subjects: Annotated[
        tuple[Annotated[Slug, Listed("law_subjects")], ...],
        Field(min_length=1),
        About("materias", "subjects", "[contracts]"),
    ]
    sectors: Annotated[
        tuple[Sector, ...],
        About(
            "sectores a los que se aplica; vacío si es general",
            "sectors it applies to; empty if general",
            "[agro]",
        ),
    ] = ()
    published: Annotated[
        When | None, About("publicación oficial o adopción", "official publication or adoption", "2000-10-31")
    ] = None
    ratified: Annotated[
        When | None,
        About("ratificación por el Perú (convenios)", "ratification by Peru (conventions)", "1960"),
    ] = None
    status: Annotated[
        Slug, Listed("law_statuses"), About("estado en la fecha as_of", "state on the day as_of", "repealed")
    ]
    as_of: Annotated[Day, About("día en que se revisó", "day it was checked", "2026-11-22")]
    summary: Annotated[
        Text,
        About(
            "qué significa para quien trabaja, en una o dos frases",
            "what it means for workers, in one or two sentences",
            "{es: …, en: …}",
        ),
    ]
    text: Annotated[
        Prose | None, About("explicación en palabras simples", "explanation in plain words", "{es: …, en: …}")
    ] = None
    articles: Annotated[
        tuple[Article, ...],
        About(
            "artículos que conviene conocer",
            "articles worth knowing",
            "[{number: '28', text: {es: …, en: …}}]",
        ),
    ] = ()
    history: Annotated[
        tuple[LawEvent, ...],
        About(
            "su vida: publicada, modificada, derogada",
            "its life: published, amended, repealed",
            "[{date: 2020-12-06, text: {es: …, en: …}, law: ley-31087}]",
        ),
    ] = ()
    replaced_by: Annotated[
        LawId | None, About("norma que la reemplazó", "instrument that replaced it", "ley-31110")
    ] = None
    related: Annotated[tuple[LawId, ...], About("normas relacionadas", "related instruments", "[ley-31110]")] = ()
    confirm: Annotated[
        Text | None,
        About(
            "lo que debe confirmarse con asesoría antes de usarlo",
            "what must be confirmed with an adviser before use",
            "{es: …, en: …}",
        ),
    ] = None
    official_url: Annotated[
        Url | None,
        About("lugar oficial donde leerla", "official place to read it", "https://spij.minjus.gob.pe"),
    ] = None
    sources: Sources

    @property
    def label(self) -> Text:
        """The name it is cited by."""
        return self.title
