"""The body that a name means on a date, whatever word for its kind the name has, and no other body."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from overzicht.census.roll import Body

# Words for the kind of a body, and small words. What remains of a name is its core.
DUTCH_WORDS = (
    "gemeente gem provincie waterschap hoogheemraadschap ministerie van de het der en openbaar lichaam"
)
OTHER_WORDS = (
    "the of and council councils city county borough district metropolitan royal london unitary authority "
    "municipality province ministry department kommune comune"
)
KIND_WORDS = frozenset(f"{DUTCH_WORDS} {OTHER_WORDS}".split())
DUTCH_KINDS = {
    "gemeente": "municipality", "provincie": "province", "ministerie": "ministry",
    "waterschap": "water board", "hoogheemraadschap": "water board",
}  # fmt: skip
EITHER = {"county"}  # a county and a town in it often share their core
SAME_NAMES = {  # two official names of one municipality, Gemeentewet and own use
    "s gravenhage": "den haag", "den bosch": "s hertogenbosch",
}  # fmt: skip


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents and punctuation.

    >>> name_words("Gemeente Súdwest-Fryslân")
    ('gemeente', 'sudwest', 'fryslan')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = " ".join(re.findall(r"\w+", letters))
    for other, usual in SAME_NAMES.items():
        words = re.sub(rf"\b{other}\b", usual, words)
    return tuple(words.split())


def name_core(name: str) -> str:
    """Return the words of a name without those for its kind; all of them if no other is left."""
    words = name_words(name)
    return " ".join(word for word in words if word not in KIND_WORDS) or " ".join(words)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The body of a name, None if there is not exactly one; then `candidates` are those that fit."""

    body: Body | None
    candidates: tuple[Body, ...] = ()


@dataclass
class NameIndex:
    """The bodies of one or more rolls by name, of any date."""

    bodies: Iterable[Body]
    _whole: dict[tuple[str, ...], list[Body]] = field(default_factory=lambda: defaultdict(list))
    _core: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    _ids: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for body in self.bodies:
            for code in sorted(body.all_codes):
                self._ids[code.casefold()].append(body)
            for words in {name_words(name) for name in (body.name, *body.names)}:
                self._whole[words].append(body)
            for core in {name_core(name) for name in (body.name, *body.names)}:
                self._core[core].append(body)

    def find(self, name: str, day: date, *, country: str = "", kind: str = "") -> NameMatch:
        """Return the body that a name or code means on a date; a body that does not exist then never fits."""
        words = name_words(name)
        if not words or name.lstrip().startswith("("):
            return NameMatch(None)
        tries: tuple[Sequence[Body], ...] = (
            self._ids.get(name.strip().casefold(), ()),
            self._whole.get(words, ()),
            [body for body in self._core.get(name_core(name), ()) if _may_be(words, body)],
        )
        fitting: list[Body] = []
        for group in tries:
            fitting = [b for b in group if b.exists_on(day) and country in ("", b.country)]
            if len(fitting) > 1:
                fitting = [b for b in fitting if b.kind == kind] or fitting
            if fitting:
                break
        by_id = {body.id: body for body in fitting}
        bodies = tuple(by_id[key] for key in sorted(by_id))
        return NameMatch(bodies[0] if len(bodies) == 1 else None, bodies)


def _may_be(words: Sequence[str], body: Body) -> bool:
    """Return whether the words for a kind in a name do not exclude a body with the same core."""
    kinds = {DUTCH_KINDS[word] for word in words if word in DUTCH_KINDS}
    if kinds and body.country == "NL" and body.kind not in kinds:
        return False
    own = set(name_words(body.name))
    return body.country == "NL" or not (EITHER & (own ^ set(words)))
