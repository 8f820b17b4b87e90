"""A feed in the Atom format (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from overzicht.reports.xml_text import xml_text

NAMESPACE = "http://www.w3.org/2005/Atom"
EMPTY = "1970-01-01T00:00:00+00:00"  # the time of a feed without entries


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed: `id` is a URI that never changes, `updated` a time (RFC 3339)."""

    id: str
    title: str
    updated: str
    content: str
    address: str
    category: str


def atom(feed_id: str, title: str, address: str, language: str, entries: Sequence[FeedEntry]) -> bytes:
    """Return the feed in UTF-8; characters that XML does not allow become spaces."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _add(feed, "id", feed_id)
    _add(feed, "title", title)
    _add(feed, "updated", max((entry.updated for entry in entries), default=EMPTY))
    SubElement(feed, "link", {"rel": "alternate", "href": address})
    _add(SubElement(feed, "author"), "name", "Overzicht")
    for entry in entries:
        element = SubElement(feed, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", entry.updated)
        SubElement(element, "link", {"rel": "alternate", "href": entry.address})
        SubElement(element, "category", {"term": entry.category})
        _add(element, "content", entry.content)
    body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _add(parent: Element, name: str, value: str) -> None:
    SubElement(parent, name).text = xml_text(value)
