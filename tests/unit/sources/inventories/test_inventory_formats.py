"""Formats of other programs: each description reads its own sample, and gives what the key says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from overzicht.devices import Sighting, Trace
from overzicht.sources.inventories import read_inventory
from overzicht.sources.inventories.formats.description import load_formats

FOLDER = Path(__file__).parent / "formats"
TRACES = {trace.value.replace(" ", "_"): trace for trace in Trace}
FIELDS = ("label", "organisation", "site", "place", "address", "kind", "status")


def sample_of(kind: str) -> Path:
    (sample,) = (path for path in FOLDER.glob(f"{kind}.*") if not path.name.endswith(".key.yml"))
    return sample


def content(sighting: Sighting) -> dict[str, str]:
    traces = {name: ", ".join(sighting.values(trace)) for name, trace in TRACES.items() if name != "product"}
    values = {**traces, **{name: getattr(sighting, name) for name in FIELDS}}
    return {name: value for name, value in values.items() if value}


@pytest.mark.parametrize("kind", [described.kind for described in load_formats()])
def test_a_format_reads_its_sample(kind: str) -> None:
    sample = sample_of(kind)
    key: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{kind}.key.yml").read_text(encoding="utf-8"))
    result = read_inventory(sample)
    assert result.kind == kind
    assert [content(sighting) for sighting in result.sightings] == key
    assert result.problems == ()
