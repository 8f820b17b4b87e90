"""Checks of one entry that a door shows: part, start date, effect, binding and act."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from oracle.claims import Claim
from oracle.results import MISSING, RIGHT, WRONG, Verdict
from oracle.statements import OPEN, PartStatement, Statement

BINDING = frozenset({"eu-fsf", "eu-official-journal", "nl-terrorism"})  # for a Dutch body, of the lists here
BINDING_STATES = frozenset({"un-sc"})  # and a Dutch body through the Union's act alone: said either way
DERIVED_WITHIN = 7  # days between a derived start and the one that a file prints
PAGES_OF_ACT = 15  # a citation may name the notice's first page or the page of the entry


def part_of(claim: Claim, state: Statement) -> str | None:
    """Return the part in force that a measure belongs to, None for one that is not in force."""
    measure = claim.measure.casefold()
    if claim.list_id == "us-ofac":
        name = "consolidated" if re.search("consolidated|non-sdn|cmic|sectoral|menu", measure) else "sdn"
        return name if name in state.parts else None
    if (
        claim.list_id == "eu-official-journal"
    ):  # its parts are acts; a measure is of those that freeze, or not
        is_freeze = measure.startswith("asset freeze")
        return next(
            (p for p, stated in state.parts.items() if bool(stated.effects - {""}) == is_freeze), None
        )
    fitting = [part for part in state.parts if part and measure.startswith(part.casefold())]
    if claim.list_id in {"us-csl", "us-procurement-bans"}:
        return fitting[0] if fitting else None
    return next(iter(state.parts), None)


def since(claim: Claim, starts: frozenset[str], first: str) -> Verdict:
    if not starts:
        return Verdict(OPEN, "since", claim)
    if not claim.since:
        return Verdict(MISSING, "since", claim, "no start date", first)
    is_right = claim.since in starts
    if claim.basis == "not later than":
        is_right = is_right or claim.since >= first
    if claim.basis == "derived":
        gaps = [abs((date.fromisoformat(claim.since) - date.fromisoformat(start)).days) for start in starts]
        is_right = is_right or min(gaps) <= DERIVED_WITHIN
    return Verdict(
        RIGHT if is_right else WRONG, "since", claim, "another start date", ", ".join(sorted(starts))
    )


def effect(claim: Claim, stated: PartStatement) -> Iterator[Verdict]:
    if claim.effect is None or "" in stated.effects:
        return
    outcome = RIGHT if claim.effect in stated.effects else MISSING if not claim.effect else WRONG
    fault = f"effect {claim.effect or 'left open'} for {' or '.join(sorted(stated.effects))}"
    yield Verdict(outcome, "effect", claim, fault, ", ".join(sorted(stated.effects)))


def binds(claim: Claim) -> Iterator[Verdict]:
    if claim.binds is not None and claim.list_id not in BINDING_STATES:
        is_right = claim.binds == (claim.list_id in BINDING)
        yield Verdict(
            RIGHT if is_right else WRONG, "binding", claim, "binding", str(claim.list_id in BINDING)
        )


def act(claim: Claim, stated: PartStatement) -> Iterator[Verdict]:
    """Judge the act where claim and file both cite the Federal Register."""
    said, printed = set(citations([claim.act])), set(citations(stated.acts))
    if said and printed:
        is_right = any(v == w and abs(p - q) <= PAGES_OF_ACT for v, p in said for w, q in printed)
        yield Verdict(
            RIGHT if is_right else WRONG, "act", claim, "another act", "; ".join(sorted(stated.acts))
        )


def citations(acts: Iterable[str]) -> Iterator[tuple[int, int]]:
    for act in acts:
        for volume, page in re.findall(r"(\d+) F\.?R\.? (\d+)", act):
            yield int(volume), int(page)


def worded(state: Statement) -> str:
    parts = "; ".join(
        f"{part or 'listed'} since {stated.since or 'a day not printed'}"
        + ("" if stated.is_loaded else " (not loaded)")
        for part, stated in state.parts.items()
    )
    return parts or state.answer
