"""Parties as FollowTheMoney entities on a day: which data sets, who stands there, how they are found."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from followthemoney import model
from store_tools import NOON, company, put, snapshot_of

from overzicht import screening
from overzicht.entities import Band, PartyMatch, PartyQuery, Record, Statement
from overzicht.errors import UnknownNameError
from overzicht.evidence import Reason, Text, text
from overzicht.screening.engine import ScreeningEngine
from overzicht.store.database import Store
from overzicht.subjects.compat.parties.choose import counts, matches_filter
from overzicht.subjects.compat.parties.context import PartyFilter, PartyQueryContext
from overzicht.subjects.compat.parties.datasets import dataset_named, datasets_of
from overzicht.subjects.compat.parties.features import FEATURES, feature_of, features_of
from overzicht.subjects.compat.parties.find import (
    NoExampleError,
    example_of,
    match_parties,
    search_parties,
)
from overzicht.subjects.compat.parties.proxies import (
    entity_of,
    listed_record,
    sanctions_of,
    topics_of,
)
from overzicht.subjects.compat.parties.relations import RelationReader, links_of
from overzicht.subjects.compat.parties.state import PartyOnDay, parties_on
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.screening.merges import same_party_links
from overzicht.workflows.index import open_engine
from overzicht.workflows.starter import ensure_starter

FIRST, SECOND = date(2026, 1, 10), date(2026, 2, 27)
NOW = date(2026, 2, 28)
SINCE = date(2020, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def person(record_id: str, name: str, born: str, *more: Statement) -> Record:
    return replace(
        company(record_id, name, since=SINCE),
        schema="Person", statements=(Statement("name", name), Statement("birthDate", born), *more),
    )  # fmt: skip


def relation(record_id: str, schema: str, **ends: str) -> Record:
    statements = tuple(Statement(prop, value) for prop, value in ends.items())
    return Record(record_id, schema, statements, f"line {record_id}")


def party(store: Store, list_id: str, record_id: str, day: date = NOW) -> PartyOnDay | None:
    with store.reading() as connection:
        return parties_on(LoadedLists(connection), [(list_id, record_id)], day).get((list_id, record_id))


def sure(store: Store, list_id: str, record_id: str, day: date = NOW) -> PartyOnDay:
    found = party(store, list_id, record_id, day)
    assert found is not None
    return found


def names(store: Store) -> dict[str, tuple[str, ...]]:
    with store.reading() as connection:
        return {each.name: each.lists for each in datasets_of(LoadedLists(connection)).values()}


class TestDatasets:
    def test_an_empty_store_has_collections_of_nothing(self, store: Store) -> None:
        assert names(store) == {"default": (), "all": (), "sanctions": ()}

    def test_the_starter_listings_stand_in_while_nothing_is_loaded(self, store: Store) -> None:
        ensure_starter(store, actor="overzicht", at=NOON)
        found = names(store)
        assert found["default"] == found["all"]
        assert {"us-ofac", "eu-fsf"} <= set(found["default"])

    def test_a_list_that_is_not_loaded_takes_part_with_its_starter_facts(self, store: Store) -> None:
        ensure_starter(store, actor="overzicht", at=NOON)
        put(store, snapshot_of("un-sc", SECOND), [company("un-1", "Lens Works", since=SINCE)])
        found = names(store)
        assert {"un-sc", "us-ofac"} <= set(found["default"])
        assert found["default"] == found["all"]

    def test_a_register_is_asked_by_its_own_name_only(self, store: Store) -> None:
        put(store, snapshot_of("gleif", SECOND), [replace(company("gleif-1", "Lens Works"), listings=())])
        assert names(store) == {"default": (), "all": (), "sanctions": (), "gleif": ("gleif",)}

    def test_a_name_that_there_is_not(self, store: Store) -> None:
        with store.reading() as connection, pytest.raises(UnknownNameError):
            dataset_named(datasets_of(LoadedLists(connection)), "us-ofac")


class TestState:
    def test_who_was_taken_off_is_there_before_and_not_after(self, store: Store) -> None:
        both = [company("un-1", "Lens Works", since=SINCE), company("un-2", "Glass Works", since=SINCE)]
        put(store, snapshot_of("un-sc", FIRST, "a"), both)
        put(store, snapshot_of("un-sc", SECOND, "b"), both[:1])
        assert party(store, "un-sc", "un-2", date(2026, 2, 1)) is not None
        assert party(store, "un-sc", "un-2", SECOND) is None
        assert sure(store, "un-sc", "un-1").is_listed

    def test_who_comes_later_is_not_there_yet(self, store: Store) -> None:
        put(store, snapshot_of("un-sc", SECOND), [company("un-1", "Lens Works", since=date(2026, 2, 1))])
        assert party(store, "un-sc", "un-1", date(2026, 1, 31)) is None
        assert sure(store, "un-sc", "un-1", date(2026, 2, 1)).is_listed

    def test_who_may_have_been_there_is_told_as_unsure(self, store: Store) -> None:
        put(store, snapshot_of("un-sc", SECOND), [company("un-1", "Lens Works")])
        found = sure(store, "un-sc", "un-1", FIRST)
        assert found.is_unsure
        assert not found.is_listed
        assert topics_of(found) == ()
        assert entity_of(found)["target"] is False
        (sanction,) = sanctions_of(found)
        assert sanction["properties"]["status"][0].startswith("not checked")
        assert "startDate" not in sanction["properties"]

    def test_the_wording_is_that_of_the_day(self, store: Store) -> None:
        put(store, snapshot_of("un-sc", FIRST, "a"), [company("un-1", "Lens Works", since=SINCE)])
        put(store, snapshot_of("un-sc", SECOND, "b"), [company("un-1", "Lens Works Ltd", since=SINCE)])
        before, after = sure(store, "un-sc", "un-1", FIRST), sure(store, "un-sc", "un-1")
        assert (before.record.caption, after.record.caption) == ("Lens Works", "Lens Works Ltd")
        assert (after.first_seen, after.last_seen, after.last_change) == (FIRST, SECOND, SECOND)

    def test_a_record_without_listings_stands_where_the_version_of_the_day_has_it(self, store: Store) -> None:
        plain = [replace(company(each, each), listings=()) for each in ("ftm-1", "ftm-2")]
        put(store, snapshot_of("ftm", FIRST, "a"), plain)
        put(store, snapshot_of("ftm", SECOND, "b"), plain[:1])
        assert party(store, "ftm", "ftm-2") is None
        assert not sure(store, "ftm", "ftm-1").is_listed
        assert party(store, "ftm", "ftm-2", FIRST) is not None

    def test_a_record_of_another_list_is_none(self, store: Store) -> None:
        put(store, snapshot_of("un-sc", SECOND), [company("un-1", "Lens Works", since=SINCE)])
        assert party(store, "eu-fsf", "un-1") is None
        assert party(store, "un-sc", "nothing") is None


class TestProxies:
    def test_a_party_is_a_valid_entity_with_the_topic_of_what_its_list_does(self, store: Store) -> None:
        put(store, snapshot_of("un-sc", SECOND), [company("un-1", "Lens Works", "Lens", since=SINCE)])
        found = entity_of(sure(store, "un-sc", "un-1"), ["uk-9", "eu-1"])
        proxy = model.get_proxy(found)
        assert proxy.schema.name == "Company"
        assert proxy.get("topics") == ["sanction"]
        assert (found["caption"], found["datasets"], found["target"]) == ("Lens Works", ["un-sc"], True)
        assert found["referents"] == ["eu-1", "uk-9"]
        assert found["last_change"] == "2026-02-27T00:00:00"

    def test_a_listing_is_an_entity_with_a_stable_id(self, store: Store) -> None:
        put(store, snapshot_of("un-sc", SECOND), [company("un-1", "Lens Works", since=SINCE)])
        (one,) = sanctions_of(sure(store, "un-sc", "un-1"))
        (again,) = sanctions_of(sure(store, "un-sc", "un-1", SECOND))
        assert one["id"] == again["id"]
        assert listed_record(one["id"]) == "un-1"
        assert one["properties"]["entity"] == ["un-1"]
        assert one["properties"]["startDate"] == ["2020-01-01"]
        assert model.get_proxy(one).schema.name == "Sanction"

    def test_other_ids_are_of_no_listing(self) -> None:
        assert listed_record("un-1") == ""
        assert listed_record("un-1-listing-abc") == ""


@pytest.fixture(scope="module")
def engine_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, ScreeningEngine]]:
    store = Store.open(tmp_path_factory.mktemp("found"))
    put(
        store,
        snapshot_of("un-sc", SECOND),
        [
            company("un-1", "Bluefern Optics", since=SINCE),
            company("un-2", "Bluefern Marine Shipping", since=SINCE),
            person("un-3", "Mara Quillbrook", "1961-04-05", Statement("country", "fr")),
            replace(company("un-4", "Quillbrook"), statements=(Statement("name", "Quillbrook"),
                    Statement("registrationNumber", "KX-4711"), Statement("programId", "UN-X"))),
        ],
    )  # fmt: skip
    yield store, open_engine(store)
    store.close()


@pytest.fixture
def context(engine_home: tuple[Store, ScreeningEngine]) -> Iterator[PartyQueryContext]:
    store, engine = engine_home
    with store.reading() as connection:
        yield PartyQueryContext(connection, LoadedLists(connection), engine, NOW)


WISH = PartyFilter(("un-sc",))


class TestMatching:
    def test_examples_go_as_one_batch_and_come_back_in_order(self, context: PartyQueryContext) -> None:
        asked = [
            example_of("a", "Company", {"name": ["Bluefern Optics"]}),
            example_of("b", "Company", {"name": ["Nobody at all"]}),
            example_of("c", "Person", {"firstName": ["Mara"], "lastName": ["Quillbrook"]}),
        ]
        first, none, third = match_parties(context, asked, WISH, threshold=None, cutoff=0.5)
        assert [each.party.record.id for each in first] == ["un-1"]
        assert none == []
        assert [each.party.record.id for each in third] == ["un-3"]

    def test_a_number_finds_its_party_and_a_programme_finds_nobody(self, context: PartyQueryContext) -> None:
        number = example_of("a", "Company", {"registrationNumber": ["KX-4711"]})
        programme = example_of("b", "Company", {"programId": ["UN-X"]})
        found, none = match_parties(context, [number, programme], WISH, threshold=None, cutoff=0.5)
        assert [(each.party.record.id, each.match.band) for each in found] == [("un-4", Band.MATCH)]
        assert none == []

    def test_a_birth_date_counts(self, context: PartyQueryContext) -> None:
        same = example_of("a", "Person", {"name": ["Mara Quillbrook"], "birthDate": ["1961-04-05"]})
        other = example_of("b", "Person", {"name": ["Mara Quillbrook"], "birthDate": ["1990-01-01"]})
        one, two = match_parties(context, [same, other], WISH, threshold=None, cutoff=0.0)
        assert one[0].match.score > two[0].match.score
        assert features_of(same.query, one[0].match)["birth_date"].score == 1.0
        assert features_of(other.query, two[0].match)["birth_date"].score == -1.0

    def test_a_country_moves_no_score(self, context: PartyQueryContext) -> None:
        scores = set()
        for country in ("cn", "fr", "nl"):
            asked = example_of("a", "Person", {"name": ["Mara Quillbrook"], "nationality": [country]})
            (found,) = match_parties(context, [asked], WISH, threshold=None, cutoff=0.0)
            scores.add(found[0].match.score)
        assert len(scores) == 1

    @pytest.mark.parametrize(
        "party_filter",
        [
            replace(WISH, without_ids=("un-1",)),
            replace(WISH, without_schemata=("Company",)),
            replace(WISH, topics=("role.pep",)),
            replace(WISH, changed_since=date(2026, 3, 1)),
            replace(WISH, is_listed=False),
            replace(WISH, lists=()),
        ],
    )
    def test_who_is_left_out_is_not_found(
        self, context: PartyQueryContext, party_filter: PartyFilter
    ) -> None:
        asked = [example_of("a", "Company", {"name": ["Bluefern Optics"]})]
        assert match_parties(context, asked, party_filter, threshold=None, cutoff=0.5) == [[]]

    def test_a_person_is_no_company(self, context: PartyQueryContext) -> None:
        asked = [example_of("a", "Company", {"name": ["Mara Quillbrook"]})]
        (found,) = match_parties(context, asked, WISH, threshold=None, cutoff=0.0)
        assert "un-3" not in {each.party.record.id for each in found}

    @pytest.mark.parametrize(
        ("schema", "properties"),
        [("Nothing", {}), ("Document", {"name": ["x"]}), ("Company", {"birthDate": ["1960"]})],
    )
    def test_an_example_that_cannot_be(self, schema: str, properties: dict[str, list[str]]) -> None:
        with pytest.raises(NoExampleError):
            example_of("a", schema, properties)


class TestFeatures:
    def test_each_reason_of_the_engine_has_a_feature(self, context: PartyQueryContext) -> None:
        asked = [
            example_of(
                "a", "Company", {"name": ["Bluefern Optiks GmbH 7"], "registrationNumber": ["KX-4711"]}
            ),
            example_of("b", "Person", {"name": ["M. Quilbrook"], "birthDate": ["1990"]}),
        ]
        found = match_parties(context, asked, WISH, threshold=None, cutoff=0.0)
        seen = {
            name
            for example, scored in zip(asked, found, strict=True)
            for each in scored
            for name in features_of(example.query, each.match)
        }
        assert (
            {"name", "identifier", "changed_words", "unmatched_words", "birth_date"} <= seen <= set(FEATURES)
        )

    def test_no_reason_that_the_engine_can_give_is_without_a_feature(self) -> None:
        """Some reasons need entries that few lists have, so the sources are read for them."""
        calls = (
            node
            for path in Path(screening.__file__).parent.rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"
        )
        sentences = {str(ast.literal_eval(call.args[0])) for call in calls}
        assert len(sentences) > 25
        assert {feature_of(Reason(Text(sentence))) for sentence in sentences} == set(FEATURES)

    def test_a_reason_of_another_engine_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            feature_of(Reason(text("because")))

    def test_the_name_has_the_score_of_the_match(self) -> None:
        reason = Reason(text("the name {ours} and the listed name {theirs}", ours="A", theirs="B"))
        match = PartyMatch("q", "r", "un-sc", 0.81, "B", (reason,))
        found = features_of(PartyQuery("q", ("A",)), match)["name"]
        assert (found.score, found.query, found.candidate) == (0.81, "A", "B")


class TestSearch:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("bluefern", {"un-1", "un-2"}),
            ("un-3", {"un-3"}),
            ("KX-4711", {"un-4"}),
            ("", {"un-1", "un-2", "un-3", "un-4"}),
            ("nothing there", set()),
        ],
    )
    def test_words_numbers_and_ids(self, context: PartyQueryContext, asked: str, found: set[str]) -> None:
        searched = search_parties(context, asked, WISH)
        assert {each.record.id for each in searched.parties} == found
        assert searched.is_whole

    def test_the_last_word_may_be_unfinished_where_somebody_types(self, context: PartyQueryContext) -> None:
        assert search_parties(context, "bluef", WISH).parties == ()
        assert len(search_parties(context, "bluef", WISH, is_prefix=True).parties) == 2

    def test_filters_and_counts(self, context: PartyQueryContext) -> None:
        everybody = search_parties(context, "", WISH).parties
        assert counts(everybody, "schema") == [("Company", 3), ("Person", 1)]
        assert counts(everybody, "countries") == [("fr", 1)]
        french = replace(WISH, countries=("fr", "de"))
        assert [each.record.id for each in everybody if matches_filter(each, french)] == ["un-3"]
        assert not any(matches_filter(each, replace(french, all_of=True)) for each in everybody)
        born = replace(WISH, values=(("birthDate", "1961-04-05"),), schema="LegalEntity")
        assert [each.record.id for each in search_parties(context, "", born).parties] == ["un-3"]


class TestRelations:
    def test_both_directions_and_what_stands_between(self, store: Store) -> None:
        held = [
            replace(company("ftm-a", "Owner Works"), listings=()),
            replace(company("ftm-b", "Owned Works"), listings=()),
            person("ftm-c", "Mara Quillbrook", "1961"),
            relation("ftm-own", "Ownership", owner="ftm-a", asset="ftm-b", percentage="60"),
            relation("ftm-dir", "Directorship", director="ftm-c", organization="ftm-b"),
        ]
        put(store, snapshot_of("ftm", SECOND), held)
        with store.reading() as connection:
            loaded_lists = LoadedLists(connection)
            links = links_of(connection)
            around = RelationReader(
                connection,
                loaded_lists,
                links,
                same_party_links(connection, NOW, loaded_lists.listing_lists),
                NOW,
            )
            found = around.of(sure(store, "ftm", "ftm-b"))
            assert set(found) == {"ownershipAsset", "directorshipOrganization"}
            (stake,) = found["ownershipAsset"]
            assert stake["properties"]["owner"][0]["caption"] == "Owner Works"
            assert stake["properties"]["asset"] == ["ftm-b"]  # the one it was reached from stands by its id
            assert set(around.of(sure(store, "ftm", "ftm-a"))) == {"ownershipOwner"}

    def test_a_shared_number_shows_the_same_party(self, store: Store) -> None:
        code = Statement("leiCode", "5493001KJTIIGC8Y1R12")
        for list_id, record_id in (("un-sc", "un-1"), ("eu-fsf", "eu-1")):
            one = company(record_id, "Lens Works", since=SINCE, list_id=list_id)
            put(
                store,
                snapshot_of(list_id, SECOND, list_id[0]),
                [replace(one, statements=(*one.statements, code))],
            )
        with store.reading() as connection:
            loaded_lists = LoadedLists(connection)
            around = RelationReader(
                connection,
                loaded_lists,
                {},
                same_party_links(connection, NOW, loaded_lists.listing_lists),
                NOW,
            )
            assert around.same_as(sure(store, "un-sc", "un-1")) == ("eu-1",)
