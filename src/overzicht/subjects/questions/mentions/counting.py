"""Number of sets that mention a name, and of mentions on each side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from overzicht.evidence.json_marks import AS_OBJECT
from overzicht.subjects.questions.mentions.model import Attribution, Mention, MentionKind


@dataclass(frozen=True, slots=True)
class NameCount:
    """A mentioned name: in how many sets, and how often on each side."""

    name: str
    kind: MentionKind
    maker: str
    sets: int
    sides: Annotated[tuple[tuple[Attribution, int], ...], AS_OBJECT]

    def count(self, stance: Attribution) -> int:
        """Return how often they are mentioned on a side."""
        return dict(self.sides).get(stance, 0)


def names_in(sets: Iterable[Iterable[Mention]]) -> list[NameCount]:
    """Return the names mentioned in these sets, those in most sets first."""
    counts: Counter[tuple[str, MentionKind, str]] = Counter()
    sides: dict[tuple[str, MentionKind, str], Counter[Attribution]] = {}
    for mentions in sets:
        keys = set()
        for mention in mentions:
            key = (mention.spot.name, mention.spot.kind, mention.spot.maker)
            keys.add(key)
            sides.setdefault(key, Counter())[mention.stance] += 1
        counts.update(keys)
    rows = [
        NameCount(
            *key, n, tuple((stance, sides[key][stance]) for stance in Attribution if sides[key][stance])
        )
        for key, n in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.sets, row.name.casefold(), row.kind.value))
