"""The words of the pages of licences and denials: statuses, roles, answers, grounds, outcomes."""

from collections.abc import Mapping
from typing import Any

from overzicht.evidence import Text, text
from overzicht.evidence.answers import HOLDS
from overzicht.evidence.worded_enum import words_of
from overzicht.reports.i18n import Words
from overzicht.reports.vocabulary import tellers
from overzicht.subjects.licensing.consultation import ConsultationStatus, Ground, Reply
from overzicht.subjects.licensing.denial_matching import MatchKind
from overzicht.subjects.licensing.denial_model import DenialKind, ReviewOutcome
from overzicht.subjects.licensing.denials_records import Origin, Purpose
from overzicht.subjects.licensing.gates.model import Certainty, LegalGate, Outcome
from overzicht.subjects.licensing.order import DecisionOutcome
from overzicht.subjects.licensing.page import KINDS, STATUSES
from overzicht.subjects.licensing.weighing import Direction, Recommendation

OUTCOMES: Mapping[str, Text] = {
    DecisionOutcome.STOP: text("other law comes first"),
    DecisionOutcome.INSIDE: text("within the Union"),
    DecisionOutcome.GENERAL: text("a general authorisation may fit"),
    DecisionOutcome.APPLY: text("an authorisation is required: apply for one"),
    DecisionOutcome.NOTIFY: text("notify the authority and hold the shipment"),
    DecisionOutcome.FREE: text("no authorisation is needed"),
    DecisionOutcome.OPEN: text("not decided"),
}
RECOMMENDATIONS: Mapping[str, Text] = {
    Recommendation.INCOMPLETE: text("incomplete: not every criterion is assessed"),
    Recommendation.GRANT: text("the findings support a grant"),
    Recommendation.REFUSE: text("the findings support a refusal"),
    Recommendation.BALANCED: text("the findings are balanced"),
    Recommendation.SHUT: text("a gate is shut or not known"),
}
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
    "holds_word": HOLDS,
    "way_word": OUTCOMES,
    "leaning_word": RECOMMENDATIONS,
    "direction_word": words_of(Direction),
    "weight_word": WEIGHTS,
    "ground_word": words_of(Ground),
    "reply_word": words_of(Reply),
    "standing_word": {
        **words_of(ConsultationStatus),
        ConsultationStatus.LATE: text("answered after the last date"),
    },
    "match_word": words_of(MatchKind),
    "denial_kind": words_of(DenialKind),
    "review_word": words_of(ReviewOutcome),
    "origin_word": words_of(Origin),
    "purpose_word": words_of(Purpose),
    "case_event": EVENTS,
    "gate_word": words_of(LegalGate),
    "outcome_word": words_of(Outcome),
    "certainty_word": words_of(Certainty),
}


def licence_words(words: Words) -> dict[str, Any]:
    """Return the functions that templates use for these words, by name."""
    return {**tellers(words, TABLES), "role_told": lambda role: words.say(role.words)}
