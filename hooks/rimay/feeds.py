"""Atom, JSON Feed and a plain-text digest of updates, with full text, newest first: all, a campaign's, a sector's."""

import json
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial

from feedgen.feed import FeedGenerator

from rimay.cache import Keep
from rimay.dates import format_update_date
from rimay.languages import DEFAULT
from rimay.library import Library, source_uri
from rimay.records.campaign import Campaign
from rimay.records.fields import ZONE
from rimay.records.update import Update
from rimay.text import create_html, create_plain, first_sentences, resolve_links

#: The most entries of the feed of everything, and of the others; pages by year have every update.
LONGEST, SHORTER = 50, 20


@dataclass(frozen=True)
class Channel:
    """What a feed is of: a title, the page it belongs to, beside which its files stand, and its updates."""

    title: str
    address: str
    updates: Sequence[Update]
    #: Where every update is listed.
    archive: str


def create_feeds(
    library: Library, language: str, site_url: str, targets: Mapping[str, str], keep: Keep
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every feed of a language. ``targets`` gives the address of each page by its source name.

    ``keep`` has one made again only when something of it changed.
    """
    texts = {update.id: _write_text(update, language, site_url, targets) for update in library.updates}
    made: dict[str, str] = {}  # an update stands in several feeds

    def html(update: Update) -> str:
        if update.id not in made:
            dateline, text = texts[update.id]
            made[update.id] = create_html(text, dateline)
        return made[update.id]

    name = library.strings[language]["digest.file"]
    for channel in create_channels(library, language):
        facts = [(texts[u.id], library.address(u, language), _campaign(library, u).title) for u in channel.updates]
        key, base = f"{channel!r} {facts!r}", (channel, library, language, site_url)
        yield f"{channel.address}feed.xml", keep(f"atom {key}", partial(create_atom, *base, html))
        yield f"{channel.address}feed.json", keep(f"json {key}", partial(create_json_feed, *base, html))
        yield f"{channel.address}{name}", keep(f"text {key}", partial(create_digest, *base))


def create_channels(library: Library, language: str) -> Iterator[Channel]:
    """Every feed of a language: all updates, each campaign's, each sector's."""
    strings = library.strings[language]
    archive = library.section_address("news", language)
    title = strings["feed.title"]
    yield Channel(title, library.section_address("home", language), library.updates[:LONGEST], archive)
    for campaign in library.campaigns:
        updates = library.updates_of(campaign)[:SHORTER]
        name, address = f"{title}: {campaign.title.get(language)}", library.address(campaign, language)
        yield Channel(name, address, updates, address)
    for sector in library.sectors_in_campaigns:
        label = library.vocabulary.sectors[sector].label.get(language)
        address = library.listing_address("sectors", sector, language)
        updates = library.updates_in("sectors", sector)[:SHORTER]
        yield Channel(f"{title}: {label}", address, updates, address)


def create_atom(
    channel: Channel, library: Library, language: str, site_url: str, html: Callable[[Update], str]
) -> bytes:
    """Atom 1.0 (RFC 4287). ``html`` gives the text of an update as HTML."""
    strings, feed = library.strings[language], FeedGenerator()
    home = site_url + channel.address
    feed.id(f"{home}feed.xml")
    feed.title(channel.title)
    feed.subtitle(strings["feed.summary"])
    feed.language(language)
    feed.author({"name": "Rimay"})
    feed.link(href=home, rel="alternate")
    feed.link(href=f"{home}feed.xml", rel="self", type="application/atom+xml")
    feed.link(href=site_url + channel.archive, rel="archives")
    moments = [_changed(update) for update in channel.updates]
    feed.updated(max(moments) if moments else datetime.fromtimestamp(0, UTC))
    for update in channel.updates:
        entry = feed.add_entry(order="append")
        entry.id(_id(update, site_url))
        entry.title(update.title.get(language))
        entry.link(href=site_url + library.address(update, language))
        entry.published(_moment(update))
        entry.updated(_changed(update))
        entry.category({"term": update.campaign, "label": _campaign(library, update).title.get(language)})
        entry.summary(first_sentences(update.text.get(language)))
        entry.content(html(update), type="html")
    xml: bytes = feed.atom_str(pretty=True)
    return xml


def create_json_feed(
    channel: Channel, library: Library, language: str, site_url: str, html: Callable[[Update], str]
) -> bytes:
    """JSON Feed 1.1."""
    strings = library.strings[language]
    home = site_url + channel.address
    items = []
    for update in channel.updates:
        item = {
            "id": _id(update, site_url),
            "url": site_url + library.address(update, language),
            "title": update.title.get(language),
            "summary": first_sentences(update.text.get(language)),
            "content_html": html(update),
            "date_published": _moment(update).isoformat(),
            "tags": [_campaign(library, update).title.get(language)],
            "language": language if update.text.has(language) else DEFAULT,
        }
        if _changed(update) != _moment(update):
            item["date_modified"] = _changed(update).isoformat()
        items.append(item)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": strings["feed.summary"],
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "language": language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def create_digest(channel: Channel, library: Library, language: str, site_url: str) -> bytes:
    """The updates as plain text, to read without a program or to send on."""
    strings = library.strings[language]
    blocks = [f"{channel.title}\n{site_url}{channel.address}"]
    for update in channel.updates:
        head = " · ".join(
            [format_update_date(update, language), *([update.place.get(language)] if update.place else [])]
        )
        lines = [update.title.get(language).upper(), head, _campaign(library, update).title.get(language), ""]
        lines += [create_plain(update.text.get(language)), "", site_url + library.address(update, language)]
        blocks.append("\n".join(lines))
    if not channel.updates:
        blocks.append(strings["campaign.no_updates"])
    return ("\n\n----\n\n".join(blocks) + "\n").encode()


def _write_text(update: Update, language: str, site_url: str, targets: Mapping[str, str]) -> tuple[str, str]:
    """The place and date of an update, and its text with links as full addresses."""
    here = posixpath.dirname(source_uri(update))

    def resolve(target: str) -> str:
        path, mark, anchor = target.partition("#")
        page = targets.get(posixpath.normpath(posixpath.join(here, path)))
        return f"{site_url}{page}{mark}{anchor}" if page is not None else target

    place: Sequence[str] = [update.place.get(language)] if update.place else []
    dateline = ". ".join([*place, format_update_date(update, language)])
    return f"{dateline}.", resolve_links(update.text.get(language), resolve)


def _moment(update: Update) -> datetime:
    """When it came out: the moment it waited for, or noon in Lima on the first day that the date may mean.

    Noon is the same day for readers east and west.
    """
    return update.publish_at or datetime.combine(update.date.first_day(), time(12), ZONE)


def _changed(update: Update) -> datetime:
    """When it last changed for readers: published, corrected or withdrawn."""
    days = [correction.date for correction in update.corrections]
    days += [update.withdrawn.date] if update.withdrawn else []
    return max([_moment(update), *(datetime.combine(day, time(12), ZONE) for day in days)])


def _id(update: Update, site_url: str) -> str:
    """Stable over languages, titles and addresses: only the record's id."""
    return f"{site_url}#update/{update.id}"


def _campaign(library: Library, update: Update) -> Campaign:
    return library.find(Campaign, update.campaign)
