"""The product, asked in this process: its command line, and its service through a client."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser_tools import OPENLY
from functional_tools import run_command
from starlette.testclient import TestClient

from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.web import app as application


@dataclass
class Product:
    """One home with lists loaded; `work` is a folder for what doors read and write."""

    home: Path
    work: Path
    client: TestClient
    titles: dict[str, str] = field(default_factory=dict)  # title of a list -> its id
    lists: list[dict[str, Any]] = field(default_factory=list)

    def run(self, *arguments: str | Path, fine: Sequence[int] = (0, 1)) -> str:
        """Return what a command prints; any other exit code fails, so that no door falls silent."""
        done = run_command(*arguments)
        assert done.exit_code in fine, (arguments, done.exit_code, done.output, done.stderr)
        return done.stdout

    def json(self, *arguments: str | Path) -> Any:
        return json.loads(self.run(*arguments))

    def get(self, path: str, **query: Any) -> Any:
        reply = self.client.get(path, params={key.replace("_", "-"): value for key, value in query.items()})
        assert reply.status_code == 200, (path, query, reply.status_code, reply.text[:300])
        return reply.json() if "json" in reply.headers["content-type"] else reply.text

    def post(self, path: str, body: Any, **query: Any) -> Any:
        reply = self.client.post(path, json=body, params={k.replace("_", "-"): v for k, v in query.items()})
        assert reply.status_code == 200, (path, reply.status_code, reply.text[:300])
        return reply.json()

    def list_of(self, title: str) -> str:
        """Return the id of the list with a title; raises KeyError for one that no list has."""
        return self.titles[re.sub(r"\s+", " ", title).strip()]


@contextmanager
def opened(home: Path, work: Path) -> Iterator[Product]:
    """Yield a product over a home that has its lists already."""
    work.mkdir(parents=True, exist_ok=True)
    store = Store.open(home)
    try:
        app = application.create_app(store, Settings(home=home), OPENLY)
        client = TestClient(
            app,
            base_url="http://127.0.0.1",
            client=("127.0.0.1", 50_000),
            headers={"Accept-Language": "en"},
            raise_server_exceptions=False,
            follow_redirects=False,
        )
        product = Product(home, work, client)
        product.lists = product.json("lists", "status", "--json")
        product.titles = {each["title"]: each["list"] for each in product.lists}
        yield product
    finally:
        store.close()
