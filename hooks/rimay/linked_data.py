"""What campaigns and updates are, for search engines: JSON-LD in the words of schema.org."""

from typing import Any

from rimay.library import Library
from rimay.records.campaign import Action, Campaign
from rimay.records.update import Update
from rimay.text import first_sentences

_PUBLISHER = {"@type": "Organization", "name": "Rimay"}


def create_data(
    record: Campaign | Update, library: Library, language: str, site_url: str, image: str
) -> dict[str, Any] | None:
    """A NewsArticle for an update, Events for what a campaign calls to; None where there is nothing to say.

    ``image`` is the path of the image that stands for the record, empty where it has none.
    """
    url = site_url + library.address(record, language)
    if isinstance(record, Campaign):
        coming = [a for a in record.actions if a.type == "event" and a.date and a.date >= library.now.date()]
        events = [_event(action, url, language) for action in coming if record.is_open]
        return {"@context": "https://schema.org", "@graph": events} if events else None
    if record.withdrawn:
        return None
    published = record.publish_at.isoformat() if record.publish_at else str(record.date)
    modified = [correction.date.isoformat() for correction in record.corrections]
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": record.title.get(language),
        **({"image": site_url + image} if image else {}),
        "description": first_sentences(record.text.get(language)),
        "inLanguage": language,
        "datePublished": published,
        **({"dateModified": max(modified)} if modified else {}),
        "mainEntityOfPage": url,
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": library.find(Campaign, record.campaign).title.get(language),
            "url": site_url + library.address(library.find(Campaign, record.campaign), language),
        },
        "author": _PUBLISHER,
        "publisher": _PUBLISHER,
    }


def _event(action: Action, url: str, language: str) -> dict[str, Any]:
    starts = f"{action.date}T{action.starts}:00-05:00" if action.starts else str(action.date)
    location: dict[str, Any] = {}
    if action.place:
        place = action.place.get(language)
        location = {"location": {"@type": "Place", "name": place, "address": place}}
    elif action.url:
        location = {"location": {"@type": "VirtualLocation", "url": action.url}}
    return {
        "@type": "Event",
        "name": action.title.get(language),
        "startDate": starts,
        **location,
        "url": f"{url}#{action.id}",
        "inLanguage": language,
        "organizer": _PUBLISHER,
    }
