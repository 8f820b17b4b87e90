"""The words of the register for its pages: lives, outcomes, fields, verdicts, events of a task."""

from collections.abc import Mapping

from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import words_of
from overzicht.register.terms import PROPOSED, REPLACED, LifecycleState, Outcome, Status
from overzicht.store.decisions import Verdict

LIVES: Mapping[str, Text] = words_of(LifecycleState)
OUTCOMES: Mapping[str, Text] = words_of(Outcome)
STATUSES: Mapping[str, Text] = words_of(Status)
VERDICTS: Mapping[str, Text] = words_of(Verdict)
EVENTS: Mapping[str, Text] = {
    "assigned": text("changed"),
    "closed": text("closed"),
    "reopened": text("reopened"),
}
FIELDS: Mapping[str, Text] = {
    "label": text("label"),
    "organisation": text("organisation"),
    "site": text("site"),
    "place": text("place"),
    "address": text("network address"),
    "brand": text("brand"),
    "model": text("model"),
    "product": text("product"),
    "brand_and_model": text("brand and model"),
    "model_or_kind": text("model or kind"),
    "mac": text("MAC address"),
    "mac registrant": text("owner of the MAC block"),
    "mac_registrant": text("owner of the MAC block"),
    "serial": text("serial number"),
    "firmware": text("firmware"),
    "banner": text("banner"),
    "http title": text("title of its page"),
    "http_title": text("title of its page"),
    "certificate": text("certificate"),
    "description": text("description"),
    "kind": text("kind"),
    "status": text("status"),
    "bought": text("bought"),
    "quantity": text("quantity"),
    "supplier": text("supplier"),
    "latitude": text("latitude"),
    "longitude": text("longitude"),
    "onvif scope": text("ONVIF scope"),
    "protocol": text("protocol"),
    "os guess": text("estimated operating system"),
    "favicon murmur3": text("hash of its icon (Murmur3)"),
    "favicon md5": text("hash of its icon (MD5)"),
    "maker": text("manufacturer"),
    "maker_id": text("manufacturer"),
    "product_line": text("product line"),
    "confidence": text("certainty"),
    "is_relabelled": text("sold under another brand"),
    "relabelled": text("sold under another brand"),
    "kind of device": text("kind"),
    "life": text("state"),
    PROPOSED: text("replaced?"),
    REPLACED: text("replaces"),
}
