"""What the raw files state of a party on a day: listed, not listed, or open where they do not fix it."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from oracle.entries import Entry, RawLists
from oracle.spellings import plain_form, spellings

HERE = Path(__file__).parent
COVERED_AFTER = timedelta(days=30)  # a file shows absence until so long after its day
WHOLE_1260H = ("2021-06-03", "2025-01-07", "2026-06-08")  # these state the whole list; the others add to it
LISTED, NOT_LISTED, OPEN = "listed", "not listed", "open"


@dataclass(frozen=True)
class Party:
    """A party of the audit: what is asked, and every name under which official files print it."""

    id: str
    ask: str
    kind: str
    names: tuple[str, ...]
    brand: str = ""
    maker: str = ""

    @property
    def is_person(self) -> bool:
        return self.kind == "Person"

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(plain_form(name, is_person=self.is_person) for name in (self.ask, *self.names))


@dataclass(frozen=True)
class PartStatement:
    """A party on one part of one list on a day; `starts` are the days that files or acts give, none
    printed: empty."""

    effects: frozenset[str]
    since: str
    starts: frozenset[str]
    acts: frozenset[str]
    is_loaded: bool
    newest_loaded: str


@dataclass(frozen=True)
class Statement:
    """The oracle's answer on a party, list and day."""

    answer: str
    parts: dict[str, PartStatement] = field(default_factory=dict)
    open_parts: frozenset[str] = frozenset()

    @property
    def is_loaded(self) -> bool:
        return any(part.is_loaded for part in self.parts.values())


@cache
def facts() -> dict[str, Any]:
    """Return the days that files do not print, with their sources."""
    return tomllib.loads((HERE / "facts.toml").read_text(encoding="utf-8"))


def read_parties(file: Path = HERE / "parties.toml") -> tuple[list[Party], list[str]]:
    """Return the parties and the days of the audit."""
    plan = tomllib.loads(file.read_text(encoding="utf-8"))
    parties = [Party(**{**each, "names": tuple(each.get("names", ()))}) for each in plan["party"]]
    return parties, plan["days"]


def is_covered(newest: str, day: str) -> bool:
    """Return whether a file of a day still shows absence on another."""
    return date.fromisoformat(day) <= date.fromisoformat(newest) + COVERED_AFTER


class Oracle:
    """Answers from the raw files; indexed once, so that a question takes microseconds."""

    def __init__(self, raw: RawLists) -> None:
        self._raw = raw
        self._by_form: dict[tuple[str, bool], set[int]] = defaultdict(set)
        for number, entry in enumerate(raw.entries):
            for is_person in {True, False} if entry.is_person is None else {entry.is_person}:
                for printed in entry.names:
                    for name in spellings(printed):
                        self._by_form[plain_form(name, is_person=is_person), is_person].add(number)
        self.lists = tuple(sorted({entry.list_id for entry in raw.entries}))
        self._entries_of: dict[str, tuple[Entry, ...]] = {}
        self._statements: dict[tuple[str, str, str], Statement] = {}

    def entries_of(self, party: Party) -> tuple[Entry, ...]:
        """Return the entries that name a party, in the order of the files."""
        if party.id not in self._entries_of:
            numbers = {n for form in party.forms for n in self._by_form.get((form, party.is_person), ())}
            self._entries_of[party.id] = tuple(self._raw.entries[n] for n in sorted(numbers))
        return self._entries_of[party.id]

    def is_name_of(self, printed: Iterable[str], party: Party, list_id: str = "", day: str = "") -> bool:
        """Return whether any of the names printed for an entry is one of the party's.

        With a list and a day, the names are those of its entries there that had begun.
        """
        own = set(party.forms)
        for entry in self.entries_of(party):
            if list_id and (entry.list_id != list_id or entry.since > day):
                continue
            own |= {plain_form(s, is_person=party.is_person) for n in entry.names for s in spellings(n)}
        return any(
            plain_form(s, is_person=party.is_person) in own for name in printed for s in spellings(name)
        )

    def ask(self, party: Party, list_id: str, day: str) -> Statement:
        """Return what the files state of a party on a day."""
        key = (party.id, list_id, day)
        if key not in self._statements:
            self._statements[key] = self._ask(party, list_id, day)
        return self._statements[key]

    def _ask(self, party: Party, list_id: str, day: str) -> Statement:
        mine: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries_of(party):
            if entry.list_id == list_id:
                mine[entry.part].append(entry)
        states = {part: self._part(party, list_id, part, entries, day) for part, entries in mine.items()}
        listed = {part: state for part, state in states.items() if isinstance(state, PartStatement)}
        unclear = frozenset(part for part, state in states.items() if state == OPEN)
        if listed:
            return Statement(LISTED, listed, unclear)
        if unclear or not self._covers(list_id, day):
            return Statement(OPEN, {}, unclear)
        return Statement(NOT_LISTED)

    def _covers(self, list_id: str, day: str) -> bool:
        newest = max(
            (v for (one, _), days in self._raw.versions.items() if one == list_id for v in days if v),
            default="",
        )
        return bool(newest) and is_covered(newest, day)

    def _part(
        self, party: Party, list_id: str, part: str, entries: Sequence[Entry], day: str
    ) -> PartStatement | str:
        if list_id == "us-1260h":
            return _military(entries, day)
        if all(entry.until and entry.until <= day for entry in entries):
            return NOT_LISTED
        stated = {entry.since for entry in entries if entry.since} | _acts_of(party, list_id, part)
        if stated and min(stated) > day:
            return NOT_LISTED
        state = self._seen(list_id, part, entries, day, has_start=bool(stated))
        if state != LISTED:
            return state
        if _is_disputed(party, list_id, part, stated, day):
            return OPEN
        return _statement(entries, {start for start in stated if start <= day}, day)

    def _seen(self, list_id: str, part: str, entries: Sequence[Entry], day: str, *, has_start: bool) -> str:
        """Return what the versions of a part show: whether it is in those around the day."""
        versions = sorted(v for v in self._raw.versions[list_id, part] if v)
        having = sorted({entry.version for entry in entries if entry.version})
        if not has_start:
            if not having:
                return OPEN
            if day < having[0]:
                return NOT_LISTED if any(day <= v < having[0] for v in versions) else OPEN
        later = [version for version in versions if having and version > having[-1]]
        if later and day >= later[0]:
            return NOT_LISTED
        return OPEN if later and day > having[-1] else LISTED


def _acts_of(party: Party, list_id: str, part: str) -> set[str]:
    """Return the days on which acts put a party on a part of a list, where the file prints none."""
    return {
        fact["since"]
        for fact in facts()["act"]
        if (fact["list"], fact["part"]) == (list_id, part) and party.id in fact["parties"]
    }


def _is_disputed(party: Party, list_id: str, part: str, stated: set[str], day: str) -> bool:
    """Return whether an act and a file give two days, and the day lies between them."""
    acts = _acts_of(party, list_id, part)
    others = stated - acts
    return bool(acts and others) and min(acts | others) <= day < max(min(acts), min(others))


def _statement(entries: Sequence[Entry], starts: set[str], day: str) -> PartStatement:
    now = [e for e in entries if not (e.since and e.since > day) and not (e.until and e.until <= day)]
    held = [e for e in now if e.is_loaded and (e.since or (e.version and e.version <= day))]
    return PartStatement(
        frozenset(e.effect for e in now),
        min(starts, default=""),
        frozenset(starts),
        frozenset(e.act for e in now),
        bool(held),
        max((e.version for e in held), default=""),
    )


def _military(entries: Sequence[Entry], day: str) -> PartStatement | str:
    """Return the run of a party on the 1260H list: a version of the whole list without it ends the run."""
    start, until = "", ""
    for moment in sorted({*WHOLE_1260H, *(e.since for e in entries), *(e.until for e in entries if e.until)}):
        if moment > day:
            break
        begun = [e for e in entries if e.since == moment]
        if begun:
            start = start or moment
            until = "" if any(not e.until for e in begun) else max(e.until for e in begun)
        elif moment in WHOLE_1260H or (until and until <= moment):
            start = ""
    return _statement(entries, {start}, day) if start else NOT_LISTED
