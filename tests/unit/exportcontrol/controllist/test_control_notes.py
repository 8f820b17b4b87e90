"""Notes: what each does, whom it is about, and how files run them together."""

import pytest
from control_lists import list_of

from overzicht.subjects.control_list.model import Join, NoteKind
from overzicht.subjects.control_list.note_roles import split_notes
from overzicht.subjects.control_list.path import parse_path

PATH = parse_path("7A900.b")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Note: 7A900.b. does not control lanterns.", NoteKind.RELEASE),
        ("Note 2: 7A900.b. does not apply to: a. Kettles;", NoteKind.RELEASE),
        ("Note: 7A900.b. includes kettles.", NoteKind.CONTROL),
        ("Note: The only kettles specified in 7A900.b. are the following:", NoteKind.LIST),
        ("Note: 7A900.b. only controls kettles of brass.", NoteKind.LIST),
        ("Technical Note: 'kettles' does not control anything here.", NoteKind.TECHNICAL),
        ("N.B. See also 7A901.", NoteKind.SEE_ALSO),
        ("Note: Kettles should be evaluated when full.", NoteKind.OTHER),
    ],
)
def test_a_note_is_told_by_what_it_does(text: str, kind: NoteKind) -> None:
    (note,) = split_notes("note", PATH, text)
    assert note.kind is kind


def test_a_note_says_whom_it_is_about() -> None:
    notes = split_notes("note", PATH, "Note 1: 7A900.b.1. and 7A900.b.2. do not control toys.")
    assert notes[0].applies_to == ("7A900.b.1", "7A900.b.2")
    (general,) = split_notes("note", PATH, "Note: Kettles of 7A901 are not kettles here.")
    assert general.applies_to == (PATH,)


def test_notes_that_a_file_runs_together_are_parted() -> None:
    text = (
        "Technical Note: For the purposes of 7A900.b.1., 'kettle' means a pot. Note 1: 7A900.b. does not "
        "control toys. Note 2: 7A900.b. does not include:"
    )
    notes = split_notes("technical_note", PATH, text)
    assert [(n.heading, n.kind) for n in notes] == [
        ("Technical Note", NoteKind.TECHNICAL),
        ("Note 1", NoteKind.RELEASE),
        ("Note 2", NoteKind.RELEASE),
    ]
    assert notes[0].text.endswith("means a pot.")


def test_a_mention_of_a_note_does_not_part_it() -> None:
    (note,) = split_notes("note", PATH, "Note: 7A900.b. remains controlled whatever Note 3 says.")
    assert note.text.endswith("Note 3 says.")


def test_a_list_that_a_technical_note_interrupts_gets_its_points_back() -> None:
    # Read without this, the exclusion would hold on its first condition alone.
    text = (
        "Note 3: 7A900.b. does not control kettles having all of the following: 1. A lid; Technical Note: "
        "'Lid' means a cover. 2. A handle; and 3. A spout."
    )
    release, technical = split_notes("note", PATH, text)
    assert release.text.endswith("1. A lid; 2. A handle; and 3. A spout.")
    assert technical.text.strip() == "'Lid' means a cover."


def test_an_interrupting_note_keeps_points_of_its_own() -> None:
    text = (
        "Note: 7A900.b. does not control: a. Kettles having all of the following: 1. A lid; Technical Notes: "
        "1. 'Lid' is a cover. 2. 'Cover' is a lid. 2. A spout."
    )
    release, technical = split_notes("note", PATH, text)
    assert release.text.endswith("1. A lid; 2. A spout.")
    assert technical.text.strip().endswith("2. 'Cover' is a lid.")


def test_notes_of_other_points_are_not_given() -> None:
    held = list_of(
        ("7A900", "Kettles, as follows:"),
        ("7A900.a", "Brass kettles;"),
        ("7A900.b", "Tin kettles having any of the following:"),
        ("7A900.b.1", "A lid;"),
        ("7A900.b.2", "A spout."),
        ("7A900.b", "Note 1: 7A900.b.2. does not control toys.", "note"),
        ("7A900.b", "Note 2: 7A900.b. includes jugs.", "note"),
    )
    assert [note.heading for note in held.notes_on("7A900.b.1")] == ["Note 2"]
    assert [note.heading for note in held.notes_on("7A900.b.2")] == ["Note 1", "Note 2"]
    assert [note.heading for note in held.notes_on("7A900")] == []
    assert held.notes_on("7A900.a") == ()


@pytest.mark.parametrize(
    ("text", "join"),
    [
        ("Kettles having all of the following:", Join.ALL),
        ("Kettles having any of the following:", Join.ANY),
        ("Kettles, as follows:", Join.ANY),
        ("Kettles of two or more of the following metals:", Join.TWO_OR_MORE),
        ("Kettles;", Join.NONE),
    ],
)
def test_how_points_go_together(text: str, join: Join) -> None:
    held = list_of(("7A900", text), ("7A900.a", "A lid;"))
    assert held.open("7A900").join is join
    assert held.open("7A900.a").join is Join.NONE
