import re
import time

import pytest

from overzicht.safepatterns import nested_repetition


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(?:a*)*",
        r"(-[A-Z]+)*",
        r"((ab)+c?)+",
        r"x(\d{2,})+",
        r"(a{1,30})*",
        r"([^)]+)+",
        r"(a|b+)*c",
    ],
)
def test_a_repeated_repetition_is_found(pattern: str) -> None:
    assert nested_repetition(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        r"DS-2CD\d{4}(-[A-Z]+)?",
        r"(N|Q)\d+(-[A-Z]{1,4})?",
        r"\(a+\)+",
        r"[(a+)]+",
        r"[]a+)]+b",
        r"(a+){2}",
        r"(a{2})+",
        r"(a{1,3}){1,3}",
        r"a{,}",
    ],
)
def test_other_patterns_are_let_through(pattern: str) -> None:
    assert nested_repetition(pattern) == ""


def test_what_is_let_through_is_fast_on_a_text_that_almost_matches() -> None:
    pattern = re.compile(r"[A-Z]+-\d+(-[A-Z]{1,4})?$")
    started = time.perf_counter()
    assert pattern.match("A" * 20_000 + "-" + "1" * 20_000 + "!") is None
    assert time.perf_counter() - started < 1
