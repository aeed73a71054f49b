"""Atom, JSON Feed and a plain-text digest of updates, with full text, newest first: all, a campaign's, a sector's."""

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property, partial

from feedgen.feed import FeedGenerator
from markupsafe import Markup

from rimay.cache import Keep
from rimay.dates import format_update_date
from rimay.languages import DEFAULT
from rimay.library import Library, source_uri
from rimay.notes import Notes, create_notes
from rimay.pictures import name_picture
from rimay.records.campaign import Campaign
from rimay.records.fields import ZONE, PartialDate
from rimay.records.update import Update
from rimay.text import create_html, create_plain, escape_plain, first_sentences, resolve_links

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


@dataclass(frozen=True)
class Story:
    """What feeds tell of an update in a language."""

    dateline: str
    #: An editor's Markdown with links as full addresses.
    text: str
    #: The picture with its credit as escaped Markdown; empty without one.
    picture: Markup
    notes: Notes
    published: datetime
    changed: datetime

    @cached_property
    def html(self) -> str:
        """All of it but the dates."""
        parts = (create_html(self.picture), create_html(self.notes.markdown))
        return "\n".join([create_html(self.text, self.dateline), *filter(None, parts)])


def create_feeds(
    library: Library, language: str, site_url: str, targets: Mapping[str, str], keep: Keep
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every feed of a language. ``targets`` gives the address of each page by its source name.

    ``keep`` has one made again only when something of it changed.
    """
    moments = _date_updates(library)
    stories = {
        update.id: Story(
            *_write_text(update, language, site_url, targets),
            _write_picture(update, language, site_url + library.address(update, language)),
            create_notes(update, library, language),
            moments[update.id],
            _find_last_change(update, moments[update.id]),
        )
        for update in library.updates
    }
    name = library.strings[language]["digest.file"]
    for channel in create_channels(library, language, moments):
        facts = [(stories[u.id], library.address(u, language), _campaign(library, u).title) for u in channel.updates]
        key, base = f"{channel!r} {facts!r}", (channel, library, language, site_url, stories)
        yield f"{channel.address}feed.xml", keep(f"atom {key}", partial(create_atom, *base))
        yield f"{channel.address}feed.json", keep(f"json {key}", partial(create_json_feed, *base))
        yield f"{channel.address}{name}", keep(f"text {key}", partial(create_digest, *base))


def create_channels(library: Library, language: str, moments: Mapping[str, datetime]) -> Iterator[Channel]:
    """Every feed of a language: all updates, each campaign's, each sector's. ``moments`` is when each came out."""

    def newest(updates: Sequence[Update], most: int) -> Sequence[Update]:
        return sorted(updates, key=lambda update: moments[update.id], reverse=True)[:most]

    strings = library.strings[language]
    archive = library.section_address("news", language)
    title = strings["feed.title"]
    yield Channel(title, library.section_address("home", language), newest(library.updates, LONGEST), archive)
    for campaign in library.campaigns:
        updates = newest(library.updates_of(campaign), SHORTER)
        name, address = f"{title}: {campaign.title.get(language)}", library.address(campaign, language)
        yield Channel(name, address, updates, address)
    for sector in library.sectors_in_campaigns:
        label = library.vocabulary.sectors[sector].label.get(language)
        address = library.listing_address("sectors", sector, language)
        updates = newest(library.updates_in("sectors", sector), SHORTER)
        yield Channel(f"{title}: {label}", address, updates, address)


def create_atom(
    channel: Channel, library: Library, language: str, site_url: str, stories: Mapping[str, Story]
) -> bytes:
    """Atom 1.0 (RFC 4287)."""
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
    changes = [stories[update.id].changed for update in channel.updates]
    feed.updated(max(changes, default=datetime.fromtimestamp(0, UTC)))
    for update in channel.updates:
        story = stories[update.id]
        entry = feed.add_entry(order="append")
        entry.id(_id(update, site_url))
        entry.title(update.title.get(language))
        entry.link(href=site_url + library.address(update, language))
        entry.published(story.published)
        entry.updated(story.changed)
        entry.category({"term": update.campaign, "label": _campaign(library, update).title.get(language)})
        entry.summary(first_sentences(update.text.get(language)))
        entry.content(story.html, type="html")
    xml: bytes = feed.atom_str(pretty=True)
    return xml


def create_json_feed(
    channel: Channel, library: Library, language: str, site_url: str, stories: Mapping[str, Story]
) -> bytes:
    """JSON Feed 1.1."""
    strings = library.strings[language]
    home = site_url + channel.address
    items = []
    for update in channel.updates:
        story = stories[update.id]
        item = {
            "id": _id(update, site_url),
            "url": site_url + library.address(update, language),
            "title": update.title.get(language),
            "summary": first_sentences(update.text.get(language)),
            "content_html": story.html,
            "date_published": story.published.isoformat(),
            "tags": [_campaign(library, update).title.get(language)],
            "language": language if update.text.has(language) else DEFAULT,
        }
        if story.changed != story.published:
            item["date_modified"] = story.changed.isoformat()
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


def create_digest(
    channel: Channel, library: Library, language: str, site_url: str, stories: Mapping[str, Story]
) -> bytes:
    """The updates as plain text, to read without a program or to send on."""
    strings = library.strings[language]
    blocks = [f"{channel.title}\n{site_url}{channel.address}"]
    for update in channel.updates:
        head = " · ".join(
            [format_update_date(update, language), *([update.place.get(language)] if update.place else [])]
        )
        lines = [update.title.get(language).upper(), head, _campaign(library, update).title.get(language), ""]
        story = stories[update.id]
        parts = (
            create_plain(story.text, addresses=True),
            story.notes.plain,
            site_url + library.address(update, language),
        )
        lines.append("\n\n".join(filter(None, parts)))
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


def _write_picture(update: Update, language: str, page: str) -> Markup:
    if update.picture is None:
        return Markup()
    alt, credit = (escape_plain(words.get(language)) for words in (update.picture.alt, update.picture.credit))
    return Markup("![{}](<{}{}>)  \n*{}*").format(alt, page, name_picture(update.picture.file), credit)


def _date_updates(library: Library) -> dict[str, datetime]:
    """When each came out: the moment it waited for, or noon in Lima on the last day that its date may mean.

    Noon is the same day for readers east and west. As long as a month or a year is not over, what is told of it has the
    day of the newest update below it: it moves when there is news, not with every day.
    """
    today = library.now.date()
    newest = max((u.date.last_day() for u in library.updates if u.date.last_day() <= today), default=date.min)

    def find_day(when: PartialDate) -> date:
        is_over = when.is_day or when.last_day() <= today
        return when.last_day() if is_over else max(newest, when.first_day())

    return {u.id: u.publish_at or datetime.combine(find_day(u.date), time(12), ZONE) for u in library.updates}


def _find_last_change(update: Update, published: datetime) -> datetime:
    """When it last changed for readers: published, corrected or withdrawn."""
    days = [correction.date for correction in update.corrections]
    days += [update.withdrawn.date] if update.withdrawn else []
    return max([published, *(datetime.combine(day, time(12), ZONE) for day in days)])


def _id(update: Update, site_url: str) -> str:
    """Stable over languages, titles and addresses: only the record's id."""
    return f"{site_url}#update/{update.id}"


def _campaign(library: Library, update: Update) -> Campaign:
    return library.find(Campaign, update.campaign)
