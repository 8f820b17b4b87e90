"""Files that once ended a reader in a traceback, or took it too long."""

import json
import os
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError, OverzichtError
from overzicht.sources.files import LocalFile, TooLargeError
from overzicht.sources.inventories.registry import read_inventory
from overzicht.sources.partylists import read_party_file
from overzicht.subjects.control_list.sources.list_file import read_control_list
from overzicht.subjects.questions.papers.registry import read_questions
from overzicht.workflows.typed_files import read_limited


def made(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    long = "x" * 140_000
    result = read_inventory(made(tmp_path, "a.csv", f'Merk;Type;Opmerking\nAxis;P1405;"{long}"\n'))
    assert [sighting.values(Trace.MODEL) for sighting in result.sightings] == [("P1405",)]
    assert not result.problems


@pytest.mark.parametrize("sign", ["(", "[", " ", "a", ",", '"', "\t", "(a", "A1 "])
def test_a_header_of_one_sign_takes_little_time(sign: str, tmp_path: Path) -> None:
    path = made(tmp_path, "a.csv", f"{sign * (100_000 // len(sign))};Merk\nx;Axis\n")
    start = time.process_time()
    with suppress(InputFileError):
        read_inventory(path)
    assert time.process_time() - start < 2


def test_a_table_past_a_limit_is_refused_at_once(tmp_path: Path) -> None:
    start = time.process_time()
    with pytest.raises(TooLargeError, match="more than the limit of 1,600 MB"):
        read_inventory(made(tmp_path, "a.csv", b"Merk;Type\n" + b"x;" * 19_000_000 + b"x" * 125_000_000))
    with pytest.raises(TooLargeError, match="more than the limit of 20,000,000"):
        read_inventory(made(tmp_path, "b.csv", b"Merk;Type\n" + b";" * 20_000_000))
    assert time.process_time() - start < 5  # two files; a busy processor takes twice as long


def test_a_collection_without_features_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="contains no features"):
        read_inventory(made(tmp_path, "a.geojson", '{"type": "FeatureCollection", "features": []}'))


def test_word_html_is_read_or_refused(tmp_path: Path) -> None:
    page = '<div class="vraag"><h2 class="stuktitel">Vraag 1</h2><p>Wat is dit?<o:p></o:p></p></div>'
    assert read_questions(made(tmp_path, "kv-tk-2031Z00417.html", page)).papers


@pytest.mark.parametrize("encoding", ["utf-8-sig", "mac_roman", "cp850", "utf-16"])
def test_a_page_is_read_in_every_encoding_that_is_detected(encoding: str, tmp_path: Path) -> None:
    page = '<html><body><div class="vraag"><h2>Vraag 1</h2><p>Één café, ideeën?</p></div></body></html>'
    paper = read_questions(made(tmp_path, "kv-tk-2031Z00417.html", page.encode(encoding))).papers[0]
    assert paper.questions


def test_half_a_character_in_a_control_list_is_refused(tmp_path: Path) -> None:
    entry = {"entry_code": "0A001", "category": "0", "verbatim_text": "0A001 text \ud800"}
    whole = {"corpus_version": "1", "celex": "x", "valid_from": "2021-01-01", "entry_count": 1,
             "entries": [entry]}  # fmt: skip
    with pytest.raises(OverzichtError) as raised:
        read_control_list(made(tmp_path, "list.json", json.dumps(whole)), force=True)
    assert raised.value.exit_code == 10


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="this is a folder, not a file"):
        LocalFile(tmp_path)


def test_an_archive_with_a_place_outside_it_is_refused(tmp_path: Path) -> None:
    content = (Path(__file__).parents[3] / "examples/gemeente-voorbeeldstad/apparatuur.xlsx").read_bytes()
    end = content.rindex(b"PK\x05\x06")
    broken = content[: end + 16] + b"\xff\xff\xff\x7f" + content[end + 20 :]
    with pytest.raises(InputFileError):
        read_inventory(made(tmp_path, "a.xlsx", broken))


@pytest.mark.parametrize("kind", ["pipe", "device", "loop"])
def test_a_file_that_may_never_end_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero" if kind == "device" else path)
    for read in (LocalFile, read_party_file, partial(read_limited, limit=100)):
        with pytest.raises(InputFileError, match=r"not a regular file|no such file|could not be read"):
            read(path)


@pytest.mark.parametrize(
    "tree",
    [
        {f"key{number}": number for number in range(20_000)},
        {**{f"a{n}": n for n in range(5_000)}, **{f"b{n}": {"c": {"d": n}} for n in range(5_000)}},
    ],
    ids=["many values", "many values above many objects"],
)
def test_an_object_of_many_names_is_refused_soon(tree: dict[str, object], tmp_path: Path) -> None:
    path = made(tmp_path, "a.json", json.dumps(tree))
    start = time.process_time()
    with pytest.raises(InputFileError, match="no list in it has the columns of devices"):
        read_inventory(path)
    assert time.process_time() - start < 2


def test_records_that_share_no_names_are_refused_as_too_many_cells(tmp_path: Path) -> None:
    records = [{f"a{row}_{column}": 1 for column in range(10)} for row in range(1_500)]
    with pytest.raises(TooLargeError, match="more than the limit of 20,000,000"):
        read_inventory(made(tmp_path, "a.json", json.dumps(records)))


def test_a_number_of_too_many_digits_is_refused(tmp_path: Path) -> None:
    number = made(tmp_path, "a.json", f'{{"value": [{{"number": {"9" * 5_000}}}]}}')
    for reader in (read_questions, read_inventory):
        with pytest.raises(InputFileError, match="digits"):
            reader(number)


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"{\\rtf1 Optica}", b"%!PS-Adobe\n"])
def test_a_document_is_no_list_of_names(head: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="the file is a document"):
        read_party_file(made(tmp_path, "a.csv", head + b"Hikvision\n"))


def test_names_that_are_no_list_are_one_name(tmp_path: Path) -> None:
    parties = read_party_file(made(tmp_path, "a.jsonl", '{"names": 7}\n{"names": ["Acme", "Akme"]}\n'))
    assert [query.names for query in parties.queries] == [("7",), ("Acme", "Akme")]
