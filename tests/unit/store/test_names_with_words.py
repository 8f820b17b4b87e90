"""Names of listed parties that have some words, looked up in one pass."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from answer_tools import fresh_store
from sqlalchemy import event
from store_tools import company, put, snapshot_of

from overzicht.store.database import Store
from overzicht.store.records import names_with_words

NAMES = ("Kvantor Nevel", "Nevel Kvantor Optiek", "Kvantoria", "Nevel", "Optiek Nevel", "Nevel Zicht")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = fresh_store(tmp_path / "home")
    held = [company(f"eu-{n}", name, list_id="eu-fsf") for n, name in enumerate(NAMES)]
    put(made, snapshot_of("eu-fsf", date(2026, 1, 1)), held)
    yield made
    made.close()


def test_many_words_give_the_names_of_each_in_one_statement(store: Store) -> None:
    words = ("kvantor", "nevel zicht", "nergens", "nevel")
    statements: list[str] = []
    with store.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *args: statements.append(args[2]))
        together = names_with_words(connection, words, 4)
        assert sum(each.startswith("SELECT") for each in statements) == 1
        assert together == {word: names_with_words(connection, [word], 4)[word] for word in words}
    assert together["kvantor"] == ["kvantor nevel", "nevel kvantor optiek"]
    assert together["nevel zicht"] == ["nevel zicht"]
    assert (together["nergens"], len(together["nevel"])) == ([], 4)
