"""Laws of first lines: a draft agrees with the claims of the lists about the same parties.

Parties are drawn from real lists where `../shared` is present, else from the starter facts.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from answer_tools import NOON, draft, fresh_store

from overzicht.entities import Band, PartyQuery
from overzicht.evidence import Answer
from overzicht.store.database import Store
from overzicht.store.list_records import records_of_snapshot
from overzicht.subjects.answers.drafting import AnswerChoices
from overzicht.subjects.answers.model import FirstKind
from overzicht.subjects.answers.papers import PaperFile
from overzicht.subjects.answers.reading.lexicon import ListTarget, lexicon
from overzicht.subjects.answers.resolving.target import has_measure
from overzicht.subjects.lists.loading import Choices, add_list_file
from overzicht.subjects.screening.lookup import ask_lists, party_lookup

DAY = date(2022, 9, 14)
LISTS = ("us-1260h/sanctions.csv", "us-bis-dpl/202209-dpl.txt")
TARGETS = ("chinese-military-1260h", "denied-persons", "entity-list")
STATED = (
    "Staat {party} op {nl}?",
    "Is {party} on {en}?",
    "Staat {party} nog op {nl}?",
    "Is it true that {party} is on {en}?",
)
DENIED = ("Klopt het dat {party} niet op {nl} staat?", "Is it true that {party} is not on {en}?")
DRAWN = 60


@dataclass(frozen=True, slots=True)
class ListingQuestion:
    """A question about a party and a list; `is_denied`: it asks to confirm that the list lacks it."""

    party: str
    target: ListTarget
    is_denied: bool
    words: str


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = fresh_store(tmp_path_factory.mktemp("claims") / "home")
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "lists"
    for name in LISTS if folder.exists() else ():
        add_list_file(opened, folder / name, Choices(), actor="tester", at=NOON)
    yield opened
    opened.close()


def parties_of(store: Store) -> list[str]:
    """Return the names of parties on the loaded lists, in order."""
    with store.reading() as connection, party_lookup(store, connection) as lookup:
        records = [
            record
            for stored in lookup.loaded_lists.stored
            if stored.snapshot.source in {"us-1260h", "us-bis-dpl", "us-bis-entity-list"}
            for record in records_of_snapshot(connection, stored.key)
        ]
    return sorted({name for record in records for name in record.names if is_plain(name)})


def is_plain(name: str) -> bool:
    """Return whether a name is written as in a question: words with a capital and no more than a stop."""
    words = name.replace(".", "").replace(",", "").split()
    return len(name) > 5 and all(word.isalpha() and word[:1].isupper() for word in words)


def drawn_questions(parties: Sequence[str], seed: int) -> list[ListingQuestion]:
    chance = random.Random(seed)  # noqa: S311 - a sample of a test
    targets = [target for target in lexicon().lists if target.id in TARGETS]
    questions = []
    for _ in range(DRAWN):
        party, target = chance.choice(parties), chance.choice(targets)
        is_denied = chance.random() < 0.4
        form = chance.choice(DENIED if is_denied else STATED)
        words = form.format(party=party, nl=target.nl, en=target.en)
        questions.append(ListingQuestion(party, target, is_denied, words))
    return questions


def claim_of(store: Store, question: ListingQuestion) -> FirstKind | None:
    """Return whether the lists have a party, by the claims about it; None if they leave it open."""
    query = PartyQuery(question.party, (question.party,), "LegalEntity")
    (result,) = ask_lists(store, [query], as_of=DAY)
    own = [listing for listing in result.listings if has_measure(question.target, listing)]
    possible = [listing for listing in result.possible if has_measure(question.target, listing)]
    if any(li.state.answer is Answer.FOUND and li.match.band is Band.MATCH for li in own):
        return FirstKind.YES
    return None if own or possible else FirstKind.NO


def contradicts(claim: FirstKind | None, kind: FirstKind, *, is_denied: bool) -> bool:
    """Return whether a first line says the opposite of a claim; only yes and no contradict."""
    if claim is None or kind not in {FirstKind.YES, FirstKind.NO}:
        return False
    return (kind is claim) is is_denied


@pytest.mark.parametrize("seed", range(2))
def test_the_first_line_of_a_draft_agrees_with_the_claims_of_the_lists(
    store: Store, tmp_path: Path, seed: int
) -> None:
    questions = drawn_questions(parties_of(store), seed)
    lines = ["number: eigen", "title: Vraag", f"asked: {DAY}", "asked_by: A. Voorbeeld", "questions:"]
    lines += [
        f"  - {{number: {number}, text: {json.dumps(question.words, ensure_ascii=False)}}}"
        for number, question in enumerate(questions, 1)
    ]
    path = tmp_path / "set.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    choices = AnswerChoices(example=False, paper=PaperFile.of(path), with_earlier=False)
    report = draft(store, DAY, "", choices)
    pairs = list(zip(questions, report.questions, strict=True))
    kinds = [answered.first.kind for _, answered in pairs]
    wrong = [
        (question.words, str(answered.first.text))
        for question, answered in pairs
        if contradicts(claim_of(store, question), answered.first.kind, is_denied=question.is_denied)
    ]
    assert not wrong
    assert sum(kind in {FirstKind.YES, FirstKind.NO} for kind in kinds) > DRAWN // 10
