"""Calendars (RFC 5545) in each language: dated events of campaigns, of all and of each, and deadlines of registers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from icalendar import Alarm, Calendar, Event

from rimay.cache import Keep
from rimay.deadlines import ALARM_DAYS, ALARM_TIME, create_deadlines
from rimay.languages import address_prefix
from rimay.library import Library
from rimay.records.agreement import Agreement
from rimay.records.campaign import Action, Campaign
from rimay.records.fields import ZONE
from rimay.records.mandate import Mandate
from rimay.records.update import Update
from rimay.reminders import create_reminders
from rimay.text import create_plain, first_sentences

#: The most updates in the calendar of all campaigns; each campaign's own has every one.
MOST = 300
#: How long an event with an hour is shown; no record says when it ends.
LENGTH = timedelta(hours=2)


def create_calendars(
    library: Library, language: str, site_url: str, changes: Mapping[str, date], keep: Keep
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every calendar of a language: the newest of all, each campaign's, each event's.

    ``changes`` gives the day a source last changed; ``keep`` has a calendar made again only when something of it
    changed.
    """
    name, title = library.strings[language]["calendar.file"], library.strings[language]["calendar.title"]
    dated = [update for update in library.updates if update.date.is_day]
    actions = [(action, campaign) for campaign in library.campaigns for action in campaign.actions if action.last_day]

    def changed(record: Update | Campaign) -> date:
        first = record.date if isinstance(record, Update) else record.started
        return changes.get(library.path(record), first.first_day())

    def create(title: str, updates: Iterable[Update], actions: Iterable[tuple[Action, Campaign]]) -> bytes:
        calendar = _create_calendar(title, language)
        for update in updates:
            event = _create_update(update, library, language, site_url)
            calendar.add_component(_revise(event, changed(update)))
        for action, campaign in actions:
            event = _create_action(action, campaign, library, language, site_url)
            calendar.add_component(_revise(event, changed(campaign)))
        calendar.add_missing_timezones()
        return bytes(calendar.to_ical())

    def write(title: str, updates: Sequence[Update], actions: Sequence[tuple[Action, Campaign]]) -> bytes:
        facts = [
            (u, library.address(u, language), library.find(Campaign, u.campaign).title, changed(u)) for u in updates
        ]
        owners = [
            (a, library.address(c, language), c.title, c.is_open, c.cancels(a, library.now.date()), changed(c))
            for a, c in actions
        ]
        return keep(f"calendar {title} {facts!r} {owners!r}", partial(create, title, updates, actions))

    yield f"{address_prefix(language)}{name}", write(title, dated[:MOST][::-1], actions)
    for campaign in library.campaigns:
        label, base = f"{title}: {campaign.title.get(language)}", library.address(campaign, language)
        updates = [update for update in library.updates_of(campaign)[::-1] if update.date.is_day]
        own = [(action, owner) for action, owner in actions if owner is campaign]
        yield f"{base}{name}", write(label, updates, own)
        for action, _ in own:
            yield f"{base}{action.id}.ics", write(label, [], [(action, campaign)])


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
            event = _create_event(uid)
            event.add("dtstamp", datetime.combine(record.starts or reminder.first, time(), UTC))
            event.add("dtstart", reminder.first)
            event.add("dtend", reminder.last + timedelta(days=1))
            summary = f"{reminder.what}: {label}"
            event.add("summary", summary)
            event.add("description", f"{invented}{reminder.how} {reminder.basis}. {strings['law.orientation']}")
            event.add("url", site_url + library.address(record, language))
            for days in ALARM_DAYS:
                event.add_component(_create_alarm(_find_morning(reminder.first, days), summary))
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _create_update(update: Update, library: Library, language: str, site_url: str) -> Event:
    day = update.date.first_day()
    last = update.until.first_day() if update.until and update.until.is_day else day
    event = _create_event(f"{update.id}.{language}@rimay")
    event.add("dtstart", day)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", update.title.get(language))
    event.add("description", first_sentences(update.text.get(language), 400))
    event.add("url", site_url + library.address(update, language))
    event.add("categories", [library.find(Campaign, update.campaign).title.get(language)])
    if update.withdrawn:
        event.add("status", "CANCELLED")
    if update.place:
        event.add("location", update.place.get(language))
    return event


def _create_action(action: Action, campaign: Campaign, library: Library, language: str, site_url: str) -> Event:
    """An event at its hour, or the last day of an action, with an alarm the day before while the campaign is open."""
    day, strings = action.last_day or date.max, library.strings[language]
    is_cancelled = campaign.cancels(action, library.now.date())
    event = _create_event(f"{campaign.id}.{action.id}.{language}@rimay")
    lines = [create_plain(action.text.get(language), addresses=True)] if action.text else []
    if action.starts:
        start = datetime.combine(day, time.fromisoformat(action.starts), ZONE)
        event.add("dtstart", start)
        event.add("dtend", start + LENGTH)
        if not is_cancelled:
            lines.append(strings["action.no_end"])
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    title = action.title.get(language)
    if action.type != "event":
        title = strings["action.last_day"].format(title=title)
    event.add("summary", title)
    if action.url and campaign.is_open:
        lines.append(action.url)
    if lines:
        event.add("description", "\n\n".join(lines))
    event.add("url", f"{site_url}{library.address(campaign, language)}#{action.id}")
    event.add("categories", [campaign.title.get(language)])
    if action.place:
        event.add("location", action.place.get(language))
    if is_cancelled:
        event.add("status", "CANCELLED")
    elif campaign.is_open:
        event.add_component(_create_alarm(timedelta(days=-1) if action.starts else _find_morning(day, 1), title))
    return event


def _find_morning(day: date, before: int) -> datetime:
    return datetime.combine(day - timedelta(days=before), ALARM_TIME)


def _create_alarm(trigger: datetime | timedelta, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    # the library leaves out that it is a moment; RFC 5545, 3.8.6.3
    alarm.add("trigger", trigger, parameters={"VALUE": "DATE-TIME"} if isinstance(trigger, datetime) else {})
    return alarm


def _create_calendar(title: str, language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Rimay//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    return calendar


def _create_event(uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("transp", "TRANSPARENT")
    return event


def _revise(event: Event, day: date) -> Event:
    """Say when its record last changed, and number it by that day: programs take a later one for the same event."""
    moment = datetime.combine(day, time(), UTC)
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("sequence", day.toordinal())
    return event
