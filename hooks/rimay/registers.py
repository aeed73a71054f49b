"""Registers as rows of text for spreadsheets, and as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import partial

from babel.dates import format_date
from babel.lists import format_list

from rimay.deadlines import create_deadlines
from rimay.languages import LANGUAGES
from rimay.library import Library
from rimay.records.indicator import Indicator
from rimay.records.organisation import Organisation
from rimay.records.outlet import Outlet

Row = Sequence[str | int]
#: A cell that begins so is read as a formula by spreadsheets (OWASP, “CSV Injection”).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def create_outlet_rows(library: Library, language: str) -> tuple[Row, list[Row]]:
    """The register of media: the heads of the columns, and a row for each outlet in alphabetical order.

    In a preview the union's own contacts stand in columns of their own, one row for each.
    """
    strings, locale = library.strings[language], LANGUAGES[language]

    labels = partial(_labels, library, language)
    names = ("name", "level", "medium", "region", "languages", "website", "about", "checked")
    private = tuple(
        strings[f"outlets.contact_{n}"] for n in ("name", "role", "phone", "email", "hours", "last", "notes")
    )
    head = [strings[f"outlets.{name}"] for name in names]
    rows: list[Row] = []
    for outlet in sorted(library.all(Outlet), key=lambda outlet: outlet.name.casefold()):
        public = [
            outlet.name,
            labels("outlet_levels", [outlet.level]),
            labels("outlet_media", [outlet.medium]),
            labels("regions", outlet.regions),
            labels("outlet_languages", outlet.languages),
            outlet.website or "",
            outlet.about.get(language),
            format_date(outlet.checked, "long", locale) if outlet.checked else strings["outlets.to_check"],
        ]
        contacts = [contact.facts for contact in library.contacts_at(outlet)]
        if library.contacts:
            rows += [[*public, *facts] for facts in contacts or [("",) * len(private)]]
        else:
            rows.append(public)
    return ([*head, *private] if library.contacts else head), rows


def create_glossary_rows(library: Library, language: str) -> tuple[Row, list[Row]]:
    """The glossary as translators use it: every language side by side, in the order of one."""
    names = ("", "forms ", "definition ", "note ")
    head = ["id", *(f"{name}{code}" for name in names for code in LANGUAGES)]
    rows: list[Row] = []
    for term in library.terms(language):
        forms = {code: "; ".join(term.written(code)[1:]) for code in LANGUAGES}
        columns = (term.term.root, forms, term.definition.root, term.note.root if term.note else {})
        rows.append([term.id, *(column.get(code, "") for column in columns for code in LANGUAGES)])
    return head, rows


def create_agreement_rows(library: Library, language: str) -> tuple[Row, list[Row]]:
    """The register of agreements, with the deadlines that can be counted. Days as in 2026-11-01, so that they sort."""
    strings, locale = library.strings[language], LANGUAGES[language]
    labels, topics = partial(_labels, library, language), library.vocabulary.agreement_topics
    names = ("name", "unions", "parties", "sectors", "regions", "signed", "starts", "ends")
    due = ("prepare", "petition", "last_day")
    head = [strings[f"agreement.{name}"] for name in names] + [strings[f"deadline.{key}"] for key in due]
    rows: list[Row] = []
    for record in library.agreements:
        unions = [library.find(Organisation, union).name.get(language) for union in record.unions]
        days = {deadline.key: str(deadline.first) for deadline in create_deadlines(record)}
        rows.append(
            [
                record.title.get(language),
                format_list(unions, locale=locale),
                record.parties.get(language) if record.parties else "",
                labels("sectors", record.sectors),
                labels("regions", record.regions),
                *(str(day or "") for day in (record.signed, record.starts, record.ends)),
                *(days.get(key, "") for key in due),
                "; ".join(topics[key].label.get(language) for key in record.topics),
                "; ".join(clause.get(language) for clause in record.clauses),
                strings["invented_case"] if record.invented else "",
            ]
        )
    return [*head, *(strings[f"agreement.{name}"] for name in ("topics", "clauses", "note"))], rows


def create_mandate_rows(library: Library, language: str) -> tuple[Row, list[Row]]:
    """The register of terms of office, the one that ends first at the top."""
    strings = library.strings[language]
    names = ("union", "body", "starts", "prepare", "election", "ends", "assemblies", "note")
    rows: list[Row] = [
        [
            record.name.get(language),
            record.body.get(language),
            str(record.starts),
            next(str(due.first) for due in create_deadlines(record) if due.key == "prepare_election"),
            str(record.election or ""),
            str(record.ends),
            "; ".join(f"{meeting.date} {meeting.title.get(language)}" for meeting in record.assemblies),
            strings["invented_case"] if record.invented else "",
        ]
        for record in library.mandates
    ]
    return [strings[f"mandate.{name}"] for name in names], rows


def _labels(library: Library, language: str, name: str, keys: Iterable[str]) -> str:
    """Values of a closed list, as a list in a sentence."""
    entries = getattr(library.vocabulary, name)
    return format_list([entries[key].label.get(language) for key in keys], locale=LANGUAGES[language])


def create_indicator_rows(library: Library, language: str) -> tuple[Row, list[Row]]:
    """The indicators: the heads of the columns, a row for each figure and each part; what is not stated is empty."""
    strings = library.strings[language]
    names = ("code", "group", "indicator", "figure", "unit", "baseline", "end", "difference", "caution", "source")
    rows: list[Row] = []
    for indicator in library.all(Indicator):
        group = library.vocabulary.indicator_groups[indicator.group].label.get(language)
        first = (indicator.code, group, indicator.title.get(language))
        documents = [library.vocabulary.documents[source.document].title for source in indicator.sources]
        last = (
            indicator.caution.get(language) if indicator.caution else "",
            "; ".join(document.get(language) for document in documents),
        )
        for figure in indicator.figures:
            unit = strings[f"indicator.{figure.unit}"]
            values = ("" if figure.baseline is None else figure.baseline, figure.end)
            change = "" if figure.change is None else figure.change
            rows.append([*first, figure.label.get(language), unit, *values, change, *last])
        for part in indicator.parts:
            label = strings["indicator.of_which"].format(part=part.label.get(language))
            rows.append([*first, label, strings["indicator.count"], "", part.value, "", *last])
    return [strings[f"indicator.{name}"] for name in names], rows


def create_csv(head: Row, rows: Iterable[Row]) -> bytes:
    """Comma-separated, UTF-8 with the mark that spreadsheets want; a cell that could be a formula is quoted with ’."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row])
    return target.getvalue().encode("utf-8-sig")
