"""Paths and conditions of mappings in tables, JSON and XML."""

from typing import Any

import pytest

from overzicht.sources.lists.mapped.paths import PathError, Scope, read_conditions, read_path, text_of

TREE: dict[str, Any] = {
    "@id": "7",
    "D.O.B. (DD/MM)": "5",
    "names": [
        {"@type": "primary", "value": "Ann"},
        {"@type": "alias", "value": "Annie"},
        {"@type": "alias", "value": {"#text": "A."}},
    ],
    "group": {"title": "Regime", "parties": [{"n": "One", "aka": ["Uno", "Eins"]}, {"n": "Two"}]},
    "empty": "",
    "flag": True,
}


def texts(path: str) -> list[str]:
    return [text_of(found.node) for found in read_path(path).select(Scope(TREE, notes={"$row": "3"}))]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("@id", ["7"]),
        ("id", ["7"]),
        ("ID", ["7"]),
        ("D.O.B. (DD/MM)", ["5"]),
        ("names.value", ["Ann", "Annie", "A."]),
        ("names/value", ["Ann", "Annie", "A."]),
        ("names[@type=alias].value", ["Annie", "A."]),
        ("names[@type!=alias].value", ["Ann"]),
        ("names[@type='primary']/value", ["Ann"]),
        ("names[1]", ["Ann"]),
        ("names[last]/value", ["A."]),
        ("names[value~^ann].value", ["Ann", "Annie"]),
        ("names[4].value", []),
        ("group.parties.aka", ["Uno", "Eins"]),
        ("group.parties[aka].n", ["One"]),
        ("group.parties[!aka].n", ["Two"]),
        ("group/parties/../title", ["Regime", "Regime"]),
        ("group.*.n", ["One", "Two"]),
        ("//n", ["One", "Two"]),
        ("group.parties.aka[.=Uno]", ["Uno"]),
        ("*O.B*", ["5"]),
        ("$row", ["3"]),
        ("flag", ["true"]),
        ("nothing.here", []),
        ('"group"."title"', ["Regime"]),
    ],
)
def test_a_path_leads_to_its_values(path: str, found: list[str]) -> None:
    assert texts(path) == found


@pytest.mark.parametrize("path", ["", "names[type", "names[0]", "a..b", "name[x~(a+)+]"])
def test_a_path_that_is_not_well_formed_says_what_to_write(path: str) -> None:
    with pytest.raises(PathError):
        read_path(path)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("Status = Active", True),
        ("status = closed|active", True),
        ("Status != active", False),
        ("Status ~ ^act", True),
        ("Status !~ x", True),
        ("Status", True),
        ("!Status", False),
        ("not Gone", True),
        ("Gone", False),
        ("Gone = ''", True),
        ("Name and Alias = Ann", True),
        ("Status = active and Name and Alias = Ann", True),
        ("Status = active and Gone", False),
    ],
)
def test_conditions(condition: str, holds: bool) -> None:
    row = Scope({"Status": "ACTIVE", "Name and Alias": "ann", "Gone": ""})
    assert all(each.holds(row) for each in read_conditions(condition)) is holds
