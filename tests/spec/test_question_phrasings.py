"""Phrasings of members of parliament and journalists: the relation, the parties and the lists of each.

The table has Dutch and English questions for every relation. A column with `*` is not checked. The
relation must be the first one of the question, because the first line of the draft is about it.
"""

import csv
from pathlib import Path

import pytest

from overzicht.workflows.answers.reading.grammar import Earlier, lists_of, read_question
from overzicht.workflows.answers.reading.lexicon import Relation
from overzicht.workflows.answers.reading.query import Reading

TABLE = Path(__file__).parent / "question_phrasings.csv"
JUDGEMENT = "judgement"


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_read(row: dict[str, str], reading: Reading) -> bool:
    """Return whether a question is read as its row states."""
    is_judgement = any(clause.is_judgement for clause in reading.clauses)
    if row["relation"] == JUDGEMENT:
        return is_judgement
    query = next(iter(reading.queries), None)
    if is_judgement or query is None or query.relation != row["relation"]:
        return False
    parties = {subject.name for subject in query.subjects}
    lists = {target.id for target in query.lists}
    return all(
        expected == "*" or set(filter(None, expected.split(";"))) == values
        for expected, values in ((row["parties"], parties), (row["lists"], lists))
    )


@pytest.mark.parametrize("relation", sorted({row["relation"] for row in rows()}))
def test_each_phrasing_is_read_as_its_relation(relation: str) -> None:
    of_relation = [row for row in rows() if row["relation"] == relation]
    wrong = [row["question"] for row in of_relation if not is_read(row, read_question(1, row["question"]))]
    assert not wrong


def test_the_table_has_every_relation_of_a_name_or_a_list() -> None:
    assert len(rows()) >= 350
    others = {Relation.MAKER_LISTED, Relation.ENTRY_DETAIL, Relation.CONDUCT, Relation.ASSESS}
    assert set(Relation) - others <= {row["relation"] for row in rows()}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Staat Hikvision op de Entity List? En Dahua?",
         [("listed-on", "Hikvision", "entity-list"), ("listed-on", "Dahua", "entity-list")]),
        ("Sinds wanneer staat Huawei op de Entity List? En op de Covered List van de FCC?",
         [("listed-since", "Huawei", "entity-list"), ("listed-since", "Huawei", "fcc-covered")]),
        ("Is Hikvision on the Entity List? Since when?",
         [("listed-on", "Hikvision", "entity-list"), ("listed-since", "Hikvision", "entity-list")]),
        ("Optica uit Minsk staat op de EU-sanctielijst. Is dat juist?", [("listed-on", "Optica", "eu")]),
        ("Staat Hikvision op de Entity List? Zo nee, waarom niet?",
         [("listed-on", "Hikvision", "entity-list")]),
        ("Under which reference is Hikvision on the SDN list?",
         [("entry-detail", "Hikvision", "sdn"), ("listed-on", "Hikvision", "sdn")]),
    ],
)  # fmt: skip
def test_a_clause_may_leave_words_out(words: str, expected: list[tuple[str, str, str]]) -> None:
    queries = read_question(1, words).queries
    read = [(q.relation.value, q.subjects[0].name, q.lists[0].id) for q in queries]
    assert read == expected


def test_a_question_may_leave_out_what_the_question_before_it_names() -> None:
    before = read_question(1, "Staat Optica Voorbeeld op de Denied Persons List?")
    earlier = Earlier(before.subjects, lists_of(before), before.queries)
    (query,) = read_question(2, "Tot wanneer geldt het verbod?", earlier=earlier).queries
    assert query.relation is Relation.DELISTED
    assert [subject.name for subject in query.subjects] == ["Optica Voorbeeld"]
    assert [target.id for target in query.lists] == ["denied-persons"]


def test_a_name_in_brackets_is_another_name_of_the_same_party() -> None:
    (query,) = read_question(1, "Is Optica (Voorbeeld Trading Limited) on the Entity List?").queries
    (subject,) = query.subjects
    assert subject.query.names == ("Optica", "Voorbeeld Trading Limited")
