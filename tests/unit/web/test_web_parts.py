"""Small parts: language, day, rates, names of files, the names of what comes next."""

from datetime import date
from itertools import count
from pathlib import Path

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st
from store_tools import NOON, company, put, snapshot_of

from overzicht.evidence.actor import Actor
from overzicht.reports.i18n import Language, words_for
from overzicht.store.database import Store
from overzicht.store.register.organisations import ids_above
from overzicht.subjects.control_list.classification.options import OPTIONS
from overzicht.subjects.control_list.classification.vocabulary import vocabulary
from overzicht.subjects.register.organisations import NewOrganisation, add_organisation
from overzicht.web.asof import as_of
from overzicht.web.clock import today
from overzicht.web.language import language_of
from overzicht.web.limits import Limits, LoginAttempt, RateLimitError
from overzicht.web.page import View, view_of
from overzicht.web.paging import Paging
from overzicht.web.response_cache import ResponseCache
from overzicht.web.uploads import harmless


def request(query: str = "", **headers: str) -> Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {
            "type": "http", "method": "GET", "path": "/makers", "query_string": query.encode(),
            "headers": sent, "scheme": "http", "server": ("127.0.0.1", 80),
        }
    )  # fmt: skip


def view(query: str = "", **headers: str) -> View:
    return view_of(request(query, **headers))


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", Language.EN),
        ("nl", Language.NL),
        ("nl-BE,fr;q=0.9", Language.NL),
        ("de, nl;q=0.5, en;q=0.8", Language.EN),
        ("nl;q=0, en;q=0.1", Language.EN),
        ("nl;q=zero", Language.EN),
        ("fr", Language.EN),
    ],
)
def test_the_language_that_a_browser_wants_most(asked: str, language: Language) -> None:
    assert language_of(request(accept_language=asked)) is language


def test_a_chosen_language_goes_before_what_the_browser_wants() -> None:
    assert language_of(request("lang=nl", accept_language="en")) is Language.NL
    assert language_of(request(accept_language="en", cookie="overzicht-lang=nl")) is Language.NL
    assert language_of(request("lang=xx", accept_language="nl")) is Language.NL


def test_the_day_of_the_address_goes_before_the_one_that_was_kept() -> None:
    kept = "overzicht-as-of=2020-01-01"
    assert as_of(request("as-of=2021-03-22", cookie=kept)).day == date(2021, 3, 22)
    assert as_of(request(cookie=kept)).day == date(2020, 1, 1)
    assert not as_of(request("as-of=today", cookie=kept)).chosen


@pytest.mark.parametrize("given", ["0001-01-01", "9999-12-31", "2021-02-30", "gisteren", "", "2021"])
def test_what_is_no_likely_day_counts_as_today(given: str) -> None:
    found = as_of(request(f"as-of={given}"))
    assert (found.day, found.chosen) == (today(), False)


def test_links_carry_the_chosen_day_and_no_other() -> None:
    assert view("as-of=2021-03-22&q=a").link("/lists", page=2) == "/lists?page=2&as-of=2021-03-22"
    assert view("q=a").link("/lists") == "/lists"
    assert view("q=a%26b&page=3&lang=nl").with_query(page=4) == "/makers?q=a%26b&page=4"
    assert view("q=a&page=3").with_query(page=None, as_of="today") == "/makers?q=a&as-of=today"


def test_a_rate_is_held_per_asker() -> None:
    limits = Limits("2/minute")
    limits.note_request("a")
    limits.note_request("a")
    with pytest.raises(RateLimitError) as caught:
        limits.note_request("a")
    assert 0 < int(caught.value.headers["Retry-After"]) <= 60
    limits.note_request("b")


def test_a_network_of_many_addresses_counts_as_one() -> None:
    limits = Limits("")
    for number in range(5):
        limits.note_login(LoginAttempt(f"2001:db8::{number:x}:1", "mia"))
    with pytest.raises(RateLimitError):
        limits.note_login(LoginAttempt("2001:db8::ffff:9", "mia"))
    limits.note_login(LoginAttempt("2001:db8:0:1::1", "mia"))
    for number in range(1, 7):
        limits.note_login(LoginAttempt(f"::ffff:192.0.2.{number}", "mia"))


def test_guessing_a_password_is_slowed_down_for_names_that_exist_and_others_alike() -> None:
    limits = Limits("")
    for _ in range(5):
        limits.note_login(LoginAttempt("192.0.2.1", "mia"))
    with pytest.raises(RateLimitError):
        limits.note_login(LoginAttempt("192.0.2.1", "mia"))
    limits.note_login(LoginAttempt("192.0.2.2", "mia"))  # elsewhere she can still come in
    limits.note_login(LoginAttempt("192.0.2.1", "mia", device="known"))
    limits.note_login(LoginAttempt("192.0.2.1", "mia", unlocked_at="2026-11-25T12:00:00+00:00"))
    for number in range(23):
        limits.note_login(LoginAttempt("192.0.2.1", f"name {number}"))
    with pytest.raises(RateLimitError):
        limits.note_login(LoginAttempt("192.0.2.1", "one more"))


@given(st.text())
def test_no_name_of_a_file_leads_out_of_its_folder(name: str) -> None:
    found = harmless(name)
    assert "/" not in found
    assert "\\" not in found
    assert not found.startswith(".")
    assert len(found) <= 150


def test_a_good_name_of_a_file_stays() -> None:
    assert harmless("apparatuur 2026 (oud).xlsx") == "apparatuur 2026 (oud).xlsx"
    assert harmless("C:\\Users\\mia\\camera's.csv") == "camera_s.csv"
    assert harmless("..") == ""


@given(st.integers(1, 50), st.integers(1, 200), st.integers(0, 500))
def test_pages_hold_everything_once(page: int, size: int, total: int) -> None:
    everything = list(range(total))
    cut = Paging(page, size).cut(everything)
    assert cut.items == everything[(page - 1) * size : page * size]
    assert (cut.next_page is not None) == (page * size < total)


def test_an_answer_is_remembered_until_the_lists_change(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    cache, made = ResponseCache(store), count(1)
    assert [cache.get("a", lambda: next(made)) for _ in range(3)] == [1, 1, 1]
    assert cache.get("b", lambda: next(made)) == 2
    put(store, snapshot_of("un-sc", date(2021, 3, 12)), [company("u1", "Een BV")])
    assert cache.get("a", lambda: next(made)) == 3
    store.close()


def test_a_grant_holds_for_all_below_an_organisation(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    act = Actor(day=date(2020, 1, 1), name="mia", at=NOON)
    for name, parent in [("Provincie", ""), ("Gemeente", "provincie"), ("Dienst", "gemeente")]:
        add_organisation(store, NewOrganisation(name=name, parent=parent), act)
    with store.reading() as connection:
        above = {
            name: ids_above(connection, name, NOON.date()) for name in ("dienst", "provincie", "nowhere", "")
        }
    assert above == {"dienst": ("gemeente", "provincie"), "provincie": (), "nowhere": (), "": ()}
    store.close()


def test_every_option_of_a_fact_has_its_words_in_both_languages() -> None:
    options = {value for spec in vocabulary().facts.values() for value in spec.values}
    assert options == set(OPTIONS)
    english, dutch = words_for("en"), words_for("nl")
    assert not [value for value, says in OPTIONS.items() if english.say(says) == dutch.say(says)]
