"""The one serialiser: languages, marks on fields, aliases, and the contracts that it publishes."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from overzicht.composition import Slot, installed
from overzicht.evidence import Reason, Text, in_both, text
from overzicht.evidence.json_marks import AS_OBJECT, HIDDEN, SORTED, pairs_as, shown_as
from overzicht.reports.i18n import Language, words_for
from overzicht.views import contracts as contracts_module
from overzicht.views.contracts import contracts, schemas
from overzicht.views.serialiser import adapter, json_text, plain, with_short_names
from overzicht.views.view import View, also, at


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with every mark."""

    name: Annotated[str, shown_as("called")]
    secret: Annotated[str, HIDDEN]
    numbers: Annotated[tuple[tuple[str, str], ...], pairs_as("kind", "value")]
    counts: Annotated[tuple[tuple[str, int], ...], AS_OBJECT]
    ids: Annotated[frozenset[str], SORTED]


class Shown(View):
    """A view on a marked value and what is below it."""

    first: str = at("marked.name")
    missing: str | None = at("marked.nothing.at.all", None)
    reasons: tuple[Annotated[Reason, also(sentence="text")], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """What the view reads."""

    marked: Marked
    reasons: tuple[Reason, ...]


MARKED = Marked("n", "s", (("lei", "1"),), (("a", 2),), frozenset({"z", "b"}))
SAID = in_both(en="a list", nl="een lijst")


def test_a_sentence_is_worded_for_the_reader_of_the_output() -> None:
    reason = Reason(text("on {list}", list=SAID))
    assert plain(reason)["text"] == "on a list"
    assert plain({"reasons": [reason]}, words_for(Language.NL).say)["reasons"][0]["text"] == "on een lijst"
    assert plain(SAID, words_for("nl").say) == "een lijst"
    assert Text.from_json(plain(reason, Text.to_json)["text"]) == reason.text
    assert plain(reason)["text"] == "on a list"  # no language lasts longer than its output


def test_marks_hide_rename_and_name_pairs() -> None:
    assert plain(MARKED) == {
        "called": "n", "numbers": [{"kind": "lei", "value": "1"}], "counts": {"a": 2}, "ids": ["b", "z"],
    }  # fmt: skip
    assert set(adapter(Marked).json_schema(mode="serialization")["properties"]) == {
        "called",
        "numbers",
        "counts",
        "ids",
    }


def test_a_view_reads_paths_and_repeats_older_names() -> None:
    shown = plain(Shown.of(Whole(MARKED, (Reason(SAID),))))
    assert (shown["first"], shown["missing"]) == ("n", None)
    assert shown["reasons"][0]["sentence"] == shown["reasons"][0]["text"] == "a list"
    assert "sentence" not in adapter(Shown).json_schema(mode="serialization")["$defs"]["Reason"]["properties"]


def test_equal_values_give_equal_text() -> None:
    assert json_text(MARKED) == json_text(
        Marked("n", "s", (("lei", "1"),), (("a", 2),), frozenset({"b", "z"}))
    )


def test_types_of_one_name_are_told_apart_in_short() -> None:
    long = {"$ref": "#/$defs/overzicht__store__denials__Origin"}
    assert with_short_names(long) == {"$ref": "#/$defs/DenialsOrigin"}


def test_every_contract_has_its_schema_with_a_description() -> None:
    schema, names = schemas()
    assert len(set(names)) == len(contracts())
    assert [name for name in names if not schema["$defs"][name].get("description")] == []
    assert [name for name in schema["$defs"] if "__" in name] == []


def test_the_values_of_a_subject_are_added_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    optional = tuple(f"{subject.package}." for subject in installed() if subject.is_optional)
    assert [each for each in contracts() if each.kind.__module__.startswith(optional)]
    monkeypatch.setattr(contracts_module, "ADDED", Slot("a place that nobody adds to"))
    without = contracts.__wrapped__()
    assert [each for each in without if each.kind.__module__.startswith(optional)] == []
    assert without == contracts()[: len(without)]
