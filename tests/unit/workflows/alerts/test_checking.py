"""Alerts of list changes: only what touches a party in use, once, with reason and citation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from store_tools import NOON, company, put, snapshot_of

from overzicht.dates import LegalDate, Period
from overzicht.entities import PartyQuery, Record
from overzicht.evidence import Answer
from overzicht.evidence.actor import Actor
from overzicht.store import decisions
from overzicht.store.alerts import EntryChange, UseKind, list_messages
from overzicht.store.database import Store
from overzicht.subjects.alerts.checking import check_alerts
from overzicht.subjects.alerts.settings import AlertSettings, set_alert_settings
from overzicht.subjects.lists.followers import CheckedVersion
from overzicht.subjects.register import organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.screening.lookup import party_lookup
from overzicht.subjects.screening.party_files import screen_file

OLD, NEW = date(2026, 10, 1), date(2026, 11, 1)
ACTOR = Actor(date(2026, 11, 25), "tester", NOON)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store in which a file of two customers is saved."""
    store = Store.open(tmp_path / "home", at=NOON)
    path = tmp_path / "customers.csv"
    path.write_text("id,name\nC1,Zhongxing Optical Instruments\nC2,Aurora Bakery\n", encoding="utf-8")
    screen_file(store, path, path.name, ACTOR, lambda _done, _total: None)
    yield store
    store.close()


def load(store: Store, *records: Record, day: date, digest: str, complete: bool = True) -> None:
    put(store, replace(snapshot_of("un-sc", day, digest), complete=complete), records)


def check(store: Store) -> CheckedVersion:
    (version,) = check_alerts(store, ACTOR)
    return version


OPTICAL = company("un-1", "Zhongxing Optical Instruments")
OTHER = company("un-2", "Completely Different Shipping")


def test_a_new_entry_gives_one_alert_with_task_reason_and_citation(store: Store) -> None:
    load(store, OTHER, day=OLD, digest="a")
    load(store, OTHER, OPTICAL, company("un-3", "Nobody Here"), day=NEW, digest="b")
    version = check(store)
    assert (version.before, version.day, version.added, version.changed) == (OLD, NEW, 2, 0)
    (alert,) = version.alerts
    assert (alert.use, alert.party) == (UseKind.CUSTOMER, "Zhongxing Optical Instruments")
    (entry,) = alert.entries
    assert (entry.change, entry.answer, entry.record_id) == (EntryChange.LISTED, Answer.FOUND, "un-1")
    assert entry.citation.snapshot == "b" * 64
    assert entry.citation.place == "entry un-1"
    assert entry.reasons
    assert "C1" in str(alert.about)
    with store.reading() as connection:
        task = decisions.get_task(connection, alert.task_id)
    assert "Zhongxing Optical Instruments is newly listed on" in task.title
    assert check_alerts(store, ACTOR) == ()  # the version is checked once


def test_a_removed_entry_cites_the_version_that_had_it(store: Store) -> None:
    load(store, OTHER, OPTICAL, day=OLD, digest="a")
    load(store, OTHER, day=NEW, digest="b")
    (alert,) = check(store).alerts
    (entry,) = alert.entries
    assert (entry.change, entry.answer) == (EntryChange.REMOVED, Answer.NOT_FOUND)
    assert entry.citation.snapshot == "a" * 64


def test_an_entry_that_ends_is_no_longer_listed(store: Store) -> None:
    (listing,) = OPTICAL.listings
    ended = replace(listing, period=Period(LegalDate(OLD), LegalDate(NEW)))
    load(store, OPTICAL, day=OLD, digest="a")
    load(store, replace(OPTICAL, listings=(ended,)), day=NEW, digest="b")
    (alert,) = check(store).alerts
    assert [entry.change for entry in alert.entries] == [EntryChange.REMOVED]


def test_a_changed_entry_names_the_changed_values(store: Store) -> None:
    load(store, OPTICAL, day=OLD, digest="a")
    load(store, company("un-1", "Zhongxing Optical Instruments", "ZOI Ltd"), day=NEW, digest="b")
    (alert,) = check(store).alerts
    (entry,) = alert.entries
    assert entry.change is EntryChange.CHANGED
    assert "added alias: ZOI Ltd" in str(entry.statement)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("Unrelated Fishing Fleet", "Zhongxing Optical Instruments", EntryChange.LISTED),
        ("Zhongxing Optical Instruments", "Unrelated Fishing Fleet", EntryChange.REMOVED),
    ],
)
def test_another_name_of_an_entry_decides_whether_it_touches(
    store: Store, before: str, after: str, change: EntryChange
) -> None:
    load(store, company("un-1", before), day=OLD, digest="a")
    load(store, company("un-1", after), day=NEW, digest="b")
    (alert,) = check(store).alerts
    assert [entry.change for entry in alert.entries] == [change]


def test_what_touches_nobody_gives_no_alert(store: Store) -> None:
    load(store, OPTICAL, day=OLD, digest="a")
    load(store, OPTICAL, OTHER, day=NEW, digest="b")
    version = check(store)
    assert (version.added, version.alerts) == (1, ())


def test_an_entry_that_may_be_a_party_in_use_gives_no_alert(store: Store) -> None:
    similar = company("un-1", "Zhongxing Optical Instrument Works")
    load(store, OTHER, day=OLD, digest="a")
    load(store, OTHER, similar, day=NEW, digest="b")
    with party_lookup(store) as lookup:
        (reply,) = lookup.ask([PartyQuery("", ("Zhongxing Optical Instruments",))], as_of=ACTOR.day)
    assert reply.possible
    assert not reply.listings
    assert check(store).alerts == ()


def test_a_brand_whose_maker_no_trace_shows_is_watched(store: Store, tmp_path: Path) -> None:
    begun = Actor(OLD, "tester", NOON)
    organisations.add_organisation(store, NewOrganisation("Gemeente Proef", "proef"), begun)
    path = tmp_path / "devices.csv"
    path.write_text("Nummer,Merk,Model,Aantal\nC-1,Sterrenkijk,X1,3\n", encoding="utf-8")
    view = importing.preview_import(store, path, ImportChoices("proef"), begun)
    importing.accept_import(store, view.import_.id, begun)
    load(store, OTHER, day=OLD, digest="a")
    load(store, OTHER, company("un-1", "Sterrenkijk"), day=NEW, digest="b")
    (alert,) = check(store).alerts
    assert (alert.use, alert.party) == (UseKind.MAKER, "Sterrenkijk")
    assert str(alert.about) == "Gemeente Proef, devices with the brand Sterrenkijk: 3"


def test_a_first_version_is_the_start_and_gives_no_alert(store: Store) -> None:
    load(store, OPTICAL, day=OLD, digest="a")
    version = check(store)
    assert (version.before, version.alerts) == (None, ())
    load(store, OTHER, day=NEW, digest="b")
    assert [alert.entries[0].change for alert in check(store).alerts] == [EntryChange.REMOVED]


def test_an_incomplete_version_shows_no_removal_and_no_addition(store: Store) -> None:
    load(store, OTHER, OPTICAL, day=OLD, digest="a")
    load(store, OTHER, day=NEW, digest="b", complete=False)
    assert check(store).alerts == ()
    load(store, OTHER, OPTICAL, day=NEW + timedelta(days=1), digest="c")
    assert check(store).alerts == ()


def test_versions_between_two_checks_are_compared_as_one_change(store: Store) -> None:
    load(store, OTHER, day=OLD, digest="a")
    check(store)
    load(store, OTHER, OPTICAL, day=OLD + timedelta(days=5), digest="b")
    load(store, OTHER, day=NEW, digest="c")
    assert check(store).alerts == ()


def test_messages_are_stored_with_the_alerts(store: Store) -> None:
    settings = AlertSettings(mail=("a@example.org", "b@example.org"), webhook="https://example.org/hook")
    set_alert_settings(store, settings, ACTOR)
    load(store, OTHER, day=OLD, digest="a")
    check(store)
    load(store, OPTICAL, day=NEW, digest="b")
    (alert,) = check(store).alerts
    with store.reading() as connection:
        messages = list_messages(connection)
    assert sorted((m.channel.value, m.target, m.alert_id) for m in messages) == [
        ("mail", "a@example.org", ""),
        ("mail", "b@example.org", ""),
        ("webhook", "https://example.org/hook", alert.id),
    ]


def test_one_file_that_is_saved_under_two_names_gives_an_alert_for_each(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.csv"
    copy.write_bytes((tmp_path / "customers.csv").read_bytes())
    screen_file(store, copy, copy.name, ACTOR, lambda _done, _total: None)
    load(store, OTHER, day=OLD, digest="a")
    load(store, OTHER, OPTICAL, day=NEW, digest="b")
    first, second = check(store).alerts
    assert first.id != second.id
