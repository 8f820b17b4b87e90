"""Every door is known: commands, routes and forms, each once, and each route and form with a role."""

import pytest
from doors import COMMAND, FORM, ROUTE, WITHOUT_A_ROLE, addresses, doors

from overzicht.composition import API_PREFIX
from overzicht.kit.operation import OPERATIONS

# Forms of which nobody can have a role yet, and why.
OPEN_FORMS = {
    "POST /census/return": "a body answers with the code of its letter, without an account",
    "POST /login": "it gives the role",
    "POST /login/second-factor": "it gives the role",
    "POST /logout": "whoever has no role loses none",
}


@pytest.mark.parametrize("kind", [COMMAND, ROUTE, FORM])
def test_each_door_is_there_once(kind: str) -> None:
    found = [door.address for door in doors() if door.kind == kind]
    assert len(found) > 100
    assert len(found) == len(set(found))


def test_each_route_and_form_requires_a_role() -> None:
    without = {
        door.address for door in addresses() if door.kind in {ROUTE, FORM} and door.role == WITHOUT_A_ROLE
    }
    assert without == set(OPEN_FORMS)


# Doors that no operation declares; they may only become fewer.
BY_HAND = {COMMAND: 74, ROUTE: 63, FORM: 59}
OF_THE_INSTALLATION = {(COMMAND, "demo"), (COMMAND, "serve"), (COMMAND, "subjects")}  # they ask no store


def test_the_doors_written_by_hand_become_fewer() -> None:
    known = {(door.kind, door.address) for door in doors()}
    declared = set()
    for operation in (each for operations in OPERATIONS.values() for each in operations):
        command, route, form = operation.command, operation.route, operation.form
        declared |= {(COMMAND, command.name)} if command else set()
        declared |= {(ROUTE, f"{route.method} {API_PREFIX}{route.path}")} if route else set()
        declared |= {(FORM, f"POST {form.path or route.path}")} if route and form else set()
    assert declared <= known
    assert {
        kind: sum(door[0] == kind for door in known - declared - OF_THE_INSTALLATION) for kind in BY_HAND
    } == BY_HAND


def test_a_form_has_an_address_of_its_own() -> None:
    """Pages and the interface share no address, so that the role of a request is that of one door."""
    found = [door.address for door in addresses()]
    assert len(found) == len(set(found))
