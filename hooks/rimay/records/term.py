"""An entry of the bilingual glossary."""

from typing import Annotated

from rimay.records.fields import About, Forms, LawId, Model, Slug, Sources, Text


class Term(Model):
    """A word or an abbreviation of union life, explained in plain words. An editorial summary, not legal text."""

    id: Annotated[
        Slug, About("nombre del término en las direcciones", "name of the term in addresses", "fuero-sindical")
    ]
    term: Annotated[
        Text,
        About("el término", "the term", "{es: fuero sindical, en: trade-union immunity}"),
    ]
    forms: Annotated[
        Forms | None,
        About(
            "otras formas escritas que quieren decir lo mismo",
            "other written forms that mean the same",
            "{es: [fueros sindicales], en: [union immunity]}",
        ),
    ] = None
    definition: Annotated[
        Text,
        About("qué es, en una o dos frases", "what it is, in one or two sentences", "{es: …, en: …}"),
    ]
    note: Annotated[
        Text | None,
        About("con qué no confundirlo", "what it must not be confused with", "{es: …, en: …}"),
    ] = None
    law: Annotated[LawId | None, About("norma donde está", "instrument it stands in", "tuo-lrct")] = None
    mark: Annotated[
        bool, About("si se explica dentro de las páginas", "whether it is explained within pages", "false")
    ] = True
    sources: Sources

    def written(self, language: str) -> tuple[str, ...]:
        """Every way it is written in the language, its name first."""
        return (self.term.get(language), *(self.forms.get(language) if self.forms else ()))
