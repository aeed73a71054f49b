"""Calendars (RFC 5545), one for each language: the dated events of the campaigns, and the deadlines of registers."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from rimay.deadlines import ALARM_DAYS, ALARM_TIME, create_deadlines
from rimay.library import Library
from rimay.records.agreement import Agreement
from rimay.records.campaign import Campaign
from rimay.records.mandate import Mandate
from rimay.reminders import Reminder, create_reminders
from rimay.text import first_sentences


def create_calendar(library: Library, language: str, site_url: str) -> bytes:
    """All-day events for every update whose day is known. UID and DTSTAMP come from the record alone."""
    strings = library.strings[language]
    calendar = _create_calendar(strings["calendar.title"], language)
    for update in sorted(library.updates, key=lambda u: (u.date, u.id)):
        if not update.date.is_day:
            continue
        day = update.date.first_day()
        last = update.until.first_day() if update.until and update.until.is_day else day
        event = _create_event(f"{update.id}.{language}@rimay", day, day, last)
        event.add("summary", update.title.get(language))
        event.add("description", first_sentences(update.text.get(language), 400))
        event.add("url", site_url + library.address(update, language))
        event.add("categories", [library.find(Campaign, update.campaign).title.get(language)])
        if update.place:
            event.add("location", update.place.get(language))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def create_reminder_calendar(
    library: Library, language: str, site_url: str, title: str, records: Iterable[Agreement | Mandate]
) -> bytes:
    """The deadlines of records as all-day events, each with its alarms. UID and DTSTAMP come from the record alone."""
    strings = library.strings[language]
    calendar = _create_calendar(title, language)
    for record in records:
        label, invented = record.label.get(language), f"{strings['invented_case']}. " if record.invented else ""
        for reminder in create_reminders(create_deadlines(record), language, strings):
            uid = f"{record.kind}-{record.id}-{reminder.key}.{language}@rimay"
            event = _create_event(uid, record.starts or reminder.first, reminder.first, reminder.last)
            summary = f"{reminder.what}: {label}"
            event.add("summary", summary)
            event.add("description", f"{invented}{reminder.how} {reminder.basis}. {strings['law.orientation']}")
            event.add("url", site_url + library.address(record, language))
            for alarm in _create_alarms(reminder, summary):
                event.add_component(alarm)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _create_alarms(reminder: Reminder, summary: str) -> Iterator[Alarm]:
    for days in ALARM_DAYS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        moment = datetime.combine(reminder.first - timedelta(days=days), ALARM_TIME)
        alarm.add("trigger", moment, parameters={"VALUE": "DATE-TIME"})  # the library leaves it out; RFC 5545, 3.8.6.3
        yield alarm


def _create_calendar(title: str, language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Rimay//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    return calendar


def _create_event(uid: str, stamp: date, first: date, last: date) -> Event:
    """An event of whole days that does not make anybody busy."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(stamp, time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
