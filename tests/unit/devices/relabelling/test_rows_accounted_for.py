"""Every statement collected by hand stands on a card once, and nothing was added without a source."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from overzicht.devices.card import RelabellingStatement
from overzicht.devices.knowledge import load_relabelling

pytestmark = pytest.mark.shared

UNDECIDED = "Hikvision or Dahua"
NAMED_OTHERWISE = {  # makers as the table writes them, where it is not the name in lower case
    "Hunt Electronic": ("hunt-electronic",),
    "DVTel (bought by FLIR)": ("teledyne-flir",),
    "(DVR firmware family of the 2016 botnet; probably TVT)": ("tvt",),
    "(not settled)": (),
    "(not named by the source)": (),
}
LEVELS = ("low", "medium", "high")
NO_ADDRESS = "address not recorded"


def rows(shared_data: Path) -> list[dict[str, str]]:
    folder = shared_data / "devices" / "oem"
    with (folder / "oem_relabels.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    with (folder / "shared_firmware_maker_unnamed.csv").open(encoding="utf-8", newline="") as file:
        unnamed = {"relation": "shared_firmware", "confidence": "low"}
        return found + [{**row, **unnamed} for row in csv.DictReader(file)]


def statements() -> list[RelabellingStatement]:
    return [statement for file in load_relabelling().values() for statement in file.statements]


def brand_of(row: dict[str, str]) -> str:
    """Return the brand without the owner in brackets or a second brand; TruVision is a line of Interlogix."""
    brand = re.sub(r" \([^)]*\)", "", row["brand"]).split(" / ")[0].casefold()
    return brand.removesuffix(" truvision")


def makers_of(row: dict[str, str]) -> tuple[str, ...]:
    maker = row["original_manufacturer"]
    if maker.startswith(UNDECIDED):
        return ("hikvision", "dahua")
    return NAMED_OTHERWISE.get(maker, (maker.lower(),))


def said_on(row: dict[str, str]) -> str:
    return re.sub(r"^(\d{4})-(\d{4})$", r"\1/\2", row["source_date"].partition(" (")[0])


def key_of(row: dict[str, str]) -> tuple[str, tuple[str, ...], str, str]:
    return brand_of(row), makers_of(row), row["relation"], said_on(row)


def key_of_statement(statement: RelabellingStatement) -> tuple[str, tuple[str, ...], str, str]:
    makers = (statement.maker,) if statement.maker else statement.undecided
    return statement.brand.casefold(), makers, statement.relation, statement.stated


def test_every_row_has_exactly_one_statement_and_nothing_was_added(shared_data: Path) -> None:
    wanted = Counter(map(key_of, rows(shared_data)))
    found = Counter(map(key_of_statement, statements()))
    assert sorted((wanted - found).elements()) == []
    assert sorted((found - wanted).elements()) == []
    assert wanted.total() == 237 + 72


def test_no_statement_is_surer_than_its_row(shared_data: Path) -> None:
    allowed: dict[tuple[str, tuple[str, ...], str, str], list[str]] = {}
    for row in rows(shared_data):
        allowed.setdefault(key_of(row), []).append(row["confidence"])
    surer = [
        statement.id
        for statement in statements()
        if LEVELS.index(statement.confidence)
        > max(LEVELS.index(level) for level in allowed[key_of_statement(statement)])
    ]
    assert surer == []


def test_what_cannot_be_opened_counts_low(shared_data: Path) -> None:
    lost = {key_of(row) for row in rows(shared_data) if NO_ADDRESS in row["source_address"]}
    missing = [statement for statement in statements() if statement.address_missing]
    assert {key_of_statement(statement) for statement in missing} <= lost
    assert all(statement.confidence == "low" for statement in missing)
    assert len(missing) == 2  # two notes on one brand; for the others an address was found


def test_shared_firmware_and_platform_are_hints() -> None:
    shared = [s for s in statements() if s.relation in {"shared_firmware", "shared_platform"}]
    assert len(shared) == 123 + 72 + 2
    assert all(statement.is_hint for statement in shared)


def test_hikvision_or_dahua_stays_undecided() -> None:
    undecided = [s for s in statements() if s.undecided == ("hikvision", "dahua")]
    assert len(undecided) == 22
    assert all(statement.maker == "" for statement in undecided)
