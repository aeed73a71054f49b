"""A media outlet in the public register: what is public about it, never a person."""

from typing import Annotated, ClassVar

from pydantic import Field

from rimay.languages import LANGUAGES
from rimay.records.fields import About, Day, Listed, Plain, Record, Region, Slug, Sources, Text, Url


class Outlet(Record):
    """A newspaper, a station, a website or an agency that a union may write to."""

    kind: ClassVar[str] = "outlet"
    folder: ClassVar[str] = "outlets"

    name: Annotated[Plain, About("nombre del medio", "name of the outlet", "Radio Cutivalú")]
    level: Annotated[Slug, Listed("outlet_levels"), About("alcance", "reach", "regional")]
    medium: Annotated[Slug, Listed("outlet_media"), About("tipo de medio", "kind of medium", "community-radio")]
    languages: Annotated[
        tuple[Annotated[Slug, Listed("outlet_languages")], ...],
        Field(min_length=1),
        About("idiomas", "languages", "[es, qu]"),
    ]
    regions: Annotated[
        tuple[Region, ...], About("regiones; vacío si no es de una región", "regions; empty if of none", "[piura]")
    ] = ()
    website: Annotated[Url | None, About("su dirección en la web", "its address on the web", "https://…")] = None
    about: Annotated[Text, About("qué es y qué cubre", "what it is and what it covers", "{es: …, en: …}")]
    checked: Annotated[
        Day | None, About("día en que alguien lo comprobó", "the day somebody checked it", "2026-11-20")
    ] = None
    sources: Sources

    @property
    def label(self) -> Text:
        """The name, the same in every language."""
        return Text(dict.fromkeys(LANGUAGES, self.name))
