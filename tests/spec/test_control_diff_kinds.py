"""What counts as which kind of change, one case a line: this is what a reader of the diff may rely on."""

from collections.abc import Sequence

import pytest
from control_lists import list_of

from overzicht.dates import read_legal_date
from overzicht.subjects.control_list.build import Row, build_list
from overzicht.subjects.control_list.diff import (
    ChangeKind,
    NumberChange,
    Reach,
    changed_numbers,
    compare_lists,
)
from overzicht.subjects.control_list.model import ControlList, DefinedTerm
from overzicht.subjects.control_list.path import parse_path

Line = tuple[str, str] | tuple[str, str, str]
SAME = None
CASES = [
    # before, after, kind
    ("Kettles exceeding 29 W;", "Kettles exceeding 70 W;", ChangeKind.NUMERIC),
    ("Kettles exceeding 1 000 mm;", "Kettles exceeding 1000 mm;", SAME),
    ("Kettles of 5 µm;", "Kettles of 5 μm;", SAME),
    ("Kettles of 4 x 106 m;", "Kettles of 4 × 106 m;", SAME),
    ("Kettles of 0,5 m 2;", "Kettles of 0,5 m2;", SAME),
    ("Kettles at 20oC;", "Kettles at 20 °C;", ChangeKind.SIGNS),
    ("Kettles at 20ºC;", "Kettles at 20 °C;", ChangeKind.SIGNS),
    ("Kettles at 20°C;", "Kettles at 20 °C;", ChangeKind.EDITORIAL),
    ("Kettles of 56 m3/s;", "Kettles of 5 m3/s;", ChangeKind.NUMERIC),
    ("Kettles less than - 150 dBm/Hz;", "Kettles less than -150 dBm/Hz;", SAME),
    ("Kettles less than - 150 dBm/Hz;", "Kettles less than 150 dBm/Hz;", ChangeKind.NUMERIC),
    ("Solid state kettles.", "Solid-state kettles;", ChangeKind.EDITORIAL),
    ("Kettles; or", "Kettles;", ChangeKind.EDITORIAL),
    ("Kettles; and", "Kettles; or", ChangeKind.JOIN),
    ("Kettles of 'brass';", 'Kettles of "brass";', ChangeKind.TERMS),
    ("Kettles of brass;", "Kettles of 'brass';", ChangeKind.TERMS),
    ("Kettles of brass;", "Kettles of brass or tin;", ChangeKind.WORDING),
    ("Kettles better than 5 mm;", "Kettles less (better) than 5 mm;", ChangeKind.WORDING),
    ("Kettles within 0,05 or less;", "Kettles within 0,05 mm or less;", ChangeKind.WORDING),
    ("Kettles of brass;", "Not used;", ChangeKind.NOT_USED),
    ("Not used", "Not used;", ChangeKind.EDITORIAL),
]


@pytest.mark.parametrize(("before", "after", "kind"), CASES)
def test_a_changed_text_has_one_kind(before: str, after: str, kind: ChangeKind | None) -> None:
    changes = compare_lists(list_of(("7A900", before)), list_of(("7A900", after))).changes
    assert [change.kind for change in changes] == ([] if kind is None else [kind])


def _kinds(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[str, str]]:
    changes = compare_lists(list_of(*before), list_of(*after)).changes
    return [(change.kind.value, change.path) for change in changes]


def test_what_came_with_its_entry_and_what_came_alone() -> None:
    before = [("7A900", "Kettles")]
    after = [*before, ("7A900.a", "Brass kettles"), ("7A901", "Pots"), ("7A901.a", "Tin pots")]
    assert _kinds(before, after) == [
        ("added", "7A900.a"),
        ("added with its entry", "7A901"),
        ("added with its entry", "7A901.a"),
    ]
    assert _kinds(after, before) == [
        ("removed", "7A900.a"),
        ("removed with its entry", "7A901"),
        ("removed with its entry", "7A901.a"),
    ]


def test_a_point_put_in_between_renumbers_the_next() -> None:
    last = "Kettles with a whistle and a handle of wood;"
    before = [("7A900", "Kettles"), ("7A900.a", last)]
    after = [("7A900", "Kettles"), ("7A900.a", "Entirely new urns;"), ("7A900.b", last)]
    assert _kinds(before, after) == [("added", "7A900.a"), ("renumbered", "7A900.b")]


def test_a_point_that_goes_elsewhere_has_moved() -> None:
    text = "Kettles with a whistle and a handle of wood;"
    before = [("7A900", "Kettles"), ("7A900.a", text), ("7A901", "Pots")]
    after = [("7A900", "Kettles"), ("7A901", "Pots"), ("7A901.a", text)]
    (change,) = compare_lists(list_of(*before), list_of(*after)).changes
    assert (change.kind, change.old_path, change.path) == (ChangeKind.MOVED, "7A900.a", "7A901.a")
    assert change.touched == ("7A900.a", "7A901.a")


def test_a_general_phrase_does_not_count_as_moved() -> None:
    before = [("7A900", "Kettles"), ("7A900.a", "Not for use;")]
    after = [("7A900", "Kettles"), ("7A900.b", "Not for use;")]
    assert _kinds(before, after) == [("removed", "7A900.a"), ("added", "7A900.b")]


def test_a_changed_note_touches_what_it_is_about() -> None:
    points = [("7A900", "Kettles"), ("7A900.a", "Brass;"), ("7A900.b", "Tin.")]
    before: list[Line] = [
        *points,
        ("7A900", "Note: 7A900.b. does not control kettles under 9 W for tea.", "note"),
    ]
    after: list[Line] = [
        *points,
        ("7A900", "Note: 7A900.b. does not control kettles under 30 W for tea.", "note"),
    ]
    (change,) = compare_lists(list_of(*before), list_of(*after)).changes
    assert change.kind is ChangeKind.NOTE_CHANGED
    assert change.touched == ("7A900.b",)
    assert [str(number) for number in change.numbers] == ["< 9 W → < 30 W"]
    assert _kinds(before, points) == [("note removed", "7A900")]
    assert _kinds(points, after) == [("note added", "7A900")]


def _defined(text: str, *terms: tuple[str, str]) -> ControlList:
    rows = [Row(parse_path("7A900"), "provision", "Kettles:"), Row(parse_path("7A900.a"), "provision", text)]
    definitions = [DefinedTerm(name, words) for name, words in terms]
    return build_list("2021", read_legal_date("2021"), rows, definitions=definitions)


def test_a_changed_definition_touches_what_uses_the_term() -> None:
    text = 'Kettles with "lids";'
    before = _defined(text, ("lid", '"Lid" is a cover under 5 mm.'), ("pot", '"Pot" is a pot.'))
    after = _defined(text, ("lid", '"Lid" is a cover under 9 mm.'), ("pot", '"Pot" is a kettle.'))
    (change,) = compare_lists(before, after).changes  # nobody uses "pot"
    assert (change.kind, change.touched) == (ChangeKind.DEFINITION, ("7A900.a",))
    assert [str(number) for number in change.numbers] == ["< 5 mm → < 9 mm"]


def test_the_categories_of_a_definition_are_not_its_meaning() -> None:
    text = 'Kettles with "lids";'
    one, other = ('"Lid" (2 6) is a cover at 20oC.', '"Lid" (1 7) is a cover at 20 °C.')
    assert compare_lists(_defined(text, ("lid", one)), _defined(text, ("lid", other))).changes == ()


def test_definitions_that_one_file_lacks_are_not_compared() -> None:
    text = 'Kettles with "lids";'
    comparison = compare_lists(_defined(text), _defined(text, ("lid", '"Lid" is a cover.')))
    assert comparison.changes == ()
    assert not comparison.has_definitions


@pytest.mark.parametrize(
    ("before", "after", "reach"),
    [
        ("exceeding 29 W", "exceeding 70 W", Reach.LESS),
        ("exceeding 70 W", "exceeding 29 W", Reach.MORE),
        ("less than 5 mm", "less than 9 mm", Reach.MORE),
        ("9 Hz or less", "5 Hz or less", Reach.LESS),
        ("exceeding 29 W", "less than 70 W", Reach.UNKNOWN),
        ("exceeding 29 W", "exceeding 29 kW", Reach.UNKNOWN),
        ("of 29 W", "of 70 W", Reach.UNKNOWN),
        ("exceeding 108 Hz", "exceeding 200 Hz", Reach.UNKNOWN),  # 10⁸ or 108
    ],
)
def test_a_limit_tells_its_reach_only_with_its_comparison(before: str, after: str, reach: Reach) -> None:
    (change,) = changed_numbers(before, after)
    assert change.reach is reach


def test_numbers_are_paired_by_unit() -> None:
    changes = changed_numbers("exceeding 5 W at 3 GHz", "exceeding 8 W at 4 GHz and 2 mm")
    assert [str(change) for change in changes] == ["> 5 W → > 8 W", "3 GHz → 4 GHz", "(none) → 2 mm"]
    assert isinstance(changes[0], NumberChange)


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        # A file that puts a note one step lower says the same.
        (("7A900.a", "Note: 7A900.a. excludes toys."), ("7A900.a.1", "Note: 7A900.a. excludes toys."), []),
        # Saying what a note is for, where it stands there anyway, changes nothing.
        (
            ("7A900.a", "Technical Note: 'Lid' means a flat cover."),
            ("7A900.a", "Technical Note: For the purposes of 7A900.a., 'lid' means a flat cover."),
            [],
        ),
        # Said for another point, it is another note.
        (
            ("7A900.a", "Technical Note: For the purposes of 7A900.a.1., 'lid' means a flat cover."),
            ("7A900.a", "Technical Note: For the purposes of 7A900.a.2., 'lid' means a flat cover."),
            ["note changed"],
        ),
        (
            ("7A900.a", "Note: 7A900.a. does not control toys made of tin."),
            ("7A900.b", "Note: 7A900.b. does not control toys made of tin."),
            ["note removed", "note added"],
        ),
    ],
)  # fmt: skip
def test_where_a_note_stands_and_what_it_says_it_is_for(
    before: tuple[str, str], after: tuple[str, str], kinds: list[str]
) -> None:
    points = [
        ("7A900", "Kettles"), ("7A900.a", "Brass having any of the following:"), ("7A900.a.1", "A lid"),
        ("7A900.a.2", "A spout"), ("7A900.b", "Tin."),
    ]  # fmt: skip
    changes = compare_lists(list_of(*points, (*before, "note")), list_of(*points, (*after, "note"))).changes
    assert [change.kind.value for change in changes] == kinds
