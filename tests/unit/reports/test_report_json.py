"""The JSON form: its published schema, and what it promises to machines."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import report_factory
from jsonschema import Draft202012Validator

from overzicht.reports import json_report
from overzicht.reports.model import OverviewReport


def subschemas(node: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, child in node.get("properties", {}).items():
        yield f"{at}/{name}", child
        yield from subschemas(child, f"{at}/{name}")
    for name, child in node.get("$defs", {}).items():
        yield f"{at}/$defs/{name}", child
        yield from subschemas(child, f"{at}/$defs/{name}")


def loaded(report: OverviewReport) -> dict[str, Any]:
    data: dict[str, Any] = json.loads("".join(json_report.render_json(report)))
    return data


def test_the_schema_is_valid_and_describes_every_field() -> None:
    schema = json_report.schema()
    Draft202012Validator.check_schema(schema)
    fields = dict(subschemas(schema))
    assert len(fields) > 100
    assert [at for at, field in fields.items() if not field.get("description")] == []
    assert [
        at
        for at, field in fields.items()
        if field.get("type") == "object" and field.get("additionalProperties") is None
    ] == []


@pytest.mark.parametrize(
    "make", [report_factory.small_report, report_factory.large_report, report_factory.empty_report]
)
def test_reports_follow_the_schema(make: Callable[[], OverviewReport]) -> None:
    data = loaded(make())
    assert [error.message for error in Draft202012Validator(json_report.schema()).iter_errors(data)] == []


@pytest.mark.parametrize("most_shared", [2, 20_000])
@pytest.mark.parametrize("make", [report_factory.large_report, report_factory.empty_report])
def test_the_pieces_are_json_as_python_indents_it(
    make: Callable[[], OverviewReport], most_shared: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_report, "MOST_SHARED", most_shared)
    written = "".join(json_report.render_json(make()))
    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize(
    ("field", "value"), [("as_of", "20-11-2026"), ("devices", None), ("schema_version", 3), ("surplus", 1)]
)
def test_the_schema_refuses_what_is_not_the_form(field: str, value: object) -> None:
    data = loaded(report_factory.small_report())
    data[field] = value
    assert not Draft202012Validator(json_report.schema()).is_valid(data)


def test_sentences_come_in_both_languages_and_words_of_machines_in_none() -> None:
    data = loaded(report_factory.small_report())
    assert data["inputs"][0]["problems"][0]["reason"] == {
        "en": "“31-02-2019” is not a date",
        "nl": "“31-02-2019” is geen datum",
    }
    assert data["lists"][0]["title"] == {"en": "EU consolidated list (made up)", "nl": "EU-lijst (verzonnen)"}
    assert data["lists"][3]["basis"] == "starter"
    assert data["listings"][2]["since"] == {
        "day": "2020-06-12",
        "basis": "not later than",
        "rule": "date of the file",
        "earliest": None,
    }


def test_references_lead_to_the_citation_they_mean() -> None:
    report = report_factory.small_report()
    data = loaded(report)
    for row, listing in zip(data["listings"], report.listings, strict=True):
        cited = data["citations"][row["citation"] - 1]
        assert (cited["title"], cited["place"]) == (listing.citation.title, listing.citation.place)


def test_unknown_shares_are_null_and_not_zero() -> None:
    data = loaded(report_factory.small_report())
    assert data["ownership"][3]["min_percent"] is None
    assert data["ownership"][3]["max_percent"] is None
