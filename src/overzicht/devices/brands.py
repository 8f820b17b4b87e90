"""The brand index: any spelling of a name on a box leads to the brand, its owner and its statements."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from rigour.text.distance import levenshtein

from overzicht.devices.card import RelabellingStatement
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.vocabulary import core, plain, squashed, without_company_form
from overzicht.evidence import Citation

OwnKind = Literal["legal", "trade", "former", "short", "as-listed", "own brand", "line"]

# Which claim on a name counts when two cards have it: a name in use goes before a former one, and a
# product line last.
_RANK: dict[str, int] = {
    "trade": 0,
    "legal": 0,
    "short": 0,
    "own brand": 1,
    "as-listed": 2,
    "former": 3,
    "line": 4,
}

SHORTEST_TYPO = 6  # a name of fewer letters has too many neighbours
LONG_NAME = 10  # from here on two letters may differ
SHORTEST_SWAP = 5  # from here on two swapped letters (`Dahau`) are seen for what they are
SHORTEST_CUT = 3
SHORTEST_BEGINNING = 4  # `Spectra Enhanced` begins with a line; two letters would meet by chance


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name on a maker card, with its owner and kind."""

    name: str
    maker_id: str
    kind: OwnKind
    citation: Citation
    device_kind: DeviceKind = DeviceKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class StatementFact:
    """A relabelling statement with its model patterns compiled and its citation."""

    fact: RelabellingStatement
    models: tuple[re.Pattern[str], ...]
    citation: Citation

    @property
    def makers(self) -> tuple[str, ...]:
        """The makers it names: one, several between which it does not choose, or none."""
        return (self.fact.maker,) if self.fact.maker else self.fact.undecided


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand name: its spellings, the makers that own it, and statements on who makes its devices.

    `name` is the usual spelling. `own` is sorted by strength of the claim.
    """

    key: str
    name: str
    spellings: tuple[str, ...]
    own: tuple[OwnName, ...] = ()
    statements: tuple[StatementFact, ...] = ()

    @property
    def owners(self) -> tuple[OwnName, ...]:
        """The strongest claims on the name, one per maker; more than one means that cards disagree."""
        if not self.own:
            return ()
        best = _RANK[self.own[0].kind]
        first = {own.maker_id: own for own in reversed(self.own) if _RANK[own.kind] == best}
        return tuple(first[maker] for maker in sorted(first))

    def is_relabelling(self, *, besides: str = "") -> bool:
        """Whether a statement, other than a hint, names another maker than `besides`.

        If `besides` makes devices itself, statements of low confidence do not count.
        """
        return any(
            not (statement.fact.is_hint or (besides and statement.fact.confidence == "low"))
            and any(maker != besides for maker in statement.makers)
            for statement in self.statements
        )


class SpellingMatch(StrEnum):
    """How a text met a brand."""

    EXACT = "exact"  # ignoring case, punctuation, spaces and company form
    CORE = "core"  # generic words such as `security` differ
    BEGINNING = "beginning"  # the text begins with the brand
    TYPO = "typo"  # a letter or two differ, and no other brand is as near


@dataclass(frozen=True, slots=True)
class BrandMatch:
    """A brand that a text names, and how it was met."""

    brand: Brand
    spelling: SpellingMatch


@dataclass(frozen=True)
class BrandIndex:
    """Brands by their forms; immutable."""

    brands: MappingProxyType[str, Brand]
    by_form: MappingProxyType[str, str]
    by_core: MappingProxyType[str, str]
    others: frozenset[str]

    @classmethod
    def of(
        cls,
        *,
        own: Iterable[OwnName],
        statements: Iterable[StatementFact],
        others: Iterable[tuple[str, str]] = (),
    ) -> "BrandIndex":
        """Return the index of these names and statements; `others` are names recorded as somebody else's."""
        brands = _collect(list(own), list(statements))
        by_form: dict[str, str] = {}
        cores: dict[str, set[str]] = defaultdict(set)
        for brand in brands.values():
            for spelling in brand.spellings:
                for form in _forms(spelling):
                    by_form.setdefault(form, brand.key)
                cores[core(spelling)].add(brand.key)
        # A form without the generic words counts only where it leads to one maker.
        by_core = {form: min(keys) for form, keys in cores.items() if _is_one(brands, keys)}
        return cls(
            MappingProxyType(brands),
            MappingProxyType(by_form),
            MappingProxyType(by_core),
            frozenset(plain(name) for _, name in others) - {""},
        )

    def find(self, text: str, *, typos: bool = False) -> BrandMatch | None:
        """Return the brand that the whole of `text` names; None when none or more than one fits."""
        if not (form := plain(text)) or form in self.others:
            return None
        for key in _forms(text):
            if key in self.by_form:
                return BrandMatch(self.brands[self.by_form[key]], SpellingMatch.EXACT)
        for key in (core(text), core(text).replace(" ", "")):
            if key in self.by_core:
                return BrandMatch(self.brands[self.by_core[key]], SpellingMatch.CORE)
            if key in self.by_form:
                return BrandMatch(self.brands[self.by_form[key]], SpellingMatch.CORE)
        if beginning := self.beginning(text):
            return BrandMatch(beginning[0], SpellingMatch.BEGINNING)
        return self._typo(text) if typos else None

    def whole(self, text: str) -> Brand | None:
        """Return the brand of this name, whatever its company form and generic words; else None.

        `Lens Marine Networks` begins with a brand and is the name of another party.
        """
        match = self.find(text)
        return match.brand if match and match.spelling is not SpellingMatch.BEGINNING else None

    def beginning(self, text: str) -> tuple[Brand, int] | None:
        """Return the brand that starts `text`, as whole words, and its number of words.

        The longest brand wins. Names of fewer than four letters are ignored, because they match by chance.
        """
        words = plain(text).split(" ")
        for length in range(min(len(words), 4), 0, -1):
            form = " ".join(words[:length])
            if len(form) >= SHORTEST_BEGINNING and (key := self.by_form.get(form)):
                return self.brands[key], length
        return None

    def _typo(self, text: str) -> BrandMatch | None:
        form = core(text).replace(" ", "")
        near: dict[int, set[str]] = defaultdict(set)
        for known, key in self.by_core.items():
            if (distance := _mistakes(form, known.replace(" ", ""))) is not None:
                near[distance].add(key)
        if not near or not _is_one(self.brands, near[min(near)]):
            return None
        return BrandMatch(self.brands[min(near[min(near)])], SpellingMatch.TYPO)


@lru_cache(maxsize=10_000)
def resembles(text: str, names: tuple[str, ...]) -> bool:
    """Whether a text may be one of these names misspelt or cut short (`HIK`).

    Only for a maker that other evidence names: this alone is too weak.
    """
    form = core(text).replace(" ", "")
    known = {core(name).replace(" ", "") for name in names}
    return any(
        name == form
        or (len(form) >= SHORTEST_CUT and name.startswith(form))
        or _mistakes(form, name) is not None
        for name in known
    )


def _mistakes(form: str, name: str) -> int | None:
    """Return the number of typing mistakes between two names, or None if they differ more."""
    shortest = min(len(form), len(name))
    # The first letter must agree: mistakes in it are rare, and different names often rhyme.
    if shortest < SHORTEST_SWAP or form[0] != name[0]:
        return None
    allowed = 2 if len(form) >= LONG_NAME else 1
    if abs(len(name) - len(form)) > allowed:
        return None
    distance = levenshtein(form, name, max_edits=2)
    if len(form) == len(name) and distance == 2 and sorted(form) == sorted(name):
        return 1  # two letters changed places
    return distance if distance <= allowed and shortest >= SHORTEST_TYPO else None


def _forms(name: str) -> tuple[str, ...]:
    plain_form = plain(name)
    shorter = without_company_form(name)
    forms = (plain_form, squashed(name), shorter, shorter.replace(" ", ""), name.strip().lower())
    return tuple(dict.fromkeys(form for form in forms if form))


def _collect(own: Sequence[OwnName], statements: Sequence[StatementFact]) -> dict[str, Brand]:
    keys: dict[str, str] = {}
    spellings: dict[str, list[str]] = defaultdict(list)

    def key_of(*names: str) -> str:
        known = next((keys[form] for name in names for form in _forms(name) if form in keys), "")
        key = known or squashed(names[0]) or names[0]
        for name in names:
            for form in _forms(name):
                keys.setdefault(form, key)
            if name not in spellings[key]:
                spellings[key].append(name)
        return key

    owns: dict[str, list[OwnName]] = defaultdict(list)
    facts: dict[str, list[StatementFact]] = defaultdict(list)
    for name in sorted(own, key=lambda item: (_RANK[item.kind], item.maker_id, item.name)):
        trade = keys.get(core(name.name), "") if name.kind not in {"own brand", "line"} else ""
        if trade and any(other.maker_id == name.maker_id for other in owns[trade]):
            # A maker's longer name (`… Security Systems`) is one brand with its trade name.
            if name.name not in spellings[trade]:
                spellings[trade].append(name.name)
            keys.update(dict.fromkeys((form for form in _forms(name.name) if form not in keys), trade))
            owns[trade].append(name)
        else:
            owns[key_of(name.name)].append(name)
    for statement in sorted(statements, key=lambda item: item.fact.id):
        facts[key_of(statement.fact.brand, *statement.fact.brand_spellings)].append(statement)
    return {
        key: Brand(key, names[0], tuple(names), tuple(owns[key]), tuple(facts[key]))
        for key, names in sorted(spellings.items())
    }


def _is_one(brands: MappingProxyType[str, Brand] | dict[str, Brand], keys: set[str]) -> bool:
    if len(keys) == 1:
        return True
    makers = {own.maker_id for key in keys for own in brands[key].owners}
    return len(makers) == 1 and not any(brands[key].statements for key in keys)
