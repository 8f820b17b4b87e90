"""Reasons of a match as named features, the form in which other tools read a score."""

from dataclasses import dataclass

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.evidence import Confidence, Reason, Text
from overzicht.grouping import by_key

ALGORITHM = "overzicht"
DESCRIPTION = (
    "The screening engine of Overzicht. It compares names in all scripts word by word. If a birth date, a "
    "number or a country of birth or registration is given, it compares the records as a whole. The score, "
    "from 0 to 1, was calibrated on labelled pairs. A country is evidence of identity only; nationality does "
    "not count. There are no weights and no options."
)
FEATURES = {  # descriptions for readers
    "name": "the whole name of the query and the listed name",
    "same_words": "words that both names have",
    "changed_words": "words that match in another way: letters, sound, meaning, initials, cut or glued",
    "unmatched_words": "words that only one of the names has",
    "legal_form": "different legal forms",
    "numbers": "different numbers in the names",
    "identifier": "registration numbers, tax numbers and the like, equal or different",
    "birth_date": "birth dates, equal or different",
    "country": "countries of birth or registration, equal or different: evidence of identity only",
    "address": "similar addresses",
    "schema": "different kinds of party",
    "same_party": "another entry of the same party, by a name or number they share",
    "weak_name": "the list itself calls this name weak",
}
_BY_BEGINNING = (  # of the template of a reason, in the order of checking
    ("the name {ours} and the listed name", "name"),
    ("the name {ours} and the name", "name"),
    ("the same words:", "same_words"),
    ("{ours} and {theirs}", "changed_words"),
    ("only in the name asked for:", "unmatched_words"),
    ("only in the listed name:", "unmatched_words"),
    ("their legal forms differ", "legal_form"),
    ("their numbers differ", "numbers"),
    ("the same number:", "identifier"),
    ("the same wallet:", "identifier"),
    ("the number {value} is part", "identifier"),
    ("the records have different numbers", "identifier"),
    ("the records have other numbers", "identifier"),
    ("the birth dates", "birth_date"),
    ("a country is the same", "country"),
    ("the countries differ", "country"),
    ("the addresses are similar", "address"),
    ("the records are of different kinds", "schema"),
    ("the list calls {theirs} a weak name", "weak_name"),
    ("{theirs} has the distinctive words of", "same_words"),
    ("{theirs} has the words of", "same_words"),
    ("{theirs} is {ours} without the place", "same_words"),
    ("the text {theirs} contains the words of", "same_words"),
    ("{ours} may be the first letters of", "changed_words"),
    ("the same party as", "same_party"),
    ("a known name or number of", "same_party"),
    ("an entry of this party has the name", "same_party"),
    ("{asked} may be a name of", "same_party"),
)
_STRENGTH = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.6, Confidence.LOW: 0.3}


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a match, with the two values compared.

    `score` is from -1 (against the match) to 1 (for it); of the name it is the score of the match. The scores
    do not add up to that of the match.
    """

    score: float
    sentences: tuple[Text, ...]
    query: str
    candidate: str


def feature_of(reason: Reason) -> str:
    """Return the name of the feature of a reason; KeyError for a reason of another engine."""
    for beginning, name in _BY_BEGINNING:
        if reason.text.template.startswith(beginning):
            return name
    raise KeyError(reason.text.template)


def features_of(query: PartyQuery, match: PartyMatch) -> dict[str, Feature]:
    """Return the features of a match by name, in the order of their reasons."""
    grouped = by_key((feature_of(reason), reason) for reason in match.reasons)
    features = {}
    for name, reasons in grouped.items():
        strengths = (
            -_STRENGTH[reason.strength] if reason.against else _STRENGTH[reason.strength]
            for reason in reasons
        )
        score = match.score if name == "name" else max(strengths, key=abs)
        values = dict(reasons[0].text.values)
        features[name] = Feature(
            score=score,
            sentences=tuple(reason.text for reason in reasons),
            query=str(values.get("ours", query.names[0] if query.names and name == "name" else "")),
            candidate=str(values.get("theirs", match.matched_on)),
        )
    return features
