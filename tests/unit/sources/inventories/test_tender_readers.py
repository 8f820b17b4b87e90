"""Notices in three forms: who buys, who supplies, what is named and where; and what cannot be read."""

import builtins
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError, MissingExtraError, UnknownNameError
from overzicht.sources.inventories.registry import read_inventory, recognise_inventory
from overzicht.subjects.tenders.notice import Notice, country_code, two_letters
from overzicht.subjects.tenders.notice_readers import ReadNotices, read_notices

FIXTURES = Path(__file__).parents[3] / "fixtures" / "tenders"


def read(name: str) -> ReadNotices:
    return read_notices(FIXTURES / name)


def only(name: str) -> Notice:
    (found,) = read(name).notices
    return found.notice


class TestTed:
    def test_the_whole_notice(self) -> None:
        found = only("ted_nl.xml")
        assert (found.number, found.language, found.country) == ("2023/S 001-000001", "nl", "nl")
        assert found.title == "Camera's en intercoms voor het stadhuis"
        assert [each.name for each in found.buyers] == ["Gemeente Voorbeeldstad"]
        assert (found.published, found.cpv) == (date(2023, 1, 2), ("35125300",))
        (contract,) = found.contracts
        assert (contract.day, contract.lots) == (date(2022, 12, 20), ("1",))
        assert [(each.name, each.country) for each in contract.suppliers] == [
            ("Blauwvaren Beveiliging B.V.", "nl")
        ]
        assert not any("PROCEDURE" in each.place for each in found.passages)

    def test_sightings_are_cited_in_the_notice(self) -> None:
        dahua, hikvision = read_inventory(FIXTURES / "ted_nl.xml").sightings
        assert dahua.values(Trace.BRAND) == ("Dahua",)
        assert dahua.values(Trace.MODEL) == ("IPC-HFW2431S-S",)
        assert dahua.citation.place == "notice 2023/S 001-000001, lot 1, SHORT_DESCR"
        assert dahua.citation.address.startswith("https://ted.europa.eu/")
        assert (dahua.organisation, dahua.status, dahua.bought) == (
            "Gemeente Voorbeeldstad", "contract", date(2022, 12, 20),
        )  # fmt: skip
        assert dahua.extra["supplier"] == "Blauwvaren Beveiliging B.V."
        assert (hikvision.status, hikvision.bought, "supplier" in hikvision.extra) == ("tender", None, False)

    def test_a_chamber_of_commerce_buys_no_camera(self) -> None:
        (found,) = read("ted_it_chamber.xml").notices
        assert (found.is_surveillance, found.mentions) == (False, ())

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda data: data[: len(data) // 2], "not whole XML"),
            (
                lambda data: data.replace(b"<F03_2014 ", b"<F03_2014 X=").replace(b'LG="NL">', b">"),
                "not whole XML",
            ),
            (
                lambda data: data.replace(b' LG="NL">\n      <CONTRACTING', b">\n      <CONTRACTING"),
                "no form",
            ),
            (
                lambda data: data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY x "y">]>', 1).replace(
                    b"Voorbeeldstad", b"&x;"
                ),
                "declares XML entities",
            ),
        ],
    )
    def test_a_damaged_notice_is_refused(self, tmp_path: Path, change: Any, told: str) -> None:
        file = tmp_path / "notice.xml"
        file.write_bytes(change((FIXTURES / "ted_nl.xml").read_bytes()))
        with pytest.raises(InputFileError, match=told):
            read_notices(file)


class TestEforms:
    def test_ids_are_followed_from_contract_to_supplier_and_lot(self) -> None:
        found = only("eforms_de.xml")
        assert (found.number, found.language, found.country) == ("00000001-2025", "de", "de")
        assert found.address == "https://ted.europa.eu/en/notice/-/detail/00000001-2025"
        assert (found.published, found.cpv) == (date(2025, 2, 1), ("32323500",))
        (contract,) = found.contracts
        assert [each.name for each in contract.suppliers] == ["Hikvision Deutschland GmbH"]
        assert (contract.day, contract.lots) == (date(2025, 1, 15), ("LOT-0001",))

    def test_brand_model_and_supplier_are_named(self) -> None:
        axis, supplier = read_inventory(FIXTURES / "eforms_de.xml").sightings
        assert (axis.values(Trace.BRAND), axis.values(Trace.MODEL)) == (("Axis",), ("P3245-V",))
        assert axis.kind == "Kameras"
        assert supplier.extra["named as"] == "supplier"

    def test_a_notice_that_buys_nothing_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "notice.xml"
        file.write_text("<ContractNotice><ID>1</ID></ContractNotice>")
        with pytest.raises(InputFileError, match="nothing is bought"):
            read_notices(file)


class TestOcds:
    def test_releases_of_one_process_are_merged_and_bad_ones_told(self) -> None:
        found = read("ocds_release.json")
        first, second = (each.notice for each in found.notices)
        assert [each.name for each in first.buyers] == ["Council of Quillbrook"]
        assert [each.name for each in first.contracts[0].suppliers] == ["Bluefern Installations Ltd"]
        assert len(first.contracts) == 1, "a cancelled award is no contract"
        assert first.address == "https://example.org/notices/0001"
        assert second.country == "es"
        assert [(each.place, "no ocid" in str(each.reason)) for each in found.problems] == [
            ("release 4", True)
        ]

    def test_only_the_cameras_are_named_not_the_radios_beside_them(self) -> None:
        (sighting,) = read_inventory(FIXTURES / "ocds_release.json").sightings
        assert sighting.values(Trace.MODEL) == ("DS-2CD2143G0-I",)
        assert (sighting.bought, sighting.extra["country"]) == (date(2024, 5, 18), "gb")

    def test_the_form_of_1_0_is_read_as_that_of_1_1(self) -> None:
        found = only("ocds_1_0.json")
        assert [(each.name, each.country) for each in found.buyers] == [("Harbour of Quillbrook", "ie")]
        assert [each.name for each in found.contracts[0].suppliers] == ["Dahua Technology UK Limited"]

    @pytest.mark.parametrize(
        "shape", ["package", "record", "record package", "compiled", "lines", "array of one"]
    )
    def test_every_shape_gives_the_same_notice(self, tmp_path: Path, shape: str) -> None:
        release = json.loads((FIXTURES / "ocds_1_0.json").read_text(encoding="utf-8"))
        ocid = release["ocid"]
        shaped: dict[str, Any] = {
            "package": {"releases": [release]},
            "record": {"ocid": ocid, "releases": [release]},
            "record package": {"records": [{"ocid": ocid, "releases": [release]}]},
            "compiled": {"records": [{"ocid": ocid, "compiledRelease": release}]},
            "array of one": {"releases": [release], "version": "1.0"},
        }
        text = (
            f"{json.dumps(release)}\n{json.dumps({**release, 'ocid': 'x'})}\nno json\n"
            if shape == "lines"
            else json.dumps(shaped[shape])
        )
        file = tmp_path / "notices.json"
        file.write_text(text, encoding="utf-8")
        found = read_notices(file)
        assert found.notices[0].notice.title == "CCTV for the harbour"
        assert [each.brand for each in found.notices[0].mentions] == ["Axis", "Dahua Technology UK Limited"]
        assert len(found.problems) == (1 if shape == "lines" else 0)

    @pytest.mark.parametrize(
        "fields",
        [
            {"tender": "text"}, {"tender": {"lots": {"id": 1}}}, {"awards": [1, None, {"suppliers": "x"}]},
            {"parties": {"a": 1}}, {"buyer": []}, {"language": 3, "date": 4, "tag": "award"},
            {"tender": {"title": ["a"], "items": [[]]}},
        ],
    )  # fmt: skip
    def test_fields_of_another_kind_count_as_absent(self, tmp_path: Path, fields: dict[str, Any]) -> None:
        file = tmp_path / "notice.json"
        file.write_text(
            json.dumps({"ocid": "ocds-x", "id": "1", "date": "2024-01-01", "parties": [], **fields})
        )
        (found,) = read_notices(file).notices
        assert (found.notice.number, found.mentions) == ("ocds-x", ())

    def test_without_its_extra_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = builtins.__import__

        def without(name: str, *rest: Any) -> Any:
            if name.startswith("ocdskit"):
                raise ImportError(name)
            return real(name, *rest)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(MissingExtraError, match="tenders"):
            read("ocds_release.json")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ted_nl.xml", "ted-xml"),
        ("eforms_de.xml", "eforms"),
        ("ocds_1_0.json", "ocds"),
        ("ocds_release.json", "ocds"),
    ],
)
def test_they_are_recognised_among_all_inventories(name: str, kind: str) -> None:
    assert recognise_inventory(FIXTURES / name).kind == kind


def test_a_name_that_says_nothing_does_not_matter(tmp_path: Path) -> None:
    copy = shutil.copy(FIXTURES / "ted_nl.xml", tmp_path / "bijlage.txt")
    assert read_inventory(Path(copy)).kind == "ted-xml"


def test_what_is_no_notice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("merk;type\nHikvision;DS-2\n")
    with pytest.raises(InputFileError, match="not a procurement notice"):
        read_notices(file)
    with pytest.raises(InputFileError):
        read_notices(file, "ted-xml")
    with pytest.raises(UnknownNameError):
        read_notices(file, "nmap")


@pytest.mark.parametrize(
    ("given", "code"), [("ITA", "it"), ("UK", "gb"), ("el", "gr"), ("NL", "nl"), ("x", ""), ("", "")]
)
def test_countries_by_two_letters(given: str, code: str) -> None:
    assert country_code(given) == code


@pytest.mark.parametrize(("given", "code"), [("DEU", "de"), ("NL", "nl"), ("", ""), ("xx1", "")])
def test_languages_by_two_letters(given: str, code: str) -> None:
    assert two_letters(given) == code
