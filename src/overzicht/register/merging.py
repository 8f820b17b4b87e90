"""Combining what several organisations publish of their registers into one overview, without counting twice.

| possible double count                          | treatment                                          |
| ---------------------------------------------- | -------------------------------------------------- |
| the same organisation in two files             | the newest counts; the other is named              |
| an organisation and one above that includes it | the one above counts; the other is named           |
| a register and a statement of the same body    | both are shown; only the register counts           |
| files of different dates                       | they are added, and the range of dates is stated   |

An organisation always shares counts, and chooses to share models or devices. Data that it does not share are
listed as unknown, never as zero.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from overzicht.evidence import Text, text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.worded_enum import WordedEnum

FORM = "overzicht-register"
VERSION = 1


class Level(WordedEnum):
    """What an organisation shares: counts, also models, or every device."""

    COUNTS = "counts", text("counts")
    MODELS = "models", text("counts and models")
    FULL = "full", text("counts, models and each device")


@dataclass(frozen=True, slots=True)
class Published:
    """One organisation's published register. `includes` are the ids of all organisations it counts.

    `counts` has the numbers of `total`, `listed`, `relabelled`, `unknown`, `replaced` and so on; `makers` and
    `kinds` count devices by maker and kind. `models` and `devices` are None if they are not shared.
    """

    organisation: str
    name: str
    includes: tuple[str, ...]
    as_of: date
    level: Level
    counts: Mapping[str, int]
    makers: Sequence[Mapping[str, Any]]  # {maker, name, devices}
    kinds: Mapping[str, int]
    models: Annotated[Sequence[Mapping[str, Any]] | None, HIDDEN]  # {maker, brand, model, kind, devices}
    devices: Annotated[Sequence[Mapping[str, Any]] | None, HIDDEN]
    statements: Annotated[Sequence[Mapping[str, Any]], HIDDEN]
    unknown: Annotated[Sequence[Text], HIDDEN]
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation in a merged overview: whether it counts, and what it does not share."""

    published: Published
    counts: bool
    note: Text | None
    unknown: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class MergedOverview:
    """Combined figures of the organisations that count; `models` only of those that share them."""

    members: tuple[Member, ...]
    first_day: date
    last_day: date
    totals: Mapping[str, int]
    makers: Mapping[str, int]
    maker_names: Mapping[str, str]
    kinds: Mapping[str, int]
    models: Sequence[Mapping[str, Any]]
    models_of: int  # the organisations that share their models
    statements: Sequence[Mapping[str, Any]]
    notes: tuple[Text, ...] = field(default=())


def merge(published: Sequence[Published]) -> MergedOverview:
    """Return one overview of several published registers, at least one; see the table above."""
    ordered = sorted(
        published,
        key=lambda register: (register.name, register.organisation, register.as_of, register.sha256),
    )
    members: list[Member] = []
    for place, register in enumerate(ordered):
        why_not, unknown = _why_not(place, ordered), list(register.unknown)
        if register.models is None:
            unknown.append(text("it does not share its models"))
        if register.devices is None:
            unknown.append(text("it does not share its devices"))
        members.append(Member(register, why_not is None, why_not, tuple(unknown)))
    counting = [member.published for member in members if member.counts]
    days = [register.as_of for register in counting]
    totals: Counter[str] = Counter()
    makers: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for register in counting:
        totals.update(register.counts)
        makers.update({row["maker"]: int(row["devices"]) for row in register.makers})
        kinds.update(register.kinds)
    names = {row["maker"]: row["name"] for register in counting for row in register.makers if row["maker"]}
    notes = []
    if min(days) != max(days):
        notes.append(
            text(
                "The registers have different dates, {first} to {last}. Moves in between are not visible.",
                first=min(days),
                last=max(days),
            )
        )
    shared: Counter[str] = Counter(name for register in counting for name in set(register.includes))
    twice = sorted(name for name, count in shared.items() if count > 1)
    if twice:
        notes.append(
            text("More than one register includes {names}. These may count twice.", names=", ".join(twice))
        )
    # the statements of all, without duplicates; they are shown but never added to the counts
    rows: dict[tuple[tuple[str, str], ...], Mapping[str, Any]] = {}
    for register in ordered:
        for statement in register.statements:
            row = {"organisation": register.organisation, "name": register.name, **statement}
            rows.setdefault(tuple(sorted((key, str(value)) for key, value in row.items())), row)
    by_model: Counter[tuple[str, str, str, str]] = Counter()
    owners: dict[tuple[str, str, str, str], set[str]] = {}
    for register in counting:
        for model in register.models or ():
            key = (model["maker"], model["brand"], model["model"], model["kind"])
            by_model[key] += int(model["devices"])
            owners.setdefault(key, set()).add(register.name)
    models = [
        dict(zip(("maker", "brand", "model", "kind"), key, strict=True))
        | {"devices": count, "organisations": sorted(owners[key])}
        for key, count in sorted(by_model.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return MergedOverview(
        members=tuple(members),
        first_day=min(days),
        last_day=max(days),
        totals=dict(sorted(totals.items())),
        makers=most_first(makers),
        maker_names=dict(sorted(names.items())),
        kinds=most_first(kinds),
        models=models,
        models_of=sum(register.models is not None for register in counting),
        statements=list(rows.values()),
        notes=tuple(notes),
    )


def _why_not(place: int, ordered: Sequence[Published]) -> Text | None:
    """Return why a register must not count together with the others; None if it counts."""
    register = ordered[place]
    for other_place, other in enumerate(ordered):
        if other_place == place:
            continue
        if other.organisation == register.organisation:
            if (other.as_of, other_place) > (register.as_of, place):
                return text("its newer register of {day} counts", day=other.as_of)
        elif register.organisation in other.includes:
            is_superseded = any(
                newer.organisation == other.organisation and newer.as_of > other.as_of
                for newer in ordered
                if newer is not other
            )
            if not is_superseded:
                return text("it is included in {name}", name=other.name)
    return None


def most_first(counter: Counter[str]) -> dict[str, int]:
    """Return counts by name, the highest first."""
    return dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))
