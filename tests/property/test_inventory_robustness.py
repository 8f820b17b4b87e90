"""However a file is damaged, it is read or refused with an error for a person; nothing else comes out."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overzicht.errors import OverzichtError
from overzicht.sources.inventories import kinds, read_inventory

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "gemeente-voorbeeldstad"
TABLE = "Locatie;Merk;Type;MAC;Aantal;Aanschaf\nHal;Axis;P3245;00:40:8C:00:00:01;2;2019\n" * 5
KEYS = ("DeviceInfo", "deviceInfo", "features", "properties", "geometry", "coordinates", "type", "scopes",
        "xaddrs", "model", "mac", "man_made", "params")  # fmt: skip
ANSWER = json.dumps({"DeviceInfo": {"model": "DS-1", "macAddress": "44:19:b6:00:00:01"}})


def attempt(name: str, data: bytes, kind: str | None = None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            result = read_inventory(path, kind=kind)
        except OverzichtError:
            return
    assert result.records >= len(result.sightings)


def damaged(data: bytes, cuts: list[tuple[int, bytes]]) -> bytes:
    for position, patch in cuts:
        at = position % (len(data) + 1)
        data = data[:at] + patch + data[at + len(patch) :]
    return data


patches = st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=6)), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", TABLE.encode()),
        ("a.json", ANSWER.encode()),
        ("a.xml", (EXAMPLE / "netwerkscan.xml").read_bytes()[:6000]),
        ("a.xlsx", (EXAMPLE / "apparatuur.xlsx").read_bytes()),
    ],
)
@given(patches, st.integers(0, 40))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_is_read_or_refused(name: str, data: bytes, cuts: list[tuple[int, bytes]], lost: int) -> None:
    attempt(name, damaged(data, cuts)[: len(data) - lost])


@given(st.sampled_from(kinds()), st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_as_any_kind_are_read_or_refused(kind: str, data: bytes) -> None:
    attempt("a.bin", data, kind)


@given(
    st.sampled_from(kinds()),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8) | st.sampled_from(["onvif://x", "Point"]),
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner, max_size=4,
        ),
        max_leaves=12,
    ),
)  # fmt: skip
@settings(max_examples=200)
def test_any_json_as_any_kind_is_read_or_refused(kind: str, value: object) -> None:
    attempt("a.json", json.dumps(value).encode(), kind)
