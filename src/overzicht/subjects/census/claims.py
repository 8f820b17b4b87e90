"""Claims: what others state about a body. They prefill a request and never become a return."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from overzicht.dates import MONTHS
from overzicht.evidence import Text, text
from overzicht.grouping import by_key
from overzicht.register.quantities import Bound, Quantity, read_stated
from overzicht.register.statements import StatementKey, contradictions, may_differ

UNITS = {"system": "system", "office": "office", "site": "site", "place": "site"}
PRESENT, ABSENT = "has", "none"
GONE = re.compile(
    r"(?:all )?(?:removed|replaced|out of use|verwijderd|vervangen|buiten gebruik)\b", re.IGNORECASE
)
BEFORE_DATE = "at the end of|in|on|since|by|before|per|early|late|end|sinds|op|vanaf|voor|begin|medio|eind"
WHEN = (
    rf"(?:(?:{BEFORE_DATE}) ){{0,2}}(?:\d{{1,2}}[ .-])?(?:(?:{'|'.join(MONTHS)}|\d{{1,2}})[ .-])?"
    r"(?:\d{1,2}, )?(?:19|20)\d\d(?:-\d\d){0,2}"
)
ALL_GONE = re.compile(  # and no words of a part, such as a number or a place
    rf"{GONE.pattern}(?: (?:completely|entirely|geheel|volledig))?(?:,? \(?{WHEN}\)?)?"
    r"(?: (?:by|with|door|met) (?-i:[A-Z])[^\W\d]*)?[.;]?",
    re.IGNORECASE,
)
DEVICE, ANY = "device", "any"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim about a body on a date; `body_id` is empty for a name that is not on a roll.

    `answer` is the value of the file: has, none, refused and so on. `kind` is what is counted, as stated.
    `body_kind` is the kind of the body, if stated: it decides between a town and a province of one name.
    `group` ties the claims of one publication, and `is_sum` marks its published sum. `id` is that in the
    store; 0 for a claim that is not stored.
    """

    number: int
    body_id: str
    name: str
    country: str
    day: date
    answer: str
    makers: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    as_stated: str = ""
    kind: str = ""
    status: str = ""
    group: str = ""
    stated_by: str = ""
    source: str = ""
    is_sum: bool = False
    body_kind: str = ""
    id: int = 0

    @property
    def unit(self) -> str:
        """The unit of the number: device, system, site or office."""
        return UNITS.get(self.kind, DEVICE)

    @property
    def quantity(self) -> Quantity:
        """The range of the number, by the words of the source and the bounds of the file.

        A plain number is exact. "About" gives the numbers that round to it.
        """
        stated = read_stated(self.as_stated) if self.as_stated else None
        if stated is None:
            if self.most is None and self.least is not None and self.as_stated.startswith(f"{self.least} "):
                return Quantity(self.least, self.least)  # the number is first, and more is stated about it
            return Quantity(self.least, self.most)
        if stated.bound is Bound.ABOUT:
            half = 10 ** (len(str(stated.number)) - len(str(stated.number).rstrip("0"))) // 2
            return Quantity(max(0, stated.number - half), stated.number + max(0, half - 1))
        if (stated.number == self.least or self.least is None) and stated.bound is not Bound.BETWEEN:
            return stated.range
        return Quantity(self.least, self.most)

    def proves_presence(self, makers: frozenset[str], day: date) -> bool:
        """Return whether it shows that the body has equipment of these makers (empty: any) by a date.

        A claim that it was removed has no effect here. For later claims that deny it, see `proving`.
        """
        is_meant = not makers or (bool(self.makers) and set(self.makers) <= makers)
        is_present = self.answer == PRESENT and not GONE.match(self.status)
        return is_present and is_meant and self.day <= day and self.unit == DEVICE

    def denies(self, earlier: "Claim") -> bool:
        """Return whether it states that all equipment of an earlier claim about the body is absent."""
        is_all_gone = self.answer == PRESENT and bool(ALL_GONE.fullmatch(self.status.strip()))
        is_gone = self.answer == ABSENT or is_all_gone
        is_about = not self.makers or (bool(earlier.makers) and set(earlier.makers) <= set(self.makers))
        is_kind = self.kind in ("", ANY, earlier.kind)
        return is_gone and self.day > earlier.day and is_about and is_kind


def proving(claims: Sequence[Claim], makers: frozenset[str], day: date) -> tuple[Claim, ...]:
    """Return the claims about one body that show it to have equipment of these makers (empty: any) by a date.

    One that a later claim until the date denies is left out.
    """
    until = [claim for claim in claims if claim.day <= day]
    return tuple(
        claim
        for claim in until
        if claim.proves_presence(makers, day) and not any(later.denies(claim) for later in until)
    )


class Agreement(StrEnum):
    """How two numbers about one body compare."""

    AGREE = "agree"
    TWO_COUNTS = "two counts"
    CONTRADICT = "contradict"


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Two claims with numbers about one body, unit and month, and how they compare."""

    left: Claim
    right: Claim
    agreement: Agreement

    @property
    def sentence(self) -> Text:
        """The pair in a sentence."""
        templates = {
            Agreement.AGREE: text("{name}: “{left}” and “{right}” agree"),
            Agreement.TWO_COUNTS: text("{name}: “{left}” and “{right}” are two counts; both may be true"),
            Agreement.CONTRADICT: text("{name}: “{left}” and “{right}” contradict each other"),
        }
        left, right = (claim.as_stated or str(claim.least) for claim in (self.left, self.right))
        return templates[self.agreement].filled(name=self.left.name, left=left, right=right)


def compare_claims(claims: Sequence[Claim]) -> tuple[ClaimPair, ...]:
    """Return the pairs of numbers about the same makers of one body in one unit and month, in order.

    Numbers in different units are never compared. Two numbers of one document are two counts.
    """
    counted = [c for c in claims if not c.is_sum and c.as_stated and c.quantity != Quantity() and c.makers]
    keys = [
        StatementKey(c.number, c.body_id or c.name, frozenset(c.makers), c.unit, c.quantity, c.day)
        for c in counted
    ]
    against, other = contradictions(keys), may_differ(keys)
    pairs = []
    for left, right in combinations(counted, 2):
        is_one_source = bool(left.source) and left.source == right.source
        if right.number in against[left.number]:
            agreement = Agreement.TWO_COUNTS if is_one_source else Agreement.CONTRADICT
        elif right.number in other[left.number]:
            is_same = left.makers == right.makers
            agreement = Agreement.AGREE if is_same and not is_one_source else Agreement.TWO_COUNTS
        else:
            continue
        pairs.append(ClaimPair(left, right, agreement))
    return tuple(pairs)


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A published sum and its parts, one number for each body; units are never mixed."""

    group: str
    published: Claim
    parts: tuple[Claim, ...]

    @property
    def total(self) -> Quantity:
        """The sum of the parts; the upper side is open if one is."""
        ranges = [part.quantity for part in self.parts]
        tops = [r.at_most for r in ranges]
        most = None if None in tops else sum(top or 0 for top in tops)
        return Quantity(sum(r.at_least or 0 for r in ranges), most)

    @property
    def agrees(self) -> bool:
        """Whether the sum of the parts can be the published number."""
        return not self.total.excludes(self.published.quantity)

    @property
    def sentence(self) -> Text:
        """The check in a sentence."""
        total = self.total
        number = str(total.at_least) if total.at_least == total.at_most else f"{total.at_least}+"
        template = text("{group}: {count} parts add up to {total}; published is “{published}”")
        if not self.agrees:
            template = text("{group}: {count} parts add up to {total}, not “{published}” as published")
        return template.filled(
            group=self.group, count=len(self.parts), total=number, published=self.published.as_stated
        )


def check_sums(claims: Sequence[Claim]) -> tuple[SumCheck, ...]:
    """Return the check of each published sum against the parts of its group, by group."""
    groups = by_key((claim.group, claim) for claim in claims)
    return tuple(
        SumCheck(group, published, tuple(_parts(published, own)))
        for group, own in sorted(groups.items())
        for published in own
        if group and published.is_sum
    )


def _parts(published: Claim, group: Sequence[Claim]) -> Iterator[Claim]:
    """Yield one claim for each body: that with the day nearest to the sum, in the unit of the sum."""
    best: dict[str, Claim] = {}
    for claim in group:
        is_part = not claim.is_sum and claim.least is not None and bool(claim.makers)
        is_same = (claim.unit, claim.country) == (published.unit, published.country)
        if not (is_part and is_same and set(claim.makers) <= set(published.makers)):
            continue
        known = best.get(claim.body_id or claim.name)
        if known is None or _distance(claim, published) < _distance(known, published):
            best[claim.body_id or claim.name] = claim
    yield from sorted(best.values(), key=lambda claim: claim.number)


def _distance(claim: Claim, published: Claim) -> tuple[int, int]:
    return abs((claim.day - published.day).days), claim.number


def stated_day(written: str) -> str:
    """Return the date at the start of a text such as `2022 (about)` or `2022-05`; empty if there is none."""
    match = re.match(r"\d{4}(?:-\d{2}){0,2}", written.strip())
    return match[0] if match else ""
