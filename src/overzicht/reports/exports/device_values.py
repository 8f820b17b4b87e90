"""Values that several exports write: ids, web addresses, and the conclusion about a device's manufacturer."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

from overzicht.evidence import Confidence
from overzicht.evidence.answers import LISTING_ANSWERS
from overzicht.evidence.claim import UNCHECKED
from overzicht.reports.overview_report import DeviceRow, OverviewReport

NAMESPACE = UUID("0b0f3a2e-6c0b-5a57-9d8e-4f6b1d7c2a11")  # of every id that an export derives
UNKNOWN = "unknown"
URI_SIGNS = "%:/?#[]@!$&'()*+,;=~"


def uuid_of(*parts: str) -> str:
    """Return the UUID (version 5) of some texts; equal texts give an equal UUID."""
    return str(uuid5(NAMESPACE, json.dumps(parts)))


def web_address(address: str) -> str:
    """Return an address of the web as a URI (RFC 3986), other signs encoded; empty for any other text."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and parts.netloc and not re.search(r"\s", parts.netloc)
    return quote(parts.geturl(), safe=URI_SIGNS) if is_web else ""


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are not empty; 0 and False are not empty."""
    return {name: value for name, value in values.items() if value not in ("", None, [], (), {})}


class Conclusions:
    """The conclusions of a report about the manufacturers of its devices."""

    def __init__(self, report: OverviewReport) -> None:
        self._claims = report.claims_by_party

    def of(self, device: DeviceRow) -> dict[str, Any]:
        """Return manufacturer, confidence, listed, relabelled and candidates; what is unknown is left out.

        A manufacturer with low confidence is a candidate: a lead, about which no list is quoted.
        """
        if not is_sure(device):
            names = (device.maker_name,) if device.maker_name else device.undecided
            return filled({"candidates": list(names)})
        return {
            "manufacturer": device.maker_name,
            "confidence": device.confidence.value,
            "listed": self._listed(device),
            "relabelled": device.is_relabelled,
        }

    def _listed(self, device: DeviceRow) -> str:
        return str(LISTING_ANSWERS[self._claims.get(device.maker_id, UNCHECKED).answer])


def is_sure(device: DeviceRow) -> bool:
    """Return whether the manufacturer is known with at least medium confidence, as the headlines require."""
    return bool(device.maker_id) and device.confidence.rank >= Confidence.MEDIUM.rank


def json_pieces(head: Mapping[str, Any], name: str, items: Iterable[Any]) -> Iterator[str]:
    """Yield a JSON object with the members of `head` and then a list of items, one line for each item."""
    yield f"{json_text(head)[:-1]}, {json_text(name)}: "
    yield from json_list(items)
    yield "}\n"


def json_list(items: Iterable[Any]) -> Iterator[str]:
    """Yield a JSON list, one line for each item."""
    yield "["
    for number, item in enumerate(items):
        yield (",\n" if number else "\n") + json_text(item)
    yield "\n]\n"


def json_text(value: Any) -> str:
    """Return a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
