"""The closed lists of ``data/vocabulary.yml`` and the parts of the site in ``data/nav.yml``."""

from typing import Annotated

from pydantic import Field

from rimay.records.fields import (
    About,
    LocalisedSlug,
    Model,
    Plain,
    Slug,
    Text,
    Url,
    When,
)


class Entry(Model):
    """One allowed value: what readers see, and when to choose it."""

    label: Annotated[Text, About("lo que se lee", "what readers see", "{es: Minería, en: Mining}")]
    plural: Annotated[
        Text | None,
        About(
            "título de la lista, si cambia",
            "heading of a list, if different",
            "{es: Federaciones, en: Federations}",
        ),
    ] = None
    description: Annotated[Text | None, About("cuándo elegirlo", "when to choose it", "{es: …, en: …}")] = None


class Document(Model):
    """A document that statements come from."""

    title: Annotated[Text, About("título", "title", "{es: Informe final…, en: Final report…}")]
    author: Annotated[Plain, About("quién lo publica", "who publishes it", "Solidarity Center")]
    date: Annotated[When | None, About("fecha", "date", "2013-03")] = None
    url: Annotated[Url | None, About("dónde leerlo", "where to read it", "https://…")] = None
    note: Annotated[Text | None, About("con qué cuidado leerlo", "how to read it with care", "{es: …, en: …}")] = None


class Vocabulary(Model):
    """Every closed list. Keys are what records write; entries are what readers see."""

    sectors: dict[Slug, Entry]
    regions: dict[Slug, Entry]
    organisation_types: dict[Slug, Entry]
    law_types: dict[Slug, Entry]
    law_statuses: dict[Slug, Entry]
    law_subjects: dict[Slug, Entry]
    template_uses: dict[Slug, Entry]
    outlet_levels: dict[Slug, Entry]
    outlet_media: dict[Slug, Entry]
    outlet_languages: dict[Slug, Entry]
    agreement_topics: dict[Slug, Entry]
    campaign_statuses: dict[Slug, Entry]
    phases: dict[Slug, Entry]
    situations: dict[Slug, Entry]
    indicator_groups: dict[Slug, Entry]
    documents: dict[Slug, Document]


class Section(Model):
    """A part of the site: a page, its name, its address and the parts below it."""

    id: Annotated[Slug, About("nombre interno", "internal name", "laws")]
    title: Annotated[Text, About("título", "title", "{es: Normas, en: Laws}")]
    slug: Annotated[
        LocalisedSlug | None, About("final de la dirección", "end of the address", "{es: leyes, en: laws}")
    ] = None
    summary: Annotated[Text, About("de qué trata", "what it is about", "{es: …, en: …}")]
    page: Annotated[
        Annotated[Plain, Field(pattern=r"^([a-z0-9-]+/)*[a-z0-9-]+\.md$")] | None,
        About("archivo en docs/, si no es id/index.md", "file in docs/, if not id/index.md", "about.md"),
    ] = None
    menu: Annotated[bool, About("si está en el menú", "whether it is in the menu", "true")] = False
    children: Annotated[tuple["Section", ...], About("partes debajo de esta", "parts below this one", "[]")] = ()
