"""The JSON form: its published schema, and what it promises to machines."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import report_factory
from jsonschema import Draft202012Validator

from overzicht.reports import json_report
from overzicht.reports.citations import CitationIndex
from overzicht.reports.findings import all_findings
from overzicht.reports.overview_report import OverviewReport


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


@pytest.mark.parametrize("make", [report_factory.large_report, report_factory.empty_report])
def test_each_item_of_a_list_has_its_own_line(make: Callable[[], OverviewReport]) -> None:
    report = make()
    lines = "".join(json_report.render_json(report)).splitlines()
    devices = [json.loads(line.rstrip(",]")) for line in lines if line.startswith('{"id":"device-')]
    assert [device["id"] for device in devices] == [device.id for device in report.devices]


def test_devices_with_the_same_answer_share_a_finding_and_its_reasons() -> None:
    report = report_factory.large_report()
    data = loaded(report)
    assert [error.message for error in Draft202012Validator(json_report.schema()).iter_errors(data)] == []
    makers = [finding for finding in data["findings"] if finding["kind"] == "maker"]
    assert len(makers) < len(report.devices)
    by_id = {finding.id: finding for finding in all_findings(report)}
    for device in data["devices"]:
        shared, own = data["findings"][device["finding"] - 1], by_id[device["finding_id"]]
        assert own.subject == device["id"]
        assert (shared["number"], shared["object"]) == (device["finding"], own.object)
        sentences = [data["reasons"][number - 1]["text"]["en"] for number in shared["reasons"]]
        assert sentences == [str(reason.text) for reason in own.reasons[:-1]]


@pytest.mark.parametrize(
    ("field", "value"), [("as_of", "20-11-2026"), ("devices", None), ("schema_version", 2), ("surplus", 1)]
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


def test_places_in_one_input_share_its_description() -> None:
    report = report_factory.small_report()
    citations = loaded(report)["citations"]
    short = [item for item in citations if "document" in item]
    assert short
    assert all(set(item) == {"number", "place", "document"} for item in short)
    index = CitationIndex(report)
    for item, citation in zip(citations, index.all, strict=True):
        whole = citations[item.get("document", item["number"]) - 1] | item
        assert (whole["source"], whole["snapshot"], whole["place"]) == citation.key[:3]


def test_unknown_shares_are_null_and_not_zero() -> None:
    data = loaded(report_factory.small_report())
    assert data["ownership"][3]["min_percent"] is None
    assert data["ownership"][3]["max_percent"] is None


def test_a_long_report_is_in_parts_with_the_same_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_report, "DEVICES_IN_A_FILE", 100)
    report = report_factory.large_report()
    whole = loaded(report)
    files = {name: "".join(content) for name, content in json_report.render_json(report).files("all.json")}
    assert list(files) == [f"all.devices-000{number}.json" for number in (1, 2, 3)] + ["all.json"]
    main = json.loads(files["all.json"])
    assert main["devices"] == []
    assert [error.message for error in Draft202012Validator(json_report.schema()).iter_errors(main)] == []
    devices, places = [], []
    for number, part in enumerate(main["parts"], start=1):
        content = files[part["file"]].encode()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (part["bytes"], part["sha256"])
        data = json.loads(content)
        assert (data["part"], data["run_id"], len(data["devices"])) == (
            number,
            report.run_id,
            part["devices"],
        )
        assert [error.message for error in _validator_of_parts().iter_errors(data)] == []
        devices += data["devices"]
        places += data["citations"]
    assert devices == whole["devices"]
    numbered = [citation["number"] for citation in (*main["citations"], *places)]
    assert numbered == [citation["number"] for citation in whole["citations"]]
    assert {name: main[name] for name in ("findings", "reasons", "counts")} == {
        name: whole[name] for name in ("findings", "reasons", "counts")
    }


def _validator_of_parts() -> Draft202012Validator:
    definitions = json_report.schema()["$defs"]
    return Draft202012Validator({"$ref": "#/$defs/partFile", "$defs": definitions})


def test_a_short_report_is_one_file() -> None:
    report = report_factory.large_report()
    ((name, content),) = json_report.render_json(report).files("all.json")
    assert (name, "".join(content)) == ("all.json", "".join(json_report.render_json(report)))
