"""Maker cards and relabelling statements, loaded once and indexed for look-up.

`Knowledge` is immutable and thread-safe. `load_knowledge` reads the packaged facts; `build` uses given cards.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from overzicht.derived import Bytes, code_of, derived
from overzicht.devices.brands import BrandIndex, OwnName, StatementFact
from overzicht.devices.card import (
    CHECKED,
    Fingerprint,
    MacRegistrant,
    MakerCard,
    MakerCards,
    ModelRule,
    RelabellingFile,
)
from overzicht.devices.sighting import DeviceKind, Trace
from overzicht.devices.vocabulary import expect_names, in_ascii, plain, without_company_form
from overzicht.errors import PackagedFactError
from overzicht.evidence import Citation
from overzicht.evidence.packaged import read_facts

_FACTS = (  # the cards, other names of brands, and the code that checks them
    ("overzicht.devices", "makers"), ("overzicht.devices", "relabelling"),
    ("overzicht.devices", "card.py"), ("overzicht.devices", "sighting.py"),
    ("overzicht.devices", "vocabulary.py"),
    ("overzicht.evidence", "packaged.py"), ("overzicht.evidence", "source.py"),
)  # fmt: skip
_GROUP = re.compile(r"\((?:\?:)?(?![?])")


def first_characters(pattern: str) -> frozenset[str] | None:
    """Return the characters (lower case) with which a match of `pattern` can begin; None for any."""
    return _first(pattern.removeprefix("^"))


def _first(rest: str) -> frozenset[str] | None:
    characters: frozenset[str] = frozenset()
    parts, start = [], 0
    for position, char, depth in _signs(rest):
        if char == "|" and depth == 0:
            parts.append(rest[start:position])
            start = position + 1
    for alternative in [*parts, rest[start:]]:
        starts = _first_of_sequence(alternative)
        if starts is None:
            return None
        characters |= starts
    return characters


def _first_of_sequence(rest: str) -> frozenset[str] | None:
    characters: frozenset[str] = frozenset()
    while rest:
        rest = rest.removeprefix("^")
        # the length of the first element and the characters it can begin with
        if group := _GROUP.match(rest):
            end = next((position for position, char, depth in _signs(rest) if char == ")" and depth == 0), 0)
            length, starts = (end + 1, _first(rest[group.end() : end])) if end else (0, None)
        elif rest.startswith("["):
            match = re.match(r"\[([A-Za-z0-9-]+)\]", rest)
            if match is None:
                length, starts = 0, None
            else:
                members: set[str] = set()
                for part in re.findall(r"[A-Za-z0-9]-[A-Za-z0-9]|.", match[1]):
                    low, high = ord(part[0]), ord(part[-1])
                    members |= {chr(code).lower() for code in range(low, high + 1)}
                length, starts = match.end(), frozenset(members)
        elif re.match(r"\\d", rest):
            length, starts = 2, frozenset("0123456789")
        elif escaped := re.match(r"\\([^\w\s])", rest):
            length, starts = 2, frozenset(escaped[1])
        elif re.match(r"[A-Za-z0-9 _/-]", rest):
            length, starts = 1, frozenset(rest[0].lower())
        else:
            length, starts = 0, None
        if starts is None:
            return None
        characters |= starts
        rest = rest[length:]
        optional = re.match(r"[?*]|\{0?,\d*\}|\{0\}", rest)
        if optional is None:
            return characters
        rest = rest[optional.end() :].removeprefix("?")
    return None


def _signs(rest: str) -> Iterator[tuple[int, str, int]]:
    """Yield (position, character, groups open after it) of what is neither escaped nor in a class."""
    depth, in_class, skip = 0, False, False
    for position, char in enumerate(rest):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        else:
            depth += {"(": 1, ")": -1}.get(char, 0)
            yield position, char, depth


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of a card, which its reader has checked; most are never needed."""
    return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A model rule; `starts` are the characters a match can begin with (None: any)."""

    maker_id: str
    fact: ModelRule
    starts: frozenset[str] | None
    not_for: frozenset[str]
    citation: Citation

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the rule."""
        return _compiled(self.fact.pattern)


@dataclass(frozen=True, slots=True)
class KnownFingerprint:
    """A fingerprint of a card."""

    maker_id: str
    fact: Fingerprint
    citation: Citation

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the fingerprint."""
        return _compiled(self.fact.pattern)


@dataclass(frozen=True, slots=True)
class KnownRegistrant:
    """A registrant of MAC blocks; `proves_maker` is False if the block does not prove the maker."""

    maker_id: str
    fact: MacRegistrant
    proves_maker: bool
    citation: Citation


class RuleIndex:
    """Model rules by first character, so that few rules are tried per model."""

    def __init__(self, rules: Iterable[KnownRule]) -> None:
        self.rules = tuple(rules)
        self._anywhere = tuple(rule for rule in self.rules if rule.starts is None)
        by_character: dict[str, list[KnownRule]] = defaultdict(list)
        for rule in self.rules:
            for character in sorted(rule.starts or ()):
                by_character[character].append(rule)
        self._by_character = {key: (*indexed, *self._anywhere) for key, indexed in by_character.items()}
        self._any_of: dict[str, re.Pattern[str]] = {}  # whether any of them matches, in one pattern

    def matches(self, model: str) -> list[KnownRule]:
        """Return the rules that match from the start of `model`, which is in ASCII; in no set order."""
        character = model[:1].lower()
        rules = self._by_character.get(character, self._anywhere)
        if character not in self._any_of:
            patterns = (f"(?:{rule.fact.pattern})" for rule in rules)
            self._any_of[character] = re.compile("|".join(patterns), re.IGNORECASE)
        if self._any_of[character].match(model) is None:  # fast: most serial numbers
            return []
        return [rule for rule in rules if rule.pattern.match(model)]


@dataclass(frozen=True)
class Knowledge:
    """Cards by id, brands, model rules, MAC registrants (by plain name) and fingerprints (by trace)."""

    makers: Mapping[str, MakerCard]
    brands: BrandIndex
    rules: RuleIndex
    registrants: Mapping[str, KnownRegistrant]
    fingerprints: Mapping[Trace, tuple[KnownFingerprint, ...]]

    def makes_its_own(self, maker_id: str) -> bool:
        """Whether what carries this maker's name is its own make: devices, or a software house's software."""
        return self.makers[maker_id].makes_devices or self.is_software_house(maker_id)

    def is_software_house(self, maker_id: str) -> bool:
        """Whether a maker makes no devices and every line on its card is software."""
        card = self.makers[maker_id]
        return not card.makes_devices and {line.kind for line in card.lines} == {DeviceKind.SOFTWARE}

    def has_other_goods(self, maker_id: str) -> bool:
        """Whether most of what carries the maker's name is other goods than ours (telephones, routers)."""
        return any(fact.mostly_other for fact in self.makers[maker_id].mac_registrants)

    def maker_name(self, maker_id: str) -> str:
        """Return the name a reader knows the maker by; the id itself where there is no card."""
        card = self.makers.get(maker_id)
        return card.trade_name if card else maker_id


@cache
def load_knowledge() -> Knowledge:
    """Return the packaged knowledge; PackagedFactError names the card and the place that is wrong."""
    return build(load_maker_cards().values(), load_relabelling())


def load_maker_cards(folder: Traversable | None = None) -> dict[str, MakerCard]:
    """Return the cards of `folder` (None: the packaged ones, read once per process) by id, sorted.

    Raises PackagedFactError if a file is not a valid card or is not named after its id.
    """
    return dict(_packaged_cards()) if folder is None else _cards_in(folder)


@cache
def _packaged_cards() -> Mapping[str, MakerCard]:
    """Return the packaged cards, which are checked once and then stored together."""
    code = code_of([files(package) / path for package, path in _FACTS], ("normality", "pyicu", "rigour"))
    packaged = derived(
        f"maker-cards-{code}", lambda: _made_cards().model_dump_json(by_alias=True).encode(), _stored_cards
    )
    expect_names(packaged.ascii, packaged.short)
    return packaged.cards


def _made_cards() -> MakerCards:
    cards = _cards_in(files("overzicht.devices") / "makers")
    brands = (brand for file in load_relabelling().values() for brand in file.brand_names)
    own = (name for card in cards.values() for name in (*card.all_names, *card.line_names))
    names = sorted({*brands, *own})
    return MakerCards(
        cards=cards,
        ascii={name: in_ascii(name) for name in names if not name.isascii()},
        short={name: without_company_form(name) for name in names},
    )


def _stored_cards(content: Bytes) -> MakerCards:
    return MakerCards.model_validate_json(content[:], context=CHECKED)


def _cards_in(folder: Traversable) -> dict[str, MakerCard]:
    cards = {
        name: read_facts(MakerCard, entry.name, entry.read_bytes()) for name, entry in _yaml_files(folder)
    }
    for name, card in cards.items():
        if card.id != name:
            raise PackagedFactError(f"makers/{name}.yml", f"its id is {card.id!r}, not {name!r}", place="id")
    return cards


def load_relabelling(folder: Traversable | None = None) -> dict[str, RelabellingFile]:
    """Return the relabelling files of `folder` (the packaged ones when None) by file name, sorted."""
    folder = folder or files("overzicht.devices").joinpath("relabelling")
    return {
        name: read_facts(RelabellingFile, entry.name, entry.read_bytes())
        for name, entry in _yaml_files(folder)
    }


def build(cards: Iterable[MakerCard], relabelling: Mapping[str, RelabellingFile]) -> Knowledge:
    """Return the knowledge of these cards and statements (file name to file).

    Raises PackagedFactError for a duplicate id, an unknown source, a statement on a maker without a card, or
    a pattern of a statement that does not compile.
    """
    makers: dict[str, MakerCard] = {}
    for card in cards:
        if card.id in makers:
            raise PackagedFactError(f"makers/{card.id}.yml", "two cards have this id", place="id")
        makers[card.id] = card
    statements = []
    for name, file in relabelling.items():
        for statement in file.statements:
            of = f"relabelling/{name}.yml"
            if statement.source not in file.sources:
                raise PackagedFactError(of, f"there is no source {statement.source!r}", place=statement.id)
            for maker in (statement.maker, *statement.undecided):
                if maker and maker not in makers:
                    raise PackagedFactError(of, f"there is no maker card {maker!r}", place=statement.id)
            patterns = []
            for pattern in statement.models:
                try:
                    patterns.append(re.compile(pattern, re.IGNORECASE))
                except re.error as error:
                    reason = f"the pattern {pattern!r} does not compile: {error}"
                    raise PackagedFactError(of, reason, place=f"{statement.id}.models") from error
            citation = file.sources[statement.source].cite(f"relabelling:{name}", statement.id)
            statements.append(StatementFact(statement, tuple(patterns), citation))
    own_names = []
    for each_card in makers.values():
        names = [
            OwnName(name.name, each_card.id, name.kind, _cite(each_card, name.source, f"names[{i}]"))
            for i, name in enumerate(each_card.names)
        ]
        lines = [
            OwnName(
                line.name,
                each_card.id,
                "own brand" if line.is_brand else "line",
                _cite(each_card, line.source, f"lines[{i}]"),
                line.kind,
            )
            for i, line in enumerate(each_card.lines)
        ]
        own_names.extend(names + lines)
    brands = BrandIndex.of(
        own=own_names,
        statements=statements,
        others=[(card.id, other.name) for card in makers.values() for other in card.not_the_same_as],
    )
    fingerprints: dict[Trace, list[KnownFingerprint]] = defaultdict(list)
    for card in makers.values():
        for i, fact in enumerate(card.fingerprints):
            known = KnownFingerprint(card.id, fact, _cite(card, fact.source, f"fingerprints[{i}]"))
            fingerprints[Trace(fact.trace)].append(known)
    return Knowledge(
        makers=MappingProxyType(makers),
        brands=brands,
        rules=RuleIndex(
            KnownRule(
                maker_id=card.id,
                fact=rule,
                starts=first_characters(rule.pattern),
                not_for=frozenset(plain(brand) for brand in rule.not_for),
                citation=_cite(card, rule.source, f"models[{i}]"),
            )
            for card in makers.values()
            for i, rule in enumerate(card.models)
        ),
        registrants=MappingProxyType(_registrants(makers.values(), brands)),
        fingerprints=MappingProxyType({trace: tuple(items) for trace, items in fingerprints.items()}),
    )


def _yaml_files(folder: Traversable) -> list[tuple[str, Traversable]]:
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".yml")), key=lambda e: e.name)
    return [(entry.name.removesuffix(".yml"), entry) for entry in entries]


def _cite(card: MakerCard, source: str, place: str) -> Citation:
    if source not in card.sources:
        raise PackagedFactError(f"makers/{card.id}.yml", f"there is no source {source!r}", place=place)
    return card.sources[source].cite(f"maker-card:{card.id}", place)


def _registrants(cards: Iterable[MakerCard], brands: BrandIndex) -> dict[str, KnownRegistrant]:
    registrants: dict[str, KnownRegistrant] = {}
    for card in cards:
        match = brands.find(card.trade_name)
        relabels = match is not None and match.brand.is_relabelling(besides=card.id)
        for i, fact in enumerate(card.mac_registrants):
            key = plain(fact.name)
            if key in registrants and registrants[key].maker_id != card.id:
                reason = f"{fact.name!r} is also a registrant of {registrants[key].maker_id}"
                raise PackagedFactError(f"makers/{card.id}.yml", reason, place=f"mac_registrants[{i}]")
            proves = fact.makes_devices and card.makes_devices and not relabels
            citation = _cite(card, fact.source, f"mac_registrants[{i}]")
            registrants[key] = KnownRegistrant(card.id, fact, proves, citation)
    return registrants
