"""The catalogue of published data follows DCAT-AP-NL 3.0, and describes the bytes of each file."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from catalogue_tools import RULES, broken_rules, nodes

from overzicht.errors import InputFileError
from overzicht.reports.exports.dcat import OPEN, DataService, PublishedData, Publisher, catalogue
from overzicht.subjects.register.describing import read_publication

DAY = date(2026, 3, 9)
ADDRESS = "https://data.example.org/cameras"
PUBLISHER = Publisher("Dorp", "data@example.org", "https://example.org/licence", "https://example.org")
DATA = PublishedData(f"{ADDRESS}/dorp.json", "Cameras of Dorp", "The register.", DAY, "Dorp", 2, "0" * 64)
SERVICE = DataService(
    "https://example.org/api/v1", "API", "For programs.", "https://example.org/openapi.json"
)


def test_each_class_follows_the_rules_of_the_profile() -> None:
    whole = catalogue(ADDRESS, PUBLISHER, [DATA], service=SERVICE)
    assert broken_rules(whole) == []
    assert {node["@type"] for node in nodes(whole) if "@type" in node} >= RULES.keys()


@pytest.mark.parametrize("name", ["dct:identifier", "dct:creator", "dcat:theme", "dct:accessRights"])
def test_a_missing_property_of_a_dataset_is_a_fault(name: str) -> None:
    whole = catalogue(ADDRESS, PUBLISHER, [DATA])
    del whole["dcat:dataset"][0][name]
    assert broken_rules(whole) == [f"dcat:Dataset: 0 times {name}"]


def test_a_date_without_a_type_and_a_node_as_identifier_are_faults() -> None:
    whole = catalogue(ADDRESS, PUBLISHER, [DATA])
    whole["dcat:dataset"][0] |= {"dct:modified": "2026-03-09", "dct:identifier": {"@id": ADDRESS}}
    assert broken_rules(whole) == ["dct:modified is '2026-03-09'", "dct:identifier is no text"]


def test_a_file_is_described_by_its_bytes_and_its_own_date(tmp_path: Path) -> None:
    path = tmp_path / "over view.json"
    content = {
        "round": "r",
        "title": "Cameras",
        "reference_date": "2026-03-02",
        "day": "2026-03-09",
        "coverage": {},
    }
    path.write_text(json.dumps(content))
    own = read_publication(path, f"{ADDRESS}/")
    assert (own.address, own.day) == (f"{ADDRESS}/over%20view.json", DAY)
    assert (own.size, own.sha256) == (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
    (data,) = catalogue(ADDRESS, PUBLISHER, [own])["dcat:dataset"]
    assert data["dct:accessRights"]["@id"] == OPEN
    assert data["dcat:distribution"]["dcat:byteSize"]["@value"] == str(own.size)


@pytest.mark.parametrize("content", ["{}", "[", "[1]", '{"form": "overzicht-register"}', "[" * 10_000])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(InputFileError, match=r"other\.json"):
        read_publication(path, ADDRESS)
