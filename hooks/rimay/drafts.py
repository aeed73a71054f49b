"""A record is begun: what an editor answers becomes a commented YAML file in its place."""

import argparse
import contextlib
import difflib
import math
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, get_args, get_origin

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from rimay.languages import DEFAULT, LANGUAGES
from rimay.library import slugify
from rimay.load import CHANGE_MARK, Data, load_data
from rimay.problems import Problem, editor_language, report
from rimay.records import KINDS
from rimay.records.fields import About, Listed, Localised, LocalisedSlug, PartialDate, Record, Reference, Source
from rimay.records.update import Update
from rimay.records.vocabulary import Document, Entry

with contextlib.suppress(ImportError):  # the terminal of Windows has arrow keys by itself
    import readline  # noqa: F401

Where = tuple[str, ...]
LONGEST_ID = 80
#: What stands for bytes that are not UTF-8, from a terminal that is set up otherwise.
_SURROGATE = re.compile(r"[\ud800-\udfff]")

#: What the command says, in the languages of editors.
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "begin": {
        "es": "{kind}: Enter deja vacío lo opcional; Ctrl-C sale sin escribir nada",
        "en": "{kind}: Enter leaves empty what is optional; Ctrl-C leaves without writing anything",
    },
    "in_language": {"es": "{about}, en {language}", "en": "{about}, in {language}"},
    "optional": {"es": "opcional", "en": "optional"},
    "several": {"es": "una o varias, con comas", "en": "one or several, with commas"},
    "lines": {"es": "dos líneas vacías terminan el texto", "en": "two empty lines end the text"},
    "example": {"es": "por ejemplo {example}", "en": "for example {example}"},
    "missing": {
        "es": "falta {flags}; sin una terminal no se puede preguntar",
        "en": "{flags} missing; there is no terminal to ask in",
    },
    "encoding": {
        "es": "{field}: la terminal no escribe en UTF-8; usa otra, o escribe el texto después, en el archivo",
        "en": "{field}: the terminal does not write UTF-8; use another, or write the text in the file afterwards",
    },
    "exists": {
        "es": "{path}: ya existe; cambia la respuesta o edita ese archivo",
        "en": "{path}: exists already; change the answer or edit that file",
    },
    "nothing": {"es": "no se escribió nada", "en": "nothing was written"},
    "written": {"es": "escrito: {path}", "en": "written: {path}"},
    "change": {
        "es": "ábrelo, cambia lo marcado «cambia esto» y borra la marca; después:",
        "en": "open it, change what is marked “change this” and delete the mark; then:",
    },
    "next": {
        "es": "«make check» lo comprueba, «make serve» lo muestra",
        "en": "“make check” checks it, “make serve” shows it",
    },
}
#: What the file says, to editors of both languages.
_HEAD = f"# Cambia lo marcado y borra la marca. / Change what is marked and delete the mark: {CHANGE_MARK}"
_OPTIONAL = "# Desde aquí, opcional: quita «# » de lo que uses. / Optional from here on: remove “# ” from what you use."


# --- what is asked --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """One thing to ask: a field that a record needs, in one language if it has words."""

    where: Where
    about: About
    needed: bool
    language: str = ""
    mark: Reference | Listed | None = None
    several: bool = False
    lines: bool = False

    @property
    def name(self) -> str:
        """The field as messages name it, as in ``title.es``."""
        return ".".join(self.where)

    @property
    def flag(self) -> str:
        """The option of the command that answers it, as in ``--title-es``."""
        return "--" + "-".join(self.where).replace("_", "-")


def create_questions(model: type[Record]) -> list[Question]:
    """What a record needs, in the order of its fields, but for parts that no line can answer."""
    needed = {name: info for name, info in model.model_fields.items() if info.is_required() and name != "id"}
    return [question for name, info in needed.items() for question in _questions((name,), info)]


def _questions(where: Where, info: FieldInfo) -> Iterator[Question]:
    parts = [*info.metadata, *_parts(info.annotation)]
    about, needed = next(part for part in parts if isinstance(part, About)), info.is_required()
    match [part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)]:
        case []:
            mark = next((part for part in parts if isinstance(part, Reference | Listed)), None)
            yield Question(where, about, needed, mark=mark, several=_is_list(info))
        case [words] if issubclass(words, Localised):
            for language in LANGUAGES:
                yield Question((*where, language), about, needed and language == DEFAULT, language, lines=words.lines)
        case [part] if part is Source:
            for name, inner in Source.model_fields.items():
                yield from _questions((*where, name), inner)


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def _is_list(info: FieldInfo) -> bool:
    return get_origin(info.annotation) is tuple


# --- what is answered -----------------------------------------------------------------------------


@dataclass
class Draft:
    """A record that is being begun, and the answers so far."""

    root: Path
    model: type[Record]
    data: Data
    answers: dict[Where, str] = field(default_factory=dict)

    def find_choices(self, question: Question) -> dict[str, str]:
        """What may be answered, with its name: ids of records or keys of a closed list."""
        language = editor_language()
        match question.mark:
            case Reference(kind):
                records = (entry.record for entry in self.data.entries if entry.record.kind == kind)
                return {record.id: record.label.get(language) for record in records}
            case Listed(vocabulary):
                listed: Mapping[str, Entry | Document] = getattr(self.data.vocabulary, vocabulary)
                names = {key: item.label if isinstance(item, Entry) else item.title for key, item in listed.items()}
                return {key: name.get(language) for key, name in names.items()}
        return {}

    def take(self, question: Question, answer: str) -> str:
        """Keep an answer, or say in the editor's language why not."""
        if not answer:
            return _describe(question, "missing", {"about": question.about}) if question.needed else ""
        if _SURROGATE.search(answer):
            return _say("encoding", field=question.name)
        if problem := self._find_unknown(question, answer):
            return problem
        before, self.answers = self.answers, {**self.answers, question.where: answer}
        try:
            if not (path := self.find_path()) or not (self.root / path).exists():
                return ""
            problem = _say("exists", path=path)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            wrong = {"code": "wrong_type", "found": answer, "about": question.about}
            context = dict(detail["ctx"] if detail["type"] == "rimay" else wrong)
            problem = _describe(question, context.pop("code"), context)
        self.answers = before
        return problem

    def _find_unknown(self, question: Question, answer: str) -> str:
        match question.mark:
            case Reference(kind):
                code, place = "unknown_id", {"folder": KINDS[kind].folder}
            case Listed(name):
                code, place = "not_in_list", {"list": name}
            case None:
                return ""
        choices = self.find_choices(question)
        names = {name.lower(): key for key, label in choices.items() for name in (label, key)}
        for found in _split(answer) if question.several else [answer]:
            if found not in choices:
                if broken := self.data.find_broken(found):
                    return broken.describe(editor_language())
                near = difflib.get_close_matches(found.lower(), names, 1)
                return _describe(question, code, {**place, "found": found, "guess": names[near[0]] if near else ""})
        return ""

    def create_values(self) -> dict[str, Any]:
        """The answered fields as the model has them. Raises ValidationError."""
        nested: dict[str, Any] = {}
        for (*above, last), answer in self.answers.items():
            inner = nested
            for name in above:
                inner = inner.setdefault(name, {})
            inner[last] = answer
        return {name: _validate(self.model.model_fields[name], answer) for name, answer in nested.items()}

    def find_path(self) -> str:
        """The file that the record goes to; empty while its name is unknown. Raises ValidationError."""
        record = self.model.model_construct(**self.create_values())
        try:
            folder, start = f"data/{record.folder}", ""
            if isinstance(record, Update):
                folder, start = f"{folder}/{record.date.year}", f"{record.date}-"
            return f"{folder}/{start}{slugify(record.label.get(DEFAULT), LONGEST_ID - len(start))}.yml"
        except AttributeError:  # what it is made of is not answered yet
            return ""

    def _with_slug(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The fields with the address spelt out: a title that is improved later must not move the page."""
        label = self.model.model_construct(**values).label
        slugs = {language: slugify(label.get(language)) for language in LANGUAGES if label.has(language)}
        return {**values, "slug": LocalisedSlug(slugs)}

    def create_text(self) -> str:
        """The file: what is needed, answered or as an example to change; then what is optional, as comments."""
        values, needed, optional, head = self._with_slug(self.create_values()), "", "", ""
        for name, info in self.model.model_fields.items():
            if name in values:
                needed += _write_field(name, info, values[name])
            elif not info.is_required():
                optional += _write_field(name, info, None)
            elif name != "id":
                needed += load_example(self.root, self.model, name)
                head = f"{_HEAD}\n"
        return f"{head}{needed}\n{_OPTIONAL}\n{optional}"


def load_example(root: Path, model: type[Record], name: str) -> str:
    """A field as the example in the editors' manual has it, marked as one."""
    manual = (root / "data" / "README.md").read_text("utf-8")
    lines = rf"^# data/{model.folder}/.*\n(?:(?!```).*\n)*?({name}:.*\n)((?:(?: .*)?\n)*)"
    if (found := re.search(lines, manual, re.MULTILINE)) is None:
        raise LookupError(f"data/README.md: no example of {name} below data/{model.folder}/")
    return f"{found[1].rstrip()}  # {CHANGE_MARK}\n{found[2].rstrip()}".rstrip() + "\n"


def _split(answer: str) -> list[str]:
    return [part.strip() for part in answer.split(",") if part.strip()]


def _validate(info: FieldInfo, answer: Any) -> Any:
    if _is_list(info):
        answer = [answer] if isinstance(answer, dict) else _split(answer)
    elif info.annotation is int and answer.isdecimal():
        answer = int(answer)
    shape: Any = Annotated[info.annotation, *info.metadata]
    return TypeAdapter(shape).validate_python(answer)


def _describe(question: Question, code: str, context: Mapping[str, Any]) -> str:
    return Problem(question.name, 0, "", code, context).describe(editor_language())


# --- what is written ------------------------------------------------------------------------------


def _write_field(name: str, info: FieldInfo, value: Any) -> str:
    """A field with what it is behind it; one without a value is a comment with its example."""
    about = next(mark for mark in info.metadata if isinstance(mark, About))
    first, _, rest = (_write(name, value) if value is not None else f"# {name}: {about.example}\n").partition("\n")
    return f"{first:<27}  # {about.es} / {about.en}\n{rest}"


def _write(name: str, value: Any) -> str:
    match value:
        case Localised() | Source():
            return f"{name}:\n{textwrap.indent(_write_parts(value), '  ')}"
        case (Localised() | Source(), *_):
            items = (textwrap.indent(_write_parts(item), "    ") for item in value)
            return f"{name}:\n" + "".join(f"  - {item.lstrip()}" for item in items)
        case PartialDate():
            return f"{name}: {value}\n"
    return f"{name}: {_dump(value)}"


def _write_parts(value: Localised | Source) -> str:
    if isinstance(value, Source):
        return "".join(_write_field(name, info, getattr(value, name)) for name, info in Source.model_fields.items())
    return "".join(
        f"{language}: {_dump_words(value.get(language))}" if value.has(language) else f'# {language}: ""\n'
        for language in LANGUAGES
    )


def _dump_words(words: str) -> str:
    """Words as the manual asks: one line in double quotes, several below ``|``."""
    if "\n" in words and words.split("\n") == words.splitlines():
        return _dump(f"{words}\n", "|")
    return _dump(words, "'" if max(words) > "\uffff" else '"')  # double quotes would show a number for an emoji


def _dump(value: Any, style: str | None = None) -> str:
    words = yaml.safe_dump(value, default_style=style, default_flow_style=True, allow_unicode=True, width=math.inf)
    return words.removesuffix("...\n")


# --- the command ----------------------------------------------------------------------------------


def add_kinds(parser: argparse.ArgumentParser) -> None:
    """What ``rimay new`` understands: a kind, with an option for each of its questions."""
    kinds = parser.add_subparsers(dest="kind", metavar="kind", required=True, help=", ".join(KINDS))
    for kind, model in KINDS.items():
        command = kinds.add_parser(kind)
        command.add_argument("root", nargs="?", type=Path, default=Path(), help="the project's folder (default: here)")
        for question in create_questions(model):
            words = getattr(question.about, editor_language()).replace("%", "%%")
            command.add_argument(question.flag, dest=question.flag, metavar="…", help=words)


def begin(root: Path, kind: str, given: Mapping[str, Any]) -> int:
    """Write a draft from options of the command, asking for what they do not say. Returns the exit code."""
    draft, asks = Draft(root, KINDS[kind], load_data(root)), sys.stdin.isatty()
    if draft.data.vocabulary is None:
        print(report(draft.data.problems), file=sys.stderr)
        return 1
    questions = create_questions(draft.model)
    missing = [question.flag for question in questions if question.needed and not given.get(question.flag)]
    if missing and not asks:
        print(_say("missing", flags=", ".join(missing)), file=sys.stderr)
        return 2
    if asks:
        print(_say("begin", kind=draft.data.strings[editor_language()].get(f"kind.{kind}", kind)))
    try:
        good = [_answer(draft, question, given.get(question.flag), asks) for question in questions]
    except (KeyboardInterrupt, EOFError):
        print(f"\n{_say('nothing')}", file=sys.stderr)
        return 130
    if not all(good):
        return 2
    path, text = draft.find_path(), draft.create_text()
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    with (root / path).open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(_say("written", path=path))
    if text.startswith(_HEAD):
        print(_say("change"))
    print(_say("next"))
    return 0


def _answer(draft: Draft, question: Question, given: str | None, asks: bool) -> bool:
    """Take what an option says, or else ask until the answer is good. Whether there is nothing wrong."""
    problem = "" if given is None else draft.take(question, given.strip())
    if problem:
        print(problem, file=sys.stderr)
    if not asks or (given is not None and not problem):
        return not problem
    if question.language in ("", DEFAULT) or (*question.where[:-1], DEFAULT) in draft.answers:
        _show(question, draft.find_choices(question))
        while problem := draft.take(question, _read(question)):
            print(problem, file=sys.stderr)
    return True


def _show(question: Question, choices: Mapping[str, str]) -> None:
    words = getattr(question.about, editor_language())
    if question.language:
        name = LANGUAGES[question.language].get_language_name(editor_language())
        words = _say("in_language", about=words, language=name or question.language)
    hints = [_say(name) for name in ("several", "lines") if getattr(question, name)]
    if not question.needed:
        hints.append(_say("optional"))
    if (example := find_example(question)) and not choices:
        hints.append(_say("example", example=example))
    print()
    for key, label in choices.items():  # before the question, which a long list would push out of sight
        print(f"  {key:<{max(map(len, choices))}}  {textwrap.shorten(label, 70, placeholder='…')}")
    print(f"{words[0].upper()}{words[1:]} [{question.name}]" + (f" ({'; '.join(hints)})" if hints else ""))


def find_example(question: Question) -> str:
    """The example of a field, as one would type it; empty where it shows only the form."""
    found = yaml.safe_load(question.about.example)
    if isinstance(found, list):
        found = found[0] if isinstance(found[0], dict) else ", ".join(found)
    if isinstance(found, dict):
        found = found.get(question.where[-1], "")
    return "" if found in ("…", None) else str(found)


def _read(question: Question) -> str:
    lines = [input("> ").rstrip()]
    while question.lines and lines[0] and lines[-2:] != ["", ""]:
        lines.append(input("> ").rstrip())
    return "\n".join(lines).strip()


def _say(name: str, **context: str) -> str:
    return WORDS[name][editor_language()].format(**context)
