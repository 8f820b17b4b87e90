"""Compares the claims of doors with the oracle, and doors with each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from oracle import statements
from oracle.checks import act, binds, effect, part_of, since, worded
from oracle.claims import LISTED, NOT_LISTED, POSSIBLE, SILENT, Claim
from oracle.clashes import answers_clash
from oracle.results import MISSING, RIGHT, WRONG, Audit, Clash, Verdict
from oracle.spellings import plain_form
from oracle.statements import OPEN, Oracle, Party, Statement


def audit(oracle: Oracle, parties: Sequence[Party], claims: Sequence[Claim]) -> Audit:
    """Return what came of every claim, and every contradiction between two doors."""
    judge = _Judge(oracle, parties)
    return Audit(list(judge.verdicts(claims)), [*answers_clash(claims), *judge.listings_clash(claims)])


class _Judge:
    def __init__(self, oracle: Oracle, parties: Sequence[Party]) -> None:
        self._oracle, self._parties = oracle, {party.id: party for party in parties}

    def verdicts(self, claims: Sequence[Claim]) -> Iterator[Verdict]:
        checks = {
            "answer": self._answer,
            "listing": self._listing,
            "shown": self._shown,
            "subject": self._subject,
        }
        for claim in claims:
            if claim.kind in checks:
                yield from checks[claim.kind](claim)
            elif claim.kind == "count":
                yield from self._count(claim, claims)
        yield from self._parts_left_out(claims)
        yield from self._searched(claims)

    def _state(self, claim: Claim) -> Statement:
        return self._oracle.ask(self._parties[claim.party], claim.list_id, claim.day)

    def _is_own(self, claim: Claim) -> bool:
        return self._oracle.is_name_of(claim.names, self._parties[claim.party])

    def _answer(self, claim: Claim) -> Iterator[Verdict]:
        if claim.list_id == "*":
            yield from self._on_none(claim)
            return
        state, value = self._state(claim), claim.value
        files = worded(state)
        if state.answer == statements.LISTED:
            if value in {LISTED, POSSIBLE}:
                yield Verdict(RIGHT, "listed" if state.is_loaded else "answer", claim)
            elif value == NOT_LISTED:
                yield Verdict(
                    WRONG, "listed" if state.is_loaded else "answer", claim, "not listed who is", files
                )
            elif state.is_loaded:
                yield Verdict(MISSING, "listed", claim, f"{value} though a loaded file names it", files)
        elif state.answer == statements.NOT_LISTED:
            fault = "listed who is not" if value == LISTED else ""
            outcome = WRONG if fault else RIGHT if value == NOT_LISTED else OPEN
            yield Verdict(outcome, "unlisted", claim, fault, files)

    def _on_none(self, claim: Claim) -> Iterator[Verdict]:
        """Judge an answer on all lists at once: that none names the party, or that a brand leads nowhere."""
        party = self._parties[claim.party]
        states = {list_id: self._oracle.ask(party, list_id, claim.day) for list_id in self._oracle.lists}
        named = [
            each for each, state in states.items() if state.answer == statements.LISTED and state.is_loaded
        ]
        if not named:
            yield Verdict(RIGHT, "answer", claim)
        elif claim.value == SILENT:
            yield Verdict(
                MISSING, "listed", claim, "a brand that lists name leads to no party", ", ".join(named)
            )
        else:
            yield Verdict(WRONG, "listed", claim, "said to be on no list who is", ", ".join(named))

    def _listing(self, claim: Claim) -> Iterator[Verdict]:
        if not self._is_own(claim):
            return  # an entry of another party; the answer is judged by itself
        state, part = self._state(claim), part_of(claim, self._state(claim))
        if part is None:
            if state.answer != OPEN and not state.open_parts:
                yield Verdict(WRONG, "entry", claim, "an entry in force that is not", worded(state))
            return
        stated = state.parts[part]
        yield since(claim, stated.starts, stated.since)
        yield from effect(claim, stated)
        yield from act(claim, stated)
        yield from binds(claim)

    def _shown(self, claim: Claim) -> Iterator[Verdict]:
        """Judge an entry on a page, which names no part: its day must be that of one of them."""
        state = self._state(claim)
        if state.answer == statements.LISTED and claim.since:
            starts = {start for part in state.parts.values() for start in part.starts}
            if starts and not state.open_parts and (self._is_own(claim) or claim.door != "page /search"):
                yield since(claim, frozenset(starts), min(starts))
        yield from binds(claim)

    def _count(self, claim: Claim, claims: Sequence[Claim]) -> Iterator[Verdict]:
        """Judge a count; a party that the same door only calls possibly listed may be left out of it."""
        branded = [party for party in self._parties.values() if party.brand]
        guessed = {c.party for c in claims if (c.door, c.day, c.value) == (claim.door, claim.day, POSSIBLE)}
        low = high = len(branded)
        if claim.party == "devices of listed makers":
            low = high = 0
            for party in branded:
                states = [self._oracle.ask(party, list_id, claim.day) for list_id in self._oracle.lists]
                is_certain = party.id not in guessed
                low += is_certain and any(s.answer == statements.LISTED and s.is_loaded for s in states)
                high += any(state.answer != statements.NOT_LISTED for state in states)
        is_right = low <= int(claim.value) <= high
        yield Verdict(
            RIGHT if is_right else WRONG, "count", claim, f"count of {claim.party}", f"{low} to {high}"
        )

    def _subject(self, claim: Claim) -> Iterator[Verdict]:
        """Judge of whom a sentence is: of the party asked about."""
        party = self._parties[claim.party]
        own = {*party.forms, plain_form(party.brand or party.ask), plain_form(party.maker or party.ask)}
        is_right = plain_form(claim.value) in own or self._oracle.is_name_of((claim.value,), party)
        yield Verdict(
            RIGHT if is_right else WRONG, "subject", claim, "a sentence on another party", party.ask
        )

    def _parts_left_out(self, claims: Sequence[Claim]) -> Iterator[Verdict]:
        """Yield for every door that shows a party's entries on a list those that a loaded file has too."""
        shown: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.kind == "listing" and self._is_own(claim):
                shown[claim.door, claim.party, claim.list_id, claim.day].append(claim)
        for group in shown.values():
            state = self._state(group[0])
            parts = {part_of(claim, state) for claim in group}
            for part, stated in state.parts.items():
                if stated.is_loaded:
                    outcome = RIGHT if part in parts else MISSING
                    yield Verdict(outcome, "part", group[0], "a part of a list left out", f"{part} too")

    def _searched(self, claims: Sequence[Claim]) -> Iterator[Verdict]:
        """Judge the search: it shows every entry in force of a loaded file that names the party, and no
        other day's."""
        shown: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        asked: set[tuple[str, str, str]] = set()
        for claim in claims:
            if claim.kind == "searched":
                asked.add((claim.door, claim.party, claim.day))
                party = self._parties[claim.party]
                if claim.list_id and self._oracle.is_name_of(claim.names, party, claim.list_id, claim.day):
                    shown[claim.door, claim.party, claim.day].add(claim.list_id)
        for door, name, day in sorted(asked):
            for list_id in self._oracle.lists:
                state = self._oracle.ask(self._parties[name], list_id, day)
                hit = Claim(
                    "answer",
                    door,
                    name,
                    list_id,
                    day,
                    LISTED if list_id in shown[door, name, day] else SILENT,
                )
                if state.answer == statements.LISTED and state.is_loaded:
                    outcome = RIGHT if hit.value == LISTED else MISSING
                    yield Verdict(
                        outcome, "listed", hit, "not shown though a loaded file names it", worded(state)
                    )
                elif state.answer == statements.NOT_LISTED and hit.value == LISTED:
                    yield Verdict(
                        WRONG, "answer", hit, "search shows an entry that is not in force", worded(state)
                    )

    def listings_clash(self, claims: Sequence[Claim]) -> Iterator[Clash]:
        """Yield where two doors show the same part of a list with another start, effect or binding."""
        groups: dict[tuple[str, str, str, str], dict[str, list[Claim]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for claim in claims:
            if claim.kind == "listing" and self._is_own(claim):
                groups[claim.party, claim.list_id, claim.day, claim.measure][claim.door].append(claim)
        for (party, list_id, day, _), doors in groups.items():
            firsts = {door: min(shown, key=lambda claim: claim.since) for door, shown in doors.items()}
            for name in ("since", "effect", "binds"):
                values = {
                    door: str(getattr(c, name)) for door, c in firsts.items() if getattr(c, name) is not None
                }
                if len(set(values.values())) > 1:
                    yield Clash(f"{name} differs", party, list_id, day, tuple(sorted(values.items())))
