"""Compares the claims of doors with the oracle, and doors with each other."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from oracle import statements
from oracle.claims import LISTED, NOT_CHECKED, NOT_LISTED, POSSIBLE, SILENT, Claim
from oracle.spellings import plain_form
from oracle.statements import OPEN, Oracle, Party, PartStatement, Statement

RIGHT, WRONG, MISSING = "right", "wrong", "missing"
BINDING = frozenset({"eu-fsf", "eu-official-journal", "nl-terrorism"})  # for a Dutch body, of the lists here
BINDING_STATES = frozenset({"un-sc"})  # and a Dutch body through the Union's act alone: said either way
DERIVED_WITHIN = 7  # days between a derived start and the one that a file prints
PAGES_OF_ACT = 15  # a citation may name the notice's first page or the page of the entry
RANKED = (LISTED, POSSIBLE, NOT_LISTED, NOT_CHECKED, SILENT)


@dataclass(frozen=True)
class Verdict:
    """One checked claim: what came of it and, where it is not right, the kind of fault and what the files state."""

    outcome: str
    check: str
    claim: Claim
    fault: str = ""
    files: str = ""

    def __str__(self) -> str:
        claim = self.claim
        said = claim.value or claim.since
        return (
            f"{self.outcome}: {self.fault}: {claim.door} on {claim.party}, {claim.list_id} {claim.measure}, "
            f"{claim.day}: says {said!r} {claim.names[:1]}; the files: {self.files}"
        )


@dataclass(frozen=True)
class Clash:
    """Two doors that differ on one question."""

    fault: str
    party: str
    list_id: str
    day: str
    says: tuple[tuple[str, str], ...]  # door, what it says

    def __str__(self) -> str:
        says = ", ".join(f"{door}: {value}" for door, value in self.says)
        return f"{self.fault}: {self.party}, {self.list_id}, {self.day}: {says}"


@dataclass
class Audit:
    """The result: verdicts, contradictions, and how often a door only guesses."""

    verdicts: list[Verdict] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    def of(self, outcome: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.outcome == outcome]

    def found(self) -> dict[str, tuple[int, int]]:
        """Return by door how many listings of loaded files it names, and how many there are."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for verdict in self.verdicts:
            if verdict.check == "listed":
                counts[verdict.claim.door][0] += verdict.outcome == RIGHT
                counts[verdict.claim.door][1] += 1
        return {door: (right, total) for door, (right, total) in counts.items()}

    def guessed(self) -> dict[str, tuple[int, int]]:
        """Return by door how often it answers "possibly listed", of what the files say is not listed."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for verdict in self.verdicts:
            if verdict.check == "unlisted":
                counts[verdict.claim.door][0] += verdict.claim.value == POSSIBLE
                counts[verdict.claim.door][1] += 1
        return {door: (possible, total) for door, (possible, total) in counts.items()}

    def table(self) -> list[tuple[str, int, int, int, int]]:
        """Return per door: claims checked, right, wrong, missing; what the files leave open is not checked."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for verdict in self.verdicts:
            counts[verdict.claim.door][verdict.outcome] += 1
        return [
            (door, c[RIGHT] + c[WRONG] + c[MISSING], c[RIGHT], c[WRONG], c[MISSING])
            for door, c in sorted(counts.items())
        ]  # fmt: skip

    def summary(self, lines: int = 30) -> str:
        """Return the faults by kind, most first, each with an example."""
        kinds: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
        for verdict in self.verdicts:
            if verdict.outcome in {WRONG, MISSING}:
                kinds[verdict.outcome, verdict.fault].append(verdict)
        text = []
        for (outcome, fault), group in sorted(kinds.items(), key=lambda item: (item[0][0] == MISSING, -len(item[1]))):
            doors = Counter(verdict.claim.door for verdict in group)
            spread = ", ".join(f"{door} {count}" for door, count in doors.most_common(6))
            text.append(f"{outcome} {len(group):5}  {fault} ({spread})\n      e.g. {group[0]}")
        clashes: dict[str, list[Clash]] = defaultdict(list)
        for clash in self.clashes:
            clashes[clash.fault].append(clash)
        for fault, clashing in sorted(clashes.items(), key=lambda item: -len(item[1])):
            text.append(f"contradiction {len(clashing):5}  {fault}\n      e.g. {clashing[0]}")
        return "\n".join(text[:lines])


def audit(oracle: Oracle, parties: Sequence[Party], claims: Sequence[Claim]) -> Audit:
    """Return what came of every claim, and every contradiction between two doors."""
    judge = _Judge(oracle, parties)
    return Audit(list(judge.verdicts(claims)), [*answers_clash(claims), *judge.listings_clash(claims)])


class _Judge:
    def __init__(self, oracle: Oracle, parties: Sequence[Party]) -> None:
        self._oracle, self._parties = oracle, {party.id: party for party in parties}

    def verdicts(self, claims: Sequence[Claim]) -> Iterator[Verdict]:
        checks = {"answer": self._answer, "listing": self._listing, "shown": self._shown, "count": self._count,
                  "subject": self._subject}  # fmt: skip
        for claim in claims:
            if claim.kind in checks:
                yield from checks[claim.kind](claim)
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
        files = _worded(state)
        if state.answer == statements.LISTED:
            if value in {LISTED, POSSIBLE}:
                yield Verdict(RIGHT, "listed" if state.is_loaded else "answer", claim)
            elif value == NOT_LISTED:
                yield Verdict(WRONG, "listed" if state.is_loaded else "answer", claim, "not listed who is", files)
            elif state.is_loaded:
                yield Verdict(MISSING, "listed", claim, f"{value} though a loaded file names it", files)
        elif state.answer == statements.NOT_LISTED and value != SILENT:
            fault = "listed who is not" if value == LISTED else ""
            outcome = WRONG if fault else RIGHT if value == NOT_LISTED else OPEN
            yield Verdict(outcome, "unlisted", claim, fault, files)

    def _on_none(self, claim: Claim) -> Iterator[Verdict]:
        """Judge an answer on all lists at once: that none names the party, or that a brand leads nowhere."""
        party = self._parties[claim.party]
        states = {list_id: self._oracle.ask(party, list_id, claim.day) for list_id in self._oracle.lists}
        named = [each for each, state in states.items() if state.answer == statements.LISTED and state.is_loaded]
        if not named:
            yield Verdict(RIGHT, "answer", claim)
        elif claim.value == SILENT:
            yield Verdict(MISSING, "listed", claim, "a brand that lists name leads to no party", ", ".join(named))
        else:
            yield Verdict(WRONG, "listed", claim, "said to be on no list who is", ", ".join(named))

    def _listing(self, claim: Claim) -> Iterator[Verdict]:
        if not self._is_own(claim):
            return  # an entry of another party; the answer is judged by itself
        state, part = self._state(claim), part_of(claim, self._state(claim))
        if part is None:
            if state.answer != OPEN and not state.open_parts:
                yield Verdict(WRONG, "entry", claim, "an entry in force that is not", _worded(state))
            return
        stated = state.parts[part]
        yield _since(claim, stated.starts, stated.since)
        yield from _effect(claim, stated)
        yield from _act(claim, stated)
        yield from _binds(claim)

    def _shown(self, claim: Claim) -> Iterator[Verdict]:
        """Judge an entry on a page, which names no part: its day must be that of one of them."""
        state = self._state(claim)
        if state.answer == statements.LISTED and claim.since:
            starts = {start for part in state.parts.values() for start in part.starts}
            if starts and not state.open_parts and (self._is_own(claim) or claim.door != "page /search"):
                yield _since(claim, frozenset(starts), min(starts))
        yield from _binds(claim)

    def _count(self, claim: Claim) -> Iterator[Verdict]:
        branded = [party for party in self._parties.values() if party.brand]
        low = high = len(branded)
        if claim.party == "devices of listed makers":
            low = high = 0
            for party in branded:
                states = [self._oracle.ask(party, list_id, claim.day) for list_id in self._oracle.lists]
                low += any(state.answer == statements.LISTED and state.is_loaded for state in states)
                high += any(state.answer != statements.NOT_LISTED for state in states)
        is_right = low <= int(claim.value) <= high
        yield Verdict(RIGHT if is_right else WRONG, "count", claim, f"count of {claim.party}", f"{low} to {high}")

    def _subject(self, claim: Claim) -> Iterator[Verdict]:
        """Judge of whom a sentence is: of the party asked about."""
        party = self._parties[claim.party]
        own = {*party.forms, plain_form(party.brand or party.ask), plain_form(party.maker or party.ask)}
        is_right = plain_form(claim.value) in own or self._oracle.is_name_of((claim.value,), party)
        yield Verdict(RIGHT if is_right else WRONG, "subject", claim, "a sentence on another party", party.ask)

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
        """Judge the search: it shows every entry in force of a loaded file that names the party, and no other day's."""
        shown: dict[tuple[str, str], set[str]] = defaultdict(set)
        asked: dict[tuple[str, str], Claim] = {}
        for claim in claims:
            if claim.kind == "searched":
                asked.setdefault((claim.party, claim.day), claim)
                if claim.list_id and self._is_own(claim):
                    shown[claim.party, claim.day].add(claim.list_id)
        for (party, day), claim in asked.items():
            for list_id in self._oracle.lists:
                state = self._oracle.ask(self._parties[party], list_id, day)
                hit = Claim("answer", claim.door, party, list_id, day, LISTED if list_id in shown[party, day] else SILENT)
                if state.answer == statements.LISTED and state.is_loaded:
                    outcome = RIGHT if hit.value == LISTED else MISSING
                    yield Verdict(outcome, "listed", hit, "not shown though a loaded file names it", _worded(state))
                elif state.answer == statements.NOT_LISTED and hit.value == LISTED:
                    yield Verdict(WRONG, "answer", hit, "search shows an entry that is not in force", _worded(state))

    def listings_clash(self, claims: Sequence[Claim]) -> Iterator[Clash]:
        """Yield where two doors show the same part of a list with another start, effect or binding."""
        groups: dict[tuple[str, str, str, str], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in claims:
            if claim.kind == "listing" and self._is_own(claim):
                groups[claim.party, claim.list_id, claim.day, claim.measure][claim.door].append(claim)
        for (party, list_id, day, _), doors in groups.items():
            firsts = {door: min(shown, key=lambda claim: claim.since) for door, shown in doors.items()}
            for name in ("since", "effect", "binds"):
                values = {door: str(getattr(c, name)) for door, c in firsts.items() if getattr(c, name) is not None}
                if len(set(values.values())) > 1:
                    yield Clash(f"{name} differs", party, list_id, day, tuple(sorted(values.items())))


def part_of(claim: Claim, state: Statement) -> str | None:
    """Return the part in force that a measure belongs to, None for one that is not in force."""
    measure = claim.measure.casefold()
    if claim.list_id == "us-ofac":
        name = "consolidated" if re.search("consolidated|non-sdn|cmic|sectoral|menu", measure) else "sdn"
        return name if name in state.parts else None
    fitting = [part for part in state.parts if part and measure.startswith(part.casefold())]
    if claim.list_id in {"us-csl", "us-procurement-bans"}:
        return fitting[0] if fitting else None
    return next(iter(state.parts), None)


def _since(claim: Claim, starts: frozenset[str], first: str) -> Verdict:
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
    return Verdict(RIGHT if is_right else WRONG, "since", claim, "another start date", ", ".join(sorted(starts)))


def _effect(claim: Claim, stated: PartStatement) -> Iterator[Verdict]:
    if claim.effect is None or "" in stated.effects:
        return
    outcome = RIGHT if claim.effect in stated.effects else MISSING if not claim.effect else WRONG
    fault = f"effect {claim.effect or 'left open'} for {' or '.join(sorted(stated.effects))}"
    yield Verdict(outcome, "effect", claim, fault, ", ".join(sorted(stated.effects)))


def _binds(claim: Claim) -> Iterator[Verdict]:
    if claim.binds is not None and claim.list_id not in BINDING_STATES:
        is_right = claim.binds == (claim.list_id in BINDING)
        yield Verdict(RIGHT if is_right else WRONG, "binding", claim, "binding", str(claim.list_id in BINDING))


def _act(claim: Claim, stated: PartStatement) -> Iterator[Verdict]:
    """Judge the act where claim and file both cite the Federal Register."""
    said, printed = set(_citations([claim.act])), set(_citations(stated.acts))
    if said and printed:
        is_right = any(v == w and abs(p - q) <= PAGES_OF_ACT for v, p in said for w, q in printed)
        yield Verdict(RIGHT if is_right else WRONG, "act", claim, "another act", "; ".join(sorted(stated.acts)))


def _citations(acts: Iterable[str]) -> Iterator[tuple[int, int]]:
    for act in acts:
        for volume, page in re.findall(r"(\d+) F\.?R\.? (\d+)", act):
            yield int(volume), int(page)


def _worded(state: Statement) -> str:
    parts = "; ".join(
        f"{part or 'listed'} since {stated.since or 'a day not printed'}" + ("" if stated.is_loaded else " (not loaded)")
        for part, stated in state.parts.items()
    )  # fmt: skip
    return parts or state.answer


def answers_clash(claims: Sequence[Claim]) -> Iterator[Clash]:
    """Yield where two doors answer otherwise on a party, list and day.

    A door that shows hits only says nothing of other lists: its silence contradicts "listed" alone.
    """
    table: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for claim in claims:
        if claim.kind == "answer" and claim.list_id != "*":
            doors = table[claim.party, claim.list_id, claim.day]
            known = doors.get(claim.door, claim.value)
            doors[claim.door] = min(known, claim.value, key=RANKED.index)
    for (party, list_id, day), doors in table.items():
        for first, second in _contrary(doors):
            says = tuple((door, value) for door, value in sorted(doors.items()) if value in {first, second})
            yield Clash(f"{first} / {second}", party, list_id, day, says)


def entries_clash(claims: Sequence[Claim]) -> Iterator[Clash]:
    """Yield where two doors show other entries for a party, list and day, or the same ones otherwise.

    An entry is told by its name as the list prints it; what a door leaves out (its effect, say) is not compared.
    """
    table: dict[tuple[str, str, str], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.kind == "listing":
            table[claim.party, claim.list_id, claim.day][claim.door].append(claim)
    for (party, list_id, day), doors in table.items():
        for name in ("names", "since", "effect", "binds"):
            says = {
                door: " | ".join(sorted({f"{c.names[0]}: {getattr(c, name)}" for c in shown}))
                for door, shown in doors.items()
                if all(getattr(c, name) is not None for c in shown)
            }
            if name == "names":
                says = {door: " | ".join(sorted({c.names[0] for c in shown})) for door, shown in doors.items()}
            if len(set(says.values())) > 1:
                yield Clash(f"{name} differs", party, list_id, day, tuple(sorted(says.items())))
                break


def _contrary(doors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    values = {value for door, value in doors.items() if not (door == "/match" and value == POSSIBLE)}
    for number, first in enumerate(RANKED):
        for second in RANKED[number + 1 :]:
            if first in values and second in values and (second != SILENT or first == LISTED):
                yield first, second
