"""Compare one case under the Union's end-use licensing and under the American Entity List.

**What the law says.** In the Union the item (or a known use) requires an authorisation, the end-use is
assessed case by case, and no list names the party. The Entity List names the party: a licence is required for
the items of its row that fall under the American rules (15 CFR 744.11, 744.16). No licence exception applies
unless the row allows it. While the Affiliates Rule is in force, a party owned for half or more by listed
parties counts as listed.

**What we check.** The checklist of the case, the rows of all parties that the matcher found, the review
policy per item, and the stated owners under the rule in force on the date.

**What we cannot see.** Whether items fall under the American rules (origin, components, technology). Without
a stated fact, this and the answer are unknown.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from overzicht.dates import Holds
from overzicht.entities.owned import Owned, OwnedOutcome
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.json_marks import shown_as
from overzicht.evidence.worded_enum import words_of
from overzicht.law import ThresholdValue
from overzicht.subjects.licensing.entity_list_rows import Clause, RowRules
from overzicht.subjects.licensing.model import Application, FactName
from overzicht.subjects.licensing.order import Checklist, DecisionOutcome


@dataclass(frozen=True, slots=True)
class ListedParty:
    """A party of the case that a row may name. `rules` is None if only the listing is loaded, not the row.

    `listed` is whether the listing applies on the date; `score` and `sentences` come from the matcher.
    """

    party: str
    role: str
    row_name: str
    listed: Holds
    score: float
    rules: RowRules | None
    sentences: Annotated[tuple[Text, ...], shown_as("says")]
    citation: Citation


@dataclass(frozen=True, slots=True)
class ItemPolicy:
    """What a row asks for one item: whether a licence is needed, and the clause of its review policy."""

    line: int
    eccn: str
    party: str
    licence: Holds
    clause: Clause | None
    sentence: Annotated[Text, shown_as("says")]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both ways on one case and day, and sentences on why they differ."""

    day: date
    eu: Checklist
    eu_says: Text
    subject_to_ear: Holds
    listed: tuple[ListedParty, ...]
    policies: tuple[ItemPolicy, ...]
    affiliates: tuple[Owned, ...]
    affiliates_status: Text
    us_says: Text
    differences: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AmericanSide:
    """Findings for the American side; `list_can_tell` is whether the list covers the date."""

    listed: tuple[ListedParty, ...]
    affiliates: tuple[Owned, ...]
    rule: ThresholdValue
    list_can_tell: bool


def compare(case: Application, checklist: Checklist, american: AmericanSide) -> Comparison:
    """Return both ways side by side; an unknown stays unknown on either side."""
    subject = Holds(case.fact(FactName.SUBJECT_TO_EAR).answer)
    holding = tuple(party for party in american.listed if party.listed is not Holds.NO)
    policies = tuple(
        _policy(party, item.line, item.eccn, subject) for party in holding for item in case.items
    )
    return Comparison(
        day=checklist.day,
        eu=checklist,
        eu_says=_EU[checklist.way],
        subject_to_ear=subject,
        listed=american.listed,
        policies=policies,
        affiliates=american.affiliates,
        affiliates_status=affiliates_status(american.rule),
        us_says=_us(holding, policies, american, subject),
        differences=tuple(_differences(checklist, holding, policies, american)),
    )


def affiliates_status(rule: ThresholdValue) -> Text:
    """Return the status of the Affiliates Rule as a sentence."""
    match rule.in_force:
        case Holds.YES:
            return text("the 50 % Affiliates Rule is in force")
        case Holds.UNKNOWN:
            return text("the status of the 50 % Affiliates Rule is unknown on this day")
    if rule.since is None:
        return text("there was no 50 % Affiliates Rule yet")
    return text("the 50 % Affiliates Rule is suspended")


def _policy(party: ListedParty, line: int, eccn: str, subject: Holds) -> ItemPolicy:
    if party.rules is None:
        sentence = text(
            "{party}: listed, but the row is not loaded; add the text of the law", party=party.party
        )
        return ItemPolicy(line, eccn, party.party, Holds.UNKNOWN, None, sentence)
    if subject is Holds.NO:
        sentence = text("line {line}: not under the American rules, so no American licence", line=line)
        return ItemPolicy(line, eccn, party.party, Holds.NO, None, sentence)
    clause = party.rules.policy_for(eccn)
    if subject is Holds.UNKNOWN or party.listed is Holds.UNKNOWN:
        licence = Holds.UNKNOWN
    else:
        licence = party.rules.requires_licence(eccn)
    if clause is None:
        sentence = text(
            "line {line}: the policy of the row depends on the ECCN, and the ECCN of this item is not stated",
            line=line,
        )
        return ItemPolicy(line, eccn, party.party, licence, None, sentence)
    sentence = text(
        "line {line} ({eccn}) to {party}: {policy}; in the words of the row: {words}",
        line=line,
        eccn=eccn or "?",
        party=party.party,
        policy=clause.policy.value,
        words=clause.words,
    )
    if others := "; ".join(other.words for other in party.rules.worded if other is not clause):
        sentence = text(
            "{says}. For items that the row describes in words, a person decides: {words}",
            says=sentence,
            words=others,
        )
    return ItemPolicy(line, eccn, party.party, licence, clause, sentence)


_EU = words_of(DecisionOutcome)


def _us(
    holding: tuple[ListedParty, ...], policies: tuple[ItemPolicy, ...], american: AmericanSide, subject: Holds
) -> Text:
    owned = [item for item in american.affiliates if item.outcome is OwnedOutcome.OWNED]
    if not holding and not owned:
        if any(item.outcome in _UNSURE for item in american.affiliates):
            nobody = text(
                "no party is named; it is unknown whether the listing of an owner applies to a party"
            )
        elif not american.list_can_tell:
            nobody = text("not checked: no loaded version of the Entity List covers this date")
        else:
            nobody = text("the Entity List names no party of this case and requires no licence")
        return nobody
    if subject is not Holds.YES:
        return _SUBJECT[subject]
    if any(item.licence is Holds.YES for item in policies):
        words = ", ".join(sorted({item.clause.policy.value for item in policies if item.clause}))
        return text("a licence is needed because of the party; review policy: {words}", words=words or "?")
    if owned:
        return text("a licence is needed because of the listed owner")
    return text("it is unknown whether a licence is needed")


_SUBJECT = {
    Holds.NO: text("a party is listed, but the items do not fall under the American rules"),
    Holds.UNKNOWN: text("a party is listed; whether the items fall under the American rules is not stated"),
}


_UNSURE = (OwnedOutcome.CANNOT_RULE_OUT, OwnedOutcome.STATUS_UNKNOWN)


def _differences(
    checklist: Checklist,
    holding: tuple[ListedParty, ...],
    policies: tuple[ItemPolicy, ...],
    american: AmericanSide,
) -> list[Text]:
    sentences = [
        text("trigger: the item or a known use in the Union, the party on the Entity List"),
        text("outcome: the Union assesses each case; on the Entity List the row states the review policy"),
    ]
    if holding and checklist.way in {DecisionOutcome.FREE, DecisionOutcome.GENERAL}:
        sentences.append(
            text(
                "in this case the Union requires no individual licence, but the row of the party requires one"
            )
        )
    if american.list_can_tell and not holding and checklist.way is DecisionOutcome.APPLY:
        sentences.append(
            text("in this case the Union requires an authorisation for the item, but no row names a party")
        )
    if len({policy.clause.policy for policy in policies if policy.clause}) > 1:
        sentences.append(text("the rows differ: the policy depends on the party and on the item"))
    if holding:
        if any(party.rules is None for party in holding):
            exceptions = text("exceptions: a row is not loaded; in the Union a general authorisation may fit")
        elif any(party.rules and party.rules.allows_exception for party in holding):
            exceptions = text(
                "exceptions: a row names a licence exception; in the Union a general authorisation may fit"
            )
        else:
            exceptions = text("exceptions: the rows allow none; in the Union a general authorisation may fit")
        sentences.append(exceptions)
        sentences.append(text("publication: the row is public law; a Union denial is confidential"))
    sentences.append(affiliates_status(american.rule))
    sentences.append(
        text("ownership: Regulation 2021/821 has no ownership rule; sanctions regulations have one")
    )
    return sentences
