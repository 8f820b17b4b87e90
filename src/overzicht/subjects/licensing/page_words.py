"""The words of the pages of licences and denials: statuses, roles, answers, grounds, outcomes."""

from collections.abc import Mapping
from typing import Any

from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import words_of
from overzicht.reports.i18n import Words
from overzicht.reports.vocabulary import tellers
from overzicht.subjects.licensing.consultation import Reply
from overzicht.subjects.licensing.denial_model import DenialKind, ReviewOutcome
from overzicht.subjects.licensing.denials_records import Origin, Purpose
from overzicht.subjects.licensing.page import KINDS, STATUSES
from overzicht.subjects.licensing.weighing import Direction

WEIGHTS: Mapping[str, Text] = {
    "none": text("no weight"),
    "light": text("light"),
    "moderate": text("moderate"),
    "heavy": text("heavy"),
    "decisive": text("decisive"),
}
EVENTS: Mapping[str, Text] = {
    "draft": text("draft saved"),
    "status": text("new status"),
    "screening": text("parties screened"),
    "fact": text("fact stated"),
    "criterion": text("criterion assessed"),
    "denial matching": text("denials matched"),
    "match verdict": text("match judged"),
    "consultation": text("consultation"),
    "confirmation": text("question answered"),
    "derogation": text("derogation recorded"),
    "derogation accepted": text("derogation accepted"),
    "export check": text("checked for export"),
    "attachment": text("document stored"),
    "supplement": text("applicant asked to complete the application"),
    "supplement received": text("application completed"),
    "extension": text("term extended"),
    "objection": text("step of an objection"),
    "condition": text("condition recorded"),
    "shipment": text("shipment written off"),
    "shipment reversed": text("shipment reversed"),
    "notice": text("notice recorded"),
}
TABLES: Mapping[str, Mapping[str, Text]] = {
    "status_told": {**STATUSES, "consulting": text("a state is being consulted")},  # only for officers
    "case_kind": KINDS,
    "direction_word": words_of(Direction),
    "weight_word": WEIGHTS,
    "reply_word": words_of(Reply),
    "denial_kind": words_of(DenialKind),
    "review_word": words_of(ReviewOutcome),
    "origin_word": words_of(Origin),
    "purpose_word": words_of(Purpose),
    "case_event": EVENTS,
}


def licence_words(words: Words) -> dict[str, Any]:
    """Return the functions that templates use for these words, by name."""
    return {**tellers(words, TABLES), "role_told": lambda role: words.say(role.words)}
