"""Types of field that records are made of, and what each says about itself to an editor."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    model_validator,
)
from pydantic_core import PydanticCustomError

from rimay.languages import DEFAULT, LANGUAGES


@dataclass(frozen=True)
class About:
    """What a field is, for error messages, the editors' manual and the editing form."""

    es: str
    en: str
    example: str = ""


@dataclass(frozen=True)
class Reference:
    """Marks a field whose value is the id of another record."""

    kind: str


@dataclass(frozen=True)
class Listed:
    """Marks a field whose value is a key of a closed list in ``data/vocabulary.yml``."""

    vocabulary: str


def problem(code: str, **context: Any) -> PydanticCustomError:
    """An error that ``rimay.messages`` words for the editor in their language."""
    return PydanticCustomError("rimay", "{code}", {"code": code, **context})


class Model(BaseModel):
    """Part of a record: frozen, and no field beyond those declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- text -----------------------------------------------------------------------------------------

#: The target of a link, anything behind it that is not its title, and the target of a reference.
_LINK = re.compile(r"\]\(\s*(<[^>]*>|[^)\s]*)(\s*[^)\"'\s][^)]*)?|\]:\s*(<[^>\n]*>|\S+)")
#: Signs that nobody sees, those that turn the direction of writing among them, and those that XML does not allow.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
#: Lists, quotes or brackets inside each other: more would cost the reader of Markdown its time or its stack.
MAX_NESTED = 12
_NESTED = re.compile(rf"^(?:[ \t]*(?:>|[-+*](?=\s)|\d+[.)](?=\s))){{{MAX_NESTED + 1}}}", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]()]")
SAFE_SCHEMES = ("http", "https", "mailto", "tel", "whatsapp")


def is_safe_link(target: str) -> bool:
    """Whether a link leads to the web, mail, telephone, WhatsApp or a page of the site."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in SAFE_SCHEMES
    return not parts.netloc and ":" not in target.partition("/")[0]


class Localised(RootModel[Mapping[str, str]]):
    """The same words in every language of the site. Only the default language is required."""

    model_config = ConfigDict(frozen=True)
    lines: ClassVar[bool]

    @model_validator(mode="before")
    @classmethod
    def _explain(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise problem("not_localised")
        found = [mistake for language, words in value.items() for mistake in cls._find_mistakes(str(language), words)]
        if DEFAULT not in value:
            found.append({"code": "missing_default", "language": DEFAULT})
        if found:
            raise problem(**found[0], more=tuple(found[1:]))
        return {language: words.strip() for language, words in value.items()}

    @classmethod
    def _find_mistakes(cls, language: str, words: Any) -> Iterator[dict[str, Any]]:
        """What is wrong with the words in a language: a code, and what its message names."""
        here = {"language": language}
        if language not in LANGUAGES:
            yield {**here, "code": "unknown_language", "found": language, "known": ", ".join(LANGUAGES)}
        elif words is None or (isinstance(words, str) and not words.strip()):
            yield {**here, "code": "empty_text"}
        elif isinstance(words, bool):
            yield {**here, "code": "quote_word"}
        elif not isinstance(words, str):
            yield {**here, "code": "not_text", "found": words}
        elif _CONTROL.search(words):
            yield {**here, "code": "control_character"}
        elif not cls.lines and "\n" in words.strip():
            yield {**here, "code": "one_line"}
        elif cls.lines:
            for match in _LINK.finditer(words):
                target = (match[1] or match[3] or "").strip("<> ")
                if not target:
                    yield {**here, "code": "empty_link"}
                elif match[2] or not is_safe_link(target):
                    yield {**here, "code": "unsafe_link", "found": target + (match[2] or "")}

    @classmethod
    def of(cls, **words: str) -> Self:
        """A localised text from one argument a language, as in ``Text.of(es="sí", en="yes")``."""
        return cls(words)

    def has(self, language: str) -> bool:
        """Whether there are words of its own in the language."""
        return language in self.root

    def get(self, language: str) -> str:
        """The words in the language, or in the default language where they are missing."""
        return self.root.get(language, self.root[DEFAULT])


class Text(Localised):
    """A line of plain text in every language."""

    lines = False


class Lines(Localised):
    """Plain text that may run over several lines, in every language."""

    lines = True


class Prose(Localised):
    """Paragraphs, lists, emphasis and links in simple Markdown, in every language."""

    lines = True

    @model_validator(mode="after")
    def _is_flat(self) -> Self:
        for words in self.root.values():
            if _NESTED.search(words) or _depth(words) > MAX_NESTED:
                raise problem("too_deep")
        return self


def _depth(words: str) -> int:
    """How many brackets are open at once."""
    deepest = depth = 0
    for sign in _BRACKET.findall(words):
        depth = depth + 1 if sign in "[(" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


# --- plain values ---------------------------------------------------------------------------------

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: What Windows takes for a device, whatever ending it has.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict | list):
        raise problem("one_text")
    if isinstance(value, bool):
        raise problem("quote_word")
    if not isinstance(value, str):
        raise problem("quote_it", found=value)
    if "\n" in value.strip() or _CONTROL.search(value):
        raise problem("one_plain_line")
    return value.strip()


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value) or len(value) > 80:
        raise problem("not_a_slug", found=value)
    if value in RESERVED:
        raise problem("reserved_name", found=value)
    return value


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise problem("not_a_url", found=value)
    return value


Plain = Annotated[str, BeforeValidator(_plain), Field(min_length=1, max_length=500)]
Slug = Annotated[Plain, AfterValidator(_slug)]
Url = Annotated[Plain, AfterValidator(_url)]


class LocalisedSlug(Localised):
    """The last part of an address in every language, in lower-case ASCII with hyphens."""

    lines = False

    @model_validator(mode="after")
    def _all_slugs(self) -> Self:
        for value in self.root.values():
            _slug(value)
        return self


class Forms(RootModel[Mapping[str, tuple[str, ...]]]):
    """Further written forms of a word, a list in each language that has any."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _explain(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise problem("not_forms")
        for language, forms in value.items():
            if language not in LANGUAGES:
                raise problem("unknown_language", found=str(language), known=", ".join(LANGUAGES))
            if not isinstance(forms, list):
                raise problem("not_forms")
            if not all(_plain(form) for form in forms):
                raise problem("empty_text", language=language)
        return {language: [_plain(form) for form in forms] for language, forms in value.items()}

    def get(self, language: str) -> tuple[str, ...]:
        """The forms in the language."""
        return self.root.get(language, ())


# --- dates ----------------------------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, a month or a year, as precise as the source is: ``2012-05-30``, ``2012-05``, ``2012``."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, value: Any) -> "PartialDate":
        """Read the ISO form. Raises the editor's error for anything else, an impossible day included."""
        if isinstance(value, cls):
            return value
        match = _DATE.fullmatch(str(value)) if isinstance(value, int | str | date) else None
        if isinstance(value, bool) or match is None:
            raise problem("not_a_date", found=value)
        found = cls(*(int(part or 0) for part in match.groups()))
        try:
            found.first_day()
        except ValueError:
            raise problem("impossible_date", found=value) from None
        if match[2] == "00" or match[3] == "00":
            raise problem("impossible_date", found=value)
        return found

    def __str__(self) -> str:
        return "-".join(
            f"{part:0{4 if i == 0 else 2}}" for i, part in enumerate((self.year, self.month, self.day)) if part
        )

    def precedes(self, other: "PartialDate") -> bool:
        """Whether it is surely earlier: as far as both say, ``2012`` does not precede ``2012-05``."""
        parts = [(a, b) for a, b in zip(astuple(self), astuple(other), strict=True) if a and b]
        return [a for a, _ in parts] < [b for _, b in parts]

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.day > 0

    def first_day(self) -> date:
        """The first day that the date may mean; raises ValueError where there is no such day."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The last day that the date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def _day(value: PartialDate) -> date:
    if not value.is_day:
        raise problem("day_needed", found=str(value))
    return value.first_day()


When = Annotated[PartialDate, BeforeValidator(PartialDate.parse)]
Day = Annotated[date, BeforeValidator(lambda value: _day(PartialDate.parse(value)))]


_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
#: Where the site's dates and hours are.
ZONE = ZoneInfo("America/Lima")


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime) and value.tzinfo:
        return value
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise problem("not_a_moment", found=value)
    try:
        return datetime.fromisoformat(value).replace(tzinfo=ZONE)
    except ValueError:
        raise problem("not_a_moment", found=value) from None


#: A minute in Peru, as ``"2031-03-04 18:00"``.
Moment = Annotated[datetime, BeforeValidator(_moment)]


# --- references -----------------------------------------------------------------------------------

OrganisationId = Annotated[Slug, Reference("organisation")]
LawId = Annotated[Slug, Reference("law")]
FormId = Annotated[Slug, Reference("form")]
SessionId = Annotated[Slug, Reference("session")]
OutletId = Annotated[Slug, Reference("outlet")]
CampaignId = Annotated[Slug, Reference("campaign")]
Sector = Annotated[Slug, Listed("sectors")]
Region = Annotated[Slug, Listed("regions")]


class Source(Model):
    """Where a statement comes from: a document of the vocabulary, and the place in it."""

    document: Annotated[
        Slug,
        Listed("documents"),
        About("documento de la lista", "document in the list", "informe-final-2013"),
    ]
    where: Annotated[
        Text | None,
        About(
            "página o sección",
            "page or section",
            "{es: sección «Mejor comunicación», en: section “Improved Communications”}",
        ),
    ] = None


Sources = Annotated[
    tuple[Source, ...],
    Field(min_length=1),
    About("de dónde sale lo que se dice", "where the statements come from", "[{document: informe-final-2013}]"),
]


class Record(Model):
    """What every kind of record has. The id is the name of the file and is not repeated inside it."""

    kind: ClassVar[str]
    folder: ClassVar[str]

    id: Slug
    slug: Annotated[
        LocalisedSlug | None,
        About(
            "final de la dirección; si falta, sale del título",
            "end of the address; made from the title if missing",
            "{es: ley-agraria, en: agrarian-law}",
        ),
    ] = None
    aliases: Annotated[
        tuple[Plain, ...],
        About(
            "direcciones anteriores que deben seguir funcionando",
            "former addresses that must keep working",
            "[campanas/nombre-antiguo]",
        ),
    ] = ()

    @property
    def label(self) -> Text:
        """The record's name in lists and links."""
        raise NotImplementedError
