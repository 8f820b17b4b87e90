"""A copy of a list is no evidence on a day that the copied list itself covers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from answer_tools import draft, fresh_store
from store_tools import company, put, snapshot_of

from overzicht.entities import Record
from overzicht.subjects.answers.drafting import AnswerChoices
from overzicht.subjects.answers.papers import PaperFile

COPIED, COPY = "us-bis-entity-list", "us-csl"


def entry(record_id: str, name: str, list_id: str) -> Record:
    """Return an entry of the Entity List, in the list itself or in its copy."""
    held = company(record_id, name, since=date(2020, 7, 22), list_id=list_id)
    listings = tuple(replace(listing, measure="Entity List") for listing in held.listings)
    return replace(held, listings=listings)


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        ("Bergzicht Optics", "no"),  # the newer list no longer has the party
        ("Kvantova Nevelzicht", "yes"),
        ("", "yes"),  # only the copy is loaded
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        "Prijkt Kvantova Nevelzicht, maker van cameramodules, op de Entity List?",
        "Is Kvantova Nevelzicht on Commerce's export blacklist?",
    ],
)
def test_the_list_itself_decides_over_an_older_copy(tmp_path: Path, words: str, held: str, kind: str) -> None:
    store = fresh_store(tmp_path / "home")
    put(store, snapshot_of(COPY, date(2022, 4, 30)), [entry("csl-1", "Kvantova Nevelzicht", COPY)])
    if held:
        put(store, snapshot_of(COPIED, date(2026, 11, 10), "b"), [entry("el-1", held, COPIED)])
    path = tmp_path / "set.yaml"
    lines = ["number: eigen", "title: Vraag", "asked: 2026-11-12", "asked_by: A. Voorbeeld", "questions:"]
    path.write_text("\n".join([*lines, f'  - {{number: 1, text: "{words}"}}']), encoding="utf-8")
    choices = AnswerChoices(example=False, paper=PaperFile.of(path))
    first = draft(store, date(2026, 11, 20), "", choices).question(1).first
    store.close()
    assert first.kind.value == kind, first
