"""One case under both ways: what the Union's end-use licensing and the American entity list ask for, and why.

**What the law says.** In the Union the item (or a known use) asks for an authorisation, the end-use is
weighed case by case, and no list names the party. The Entity List names the party: then a licence is needed
for the items its row names, as far as they fall under the American rules (15 CFR 744.11, 744.16); no licence
exception applies unless the row says so. While the Affiliates Rule is in force, half or more owned by listed
parties counts as listed.

**What we check.** The checklist of the case, the rows of all parties found by the matcher, the review policy
per item, and the stated owners under the rule of the day.

**What we cannot see.** Whether items fall under the American rules (origin, components, technology): a
person states it. It stays unknown otherwise, and so does the answer.
"""

from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds
from overzicht.entities.owned import Owned, OwnedOutcome
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.worded import words_of
from overzicht.exportcontrol.entitylist.rows import Clause, RowRules
from overzicht.exportcontrol.licensing.model import Application, FactName
from overzicht.exportcontrol.licensing.order import Checklist, DecisionOutcome
from overzicht.law import ThresholdValue


@dataclass(frozen=True, slots=True)
class ListedParty:
    """A party of the case that a row may name. `rules` is None where only the listing is held, not the row.

    `listed` tells whether the listing holds on the day; `score` and `says` are the matcher's.
    """

    party: str
    role: str
    row_name: str
    listed: Holds
    score: float
    rules: RowRules | None
    says: tuple[Text, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class ItemPolicy:
    """What a row asks for one item: whether a licence is needed, and the clause of its review policy."""

    line: int
    eccn: str
    party: str
    licence: Holds
    clause: Clause | None
    says: Text


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
    """What was found for the American way; `list_can_tell` is whether the list answers for the day."""

    listed: tuple[ListedParty, ...]
    affiliates: tuple[Owned, ...]
    rule: ThresholdValue
    list_can_tell: bool


def compare(case: Application, checklist: Checklist, found: AmericanSide) -> Comparison:
    """Return both ways side by side; an unknown stays unknown on either side."""
    subject = Holds(case.fact(FactName.SUBJECT_TO_EAR).answer)
    holding = tuple(one for one in found.listed if one.listed is not Holds.NO)
    policies = tuple(_policy(one, item.line, item.eccn, subject) for one in holding for item in case.items)
    return Comparison(
        day=checklist.day,
        eu=checklist,
        eu_says=_EU[checklist.way],
        subject_to_ear=subject,
        listed=found.listed,
        policies=policies,
        affiliates=found.affiliates,
        affiliates_status=affiliates_status(found.rule),
        us_says=_us(holding, policies, found, subject),
        differences=tuple(_differences(checklist, holding, policies, found)),
    )


def affiliates_status(rule: ThresholdValue) -> Text:
    """Return how the Affiliates Rule stands, in a sentence."""
    match rule.in_force:
        case Holds.YES:
            return text("the 50 % Affiliates Rule is in force")
        case Holds.UNKNOWN:
            return text("the status of the 50 % Affiliates Rule is unknown on this day")
    if rule.since is None:
        return text("there was no 50 % Affiliates Rule yet")
    return text("the 50 % Affiliates Rule is stayed")


def _policy(one: ListedParty, line: int, eccn: str, subject: Holds) -> ItemPolicy:
    if one.rules is None:
        says = text("{party}: listed, but the row is not loaded; add the text of the law", party=one.party)
        return ItemPolicy(line, eccn, one.party, Holds.UNKNOWN, None, says)
    if subject is Holds.NO:
        says = text("line {line}: not under the American rules, so no American licence", line=line)
        return ItemPolicy(line, eccn, one.party, Holds.NO, None, says)
    clause = one.rules.policy_for(eccn)
    licence = _licence(one, eccn, subject)
    if clause is None:
        says = text(
            "line {line}: the row treats some American numbers differently, and this item's is not stated",
            line=line,
        )
        return ItemPolicy(line, eccn, one.party, licence, None, says)
    says = text(
        "line {line} ({eccn}) to {party}: {policy}; in the words of the row: {words}",
        line=line,
        eccn=eccn or "?",
        party=one.party,
        policy=clause.policy.value,
        words=clause.words,
    )
    return ItemPolicy(line, eccn, one.party, licence, clause, says)


def _licence(one: ListedParty, eccn: str, subject: Holds) -> Holds:
    if one.rules is None or subject is Holds.UNKNOWN or one.listed is Holds.UNKNOWN:
        return Holds.UNKNOWN
    if one.rules.is_for_all_items:
        return Holds.YES
    named = any(eccn == name or eccn.startswith(f"{name}.") for name in one.rules.named_eccns)
    return Holds.YES if eccn and named else Holds.UNKNOWN


_EU = words_of(DecisionOutcome)


def _us(
    holding: tuple[ListedParty, ...], policies: tuple[ItemPolicy, ...], found: AmericanSide, subject: Holds
) -> Text:
    owned = [one for one in found.affiliates if one.outcome is OwnedOutcome.OWNED]
    if not holding and not owned:
        return _nobody(found)
    if subject is not Holds.YES:
        return _SUBJECT[subject]
    if any(one.licence is Holds.YES for one in policies):
        words = ", ".join(sorted({one.clause.policy.value for one in policies if one.clause}))
        return text("a licence is needed because of the party; review policy: {words}", words=words or "?")
    if owned:
        return text("a licence is needed as for the listed owner")
    return text("whether a licence is needed is not settled")


_SUBJECT = {
    Holds.NO: text("a party is listed, but the items do not fall under the American rules"),
    Holds.UNKNOWN: text("a party is listed; whether the items fall under the American rules is not stated"),
}


def _nobody(found: AmericanSide) -> Text:
    if any(one.outcome in _UNSURE for one in found.affiliates):
        return text("no party is named; whether an owner's listing reaches one is not settled")
    if not found.list_can_tell:
        return text("not checked: the Entity List is not loaded for this day")
    return text("no party is on the Entity List; it asks for no licence here")


_UNSURE = (OwnedOutcome.CANNOT_RULE_OUT, OwnedOutcome.STATUS_UNKNOWN)


def _differences(
    checklist: Checklist,
    holding: tuple[ListedParty, ...],
    policies: tuple[ItemPolicy, ...],
    found: AmericanSide,
) -> list[Text]:
    said = [
        text("trigger: in the Union the item or a known use, on the Entity List the party"),
        text("outcome: the Union weighs each case; the row fixes the review policy beforehand"),
    ]
    if holding and checklist.way in {DecisionOutcome.FREE, DecisionOutcome.GENERAL}:
        said.append(
            text("here the Union asks for no individual licence while the party's row does ask for one")
        )
    if found.list_can_tell and not holding and checklist.way is DecisionOutcome.APPLY:
        said.append(text("here the Union asks for an authorisation for the item while no row names a party"))
    if len({one.clause.policy for one in policies if one.clause}) > 1:
        said.append(text("the rows differ among each other: the policy depends on the party and on the item"))
    if holding:
        said.append(
            text("exceptions: none, as the rows grant none; in the Union a general authorisation may fit")
        )
        said.append(text("publication: the row is public law; a Union denial is confidential"))
    said.append(affiliates_status(found.rule))
    said.append(text("ownership: Regulation 2021/821 has no ownership rule; sanctions regulations have"))
    return said
