"""Laws of screening that hold for every name."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.entities import PartyQuery
from overzicht.names.analysis import MAX_WORDS, analyse
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.evaluate import score_pairs
from overzicht.screening.index.build import IndexedParty

DAY = date(2026, 1, 1)
WORDS = st.lists(
    st.sampled_from(
        ["arvo", "beltane", "corvin", "dusmar", "eldren", "fanzul", "gortham", "hildemar", "jorvik"]
    ),
    min_size=2,
    max_size=4,
    unique=True,
)
BASE = ScreeningEngine.of(
    [IndexedParty(name, "Person", (name,)) for name in ("Corvin Beltane", "Gortham Arvo", "Jorvik Fanzul")]
)


@settings(max_examples=150)
@given(st.text(max_size=80), st.sampled_from(["Person", "Company", "LegalEntity"]))
def test_any_text_is_taken_apart_and_asked_without_failing(name: str, schema: str) -> None:
    found = analyse(name, is_person=schema == "Person")
    assert len(found.words) <= MAX_WORDS
    assert all(word.text.isascii() and word.text.isalnum() for word in found.words)
    (matches,) = BASE.match([PartyQuery("q", (name,), schema)], as_of=DAY, threshold=0.0)
    assert all(0.0 <= match.score <= 1.0 for match in matches)


@settings(max_examples=60)
@given(WORDS, st.randoms())
def test_the_order_of_a_persons_words_hardly_counts(words: list[str], random: object) -> None:
    """Word order may lower a score a little, never find another party."""
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    engine = ScreeningEngine.of([IndexedParty("p", "Person", (" ".join(words),))])
    (matches,) = engine.match([PartyQuery("q", (" ".join(shuffled),), "Person")], as_of=DAY)
    assert [match.record_id for match in matches] == ["p"]


@settings(max_examples=40)
@given(WORDS, WORDS, WORDS)
def test_another_alias_never_lowers_a_score(asked: list[str], name: list[str], alias: list[str]) -> None:
    query = PartyQuery("q", (" ".join(asked),), "Person")
    one = " ".join(name)

    def score(names: tuple[str, ...]) -> float:
        pairs = [{"query": query.names[0], "target": listed, "schema": "Person"} for listed in names]
        return float(np.max(score_pairs(pairs)))

    assert score((one, " ".join(alias))) >= score((one,))


@settings(max_examples=60)
@given(WORDS)
def test_a_name_is_found_under_itself(words: list[str]) -> None:
    name = " ".join(words)
    assert score_pairs([{"query": name, "target": name, "schema": "Person"}])[0] > 0.8
