"""Deadlines in words, for pages, calendars and the calculator."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rimay.dates import format_day
from rimay.deadlines import (
    AGREEMENT_RULES,
    ALARM_DAYS,
    ALARM_TIME,
    LAST_DAY,
    PETITION,
    Deadline,
    Rule,
    count,
    find_delay,
)

Strings = Mapping[str, str]


@dataclass(frozen=True)
class Reminder:
    """A deadline as a reader meets it: its days, what is due, how it is counted and what says so."""

    key: str
    first: date
    last: date
    when: str
    what: str
    how: str
    basis: str


def create_reminders(deadlines: Iterable[Deadline], language: str, strings: Strings) -> tuple[Reminder, ...]:
    """Deadlines in the words of a language."""
    return tuple(_create_reminder(deadline, language, strings) for deadline in deadlines)


def _create_reminder(deadline: Deadline, language: str, strings: Strings) -> Reminder:
    rule = deadline.rule
    first, last, of = (format_day(day, language) for day in (deadline.first, deadline.last, deadline.of))
    return Reminder(
        key=deadline.key,
        first=deadline.first,
        last=deadline.last,
        when=first if first == last else strings["deadline.range"].format(first=first, last=last),
        what=deadline.title.get(language) if deadline.title else strings[f"deadline.{rule.key}"],
        how=_describe(rule, strings, of),
        basis=strings[f"deadline.{rule.basis}"].format(article=rule.article),
    )


def _describe(rule: Rule, strings: Strings, of: str) -> str:
    return strings[f"deadline.{rule.key}_text"].format(first=abs(rule.first), last=abs(rule.last), of=of)


def describe_delay(ends: date, presented: date, language: str, strings: Strings) -> str:
    """Whether a petition came too early, in time or late."""
    delay = find_delay(ends, presented)
    name = "late" if delay > 0 else "early" if delay else "in_time"
    opens = format_day(count(PETITION, ends).first, language)
    return strings[f"deadline.{name}"].format(days=abs(delay), first=opens)


def create_calculator_data(strings: Strings) -> str:
    """What the script of the calculator needs to know, as JSON: rules with their numbers and words, and alarms."""
    rules = [
        {
            "key": rule.key,
            "first": rule.first,
            "last": rule.last,
            "of": rule.of,
            "what": strings[f"deadline.{rule.key}"],
            "how": _describe(rule, strings, "{of}"),
            "basis": strings[f"deadline.{rule.basis}"].format(article=rule.article),
        }
        for rule in AGREEMENT_RULES
    ]
    alarms = {"days": ALARM_DAYS, "time": f"{ALARM_TIME:%H%M%S}Z"}
    found = {"rules": rules, "window": PETITION.key, "assumed": LAST_DAY.key, "alarms": alarms}
    return json.dumps(found, ensure_ascii=False)
