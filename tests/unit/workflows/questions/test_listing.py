"""Sets as a list: what fits which filter, and how a set stands towards its day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from question_tools import add, answered

from overzicht.errors import UnknownNameError
from overzicht.store.database import Store
from overzicht.subjects.questions.listing import (
    SetFilter,
    Timeliness,
    lateness_of,
    list_sets,
    years_of,
)
from overzicht.subjects.questions.mentioning import (
    MentionFilter,
    count_names,
    find_mentions,
    linked_mentions,
    spellings_of_maker,
)
from overzicht.subjects.questions.mentions import MentionKind
from overzicht.subjects.questions.sets import State, assemble
from overzicht.subjects.questions.showing import show_set
from overzicht.subjects.screening.lookup import party_lookup

DAY = date(2031, 12, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path)
    add(
        made,
        "2031Z00417.txt",
        "ah-tk-20302031-1655.pdf.txt",
        "ah-tk-20302031-1812.xml",
        "2031Z00520.txt",
        "index.csv",
    )
    yield made
    made.close()


def numbers(store: Store, asked: SetFilter, day: date = DAY) -> list[str]:
    with store.reading() as connection:
        return [one.set.number for one in list_sets(connection, asked, day)]


def test_the_newest_come_first_and_each_filter_narrows(store: Store) -> None:
    everything = numbers(store, SetFilter())
    assert everything[:2] == ["2031Z00600", "2031Z00520"]
    assert numbers(store, SetFilter(year=2031, state=State.ANSWERED)) == ["2031Z00520", "2031Z00417"]
    assert set(numbers(store, SetFilter(words="scanners"))) == {"2031Z00417"}
    assert numbers(store, SetFilter(maker="hikvision")) == ["2031Z00520"]
    assert numbers(store, SetFilter(maker="hikvision", words="zeppelin")) == []
    assert numbers(store, SetFilter(lateness=Timeliness.ANSWERED_LATE)) == ["2031Z00520", "2031Z00417"]
    with store.reading() as connection:
        assert 2031 in years_of(connection, DAY)


def test_a_day_before_the_answer_makes_a_set_overdue(store: Store) -> None:
    assert "2031Z00417" in numbers(store, SetFilter(lateness=Timeliness.OVERDUE), date(2031, 4, 20))
    assert "2031Z00417" in numbers(store, SetFilter(lateness=Timeliness.IN_TIME), date(2031, 3, 10))
    assert "2031Z00417" not in numbers(store, SetFilter(lateness=Timeliness.OVERDUE))


def test_a_set_without_a_day_of_asking_has_no_lateness() -> None:
    assert lateness_of(assemble("2031Z00001", None, [answered(((1,), "Ja."))], DAY)) is None


def test_mentions_by_maker_by_name_and_by_kind(store: Store) -> None:
    with store.reading() as connection:
        by_maker = list(find_mentions(connection, MentionFilter(maker="hikvision"), DAY))
        by_name = list(find_mentions(connection, MentionFilter(name="sz dji technology"), DAY))
        bodies = count_names(find_mentions(connection, MentionFilter(kind=MentionKind.BODY), DAY))
        before = list(find_mentions(connection, MentionFilter(), date(2031, 1, 1)))
    assert [[m.spot.surface for m in one.mentions] for one in by_maker] == [["Hikvision"]]
    assert [[m.spot.surface for m in one.mentions] for one in by_name] == [["DJI"]]
    assert [(row.name, row.sets) for row in bodies] == [("Dienst Justitiële Inrichtingen", 1)]
    assert before == []


def test_without_a_list_nothing_is_said_of_lists(store: Store) -> None:
    with party_lookup(store) as lookup:
        found = linked_mentions(lookup, show_set(lookup.connection, "2031Z00520", DAY))
    assert found.is_linked is False
    assert not any(mention.parties for mention in found.mentions)
    assert {m.spot.surface for m in found.only(MentionFilter(name="Lichtvlok")).mentions} == {"Lichtvlok"}


def test_a_maker_without_a_card_is_not_guessed() -> None:
    with pytest.raises(UnknownNameError):
        spellings_of_maker("nobody")
