"""The words of export control for its pages: where a case stands, roles, answers, grounds, outcomes."""

from collections.abc import Mapping
from typing import Any

from overzicht.diligence.vocabulary import HOLDS
from overzicht.evidence import Text, text
from overzicht.exportcontrol.classification import Met
from overzicht.exportcontrol.controllist.diff import ChangeKind
from overzicht.exportcontrol.denials.consultation import Ground, Reply, Standing
from overzicht.exportcontrol.denials.matching import MatchKind
from overzicht.exportcontrol.denials.model import DenialKind, ReviewOutcome
from overzicht.exportcontrol.licensing.order import Way
from overzicht.exportcontrol.licensing.weighing import Direction, Leaning
from overzicht.exportcontrol.licensing.words import role_text
from overzicht.reports.i18n import Words
from overzicht.reports.licensing.page import KINDS, STATUSES
from overzicht.reports.vocabulary import tellers
from overzicht.store.control.denials import Origin, Purpose

CONSULTING = {"consulting": text("a state is being consulted")}  # shown to officers alone
METS: Mapping[str, Text] = {
    Met.MET: text("met"),
    Met.NOT_MET: text("not met"),
    Met.UNKNOWN: text("unknown"),
}
WAYS: Mapping[str, Text] = {
    Way.STOP: text("other law comes first"),
    Way.INSIDE: text("inside the Union"),
    Way.GENERAL: text("a general authorisation may fit"),
    Way.APPLY: text("an authorisation has to be applied for"),
    Way.NOTIFY: text("tell the authority and hold the shipment"),
    Way.FREE: text("no authorisation is needed"),
    Way.OPEN: text("not settled"),
}
LEANINGS: Mapping[str, Text] = {
    Leaning.INCOMPLETE: text("incomplete: not every criterion is weighed"),
    Leaning.GRANT: text("the records point to a grant"),
    Leaning.REFUSE: text("the records point to a refusal"),
    Leaning.BALANCED: text("the records are in balance"),
}
DIRECTIONS: Mapping[str, Text] = {
    Direction.FOR: text("for"),
    Direction.AGAINST: text("against"),
    Direction.NEUTRAL: text("neutral"),
}
WEIGHTS: Mapping[str, Text] = {
    "none": text("no weight"),
    "light": text("light"),
    "moderate": text("moderate"),
    "heavy": text("heavy"),
    "decisive": text("decisive"),
}
GROUNDS: Mapping[str, Text] = {
    Ground.LOCATION: text("the items are there (Article 14)"),
    Ground.DENIAL: text("it denied something like it (Article 16)"),
}
REPLIES: Mapping[str, Text] = {
    Reply.OBJECTION: text("it objects"),
    Reply.NO_OBJECTION: text("it does not object"),
    Reply.IDENTICAL: text("essentially identical"),
    Reply.NOT_IDENTICAL: text("not essentially identical"),
}
STANDINGS: Mapping[str, Text] = {
    Standing.OPEN: text("open"),
    Standing.OBJECTION: text("objection, which binds"),
    Standing.NO_OBJECTION: text("no objection"),
    Standing.IDENTICAL: text("essentially identical"),
    Standing.NOT_IDENTICAL: text("not essentially identical"),
    Standing.SILENT_NO_OBJECTION: text("no answer in time, which counts as no objection"),
    Standing.SILENT_NOT_IDENTICAL: text("no answer in time, which counts as not essentially identical"),
    Standing.LATE: text("answered after the last day"),
}
MATCHES: Mapping[str, Text] = {
    MatchKind.HIT: text("hit"),
    MatchKind.POSSIBLE: text("possible"),
    MatchKind.RULED_OUT: text("ruled out"),
}
DENIAL_KINDS: Mapping[str, Text] = {
    DenialKind.REFUSAL: text("refusal"),
    DenialKind.ANNULMENT: text("annulment"),
    DenialKind.SUSPENSION: text("suspension"),
    DenialKind.LIMITATION: text("limitation"),
    DenialKind.REVOCATION: text("revocation"),
    DenialKind.NOT_TO_BE_AUTHORISED: text("not to be authorised"),
    DenialKind.TRANSIT: text("transit"),
    DenialKind.BROKERING: text("brokering"),
    DenialKind.ASSISTANCE: text("technical assistance"),
}
REVIEWS: Mapping[str, Text] = {
    ReviewOutcome.RENEW: text("renewed"),
    ReviewOutcome.AMEND: text("amended"),
    ReviewOutcome.REVOKE: text("revoked"),
}
ORIGINS: Mapping[str, Text] = {Origin.OWN: text("own"), Origin.RECEIVED: text("received")}
PURPOSES: Mapping[str, Text] = {
    Purpose.LIST: text("in the list"),
    Purpose.SHOW: text("by itself"),
    Purpose.EXPORT: text("to write an exchange file"),
    Purpose.READINGS: text("to see who looked"),
    Purpose.CASE: text("with a case that it meets"),
    Purpose.ASSESSMENT: text("to assess a case"),
}
EVENTS: Mapping[str, Text] = {
    "draft": text("draft kept"),
    "status": text("stands elsewhere in the procedure"),
    "screening": text("parties screened"),
    "fact": text("fact stated"),
    "criterion": text("criterion weighed"),
    "denial matching": text("denials matched"),
    "match verdict": text("match judged"),
    "consultation": text("consultation"),
}
CHANGES: Mapping[str, Text] = {
    ChangeKind.ADDED_ENTRY: text("added with its entry"),
    ChangeKind.REMOVED_ENTRY: text("removed with its entry"),
    ChangeKind.ADDED: text("added"),
    ChangeKind.REMOVED: text("removed"),
    ChangeKind.MOVED: text("moved"),
    ChangeKind.RENUMBERED: text("renumbered"),
    ChangeKind.NOT_USED: text("no longer used"),
    ChangeKind.NUMERIC: text("numbers"),
    ChangeKind.WORDING: text("wording"),
    ChangeKind.TERMS: text("defined terms"),
    ChangeKind.JOIN: text("and/or"),
    ChangeKind.EDITORIAL: text("editorial"),
    ChangeKind.NOTE_ADDED: text("note added"),
    ChangeKind.NOTE_REMOVED: text("note removed"),
    ChangeKind.NOTE_CHANGED: text("note changed"),
    ChangeKind.DEFINITION: text("definition"),
}
TABLES: Mapping[str, Mapping[str, Text]] = {
    "status_told": {**STATUSES, **CONSULTING},
    "case_kind": KINDS,
    "holds_word": HOLDS,
    "met_word": METS,
    "way_word": WAYS,
    "leaning_word": LEANINGS,
    "direction_word": DIRECTIONS,
    "weight_word": WEIGHTS,
    "ground_word": GROUNDS,
    "reply_word": REPLIES,
    "standing_word": STANDINGS,
    "match_word": MATCHES,
    "denial_kind": DENIAL_KINDS,
    "review_word": REVIEWS,
    "origin_word": ORIGINS,
    "purpose_word": PURPOSES,
    "case_event": EVENTS,
    "change_word": CHANGES,
}


def control_words(words: Words) -> dict[str, Any]:
    """Return what templates say these words with, by name."""
    return {**tellers(words, TABLES), "role_told": lambda role: words.say(role_text(role))}
