"""Formats of other programs: each description reads its own sample, and gives what the key says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from overzicht.devices import Sighting, Trace
from overzicht.errors import InputFileError
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


def test_an_unknown_tree_is_read_by_its_names_and_takes_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(
        '{"items": [{"naam": "Hal", "ding": "P3245-LVE", "adres": {"ip": "192.0.2.1/24"}}]}', encoding="utf-8"
    )
    result = read_inventory(path, mapping={"ding": "model"})
    assert (result.kind, [content(s) for s in result.sightings]) == (
        "tree",
        [{"label": "Hal", "model": "P3245-LVE", "address": "192.0.2.1"}],
    )


def test_unknown_text_is_read_by_columns_blocks_or_lines(tmp_path: Path) -> None:
    columns = (
        "MAC Address       Address         Name           Interface\n"
        "ac:cc:8e:00:00:01 192.0.2.1 cam-1 ge-0/0/1\n"
    )
    block = "Name : {}\nSerial number : X1234{}\nModel : P3245-LVE\n\n"
    blocks = block.format("Hal", 5) + block.format("Werf", 6)
    lines = "seen ac:cc:8e:00:00:01 at 192.0.2.1 today\nseen ac:cc:8e:00:00:02 at 192.0.2.2 today\n"
    labels = []
    for number, words in enumerate((columns, blocks, lines)):
        path = tmp_path / f"{number}.txt"
        path.write_text(words, encoding="utf-8")
        result = read_inventory(path)
        labels.append((result.kind, [(s.label or s.address) for s in result.sightings]))
    assert labels == [("text", ["cam-1"]), ("text", ["Hal", "Werf"]), ("text", ["192.0.2.1", "192.0.2.2"])]


BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + inner] * 30)}]\n"
    for inner, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.json", "[" * 100_000),
        ("bomb.yml", BOMB),
        ("cut.yml", "cameras:\n  - {name: [\n"),
        ("none.json", '{"a": [1, 2, {"b": null}]}'),
    ],
)
def test_hostile_and_empty_trees_end_in_an_error(tmp_path: Path, name: str, data: str) -> None:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    with pytest.raises(InputFileError, match=name):
        read_inventory(path)


def test_an_element_of_very_many_attributes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.xml"
    attributes = " ".join(f"a{number}='x'" for number in range(100_000))
    path.write_text(f"<cameras {attributes}/>")
    with pytest.raises(InputFileError, match="100,000 attributes; the limit is 1,000"):
        read_inventory(path)
