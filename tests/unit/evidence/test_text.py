"""Sentences with values: plain fields only, because a template may come from a file."""

import pytest

from overzicht.evidence import text


def test_a_sentence_has_its_values_and_braces() -> None:
    sentence = text("{count} of {whole} {{so}}", count=3, whole=text("{n} devices", n=4))
    assert str(sentence) == "3 of 4 devices {so}"


@pytest.mark.parametrize(
    "template", ["{a:>9}", "{a!r}", "{a.real}", "{a[0]}", "{0}", "{}", "{a", "a}", "{a:{b}}"]
)
def test_a_template_with_more_than_names_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"plain name|brace|'\}'|'\{'"):
        str(text(template, a="x", b="y"))
