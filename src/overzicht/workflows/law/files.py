"""Files that describe uses: strict, with every wrong record named; and the packaged description."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from rigour.territories import get_territory

from overzicht.diligence.uses import FactName, Use
from overzicht.diligence.vocabulary import FACTS
from overzicht.errors import InputFileError
from overzicht.law.territory import union_territory
from overzicht.safeyaml import SafeLoader
from overzicht.workflows.licensing.checks import OFTEN_MEANT
from overzicht.workflows.typed_files import load_text, problems_of, read_limited

LARGEST = 1024 * 1024  # bytes; a use with all its claims takes a few thousand
MOST_USES = 200
EXAMPLE = "answer-3.yaml"
_FIX = "`overzicht law template` prints a file to fill in"
_BOOL = "tag:yaml.org,2002:bool"


class _Loader(SafeLoader):
    """The safe loader, to which `yes`, `no`, `on` and `NO` are words, as in YAML 1.2."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for sign, resolvers in SafeLoader.yaml_implicit_resolvers.items()
}


def read_uses(path: Path) -> tuple[Use, ...]:
    """Return the uses of a YAML or JSON file; InputFileError names file, record, reason and fix.

    A file of several wrong records has all of them named. An empty file, or one without uses, is refused.
    """
    return uses_of(read_limited(path, LARGEST), path.name)


def example_uses() -> tuple[Use, ...]:
    """Return the packaged description: what questions 3 to 5 of 2020Z25656 ask about, and its variants."""
    return uses_of(files("overzicht.workflows.law").joinpath("data", EXAMPLE).read_bytes(), EXAMPLE)


def uses_of(raw: bytes, name: str) -> tuple[Use, ...]:
    """Return the uses in the bytes of a file called `name`, as `read_uses`."""
    if len(raw) > LARGEST:
        raise InputFileError(name, f"it is larger than {LARGEST // 1024 // 1024} MB")
    records = _records(load_text(raw, name, _load), name)
    uses: list[Use] = []
    problems: list[tuple[str, str]] = []
    for number, record in enumerate(records, start=1):
        where = _called(record, number)
        try:
            use = Use.model_validate(record)
        except ValidationError as error:
            problems.append((where, problems_of(error)))
            continue
        problems += [(where, said) for said in wrong_codes(use)]
        if use.id in {known.id for known in uses}:
            problems.append((where, "its id stands twice in the file"))
        uses.append(use)
    if problems:
        where, said = problems[0]
        more = "".join(f"; {other}: {reason}" for other, reason in problems[1:])
        raise InputFileError(name, f"{said}{more}", record=where, fix=_FIX)
    return tuple(uses)


def _called(record: Any, number: int) -> str:
    given = record.get("id") if isinstance(record, dict) else None
    return f"use {given}" if isinstance(given, str) and given else f"use {number}"


def _records(data: Any, name: str) -> list[Any]:
    found = data.get("uses") if isinstance(data, dict) else None
    if not isinstance(found, list) or not found:
        raise InputFileError(name, "it describes no use: there is no list `uses` in it", fix=_FIX)
    stray = sorted(set(data) - {"uses"})
    if stray:
        raise InputFileError(
            name, f"there is no such field: {', '.join(map(str, stray))}", fix="put it under a use"
        )
    if len(found) > MOST_USES:
        raise InputFileError(
            name, f"it describes {len(found)} uses, more than {MOST_USES}", fix="split the file"
        )
    return found


def _load(written: str) -> Any:
    """Return the data of a text; one that refers to itself is refused, as it could grow without end."""
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(written, Loader=_Loader)):
        raise ValueError("it refers to itself (&name and *name); write each value out")
    return yaml.load(written, Loader=_Loader)  # noqa: S506 - a safe loader


def wrong_codes(use: Use) -> Iterator[str]:
    """Yield what is wrong with the countries of a use: codes that no country has."""
    for place, code in (("actor.country", use.actor.country), ("place", use.place)):
        if get_territory(code) is None and union_territory().with_code(code) is None:
            meant = OFTEN_MEANT.get(code)
            yield f"{place}: {code} is the code of no country{f', write {meant}' if meant else ''}"


def template() -> str:
    """Return a file to fill in: one use, with every fact that rules ask for."""
    lines = [
        "uses:",
        "  - id: my-use",
        "    title: what it is called",
        "    act: use                # use, buy, supply, export or develop",
        "    actor: {name: who does it, kind: public body, country: NL}",
        "    place: NL               # where the system is used",
        "    covert: unknown         # whether the people concerned are kept from knowing",
        "    # since: 2026-01-31",
        "    facts:                  # yes, no or unknown; what is left out counts as not described",
        *(line for name in FactName for line in _fact_lines(name)),
        "    counterparties:         # to whom goods or money go; with listing, owners, control if known",
        "      - {name: the other party}",
    ]
    return "\n".join(lines) + "\n"


def _fact_lines(name: FactName) -> Iterator[str]:
    yield f"      # {FACTS[name]}"
    if name in {FactName.SINGLES_OUT_GROUP, FactName.INFERS_ATTRIBUTE}:
        yield f"      # - {{fact: {name}, value: yes, ground: ethnic origin, group: which}}"
    else:
        yield f"      - {{fact: {name}, value: unknown}}"
