"""Laws of classification over any product: an unknown never decides, an irrelevant fact never counts."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.subjects.control_list.classification.classify import classify
from overzicht.subjects.control_list.classification.item import Item, read_item
from overzicht.subjects.control_list.classification.result import Classification, ConditionResult
from overzicht.subjects.control_list.classification.rules import ListDay, rule_set
from overzicht.subjects.control_list.classification.vocabulary import FactKind, vocabulary

DAY = ListDay(date(2025, 11, 15), "2025-11-15")
SOURCE = {"s": {"title": "sheet", "address": "https://example.org/"}}
DERIVED_FROM = {
    n for spec in vocabulary().facts.values() if spec.derived for p in spec.derived.pairs for n in p
}
ORDERED = {name for order in vocabulary().orders for name in (order.low, order.high)}
NAMES = sorted(set(vocabulary().facts) - DERIVED_FROM - ORDERED)  # so that no two can contradict each other


def _value(name: str) -> st.SearchStrategy[dict[str, Any]]:
    spec = vocabulary().facts[name]
    match spec.kind:
        case FactKind.YES_NO:
            return st.booleans().map(lambda value: {"value": value})
        case FactKind.QUANTITY:
            numbers = st.decimals(Decimal(0), Decimal(100_000), places=2)
            return numbers.map(lambda value: {"value": str(value), "unit": spec.unit})
        case FactKind.CHOICE:
            return st.sampled_from(spec.values).map(lambda value: {"value": value})
        case FactKind.CHOICES:
            return st.lists(st.sampled_from(spec.values), min_size=1, unique=True).map(
                lambda value: {"value": value}
            )
        case FactKind.CODES:
            codes = st.sampled_from(["4A005", "4D004", "5A001.f", "5A004.b", "5D001.a", "7A003"])
            return st.lists(codes, min_size=1, unique=True).map(lambda value: {"value": value})


FACTS = st.lists(st.sampled_from(NAMES), unique=True, max_size=40).flatmap(
    lambda names: st.fixed_dictionaries({name: _value(name) for name in names})
)
FUNCTIONS = st.lists(st.sampled_from(sorted(vocabulary().functions)), min_size=1, max_size=3, unique=True)


def _item(functions: list[str], facts: dict[str, dict[str, Any]]) -> Item:
    stated = [{"fact": name, "source": "s", **value} for name, value in facts.items()]
    return read_item(
        {"id": "x", "name": "X", "functions": functions, "sources": SOURCE, "facts": stated}, "x.yaml"
    )


def _answers(found: Classification) -> dict[str, ConditionResult]:
    return {result.path: result.met for result in found.results}


@settings(max_examples=60)
@given(FUNCTIONS, FACTS, st.sampled_from(NAMES).flatmap(lambda n: st.tuples(st.just(n), _value(n))))
def test_what_is_decided_stays_so_when_an_unknown_becomes_known(
    functions: list[str], facts: dict[str, dict[str, Any]], more: tuple[str, dict[str, Any]]
) -> None:
    """Nothing is decided on an unknown: a further fact may settle what was open, and turn nothing round."""
    before = _answers(classify(_item(functions, facts), DAY, None))
    after = _answers(classify(_item(functions, {more[0]: more[1], **facts}), DAY, None))
    assert {p: m for p, m in before.items() if m is not ConditionResult.UNKNOWN and after[p] is not m} == {}


@settings(max_examples=60)
@given(FUNCTIONS, FACTS)
def test_an_unknown_names_what_is_missing_and_what_is_settled_names_nothing(
    functions: list[str], facts: dict[str, dict[str, Any]]
) -> None:
    for result in classify(_item(functions, facts), DAY, None).results:
        assert bool(result.missing) == (result.met is ConditionResult.UNKNOWN)
        assert set(result.missing).isdisjoint(facts)


@settings(max_examples=60)
@given(FUNCTIONS, FACTS, st.text("abcdefghij._", min_size=3, max_size=12), st.integers())
def test_a_fact_that_no_rule_asks_for_changes_no_answer(
    functions: list[str], facts: dict[str, dict[str, Any]], name: str, value: int
) -> None:
    strange = {f"zz.{name}": {"value": value}}
    plain = classify(_item(functions, facts), DAY, None)
    with_it = classify(_item(functions, {**facts, **strange}), DAY, None)
    assert plain.results == with_it.results
    assert plain.routes == with_it.routes


@settings(max_examples=60)
@given(FUNCTIONS, FACTS)
def test_a_fact_that_a_provision_does_not_ask_for_changes_nothing_there(
    functions: list[str], facts: dict[str, dict[str, Any]]
) -> None:
    rules = rule_set()
    whole = _answers(classify(_item(functions, facts), DAY, None))
    for path in whole:
        asked = _asked(path)
        part = {name: value for name, value in facts.items() if name in asked}
        assert _answers(classify(_item(functions, part), DAY, None))[path] is whole[path]
    assert set(whole) <= set(rules.provisions)


def _asked(path: Any) -> set[str]:
    rules = rule_set()
    nodes = list(rules.nodes(rules.provisions[path]))
    inner = [name for node in nodes if node.provision for name in _asked(node.provision)]
    return {node.fact for node in nodes if node.fact} | set(inner)


@settings(max_examples=40)
@given(FUNCTIONS, FACTS)
def test_the_order_of_facts_does_not_matter(functions: list[str], facts: dict[str, dict[str, Any]]) -> None:
    backwards = dict(reversed(list(facts.items())))
    assert classify(_item(functions, facts), DAY, None) == classify(_item(functions, backwards), DAY, None)


def test_a_product_of_which_nothing_is_known_has_no_settled_provision() -> None:
    found = classify(_item(sorted(vocabulary().functions), {}), DAY, None)
    assert {result.met for result in found.results} == {ConditionResult.UNKNOWN}
    assert len(found.results) == len(rule_set().provisions)
