"""Reads ``data/``: the only code that does. Every value keeps the line it stands in."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from rimay.languages import LANGUAGES
from rimay.problems import Problem
from rimay.records import KINDS
from rimay.records.contact import Contact
from rimay.records.fields import SLUG, About, Localised, Model, Record
from rimay.records.term import Term
from rimay.records.vocabulary import Section, Vocabulary

MAX_BYTES = 400_000
MAX_DEPTH = 24
#: The longest text and the longest list of problems of a file: what reads them costs more than twice for twice as much.
MAX_TEXT = 10_000
MAX_PROBLEMS = 100
PRIVATE_CONTACTS = "data/private/contacts.yml"
GLOSSARY = "data/glossary.yml"
#: Path of keys and indexes to the line of the value.
Lines = Mapping[tuple[str | int, ...], int]
_T = TypeVar("_T")
_M_co = TypeVar("_M_co", bound=Model, covariant=True)


@dataclass(frozen=True)
class Entry(Generic[_M_co]):
    """A record, the file it stands in and the line of each of its values."""

    record: _M_co
    path: str
    lines: Lines
    #: Where in the file: its number where the file is a list of many, such as the glossary.
    where: tuple[str | int, ...] = ()

    def line(self, *where: str | int) -> int:
        """The line of a value, or of the nearest thing around it that has one."""
        return _nearest(self.lines, (*self.where, *where))


@dataclass
class Data:
    """All that ``data/`` says, and what is wrong with it."""

    entries: list[Entry[Record]] = field(default_factory=list)
    glossary: list[Entry[Term]] = field(default_factory=list)
    vocabulary: Vocabulary | None = None
    sections: tuple[Section, ...] = ()
    strings: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Only where the private part was asked for.
    contacts: tuple[Contact, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def find_broken(self, record_id: object) -> Problem | None:
        """The first problem of the file that a record stands in, where it has one: the record did not load."""
        return next((problem for problem in self.problems if Path(problem.path).stem == record_id), None)


def load_data(root: Path, *, private: bool = False) -> Data:
    """Read the folder ``data`` below the project's root, with what git ignores in it if ``private``.

    Collects problems instead of raising.
    """
    data = Data(problems=[Problem(path, 0, "", "symlink") for path in _find_symlinks(root)])
    if data.problems:
        return data
    folder = root / "data"
    data.vocabulary = _load_one(root, folder / "vocabulary.yml", Vocabulary, data.problems)
    data.sections = _load_one(root, folder / "nav.yml", tuple[Section, ...], data.problems) or ()
    for language in LANGUAGES:
        strings = _load_one(root, folder / "strings" / f"{language}.yml", dict[str, str], data.problems)
        data.strings[language] = strings or {}
    folders = {model.folder: model for model in KINDS.values()}
    contacts = root / PRIVATE_CONTACTS
    if private and contacts.is_file():
        data.contacts = _load_one(root, contacts, tuple[Contact, ...], data.problems) or ()
    terms, lines = _load_with_lines(root, root / GLOSSARY, tuple[Term, ...], data.problems)
    data.glossary = [Entry(term, GLOSSARY, lines, (index,)) for index, term in enumerate(terms or ())]
    known = {"vocabulary.yml", "nav.yml", "README.md", "strings", contacts.parent.name, "glossary.yml"}
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        if place.name in folders:
            for file in sorted(path for path in place.rglob("*") if path.is_file()):
                if file.name.startswith("."):
                    continue
                if entry := _load_record(root, file, folders[place.name], data.problems):
                    data.entries.append(entry)
        elif place.name not in known and not place.name.startswith("."):
            expected = ", ".join(sorted(folders))
            data.problems.append(Problem(_relative(root, place), 0, "", "wrong_place", {"expected": expected}))
    return data


def _find_symlinks(root: Path) -> Iterator[str]:
    """Links to elsewhere: they could publish any file of the machine that builds."""
    for place in (root / "data", root / "docs"):
        yield from sorted(_relative(root, path) for path in (place, *place.rglob("*")) if path.is_symlink())


def _load_record(root: Path, file: Path, model: type[Record], problems: list[Problem]) -> Entry[Record] | None:
    path = _relative(root, file)
    if file.suffix != ".yml":
        problems.append(Problem(path, 0, "", "wrong_place", {"expected": "*.yml"}))
        return None
    if not SLUG.fullmatch(file.stem) or len(file.stem) > 80:
        problems.append(Problem(path, 0, "", "bad_file_name", {"found": file.stem}))
        return None
    value, lines = _read(root, file, problems)
    if value is None:
        return None
    if not isinstance(value, dict):
        problems.append(Problem(path, 1, "", "not_a_mapping"))
        return None
    if "id" in value:
        problems.append(Problem(path, lines["id",], "id", "id_inside"))
        del value["id"]
    record = _validate(model, {**value, "id": file.stem}, path, lines, problems)
    return Entry(record, path, lines) if record else None


def _load_one(root: Path, file: Path, shape: type[_T], problems: list[Problem]) -> _T | None:
    return _load_with_lines(root, file, shape, problems)[0]


def _load_with_lines(root: Path, file: Path, shape: type[_T], problems: list[Problem]) -> tuple[_T | None, Lines]:
    if not file.is_file():
        problems.append(Problem(_relative(root, file), 0, "", "missing_file"))
        return None, {}
    value, lines = _read(root, file, problems)
    if value is not None and get_origin(shape) is tuple and not isinstance(value, list):
        problems.append(Problem(_relative(root, file), 1, "", "not_a_list"))
        return None, lines
    return None if value is None else _validate(shape, value, _relative(root, file), lines, problems), lines


def _relative(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix()


# --- validation -----------------------------------------------------------------------------------


def _validate(shape: type[_T], value: Any, path: str, lines: Lines, problems: list[Problem]) -> _T | None:
    try:
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MAX_PROBLEMS]
        for detail in details:
            if detail["type"] == "too_short" and _has_inner(details, detail["loc"]):
                continue  # too short only because its items have problems of their own
            problems += _explain(shape, detail, path, lines)
        return None


def _has_inner(details: Iterable[Any], where: tuple[str | int, ...]) -> bool:
    return any(len(d["loc"]) > len(where) and d["loc"][: len(where)] == where for d in details)


#: What pydantic calls a number beyond a limit, and where it says which limit.
_LIMITS = {"greater_than_equal": ("too_small", "ge"), "less_than_equal": ("too_large", "le")}


def _explain(shape: Any, detail: Any, path: str, lines: Lines) -> Iterator[Problem]:
    where = tuple(part for part in detail["loc"] if not str(part).startswith(("function-", "tuple[")))
    about = find_about(shape, where)
    name = ".".join(map(str, where))
    line = _nearest(lines, where)
    if detail["type"] == "rimay" and detail["input"] is not None:
        first = dict(detail["ctx"])
        for context in (first, *first.pop("more", ())):
            code, language = context.pop("code"), context.get("language", "")
            field = f"{name}.{language}" if code == "missing_default" else name
            yield Problem(path, _nearest(lines, (*where, language)), field, code, context)
    elif detail["type"] == "missing" or (detail["input"] is None and about):
        yield Problem(path, line, name, "missing", {"about": about} if about else {})
    elif detail["type"] == "extra_forbidden":
        names = list(_fields_at(shape, where[:-1]))
        guess = difflib.get_close_matches(str(where[-1]), names, 1)
        yield Problem(path, line, name, "unknown_field", {"guess": guess[0] if guess else ""})
    elif detail["type"] == "string_too_long":
        context = {"found": len(detail["input"]), "limit": detail["ctx"]["max_length"]}
        yield Problem(path, line, name, "too_long", context)
    elif (kind := detail["type"]) in _LIMITS and about:
        code, limit = _LIMITS[kind]
        yield Problem(path, line, name, code, {"found": detail["input"], "limit": detail["ctx"][limit], "about": about})
    else:
        found = f'"{detail["input"]}"' if isinstance(detail["input"], str) else detail["input"]
        expected = {"about": about} if about else {"expected": detail["msg"]}
        yield Problem(path, line, name, "wrong_type", {"found": found, **expected})


def _nearest(lines: Lines, where: tuple[str | int, ...]) -> int:
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 1)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models inside an annotation such as ``tuple[Annotated[Step, …], …] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _fields_at(shape: Any, where: tuple[str | int, ...]) -> Mapping[str, Any]:
    model = next(_models(shape), None)
    if model is None or issubclass(model, Localised):
        return {}
    names = [part for part in where if isinstance(part, str)]
    if not names:
        return model.model_fields
    inner = model.model_fields.get(names[0])
    return _fields_at(inner.annotation, tuple(names[1:])) if inner else {}


def find_about(shape: Any, where: tuple[str | int, ...]) -> About | None:
    """What the model says of the field at a place, as in ``("activities", 2, "minutes")``."""
    names = tuple(part for part in where if isinstance(part, str))
    found = _fields_at(shape, names[:-1]).get(names[-1]) if names else None
    return next((mark for mark in found.metadata if isinstance(mark, About)), None) if found else None


# --- YAML -----------------------------------------------------------------------------------------

_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_CANONICAL_INT = re.compile(r"-?(0|[1-9]\d{0,14})")
_CANONICAL_FLOAT = re.compile(r"-?(0|[1-9]\d{0,14})\.\d{1,14}")
_TRUE, _FALSE = {"y", "yes", "true", "on"}, {"n", "no", "false", "off"}

#: What libyaml says of a file that it cannot read, by the code of our own words for it.
_PARSER = {
    "mapping values are not allowed in this context": "second_colon",
    "did not find expected key": "no_field",
    "could not find expected ':'": "no_colon",
    "did not find expected ',' or '}'": "brace_open",
    "did not find expected ',' or ']'": "bracket_open",
    "found unexpected end of stream": "quote_open",
    "found character that cannot start any token": "quote_needed",
    "found unknown escape character": "backslash",
    "did not find expected hexdecimal number": "backslash",
    "did not find expected '-' indicator": "no_dash",
    "block sequence entries are not allowed in this context": "dash_here",
    "did not find expected comment or line break": "bar_alone",
}
#: Where the mistake is at the beginning of what could not be read, not where reading stopped.
_BEGINS = ("while scanning a quoted scalar", "while scanning a simple key", "while parsing a flow")

#: What ends a line for YAML, and for nobody who looks at it.
_BREAK = re.compile(r"[\x85\u2028\u2029]")
#: Behind what a draft shows as an example.
CHANGE_MARK = "cambia esto / change this"
_MARKED = re.compile(rf"^ *(?:- )?(\w+):.*# {CHANGE_MARK} *$", re.MULTILINE)


class _Refused(Exception):  # noqa: N818 - carries a problem out of the parser
    def __init__(self, line: int, code: str, **context: Any) -> None:
        self.line, self.code, self.context = line, code, context


def _read(root: Path, file: Path, problems: list[Problem]) -> tuple[Any, Lines]:
    """The file's value and the line of each part; a value of None where there is a problem."""
    path = _relative(root, file)
    size = file.stat().st_size
    if size > MAX_BYTES:
        problems.append(Problem(path, 0, "", "huge_file", {"found": size // 1000, "limit": MAX_BYTES // 1000}))
        return None, {}
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem(path, line, "", "not_utf8", {"found": f"0x{raw[error.start]:02X}"}))
        return None, {}
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := yaml.reader.Reader.NON_PRINTABLE.search(text) or _BREAK.search(text):
        line = _line_at(text, control.start())
        problems.append(Problem(path, line, "", "control_in_file", {"found": f"U+{ord(control[0]):04X}"}))
        return None, {}
    for marked in _MARKED.finditer(text):
        problems.append(Problem(path, _line_at(text, marked.start()), marked[1], "still_marked"))
    builder = _Builder(path, problems)
    try:
        value = builder.build(text)
    except _Refused as refused:
        problems.append(Problem(path, refused.line, "", refused.code, refused.context))
        return None, {}
    except yaml.MarkedYAMLError as error:
        begins = str(error.context).startswith(_BEGINS)
        mark = error.context_mark if begins else error.problem_mark
        line = mark.line if mark else 0
        written = text.splitlines()
        tab = line < len(written) and "\t" in re.split(r"[^\s-]", written[line], maxsplit=1)[0]
        code = "tab" if tab else _PARSER.get(str(error.problem), "bad_yaml")
        problems.append(Problem(path, line + 1, "", code, {"found": error.problem}))
        return None, {}
    if value is None:
        problems.append(Problem(path, 1, "", "empty_file"))
    return value, builder.lines


def _line_at(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


class _Builder:
    """Builds the value from parser events, without recursion: a hostile file must not exhaust the stack."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.lines: dict[tuple[str | int, ...], int] = {}
        self._path, self._problems = path, problems
        self._lines_of_text: list[str] = []
        self._repeated: set[tuple[str | int, ...]] = set()  # what was told once is not told of its parts
        self._root: list[Any] = []
        self._stack: list[tuple[Any, tuple[str | int, ...]]] = [(self._root, ())]
        self._keys: list[str | None] = [None]  # the key waiting for its value, for each level of the stack

    def build(self, text: str) -> Any:
        """The one document of a text. Raises _Refused and the errors of the parser."""
        documents = 0
        self._lines_of_text = [*text.split("\n"), ""]
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(_line(event), "two_documents")
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._stack.pop()
                self._keys.pop()
            elif isinstance(event, yaml.NodeEvent):
                _refuse_tricks(event)
                if isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
                    self._take_key(event)
                else:
                    self._take_value(event)
        return self._root[0] if self._root else None

    def _rest_of_line(self, event: Any) -> str:
        line: str = self._lines_of_text[event.end_mark.line : event.end_mark.line + 1][0]
        return line[event.end_mark.column :].lstrip()

    def _take_key(self, event: yaml.NodeEvent) -> None:
        line, (_, place) = _line(event), self._stack[-1]
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(line, "not_text_key", found="[…]")
        here = (*place, event.value)
        if here in self.lines:
            if place not in self._repeated:
                context = {"found": event.value, "first": self.lines[here]}
                self._problems.append(Problem(self._path, line, ".".join(map(str, here)), "duplicate_key", context))
            self._repeated.add(here)
        self.lines.setdefault(here, line)
        self._keys[-1] = event.value

    def _take_value(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.ScalarEvent):
            value: Any = _scalar(event)
            if self._keys[-1] in LANGUAGES and not event.style and self._rest_of_line(event).startswith("#"):
                raise _Refused(_line(event), "lost_comment")
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        holder, place = self._stack[-1]
        here: tuple[str | int, ...] = ()
        if isinstance(holder, dict):
            here = (*place, str(self._keys[-1]))
            holder.setdefault(self._keys[-1], value)  # of a key that is there twice the first one counts
            self._keys[-1] = None
        else:
            if holder is not self._root:
                here = (*place, len(holder))
                self.lines.setdefault(here, _line(event))
                if place in self._repeated:
                    self._repeated.add(here)
            holder.append(value)
        if isinstance(value, dict | list):
            if len(self._stack) > MAX_DEPTH:
                raise _Refused(_line(event), "too_deep")
            self._stack.append((value, here))
            self._keys.append(None)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _refuse_tricks(event: Any) -> None:
    """Shortcuts of YAML and texts without end."""
    if event.anchor:
        mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
        raise _Refused(_line(event), "yaml_trick", found=f"{mark}{event.anchor}")
    if getattr(event, "tag", None):
        raise _Refused(_line(event), "yaml_trick", found=event.tag)
    if isinstance(event, yaml.ScalarEvent) and len(event.value) > MAX_TEXT:
        raise _Refused(_line(event), "too_long", found=len(event.value), limit=MAX_TEXT)


def _scalar(event: Any) -> Any:  # noqa: PLR0911 - one line a type
    """A plain scalar as YAML 1.1 means it; what other readers of YAML would take differently is refused."""
    text: str = event.value
    if event.style:
        return text
    tag = next((tag for tag, pattern in _RESOLVERS.get(text[:1], ()) if pattern.match(text)), "")
    match tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return text.lower() in _TRUE
        case "int" if _CANONICAL_INT.fullmatch(text):
            return int(text)
        case "float" if _CANONICAL_FLOAT.fullmatch(text):
            return float(text)
        case "timestamp":
            try:
                return date.fromisoformat(text)
            except ValueError:
                return text
        case "":
            return text
    raise _Refused(_line(event), "ambiguous", found=text)
