"""What a question asks: typed queries, the same in our words and in the paper's, in Dutch and in English."""

from datetime import date
from pathlib import Path

import pytest

from overzicht.subjects.answers.reading.grammar import Earlier, read_question
from overzicht.subjects.answers.reading.lexicon import (
    Judged,
    Relation,
    countries_named,
    lists_named,
)
from overzicht.subjects.answers.resolving.entry_counts import kind_of_party
from overzicht.subjects.answers.sets import QuestionFacts, shipped_sets
from overzicht.subjects.diligence.facts import FactName
from overzicht.subjects.questions.papers.registry import read_questions

SEED = shipped_sets()["2020Z25656"]

EXPECTED = {
    1: {Relation.KNOWN_REPORT}, 2: {Relation.ASSESS}, 3: {Relation.LAW_APPLIES}, 4: {Relation.LAW_APPLIES},
    5: {Relation.LAW_APPLIES}, 6: {Relation.CONTACT}, 7: {Relation.COMPANIES},
    8: {Relation.COMPANIES, Relation.STEPS}, 9: {Relation.EXPORT_CONTROL, Relation.STEPS},
    10: {Relation.KNOWN_REPORT, Relation.IN_USE}, 11: {Relation.KNOWN_REPORT, Relation.CONDUCT},
    12: {Relation.REPLACED, Relation.STEPS}, 13: {Relation.IN_USE}, 14: {Relation.IN_USE},
    15: {Relation.LISTED_ON, Relation.STEPS},
}  # fmt: skip


@pytest.mark.parametrize("facts", SEED.questions, ids=lambda each: str(each.number))
def test_both_languages_are_read_alike(facts: QuestionFacts) -> None:
    dutch, english = (read_question(facts.number, words) for words in (facts.text.nl, facts.text.en))
    assert set(dutch.relations) == set(english.relations) == EXPECTED[facts.number]
    assert dutch.parties == english.parties
    assert dutch.is_group == english.is_group
    assert (dutch.kind, dutch.bodies, dutch.places) == (english.kind, english.bodies, english.places)


@pytest.mark.shared
def test_the_words_of_the_paper_are_read_as_ours_are(shared_data: Path) -> None:
    papers = read_questions(shared_data / "kamervragen" / "2020Z25656.txt").papers
    asking = next(paper for paper in papers if paper.questions)
    for facts in SEED.questions:
        printed = asking.question(facts.number)
        assert printed is not None
        read = read_question(facts.number, printed.text)
        assert EXPECTED[facts.number] & set(read.relations), facts.number
        assert read.parties >= read_question(facts.number, facts.text.nl).parties


@pytest.mark.parametrize("word", ["Chinese", "Nederlandse", "Amerikaanse", ""])
def test_where_companies_are_from_changes_nothing(word: str) -> None:
    whose = f"{word} bedrijven die bij schending van mensenrechten helpen"
    read = read_question(1, f"Maken gemeenten gebruik van camera's van {whose}?")
    assert read.is_group
    assert set(read.relations) == {Relation.IN_USE}
    assert read.parties == frozenset()


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("Kent u het bericht over deze camera's?", Relation.KNOWN_REPORT),
        ("Hoeveel scanners heeft de douane?", Relation.IN_USE),
        ("Welke bedrijven leveren deze scanners?", Relation.COMPANIES),
        ("Welke wet is van toepassing?", Relation.LAW_APPLIES),
        ("Staat dit bedrijf op een sanctielijst?", Relation.LISTED_ON),
        ("Wat kosten deze camera's?", Relation.COST),
        ("How many cameras do the police have?", Relation.IN_USE),
        ("Which companies supply them?", Relation.COMPANIES),
        ("Sinds wanneer en waarom staat Uniview op de Entity List?", Relation.LISTED_SINCE),
        ("Sinds wanneer en waarom staat Uniview op de Entity List?", Relation.LISTED_WHY),
        ("Wie is de eigenaar van Hikvision?", Relation.OWNER_OF),
        ("Welke merken maakt Hikvision?", Relation.BRANDS_OF),
        ("Is Honeywell by Dahua?", Relation.MADE_BY),
        ("Wie maakt de camera's van Annke?", Relation.MADE_BY),
        ("Is the maker of Annke on the Entity List?", Relation.MAKER_LISTED),
        ("Is Hikvision owned by a listed company?", Relation.OWNED_BY_LISTED),
        ("Hoeveel bedrijven staan op de Entity List?", Relation.HOW_MANY_LISTED),
        ("Which companies are on the SDN list under GLOMAG?", Relation.WHO_LISTED),
        ("Is ZTE nog vermeld op de Denied Persons List?", Relation.DELISTED),
        ("Does section 889 forbid a Dutch province to buy Dahua cameras?", Relation.BINDING),
        ("Maakt de Entity List het gebruik van deze camera's strafbaar?", Relation.BINDING),
        ("Is een provincie gehouden aan de Entity List wanneer zij camera's koopt?", Relation.BINDING),
        ("Kunt u aangeven wanneer Voorbeeld NV op de Entity List kwam?", Relation.LISTED_SINCE),
        ("Uit welke fabriek komen de recorders van Annke?", Relation.MADE_BY),
        ("Wij kopen sloten van EZVIZ. Is dat een merk van Hikvision?", Relation.MADE_BY),
        ("Which company owns EZVIZ, the smart home label?", Relation.OWNER_OF),
        ("Under which EU regulation are the assets of Jan Voorbeeld frozen?", Relation.LISTED_WHY),
    ],
)
def test_relations_of_any_set(words: str, relation: Relation) -> None:
    assert relation in read_question(1, words).relations


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Is the tanker Sea Star (IMO 9999991) on the SDN list of the US Treasury?", ["Sea Star"]),
        ("Staat China Voorbeeld Corporation op de Entity List?", ["China Voorbeeld Corporation"]),
        ("Staat de Chinese fabrikant Dahua op de Entity List?", ["Dahua"]),
        ("Staan Hikvision, Dahua of Uniview op de Entity List?", ["Hikvision", "Dahua", "Uniview"]),
        ("Is Bank of Voorbeeld on the list of the UN Security Council?", ["Bank of Voorbeeld"]),
        ("Hoeveel camera's van Hikvision heeft de gemeente Voorbeelddorp?", ["Hikvision"]),
        ("Komt hikvision voor op de entity list?", ["hikvision"]),
        ("Wat vindt de Minister van de Europese Unie?", []),
        ("Merkt het Pentagon Voorbeeld Robotics aan als Chinees militair bedrijf?", ["Voorbeeld Robotics"]),
        ("De tanker ligt in Vlissingen voor rederij Optica. Staat zij op de SDN-lijst?", ["Optica"]),
        ("Acme Optics is based on High Street in Leeds. Is it on the Entity List?", ["Acme Optics"]),
        ("Can you confirm that i-Voorbeeld is under EU sanctions?", ["i-Voorbeeld"]),
        ("Hangen er Hikvision-camera's in de raadzaal?", ["Hikvision"]),
        ("Wie maakt de Performance Series van Honeywell?", ["Honeywell"]),
        ("Is Voorbeeld (Americas) op de Covered List vermeld?", ["Voorbeeld (Americas)"]),
        ("Staat Viper op de Entity List?", ["Viper"]),
        ("Staat Zeester 6 op de SDN-lijst?", ["Zeester 6"]),
        ("Staat JSC ‘Voorbeeldsk’ op de Entity List?", ["JSC Voorbeeldsk"]),
        ("Staat Ömer Łukaszewicz op de SDN-lijst?", ["Ömer Łukaszewicz"]),
        ("Staat Иван Примеров op de SDN-lijst?", ["Иван Примеров"]),
        ("Staat cameramaker Optica volgens het Aziatisch Dagblad op de Entity List?", ["Optica"]),
    ],
)
def test_names_of_parties(words: str, names: list[str]) -> None:
    assert [subject.name for subject in read_question(1, words).subjects] == names


@pytest.mark.parametrize(
    ("words", "lists"),
    [
        ("Has Canada imposed sanctions on Acme Optics?", ["ca"]),
        ("Is Acme Optics blacklisted by the US Department of Commerce?", ["entity-list"]),
        ("Merkt het Amerikaanse ministerie van Defensie Optica aan als Chinees militair bedrijf?",
         ["chinese-military-1260h"]),
        ("Heeft Zwitserland het bedrijf Optica Voorbeeld op zijn sanctielijst gezet?", ["ch"]),
        ("Have the European Union or the United Kingdom sanctioned Acme Optics?", ["eu", "uk"]),
        ("Does OFAC's SDN list name Acme Optics?", ["sdn"]),
        ("Is Acme Optics on the Entity List, as the American press writes?", ["entity-list"]),
        ("Heeft het Verenigd Koninkrijk contact gehad met Optica?", []),
    ],
)  # fmt: skip
def test_who_takes_a_measure_names_the_list(words: str, lists: list[str]) -> None:
    named = {target.id for query in read_question(1, words).queries for target in query.lists}
    assert named == set(lists)


def test_a_party_that_only_describes_another_one_is_not_asked_about() -> None:
    words = "Is Jan Voorbeeld, de zakenman achter Optica, door Canada gesanctioneerd?"
    (query,) = read_question(1, words).queries
    assert [subject.name for subject in query.subjects] == ["Jan Voorbeeld"]
    both = read_question(1, "Staan Hikvision en Dahua op de Entity List?").queries[0]
    assert [subject.name for subject in both.subjects] == ["Hikvision", "Dahua"]


def test_a_query_has_its_list_its_day_and_its_numbers() -> None:
    (query,) = read_question(1, "Was Sea Star (IMO 9999991) on 3 November 2021 on the SDN list?").queries
    assert [target.id for target in query.lists] == ["sdn"]
    assert query.span is not None
    assert query.span.first == date(2021, 11, 3)
    assert query.subjects[0].identifiers == (("imoNumber", "9999991"),)
    assert read_question(1, "Hoeveel camera's heeft de gemeente Voorbeelddorp?").body_names == (
        "Voorbeelddorp",
    )


def test_a_question_without_a_name_goes_on_about_the_one_before() -> None:
    before = read_question(1, "Staat Huawei op de Entity List?")
    earlier = Earlier(before.subjects, before.queries[0].lists)
    assert read_question(2, "Hoe beoordeelt u dit?", earlier=earlier).parties == {"huawei"}
    assert read_question(2, "Hoe beoordeelt u Dahua?", earlier=earlier).parties == {"dahua"}
    assert not read_question(2, "Hoe beoordeelt u dit?", earlier=earlier).is_named
    (query,) = read_question(2, "Staat Dahua ook op die lijst?", earlier=earlier).queries
    assert [target.id for target in query.lists] == ["entity-list"]


@pytest.mark.parametrize(
    "words",
    [
        "En geldt dat ook voor het in Hangzhou gevestigde Dahua?",
        "Does the same hold for the video business of the well-known Dahua from Hangzhou?",
    ],
)
def test_a_long_question_after_the_same_asks_the_same(words: str) -> None:
    before = read_question(1, "Staat Hikvision op de Entity List?")
    (query,) = read_question(2, words, earlier=Earlier().after(before)).queries
    assert (query.relation, query.lists[0].id) == (Relation.LISTED_ON, "entity-list")
    assert "dahua" in {subject.party_id for subject in query.subjects}


def test_a_company_without_a_card_is_taken_by_its_name() -> None:
    assert read_question(1, "Kent u het bedrijf Nergens Optiek?").parties == {"Nergens Optiek"}
    assert read_question(1, "Kent u Nevelzicht?", known=["Nevelzicht"]).parties == {"Nevelzicht"}


def test_an_opinion_stays_a_judgement() -> None:
    assert read_question(1, "Deelt u de mening dat dit anders moet?").judged == (Judged.AGREE,)
    assert read_question(1, "Bent u bereid grenzen te stellen?").judged == (Judged.WILLING, Judged.LIMITS)
    assert read_question(1, "Bent u bereid grenzen te stellen?").clauses[0].is_judgement
    assert not read_question(1, "Staat Dahua op de Entity List?").clauses[0].is_judgement


def test_a_described_use_quotes_the_question() -> None:
    words = "Is real-time gezichtsherkenning door de politie op straat verboden?"
    use = read_question(1, words).use
    assert use is not None
    facts = {fact.fact: fact.note for fact in use.facts}
    assert facts[FactName.FACE_RECOGNITION] == "gezichtsherkenning"
    assert {FactName.REAL_TIME, FactName.LAW_ENFORCEMENT, FactName.PUBLIC_SPACE} <= facts.keys()
    assert read_question(1, "Welke wet is van toepassing?").use is None


@pytest.mark.parametrize(
    ("words", "schema", "places"),
    [
        ("Hoeveel Nederlandse bedrijven staan op de Entity List?", "Organization", ("NL",)),
        ("How many Greek firms in Hong Kong are on the Entity List?", "Organization", ("GR", "HK")),
        ("Hoeveel personen en groeperingen staan op de VN-lijst?", "", ()),
        ("How many people and clubs are on the UN list?", "", ()),
        ("Hoeveel personen staan er op de VN-lijst?", "Person", ()),
    ],
)
def test_a_count_is_of_one_kind_of_party_and_of_the_named_places(
    words: str, schema: str, places: tuple[str, ...]
) -> None:
    _, bare = lists_named(words)
    assert (kind_of_party(bare), tuple(countries_named(bare))) == (schema, places)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("GEMEENTE VOORBEELD", "Hoeveel camera's van Hikvision heeft GEMEENTE VOORBEELD in gebruik?"),
        ("Dienst NVL", "Hoeveel camera's van Hikvision heeft Dienst NVL?"),
        ("City of NEVEL", "How many cameras of Hikvision does the City of NEVEL have?"),
        ("Defensie", "Heeft het ministerie van Defensie CATL in gebruik?"),
    ],
)
def test_the_name_of_a_known_body_stays_whole(body: str, words: str) -> None:
    known = () if body == "Defensie" else (body,)
    assert body in read_question(1, words, bodies=known).body_names


@pytest.mark.parametrize(
    ("words", "lists"),
    [
        ("Staat Hikvision op een lijst volgens de Raad voor Cultuur?", {"any"}),
        ("Staat Hikvision op de lijst van de gemeenteraad of van de Raad van Toezicht?", {"any"}),
        ("Heeft de Raad camera's van Hikvision op de lijst gezet?", {"any"}),
        ("Has the municipal Council listed Hikvision?", set()),
        ("Did the Council add Hikvision to the sanctions list?", {"eu"}),
        ("Heeft de Raad van de Europese Unie Hikvision op de lijst gezet?", {"eu"}),
    ],
)
def test_only_the_council_of_the_union_makes_its_lists(words: str, lists: set[str]) -> None:
    reading = read_question(1, words)
    assert {target.id for query in reading.queries for target in query.lists} == lists


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Is the 54th Research Institute of CETC on the Entity List?", ["54th Research Institute of CETC"]),
        ("Is the Wuhan Institute of Hikvision on the Entity List?", ["Wuhan Institute of Hikvision"]),
        ("Where is the Performance Series van Honeywell used?", ["Honeywell"]),
        ("Staan Hikvision of Dahua op de Entity List?", ["Hikvision", "Dahua"]),
    ],
)
def test_a_named_part_is_a_party_of_its_own(words: str, names: list[str]) -> None:
    subjects = read_question(1, words).subjects
    assert [subject.name for subject in subjects] == names
    assert not any(subject.party_id and " of " in subject.name for subject in subjects)
    assert not any(subject.parts for subject in subjects)


def test_a_part_has_the_other_names_of_the_whole() -> None:
    (part,) = read_question(1, "Is the 54th Research Institute of CETC on the Entity List?").subjects
    assert "54th Research Institute of China Electronics Technology Group Corporation" in part.aliases
