"""The sitemap: every page, with the languages it really exists in."""

from collections.abc import Iterable, Mapping
from datetime import date
from xml.etree import ElementTree as Xml

from rimay.page import Page

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def create_sitemap(pages: Iterable[Page], site_url: str, changed: Mapping[str, date]) -> bytes:
    """Sitemap 0.9 with hreflang. ``changed`` gives the day a source last changed."""
    Xml.register_namespace("", _MAP)
    Xml.register_namespace("xhtml", _XHTML)
    root = Xml.Element(f"{{{_MAP}}}urlset")
    for page in pages:
        if page.language not in page.translations:
            continue
        url = Xml.SubElement(root, f"{{{_MAP}}}url")
        Xml.SubElement(url, f"{{{_MAP}}}loc").text = site_url + page.address
        if page.source in changed:
            Xml.SubElement(url, f"{{{_MAP}}}lastmod").text = changed[page.source].isoformat()
        for language, address in page.translations.items():
            marks = {"rel": "alternate", "hreflang": language, "href": site_url + address}
            Xml.SubElement(url, f"{{{_XHTML}}}link", marks)
    Xml.indent(root)
    xml: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"
