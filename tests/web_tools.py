"""A service over an empty store, with an account of every role, for tests."""

import atexit
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from starlette.testclient import TestClient

from overzicht.evidence.actor import Actor
from overzicht.settings import Settings
from overzicht.store.accounts import Grant, Role
from overzicht.store.database import Store
from overzicht.web import app as application
from overzicht.web.service import ServiceOptions
from overzicht.workflows.accounts import add_user, issue_token
from overzicht.workflows.starter import ensure_starter

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
TESTER = Actor(AT.date(), "test", AT)
BASE = "http://127.0.0.1"
NEAR, FAR = ("127.0.0.1", 50_000), ("192.0.2.7", 50_000)
PASSWORD = "lantaarn fiets zomer kaas"  # noqa: S105 - of accounts that live as long as a test
ONE = "gemeente-a"
GRANTS = {
    "reader of one": Grant(Role.READER, ONE),
    "editor of one": Grant(Role.EDITOR, ONE),
    "reader": Grant(Role.READER),
    "editor": Grant(Role.EDITOR),
    "officer": Grant(Role.OFFICER),
    "admin": Grant(Role.ADMIN),
}


@dataclass(frozen=True)
class Served:
    """An application with its store and a token per role."""

    app: FastAPI
    store: Store
    tokens: dict[str, str]

    def client(self, role: str = "", *, near: bool = False, **options: Any) -> TestClient:
        """Return a client elsewhere with the token of a role, or at the machine itself without one."""
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}
        client = TestClient(
            self.app, base_url=BASE, client=NEAR if near else FAR, headers=headers,
            raise_server_exceptions=False, follow_redirects=False, **options,
        )  # fmt: skip
        client.portal = _portal()
        return client


@cache
def _portal() -> BlockingPortal:
    """Return the event loop of all clients; one for each request takes a fifth of the time of a request."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(start_blocking_portal())


def serve(home: Path, options: ServiceOptions | None = None) -> Served:
    """Return a service over a new store with the starter facts and a program per role."""
    store = Store.open(home)
    ensure_starter(store, actor="overzicht", at=AT)
    tokens = {
        role: issue_token(store, f"{role} program", grant, TESTER, expires_at=None)[1]
        for role, grant in GRANTS.items()
    }
    app = application.create_app(
        store, Settings(home=home, values={"subjects": "all"}), options or ServiceOptions(rate="")
    )
    return Served(app, store, tokens)


def person(served: Served, name: str, role: Role = Role.EDITOR) -> None:
    """Give a service an account with the password of the tests."""
    add_user(served.store, name, PASSWORD, Grant(role), TESTER)
