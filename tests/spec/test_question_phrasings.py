"""Phrasings of members of parliament and journalists: the relation, the parties and the lists of each.

The table has Dutch and English questions for every relation. A column with `*` is not checked. The
relation must be the first one of the question, because the first line of the draft is about it.
"""

import csv
from pathlib import Path

import pytest

from overzicht.subjects.answers.reading.framing import Denial
from overzicht.subjects.answers.reading.grammar import NOTHING, Earlier, lists_of, read_question
from overzicht.subjects.answers.reading.lexicon import Relation
from overzicht.subjects.answers.reading.query import Reading

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
        ("Hoeveel bedrijven staan op de Entity List? En Candiru?",
         [("how-many-listed", "", "entity-list"), ("listed-on", "Candiru", "entity-list")]),
        ("Staat Dahua op de Entity List? Was dat in de zomer van 2018 ook al het geval?",
         [("listed-on", "Dahua", "entity-list"), ("listed-on", "Dahua", "entity-list")]),
        ("Since when is Dahua on the Entity List? And in 2018?",
         [("listed-since", "Dahua", "entity-list"), ("listed-on", "Dahua", "entity-list")]),
        ("Hikvision staat op de Entity List, daar let men op. Dahua ook?",
         [("listed-on", "Dahua", "entity-list")]),
        ("Is Hikvision on the UK sanctions list? And Canada?",
         [("listed-on", "Hikvision", "uk"), ("listed-on", "Hikvision", "ca")]),
        ("Is Hikvision on the Entity List? Did the EU follow suit?",
         [("listed-on", "Hikvision", "entity-list"), ("listed-on", "Hikvision", "eu")]),
        ("Bent u bekend met het bericht over Nuctech en klopt het dat SenseTime op de Entity List staat?",
         [("known-report", "Nuctech", ""), ("listed-on", "SenseTime", "entity-list")]),
        ("Staat SenseTime op de Entity List? Geldt dat ook voor iFlytek uit Hefei, dat de chips levert?",
         [("listed-on", "SenseTime", "entity-list"), ("listed-on", "iFlytek", "entity-list")]),
        ("Via het Dagblad vernamen wij dat Dahua op de Entity List prijkt. Is dat zo?",
         [("listed-on", "Dahua", "entity-list")]),
        ("Under which reference is Hikvision on the SDN list?",
         [("entry-detail", "Hikvision", "sdn"), ("listed-on", "Hikvision", "sdn")]),
    ],
)  # fmt: skip
def test_a_clause_may_leave_words_out(words: str, expected: list[tuple[str, str, str]]) -> None:
    queries = read_question(1, words).queries
    read = [
        (
            q.relation.value,
            next((subject.name for subject in q.subjects if q.is_named), ""),
            next((target.id for target in q.lists), ""),
        )
        for q in queries
    ]
    assert read == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Klopt het dat Dahua niet op de Entity List staat?", Denial.WHOLE),
        ("Dahua staat niet op de Entity List. Klopt dat?", Denial.WHOLE),
        ("Kunt u bevestigen dat Dahua nooit op de Entity List heeft gestaan?", Denial.WHOLE),
        ("Is it correct that Dahua was never placed on the Entity List?", Denial.WHOLE),
        ("Can you confirm that Dahua isn’t on the Entity List?", Denial.WHOLE),
        ("Klopt het dat noch Hikvision noch Dahua op de Entity List staan?", Denial.WHOLE),
        ("Bent u ervan op de hoogte dat Dahua niet op de Entity List staat?", Denial.WHOLE),
        ("Does the Minister know that Dahua is not on the Entity List?", Denial.WHOLE),
        ("Dahua is not on the Entity List, is that right?", Denial.WHOLE),
        ("Dahua is not on the Entity List, is it?", Denial.WHOLE),
        ("Dahua hasn't been put on the Entity List, has it?", Denial.WHOLE),
        ("Dahua staat niet op de Entity List, nietwaar?", Denial.WHOLE),
        ("Dahua staat toch niet op de Entity List?", Denial.WHOLE),
        ("Zou u willen bevestigen dat Dahua niet op de Entity List staat?", Denial.WHOLE),
        ("Heb ik het goed begrepen dat Dahua niet op de Entity List staat?", Denial.WHOLE),
        ("Dahua is on the Entity List, isn't it?", Denial.NONE),
        ("Is Dahua missing from the Entity List?", Denial.WHOLE),
        ("Has Dahua escaped the Entity List?", Denial.WHOLE),
        ("Does the Entity List leave out Dahua?", Denial.WHOLE),
        ("Is it false that Dahua is on the Entity List?", Denial.WHOLE),
        ("Would it be wrong to say that Dahua is on the Entity List?", Denial.WHOLE),
        ("Is it false that Dahua is not on the Entity List?", Denial.PART),
        ("Ontbreekt Dahua op de Entity List?", Denial.WHOLE),
        ("Blijft Dahua buiten de Entity List?", Denial.WHOLE),
        ("Is het onjuist dat Dahua op de Entity List staat?", Denial.WHOLE),
        ("Berust het op een misverstand dat Dahua op de Entity List staat?", Denial.WHOLE),
        ("Isn't Dahua on the Entity List?", Denial.NONE),
        ("Hoeveel bedrijven staan niet op de Entity List?", Denial.PART),
        ("Which companies are not on the Entity List?", Denial.PART),
        ("Hoeveel bedrijven staan op de Entity List, en zo niet, waarom niet?", Denial.NONE),
        ("Klopt het dat Dahua op de Entity List staat?", Denial.NONE),
        ("Is it true that Rosneft is listed under Regulation (EU) No 833/2014?", Denial.NONE),
        ("Staat Dahua niet op de Entity List?", Denial.NONE),
        ("Klopt het dat Dahua niet langer op de Entity List staat?", Denial.NONE),
        ("Is it true that Dahua is on the Entity List or not?", Denial.NONE),
        ("Klopt het dat Dahua, dat geen reactie gaf, op de Entity List staat?", Denial.NONE),
        ("Klopt het dat Hikvision wel, maar Dahua niet op de Entity List staat?", Denial.PART),
        ("Klopt het dat Dahua op de Entity List staat en dat er geen maatregelen zijn?", Denial.PART),
        ("Klopt het dat Dahua nog niet van de Entity List is gehaald?", Denial.PART),
        ("Klopt het dat Hikvision op de Entity List staat en Dahua niet?", Denial.PART),
        ("Is it true that Hikvision is on the Entity List and Dahua isn’t?", Denial.PART),
    ],
)
def test_a_denial_is_read_where_a_question_asks_to_confirm_it(words: str, expected: Denial) -> None:
    assert {query.denial for query in read_question(1, words).queries} == {expected}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Is it true that Dahua is on the Entity List and is not on the SDN list?",
         [("entity-list", Denial.NONE), ("sdn", Denial.WHOLE)]),
        ("Klopt het dat Dahua niet op de SDN-lijst staat maar wel op de Entity List?",
         [("sdn", Denial.WHOLE), ("entity-list", Denial.NONE)]),
        ("Klopt het dat Dahua wel op de Entity List maar niet op de SDN-lijst staat?",
         [("entity-list", Denial.NONE), ("sdn", Denial.WHOLE)]),
        ("Can you confirm that Dahua is on the Entity List and that Hikvision is not on the SDN list?",
         [("entity-list", Denial.NONE), ("sdn", Denial.WHOLE)]),
    ],
)  # fmt: skip
def test_each_statement_that_a_sentence_asks_to_confirm_has_its_own_denial(
    words: str, expected: list[tuple[str, Denial]]
) -> None:
    reading = read_question(1, words)
    assert [(query.lists[0].id, query.denial) for query in reading.queries] == expected
    assert [clause.is_joined for clause in reading.clauses] == [False, True]
    assert all(query.is_stated and query.subjects for query in reading.queries)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("To ask His Majesty's Government whether Hikvision is on the Entity List.", "Hikvision"),
        (
            "To ask His Majesty’s Government, on what date Hikvision was added to the Entity List.",
            "Hikvision",
        ),
        ("To ask the Secretary of State for Business and Trade, if Dahua is on the Entity List.", "Dahua"),
        ("To ask Scottish Ministers whether Dahua is on the Entity List.", "Dahua"),
        ("Kan minister Voorbeeldsma van Veelgebruik aangeven of Dahua op de Entity List staat?", "Dahua"),
        ("Can Commissioner Voorbeeldsdottir confirm that Dahua is on the Entity List?", "Dahua"),
        ("Can Dahua confirm that it is on the Entity List?", "Dahua"),
        ("Is Hikvision’s European office on the Entity List?", "Hikvision"),
    ],
)
def test_whom_a_question_is_put_to_is_not_what_it_asks_about(words: str, name: str) -> None:
    (query,) = read_question(1, words).queries
    assert [subject.name for subject in query.subjects] == [name]


@pytest.mark.parametrize(
    "words",
    [
        "Has Dahua applied to be taken off the Entity List?",
        "Has Dahua appealed against its listing on the Entity List?",
        "Was CloudWalk listed by Commerce in the same batch as Hikvision?",
        "Did the Entity List have SenseTime earlier than Hikvision?",
        "Does the municipality have more Hikvision cameras than Dahua cameras?",
        "What share of the cameras of the municipality is made by Hikvision?",
        "Is Dahua the only Chinese camera maker on the Entity List?",
        "Staan alle dochters van Dahua op de Entity List?",
        "Was Dahua warned before it was put on the Entity List?",
        "Has the listing of Dahua on the Entity List hurt its sales?",
        "Did the Dutch government ask for Dahua to be put on the Entity List?",
        "Kan Dahua binnenkort van de Entity List af?",
        "Which ships are linked to Dahua?",
        "Welke schepen zijn aan Dahua gekoppeld?",
        "Heeft Dahua bezwaar gemaakt tegen de plaatsing op de Entity List?",
        "Wanneer heeft Dahua gevraagd van de Entity List te worden gehaald?",
        "Heeft Dahua verwijdering van de Entity List aangevraagd?",
        "In hoeverre heeft de prijs meegewogen bij het besluit camera's van Hikvision en Dahua te kopen?",
    ],
)
def test_what_a_party_asks_for_or_a_buyer_weighs_is_in_no_list(words: str) -> None:
    assert not read_question(1, words).queries


@pytest.mark.parametrize("words", ["Is the Pentagon’s list fair?", "Staat Dahua terecht op die lijst?"])
def test_whether_a_list_is_right_is_a_judgement(words: str) -> None:
    assert any(clause.is_judgement for clause in read_question(1, words).clauses)


def test_that_list_is_the_part_that_was_named_before_its_whole() -> None:
    before = read_question(1, "Is CloudWalk on the NS-CMIC list of the US Treasury?")
    earlier = Earlier(before.subjects, lists_of(before), before.queries)
    (query,) = read_question(
        2, "Further to the previous question, how many names does that Treasury list hold?", earlier=earlier
    ).queries
    assert query.relation is Relation.HOW_MANY_LISTED
    assert [target.id for target in query.lists] == ["chinese-military-industrial"]
    assert not query.is_named


@pytest.mark.parametrize(
    ("words", "relation", "name"),
    [
        ("Tot wanneer geldt het verbod?", Relation.DELISTED, "Optica Voorbeeld"),
        ("What was its listing date?", Relation.LISTED_SINCE, "Optica Voorbeeld"),
        ("Nevel NV zou vermeld zijn. What was its listing date?", Relation.LISTED_SINCE, "Nevel NV"),
        (
            "Per welke datum is tussenhandelaar Jan Voorbeeld erop gezet?",
            Relation.LISTED_SINCE,
            "Jan Voorbeeld",
        ),
        ("Lensmaker Nevel is ervan geschrapt. Op welke dag ging die eraf?", Relation.DELISTED, "Nevel"),
        ("Hoeveel partijen kwamen er op 24 april 2021 bij?", Relation.HOW_MANY_LISTED, "Optica Voorbeeld"),
        ("Om hoeveel personen ging het die dag, 4 mei 2021?", Relation.HOW_MANY_LISTED, "Optica Voorbeeld"),
        ("How many people joined it on 4 May 2021?", Relation.HOW_MANY_LISTED, "Optica Voorbeeld"),
        ("Dezelfde vraag voor Nevel NV.", Relation.LISTED_ON, "Nevel NV"),
        ("Same question for Nevel NV.", Relation.LISTED_ON, "Nevel NV"),
        ("Gold dat op 1 mei 2020 ook al voor Nevel NV?", Relation.LISTED_ON, "Nevel NV"),
        ("Did that already apply on 1 May 2020 to Nevel NV?", Relation.LISTED_ON, "Nevel NV"),
        ("And on 1 April 2022, when our first phones were ordered?", Relation.LISTED_ON, "Optica Voorbeeld"),
        ("En op 1 april 2022, toen wij de telefoons kochten?", Relation.LISTED_ON, "Optica Voorbeeld"),
        ("Would such a listing oblige a Dutch municipality to act?", Relation.BINDING, "Optica Voorbeeld"),
    ],
)
def test_a_question_may_leave_out_what_the_question_before_it_names(
    words: str, relation: Relation, name: str
) -> None:
    before = read_question(1, "Staat Optica Voorbeeld op de Denied Persons List?")
    earlier = Earlier(before.subjects, lists_of(before), before.queries)
    query = read_question(2, words, earlier=earlier).queries[0]
    assert query.relation is relation
    assert [subject.name for subject in query.subjects] == [name]
    assert [target.id for target in query.lists] == ["denied-persons"]


def test_the_treasury_alone_is_the_british_one_after_a_british_list() -> None:
    words = "How many persons does the Treasury keep under the chemical weapons regime?"
    before = read_question(1, "Is Jan Voorbeeld on Her Majesty's Treasury's list of frozen persons?")
    assert [target.id for target in lists_of(before)] == ["uk"]
    earlier = Earlier(before.subjects, lists_of(before), before.queries)
    for known, expected in ((earlier, "uk"), (Earlier(), "ofac")):
        (query,) = read_question(2, words, earlier=known).queries
        assert [target.id for target in query.lists] == [expected]


def test_a_dutch_spelling_of_a_russian_name_is_looked_up_in_english_too() -> None:
    (query,) = read_question(1, "Staat de oligarch Ivan Voorbeeldsjov op de EU-sanctielijst?").queries
    assert query.subjects[0].query.names == ("Ivan Voorbeeldsjov", "Ivan Voorbeeldshov")


def test_a_name_in_brackets_is_another_name_of_the_same_party() -> None:
    (query,) = read_question(1, "Is Optica (Voorbeeld Trading Limited) on the Entity List?").queries
    (subject,) = query.subjects
    assert subject.query.names == ("Optica", "Voorbeeld Trading Limited")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Staat tapo op de Entity List?", []),
        ("Is Raad Iran on any official list?", []),
        ("Staat zijn broer op de Entity List?", []),
        ("Is his brother on the Entity List?", []),
        ("Staat zijn oprichter ook op de EU-lijst?", []),
        ("Is the founder of Nevel NV on the Entity List?", []),
        ("Mag een gemeente samenwerken met een instelling op de Entity List?", []),
        ("Klopt het dat er níemand op de Entity List is gezet?", []),
        ("Is anyone on the Entity List?", []),
        ("Is it on the Entity List?", ["Optica Voorbeeld"]),
        ("Staat het ook op de Entity List?", ["Optica Voorbeeld"]),
        ("Hoeveel intercoms hangen er in het gemeentehuis?", []),
        ("Hoeveel intercoms van dit merk zijn er in gebruik?", ["Optica Voorbeeld"]),
        ("Vermeldt de Europese lijst hem ook?", ["Optica Voorbeeld"]),
    ],
)
def test_only_a_clause_that_refers_to_the_party_before_is_about_it(words: str, names: list[str]) -> None:
    before = read_question(1, "Staat Optica Voorbeeld op de Denied Persons List?")
    earlier = Earlier(before.subjects, lists_of(before), before.queries)
    (query,) = read_question(2, words, earlier=earlier).queries
    assert [subject.name for subject in query.subjects] == names


def test_how_many_of_them_narrows_the_count_before_it() -> None:
    before = read_question(1, "How many companies were added to the Entity List on 12 May 2021?")
    earlier = Earlier(before.subjects, lists_of(before), before.queries)
    (query,) = read_question(2, "And how many of them are in Singapore?", earlier=earlier).queries
    assert query.relation is Relation.HOW_MANY_LISTED
    assert (query.span, query.lists) == (before.queries[0].span, before.queries[0].lists)
    assert query.words.endswith("Singapore?")


@pytest.mark.parametrize("words", ["Wie waren dat?", "And who were they?", "Welke zijn dat precies?"])
def test_who_they_were_lists_the_names_of_the_count_before_it(words: str) -> None:
    before = read_question(1, "How many companies were added to the Entity List on 12 May 2021?")
    earlier = Earlier(before.subjects, lists_of(before), before.queries)
    (query,) = read_question(2, words, earlier=earlier).queries
    assert query.relation is Relation.WHO_LISTED
    assert (query.span, query.words) == (before.queries[0].span, before.queries[0].words)


@pytest.mark.parametrize(
    ("words", "is_stored"),
    [
        ("Hoeveel camera's liggen er in het magazijn?", True),
        ("How many recorders are out of use?", True),
        ("Hoeveel camera's hangen er, afgezien van die in het depot?", False),
        ("How many cameras are there, not counting those in storage?", False),
    ],
)
def test_devices_in_store_are_counted_where_a_question_asks_for_them(words: str, *, is_stored: bool) -> None:
    (query,) = read_question(1, words).queries
    assert query.relation is Relation.IN_USE
    assert ("stored" in query.cues) is is_stored


def test_a_yes_or_no_comes_before_what_the_same_sentence_asks_next() -> None:
    words = "Is Uniview on the Entity List, and under which act?"
    assert [query.relation.value for query in read_question(1, words).queries] == ["listed-on", "listed-why"]
    words = "Since when and why is Uniview on the Entity List?"
    assert [query.relation.value for query in read_question(1, words).queries] == [
        "listed-since",
        "listed-why",
    ]


def test_today_does_not_keep_the_day_of_the_question_before() -> None:
    first = read_question(1, "Was Uniview on the Entity List in 2023?")
    (query,) = read_question(2, "And is Dahua listed there today?", earlier=NOTHING.after(first)).queries
    assert query.span is None
    assert [subject.name for subject in query.subjects] == ["Dahua"]


@pytest.mark.parametrize(
    "words", ["Was Dahua on the SDN list on that same day?", "Stond Dahua toen op de SDN-lijst?"]
)
def test_that_day_is_the_day_of_the_question_before(words: str) -> None:
    first = read_question(1, "Was Uniview on the Entity List on 12 July 2021?")
    (query,) = read_question(2, words, earlier=NOTHING.after(first)).queries
    assert (query.relation.value, query.lists[0].id) == ("listed-on", "sdn")
    assert query.span == first.queries[0].span
