"""Accounts, sessions and tokens: what opens what, and for how long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store import accounts
from overzicht.store.accounts import LOCAL_READER, Account, Grant, Principal, Role
from overzicht.store.database import Store
from overzicht.store.tables.metadata import metadata
from overzicht.workflows import accounts as work
from overzicht.workflows.accounts import both

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
ROOT = Actor(AT.date(), "root", AT)
PASSWORD = "lantaarn fiets zomer kaas"  # noqa: S105
ROLES = st.sampled_from(list(Role))
PLACES = st.sampled_from(["", "a", "b"])
GRANTS = st.builds(Grant, ROLES, PLACES)


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path, database_url)
    yield opened
    opened.close()


def add(store: Store, name: str = "mia", grant: Grant | None = None) -> None:
    work.add_user(store, name, PASSWORD, grant or Grant(Role.EDITOR), ROOT)


def test_the_right_password_opens_a_session_and_a_wrong_one_none(store: Store) -> None:
    add(store)
    assert work.log_in(store, "mia", "iets anders dan dat", at=AT) is None
    assert work.log_in(store, "niemand", PASSWORD, at=AT) is None
    token = work.log_in(store, "mia", PASSWORD, at=AT)
    assert token is not None
    found = work.principal_of_session(store, token, at=AT)
    assert found is not None
    assert (found.name, found.grants) == ("mia", (Grant(Role.EDITOR),))
    assert work.principal_of_session(store, token + "x", at=AT) is None


def test_a_wrong_name_costs_as_much_as_a_wrong_password(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store)
    work.issue_token(store, "robot", Grant(Role.READER), ROOT, expires_at=None)
    seen: list[str] = []

    def verify(known: str, password: str) -> bool:
        seen.append(known)
        return bool(password) and real(known, password)

    real = work._verify
    monkeypatch.setattr(work, "_verify", verify)
    for name in ("mia", "robot", "niemand", "", "x" * 1_000):
        assert work.log_in(store, name, "iets anders dan dat", at=AT) is None
    costs = {known.split("$")[3] for known in seen}  # memory, rounds, lanes
    assert len(seen) == 5
    assert len(costs) == 1


def test_no_secret_is_kept(store: Store) -> None:
    add(store)
    token = work.log_in(store, "mia", PASSWORD, at=AT)
    _, secret = work.issue_token(store, "mia", Grant(Role.READER), ROOT, expires_at=None)
    with store.reading() as connection:
        held = [
            str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)).all()
        ]
    assert token is not None
    assert not [row for row in held if PASSWORD in row or token in row or secret in row]
    assert [row for row in held if "$argon2id$" in row]


def test_a_session_ends_when_it_is_idle_old_or_ended(store: Store) -> None:
    add(store)
    token = work.log_in(store, "mia", PASSWORD, at=AT) or ""
    later = AT
    for _ in range(11):  # in use every hour
        later += timedelta(hours=1)
        assert work.principal_of_session(store, token, at=later) is not None
    assert work.principal_of_session(store, token, at=AT + work.SESSION_LASTS) is None
    idle = work.log_in(store, "mia", PASSWORD, at=AT) or ""
    assert work.principal_of_session(store, idle, at=AT + work.SESSION_IDLE + timedelta(seconds=1)) is None
    ended = work.log_in(store, "mia", PASSWORD, at=AT) or ""
    principal = work.principal_of_session(store, ended, at=AT)
    assert principal is not None
    work.log_out(store, principal, at=AT)
    assert work.principal_of_session(store, ended, at=AT) is None


def test_another_password_and_a_closed_account_end_all_sessions(store: Store) -> None:
    add(store)
    token = work.log_in(store, "mia", PASSWORD, at=AT) or ""
    work.change_password(store, "mia", "vier woorden die passen", ROOT)
    assert work.principal_of_session(store, token, at=AT) is None
    assert work.log_in(store, "mia", PASSWORD, at=AT) is None
    again = work.log_in(store, "mia", "vier woorden die passen", at=AT) or ""
    _, secret = work.issue_token(store, "mia", Grant(Role.READER), ROOT, expires_at=None)
    with store.writing("root", AT) as tx:
        accounts.close_account(tx, "mia")
    assert work.principal_of_session(store, again, at=AT) is None
    assert work.principal_of_token(store, secret, at=AT) is None
    assert work.log_in(store, "mia", "vier woorden die passen", at=AT) is None


def test_a_token_ends_on_its_day_or_when_revoked_and_nobody_logs_in_as_a_program(store: Store) -> None:
    until = AT + timedelta(days=1)
    number, secret = work.issue_token(store, "dashboard", Grant(Role.READER), ROOT, expires_at=until)
    assert work.principal_of_token(store, secret, at=AT) == Principal("dashboard", (Grant(Role.READER),))
    assert work.principal_of_token(store, secret, at=until) is None
    assert work.log_in(store, "dashboard", "", at=AT) is None
    with store.writing("root", AT) as tx:
        accounts.revoke_token(tx, number)
        with pytest.raises(UnknownNameError):
            accounts.revoke_token(tx, number)
    assert work.principal_of_token(store, secret, at=AT) is None


@pytest.mark.parametrize("password", ["", "kort", "a" * 40, "mia" * 10, "x" * 2_000])
def test_a_password_that_is_easily_guessed_is_refused(store: Store, password: str) -> None:
    with pytest.raises(work.UnsuitablePasswordError):
        work.add_user(store, "mia", password, Grant(Role.READER), ROOT)


@pytest.mark.parametrize("name", ["", " ", " mia", "mi\na", "x" * 101, "a\u202eb"])
def test_a_name_that_does_not_print_is_refused(store: Store, name: str) -> None:
    with pytest.raises(work.UnsuitableNameError):
        add(store, name)


def test_a_name_is_taken_once_also_after_it_was_closed(store: Store) -> None:
    add(store)
    with store.writing("root", AT) as tx:
        accounts.close_account(tx, "mia")
    with pytest.raises(work.UnsuitableNameError):
        add(store)


def test_all_that_is_done_to_accounts_stands_in_the_log_without_secrets(store: Store) -> None:
    add(store)
    work.log_in(store, "mia", PASSWORD, at=AT)
    from overzicht.store.database import UNNAMED_CHANGE  # noqa: PLC0415
    from overzicht.store.log import read_entries, verify_log  # noqa: PLC0415

    with store.reading() as connection:
        told = [(entry.actor, entry.action) for entry in read_entries(connection)][::-1]
        assert verify_log(connection).entries == len(told)
    assert [act for act in told if act[1] != UNNAMED_CHANGE] == [
        ("root", "add account"),
        ("root", "grant role"),
        ("mia", "log in"),
    ]


@pytest.mark.parametrize(
    ("grant", "role", "organisation", "above", "may"),
    [
        (Grant(Role.EDITOR, "a"), Role.EDITOR, "a", (), True),
        (Grant(Role.EDITOR, "a"), Role.OFFICER, "a", (), False),
        (Grant(Role.EDITOR, "a"), Role.READER, "b", (), False),
        (Grant(Role.EDITOR, "a"), Role.EDITOR, "b", ("a",), True),  # b is part of a
        (Grant(Role.EDITOR, "a"), Role.READER, "", (), True),  # what all share may be read
        (Grant(Role.ADMIN, "a"), Role.EDITOR, "", (), False),  # and not be changed
        (Grant(Role.EDITOR), Role.EDITOR, "a", (), True),
    ],
)
def test_what_a_grant_opens(
    grant: Grant, role: Role, organisation: str, above: tuple[str, ...], may: bool
) -> None:
    assert Principal("mia", (grant,)).may(role, organisation, above) is may


def test_who_is_at_the_machine_reads_and_changes_nothing() -> None:
    assert LOCAL_READER.may(Role.READER, "a")
    assert not any(LOCAL_READER.may(role, place) for role in list(Role)[1:] for place in ("", "a"))


@given(st.lists(GRANTS, max_size=3, unique_by=lambda grant: grant.organisation), GRANTS, ROLES, PLACES)
def test_a_token_opens_what_both_its_account_and_its_own_grant_open(
    held: list[Grant], wanted: Grant, role: Role, place: str
) -> None:
    account = Account("mia", "", tuple(held), "")
    by_token = Principal("mia", both(account, wanted)).may(role, place)
    by_account = Principal("mia", tuple(held)).may(role, place)
    by_grant = Principal("mia", (wanted,)).may(role, place)
    assert not by_token or (by_account and by_grant)
    if place:
        assert by_token == (by_account and by_grant)
