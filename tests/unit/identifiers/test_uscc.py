"""USCC: the Chinese code that joins registers and lists."""

import pytest

from overzicht.identifiers import uscc

CODE = "91330000733796106P"


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        "91330000733796106p",
        "9133 0000 7337 9610 6P",
        "91330000-733796106-P",
        " 91330000733796106P ",
        "９１３３００００７３３７９６１０６Ｐ",
        "统一社会信用代码：91330000733796106P",
        "USCC: 91330000733796106P",
        "Unified Social Credit Code (USCC) 91330000733796106P",
    ],
)
def test_ways_of_writing_one_code(text: str) -> None:
    assert uscc.normalize(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N/A",
        "无",
        "000000000000000000",
        "91330000733796106Q",
        "91330000733796106",
        "330000000022087",
        "9133000073379610OP",
        "733796106",
        "91330000733796106P1",
        "3003000T24CMHQ382Y71",
    ],
)
def test_what_is_no_code(text: str) -> None:
    assert uscc.normalize(text) is None
