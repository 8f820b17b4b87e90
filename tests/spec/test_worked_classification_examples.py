"""Worked examples: products as an exporter describes them, through the product's own command.

Each one is met at the right provision, or open with the entry named. A product that no answer rules out is
never reported as "nothing met".
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from functional_tools import run_command

from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK

pytestmark = pytest.mark.shared
DAY = "2025-11-20"
EXAMPLES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("classification_examples.yaml").read_text(encoding="utf-8")
)
A70 = next(example for example in EXAMPLES if example["product"] == "A70 at 9 Hz")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    folder = tmp_path_factory.mktemp("worked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(folder / "home"))
        file = shared_data / "exportcontrol/annex1-2025-11-15.raw.json"
        assert run_command("control", "update", file).exit_code == EXIT_OK
    return folder


def product_file(
    folder: Path, example: dict[str, Any], facts: dict[str, str], answers: dict[str, str]
) -> Path:
    path = folder / "product.yaml"
    stated = [_row("fact", fact, value) for fact, value in facts.items()]
    given = [_row("criterion", key, value) for key, value in answers.items()]
    data = {
        "id": "example",
        "name": example["product"],
        "functions": [example["function"]],
        "facts": stated,
        "answers": given,
    }
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def _row(kind: str, name: str, value: str) -> dict[str, Any]:
    number, _, unit = value.partition(" ")
    quantity = {"unit": unit} if unit else {}
    several = [value] if name == "crypto.purposes" else number
    return {kind: name, "value": several, **quantity, "by": "the exporter", "day": "2025-11-19"}


def classified(home: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], int]:
    monkeypatch.setenv("OVERZICHT_HOME", str(home / "home"))
    result = run_command("control", "classify", file, "--as-of", DAY, "--no-keep", "--json")
    return json.loads(result.stdout), result.exit_code


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["product"]))
def test_a_product_is_met_where_it_should_be_or_open_with_the_entry_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, example: dict[str, Any]
) -> None:
    answer, code = classified(home, product_file(home, example, example["facts"], {}), monkeypatch)
    assert answer["met"] == example["met"]
    if not example["met"]:
        named = {*answer["open_entries"], *(path[:5] for path in answer["unknown"])}
        assert set(example["named"]) <= named
        assert code == EXIT_INCOMPLETE


def test_nothing_met_is_reported_only_when_every_entry_is_decided(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {**A70["facts"], "camera.solid_state_sensor": "no"}
    first, code = classified(home, product_file(home, A70, facts, {}), monkeypatch)
    assert first["open_entries"]
    assert code == EXIT_INCOMPLETE
    answers = {key: "no" for entry in first["entries"] for key in entry["needed"] if "#" not in key}
    second, code = classified(home, product_file(home, A70, facts, answers), monkeypatch)
    assert (second["open_entries"], second["met"], second["unknown"]) == ([], [], [])
    assert code == EXIT_OK
