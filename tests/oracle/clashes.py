"""Contradictions: two doors that differ on the same party, list and day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from oracle.claims import LISTED, NOT_CHECKED, NOT_LISTED, POSSIBLE, SILENT, Claim
from oracle.results import Clash

RANKED = (LISTED, POSSIBLE, NOT_LISTED, NOT_CHECKED, SILENT)


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

    An entry is told by its name as the list prints it; what a door leaves out (its effect, say) is not
    compared.
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
                says = {
                    door: " | ".join(sorted({c.names[0] for c in shown})) for door, shown in doors.items()
                }
            if len(set(says.values())) > 1:
                yield Clash(f"{name} differs", party, list_id, day, tuple(sorted(says.items())))
                break


def _contrary(doors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    values = {value for door, value in doors.items() if not (door == "/match" and value == POSSIBLE)}
    for number, first in enumerate(RANKED):
        for second in RANKED[number + 1 :]:
            if first in values and second in values and (second != SILENT or first == LISTED):
                yield first, second
