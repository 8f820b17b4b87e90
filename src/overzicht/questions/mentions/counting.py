"""Who is mentioned in how many sets, and how often on each side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from overzicht.evidence.shown import AS_OBJECT
from overzicht.questions.mentions.model import Mention, MentionKind, Stance


@dataclass(frozen=True, slots=True)
class NameCount:
    """Somebody who is mentioned: in how many sets, and how often on each side."""

    name: str
    kind: MentionKind
    maker: str
    sets: int
    sides: Annotated[tuple[tuple[Stance, int], ...], AS_OBJECT]

    def count(self, stance: Stance) -> int:
        """Return how often they are mentioned on a side."""
        return dict(self.sides).get(stance, 0)


def names_in(sets: Iterable[Iterable[Mention]]) -> list[NameCount]:
    """Return who is mentioned in these sets of mentions, in the most sets first."""
    counts: Counter[tuple[str, MentionKind, str]] = Counter()
    sides: dict[tuple[str, MentionKind, str], Counter[Stance]] = {}
    for mentions in sets:
        keys = set()
        for one in mentions:
            key = (one.spot.name, one.spot.kind, one.spot.maker)
            keys.add(key)
            sides.setdefault(key, Counter())[one.stance] += 1
        counts.update(keys)
    rows = [
        NameCount(*key, n, tuple((stance, sides[key][stance]) for stance in Stance if sides[key][stance]))
        for key, n in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.sets, row.name.casefold(), row.kind.value))
