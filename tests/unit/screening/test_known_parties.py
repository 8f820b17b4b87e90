"""Entries of known parties, and of parties that are resolved as one."""

from datetime import date

from overzicht.entities import Band, PartyQuery
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty
from overzicht.screening.index.resolve import DECISION, KNOWN_PARTIES, NAME

DAY = date(2026, 1, 1)
LEI, REGISTERED = ("leiCode", "529900AXTG9RNXDTOE94"), ("registrationNumber", "HRB 77121")


def make_engine() -> ScreeningEngine:
    same = ((NAME, "quillbrook optics"),)
    return ScreeningEngine.of(
        [
            IndexedParty("maker:q", "Company", ("Quillbrook Optics",), KNOWN_PARTIES, links=same),
            IndexedParty("a-1", "Company", ("QUILLBROOK OPTICS CO., LTD.",), "list-a", links=same),
            IndexedParty("a-2", "Company", ("Quillbrook Optics Marine",), "list-a"),
            IndexedParty("b-1", "Company", ("Rulven Works",), "list-b", identifiers=(LEI, REGISTERED)),
            IndexedParty(
                "b-2", "Company", ("Tarrow Works",), "list-b", identifiers=(("idNumber", "HRB77121"),)
            ),
        ]
    )


def test_a_known_party_has_the_entries_of_its_names_and_numbers() -> None:
    query = PartyQuery("q", ("Quillbrook Optics",), "Company", (REGISTERED, LEI), party_id="maker:q")
    (matches,) = make_engine().match([query], as_of=DAY, possible=0.3)
    assert [(match.record_id, match.band) for match in matches] == [
        ("a-1", Band.MATCH),
        ("b-1", Band.MATCH),
        ("a-2", Band.POSSIBLE),
    ]
    entry, numbered, _ = matches
    assert (entry.score, numbered.score) == (1, 1)
    own, direct = (str(reason.text) for reason in entry.reasons)
    assert own == "a known name or number of maker:q"
    assert direct.startswith("the name Quillbrook Optics and the listed name QUILLBROOK")
    assert numbered.matched_on == LEI[1]
    assert str(numbered.reasons[0].text) == f"the same number: {LEI[1]} (leiCode)"


def test_a_known_party_needs_the_same_number_of_one_kind() -> None:
    for number, places in (
        (REGISTERED, ["b-1"]),
        (("idNumber", "HRB 77121"), ["b-2"]),
        (("idNumber", "77121"), []),
    ):
        query = PartyQuery("q", ("Kestrelio",), "Company", (number,), party_id="maker:other")
        assert [match.record_id for match in make_engine().match([query], as_of=DAY)[0]] == places


def test_entries_of_a_party_that_is_not_known_follow_each_other() -> None:
    query = PartyQuery("q", ("Quillbrook Optics",), "Company")
    ((first, *_),) = make_engine().match([query], as_of=DAY)
    assert (first.record_id, first.list_id) == ("a-1", "list-a")
    joined = [
        IndexedParty(id_, "Company", (name,), "list-a", links=((DECISION, "x"),))
        for id_, name in (("a", "Kestrelio"), ("b", "Rulven Works"))
    ]
    ((own, other),) = ScreeningEngine.of(joined).match(
        [PartyQuery("q", ("Kestrelio",), "Company")], as_of=DAY
    )
    assert [own.record_id, other.record_id] == ["a", "b"]
    assert own.score == other.score
    assert str(other.reasons[0].text) == "the same party as Kestrelio (list-a)"


def test_a_name_of_a_known_party_is_not_called_a_listed_name() -> None:
    engine = ScreeningEngine.of(
        [
            IndexedParty(
                "maker:q",
                "Company",
                ("Quillbrook Optics", "Verlindor Kamas"),
                KNOWN_PARTIES,
                links=((NAME, "quillbrook optics"),),
            ),
            IndexedParty(
                "a-1", "Company", ("QUILLBROOK OPTICS LTD",), "list-a", links=((NAME, "quillbrook optics"),)
            ),
        ]
    )
    ((match,),) = engine.match([PartyQuery("q", ("Verlindor Kamas",), "Company")], as_of=DAY, possible=0.3)
    sentences = [str(reason.text) for reason in match.reasons]
    assert "the name Verlindor Kamas and the name Verlindor Kamas of a known party" in sentences
    assert not any("listed name" in sentence for sentence in sentences)
