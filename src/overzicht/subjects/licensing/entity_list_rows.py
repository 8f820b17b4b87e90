"""Parse a row of the Entity List: which items need a licence, and under which review policy.

**What the law says.** 15 CFR 744.11 and supplement no. 4: the row names the items (often all that are
subject to the American rules) and the review policy. No licence exception is available unless the row allows
it.

**What we check.** The words of the row: a policy may name other policies for some items first and one for the
rest. For an item with an ECCN, the clause that names it applies, else the rest. A clause for a part of EAR99
(food and medicine, or items that a note describes) says nothing about other EAR99 items.

**What we cannot see.** Clauses with unknown words are quoted and do not decide anything.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from overzicht.dates import Holds

ECCN = re.compile(r"\b[0-9][A-E][0-9]{3}(?:\.[a-z0-9]+)*\b|\bEAR99\b")
CASE_BY_CASE = re.compile(r"case[\s-]*by[\s-]*case", re.IGNORECASE)
PRESUMPTION_OF_DENIAL = re.compile(r"presumption\s+of\s+denial", re.IGNORECASE)
POLICY_OF_DENIAL = re.compile(r"policy\s+of\s+denial", re.IGNORECASE)
PRESUMPTION_OF_APPROVAL = re.compile(r"presumption\s+of\s+approval", re.IGNORECASE)
ALL_ITEMS = re.compile(r"\ball items (?:that are )?subject to the EAR", re.IGNORECASE)
LISTED_ITEMS = re.compile(r"\bitems on the CCL\b", re.IGNORECASE)
OVERCOME = re.compile(r"\bovercome by License Exception\b", re.IGNORECASE)
EAR99 = "EAR99"
EVERYTHING = re.compile(r"\ball (?:other )?items\b|\bother items\b|\ball others\b", re.IGNORECASE)
EXCEPT = re.compile(r"\b(?:apart from|except(?: for)?|other than)\b", re.IGNORECASE)
ONLY_SOMETIMES = re.compile(rf"\bwhen used in\b|{EXCEPT.pattern}", re.IGNORECASE)
PART_OF_EAR99 = re.compile(
    r"\b(?:for )?(?:[\w-]+(?:,| and| or)? ){1,8}?designated as EAR99\b|\bEAR99 items? described in [^;,.]*",
    re.IGNORECASE,
)
NOT_DESCRIBED = re.compile(r"\bnot (?:described|listed|specified)\b", re.IGNORECASE)
FILLER = re.compile(r"\b(?:basis|review(?:ed)?|and|See\b.*)", re.IGNORECASE)


class Policy(StrEnum):
    """How an application is reviewed."""

    PRESUMPTION_OF_DENIAL = "presumption of denial"
    POLICY_OF_DENIAL = "policy of denial"
    CASE_BY_CASE = "case by case"
    PRESUMPTION_OF_APPROVAL = "presumption of approval"
    SEE_ROW = "see the words of the row"


PATTERNS = (
    (CASE_BY_CASE, Policy.CASE_BY_CASE),
    (PRESUMPTION_OF_APPROVAL, Policy.PRESUMPTION_OF_APPROVAL),
    (PRESUMPTION_OF_DENIAL, Policy.PRESUMPTION_OF_DENIAL),
    (POLICY_OF_DENIAL, Policy.POLICY_OF_DENIAL),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a review policy.

    `eccns` are the ECCNs that it covers; `is_rest` marks the clause for all other items. If it has neither,
    `words` describe its items and an officer decides whether they fit.
    """

    policy: Policy
    eccns: tuple[str, ...]
    is_rest: bool
    words: str


@dataclass(frozen=True, slots=True)
class RowRules:
    """What a row requires: whether for all items, which numbers it names, and its policy clause by clause.

    `allows_exception`: a licence exception of the American rules can overcome the requirement.
    """

    requirement: str
    review_policy: str
    is_for_all_items: bool
    named_eccns: tuple[str, ...]
    clauses: tuple[Clause, ...]
    allows_exception: bool = False

    def requires_licence(self, eccn: str) -> Holds:
        """Return whether the row requires a licence for an item; unknown if its words describe the items."""
        if ONLY_SOMETIMES.search(self.requirement):
            return Holds.UNKNOWN
        is_listed = bool(eccn) and eccn != EAR99
        is_named = any(_covers(place, eccn) for place in self.named_eccns if place != EAR99)
        if self.is_for_all_items or is_named or (is_listed and LISTED_ITEMS.search(self.requirement)):
            return Holds.YES
        return Holds.UNKNOWN

    def policy_for(self, eccn: str) -> Clause | None:
        """Return the clause for an item: the one that names its ECCN, else the one for the rest.

        None if the row gives no policy, or if the policy depends on the ECCN and it is unknown.
        """
        for clause in self.clauses:
            if any(_covers(place, eccn) for place in clause.eccns):
                return clause
        if not eccn and any(clause.eccns for clause in self.clauses):
            return None
        return next((clause for clause in self.clauses if clause.is_rest), None)

    @property
    def worded(self) -> tuple[Clause, ...]:
        """The clauses whose items are described in words only."""
        return tuple(clause for clause in self.clauses if not clause.eccns and not clause.is_rest)


def _covers(place: str, eccn: str) -> bool:
    return bool(eccn) and (eccn == place or eccn.startswith(f"{place}."))


def read_row(requirement: str, review_policy: str) -> RowRules:
    """Return the rules of a row from its two cells; words that we do not know become a `SEE_ROW` clause."""
    required = " ".join(requirement.split())
    policy = " ".join(review_policy.split())
    return RowRules(
        requirement=required,
        review_policy=policy,
        is_for_all_items=ALL_ITEMS.search(required) is not None,
        named_eccns=tuple(dict.fromkeys(ECCN.findall(required))),
        clauses=tuple(_clauses(policy)),
        allows_exception=OVERCOME.search(required) is not None,
    )


def _clauses(policy: str) -> list[Clause]:
    """Split where a known policy is named; a clause has the items named after it or excepted before it."""
    marks = sorted(
        (match.start(), match.end(), kind) for pattern, kind in PATTERNS for match in pattern.finditer(policy)
    )
    if not marks:
        return [Clause(Policy.SEE_ROW, (), True, policy)] if policy else []
    clauses = []
    excepted = ""
    for index, (start, end, kind) in enumerate(marks):
        until = marks[index + 1][0] if index + 1 < len(marks) else len(policy)
        words = policy[end:until]
        match = EXCEPT.search(words)
        own, _, left_out = (
            (words, "", "") if match is None else (words[: match.start()], match[0], words[match.end() :])
        )
        scope = f"{excepted} {own}".strip()
        excepted = left_out if index + 1 < len(marks) else ""
        words = f"{policy[start:end]} {scope}".strip(" ;,.")
        parts = [part.strip(" ;,.") for part in PART_OF_EAR99.findall(scope)]
        clauses += [Clause(kind, (), False, f"{policy[start:end]} {part}") for part in parts]
        rest = PART_OF_EAR99.sub(" ", scope)
        if not parts or ECCN.search(rest) or EVERYTHING.search(rest):
            is_only = len(marks) == 1
            if EVERYTHING.search(rest):
                clause = Clause(kind, (), True, words)
            elif NOT_DESCRIBED.search(rest):
                clause = Clause(kind, (), False, words)
            elif eccns := tuple(dict.fromkeys(ECCN.findall(rest))):
                clause = Clause(kind, eccns, False, words)
            else:
                bare = FILLER.sub("", rest).strip(" ;,.")
                clause = Clause(kind, (), is_only or not bare, words)
            clauses.append(clause)
    return clauses
