"""The list as a whole: nesting, look-ups, terms, references, and its hash."""

import pytest
from control_lists import list_of

from overzicht.dates import read_legal_date
from overzicht.errors import UnknownNameError
from overzicht.subjects.control_list.build import Row, build_list
from overzicht.subjects.control_list.model import DefinedTerm
from overzicht.subjects.control_list.path import parse_path
from overzicht.subjects.control_list.references import Reference, references_in, resolve, unfold

LIST = list_of(
    ("7A900", 'Kettles for "steam engines", as follows:'),
    ("7A900.a", "'Brass kettles' of 7A901.a. to 7A901.c.;"),
    (
        "7A900.a",
        "Technical Note: For the purposes of 7A900.a., 'brass kettles' are kettles of brass.",
        "technical_note",
    ),
    ("7A900.b", "Not used;"),
    ("7A901", "Pots, as follows:"),
    ("7A901.a", "Tin pots;"),
    ("7A901.b", "Iron pots;"),
    ("7A901.c", "Clay pots;"),
    ("7A901.d", "Glass pots."),
)


def test_provisions_are_nested_by_their_paths() -> None:
    assert [p.path for p in LIST.open("7A900").walk()] == ["7A900", "7A900.a", "7A900.b"]
    assert not LIST.open("7A900.b").is_used
    assert [p.path for p in LIST.context("7A900.a")] == ["7A900", "7A900.a"]


def test_an_unknown_code_names_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match=r"7A900\.a, 7A900\.b"):
        LIST.open("7A900.z.1")
    with pytest.raises(UnknownNameError, match="7A900, 7A901"):
        LIST.open("7A999")
    assert LIST.find("7A900.z") is None


def test_text_that_comes_again_is_joined_and_a_lost_step_is_made() -> None:
    held = list_of(("7A900", "First"), ("7A900", "second"), ("7A900.a.1", "Deep"))
    assert held.open("7A900").text == "First\nsecond"
    assert held.open("7A900.a").text == ""


def test_local_terms_are_found_where_they_hold() -> None:
    term = LIST.term("Brass kettles", "7A900.a")
    assert term is not None
    assert term.path == "7A900.a"
    assert LIST.term("brass kettles", "7A901.a") is None


def test_global_terms_are_found_in_any_number() -> None:
    rows = [Row(parse_path("7A900"), "provision", "x")]
    given = [DefinedTerm("steam engine", '"Steam engine" means an engine.'), DefinedTerm("body", "b")]
    held = build_list("2021", read_legal_date("2021"), rows, definitions=given)
    assert held.term("steam engines") == given[0]
    assert held.term("Bodies") == given[1]
    assert held.term("kettle") is None


def test_references_are_read_and_followed() -> None:
    assert references_in("as in 1C010.a. or b., and 6A002.a.3.a. to 6A002.a.3.e.") == (
        Reference(parse_path("1C010.a")),
        Reference(parse_path("1C010.b")),
        Reference(parse_path("6A002.a.3.a"), parse_path("6A002.a.3.e")),
    )
    (span,) = references_in("7A901.a. to 7A901.c.")
    assert [p.path for p in resolve(LIST, span)] == ["7A901.a", "7A901.b", "7A901.c"]
    assert resolve(LIST, Reference(parse_path("9A999"))) == ()
    assert [p.path for p in resolve(LIST, Reference(parse_path("7A900"), parse_path("7A901")))] == [
        "7A900",
        "7A901",
    ]


def test_unfolding_gives_notes_terms_and_references() -> None:
    unfolded = unfold(LIST, "7A900.a")
    assert [note.heading for note in unfolded.notes] == ["Technical Note"]
    known = {(term.name, term.definition is not None) for term in unfolded.terms}
    assert known == {("brass kettles", True), ("steam engines", False)}
    (followed,) = unfolded.references
    assert [p.path for p in followed.provisions] == ["7A901.a", "7A901.b", "7A901.c"]


def test_the_hash_is_of_what_is_said() -> None:
    one = list_of(("7A900", "Kettles  of brass"))
    same = list_of(("7A900", "Kettles of brass"), name="2022")
    other = list_of(("7A900", "Kettles of tin"))
    assert one.version.content_hash == same.version.content_hash
    assert one.version.content_hash != other.version.content_hash
    assert str(one.version).startswith("2021+")
