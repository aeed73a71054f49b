"""A calendar (RFC 5545) of the dated events of the campaigns, one for each language."""

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from rimay.library import Library
from rimay.records.campaign import Campaign
from rimay.text import first_sentences


def create_calendar(library: Library, language: str, site_url: str) -> bytes:
    """All-day events for every update whose day is known. UID and DTSTAMP come from the record alone."""
    strings = library.strings[language]
    calendar = Calendar()
    calendar.add("prodid", f"-//Rimay//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", strings["calendar.title"])
    for update in sorted(library.updates, key=lambda u: (u.date, u.id)):
        if not update.date.is_day:
            continue
        day = update.date.first_day()
        last = update.until.first_day() if update.until and update.until.is_day else day
        event = Event()
        event.add("uid", f"{update.id}.{language}@rimay")
        event.add("dtstamp", datetime.combine(day, time(), UTC))
        event.add("dtstart", day)
        event.add("dtend", last + timedelta(days=1))
        event.add("summary", update.title.get(language))
        event.add("description", first_sentences(update.text.get(language), 400))
        event.add("url", site_url + library.address(update, language))
        event.add("categories", [library.find(Campaign, update.campaign).title.get(language)])
        event.add("transp", "TRANSPARENT")
        if update.place:
            event.add("location", update.place.get(language))
        calendar.add_component(event)
    return bytes(calendar.to_ical())
