"""Every export by the schema, or the library, of whoever keeps the form."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from ipaddress import ip_interface
from pathlib import Path
from typing import Any

import pytest
import report_factory
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from export_tools import parsed, table, written
from followthemoney import model
from libcovebods.config import LibCoveBODSConfig
from libcovebods.data_reader import DataReader
from libcovebods.jsonschemavalidate import JSONSchemaValidator
from libcovebods.run_tasks import process_additional_checks
from libcovebods.schema import SchemaBODS
from libcovebods.tasks.checks import record_based_checks

from overzicht.register.merging import Level
from overzicht.reports.exports import netbox
from overzicht.reports.exports.device_values import web_address
from overzicht.reports.interface import FORMATS, ExportLevelError, Format
from overzicht.reports.overview_report import OverviewReport

REPORTS = {
    "small": report_factory.small_report,
    "large": report_factory.large_report,
    "empty": report_factory.empty_report,
}
LEVELS = (None, *Level)


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest) -> OverviewReport:
    return REPORTS[request.param]()


def entities(report: OverviewReport, level: Level | None = None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(report, Format.FTM, level).splitlines()]


@pytest.mark.parametrize("level", LEVELS)
def test_a_bill_of_materials_is_valid_by_the_strict_schema(
    report: OverviewReport, level: Level | None
) -> None:
    assert (
        JsonStrictValidator(SchemaVersion.V1_6).validate_str(
            written(report, Format.CYCLONEDX, level).decode()
        )
        is None
    )


def test_a_bill_of_materials_has_each_device_with_its_firmware() -> None:
    report = report_factory.with_traces(report_factory.small_report())
    components = parsed(report, Format.CYCLONEDX)["components"]
    assert [component["bom-ref"] for component in components] == [device.id for device in report.devices]
    for component, device in zip(components, report.devices, strict=True):
        assert [part["version"] for part in component["components"]] == [device.firmware]
        is_sure = device.maker_id and device.confidence in ("high", "medium")
        assert component.get("manufacturer", {}).get("name", "") == (device.maker_name if is_sure else "")
    assert "timestamp" not in parsed(report, Format.CYCLONEDX)["metadata"]


@pytest.mark.parametrize("level", LEVELS)
def test_entities_are_valid_and_complete(report: OverviewReport, level: Level | None) -> None:
    lines = entities(report, level)
    assert len({line["id"] for line in lines}) == len(lines)
    ids = {line["id"] for line in lines}
    for line in lines:
        proxy = model.get_proxy(line, cleaned=False)
        entity: Any = proxy.to_dict()
        proxy.schema.validate(entity)
        assert {prop.name: sorted(proxy.get(prop)) for prop in proxy.iterprops()} == {
            name: sorted(values) for name, values in line["properties"].items()
        }
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids, (line, prop.name)


def test_entities_state_devices_parties_stakes_and_listings() -> None:
    report = report_factory.small_report()
    by_schema: dict[str, list[dict[str, Any]]] = {}
    for line in entities(report):
        by_schema.setdefault(line["schema"], []).append(line)
    assert len(by_schema["Asset"]) == len(report.devices)
    assert len(by_schema["Sanction"]) == len(report.listings)
    assert len(by_schema["Ownership"]) == len(report.ownership)
    starts = [line["properties"].get("startDate") for line in by_schema["Sanction"]]
    assert starts == [["2019-10-09"], ["2022-11-25"], None, ["2021-03-12"], None]
    bound = by_schema["Sanction"][2]["properties"]
    assert "since not later than 2020-06-12" in bound["description"]
    assert bound["sourceUrl"] == ["https://us-made-up.example/list?id=1&lang=nl"]  # not `javascript:`
    shares = [line["properties"].get("percentage") for line in by_schema["Ownership"]]
    assert shares == [["36.08"], ["100"], ["5-10"], None, ["2.5"], ["100"]]
    made = {
        (link["properties"]["subject"][0], link["properties"]["role"][0])
        for link in by_schema["UnknownLink"]
        if "manufacturer" in link["properties"]["role"][0]
    }
    assert made == {
        (f"overzicht-device-{d.id}", "manufacturer" if d.confidence != "low" else "possible manufacturer")
        for d in report.devices
        if d.maker_id
    }


CHECKS = [
    check
    for name, check in vars(record_based_checks).items()
    if name.startswith("Check") and "FutureDate" not in name and "KnownScheme" not in name  # clock, network
]


def bods_faults(statements: list[dict[str, Any]], tmp_path: Path) -> list[str]:
    """Return what the publisher of the standard has against some statements: schema first, then its rules."""
    path = tmp_path / "statements.json"
    path.write_text(json.dumps(statements), encoding="utf-8")
    config, reader = LibCoveBODSConfig(), DataReader(str(path))
    schema = SchemaBODS(reader, config)
    assert schema.schema_version == "0.4" or not statements
    faults = JSONSchemaValidator(schema).validate(reader)
    checked = process_additional_checks(reader, config, schema, task_classes=CHECKS)
    return [str(fault.json()) for fault in faults] + [check["type"] for check in checked["additional_checks"]]


def test_statements_of_ownership_are_valid(report: OverviewReport, tmp_path: Path) -> None:
    assert bods_faults(parsed(report, Format.BODS), tmp_path) == []


def test_the_schema_of_ownership_refuses_what_it_should(tmp_path: Path) -> None:
    statements = parsed(report_factory.small_report(), Format.BODS)
    del statements[0]["declarationSubject"]
    statements[-1]["recordDetails"]["interests"][0]["share"] = {"exact": 101}
    assert len(bods_faults(statements, tmp_path)) >= 2


def test_statements_of_ownership_hold_the_stakes_and_no_unknown_date() -> None:
    report = report_factory.small_report()
    statements = parsed(report, Format.BODS)
    names = {s["recordId"]: s["recordDetails"].get("name") for s in statements}
    relations = [s for s in statements if s["recordType"] == "relationship"]
    seen = {
        (names[s["recordDetails"]["interestedParty"]], names[s["recordDetails"]["subject"]])
        for s in relations
    }
    assert seen == {(edge.owner_name, edge.asset_name) for edge in report.ownership}
    interests = [s["recordDetails"]["interests"][0] for s in relations]
    assert {json.dumps(interest.get("share")) for interest in interests} == {
        '{"exact": 36.08}', '{"exact": 100.0}', '{"minimum": 5.0, "maximum": 10.0}', "null", '{"exact": 2.5}',
    }  # fmt: skip
    assert not any("startDate" in interest for interest in interests)  # the sources give a year
    assert all("since 2019" in interest["details"] for interest in interests)
    for number, statement in enumerate(statements):  # a party comes before the relationship that names it
        if statement["recordType"] == "relationship":
            before = {s["recordId"] for s in statements[:number]}
            assert {
                statement["recordDetails"]["subject"],
                statement["recordDetails"]["interestedParty"],
            } <= before


def netbox_set(report: OverviewReport) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(written(report, Format.NETBOX_SET))) as archive:
        return {name[3:-4]: table(archive.read(name)) for name in archive.namelist()}


def test_netbox_knows_every_name_before_it_is_used(report: OverviewReport) -> None:
    tables = netbox_set(report)
    known = {name: {row["name"] for row in tables[name]} for name in ("tenants", "sites", "manufacturers")}
    roles = {row["name"] for row in tables["device-roles"]}
    types = {(row["manufacturer"], row["model"]) for row in tables["device-types"]}
    places = {(row["site"], row["name"]) for row in tables["locations"]}
    names = [row["name"] for row in tables["devices"]]
    assert len({name.casefold() for name in names}) == len(names) == sum(d.quantity for d in report.devices)
    for row in tables["devices"]:
        assert row["site"] in known["sites"]
        assert row["role"] in roles
        assert (row["manufacturer"], row["device_type"]) in types
        assert not row["tenant"] or row["tenant"] in known["tenants"]
        assert not row["location"] or (row["site"], row["location"]) in places
        assert len(row["name"]) <= 65  # 64, and an apostrophe
        assert row["status"] in ("active", "planned", "offline")
    interfaces = {(row["device"], row["name"]) for row in tables["interfaces"]}
    for row in (*tables["mac-addresses"], *tables["ip-addresses"]):
        assert (row["device"], row["interface"]) in interfaces
    assert all(ip_interface(row["address"]) for row in tables["ip-addresses"])
    for name in ("tenants", "sites", "manufacturers", "device-types", "device-roles"):
        slugs = [row["slug"] for row in tables[name]]
        assert len(set(slugs)) == len(slugs)
        assert all(0 < len(slug) <= 100 for slug in slugs)


def test_the_table_of_netbox_is_that_of_the_set() -> None:
    report = report_factory.large_report()
    assert table(written(report, Format.NETBOX)) == netbox_set(report)["devices"]


def test_netbox_refuses_more_rows_than_it_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(netbox, "MOST_DEVICES", 11)
    with pytest.raises(netbox.TooManyDevicesError, match="at most 11 rows"):
        written(report_factory.small_report(), Format.NETBOX)


@pytest.mark.parametrize(("lang", "heading"), [("en", "Asset ID"), ("nl", "Middel-ID")])
def test_topdesk_gets_columns_in_the_language_and_no_formula(lang: str, heading: str) -> None:
    report = report_factory.small_report()
    rows = table(written(report, Format.TOPDESK, lang=lang))
    assert [row[heading] for row in rows][:2] == ["CAM-0001", f"'{report_factory.FORMULA}"]
    assert len(rows) == len(report.devices)


@pytest.mark.parametrize("form", [form for form, described in FORMATS.items() if not described.levels])
def test_a_form_without_levels_refuses_one(form: Format) -> None:
    with pytest.raises(ExportLevelError, match=form):
        written(report_factory.empty_report(), form, Level.FULL)


def test_every_ending_is_of_one_form() -> None:
    assert len({described.ending for described in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize(
    ("address", "is_good"),
    [("https://a.example/b?c=d", True), ("javascript:alert(1)", False), ("http://[bad", False), ("", False),
     ("https://a b", False), ("ftp://a.example", False)],
)  # fmt: skip
def test_only_addresses_of_the_web_are_handed_on(address: str, is_good: bool) -> None:
    assert web_address(address) == (address if is_good else "")


def test_a_device_without_a_readable_label_is_named_by_its_product() -> None:
    report = report_factory.small_report()
    rows = (
        replace(report.devices[0], label="\x07"),
        replace(report.devices[1], label="", brand="", model=""),
    )
    assets = [e for e in entities(replace(report, devices=rows)) if e["schema"] == "Asset"]
    assert [asset["properties"]["name"] for asset in assets] == [
        [f"{rows[0].brand} {rows[0].model}"],
        [rows[1].kind],
    ]


def test_an_address_is_handed_on_as_a_uri() -> None:
    assert (
        web_address("https://a.example/een lijst/é?q=b c") == "https://a.example/een%20lijst/%C3%A9?q=b%20c"
    )


def test_dates_after_the_report_are_not_the_date_of_a_statement() -> None:
    statements = parsed(report_factory.small_report(), Format.BODS)
    assert max(date.fromisoformat(s["statementDate"]) for s in statements) <= report_factory.AS_OF
