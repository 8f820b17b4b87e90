"""Laws of the engine as its callers use it: batches, aliases, word order, days, and what never counts."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_tools import company, put, snapshot_of

from overzicht.entities import PartyMatch, PartyQuery, Record, Statement
from overzicht.evidence import Answer
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty
from overzicht.store.database import Store
from overzicht.subjects.screening.lookup import ask_lists
from overzicht.workflows.index import open_engine

DAY = date(2026, 1, 1)
COMMON = ("trading", "international", "ali", "company")
RARE = ("arvo", "beltane", "corvin", "dusmar", "eldren", "fanzul", "gortham", "hildemar", "jorvik")
NAME = st.lists(st.sampled_from((*RARE, *COMMON)), min_size=1, max_size=4, unique=True).map(" ".join)
PERSON = st.lists(st.sampled_from(RARE), min_size=2, max_size=4, unique=True)
SCHEMA = st.sampled_from(["Person", "Company", "LegalEntity"])
ASKED = st.lists(st.tuples(NAME, SCHEMA), min_size=1, max_size=8)
MOST_BY_ORDER = 0.2  # what the order of a person's words may cost
LISTED = [
    IndexedParty("p-1", "Person", ("Corvin Beltane", "Beltane C."), "list-a", birth_dates=("1961-04-02",)),
    IndexedParty("p-2", "Person", ("Gortham Arvo",), "list-b", weak_names=("Arvo Ali",)),
    IndexedParty("c-1", "Company", ("Eldren Trading International",), "list-a"),
    IndexedParty("c-2", "Company", ("Jorvik Hildemar Company", "Jorvik Trading"), "list-b"),
]
ENGINE = ScreeningEngine.of(LISTED)


def told(matches: list[PartyMatch]) -> list[tuple[object, ...]]:
    """Return all that a query is told, but for its own id."""
    reasons = [[(str(reason.text), reason.against) for reason in match.reasons] for match in matches]
    return [
        (match.list_id, match.record_id, match.score, match.matched_on, why)
        for match, why in zip(matches, reasons, strict=True)
    ]


def queries(asked: list[tuple[str, str]]) -> list[PartyQuery]:
    return [PartyQuery(str(k), (name,), schema) for k, (name, schema) in enumerate(asked)]


@settings(max_examples=60)
@given(ASKED)
def test_a_batch_is_told_what_each_of_it_is_told_alone(asked: list[tuple[str, str]]) -> None:
    together = ENGINE.match(queries(asked), as_of=DAY, threshold=0.0)
    alone = [ENGINE.match([query], as_of=DAY, threshold=0.0)[0] for query in queries(asked)]
    assert together == alone
    ids, scores = ENGINE.best([name for name, _ in asked], [schema for _, schema in asked])
    for k, (name, schema) in enumerate(asked):
        one_ids, one_scores = ENGINE.best([name], [schema])
        assert (ids[k], scores[k].tolist()) == (one_ids[0], one_scores[0].tolist())


@settings(max_examples=60)
@given(ASKED, st.randoms())
def test_the_order_of_a_batch_counts_for_nothing(asked: list[tuple[str, str]], random: object) -> None:
    order = list(range(len(asked)))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight = ENGINE.match(queries(asked), as_of=DAY, threshold=0.0)
    mixed = ENGINE.match([queries(asked)[k] for k in order], as_of=DAY, threshold=0.0)
    assert [told(mixed[order.index(k)]) for k in range(len(asked))] == [told(each) for each in straight]


@settings(max_examples=150)
@given(NAME, NAME, st.lists(NAME, min_size=1, max_size=3), SCHEMA)
def test_another_alias_never_lowers_what_a_party_scores(
    asked: str, name: str, aliases: list[str], schema: str
) -> None:
    def score(*names: str) -> float:
        engine = ScreeningEngine.of([*LISTED, IndexedParty("own", "LegalEntity", names, "list-c")])
        (matches,) = engine.match([PartyQuery("q", (asked,), schema)], as_of=DAY, threshold=0.0)
        return max((match.score for match in matches if match.record_id == "own"), default=0.0)

    assert score(name, *aliases) >= score(name)


@settings(max_examples=100)
@given(PERSON, st.randoms())
def test_the_order_of_a_persons_words_finds_the_same_person_nearly_as_surely(
    words: list[str], random: object
) -> None:
    mixed = list(words)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    others = [party for party in LISTED if set(party.names[0].casefold().split()) != set(words)]
    engine = ScreeningEngine.of([*others, IndexedParty("own", "Person", (" ".join(words),), "list-c")])
    straight, other = engine.match(
        [PartyQuery("a", (" ".join(words),), "Person"), PartyQuery("b", (" ".join(mixed),), "Person")],
        as_of=DAY,
    )
    assert (straight[0].record_id, other[0].record_id) == ("own", "own")
    assert other[0].score >= straight[0].score - MOST_BY_ORDER


@settings(max_examples=40)
@given(NAME, SCHEMA, st.dates(), st.dates())
def test_the_engine_itself_looks_at_no_day(name: str, schema: str, one: date, other: date) -> None:
    query = PartyQuery("q", (name,), schema)
    assert ENGINE.match([query], as_of=one) == ENGINE.match([query], as_of=other)


# Through the store


STARTS = [date(2020, 1, 1) + timedelta(days=200 * k) for k in range(8)]
PLACES = [
    ("country", "cn"),
    ("country", "nl"),
    ("nationality", "ru"),
    ("jurisdiction", "ir"),
    ("address", "Hangzhou"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Yield a store of parties that were listed one after the other, two of each name in different places."""
    opened = Store.open(tmp_path_factory.mktemp("laws"))
    held = [company(f"d-{k}", f"Tarrowmere {word}", since=STARTS[k]) for k, word in enumerate(RARE[:8])]
    named = Statement("name", "Ulvenstade Shipping")
    placed = [
        Record(f"place-{k}", "Company", (named, Statement(*place)), "-", ()) for k, place in enumerate(PLACES)
    ]
    put(opened, snapshot_of("un-sc", date(2026, 11, 1), "a"), [*held, *placed])
    yield opened
    opened.close()


@settings(max_examples=40)
@given(st.integers(0, 7), st.dates(date(2019, 1, 1), date(2026, 11, 1)))
def test_no_day_sees_a_listing_that_begins_later(store: Store, number: int, day: date) -> None:
    query = PartyQuery("q", (f"Tarrowmere {RARE[number]}",), "Company")
    (asked,) = ask_lists(store, [query], as_of=day, lists=("un-sc",))
    in_force = [found for found in asked.listings if found.state.answer is Answer.FOUND]
    assert all(found.state.since.day <= day for found in in_force)
    assert (f"d-{number}" in {found.state.record.id for found in in_force}) == (STARTS[number] <= day)
    if STARTS[number] > day:
        own = [found for found in asked.listings if found.state.record.id == f"d-{number}"]
        assert all(found.state.answer is not Answer.FOUND for found in own)


@settings(max_examples=20)
@given(st.sampled_from(["Ulvenstade Shipping", "Ulvenstad Shiping", "Shipping Ulvenstade", "Ulvenstade"]))
def test_country_and_nationality_never_move_a_score(store: Store, name: str) -> None:
    (matches,) = open_engine(store).match([PartyQuery("q", (name,), "Company")], as_of=DAY, threshold=0.0)
    own = [match for match in matches if match.record_id.startswith("place-")]
    assert len(own) == len(PLACES)
    assert len({(match.score, match.matched_on, match.reasons) for match in own}) == 1
