"""Deadlines of agreements and mandates, counted in calendar days. The only place that knows the numbers."""

from dataclasses import dataclass
from datetime import UTC, date, time, timedelta
from typing import Final, Literal

from rimay.records.agreement import Agreement
from rimay.records.fields import Text
from rimay.records.mandate import Mandate

#: The law that the articles below are of: the consolidated text of the collective relations law (LRCT).
LAW: Final = "tuo-lrct"
#: The last day of the agreement in examples, here and on the page of the law.
EXAMPLE: Final = date(2026, 12, 31)
#: When a calendar reminds: days before, at 8 in the morning in Lima, which keeps one time all year.
ALARM_DAYS: Final = (7, 0)
ALARM_TIME: Final = time(13, tzinfo=UTC)

Basis = Literal["law", "proposal", "agreement", "statutes"]


@dataclass(frozen=True)
class Rule:
    """How a deadline is counted: days from a known day, negative before it, and what says so."""

    key: str
    first: int
    last: int
    basis: Basis
    article: str = ""
    of: Literal["ends", "presented"] = "ends"


PREPARE: Final = Rule("prepare", -120, -120, "proposal")
PETITION: Final = Rule("petition", -60, -30, "law", "52")
LAST_DAY: Final = Rule("last_day", -30, -30, "law", "52")
NEGOTIATION: Final = Rule("negotiation", 10, 10, "law", "57", of="presented")
EXPIRY: Final = Rule("expiry", 0, 0, "agreement")
AGREEMENT_RULES: Final = (PREPARE, PETITION, LAST_DAY, NEGOTIATION, EXPIRY)

PREPARE_ELECTION: Final = Rule("prepare_election", -90, -90, "proposal")
ELECTION: Final = Rule("election", 0, 0, "statutes")
ASSEMBLY: Final = Rule("assembly", 0, 0, "statutes")
TERM_END: Final = Rule("term_end", 0, 0, "statutes")


@dataclass(frozen=True)
class Deadline:
    """A day, or the days from first to last, on which something is due."""

    rule: Rule
    first: date
    last: date
    #: Different for each deadline of a record, and the same as long as the record means the same.
    key: str
    #: The day it is counted from.
    of: date
    #: Its own name, for an assembly.
    title: Text | None = None


def count(rule: Rule, day: date, key: str = "", title: Text | None = None) -> Deadline:
    """The deadline that a rule gives, counted from a day."""
    first, last = (day + timedelta(days) for days in (rule.first, rule.last))
    return Deadline(rule, first, last, key or rule.key, day, title)


def create_agreement_deadlines(ends: date, presented: date | None = None) -> tuple[Deadline, ...]:
    """The deadlines of an agreement by its last day. Not presented yet: counted as if on the last day for it."""
    days = {"ends": ends, "presented": presented or count(LAST_DAY, ends).last}
    found = (count(rule, days[rule.of]) for rule in AGREEMENT_RULES)
    return tuple(sorted(found, key=lambda deadline: deadline.first))


def create_mandate_deadlines(mandate: Mandate) -> tuple[Deadline, ...]:
    """The deadlines of a term of office, in order."""
    found = [count(PREPARE_ELECTION, mandate.ends), count(TERM_END, mandate.ends)]
    if mandate.election:
        found.append(count(ELECTION, mandate.election))
    for number, assembly in enumerate(mandate.assemblies, 1):
        found.append(count(ASSEMBLY, assembly.date, f"assembly-{number}", assembly.title))
    return tuple(sorted(found, key=lambda deadline: deadline.first))


def create_deadlines(record: Agreement | Mandate) -> tuple[Deadline, ...]:
    """The deadlines of a record; none where its dates are not known."""
    if isinstance(record, Mandate):
        return create_mandate_deadlines(record)
    return create_agreement_deadlines(record.ends, record.presented) if record.ends else ()


def find_delay(ends: date, presented: date) -> int:
    """Days by which a petition is late; negative where it came before its time; 0 in time (LRCT, art. 52)."""
    window = count(PETITION, ends)
    return (presented - min(max(presented, window.first), window.last)).days
