"""Dates as each language writes them, with the precision their source has."""

from datetime import date
from functools import cache

from babel.dates import format_date, format_skeleton

from rimay.languages import LANGUAGES
from rimay.records.fields import PartialDate
from rimay.records.update import Update


@cache
def format_when(when: PartialDate, language: str) -> str:
    """``30 de mayo de 2012``, ``mayo de 2012`` or ``2012``, and the same in the other languages."""
    locale = LANGUAGES[language]
    if when.is_day:
        return format_date(when.first_day(), "long", locale)
    if when.month:
        return format_skeleton("yMMMM", when.first_day(), locale=locale)
    return str(when.year)


@cache
def format_day(day: date, language: str) -> str:
    """``domingo, 1 de noviembre de 2026``: a day on which something is due."""
    return format_date(day, "full", LANGUAGES[language])


def format_update_date(update: Update, language: str) -> str:
    """The date of an update in words: its own wording if approximate, a range if it lasted."""
    if update.date_note:
        return update.date_note.get(language)
    begin = format_when(update.date, language)
    return f"{begin} – {format_when(update.until, language)}" if update.until else begin
