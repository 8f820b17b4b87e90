"""The query language of the search box: what it takes, and what it refuses instead of finding nothing."""

import pytest

from overzicht.subjects.compat.parties.search_text import Alternative, SearchTextError, alternatives


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hikvision digital", [Alternative("hikvision digital")]),
        ("", [Alternative("")]),
        ("hikvision AND digital", [Alternative("hikvision digital")]),
        ("hikvision OR dahua technology", [Alternative("hikvision"), Alternative("dahua technology")]),
        ("dahua NOT hotel", [Alternative("dahua", excluded=("hotel",))]),
        ("dahua -hotel", [Alternative("dahua", excluded=("hotel",))]),
        ('"digital technology" hikvision',
         [Alternative("digital technology hikvision", phrases=("digital technology",))]),
        ("hikvis*", [Alternative("hikvis", is_prefix=True)]),
        ("us-csl:12345", [Alternative("us-csl:12345")]),
        ("Morning Lens (North) Inc.", [Alternative("Morning Lens (North) Inc.")]),
    ],
)  # fmt: skip
def test_operators_are_read(text: str, parts: list[Alternative]) -> None:
    assert list(alternatives(text)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "birthDate:1985",
        "properties.name:x",
        'a "b',
        "a OR",
        "NOT a",
        "a NOT",
        "hikvsion~2",
        "(a",
        "(a OR b) c",
        "a -(b c)",
        "h*k",
        "*vision",
    ],
)
def test_what_is_not_supported_is_refused(text: str) -> None:
    with pytest.raises(SearchTextError) as refused:
        alternatives(text)
    assert refused.value.fix
