"""Atom and JSON Feed of the updates of a language, with full text, newest first."""

import json
import posixpath
from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from feedgen.feed import FeedGenerator

from rimay.dates import format_update_date
from rimay.languages import DEFAULT
from rimay.library import Library, source_uri
from rimay.records.campaign import Campaign
from rimay.records.update import Update
from rimay.text import create_html, first_sentences

#: A feed holds this many of the newest updates; the news page has them all.
LONGEST = 50
ZONE = ZoneInfo("America/Lima")


def create_atom(library: Library, language: str, site_url: str, targets: dict[str, str]) -> bytes:
    """Atom 1.0 (RFC 4287). ``targets`` gives the address of each page by its source name."""
    strings, feed = library.strings[language], FeedGenerator()
    updates = library.updates[:LONGEST]
    home = site_url + library.section_address("home", language)
    feed.id(f"{home}feed.xml")
    feed.title(strings["feed.title"])
    feed.subtitle(strings["feed.summary"])
    feed.language(language)
    feed.author({"name": "Rimay"})
    feed.link(href=home, rel="alternate")
    feed.link(href=f"{home}feed.xml", rel="self", type="application/atom+xml")
    feed.updated(_moment(updates[0]) if updates else datetime.fromtimestamp(0, UTC))
    for update in updates:
        entry = feed.add_entry(order="append")
        entry.id(_id(update, site_url))
        entry.title(update.title.get(language))
        entry.link(href=site_url + library.address(update, language))
        entry.published(_moment(update))
        entry.updated(_moment(update))
        entry.category({"term": update.campaign, "label": _campaign(library, update).title.get(language)})
        entry.summary(first_sentences(update.text.get(language)))
        entry.content(_html(library, update, language, site_url, targets), type="html")
    xml: bytes = feed.atom_str(pretty=True)
    return xml


def create_json_feed(library: Library, language: str, site_url: str, targets: dict[str, str]) -> bytes:
    """JSON Feed 1.1."""
    strings = library.strings[language]
    home = site_url + library.section_address("home", language)
    items = [
        {
            "id": _id(update, site_url),
            "url": site_url + library.address(update, language),
            "title": update.title.get(language),
            "summary": first_sentences(update.text.get(language)),
            "content_html": _html(library, update, language, site_url, targets),
            "date_published": _moment(update).isoformat(),
            "tags": [_campaign(library, update).title.get(language)],
            "language": language if update.text.has(language) else DEFAULT,
        }
        for update in library.updates[:LONGEST]
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": strings["feed.title"],
        "description": strings["feed.summary"],
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "language": language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _moment(update: Update) -> datetime:
    """Noon in Lima on the first day that the date may mean: the same day for readers east and west."""
    return datetime.combine(update.date.first_day(), time(12), ZONE)


def _id(update: Update, site_url: str) -> str:
    """Stable over languages, titles and addresses: only the record's id."""
    return f"{site_url}#update/{update.id}"


def _campaign(library: Library, update: Update) -> Campaign:
    return library.find(Campaign, update.campaign)


def _html(library: Library, update: Update, language: str, site_url: str, targets: dict[str, str]) -> str:
    here = posixpath.dirname(source_uri(update))

    def resolve(target: str) -> str:
        path, mark, anchor = target.partition("#")
        page = targets.get(posixpath.normpath(posixpath.join(here, path)))
        return f"{site_url}{page}{mark}{anchor}" if page is not None else target

    place: Sequence[str] = [update.place.get(language)] if update.place else []
    dateline = ". ".join([*place, format_update_date(update, language)])
    text = f"*{dateline}.* {update.text.get(language)}"
    return create_html(text, resolve)
