"""The learned reading: its weights are those of the phrases, and it is joined with the rules."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import train_reading

from overzicht.evidence import text
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.grammar import Earlier, read_question
from overzicht.subjects.answers.reading.lexicon import Relation
from overzicht.subjects.answers.reading.query import Reading
from overzicht.subjects.answers.reading.query_union import LEAST, SURE
from overzicht.subjects.answers.reading.weights import (
    LABELS,
    likelihoods,
    plain_words,
    read_weights,
    signs,
)
from overzicht.subjects.answers.resolving.relations import RESOLVERS, unsure

BY_RULES = Earlier(is_by_rules=True)


@pytest.fixture(scope="module")
def phrases() -> list[train_reading.Phrase]:
    return train_reading.read_phrases(sorted(train_reading.PHRASES.glob("*.jsonl")))


@pytest.mark.slow
def test_the_weights_are_those_of_the_phrases(phrases: list[train_reading.Phrase]) -> None:
    assert train_reading.share_apart(phrases) < train_reading.MOST_APART
    fewer = phrases[: len(phrases) // 2]
    assert train_reading.share_apart(fewer) > train_reading.MOST_APART


@pytest.mark.slow
def test_the_joined_reading_is_better_than_the_rules_on_phrases_of_another_author(
    phrases: list[train_reading.Phrase], monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = [phrase for phrase in phrases if phrase.author == "author-2"]
    others = [phrase for phrase in phrases if phrase.author != "author-2"]
    monkeypatch.setattr("overzicht.subjects.answers.reading.weights._in_use", [])
    train_reading.use_weights_of(others)
    rules, joined = (train_reading.measured(apart, is_by_rules=alone)[""] for alone in (True, False))
    assert joined.right >= rules.right + 60
    assert joined.exact >= rules.exact + 60
    assert joined.wrong <= rules.wrong + 15


def test_every_label_of_a_phrase_has_a_column_and_every_relation_a_resolver() -> None:
    labels = {label for path in train_reading.PHRASES.glob("*.jsonl")
              for given in train_reading.given_in(path) for label in given.labels}  # fmt: skip
    assert labels == set(LABELS)
    assert set(RESOLVERS) == set(Relation)


def test_names_are_replaced_by_their_kind() -> None:
    words = "Staat Voorbeeld BV uit China sinds 3 mei 2021 op de Zwarte Rol?"
    without_day = "Staat Voorbeeld BV uit China sinds            op de Zwarte Rol?"
    without_list = "Staat Voorbeeld BV uit China sinds            op de           ?"
    plain = plain_words(words, (("DAY", without_day), ("LIST", without_list)), ["Voorbeeld BV"])
    assert plain.words == ("staat", "PARTY", "uit", "PLACE", "sinds", "DAY", "op", "de", "LIST", "?")
    assert plain.of_lists == ("zwarte", "rol")
    found = signs(plain, ["since"], [])
    assert {"w:PARTY", "w:sinds DAY", "c:<sta", "l:rol", "q:since", "r:-"} <= set(found)
    assert not any(sign.startswith("c:") and "PAR" in sign for sign in found)


def test_stored_weights_are_read_as_they_were_written() -> None:
    values = np.linspace(-2, 3, 3 * len(LABELS), dtype=np.float32).reshape(3, len(LABELS))
    read = read_weights(train_reading.packed(["w:a", "w:b"], values))
    assert read.rows == {"w:a": 0, "w:b": 1}
    assert np.abs(read.values - values).max() <= np.abs(values).max() / train_reading.STEPS


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("Welk concern trekt bij Voorbeeld BV aan de touwtjes?", Relation.OWNER_OF),
        ("Has anyone tested the gates of Example Ltd for backdoors?", Relation.ASSESSED),
        ("Is er voor de scanners van Voorbeeld BV een risicoanalyse gemaakt?", Relation.ASSESSED),
    ],
)
def test_a_question_that_no_rule_reads_is_read_by_its_likeness(words: str, relation: Relation) -> None:
    assert relation not in read_question(1, words, earlier=BY_RULES).relations
    read = read_question(1, words)
    assert read.relations == (relation,)
    assert read.queries[0].subjects, "the party is that of the question"


def test_a_count_without_a_list_is_no_count_of_entries() -> None:
    before = read_question(1, "Welke camera's van Dahua gebruikt de politie?")
    after = read_question(2, "En hoeveel zijn het er?", earlier=Earlier().after(before))
    assert Relation.HOW_MANY_LISTED not in after.relations


def test_a_day_makes_since_a_question_about_that_day() -> None:
    read = read_question(1, "Had Washington Voorbeeld BV op 3 mei 2021 al in de ban gedaan?")
    assert Relation.LISTED_SINCE not in read.relations


def test_a_question_that_is_only_likely_settles_no_yes_or_no() -> None:
    yes = FirstLine(FirstKind.YES, text("Yes: reports recorded on this: {count}.", count=1))
    assert unsure(yes).kind is FirstKind.UNKNOWN
    assert str(yes.text) in str(unsure(yes).text)
    number = FirstLine(FirstKind.NUMBER, text("Yes: reports recorded on this: {count}.", count=1), "1")
    assert unsure(number) == number
    assert LEAST < SURE


def test_the_reading_is_the_same_each_time() -> None:
    words = "Wie zit er achter het merk Voorbeeld?"
    first: Reading = read_question(1, words, earlier=Earlier(today=date(2026, 1, 1)))
    clause = first.clauses[0]
    assert likelihoods(clause.plain, clause.cues, ()) == likelihoods(clause.plain, clause.cues, ())
    assert replace(first, number=2) == read_question(2, words, earlier=Earlier(today=date(2026, 1, 1)))


@pytest.mark.parametrize(
    "words",
    [
        "Is China partij bij het VN-verdrag inzake de uitbanning van alle vormen van rassendiscriminatie?",
        "Has Turkey joined the UN treaty on the Elimination of All Forms of Racial Discrimination?",
    ],
)
def test_a_convention_is_named_by_its_matter(words: str) -> None:
    assert {name for query in read_question(1, words).queries for name in query.instruments} == {"icerd"}
