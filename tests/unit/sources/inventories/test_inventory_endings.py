"""Files that end too early: the end is told, a torn record is unread, and nothing is invented."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.devices import Sighting
from overzicht.errors import InputFileError
from overzicht.sources.inventories import InventoryResult, read_inventory
from overzicht.sources.inventories.formats.description import load_formats
from overzicht.sources.inventories.torn import TornJson, elements_before

FOLDER = Path(__file__).parent / "formats"
PARTS = 13  # places at which each sample is cut
CSV = "Nummer,Merk,Model,Serienummer\nC1,Axis,P3245-LVE,ACCC8E000001\nC2,Bosch,NBE-3502,0446AB12\n"


def read(path: Path, content: str | bytes) -> InventoryResult:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_inventory(path)


def numbers(sighting: Sighting) -> set[str]:
    return {sighting.label, sighting.address, *(v for vs in sighting.traces.values() for v in vs)} - {""}


@pytest.mark.parametrize("kind", [f.kind for f in load_formats() if f.engine == "tree"])
def test_a_torn_document_gives_whole_records_only_and_says_so(kind: str, tmp_path: Path) -> None:
    (sample,) = (path for path in FOLDER.glob(f"{kind}.*") if not path.name.endswith(".key.yml"))
    data = sample.read_bytes()
    if data.lstrip()[:1] not in {b"{", b"[", b"<"}:
        pytest.skip("YAML has no closing sign")
    known = set().union(*(numbers(s) for s in read_inventory(sample).sightings))
    for part in range(1, PARTS):
        cut = data[: len(data) * part // PARTS]
        try:
            result = read(tmp_path / sample.name, cut)
        except InputFileError:
            continue
        assert set().union(*(numbers(s) for s in result.sightings)) <= known
        if cut.strip()[-1:] not in b"}]>" or result.end is None or not result.end.is_whole:
            assert result.end is not None
            assert result.end.is_whole is False


def test_a_row_that_the_end_cuts_is_unread(tmp_path: Path) -> None:
    result = read(tmp_path / "a.csv", CSV + "C3,Dahua,IPC")
    assert [s.label for s in result.sightings] == ["C1", "C2"]
    assert [problem.place for problem in result.unread] == ["line 4"]
    assert result.end is not None
    assert result.end.is_whole is False


def test_a_serial_number_in_the_last_cell_without_line_end_may_be_half(tmp_path: Path) -> None:
    result = read(tmp_path / "a.csv", CSV + "C3,Axis,P3245-LVE,ACC")
    assert [s.label for s in result.sightings] == ["C1", "C2"]
    assert [problem.place for problem in result.unread] == ["line 4"]


def test_a_whole_file_without_the_last_line_end_keeps_its_last_device(tmp_path: Path) -> None:
    result = read(tmp_path / "a.csv", "Nummer,Serienummer,Merk\nC1,A1,Axis\nC2,B2,Axis\nC3,C3,Axis")
    assert [s.label for s in result.sightings] == ["C1", "C2", "C3"]
    assert result.end is not None
    assert (result.end.is_whole, "line end" in str(result.end.evidence)) == (None, True)


@pytest.mark.parametrize(
    "rows",
    [["C1,SECRET0001"], ["C1,SECRET0001", "C2,SECRET0002"], ["C1,AX1", "C2,AXI22", "C3,Q3"]],
    ids=["one row", "two of one length", "lengths that differ"],
)
def test_a_last_row_that_shows_no_tear_is_a_device(rows: list[str], tmp_path: Path) -> None:
    result = read(tmp_path / "a.csv", "\n".join(["Nummer,Serienummer", *rows]))
    assert [s.label for s in result.sightings] == [row[:2] for row in rows]
    assert not result.unread


def test_a_brand_that_another_begins_with_is_half(tmp_path: Path) -> None:
    result = read(tmp_path / "a.csv", "Nummer,Model,Merk\nC1,DS-1,Hikvision\nC2,DS-2,Hikvis")
    assert [s.label for s in result.sightings] == ["C1"]
    assert [problem.place for problem in result.unread] == ["line 3"]


def test_a_file_that_ends_inside_quotation_marks_is_torn(tmp_path: Path) -> None:
    rows = 'IP,Merk,Model,Opmerking\n192.0.2.1,Axis,P1,goed\n192.0.2.2,Axis,P2,"een\ntwee, drie'
    result = read(tmp_path / "a.csv", rows)
    assert [s.address for s in result.sightings] == ["192.0.2.1"]
    assert [problem.place for problem in result.unread] == ["line 3"]


def test_an_end_mark_that_a_program_always_writes_is_missed(tmp_path: Path) -> None:
    scan = "Starting arp-scan 1.9\n192.0.2.1\tac:cc:8e:00:00:01\tAxis\n192.0.2.2\tac:cc:8e:00:00:02\tAxis\n"
    whole = read(tmp_path / "a.txt", scan + "\nEnding arp-scan 1.9: 256 hosts scanned\n")
    torn = read(tmp_path / "b.txt", scan)
    assert whole.end is not None
    assert torn.end is not None
    assert (whole.end.is_whole, torn.end.is_whole) == (True, False)


def test_a_block_that_is_not_closed_is_unread(tmp_path: Path) -> None:
    lease = "lease 192.0.2.{0} {{\n  hardware ethernet ac:cc:8e:00:00:0{0};\n}}\n"
    result = read(tmp_path / "a.leases", lease.format(1) + lease.format(2)[:-3])
    assert [s.address for s in result.sightings] == ["192.0.2.1"]
    assert len(result.unread) == 1


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.json"])
def test_json_never_goes_to_a_reader_of_text(name: str, tmp_path: Path) -> None:
    neighbours = '{"x": {"neighbours": [{"mac": "ac:cc:8e:00:00:01", "ip": "192.0.2.1"}, {"mac": "ac:cc:8e:00'
    with pytest.raises(InputFileError):
        read(tmp_path / name, neighbours)


@given(
    st.recursive(st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
@settings(max_examples=60, deadline=None)
def test_a_cut_json_gives_only_values_of_the_whole(tree: object) -> None:
    written = json.dumps([tree, tree])
    assert TornJson(written).value() == [tree, tree]
    for at in range(1, len(written), max(len(written) // 7, 1)):
        torn = TornJson(written[:at])
        value = torn.value()
        assert torn.at >= 0
        whole = [item for item in value or [] if id(item) not in torn.open]
        assert whole == [tree, tree][: len(whole)]


def test_elements_that_are_not_closed_are_named() -> None:
    root, waiting = elements_before(b"<a><b><c>1</c></b><b><c>2")
    assert root is not None
    assert (len(root), [element.tag for element in waiting]) == (2, ["a", "b", "c"])
    assert elements_before(b"no xml") == (None, [])
