"""Former addresses: a page that leads on at once, without script, and says where."""

from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from rimay.languages import LANGUAGES
from rimay.library import Library


def create_redirects(library: Library, site_url: str) -> Iterator[tuple[str, bytes]]:
    """For every alias its path and page, and all of them as rules for Netlify and Cloudflare Pages.

    An alias that begins with ``en/`` leads to the English page.
    """
    root, rules = urlsplit(site_url).path or "/", ""
    for entry in library.entries:
        record = entry.record
        if not library.is_published(record):
            continue
        for alias in (alias.strip("/") for alias in record.aliases):
            first = alias.partition("/")[0]
            language = first if first in LANGUAGES else next(iter(LANGUAGES))
            address = library.address(record, language)
            target = escape("../" * (alias.count("/") + 1) + address)
            title = escape(record.label.get(language))
            page = (
                f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
                f'<meta http-equiv="refresh" content="0; url={target}"><meta name="robots" content="noindex">'
                f'<link rel="canonical" href="{escape(site_url + address)}">'
                f'<a href="{target}">{title}</a></html>\n'
            )
            yield f"{alias}/index.html", page.encode()
            rules += f"{root}{alias}/ {root}{address} 301\n"
    if rules:
        yield "_redirects", rules.encode()
