"""Files of the control list: both forms, their known defects, and files that are none."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from overzicht.errors import InputFileError
from overzicht.sources.interface import ListFileRefusedError
from overzicht.subjects.control_list.model import NoteKind
from overzicht.subjects.control_list.sources.card import control_list_card
from overzicht.subjects.control_list.sources.definitions import read_definitions
from overzicht.subjects.control_list.sources.interface import ReadControlList
from overzicht.subjects.control_list.sources.list_file import read_control_list

ENTRIES = {
    "7A900": [
        "7A900 Kettles, as follows:",
        "7A900 N.B. SEE ALSO 7A901.",
        '7A900.a "Brass kettles";',
        "7A900.b Kettles of tin;",
        "7A900.b Note 1: 7A900.b. does not include:",
        "7A900.b.1 Toys; or",
        "7A900.b.2 Bells.",
        "7A900.c Kettles of clay.",
    ]
}


def whole(folder: Path, entries: dict[str, list[str]] | None = None, **fields: Any) -> Path:
    """Write an invented file in the form of the whole annex."""
    given = entries or ENTRIES
    data = {
        "corpus_version": "0-20251115",
        "celex": "0",
        "valid_from": "2025-11-15",
        "entry_count": len(given),
        "index": [{"code": code, "first_line": lines[0]} for code, lines in given.items()],
        "entries": [
            {"entry_code": code, "category": code[0], "verbatim_text": "\n".join(lines)}
            for code, lines in given.items()
        ],
        "docs": [],
        "geas": [],
        **fields,
    }
    path = folder / "annex.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def lines(folder: Path, *rows: dict[str, Any], name: str = "annex-2021.jsonl") -> Path:
    """Write an invented file in the form of one object a line."""
    path = folder / name
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def row(path: str, text: str, kind: str = "provision", **fields: Any) -> dict[str, Any]:
    return {"entry": path[:5], "path": path, "kind": kind, "text": text, **fields}


def read(path: Path, version: str = "") -> ReadControlList:
    return read_control_list(path, version, force=True)


def test_points_of_a_note_are_not_read_as_controls(tmp_path: Path) -> None:
    result = read(whole(tmp_path))
    assert [p.path for p in result.list.open("7A900").walk()] == ["7A900", "7A900.a", "7A900.b", "7A900.c"]
    (note,) = result.list.open("7A900.b").notes
    assert note.kind is NoteKind.RELEASE
    assert note.full_text == "Note 1: 7A900.b. does not include: 1. Toys; or 2. Bells."
    assert [each.place for each in result.corrections] == ["7A900.b.1", "7A900.b.2"]


def test_points_after_a_note_that_ends_stay_controls(tmp_path: Path) -> None:
    entries = {
        "7A900": ["7A900 Kettles:", "7A900 Note: 7A900 includes toys.", "7A900.a Brass;", "7A900.b Tin."]
    }
    result = read(whole(tmp_path, entries))
    assert len(result.list.by_path) == 3
    assert result.corrections == ()


def test_the_text_of_a_note_that_came_as_a_row_of_its_own_goes_back_to_it(tmp_path: Path) -> None:
    entries = {
        "7A900": ["7A900 Kettles.", "7A900 Technical Note:", "7A900 'Kettle' means a pot with a spout."]
    }
    result = read(whole(tmp_path, entries))
    (note,) = result.list.open("7A900").notes
    assert (note.kind, note.text) == (NoteKind.TECHNICAL, "'Kettle' means a pot with a spout.")
    assert result.list.open("7A900").text == "Kettles."


def test_a_number_that_lost_a_step_gets_it_back(tmp_path: Path) -> None:
    entries = {
        "7A900": [
            "7A900 Kettles, as follows:",
            "7A900.a Of brass;",
            "7A900.b Having all of the following:",
            "7A900.1 Having any of the following:",
            "7A900.1.a A lid; or",
            "7A900.1.b A lid having all of the following:",
            "7A900.1.b.1 A knob; and",
            "7A900.1.2 A spout.",
            "7A900.1 Note: 7A900.b. does not control toys.",
        ]
    }
    result = read(whole(tmp_path, entries))
    assert [p.path for p in result.list.open("7A900.b").walk()] == [
        "7A900.b", "7A900.b.1", "7A900.b.1.a", "7A900.b.1.b", "7A900.b.1.b.1", "7A900.b.2",
    ]  # fmt: skip
    assert [note.text for note in result.list.open("7A900.b").notes] == ["7A900.b. does not control toys."]
    assert [each.place for each in result.corrections] == [
        "7A900.1", "7A900.1.a", "7A900.1.b", "7A900.1.b.1", "7A900.1.2",
    ]  # fmt: skip


def test_a_note_that_is_printed_as_a_provision_is_a_note(tmp_path: Path) -> None:
    result = read(whole(tmp_path, {"7A900": ["7A900 Kettles.", "7A900 Note 7A900 includes toys."]}))
    assert result.list.open("7A900").text == "Kettles."
    assert result.list.open("7A900").notes[0].kind is NoteKind.CONTROL
    assert len(result.corrections) == 1


@pytest.mark.parametrize(
    ("day", "authorisation", "kept"),
    [
        ("2025-11-15", "EU003", ("Albania", "Serbia")),
        ("2025-11-15", "EU005", ("Albania", "Serbia")),
        ("2022-05-05", "EU004", ("Albania", "Serbia")),
        ("2022-05-04", "EU004", ("Albania", "Russia", "Serbia")),  # the day before it was taken out
        ("2025-11-15", "EU008", ("Albania", "Russia", "Serbia")),  # named there for another reason
    ],
)
def test_a_destination_that_a_later_act_took_out_is_struck(
    tmp_path: Path, day: str, authorisation: str, kept: tuple[str, ...]
) -> None:
    text = "Part 2. Valid for the following destinations: Albania, Russia, Serbia. Part 3."
    given = [{"id": authorisation, "title": authorisation, "verbatim_text": text}]
    result = read(whole(tmp_path, geas=given, valid_from=day))
    (found,) = result.authorisations
    assert found.destinations == kept
    assert ("Russia" in found.text) == ("Russia" in kept)
    struck = [each for each in result.corrections if each.place == authorisation]
    assert len(struck) == (0 if "Russia" in kept else 1)
    assert all("2022/699" in str(each.what) for each in struck)


def test_definitions_and_notes_come_with_the_whole_form(tmp_path: Path) -> None:
    docs = [
        {
            "doc_type": "definitions_annex",
            "title": "DEFINITIONS",
            "verbatim_text": 'Terms:\n"Brass kettle" (7) means:\na Yellow; or\nb Shiny.\n"Pot" (7) is a pot.',
        },
        {"doc_type": "general_notes", "title": "GENERAL NOTES", "verbatim_text": "Read them."},
    ]
    held = read(whole(tmp_path, docs=docs)).list
    term = held.term("brass kettles")
    assert term is not None
    assert term.text.endswith("b Shiny.")
    assert held.general_notes == (("GENERAL NOTES", "Read them."),)


def test_both_forms_of_one_text_are_one_version(tmp_path: Path) -> None:
    rows = [
        row("7A900", "Kettles, as follows:"),
        row("7A900", "N.B. SEE ALSO 7A901.", "nb"),
        row("7A900.a", '"Brass kettles";', page=25),
        row("7A900.b", "Kettles of tin;"),
        row("7A900.b", "Note 1: 7A900.b. does not include:", "note"),
        row("7A900.b.1", "Toys; or", "note", moved="taken out of the provisions"),
        row("7A900.b.2", "Bells.", "note", moved="taken out of the provisions"),
        row("7A900.c", "Kettles of clay."),
    ]
    one = read(lines(tmp_path, *rows, name="annex-2025-11-15.jsonl"))
    assert one.list.version == read(whole(tmp_path)).list.version
    assert one.corrections == ()


@pytest.mark.parametrize(
    ("name", "given", "version", "day"),
    [
        ("annex1-2021.jsonl", "", "2021", "2021-09-09"),
        ("annex1-2025-11-15.jsonl", "", "2025-11-15", "2025-11-15"),
        ("copy.jsonl", "2023-01-12", "2023-01-12", "2023-01-12"),
        ("annex1-2021.jsonl", "2024", "2024", "not later than 2024-12-31"),
    ],
)
def test_a_version_is_named_by_its_date(
    tmp_path: Path, name: str, given: str, version: str, day: str
) -> None:
    found = read(lines(tmp_path, row("7A900", "Kettles."), name=name), given).list.version
    assert (found.name, str(found.day)) == (version, day)


@pytest.mark.parametrize("version", ["", "soon", "2021-02-30"])
def test_without_a_date_a_file_is_refused(tmp_path: Path, version: str) -> None:
    path = lines(tmp_path, row("7A900", "Kettles."), name="copy.jsonl")
    with pytest.raises(ListFileRefusedError, match="--version"):
        read(path, version)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a control list in a known form"),
        (b"<xml/>", "not a control list in a known form"),
        (b'{"path": "7A900", "kind": "provision"', "line 1: not valid JSON"),
        (b'{"entry": "7A900", "path": "7A900", "kind": "provision"}', "line 1: text: it is missing"),
        (
            b'{"entry": "7A900", "path": "7A900", "kind": "provision", "text": "x", "new": 1}',
            "new: there is no such field",
        ),
        (
            b'{"entry": "7A900", "path": "hello", "kind": "provision", "text": "x"}',
            "not the code of a provision",
        ),
        (b'{"entry": "7A900", "path": "7A901", "kind": "provision", "text": "x"}', "is not in entry"),
        (b'{"entry": "7A900", "path": "7A900", "kind": "poem", "text": "x"}', "kind 'poem' is not known"),
        (b'{"path": "\xff", "kind": "provision"}', "line 1: not valid JSON"),
        (b'{"verbatim_text": [', "not valid JSON"),
        (b'{"corpus_version": "1", "verbatim_text": "x"}', "it is missing"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "annex-2021.jsonl"
    path.write_bytes(content)
    with pytest.raises(ListFileRefusedError, match=r"annex-2021\.jsonl") as caught:
        read(path)
    assert reason in str(caught.value)


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListFileRefusedError, match="states 9 entries and contains 1"):
        read(whole(tmp_path, entry_count=9))
    with pytest.raises(ListFileRefusedError, match="does not begin with a code"):
        read(whole(tmp_path, {"7A900": ["7A900 Kettles.", "and more"]}))


def test_too_few_provisions_are_refused_unless_forced(tmp_path: Path) -> None:
    path = lines(tmp_path, row("7A900", "Kettles."))
    with pytest.raises(ListFileRefusedError, match="1 entries, the card expects 330 to 450"):
        read_control_list(path)
    assert len(read(path).list.entries) == 1


def test_a_missing_file_and_a_packed_one(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="no such file"):
        read(tmp_path / "annex-2021.jsonl")
    packed = tmp_path / "annex-2021.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(row("7A900", "Kettles.")).encode()))
    assert read(packed).list.version.name == "2021"


def test_the_card_tells_which_acts_lie_between() -> None:
    card = control_list_card()
    start = card.start_of("2021")
    assert start is not None
    assert [act.act for act in card.changes_between(start, start)] == []
    last = card.history[-1].since
    assert card.changes_between(card.history[-2].since, last) == (card.history[-1],)
    assert [act.since for act in card.history] == sorted(act.since for act in card.history)


PRINTED = """CONTENTS
DEFINITIONS OF TERMS USED IN THIS ANNEX ........ 9
DEFINITIONS OF TERMS USED IN THIS ANNEX
Definitions of terms between "double quotation marks" are as follows:
"Brass kettle" (7) means a kettle of
"brass" or of copper.
                                       9
\f      DEFINITIONS OF TERMS
      N.B. See also "jug".
"Jug" (6 7) is a pot.
"Kettles of a name that is longer than a
line of the page" (7) are kettles.
    CATEGORY 0 KETTLES
"Not a term" (7) any more.
"""


def test_definitions_are_read_from_the_printed_text(tmp_path: Path) -> None:
    path = tmp_path / "annex.txt"
    path.write_text(PRINTED, encoding="utf-8")
    kettle, jug, long = read_definitions(path, force=True)
    assert kettle.name == "brass kettle"
    assert kettle.text.endswith('"brass" or of copper. N.B. See also "jug".')
    assert long.name == "kettles of a name that is longer than a line of the page"
    assert (jug.name, jug.text) == ("jug", '"Jug" (6 7) is a pot.')


def test_a_text_without_definitions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "annex.txt"
    path.write_text(PRINTED, encoding="utf-8")
    with pytest.raises(ListFileRefusedError, match="holds 3 definitions"):
        read_definitions(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ListFileRefusedError, match="not text in UTF-8"):
        read_definitions(path, force=True)
    path.write_text("nothing of the kind", encoding="utf-8")
    with pytest.raises(ListFileRefusedError, match="holds 0 definitions"):
        read_definitions(path, force=True)


def test_a_broken_number_is_completed_from_the_provision_with_the_same_words(tmp_path: Path) -> None:
    file = lines(
        tmp_path,
        row("7A900", "Kettles of more than 10 000;"),
        row("7E900", "Kettles of more than 10"),
        row("7E901", "Pots of more than 10"),
        row("7E902", "Pans specified in 7A900 to"),
    )
    result = read(file)
    assert result.list.open("7E900").text == "Kettles of more than 10 000;"
    assert result.list.open("7E901").text == "Pots of more than 10 …"  # no twin: nobody can complete it
    assert [correction.place for correction in result.corrections] == ["7E900", "7E901", "7E902"]


def test_notes_of_the_next_category_are_not_notes_of_the_entry_before(tmp_path: Path) -> None:
    file = lines(
        tmp_path,
        row("5E101", "Knowledge for kettles."),
        row("5E101", "Note: 5E101 does not control recipes.", "note"),
        row("5E101", "Note 1: Not used.", "note"),
        row("5E101", "Note 2: Kettle Note 5A002.a. does not control toys.", "note"),
        row("5A002", "Kettles with secrets:"),
        row("5A002.a", "Kettles that whisper."),
    )
    built = read(file).list
    assert [note.text for note in built.open("5E101").notes] == ["5E101 does not control recipes."]
    assert [note.text for note in built.notes_on("5A002.a")] == [
        "Kettle Note 5A002.a. does not control toys."
    ]
    assert built.general_notes[0][0] == "Category 5 — Part 2"
