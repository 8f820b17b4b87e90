"""Two changes of accounts at once: the second one sees the first under the lock, and gets a plain error."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import web_tools
from web_tools import PASSWORD, TESTER, Served

from overzicht.store.accounts import Grant, Role, list_accounts
from overzicht.store.database import Store
from overzicht.store.factors import factors_of
from overzicht.workflows import accounts, second_factor, sso
from overzicht.workflows.accounts import UnsuitableNameError
from overzicht.workflows.second_factor import RequiredFactorError
from overzicht.workflows.sso import Identity

ADMIN = Grant(Role.ADMIN)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Let another change finish between the start of the next one and its first lock."""

    def arrange(other: Callable[[], Any]) -> None:
        writing, others = Store.writing, [other]

        def after_another(store: Store, *given: Any) -> Any:
            if others:
                others.pop()()
            return writing(store, *given)

        monkeypatch.setattr(Store, "writing", after_another)

    return arrange


def test_a_name_that_was_taken_meanwhile_is_refused(
    store: Store, between: Callable[[Callable[[], Any]], None]
) -> None:
    between(lambda: accounts.add_user(store, "mia", PASSWORD, ADMIN, TESTER))
    with pytest.raises(UnsuitableNameError, match="already exists"):
        accounts.add_user(store, "mia", PASSWORD, Grant(Role.READER), TESTER)
    with store.reading() as connection:
        assert [account.grants for account in list_accounts(connection)] == [(ADMIN,)]


def test_a_person_who_logs_in_twice_at_first_has_one_account(
    store: Store, between: Callable[[Callable[[], Any]], None]
) -> None:
    provider = sso.provider_of(
        {"oidc_issuer": "https://login.example", "oidc_client_id": "x", "oidc_roles": "heads=admin"}
    )
    assert provider is not None
    person = Identity("https://login.example 17", "anna", ("heads",))
    between(lambda: sso.account_of(store, provider, person, web_tools.AT))
    assert sso.account_of(store, provider, person, web_tools.AT).name == "anna"
    with store.reading() as connection:
        assert [account.name for account in list_accounts(connection)] == ["anna"]


def test_the_last_required_factor_stays(store: Store, between: Callable[[Callable[[], Any]], None]) -> None:
    accounts.add_user(store, "mia", PASSWORD, ADMIN, TESTER)
    second_factor.require_roles(store, [Role.ADMIN], TESTER)
    for _ in range(2):
        enrolment = second_factor.begin_app(store, "mia", "", TESTER)
        code = second_factor._pyotp().TOTP(enrolment.secret).at(TESTER.at)
        second_factor.confirm_app(store, "mia", code, TESTER)
    first, second = (factor.id for factor in second_factor.confirmed_factors(store, "mia"))
    between(lambda: second_factor.remove_factor(store, "mia", first, TESTER))
    with pytest.raises(RequiredFactorError):
        second_factor.remove_factor(store, "mia", second, TESTER)
    with store.reading() as connection:
        assert second in [factor.id for factor in factors_of(connection, "mia")]


def test_two_administrators_cannot_remove_each_other(
    tmp_path: Path, between: Callable[[Callable[[], Any]], None]
) -> None:
    served: Served = web_tools.serve(tmp_path)
    for name in ("mia", "noor"):
        accounts.add_user(served.store, name, PASSWORD, ADMIN, TESTER)
    client = served.client("admin")
    assert client.get("/api/v1/me").status_code == 200  # notes the use of the token now, not between
    served.app.state.service.audit.flush(5)
    between(lambda: client.post("/api/v1/accounts/close", json={"name": "mia"}))
    answer = client.post("/api/v1/accounts/close", json={"name": "noor"})
    assert (answer.status_code, answer.json()["type"]) == (400, "last-administrator")
    served.app.state.service.audit.stop()
    served.store.close()
