"""Records of lists for names in texts: whom is asked for, what counts, and that people are left alone."""

from collections.abc import Sequence
from datetime import date

from question_tools import answered

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.subjects.questions.mentions import RecognisedBy, link_parties, mentions_of, pieces_of
from overzicht.subjects.questions.sets import assemble

DAY = date(2031, 12, 1)


class Listed:
    """A matcher that knows some names, and remembers what it was asked."""

    def __init__(self, **scores: float) -> None:
        self.scores = {name.replace("_", " "): score for name, score in scores.items()}
        self.asked: list[PartyQuery] = []
        self.days: list[date] = []

    def match(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] | None = None
    ) -> list[list[PartyMatch]]:
        self.asked += queries
        self.days.append(as_of)
        return [
            [PartyMatch(q.id, "r1", "listed", self.scores[q.id], q.id)] if q.id in self.scores else []
            for q in queries
        ]


def linked(text: str, matcher: Listed) -> list[tuple[str, RecognisedBy, int]]:
    one = assemble("2031Z00001", None, [answered(((1,), text))], DAY)
    found = link_parties(mentions_of(one), pieces_of(one), matcher, as_of=DAY)
    return [(m.spot.surface, m.spot.how, len(m.parties)) for m in found]


def test_a_long_name_on_a_list_is_a_mention() -> None:
    matcher = Listed(Public_Security_Bureau_of_the_Corps=0.9)
    text = "Het Public Security Bureau of the Corps staat op de lijst. De Hoge Raad niet."
    assert linked(text, matcher) == [("Public Security Bureau of the Corps", RecognisedBy.LIST, 1)]
    assert matcher.days == [DAY]


def test_a_short_name_on_a_list_is_no_long_name() -> None:
    class Ship(Listed):
        def match(
            self, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] | None = None
        ) -> list[list[PartyMatch]]:
            return [[PartyMatch(q.id, "s1", "listed", 0.8, "ALERT")] for q in queries]

    assert linked("De storing bij NL Alert duurde lang.", Ship()) == []


def test_products_are_no_parties() -> None:
    matcher = Listed(Patriot=0.9)
    assert linked("De Patriot-raketten zijn geleverd.", matcher) == [("Patriot", RecognisedBy.SENSE, 0)]
    assert matcher.asked == []


def test_a_firm_without_a_card_is_asked_for_and_a_maker_is_not() -> None:
    matcher = Listed(Nuctech=0.9, Hikvision=0.9)
    assert linked("Nuctech en Hikvision leveren.", matcher) == [
        ("Nuctech", RecognisedBy.KNOWN, 1),
        ("Hikvision", RecognisedBy.CARD, 0),
    ]
    assert [query.id for query in matcher.asked] == ["Nuctech"]


def test_a_weak_match_does_not_count() -> None:
    assert linked("Nuctech levert.", Listed(Nuctech=0.5)) == [("Nuctech", RecognisedBy.KNOWN, 0)]


def test_only_organisations_are_asked_for() -> None:
    matcher = Listed()
    assert linked("Wang Junzheng en Chen Mingguo zijn genoemd, en de NVWA.", matcher) == [
        ("NVWA", RecognisedBy.KNOWN, 0)
    ]
    assert {query.schema for query in matcher.asked} == {"Organization"}


def test_the_order_is_that_of_the_text() -> None:
    matcher = Listed(Verre_Handel_Maatschappij=0.9)
    found = linked("De Verre Handel Maatschappij koopt bij Nuctech en bij ASML.", matcher)
    assert [surface for surface, _, _ in found] == ["Verre Handel Maatschappij", "Nuctech", "ASML"]
