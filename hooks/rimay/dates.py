"""Dates as each language writes them, with the precision their source has."""

from collections.abc import Mapping
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


@cache
def format_period(begin: PartialDate, end: PartialDate, language: str) -> str:
    """``25–26 de noviembre de 2011``, ``30 de setiembre – 2 de octubre de 2011``: what both ends share is said once."""
    locale, last = LANGUAGES[language], format_when(end, language)
    if begin == end:
        return last
    first = format_when(begin, language)
    if begin.year == end.year and begin.is_day and end.is_day:
        if begin.month == end.month and last.startswith(str(end.day)):
            return f"{begin.day}–{last}"
        first = format_skeleton("MMMMd", begin.first_day(), locale=locale)
    elif begin.year == end.year and begin.month and end.month and not begin.is_day and not end.is_day:
        first = format_date(begin.first_day(), "MMMM", locale)
    return f"{first} – {last}"


def format_coming(day: date, hour: str | None, language: str, strings: Mapping[str, str]) -> str:
    """``miércoles, 5 de junio de 2024, 18:00, hora del Perú``: when to come or act, ``hour`` in Peru if it has one."""
    words = format_day(day, language)
    return f"{words}, {strings['hour'].format(hour=hour)}" if hour else words


def format_update_date(update: Update, language: str) -> str:
    """The date of an update in words: its own wording if approximate, a range if it lasted."""
    if update.date_note:
        return update.date_note.get(language)
    return format_period(update.date, update.until or update.date, language)
