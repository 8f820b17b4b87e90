"""Parties of a use on the Union's lists of a day: listed, not listed, and not told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from law_tools import use_of, weigh_use
from store_tools import company, put, snapshot_of

from overzicht.entities import Record
from overzicht.evidence import Answer
from overzicht.store.database import Store
from overzicht.subjects.diligence.law_parties import party_findings
from overzicht.subjects.diligence.use_assessment import InstrumentWeighing, Outcome

SINCE = date(2021, 3, 22)
NAME = "Bureau of Invented Security"
REGIME = "eu-human-rights-sanctions"


def listed(record_id: str, name: str, programme: str = "HR") -> Record:
    record = company(record_id, name, since=SINCE, list_id="eu-fsf")
    return replace(record, listings=(replace(record.listings[0], programme=programme),))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store.open(Path(tmp_path_factory.mktemp("law")))
    before = [listed("eu-fsf-9", "Somebody Else Entirely", "SYR")]
    after = [*before, listed("eu-fsf-1", NAME), listed("eu-fsf-2", "Verlinski Parsian")]
    put(made, snapshot_of("eu-fsf", date(2021, 3, 12), "a"), before)
    put(made, snapshot_of("eu-fsf", date(2021, 3, 30), "b"), after)
    yield made
    made.close()


def weighed(store: Store | None, day: date, *names: str, owner: str = "") -> InstrumentWeighing:
    owners = [{"name": owner, "percent": 60}] if owner else []
    parties = [{"name": name, "owners": owners} for name in names]
    return weigh_use(use_of({"act": "buy", "parties": parties}), day, store).of(REGIME)


def test_listed_on_the_day_and_not_the_day_before(store: Store) -> None:
    on = weighed(store, SINCE, NAME)
    assert on.outcome is Outcome.PROHIBITED
    assert any(cited.snapshot for cited in on.citations)
    before = weighed(store, date(2021, 3, 21), NAME)
    assert before.outcome is Outcome.UNKNOWN  # not listed, but who owns it is not described
    assert f"{NAME} is not listed on the Union's list for human rights" in " ".join(
        str(reason.text) for reason in before.findings[0].reasons
    )


def test_owned_by_a_listed_party_that_the_list_names(store: Store) -> None:
    found = weighed(store, date(2021, 3, 25), "Buyer of Cameras", owner=NAME)
    assert found.outcome is Outcome.PROHIBITED
    assert "is owned by listed parties" in str(found.statement)


def test_another_regime_is_told_and_does_not_count(store: Store) -> None:
    found = weighed(store, date(2021, 3, 25), "Somebody Else Entirely")
    assert found.outcome is Outcome.UNKNOWN
    assert any("under another regime (SYR)" in str(r.text) for r in found.findings[0].reasons)


def test_a_party_that_is_possibly_listed_is_not_checked_and_never_said_to_be_unlisted(store: Store) -> None:
    found = weighed(store, date(2021, 3, 25), "Verlinski")
    assert found.outcome is Outcome.UNKNOWN
    assert "Verlinski resembles Verlinski Parsian" in str(found.findings[0].statement)
    assert found.findings[0].answer is Answer.NOT_CHECKED


def test_a_day_that_no_version_can_tell_is_not_checked(store: Store) -> None:
    found = weighed(store, date(2024, 1, 1), "Nobody Known At All")
    assert found.outcome is Outcome.UNKNOWN
    assert "no loaded list of the Union covers this date" in str(found.statement)


def test_without_a_store_nothing_is_asked() -> None:
    found = weighed(None, SINCE, NAME)
    assert found.outcome is Outcome.UNKNOWN
    assert "not checked against a list" in str(found.statement)


def test_the_actor_is_looked_up_too(store: Store) -> None:
    use = use_of({"act": "supply", "actor": {"name": NAME, "kind": "enterprise", "country": "NL"}})
    ((first, *_),) = party_findings([use], SINCE, store)
    assert (first.subject, first.answer) == (NAME, Answer.FOUND)
    assert weigh_use(use, SINCE, store).of(REGIME).outcome is Outcome.PROHIBITED


def test_owners_that_a_maker_card_states_are_looked_up(tmp_path: Path) -> None:
    owner = "China Electronics Technology HIK Group Co., Ltd."
    made = Store.open(tmp_path)
    put(made, snapshot_of("eu-fsf", date(2021, 3, 30), "c"), [listed("eu-fsf-2", owner)])
    found = weighed(made, date(2021, 3, 31), "Hikvision")
    said = [str(reason.text) for reason in found.findings[0].reasons]
    assert found.outcome is Outcome.UNKNOWN  # it holds less than half, and the rest is not all known
    assert any(f"{owner}, which is listed, holds" in each and "Hikvision" in each for each in said)
    assert len(said) == len(set(said))
    made.close()


def test_findings_come_per_use_in_order(store: Store) -> None:
    uses = [use_of({"act": "buy", "parties": [{"name": name}]}) for name in (NAME, "Nobody Known At All")]
    first, second = party_findings(uses, SINCE, store)
    assert {one.subject for one in first} >= {NAME}
    assert NAME not in {one.subject for one in second}
