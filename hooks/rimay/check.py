"""Rules across records. Each is a small function with one line that says it; all run."""

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from rimay.clock import load_now
from rimay.languages import DEFAULT, LANGUAGES
from rimay.library import Library, handouts_source, marks, section_source, slugify, source_uri, texts
from rimay.load import PRIVATE_CONTACTS, Entry, load_data
from rimay.pictures import FOLDER, BadPictureError, load_picture
from rimay.press import create_parts, create_text, example_values
from rimay.problems import DataProblems, Problem
from rimay.records import KINDS
from rimay.records.agreement import Agreement
from rimay.records.campaign import Campaign
from rimay.records.curriculum import Curriculum
from rimay.records.fields import RESERVED, Model, Prose, Reference
from rimay.records.form import Form
from rimay.records.indicator import Indicator
from rimay.records.law import Law
from rimay.records.mandate import Mandate
from rimay.records.organisation import Organisation
from rimay.records.outlet import Outlet
from rimay.records.session import Session
from rimay.records.template import Template
from rimay.records.update import Update

#: Kinds whose words are printed as PDF.
PRINTED = (Session, Template, Curriculum, Form, Campaign, Organisation)
Rule = Callable[[Library, Path], Iterator[Problem]]
_LINK = re.compile(r"\]\(\s*<?([^)>\s]+)")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(?=-)")
#: Signs that no font of ours has: emoji above U+FFFF, and of the symbols below those that failed when each was set.
_EMOJI = re.compile(
    "[\U00010000-\U0010ffff\ufe0f\u2400-\u2421\u2424-\u244a\u2607\u2608\u2630-\u2637\u268c-\u268f\u269d-\u269f\u26a8\u26a9"
    "\u26b0\u26b1\u26b3-\u2700\u2705\u270a\u270b\u2715\u2716\u2727-\u2729\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0"
    "\u3001-\u3011\u3013-\u3015\u3018\u3019\u301d-\u3020\u3037-\u303f\u3297-\u3299]"
)
_ALIAS = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*/?")


def load_library(root: Path, *, preview: bool = False) -> Library:
    """Load and check a project as it stands now. Raises DataProblems with everything there is to mend.

    A preview also holds drafts, what has yet to wait for its moment, and the union's private contacts.
    """
    data = load_data(root, private=preview)
    problems = list(data.problems)
    if data.vocabulary is not None and data.sections:
        library = Library(data, load_now(), preview=preview)
        unknown = check_references(library, root)
        problems += [problem for problem in unknown if not data.find_broken(problem.context["found"])]
        if not problems:
            problems += [p for rule in RULES for p in rule(library, root)]
    if problems:
        raise DataProblems(problems)
    return library


def _at(entry: Entry[Model], code: str, *where: str | int, **context: object) -> Problem:
    field = ".".join(map(str, (*entry.where, *where)))
    return Problem(entry.path, entry.line(*where), field, code, context)


def check_references(library: Library, _root: Path) -> Iterator[Problem]:
    """Every id names a record, every listed value is in its list."""
    entries: list[Entry[Model]] = [*library.entries, *library.glossary]
    for entry in entries:
        for mark in marks(entry.record):
            if isinstance(mark.mark, Reference):
                known, context = library.ids(mark.mark.kind), {"folder": KINDS[mark.mark.kind].folder}
                code = "unknown_id"
            else:
                known = frozenset(getattr(library.vocabulary, mark.mark.vocabulary))
                code, context = "not_in_list", {"list": mark.mark.vocabulary}
            if mark.value not in known:
                guess = difflib.get_close_matches(mark.value, known, 1, 0.75)
                context["guess"] = guess[0] if guess else ""
                yield _at(entry, code, *mark.where, found=mark.value, **context)


def check_courses(library: Library, _root: Path) -> Iterator[Problem]:
    """Every session stands in exactly one course, which says the same minutes."""
    places: dict[str, list[str]] = defaultdict(list)
    for entry in library.entries:
        if isinstance(course := entry.record, Curriculum):
            for index, planned in enumerate(course.sessions):
                if not planned.session:
                    continue
                places[planned.session].append(course.id)
                minutes = library.find(Session, planned.session).minutes
                if planned.minutes != minutes:
                    where = ("sessions", index, "minutes")
                    context = {"found": planned.minutes, "session": planned.session, "expected": minutes}
                    yield _at(entry, "planned_minutes", *where, **context)
    for entry in library.entries:
        if isinstance(entry.record, Session):
            found = places[entry.record.id]
            if not found:
                yield _at(entry, "session_without_course")
            elif len(found) > 1:
                yield _at(entry, "session_in_two_courses", found=", ".join(found))


def check_minutes(library: Library, _root: Path) -> Iterator[Problem]:
    """A session's activities add up to its length."""
    for entry in library.entries:
        if isinstance(session := entry.record, Session):
            total = sum(activity.minutes for activity in session.activities)
            if total != session.minutes:
                yield _at(entry, "minutes_sum", "minutes", found=total, expected=session.minutes)


def check_handouts(library: Library, _root: Path) -> Iterator[Problem]:
    """The handouts of a session or a course have different ids."""
    for entry in library.entries:
        if isinstance(record := entry.record, Session | Curriculum):
            seen: set[str] = set()
            for index, handout in enumerate(record.handouts):
                if handout.id in seen:
                    yield _at(entry, "duplicate_handout", "handouts", index, "id", found=handout.id)
                seen.add(handout.id)


def check_practice(library: Library, _root: Path) -> Iterator[Problem]:
    """A session practises boxes that the form has."""
    for entry in library.entries:
        if isinstance(session := entry.record, Session) and (practice := session.form_practice):
            known = [box.number for box in library.find(Form, practice.form).boxes]
            for index, number in enumerate(practice.boxes):
                if number not in known:
                    context = {"found": number, "form": practice.form, "known": ", ".join(known)}
                    yield _at(entry, "unknown_box", "form_practice", "boxes", index, **context)


def check_downloads(library: Library, _root: Path) -> Iterator[Problem]:
    """A handout's file has a name of its own beside its session's or its course's page."""
    for entry in library.entries:
        record = entry.record
        if not isinstance(record, Session | Curriculum):
            continue
        for language in LANGUAGES:
            page = record.slug.get(language) if record.slug else slugify(record.title.get(language))
            taken = {page, slugify(library.strings[language].get("session.handouts", ""))}
            for index, handout in enumerate(record.handouts):
                name = slugify(handout.title.get(language))
                if name in taken:
                    yield _at(entry, "same_download", "handouts", index, "title", language, found=name)
                taken.add(name)


def check_contacts(library: Library, _root: Path) -> Iterator[Problem]:
    """The union's private contacts stand at outlets of the register."""
    known = library.ids(Outlet.kind)
    for index, contact in enumerate(library.contacts):
        if contact.outlet not in known:
            guess = difflib.get_close_matches(contact.outlet, known, 1, 0.75)
            context = {"found": contact.outlet, "folder": Outlet.folder, "guess": guess[0] if guess else ""}
            yield Problem(PRIVATE_CONTACTS, 0, f"{index}.outlet", "unknown_id", context)


def check_glossary(library: Library, _root: Path) -> Iterator[Problem]:
    """An id, and a written form in a language, stands for one entry of the glossary."""
    ids: set[str] = set()
    taken: dict[tuple[str, str], str] = {}
    for entry in library.glossary:
        term = entry.record
        if term.id in ids:
            yield _at(entry, "term_twice", "id", found=term.id)
        ids.add(term.id)
        for language in LANGUAGES:
            for number, form in enumerate(term.written(language)):
                where = ("forms", language, number - 1) if number else ("term", language)
                if (other := taken.setdefault((language, form.casefold()), term.id)) != term.id:
                    yield _at(entry, "form_twice", *where, found=form, other=other)


def check_limits(library: Library, _root: Path) -> Iterator[Problem]:
    """The worked example of a press template keeps to the limits of its parts."""
    for entry in library.entries:
        if not isinstance(template := entry.record, Template):
            continue
        for language in LANGUAGES:
            parts = create_parts(template, language, example_values(template, language))
            for section, blocks in parts:
                words = create_text([block for block in blocks if block.style == section.style]).strip()
                if (limit := section.limit) and (count := limit.count(words)) > limit.most:
                    where = ("sections", template.sections.index(section), "limit")
                    context = {"found": words, "count": count, "most": limit.most, "unit": limit.unit}
                    yield _at(entry, "over_limit", *where, language=language, **context)


def check_campaigns(library: Library, root: Path) -> Iterator[Problem]:
    """Actions have different ids; a picture can be published; a press release is by somebody."""
    for entry in library.entries:
        record = entry.record
        if isinstance(record, Campaign):
            seen: set[str] = set()
            for index, action in enumerate(record.actions):
                if action.id in seen:
                    yield _at(entry, "same_action", "actions", index, "id", found=action.id)
                seen.add(action.id)
        if isinstance(record, Update):
            if record.picture:
                try:
                    load_picture(root, record.picture.file)
                except BadPictureError as error:
                    yield _at(entry, error.code, "picture", "file", found=record.picture.file)
            if record.press_release and not record.organisations:
                yield _at(entry, "release_of_nobody", "press_release")


def check_life(library: Library, _root: Path) -> Iterator[Problem]:
    """A campaign under way has no end, one that is over says how."""
    for entry in library.entries:
        record = entry.record
        if isinstance(record, Campaign):
            is_over, is_told = record.status in ("won", "lost", "ended"), record.status_note or record.closing
            if record.status in ("active", "paused") and record.ended:
                yield _at(entry, "over_or_not", "ended", found=record.status, ended=record.ended)
            if is_over and not is_told:
                yield _at(entry, "end_untold", "status", found=record.status)


def check_glyphs(library: Library, _root: Path) -> Iterator[Problem]:
    """What is printed has no emoji: the font of the documents has none."""
    for entry in library.entries:
        if isinstance(record := entry.record, PRINTED) or (isinstance(record, Update) and record.press_release):
            for where, text in texts(record):
                for language, words in text.root.items():
                    if found := _EMOJI.search(words):
                        yield _at(entry, "no_emoji", *where, language, found=found[0])


def check_dates(library: Library, _root: Path) -> Iterator[Problem]:
    """An update's file name and folder carry its date; nothing ends before it begins."""
    for entry in library.entries:
        record = entry.record
        if isinstance(record, Update):
            if (found := _DATE.match(record.id)) is None or found[0] != str(record.date):
                yield _at(entry, "file_date", "date", expected=record.date)
            if PurePosixPath(entry.path).parent.name != str(record.date.year):
                yield _at(entry, "wrong_year_folder", "date", expected=record.date.year)
            if record.until and record.until.precedes(record.date):
                yield _at(entry, "ends_before_start", "until", found=record.until, start=record.date)
        if isinstance(record, Campaign) and record.ended and record.ended.precedes(record.started):
            yield _at(entry, "ends_before_start", "ended", found=record.ended, start=record.started)


def check_terms(library: Library, _root: Path) -> Iterator[Problem]:
    """An agreement names its parties; it and a mandate end after they begin, their other dates in between."""
    for entry in library.entries:
        record = entry.record
        if not isinstance(record, Agreement | Mandate):
            continue
        if record.starts and record.ends and record.ends < record.starts:
            yield _at(entry, "ends_before_start", "ends", found=record.ends, start=record.starts)
        elif isinstance(record, Mandate):
            days = [(("assemblies", index, "date"), meeting.date) for index, meeting in enumerate(record.assemblies)]
            for where, day in (*days, (("election",), record.election)):
                if day and not record.starts <= day <= record.ends:
                    context = {"found": day, "start": record.starts, "end": record.ends}
                    yield _at(entry, "outside_term", *where, **context)
        else:
            if not record.unions and not record.parties:
                yield _at(entry, "no_parties")
            if record.presented and not record.ends:
                yield _at(entry, "presented_without_end", "presented")
            if record.presented and record.starts and record.presented < record.starts:
                yield _at(entry, "ends_before_start", "presented", found=record.presented, start=record.starts)


def check_parts(library: Library, _root: Path) -> Iterator[Problem]:
    """The parts of an indicator add up to one of its end values."""
    for entry in library.entries:
        if isinstance(indicator := entry.record, Indicator) and indicator.parts:
            ends = [figure.end for figure in indicator.figures]
            if (total := sum(part.value for part in indicator.parts)) not in ends:
                yield _at(entry, "parts_sum", "parts", found=total, expected=", ".join(map(str, ends)))


def check_affiliation(library: Library, _root: Path) -> Iterator[Problem]:
    """Affiliation goes up and never round."""
    for entry in library.entries:
        if isinstance(start := entry.record, Organisation):
            chain, current = [start.id], start
            while current.parent and current.parent not in chain:
                chain.append(current.parent)
                current = library.find(Organisation, current.parent)
            if current.parent == start.id:
                yield _at(entry, "own_parent", "parent", found=" → ".join([*chain, start.id]))


def check_addresses(library: Library, _root: Path) -> Iterator[Problem]:
    """No two pages have one address, former addresses included."""
    taken: dict[str, str] = {}
    for language in LANGUAGES:
        for section in library.sections:
            taken[library.section_address(section, language)] = "data/nav.yml"
    for language in LANGUAGES:
        for entry in library.entries:
            if isinstance(entry.record, Session) and not library.has_course(entry.record):
                continue  # said by check_courses
            addresses = [library.address(entry.record, language)]
            if isinstance(entry.record, Session) and entry.record.handouts:
                addresses.append(library.handouts_address(entry.record, language))
            for address in addresses:
                if (other := taken.setdefault(address, entry.path)) != entry.path:
                    yield _at(entry, "same_address", "slug", found=address, other=other)
    for entry in library.entries:
        for index, alias in enumerate(entry.record.aliases):
            if not _ALIAS.fullmatch(alias) or RESERVED.intersection(alias.split("/")):
                yield _at(entry, "bad_alias", "aliases", index, found=alias)
            elif (other := taken.setdefault(f"{alias.rstrip('/')}/", f"{entry.path}#")) != f"{entry.path}#":
                yield _at(entry, "same_address", "aliases", index, found=alias, other=other.rstrip("#"))


def check_links(library: Library, root: Path) -> Iterator[Problem]:
    """Links inside records lead to pages that exist."""
    every = {source_uri(entry.record) for entry in library.entries}
    every |= {section_source(section) for section in library.sections.values()}
    every |= {handouts_source(session) for session in library.all(Session) if session.handouts}
    public = every - {source_uri(entry.record) for entry in library.entries if not library.is_public(entry.record)}
    for entry in library.entries:
        pages = public if library.is_public(entry.record) else every
        here = PurePosixPath(source_uri(entry.record)).parent
        for where, text in texts(entry.record):
            if not isinstance(text, Prose):
                continue
            for language, words in text.root.items():
                for target in _LINK.findall(words):
                    path = target.partition("#")[0]
                    if path and ":" not in path and _join(here, path) not in pages:
                        yield _at(entry, "dead_link", *where, language, found=target)


def _join(folder: PurePosixPath, target: str) -> str:
    parts: list[str] = []
    for part in (folder / target).parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def check_pages(library: Library, root: Path) -> Iterator[Problem]:
    """Every part of the site has its text or its template; every text has its part of the site."""
    expected = {section_source(section) for section in library.sections.values()}
    for section in library.sections.values():
        source = section_source(section)
        template = root / "overrides" / "pages" / f"{section.id}.md"
        if not template.is_file() and not (root / "docs" / DEFAULT / source).is_file():
            yield Problem("data/nav.yml", 0, "", "missing_page", {"found": source, "language": DEFAULT})
    for language in LANGUAGES:
        folder = root / "docs" / language
        for file in sorted(folder.rglob("*.md")):
            if file.relative_to(folder).as_posix() not in {*expected, "404.md"}:
                yield Problem(file.relative_to(root).as_posix(), 0, "", "page_without_section")


def check_strings(library: Library, _root: Path) -> Iterator[Problem]:
    """Interface strings are there in every language, with the same values to be filled in."""
    first = library.strings[DEFAULT]
    for language, strings in library.strings.items():
        for name in sorted(set(strings) & set(first)):
            written, needed = _find_braces(strings[name]), _find_braces(first[name])
            if written != needed:
                context = {"found": " ".join(written) or "—", "other": " ".join(needed) or "—"}
                yield Problem(f"data/strings/{language}.yml", 0, name, "string_braces", context)
        for other, others in library.strings.items():
            for name in sorted(set(others) - set(strings)):
                context = {"found": name, "other": f"data/strings/{other}.yml"}
                yield Problem(f"data/strings/{language}.yml", 0, "", "string_missing", context)


def _find_braces(words: str) -> list[str]:
    return sorted(set(re.findall(r"{[^}]*}?", words)))


def find_outdated(library: Library) -> list[str]:
    """Where each law stands that should be checked again."""
    found = {law.id for law in library.outdated_laws}
    return [
        f"{entry.path}:{entry.line('as_of')} ({law.as_of})"
        for entry in library.entries
        if isinstance(law := entry.record, Law) and law.id in found
    ]


def find_unused_pictures(library: Library, root: Path) -> list[str]:
    """Files among the pictures that no update names; those of a withdrawn one too."""
    named = {update.picture.file for update in library.all(Update) if update.picture}
    return sorted(f"{FOLDER}/{file.name}" for file in (root / FOLDER).glob("[!.]*") if file.name not in named)


RULES: tuple[Rule, ...] = (
    check_courses,
    check_minutes,
    check_handouts,
    check_practice,
    check_downloads,
    check_contacts,
    check_campaigns,
    check_glossary,
    check_limits,
    check_life,
    check_glyphs,
    check_dates,
    check_terms,
    check_parts,
    check_affiliation,
    check_addresses,
    check_links,
    check_pages,
    check_strings,
)
