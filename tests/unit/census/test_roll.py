"""The roll on any date: events, successors, names, control totals and a second list."""

from datetime import date

import pytest

from overzicht.subjects.census.naming import NameIndex
from overzicht.subjects.census.roll import Body, BodyEvent, EventKind, build_roll
from overzicht.subjects.census.totals import ControlTotal, ListedName, check_totals, reconcile

DAY = date(2022, 3, 24)


def town(code: str, name: str, **more: object) -> Body:
    return Body(f"nl:{code}", name, "municipality", "NL", (("tooi", code),), **more)  # type: ignore[arg-type]


ROLL = build_roll(
    [town("gm1", "Gemeente Grootstad"), town("gm2", "Gemeente Kleindorp"), town("gm3", "Gemeente Deeldorp"),
     town("gm4", "Gemeente Nieuwstad"), Body("nl:pv1", "Provincie Grootstad", "province", "NL")],
    [BodyEvent(DAY, EventKind.ABSORB, "gm2", "gm1"), BodyEvent(DAY, EventKind.SPLIT, "gm3", "gm1"),
     BodyEvent(DAY, EventKind.SPLIT, "gm3", "gm4")],
)  # fmt: skip


def test_a_period_ends_on_the_first_day_without_the_body() -> None:
    assert ROLL.roll.counts_on(date(2022, 3, 23))["municipality"] == 4
    assert ROLL.roll.counts_on(DAY)["municipality"] == 2


def test_a_merged_body_is_answered_for_by_its_successor_from_that_day() -> None:
    assert ROLL.roll.answering("nl:gm2", date(2022, 3, 23)) == ("nl:gm2",)
    assert ROLL.roll.answering("nl:gm2", DAY) == ("nl:gm1",)
    assert len(ROLL.roll.answering("nl:gm3", DAY)) == 2  # a split is divided by nobody


def test_a_merger_starts_a_new_body_and_an_absorption_does_not() -> None:
    rows = [town("gm1", "Een"), town("gm2", "Twee"), town("gm9", "Nieuw")]
    events = [BodyEvent(DAY, EventKind.MERGE, code, "gm9") for code in ("gm1", "gm2")]
    roll = build_roll(rows, events).roll
    assert [roll.counts_on(day)["municipality"] for day in (date(2022, 3, 23), DAY)] == [2, 1]


def test_rows_with_one_code_are_one_body_with_two_names() -> None:
    built = build_roll(
        [town("gm1", "Oud Dorp c.a."), Body("x", "Oud Dorp", "municipality", "NL", (("tooi", "gm1"),))]
    )
    assert len(built.roll.bodies) == 1
    assert built.roll.bodies[0].names == ("Oud Dorp",)
    assert built.notes


def test_changes_that_contradict_the_roll_are_faults() -> None:
    rows = [town("gm1", "Een", end=date(2020, 1, 1)), town("gm2", "Twee")]
    built = build_roll(
        rows, [BodyEvent(DAY, EventKind.ABSORB, "gm1", "gm2"), BodyEvent(DAY, EventKind.ABSORB, "x", "gm2")]
    )
    assert len(built.faults) == 2


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Gemeente Grootstad", "nl:gm1"),
        ("grootstad gemeente", "nl:gm1"),
        ("Provincie Grootstad", "nl:pv1"),
        ("Grootstad", None),  # a municipality and a province have this name
        ("Kleindorp", None),  # it ended on that day
        ("nl:gm4", "nl:gm4"),
        ("(landlord of Nieuwstad)", None),
        ("Provincie Nieuwstad", None),
    ],
)
def test_a_name_means_one_body_or_none(name: str, body: str | None) -> None:
    match = NameIndex(ROLL.roll.bodies).find(name, DAY, country="NL")
    assert (match.body.id if match.body else None) == body


def test_a_county_is_not_the_city_in_it() -> None:
    bodies = [Body("gb:1", "Durham County Council", "county", "GB")]
    assert NameIndex(bodies).find("Durham City Council", DAY).body is None
    assert NameIndex(bodies).find("Durham County", DAY).body is not None


def test_a_wrong_end_is_named_beside_the_control_total() -> None:
    rows = [town("gm1", "Een", end=date(2021, 1, 1)), town("gm2", "Twee")]
    (check,) = check_totals(build_roll(rows).roll, [ControlTotal("municipality", date(2020, 1, 1), 2)], DAY)[
        1:
    ]
    assert not check.agrees
    assert "Een (2021-01-01)" in str(check.statement)


def test_a_second_list_shows_other_names_and_collisions() -> None:
    roll = build_roll([town("gm1", "Gemeente Een"), town("gm2", "Drie"), town("gm5", "Vijf")]).roll
    second = [ListedName("gm1", "gemeente Een"), ListedName("gm2", "Twee"), ListedName("gm3", "Drie")]
    compared = reconcile(roll, "tooi", second, DAY)
    assert compared.renamed == (("gm2", "Drie", "Twee"),)
    assert compared.collisions == ("gm2",)
    assert (compared.only_second, compared.only_first) == (("gm3",), ("gm5",))
