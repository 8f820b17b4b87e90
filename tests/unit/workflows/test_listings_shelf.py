"""Which listings a party has on a day: starter facts give way, and every list answers for all its parts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from store_tools import company, put, snapshot_of

from overzicht.entities import PartyQuery
from overzicht.entities.history import Basis
from overzicht.evidence import Answer
from overzicht.store.database import Store
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.screening.lookup import PartyListings, ask_lists

DAY, NEXT = date(2026, 2, 27), date(2026, 2, 28)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def ask(store: Store, name: str, as_of: date = NEXT, *lists: str) -> PartyListings:
    query = PartyQuery(id="q", names=(name,), schema="Company")
    (asked,) = ask_lists(store, [query], as_of=as_of, lists=lists or ("un-sc",))
    return asked


def answer(store: Store, name: str, as_of: date = NEXT, list_id: str = "un-sc") -> Answer:
    (found,) = ask(store, name, as_of, list_id).answers
    return found.answer


def test_with_no_version_nothing_was_checked(store: Store) -> None:
    assert answer(store, "Lens Works") is Answer.NOT_CHECKED


def test_a_whole_version_says_found_or_not_found(store: Store) -> None:
    put(store, snapshot_of("un-sc", DAY), [company("un-1", "Lens Works", since=date(2020, 1, 1))])
    assert answer(store, "LENS WORKS") is Answer.FOUND
    assert answer(store, "Glass Works") is Answer.NOT_FOUND


def test_an_incomplete_version_finds_but_never_says_that_nobody_is_there(store: Store) -> None:
    put(store, snapshot_of("un-sc", DAY, complete=False), [company("un-1", "Lens Works", since=DAY)])
    assert answer(store, "Lens Works") is Answer.FOUND
    assert answer(store, "Glass Works") is Answer.NOT_CHECKED


def test_starter_facts_find_but_never_say_that_nobody_is_there(store: Store) -> None:
    put(store, snapshot_of("un-sc", DAY), [company("un-1", "Lens Works", since=DAY)], is_starter=True)
    assert answer(store, "Lens Works") is Answer.FOUND
    assert answer(store, "Glass Works") is Answer.NOT_CHECKED


def test_the_lists_own_file_goes_before_the_starter_facts(store: Store) -> None:
    starter = snapshot_of("un-sc", date(2026, 1, 1), "s", part="starter")
    put(store, starter, [company("un-1", "Lens Works", since=date(2020, 1, 1))], is_starter=True)
    put(store, snapshot_of("un-sc", DAY), [company("un-1", "Lens Works", since=date(2020, 1, 2))])
    (found,) = ask(store, "Lens Works").listings
    assert (found.state.since.day, found.citation.snapshot) == (date(2020, 1, 2), "a" * 64)


def test_a_starter_fact_that_the_whole_list_does_not_have_is_no_listing(store: Store) -> None:
    starter = snapshot_of("un-sc", date(2026, 1, 1), "s", part="starter")
    put(store, starter, [company("un-1", "Lens Works", since=date(2020, 1, 1))], is_starter=True)
    put(store, snapshot_of("un-sc", DAY), [company("un-2", "Glass Works", since=DAY)])
    assert ask(store, "Lens Works").listings == ()
    assert answer(store, "Lens Works") is Answer.NOT_FOUND


def test_the_day_before_the_listing_and_the_day_itself(store: Store) -> None:
    put(store, snapshot_of("un-sc", DAY), [company("un-1", "Lens Works", since=date(2021, 3, 22))])
    assert answer(store, "Lens Works", date(2021, 3, 21)) is Answer.NOT_FOUND
    assert answer(store, "Lens Works", date(2021, 3, 22)) is Answer.FOUND


def test_a_version_that_is_too_old_cannot_say_that_nobody_is_there(store: Store) -> None:
    put(store, snapshot_of("un-sc", DAY), [company("un-1", "Lens Works", since=date(2020, 1, 1))])
    assert answer(store, "Glass Works", date(2026, 3, 13)) is Answer.NOT_FOUND
    assert answer(store, "Glass Works", date(2026, 3, 14)) is Answer.NOT_CHECKED


def test_who_vanished_between_two_versions_is_not_listed_after_the_second(store: Store) -> None:
    put(store, snapshot_of("un-sc", DAY), [company("un-1", "Lens Works", since=date(2020, 1, 1))])
    put(store, snapshot_of("un-sc", NEXT, "b"), [company("un-2", "Glass Works", since=date(2020, 1, 1))])
    assert answer(store, "Lens Works", DAY) is Answer.FOUND
    gone = ask(store, "Lens Works", NEXT)
    assert gone.answers[0].answer is Answer.NOT_FOUND
    assert gone.listings[0].state.until is not None


def test_versions_may_be_added_in_any_order(store: Store) -> None:
    put(store, snapshot_of("un-sc", NEXT, "b"), [company("un-1", "Lens Works", since=date(2020, 1, 2))])
    put(store, snapshot_of("un-sc", DAY, "a"), [company("un-1", "Lens Works", since=date(2020, 1, 1))])
    (found,) = ask(store, "Lens Works", date(2026, 3, 1)).listings
    assert found.citation.snapshot == "b" * 64, "the newest by its day, not the last one added"


def test_a_list_of_two_parts_can_tell_only_when_both_are_there(store: Store) -> None:
    entry = company("ofac-1", "Lens Works", since=date(2020, 1, 1), list_id="us-ofac")
    put(store, snapshot_of("us-ofac", DAY, part="sdn"), [entry])
    assert answer(store, "Lens Works", NEXT, "us-ofac") is Answer.FOUND
    assert answer(store, "Glass Works", NEXT, "us-ofac") is Answer.NOT_CHECKED
    put(store, snapshot_of("us-ofac", DAY, "b", part="consolidated"), [])
    assert answer(store, "Glass Works", NEXT, "us-ofac") is Answer.NOT_FOUND


def test_a_newer_version_of_one_part_says_nothing_of_the_other_part(store: Store) -> None:
    entry = company("ofac-1", "Lens Works", since=date(2020, 1, 1), list_id="us-ofac")
    put(store, snapshot_of("us-ofac", DAY, part="sdn"), [entry])
    put(store, snapshot_of("us-ofac", NEXT, "b", part="consolidated"), [])
    assert answer(store, "Lens Works", NEXT, "us-ofac") is Answer.FOUND


def test_coverage_is_that_of_the_part_that_can_tell_least(store: Store) -> None:
    put(store, snapshot_of("us-ofac", date(2025, 1, 1), part="sdn"), [])
    put(store, snapshot_of("us-ofac", DAY, "b", part="consolidated"), [])
    with store.reading() as connection:
        assert LoadedLists(connection).coverage("us-ofac", NEXT).basis is Basis.CARRIED


def test_a_register_has_no_listings_and_is_not_asked(store: Store) -> None:
    put(store, snapshot_of("gleif", DAY), [company("lei-1", "Lens Works", list_id="gleif")])
    assert ask(store, "Lens Works", NEXT, "gleif").listings == ()
    with store.reading() as connection:
        loaded_lists = LoadedLists(connection)
    assert "gleif" not in loaded_lists.listing_lists


def test_every_answer_names_a_list_once_and_in_the_order_asked(store: Store) -> None:
    asked = ask(store, "Lens Works", NEXT, "us-ofac", "un-sc")
    assert [each.list_id for each in asked.answers] == ["us-ofac", "un-sc"]
