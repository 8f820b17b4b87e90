"""Check of the facts that ship with the product: maker cards, relabelling, list cards, listings, names.

All files are read and all problems are collected. The check is pure: the date is an argument, and the folders
can be others than the packaged ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from overzicht.dates import Holds
from overzicht.devices.card import MakerCard, Owner, RelabellingFile
from overzicht.devices.vocabulary import plain
from overzicht.entities.ownership import WHOLE
from overzicht.evidence.faults import faults_of
from overzicht.parties.names import NamesFile
from overzicht.parties.ownership import card_stakes
from overzicht.safepatterns import nested_repetition
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.registry import READERS
from overzicht.sources.starter.schema import StarterFile

STALE_AFTER_DAYS = 400  # a card is reviewed once a year, with some weeks of margin


@dataclass(frozen=True, slots=True, order=True)
class CardProblem:
    """A problem of a packaged fact: the file, the place in it, and the reason."""

    card: str
    place: str
    reason: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"{', '.join(filter(None, (self.card, self.place)))}: {self.reason}"


@dataclass(frozen=True, slots=True)
class CardFolders:
    """The folders of the facts, each with YAML files."""

    makers: Traversable
    relabelling: Traversable
    lists: Traversable
    starter: Traversable
    names: Traversable

    @classmethod
    def packaged(cls) -> "CardFolders":
        """Return the folders of the facts that ship with the product."""
        devices, sources = files("overzicht.devices"), files("overzicht.sources")
        return cls(
            makers=devices.joinpath("makers"),
            relabelling=devices.joinpath("relabelling"),
            lists=sources.joinpath("lists"),
            starter=sources.joinpath("starter"),
            names=files("overzicht.parties").joinpath("data"),
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """A file: its content as plain values, and as a model of its schema (None if not valid)."""

    card: str
    name: str
    data: Mapping[str, Any]
    model: BaseModel | None
    problems: tuple[CardProblem, ...] = ()


@dataclass(slots=True)
class _Claims:
    """The cards that have a value which only one card may have, by value, in order."""

    cards: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, value: str, card: str) -> None:
        if card not in self.cards[value]:
            self.cards[value].append(card)

    def problems(self, what: str) -> Iterator[CardProblem]:
        for value, cards in self.cards.items():
            if len(cards) > 1:
                yield CardProblem(
                    cards[1], "", f"the {what} {value!r} is also in {', '.join(cards[:1] + cards[2:])}"
                )


def check_cards(today: date, folders: CardFolders | None = None) -> list[CardProblem]:
    """Return all problems of all cards, sorted by card and place; empty if there are none.

    `today` is the date for finding dates in the future and cards that were not checked for long.
    """
    folders = folders or CardFolders.packaged()
    makers = _read_folder(folders.makers, "makers", MakerCard)
    relabelling = _read_folder(folders.relabelling, "relabelling", RelabellingFile)
    lists = _read_folder(folders.lists, "lists", ListCard)
    starter = _read_folder(folders.starter, "starter", StarterFile)
    names = _read_folder(folders.names, "parties", NamesFile)
    problems: set[CardProblem] = set()
    for read in [*makers, *relabelling, *lists, *starter, *names]:
        problems.update(read.problems, _check_sources(read), _check_dates(read, today))
    for read in [*makers, *relabelling]:
        problems.update(
            CardProblem(read.card, place, reason)
            for place, pattern in _patterns(read.data)
            if (reason := _pattern_fault(pattern))
        )
    cards = [read for read in makers if isinstance(read.model, MakerCard)]
    # check that an owner's id means one party: an owner with a card has a name of that card
    owners: list[CardProblem] = []
    models = {read.name: read.model for read in cards if isinstance(read.model, MakerCard)}
    names_of = {id_: {plain(name.name) for name in card.names} for id_, card in models.items()}
    for own in cards:
        maker = models[own.name]
        for owner in _with_owners_of(maker.owners):
            if owner.id in names_of and plain(owner.name) not in names_of[owner.id]:
                why = f"the card of the owner's id does not have the name {owner.name!r}"
                owners.append(CardProblem(own.card, f"owners.{owner.id}", why))
        for why in _too_many_shares(maker, models):
            owners.append(CardProblem(own.card, "owners", why))
    problems.update(
        _check_ids(makers, "id"),
        _check_ids(starter, "list_id"),
        _check_duplicates(cards),
        owners,
        _check_statements(relabelling, {read.name for read in makers}),
    )
    registered = {list_id.replace("-", "_"): list_id for list_id in READERS}
    for read in lists:
        expected, given = registered.get(read.name), read.data.get("id")
        if expected is None:
            problems.add(CardProblem(read.card, "", "no list is registered under this name"))
        elif given != expected:
            reason = f"it is {given!r}, but the reader is registered as {expected!r}"
            problems.add(CardProblem(read.card, "id", reason))
    for read in starter:
        given = read.data.get("list_id")
        if given is not None and given not in READERS:
            problems.add(CardProblem(read.card, "list_id", f"there is no list {given!r}"))
    return sorted(problems)


def _read_folder(folder: Traversable, label: str, schema: type[BaseModel]) -> list[_Read]:
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".yml")), key=lambda e: e.name)
    return [_read(e, f"{label}/{e.name}", e.name.removesuffix(".yml"), schema) for e in entries]


def _read(entry: Traversable, card: str, name: str, schema: type[BaseModel]) -> _Read:
    try:
        data = read_packaged_yaml(entry.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return _Read(card, name, {}, None, (CardProblem(card, "", f"not valid YAML: {error}"),))
    if not isinstance(data, dict):
        return _Read(card, name, {}, None, (CardProblem(card, "", "it has no fields"),))
    try:
        return _Read(card, name, data, schema.model_validate(data))
    except ValidationError as error:
        problems = tuple(CardProblem(card, *fault) for fault in faults_of(error.errors()))
        return _Read(card, name, data, None, problems)


def _facts(data: object, place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every mapping in a card, except its table of sources, with its place."""
    if isinstance(data, dict):
        yield place, data
        for key, value in data.items():
            if not (place == "" and key == "sources"):
                yield from _facts(value, f"{place}.{key}" if place else str(key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _facts(value, f"{place}[{i}]")


def _check_sources(read: _Read) -> Iterator[CardProblem]:
    sources = read.data.get("sources")
    known = set(sources) if isinstance(sources, dict) else set()
    used = set()
    for place, fact in _facts(read.data):
        source = fact.get("source")
        if source is None:
            continue
        used.add(source)
        if source not in known:
            yield CardProblem(read.card, place, f"there is no source {source!r}")
    if read.model is None or isinstance(read.model, ListCard):
        return  # the expectations and oddities of a list card also have sources
    for source in sorted(known - used, key=str):
        yield CardProblem(read.card, f"sources.{source}", "no fact uses this source")


def _check_dates(read: _Read, today: date) -> Iterator[CardProblem]:
    checked = read.data.get("checked")
    if not isinstance(checked, date):
        return  # a problem of the schema
    if checked > today:
        yield CardProblem(read.card, "checked", f"{checked} is in the future")
    elif (today - checked).days > STALE_AFTER_DAYS:
        reason = f"it was last checked on {checked}, {(today - checked).days} days ago"
        yield CardProblem(read.card, "checked", reason)
    sources = read.data.get("sources")
    for key, source in sources.items() if isinstance(sources, dict) else ():
        if not isinstance(source, dict) or not isinstance(source.get("read"), date):
            continue
        place, read_on = f"sources.{key}", source["read"]
        if read_on > checked:
            yield CardProblem(read.card, place, f"it was read on {read_on}, after the card was checked")
        if _is_later(source.get("date", ""), read_on):
            yield CardProblem(read.card, place, f"it is dated {source['date']}, after it was read")
    for place, fact in _facts(read.data):
        card = read.card
        for key in ("since", "stated", "date"):
            if _is_later(fact.get(key, ""), checked):
                yield CardProblem(
                    card, place, f"{key} {fact[key]} is after the date on which the card was checked"
                )
        since, until = str(fact.get("since") or ""), str(fact.get("until") or "")
        length = min(len(since), len(until))
        if until[:length] < since[:length]:
            yield CardProblem(card, place, f"it ends in {until}, before it starts in {since}")


def _is_later(value: object, than: date) -> bool:
    """Return whether an ISO day, month, year or range (`2019/2021`) begins after a date."""
    text = str(value).partition("/")[0]
    return text > than.isoformat()[: len(text)]


def _check_ids(reads: Iterable[_Read], key: str) -> list[CardProblem]:
    return [
        CardProblem(read.card, key, f"it is {read.data[key]!r}, not the name of the file")
        for read in reads
        if key in read.data and read.data[key] != read.name
    ]


def _patterns(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for place, fact in _facts(data):
        if isinstance(fact.get("pattern"), str):
            yield place, fact["pattern"]
        models = fact.get("models") if "relation" in fact else None
        for i, pattern in enumerate(models if isinstance(models, list) else []):
            yield f"{place}.models[{i}]", str(pattern)


def _pattern_fault(pattern: str) -> str:
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        return f"the pattern {pattern!r} does not compile: {error}"
    if nested := nested_repetition(pattern):
        return f"the pattern {pattern!r} repeats a repetition: {nested!r}"
    return f"the pattern {pattern!r} matches the empty text" if compiled.match("") else ""


def _check_duplicates(cards: Iterable[_Read]) -> Iterator[CardProblem]:
    """Yield a problem for a legal name, registration or MAC name on two cards.

    Two cards may have the same trade name, because brands are sold.
    """
    legal, registrants, identifiers = _Claims(), _Claims(), _Claims()
    for read in cards:
        card = read.model
        assert isinstance(card, MakerCard)  # noqa: S101  the caller gives only these
        for name in card.names:
            if name.kind == "legal":
                legal.add(plain(name.name) or name.name, read.card)
        for registrant in card.mac_registrants:
            registrants.add(plain(registrant.name), read.card)
        for identifier in card.identifiers:
            identifiers.add(f"{identifier.kind} {identifier.value}", read.card)
    yield from legal.problems("legal name")
    yield from registrants.problems("MAC registrant")
    yield from identifiers.problems("identifier")


def _too_many_shares(card: MakerCard, cards: Mapping[str, MakerCard]) -> Iterator[str]:
    """Yield each party, with the first date, whose owners together certainly have more than 100 percent."""
    stakes = [statement for _, statement in card_stakes(card, cards)]
    for asset in sorted({stake.asset for stake in stakes}):
        own = [stake for stake in stakes if stake.asset == asset]
        days = {
            stake.period.start.day if stake.period.start else stake.stated_on or date.min for stake in own
        }
        for day in sorted(days):
            certain = [stake for stake in own if stake.holds_on(day) is Holds.YES]
            shares = {
                stake.owner: stake.share.low for stake in sorted(certain, key=lambda stake: stake.share.low)
            }
            if (total := sum(shares.values())) > WHOLE:
                yield f"the owners of {asset} have {total} percent together on {day}"
                break


def _with_owners_of(owners: Iterable[Owner]) -> Iterator[Owner]:
    for owner in owners:
        yield owner
        yield from _with_owners_of(owner.owners)


def _check_statements(relabelling: Iterable[_Read], makers: set[str]) -> Iterator[CardProblem]:
    ids = _Claims()
    for read in relabelling:
        if not isinstance(read.model, RelabellingFile):
            continue
        seen: set[str] = set()
        for i, statement in enumerate(read.model.statements):
            ids.add(statement.id, read.card)
            named = {statement.maker} - {""} | set(statement.undecided)
            faults = [f"there is no maker card {maker!r}" for maker in sorted(named - makers)]
            if statement.maker and statement.undecided:
                faults.append("it has both `maker` and `undecided`; give one of them")
            if not named and not statement.is_hint:
                faults.append(f"it has no maker, which only a hint may lack, not {statement.relation}")
            yield from (CardProblem(read.card, f"statements[{i}]", fault) for fault in faults)
            if statement.id in seen:
                yield CardProblem(read.card, f"statements[{i}]", f"the id {statement.id!r} occurs twice")
            seen.add(statement.id)
    yield from ids.problems("statement id")
