"""Files that describe uses, read strictly with all problems reported, and the packaged description."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from rigour.territories import get_territory

from overzicht.errors import InputFileError
from overzicht.evidence.faults import in_words
from overzicht.law.territory import OFTEN_MEANT, union_territory
from overzicht.safeyaml import SafeLoader
from overzicht.subjects.diligence.facts import FactName
from overzicht.subjects.diligence.uses import Use
from overzicht.workflows.typed_files import load_text, read_limited

LARGEST = 1024 * 1024  # bytes; a use with all its claims takes a few thousand
MOST_USES = 200
EXAMPLE = "answer-3.yaml"
_FIX = "`overzicht law template` prints a file to fill in"
_BOOL = "tag:yaml.org,2002:bool"


class _Loader(SafeLoader):
    """The safe loader, which reads `yes`, `no`, `on` and `NO` as words, as in YAML 1.2."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for sign, resolvers in SafeLoader.yaml_implicit_resolvers.items()
}


def read_uses(path: Path) -> tuple[Use, ...]:
    """Return the uses in a YAML or JSON file; InputFileError names file, records, reasons and fix.

    All wrong records of a file are named. An empty file, or one without uses, is refused.
    """
    return uses_of(read_limited(path, LARGEST), path.name)


def example_uses() -> tuple[Use, ...]:
    """Return the packaged description: the use in questions 3 to 5 of 2020Z25656, and its variants."""
    return uses_of(files("overzicht.subjects.diligence").joinpath("data", EXAMPLE).read_bytes(), EXAMPLE)


def uses_of(raw: bytes, name: str) -> tuple[Use, ...]:
    """Return the uses in the bytes of a file called `name`, as `read_uses`."""
    if len(raw) > LARGEST:
        raise InputFileError(name, f"it is larger than {LARGEST // 1024 // 1024} MB")
    records = _records(load_text(raw, name, _load), name)
    uses: list[Use] = []
    problems: list[tuple[str, str]] = []
    for number, record in enumerate(records, start=1):
        given = record.get("id") if isinstance(record, dict) else None
        place = f"use {given}" if isinstance(given, str) and given else f"use {number}"
        try:
            use = Use.model_validate(record)
        except ValidationError as error:
            problems.append((place, in_words(error.errors())))
            continue
        problems += [(place, wrong_code) for wrong_code in wrong_codes(use)]
        if use.id in {known.id for known in uses}:
            problems.append((place, "its id occurs twice in the file"))
        uses.append(use)
    if problems:
        place, first = problems[0]
        more = "".join(f"; {other}: {reason}" for other, reason in problems[1:])
        raise InputFileError(name, f"{first}{more}", record=place, fix=_FIX)
    return tuple(uses)


def _records(data: Any, name: str) -> list[Any]:
    records = data.get("uses") if isinstance(data, dict) else None
    if not isinstance(records, list) or not records:
        raise InputFileError(name, "it has no list `uses`", fix=_FIX)
    unknown = ", ".join(map(str, sorted(set(data) - {"uses"})))
    if unknown:
        raise InputFileError(name, f"there is no such field: {unknown}", fix="put it under a use")
    if len(records) > MOST_USES:
        raise InputFileError(
            name, f"it describes {len(records)} uses, more than {MOST_USES}", fix="split the file"
        )
    return records


def _load(written: str) -> Any:
    """Return the data of a text; a text that refers to itself is refused, because it could be unlimited."""
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(written, Loader=_Loader)):
        raise ValueError("it refers to itself (&name and *name); write each value in full")
    return yaml.load(written, Loader=_Loader)  # noqa: S506 - a safe loader


def wrong_codes(use: Use) -> Iterator[str]:
    """Yield a problem for each country of a use that is not a country code."""
    for place, code in (("actor.country", use.actor.country), ("place", use.place)):
        if get_territory(code) is None and union_territory().with_code(code) is None:
            meant = OFTEN_MEANT.get(code)
            yield f"{place}: {code} is not a country code{f', use {meant}' if meant else ''}"


def template() -> str:
    """Return a file to fill in: one use, with every fact that rules ask for."""
    fact_lines = []
    for name in FactName:
        fact_lines.append(f"      # {name.words}")
        if name in {FactName.SINGLES_OUT_GROUP, FactName.INFERS_ATTRIBUTE}:
            fact_lines.append(f"      # - {{fact: {name}, value: yes, ground: ethnic origin, group: which}}")
        else:
            fact_lines.append(f"      - {{fact: {name}, value: unknown}}")
    lines = [
        "uses:",
        "  - id: my-use",
        "    title: the title of the use",
        "    act: use                # use, buy, supply, export or develop",
        "    actor: {name: name of the actor, kind: public body, country: NL}",
        "    # a company may state its size in the actor: employees: 250, turnover: 40000000 (EUR)",
        "    place: NL               # country in which the system is used",
        "    covert: unknown         # yes if the people concerned do not know of it",
        "    # since: 2026-01-31",
        "    facts:                  # yes, no or unknown; a missing fact counts as not described",
        *fact_lines,
        "    counterparties:         # recipients of goods or money; with listing, owners, control if known",
        "      - {name: the other party}",
    ]
    return "\n".join(lines) + "\n"
