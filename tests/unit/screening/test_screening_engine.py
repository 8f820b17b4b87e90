"""The engine on a small invented list: found, not found, and why."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.evidence import Confidence
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty, build_index
from overzicht.screening.policy import possible_score

DAY = date(2026, 1, 1)
PARTIES = [
    IndexedParty(
        "a-1", "Person", ("OLVARSKI, Mirwan Tedoz", "Мирван Олварски"), "list-a", birth_dates=("1961-04-02",)
    ),
    IndexedParty(
        "a-2",
        "Organization",
        ("Quillbrook Optics Co., Ltd.",),
        "list-a",
        identifiers=(("leiCode", "529900AXTG9RNXDTOE94"),),
    ),
    IndexedParty("a-3", "Organization", ("Quillbrook Marine Co., Ltd.",), "list-a"),
    IndexedParty("b-1", "Organization", ("杭州比维德技术股份有限公司",), "list-b"),
    IndexedParty("b-2", "Person", ("Sadruddin Halvane",), "list-b", weak_names=("Brandomir Vex",)),
    IndexedParty("b-3", "Vessel", ("NORTHERN KESTREL 7",), "list-b"),
]


@pytest.fixture(scope="module")
def engine() -> ScreeningEngine:
    return ScreeningEngine.of(PARTIES)


def ask(engine: ScreeningEngine, name: str, schema: str = "LegalEntity", **more: object) -> list[PartyMatch]:
    query = PartyQuery("q", (name,), schema, **more)  # type: ignore[arg-type]
    return engine.match([query], as_of=DAY)[0]


def ids(matches: list[PartyMatch]) -> list[str]:
    return [match.record_id for match in matches]


@pytest.mark.parametrize(
    ("name", "schema", "expected"),
    [
        ("Mirwan Tedoz Olvarski", "Person", "a-1"),
        ("Mirwan Tedoz Olwarski", "Person", "a-1"),
        ("MirwanTedoz Olvarski", "Person", "a-1"),
        ("Dr. Mirwan Tedoz Olvarski", "Person", "a-1"),
        ("OLV\u200bARSKI, Mirw\u0430n Tedoz", "Person", "a-1"),
        ("مروان تدوز اولوارسكي", "Person", "a-1"),
        ("Hangzhou Biweide Technology", "Company", "b-1"),
        ("Quillbrook Optcis Ltd", "Company", "a-2"),
        ("QUILLBROOK OPTICS GmbH", "Company", "a-2"),
    ],
)
def test_a_changed_name_is_found_first(
    engine: ScreeningEngine, name: str, schema: str, expected: str
) -> None:
    found = engine.match([PartyQuery("q", (name,), schema)], as_of=DAY, threshold=0.05)[0]
    assert ids(found)[:1] == [expected]


@pytest.mark.parametrize("name", ["Ferdinand Ackermann", "Quill", "", "…", "Tedoz Vantarquez"])
def test_another_name_is_not_found(engine: ScreeningEngine, name: str) -> None:
    assert ask(engine, name) == []


def test_reasons_tell_what_met_and_what_did_not(engine: ScreeningEngine) -> None:
    (match, *_) = engine.match([PartyQuery("q", ("Tedoz Olvarsky",), "Person")], as_of=DAY, threshold=0.05)[0]
    said = [str(reason.text) for reason in match.reasons]
    assert any("olvarsky and olvarski" in sentence for sentence in said)
    assert "only in the listed name: mirwan" in said
    assert any(reason.against for reason in match.reasons)


def test_an_identifier_is_enough(engine: ScreeningEngine) -> None:
    found = ask(engine, "Somebody Else", "Company", identifiers=(("leiCode", "529900AXTG9RNXDTOE94"),))
    assert [(match.record_id, match.list_id, match.band) for match in found] == [
        ("a-2", "list-a", Band.MATCH)
    ]
    assert found[0].score > 0.9


def test_a_statement_that_it_is_somebody_else_counts(engine: ScreeningEngine) -> None:
    name = "Quillbrook Optics Co., Ltd."
    assert "a-2" in ids(ask(engine, name, "Company"))
    assert "a-2" not in ids(ask(engine, name, "Company", not_the_same_as=(name,)))


def test_a_birth_date_moves_the_score_with_a_reason(engine: ScreeningEngine) -> None:
    name = "Mirwan Tedoz Olvarski"
    plain = ask(engine, name, "Person")[0]
    same = ask(engine, name, "Person", birth_date="1961-04-02")[0]
    assert same.score >= plain.score
    sentence = "the birth dates agree: 1961-04-02 and 1961-04-02"
    assert sentence in [str(reason.text) for reason in same.reasons]
    other = engine.match(
        [PartyQuery("q", (name,), "Person", birth_date="1999-01-01")], as_of=DAY, threshold=0.0
    )
    assert other[0][0].score < plain.score


def test_a_weak_name_counts_for_less_and_says_so(engine: ScreeningEngine) -> None:
    found = engine.match([PartyQuery("q", ("Brandomir Vex",), "Person")], as_of=DAY, threshold=0.1)[0]
    assert ids(found) == ["b-2"]
    assert found[0].score < 0.7
    assert any("a weak name" in str(reason.text) for reason in found[0].reasons)


def test_a_person_is_not_a_company(engine: ScreeningEngine) -> None:
    assert ask(engine, "Mirwan Tedoz Olvarski", "Company") == []


def test_only_the_lists_asked_for(engine: ScreeningEngine) -> None:
    query = PartyQuery("q", ("Mirwan Tedoz Olvarski",), "Person")
    assert engine.match([query], as_of=DAY, lists=["list-b"]) == [[]]
    assert ids(engine.match([query], as_of=DAY, lists=["list-a"])[0]) == ["a-1"]


def test_a_batch_answers_as_its_queries_one_by_one(engine: ScreeningEngine) -> None:
    queries = [PartyQuery(str(k), party.names[:1], party.schema) for k, party in enumerate(PARTIES)]
    together = engine.match(queries, as_of=DAY)
    assert together == [engine.match([query], as_of=DAY)[0] for query in queries]
    assert [ids(found)[:1] for found in together] == [[party.id] for party in PARTIES]


def test_a_threshold_that_is_given_asks_for_no_equal_name(engine: ScreeningEngine) -> None:
    query = PartyQuery("q", ("Quillbrook Optics Security Bureau",), "Company")
    by_default, given = (
        engine.match([query], as_of=DAY, possible=0.05, threshold=least)[0][0] for least in (None, 0.1)
    )
    assert (by_default.record_id, by_default.band) == ("a-2", Band.POSSIBLE)
    assert (given.record_id, given.band) == ("a-2", Band.MATCH)


def test_a_short_name_may_mean_a_party_that_the_question_excludes(engine: ScreeningEngine) -> None:
    def parties(name: str, *others: str) -> set[str]:
        query = PartyQuery("q", (name,), "Company", not_the_same_as=others)
        return set(ids(engine.match([query], as_of=DAY, possible=0.99)[0]))

    optics, marine = "Quillbrook Optics Co., Ltd.", "Quillbrook Marine Co., Ltd."
    assert parties("Quillbrook", optics) == {"a-2", "a-3"}
    assert parties("Quillbrook Co Optics", marine) == {"a-2"}
    assert parties("Quillbrook Co Optics", optics) == set()


def test_a_rare_word_of_one_name_alone_weighs_more_than_a_common_one(engine: ScreeningEngine) -> None:
    strengths = {}
    for word in ("kestrelio", "of"):
        query = PartyQuery("q", (f"Quillbrook Optics {word}",), "Company")
        (match, *_) = engine.match([query], as_of=DAY, threshold=0.05)[0]
        sentence = f"only in the name asked for: {word}"
        (strengths[word],) = (reason.strength for reason in match.reasons if str(reason.text) == sentence)
    assert strengths == {"kestrelio": Confidence.MEDIUM, "of": Confidence.LOW}


def test_a_statement_of_another_name_excludes_nobody_else(engine: ScreeningEngine) -> None:
    name = "Quillbrook Optics Co., Ltd."
    assert "a-2" in ids(ask(engine, name, "Company", not_the_same_as=("Quillbrook Marine Co., Ltd.",)))


def test_an_empty_index_finds_nothing() -> None:
    assert ask(ScreeningEngine.of([]), "Anybody At All") == []


def test_the_same_from_files_and_from_memory(engine: ScreeningEngine, tmp_path: Path) -> None:
    build_index(PARTIES, tmp_path)
    opened = ScreeningEngine.open(tmp_path)
    queries = [PartyQuery(str(k), party.names[:1], party.schema) for k, party in enumerate(PARTIES)]
    assert opened.match(queries, as_of=DAY) == engine.match(queries, as_of=DAY)


def test_a_country_is_evidence_of_identity_and_a_number_decides() -> None:
    lei = ("leiCode", "529900AXTG9RNXDTOE94")
    engine = ScreeningEngine.of(
        [
            IndexedParty("a", "Company", ("Ulvenstade Shipping Ltd",), "list-a", countries=("cn",)),
            IndexedParty("b", "Company", ("Rulven Works",), "list-a", identifiers=(lei,)),
        ]
    )
    same, other = (ask(engine, "Ulvenstade Shipping", "Company", countries=(code,)) for code in ("cn", "nl"))
    assert same[0].score > other[0].score >= 0.5
    assert any(r.against and "the countries differ" in str(r.text) for r in other[0].reasons)
    (numbered,) = ask(
        engine, "Former Name", "Company", identifiers=(("leiCode", "5299 00AX TG9R NXDT OE94"),)
    )
    assert (numbered.record_id, numbered.band) == ("b", Band.MATCH)


def test_a_birth_year_that_differs_excludes_a_short_name_and_a_country_does_not() -> None:
    party = IndexedParty(
        "a", "Person", ("Jan Klaas Aarts",), "list-a", birth_dates=("1958-01-15",), countries=("nl",)
    )
    engine = ScreeningEngine.of([party])

    def asked(**more: Any) -> list[str]:
        query = PartyQuery("q", ("Aarts",), "Person", **more)
        return ids(engine.match([query], as_of=DAY, possible=0.3)[0])

    assert asked() == ["a"]
    assert asked(birth_date="1990") == []
    assert asked(countries=("cn",)) == ["a"]


def test_a_long_name_that_lists_many_names_is_found_by_its_last_words() -> None:
    long = ", ".join(f"Rulven{chr(97 + n)} Works" for n in range(20)) + ", Tarrowmere Battalion"
    engine = ScreeningEngine.of([IndexedParty("a", "Organization", (long,), "list-a")])
    query = PartyQuery("q", ("Battalion",), "Organization")
    assert ids(engine.match([query], as_of=DAY, possible=0.3)[0]) == ["a"]


def test_a_word_that_is_a_legal_form_elsewhere_is_found_as_a_word() -> None:
    engine = ScreeningEngine.of(
        [IndexedParty("a", "Organization", ("Waatasemu Charity Association",), "list-a")]
    )
    assert ids(engine.match([PartyQuery("q", ("Charity",))], as_of=DAY, possible=0.3)[0]) == ["a"]


@pytest.mark.parametrize(
    ("asked", "schema", "places"),
    [
        ("Lamp Works", "Company", ["a"]),
        ("Lamp Works Starrysky", "Company", ["a"]),
        ("Lamp Works Bureau", "Company", []),
        ("Lamp Works", "Person", []),
        ("Boru Group", "Company", ["b"]),
        ("Boru Holding B.V.", "Company", []),
        ("Bo Ru", "Company", []),
    ],
)
def test_words_asked_are_found_as_one_and_without_a_word_for_a_group(
    asked: str, schema: str, places: list[str]
) -> None:
    names = ("Nanjing Lampworks Starrysky Communication Development", "Boru Metals and Minerals Export")
    parties = [IndexedParty(id_, "Company", (name,), "list-a") for id_, name in zip("ab", names, strict=True)]
    (found,) = ScreeningEngine.of(parties).match([PartyQuery("q", (asked,), schema)], as_of=DAY, possible=0.5)
    assert [(match.record_id, match.band) for match in found] == [(id_, Band.POSSIBLE) for id_ in places]


def test_a_common_word_left_without_a_word_for_a_group_names_nobody() -> None:
    names = [f"Boru Metals and Minerals Export {number}" for number in range(11)]
    parties = [IndexedParty(name, "Company", (name,), "list-a") for name in names]
    engine = ScreeningEngine.of(parties)
    asked = [PartyQuery("q", (name,), "Company") for name in ("Boru Group", "Boru Minerals Group")]
    matches = engine.match(asked, as_of=DAY, possible=0.5)
    assert [len(found) for found in matches] == [0, 11]


@pytest.mark.parametrize(
    ("name", "schema", "band"),
    [
        ("Quillbrook Optics", "Company", Band.MATCH),
        ("Quillbrook Optics Security Bureau", "Company", Band.POSSIBLE),
        ("Northern Kestrel 7", "Vessel", Band.MATCH),
        ("Northern Kestrel 7", "LegalEntity", Band.MATCH),
        ("Northern Kestrel 7", "Company", Band.POSSIBLE),
    ],
)
def test_the_name_of_a_branch_or_of_a_ship_is_possibly_that_of_the_listed_party(
    engine: ScreeningEngine, name: str, schema: str, band: Band
) -> None:
    query = PartyQuery("q", (name,), schema)
    ((first, *_),) = engine.match([query], as_of=DAY, possible=possible_score())
    assert first.band is band


def test_a_person_with_the_main_name_of_an_entry_of_the_person_asked_is_possible() -> None:
    engine = ScreeningEngine.of(
        [
            IndexedParty("a-1", "Person", ("Jonas Verlin", "Johann Verlinski"), "list-a"),
            IndexedParty("b-1", "Person", ("VERLIN, Jonas",), "list-b"),
            IndexedParty("b-2", "Person", ("Jonas Verlin Oost",), "list-b"),
            IndexedParty("b-3", "Organization", ("Jonas Verlin",), "list-b"),
        ]
    )
    query = PartyQuery("q", ("Johann Verlinski",), "Person")
    (matches,) = engine.match([query], as_of=DAY, possible=possible_score())
    assert [(m.record_id, m.band) for m in matches] == [("a-1", Band.MATCH), ("b-1", Band.POSSIBLE)]


def test_a_company_whose_name_of_one_word_is_an_alias_of_an_entry_is_possible() -> None:
    engine = ScreeningEngine.of(
        [
            IndexedParty("a-1", "Organization", ("Ramel Constructions Co.", "Ramel Ltd"), "list-a"),
            IndexedParty("b-1", "Organization", ("RAMEL", "Ramel Duty Free Shops"), "list-b"),
            IndexedParty("b-2", "Organization", ("Ramel Noord",), "list-b"),
            IndexedParty("b-3", "Vessel", ("Ramel",), "list-b"),
            IndexedParty("b-4", "Person", ("Ramel",), "list-b"),
        ]
    )
    query = PartyQuery("q", ("Ramel Constructions Co.",), "Organization")
    (matches,) = engine.match([query], as_of=DAY, possible=possible_score())
    assert [(m.record_id, m.band) for m in matches] == [("a-1", Band.MATCH), ("b-1", Band.POSSIBLE)]


@pytest.mark.parametrize(
    ("names", "asked", "schema", "matched_on"),
    [  # the first name scores as much as the alias, and is another name
        (("ARMAR, Mohammad Shafi", "ARMAR, Mohammed Shafi"), "Mohammed Shafi Armar", "Person", 1),
        (("IRAN SAFFRON COMPANY", "IRANSAFFRON CO"), "Iransaffron Co.", "Organization", 1),
        (("ARMAR, Mohammad Shafi", "ARMAR, Muhammed Shafi"), "Mohammed Shafi Armar", "Person", None),
    ],
)
def test_who_has_the_very_name_asked_as_an_alias_is_listed(
    names: tuple[str, ...], asked: str, schema: str, matched_on: int | None
) -> None:
    engine = ScreeningEngine.of([IndexedParty("a-1", schema, names, "list-a")])
    ((match,),) = engine.match([PartyQuery("q", (asked,), schema)], as_of=DAY, possible=possible_score())
    if matched_on is None:
        assert match.band is Band.POSSIBLE
    else:
        assert (match.band, match.matched_on) == (Band.MATCH, names[matched_on])


def test_a_namesake_that_the_question_excludes_is_no_possible_match() -> None:
    own = IndexedParty("a-1", "Person", ("Jonas Verlin", "Johann Verlinski"), "list-a")
    other = IndexedParty("b-1", "Person", ("VERLIN, Jonas",), "list-b", birth_dates=("1990-05-01",))
    engine = ScreeningEngine.of([own, other])
    for more in ({"birth_date": "1958-01-15"}, {"not_the_same_as": ("VERLIN, Jonas",)}):
        query = PartyQuery("q", ("Johann Verlinski",), "Person", **more)
        assert "b-1" not in ids(engine.match([query], as_of=DAY, possible=possible_score())[0])
