"""What an audit comes to: a verdict on every claim checked, and the contradictions between doors."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from oracle.claims import POSSIBLE, Claim

RIGHT, WRONG, MISSING = "right", "wrong", "missing"


@dataclass(frozen=True)
class Verdict:
    """One checked claim: what came of it and, where it is not right, the kind of fault and what the files
    state."""

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
        """Return per door: claims checked, right, wrong, missing; what the files leave open is not
        checked."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for verdict in self.verdicts:
            counts[verdict.claim.door][verdict.outcome] += 1
        return [
            (door, c[RIGHT] + c[WRONG] + c[MISSING], c[RIGHT], c[WRONG], c[MISSING])
            for door, c in sorted(counts.items())
        ]

    def summary(self, lines: int = 30) -> str:
        """Return the faults by kind, most first, each with an example."""
        kinds: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
        for verdict in self.verdicts:
            if verdict.outcome in {WRONG, MISSING}:
                kinds[verdict.outcome, verdict.fault].append(verdict)
        text = []
        for (outcome, fault), group in sorted(
            kinds.items(), key=lambda item: (item[0][0] == MISSING, -len(item[1]))
        ):
            doors = Counter(verdict.claim.door for verdict in group)
            spread = ", ".join(f"{door} {count}" for door, count in doors.most_common(6))
            text.append(f"{outcome} {len(group):5}  {fault} ({spread})\n      e.g. {group[0]}")
        clashes: dict[str, list[Clash]] = defaultdict(list)
        for clash in self.clashes:
            clashes[clash.fault].append(clash)
        for fault, clashing in sorted(clashes.items(), key=lambda item: -len(item[1])):
            text.append(f"contradiction {len(clashing):5}  {fault}\n      e.g. {clashing[0]}")
        return "\n".join(text[:lines])
