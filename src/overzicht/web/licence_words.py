"""The words of export control for its pages: where a case stands, roles, answers, grounds, outcomes."""

from collections.abc import Mapping
from typing import Any

from overzicht.diligence.vocabulary import HOLDS
from overzicht.evidence import Text, text
from overzicht.evidence.worded import words_of
from overzicht.exportcontrol.classification.result import ConditionResult
from overzicht.exportcontrol.controllist.diff import ChangeKind
from overzicht.exportcontrol.denials.consultation import ConsultationStatus, Ground, Reply
from overzicht.exportcontrol.denials.matching import MatchKind
from overzicht.exportcontrol.denials.model import DenialKind, ReviewOutcome
from overzicht.exportcontrol.licensing.order import DecisionOutcome
from overzicht.exportcontrol.licensing.weighing import Direction, Recommendation
from overzicht.reports.i18n import Words
from overzicht.reports.licensing.page import KINDS, STATUSES
from overzicht.reports.vocabulary import tellers
from overzicht.store.control.denials import Origin, Purpose

CONSULTING = {"consulting": text("a state is being consulted")}  # shown to officers alone
METS: Mapping[str, Text] = words_of(ConditionResult)
WAYS: Mapping[str, Text] = {
    DecisionOutcome.STOP: text("other law comes first"),
    DecisionOutcome.INSIDE: text("inside the Union"),
    DecisionOutcome.GENERAL: text("a general authorisation may fit"),
    DecisionOutcome.APPLY: text("an authorisation has to be applied for"),
    DecisionOutcome.NOTIFY: text("tell the authority and hold the shipment"),
    DecisionOutcome.FREE: text("no authorisation is needed"),
    DecisionOutcome.OPEN: text("not settled"),
}
LEANINGS: Mapping[str, Text] = {
    Recommendation.INCOMPLETE: text("incomplete: not every criterion is weighed"),
    Recommendation.GRANT: text("the records point to a grant"),
    Recommendation.REFUSE: text("the records point to a refusal"),
    Recommendation.BALANCED: text("the records are in balance"),
}
DIRECTIONS: Mapping[str, Text] = words_of(Direction)
WEIGHTS: Mapping[str, Text] = {
    "none": text("no weight"),
    "light": text("light"),
    "moderate": text("moderate"),
    "heavy": text("heavy"),
    "decisive": text("decisive"),
}
GROUNDS: Mapping[str, Text] = words_of(Ground)
REPLIES: Mapping[str, Text] = words_of(Reply)
STANDINGS: Mapping[str, Text] = {
    **words_of(ConsultationStatus),
    ConsultationStatus.LATE: text("answered after the last day"),
}
MATCHES: Mapping[str, Text] = words_of(MatchKind)
DENIAL_KINDS: Mapping[str, Text] = words_of(DenialKind)
REVIEWS: Mapping[str, Text] = words_of(ReviewOutcome)
ORIGINS: Mapping[str, Text] = words_of(Origin)
PURPOSES: Mapping[str, Text] = words_of(Purpose)
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
CHANGES: Mapping[str, Text] = words_of(ChangeKind)
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
    return {**tellers(words, TABLES), "role_told": lambda role: words.say(role.words)}
