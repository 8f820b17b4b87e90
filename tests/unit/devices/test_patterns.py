"""The index of model rules."""

import pytest

from overzicht.devices.knowledge import first_characters, load_knowledge


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("DS-2CD", "d"),
        ("^DS-2CD", "d"),
        ("(DH-)?IPC", "di"),
        ("(?:A|B)?C", "abc"),
        ("i?DS", "id"),
        (r"[A-C2]\d", "abc2"),
        (r"\d{1,2}\.\d", "0123456789"),
        ("X|Y", "xy"),
        (r"\(x", "("),
        (r"\.y", "."),
        (r"a\.b|c", "ac"),
        (r"(a\)|b)c", "ab"),
        (r"(a[)]|b)c", "ab"),
        ("a*b", "ab"),
        ("a??b", "ab"),
        ("a*?(b|c)", "abc"),
        (r"\d?x", "0123456789x"),
        ("a{0,2}b", "ab"),
        ("(a(b|c)|d)e", "ad"),
        ("[xy]|z", "xyz"),
    ],
)
def test_the_characters_a_match_can_begin_with(pattern: str, characters: str) -> None:
    assert first_characters(pattern) == frozenset(characters)


@pytest.mark.parametrize(
    "pattern", [".x", r"\wx", "(?!a)b", "(?i)a", "[^a]b", r"\bx", "", "a?", "(a|)b?", "(?=x)y"]
)
def test_anything_else_means_any_character(pattern: str) -> None:
    assert first_characters(pattern) is None


def test_the_index_finds_what_trying_every_rule_finds() -> None:
    rules = load_knowledge().rules
    examples = [example for rule in rules.rules for example in rule.fact.examples]
    for example in examples:
        tried = [rule for rule in rules.rules if rule.pattern.match(example)]
        assert sorted(map(id, rules.matches(example))) == sorted(map(id, tried)), example
