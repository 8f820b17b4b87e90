"""The words of the register for its pages: lives, outcomes, fields, verdicts, what happened to a task."""

from collections.abc import Mapping

from overzicht.devices.marks import WORDS as KEYS
from overzicht.evidence import Text, text
from overzicht.evidence.worded import words_of
from overzicht.register.model import LifecycleState, Outcome, Status
from overzicht.store.decisions import Verdict

LIVES: Mapping[str, Text] = words_of(LifecycleState)
OUTCOMES: Mapping[str, Text] = words_of(Outcome)
STATUSES: Mapping[str, Text] = words_of(Status)
VERDICTS: Mapping[str, Text] = words_of(Verdict)
EVENTS: Mapping[str, Text] = {
    "assigned": text("assigned"),
    "closed": text("closed"),
    "reopened": text("opened again"),
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
    "quantity": text("number"),
    "supplier": text("supplier"),
    "latitude": text("latitude"),
    "longitude": text("longitude"),
    "onvif scope": text("ONVIF scope"),
    "protocol": text("protocol"),
    "os guess": text("guess of its system"),
    "favicon murmur3": text("mark of its icon (Murmur3)"),
    "favicon md5": text("mark of its icon (MD5)"),
    "maker": text("maker"),
    "maker_id": text("maker"),
    "product_line": text("product line"),
    "confidence": text("certainty"),
    "is_relabelled": text("sold under another brand"),
    "replaced?": text("replaced?"),
}
MATCHED_BY: Mapping[str, Text] = KEYS
