"""Questions on frozen assets: the effect of a listing decides, and not the listing alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from answer_tools import draft, fresh_store
from store_tools import company, put, snapshot_of

from overzicht.entities import Record
from overzicht.subjects.answers.drafting import AnswerChoices
from overzicht.subjects.answers.model import FirstLine
from overzicht.subjects.answers.papers import PaperFile

DAY = date(2026, 11, 20)


def entry(record_id: str, name: str, measure: str) -> Record:
    """Return an entry under a measure of the acts of the European Union."""
    held = company(record_id, name, since=date(2025, 2, 25), list_id="eu-official-journal")
    return replace(held, listings=tuple(replace(item, measure=measure) for item in held.listings))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store in which one party is frozen and another under export control."""
    folder = tmp_path_factory.mktemp("freezes")
    store = fresh_store(folder / "home")
    held = [
        entry("eu-1", "Kvantova Nevelzicht", "Asset freeze"),
        entry("eu-2", "Bergzicht Optiek", "Export control"),
    ]
    put(store, snapshot_of("eu-official-journal", date(2026, 11, 10)), held)
    store.close()
    return folder


def first_of(folder: Path, *words: str) -> FirstLine:
    """Return the first line on the last of some questions."""
    lines = ["number: eigen", "title: Vraag", "asked: 2026-11-12", "asked_by: A. Voorbeeld", "questions:"]
    lines += [f'  - {{number: {number}, text: "{text}"}}' for number, text in enumerate(words, 1)]
    path = folder / "set.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    store = fresh_store(folder / "home")
    report = draft(store, DAY, "", AnswerChoices(example=False, paper=PaperFile.of(path)))
    store.close()
    return report.questions[-1].first


@pytest.mark.parametrize(
    "words",
    [
        "Zijn de tegoeden van {} bevroren?",
        "Moet een Nederlandse bank de tegoeden van {} bevriezen?",
        "Valt {} onder een tegoedenbevriezing van de EU?",
        "Dient een bank het geld van {} te blokkeren?",
        "Brengt de plaatsing van {} op de EU-lijst mee dat zijn bezittingen zijn bevroren?",
        "Are the assets of {} frozen by the EU?",
        "Must a Dutch bank freeze the funds of {}?",
        "Is {} under an EU asset freeze?",
        "Does the listing of {} on the EU list mean that its assets are frozen?",
        "Have the accounts of {} been blocked by the European Union?",
    ],
)
@pytest.mark.parametrize(
    ("party", "kind", "part"),
    [
        ("Kvantova Nevelzicht", "yes", "are frozen by the listing"),
        ("Bergzicht Optiek", "no", "(Export control) freezes no assets"),
    ],
)
def test_the_effect_of_the_listing_decides(
    folder: Path, words: str, party: str, kind: str, part: str
) -> None:
    first = first_of(folder, words.format(party))
    assert (first.kind.value, part in str(first.text)) == (kind, True), first


@pytest.mark.parametrize(("party", "kind"), [("Kvantova Nevelzicht", "yes"), ("Bergzicht Optiek", "no")])
@pytest.mark.parametrize(
    "words",
    [
        "Moet een Nederlandse bank de tegoeden van dat bedrijf bevriezen?",
        "Zijn daarmee ook zijn tegoeden bevroren?",
        "So are its accounts frozen too?",
    ],
)
def test_the_party_may_be_that_of_the_question_before(
    folder: Path, words: str, party: str, kind: str
) -> None:
    assert first_of(folder, f"Staat {party} op de EU-sanctielijst?", words).kind.value == kind


def test_the_duty_for_those_on_a_list_is_the_effect_of_the_list(folder: Path) -> None:
    words = (
        "Moet een gemeente de tegoeden bevriezen van wie op de lijst van Verordening (EU) 2020/1998 staat?"
    )
    first = first_of(folder, words)
    assert (first.kind.value, "binds this party" in str(first.text)) == ("yes", True), first
