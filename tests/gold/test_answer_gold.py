"""The Dutch answer to 2020Z25656 as JSON on two days; a changed gold file is reviewed as code.

Renew them with `UPDATE_GOLD=1 pytest tests/gold/test_answer_gold.py` and look at the difference.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from answer_tools import NOW, SEED, THEN, draft, fresh_store

from overzicht.reports.i18n import Language, words_for
from overzicht.store.database import Store
from overzicht.views.serialiser import json_text

GOLD = Path(__file__).parent / "answers"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = fresh_store(tmp_path_factory.mktemp("gold") / "home")
    yield opened
    opened.close()


@pytest.mark.parametrize("day", [THEN, NOW], ids=str)
def test_the_dutch_answer_is_as_it_was(store: Store, day: date) -> None:
    path = GOLD / f"{SEED}-{day}.nl.json"
    rendered = f"{json_text(draft(store, day), words_for(Language.NL).say)}\n"
    if os.environ.get("UPDATE_GOLD"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(rendered, encoding="utf-8")
    assert rendered == path.read_text(encoding="utf-8")
