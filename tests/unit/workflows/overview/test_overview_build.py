"""The overview as a whole on small inventories: the same input gives the same output, byte for byte."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from report_factory import render
from store_tools import NOON, company, put, snapshot_of

from overzicht.entities import PartyQuery
from overzicht.evidence import Answer, FindingKind
from overzicht.isolation import packing
from overzicht.isolation.packed import Packed
from overzicht.reports import device_rows
from overzicht.reports.findings import all_findings
from overzicht.reports.json_report import render_json
from overzicht.reports.overview_report import OverviewReport
from overzicht.screening.engine import ScreeningEngine
from overzicht.store.database import Store
from overzicht.subjects.inventories import devices as known
from overzicht.subjects.overview.build import OverviewChoices, keep_run, make_overview
from overzicht.subjects.overview.explanation import chain, named_subjects
from overzicht.subjects.screening.lookup import ask_lists
from overzicht.workflows.starter import ensure_starter

DAY = date(2026, 11, 24)
SHEET = (
    "Nummer;Merk;Model;MAC;Locatie\n"
    "CAM-1;Hikvision;DS-2CD2143G2-I;A4:14:37:00:00:01;Hall\n"
    "CAM-2;Axis;P3245-V;;Hall\n"
    "CAM-3;Onbekend merk;X-1;;Depot\n"
    "CAM-4;Dahua;IPC-HFW1230S;;Depot\n"
)
OTHER = (
    "Label;Merk;MAC;IP-adres\nhost-1;;A4:14:37:00:00:01;192.0.2.7\nhost-2;Axis;00:40:8C:00:00:09;192.0.2.8\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home")
    ensure_starter(opened, actor="tester", at=NOON)
    yield opened
    opened.close()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "sheet.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "other.csv").write_text(OTHER, encoding="utf-8")
    return tmp_path / "sheet.csv", tmp_path / "other.csv"


def made(store: Store, *paths: Path, as_of: date = DAY, **choices: object) -> OverviewReport:
    return make_overview(store, paths, OverviewChoices(**choices), as_of=as_of)  # type: ignore[arg-type]


@pytest.mark.parametrize("format_id", ["json", "html", "csv", "xlsx", "terminal"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_same_input_gives_the_same_bytes(
    store: Store, files: tuple[Path, Path], format_id: str, lang: str
) -> None:
    once = render(made(store, *files), lang=lang, format=format_id)
    assert render(made(store, *files), lang=lang, format=format_id) == once


def test_keeping_a_run_changes_no_later_report(store: Store, files: tuple[Path, Path]) -> None:
    first = made(store, *files)
    keep_run(store, first, actor="tester", at=NOON)
    assert made(store, *files) == first


def test_every_finding_has_an_id_of_its_own_and_a_reason(store: Store, files: tuple[Path, Path]) -> None:
    report = made(store, *files)
    ids = [finding.id for finding in all_findings(report)]
    assert len(set(ids)) == len(ids)
    assert all(finding.reasons for finding in all_findings(report))
    listed = [row.id for row in report.listings]
    assert len(set(listed)) == len(listed)
    assert {f.object for f in report.findings if f.kind is FindingKind.LISTING} >= {
        row.id for row in report.listings if row.relation == "maker"
    }


def test_every_device_party_and_list_has_its_answer(store: Store, files: tuple[Path, Path]) -> None:
    report = made(store, *files)
    of_devices = {f.subject for f in all_findings(report) if f.kind is FindingKind.MAKER}
    assert of_devices == {device.id for device in report.devices}
    pairs = [(check.party_id, check.list_id) for check in report.checks]
    assert len(set(pairs)) == len(pairs)
    parties = {party for party, _ in pairs}
    assert {row.maker_id for row in report.makers} <= parties
    assert len(pairs) == len(parties) * len(report.lists)


def test_what_was_found_does_not_depend_on_the_order_of_the_files(
    store: Store, files: tuple[Path, Path]
) -> None:
    ours, theirs = made(store, *files), made(store, *reversed(files))
    assert {f.id for f in ours.findings} == {f.id for f in theirs.findings}
    assert ours.makers == theirs.makers
    assert ours.device_count == theirs.device_count == 5


def test_a_file_given_twice_counts_once(store: Store, files: tuple[Path, Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy of sheet.csv"
    copy.write_bytes(files[0].read_bytes())
    twice = made(store, files[0], files[0], copy)
    assert twice.device_count == made(store, files[0]).device_count == 4
    assert len(twice.inputs) == 1


def test_another_day_other_choices_and_other_lists_are_other_runs(
    store: Store, files: tuple[Path, Path]
) -> None:
    runs = [
        made(store, files[0]).run_id,
        made(store, files[0], as_of=date(2026, 11, 23)).run_id,
        made(store, files[0], mapping=(("Locatie", "site"),)).run_id,
        made(store, *files).run_id,
    ]
    put(store, snapshot_of("un-sc", date(2026, 11, 20)), [company("un-1", "Somebody")])
    runs.append(made(store, files[0]).run_id)
    assert len(set(runs)) == len(runs)


def test_numbers_agree_with_the_rows(store: Store, files: tuple[Path, Path]) -> None:
    report = made(store, *files)
    assert sum(row.devices for row in report.makers) + report.unknown_count == report.device_count
    assert sum(row.devices for row in report.places) == report.device_count
    assert sum(row.of_listed_makers for row in report.places) == report.listed_count
    assert sum(row.devices for row in report.makers if row.is_listed) == report.listed_count


def test_a_binding_list_that_names_a_maker_is_said_first(store: Store, files: tuple[Path, Path]) -> None:
    listed = company("eu-1", "Axis Communications AB", since=date(2026, 1, 1), list_id="eu-fsf")
    put(store, snapshot_of("eu-fsf", date(2026, 11, 20)), [listed])
    said = [str(sentence) for sentence in made(store, files[0]).conclusions]
    binding = [sentence for sentence in said if "which binds" in sentence]
    assert len(binding) == 1
    assert binding[0].startswith("Axis Communications is listed on EU consolidated")
    assert binding[0].endswith("which binds a public body in the Netherlands.")
    assert not any("no list that binds" in sentence.casefold() for sentence in said)


def test_a_brand_that_only_resembles_an_entry_is_an_answer_of_a_list_and_no_maker(
    store: Store, tmp_path: Path
) -> None:
    put(
        store,
        snapshot_of("un-sc", date(2026, 11, 20)),
        [company("un-1", "Xiamen Sterrenkijk Noordhof Co. Ltd.")],
    )
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Nummer;Merk\nCAM-1;Sterrenkijk\nCAM-2;Geheel Ander\n", encoding="utf-8")
    report = made(store, sheet)
    assert [(device.brand, device.maker_id) for device in report.devices] == [
        ("Sterrenkijk", ""),
        ("Geheel Ander", ""),
    ]
    assert report.claims_by_party["brand-sterrenkijk"].answer is Answer.POSSIBLE
    assert (report.listed_count, report.unknown_count, report.makers) == (0, 2, ())
    assert b"possibly listed" in render(report, lang="en", format="html")


def test_a_brand_is_possibly_listed_from_the_same_score_as_a_name(store: Store, tmp_path: Path) -> None:
    put(store, snapshot_of("un-sc", date(2026, 11, 20)), [company("un-1", "Harbour Lamp Works")])
    query = PartyQuery("name", ("Harbor Lamps",), schema="Organization")
    (reply,) = ask_lists(store, [query], as_of=DAY, lists=("un-sc",))
    assert reply.possible[0].match.score < ScreeningEngine.of([]).threshold
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Nummer;Merk\nCAM-1;Harbor Lamps\n", encoding="utf-8")
    assert made(store, sheet).claims_by_party["brand-harbor-lamps"].answer is reply.answers[0].answer


def test_lists_that_could_not_tell_stand_under_what_is_unknown(
    store: Store, files: tuple[Path, Path]
) -> None:
    report = made(store, files[0])
    unable = [str(status.title) for status in report.lists if status.answer is not Answer.FOUND]
    unknown = "\n".join(str(sentence) for sentence in report.unknowns)
    assert unable
    assert all(title in unknown for title in unable)


def test_the_chain_leads_from_a_device_to_the_owners_of_its_maker(
    store: Store, files: tuple[Path, Path]
) -> None:
    report = made(store, *files)
    keep_run(store, report, actor="tester", at=NOON)
    with store.reading() as connection:
        named = {
            name: named_subjects(connection, report.run_id, name)
            for name in ("cam-1", "a414.3700.0001", "192.0.2.7", "hikvision", "nobody")
        }
        links = chain(connection, report.run_id, named["cam-1"])
    assert named["cam-1"] == named["a414.3700.0001"] == named["192.0.2.7"]
    assert named["nobody"] == []
    assert [link.subject for link in links[:2]] == [*named["cam-1"], "hikvision"]
    owners = {edge.owner_id for edge in report.ownership if edge.asset_id == "hikvision"}
    assert owners <= {link.subject for link in links} | {
        f.object for link in links for f in link.findings if f.kind is FindingKind.OWNERSHIP
    }
    assert len({link.subject for link in links}) == len(links)
    assert all(finding.subject == link.subject for link in links for finding in link.findings)


def test_devices_that_show_the_same_share_their_reasons(store: Store, tmp_path: Path) -> None:
    rows = "".join(f"CAM-{number};Annke;C800;;Hall {number}\n" for number in range(50))
    (tmp_path / "many.csv").write_text(f"Nummer;Merk;Model;MAC;Locatie\n{rows}", encoding="utf-8")
    report = made(store, tmp_path / "many.csv")
    assert len(report.devices) == 50
    assert report.devices[0].reasons
    assert len({id(device.reasons) for device in report.devices}) == 1


def test_a_listed_brand_without_a_maker_card_is_a_party_from_its_day(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "brands.csv"
    sheet.write_text("Merk;Model\nDJI;Mavic 3\nNuctech;CX6040\nSenseTime;X\n", encoding="utf-8")
    before, after = (
        {row.party_name for row in made(store, sheet, as_of=day).listings if row.is_current}
        for day in (date(2020, 12, 17), date(2020, 12, 18))
    )
    assert (before, after - before) == ({"SenseTime"}, {"DJI", "Nuctech"})


def test_brands_that_nothing_names_are_told_by_their_number(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "brands.csv"
    rows = [(f"Rulven{letter}", number + 1) for number, letter in enumerate("abcdef")]
    lines = [f"{brand};Q-{n}-{k}" for brand, n in rows for k in range(n)]
    sheet.write_text("\n".join(["Merk;Model", *lines, ";Q-9"]) + "\n", encoding="utf-8")
    brands, bare = map(str, made(store, sheet).unknowns[:2])
    assert brands.startswith(
        "21 devices have only a brand (Rulvenf, Rulvene, Rulvend, Rulvenc, Rulvenb, …): "
    )
    assert bare.startswith("1 devices show no trace")


def test_a_supplier_meets_the_lists_and_is_no_manufacturer(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "suppliers.csv"
    rows = """Axis;P1;Nuctech;2
Axis;M1;Rulven Verkoop B.V.;1
Axis;M2;;1
Axis;M3;"DJI; Nuctech B.V.";1
"""
    sheet.write_text(f"Merk;Model;Leverancier;Aantal\n{rows}", encoding="utf-8")
    report = made(store, sheet)
    assert [(row.id, row.name, row.devices, row.answer) for row in report.suppliers] == [
        ("supplier-dji", "DJI", 1, Answer.FOUND),
        ("supplier-nuctech", "Nuctech", 3, Answer.FOUND),
        ("supplier-rulven-verkoop", "Rulven Verkoop B.V.", 1, Answer.NOT_CHECKED),  # no whole list is loaded
    ]
    assert {row.relation for supplier in report.suppliers for row in supplier.listings} == {"supplier"}
    assert "A list names these suppliers of devices: Nuctech (3), DJI (1)." in map(str, report.conclusions)
    assert (report.listed_count, report.listings) == (0, ())
    keep_run(store, report, actor="tester", at=NOON)
    earlier = made(store, sheet, as_of=date(2020, 12, 17))
    assert Answer.FOUND not in {row.answer for row in earlier.suppliers}
    assert not any("suppliers" in str(sentence) for sentence in earlier.conclusions)


def test_the_entries_of_a_listed_supplier_are_findings(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "suppliers.csv"
    sheet.write_text("Merk;Model;Leverancier\nAxis;P1;Nuctech\n", encoding="utf-8")
    findings = [f for f in made(store, sheet).findings if f.subject == "supplier-nuctech"]
    assert {(f.kind, f.answer) for f in findings} == {(FindingKind.LISTING, Answer.FOUND)}
    assert all(reason.citations for f in findings for reason in f.reasons[:1])


def test_of_very_many_rows_the_first_are_named_and_all_are_counted(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "MOST_ROWS", 2)
    sheet = tmp_path / "lijst.csv"
    rows = [f"CAM-{n};Axis;P3245-LV;AB12345{n:02}" for n in range(5)]
    notes = [f"Gebouw {n};;;" for n in range(4)]
    sheet.write_text("\n".join(["Naam;Merk;Model;Serienummer", *notes, *rows, *rows]), encoding="utf-8")
    report = made(store, sheet)
    (entry,) = report.inputs
    assert (len(entry.duplicates), entry.more_duplicates) == (2, 3)
    assert (len(entry.left_out), entry.more_left_out) == (2, 2)
    assert (report.counts["duplicate_rows"], report.counts["rows_left_out"]) == (5, 4)
    assert (entry.records.read, entry.records.devices, entry.records.merged) == (14, 5, 5)


def test_packed_devices_give_the_same_report(
    store: Store, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = made(store, *files)
    monkeypatch.setattr(packing, "MOST_UNPACKED", 2)
    monkeypatch.setattr(packing, "ROWS", 1)
    monkeypatch.setattr(device_rows, "MOST_UNPACKED", 1)
    monkeypatch.setattr(device_rows, "RUN", 2)
    report = made(store, *files)
    assert isinstance(report.devices, Packed)
    assert tuple(report.devices) == expected.devices
    assert replace(report, devices=()) == replace(expected, devices=())
    assert list(render_json(report)) == list(render_json(expected))


def test_a_manufacturer_is_not_listed_only_if_every_list_covers_the_date(
    store: Store, files: tuple[Path, Path]
) -> None:
    put(store, snapshot_of("un-sc", date(2026, 11, 20)), [company("un-1", "Sterrenkijk Noordhof")])
    report = made(store, files[0])
    listed = {device.brand: device.maker_is_listed for device in report.devices}
    assert listed == {"Hikvision": True, "Axis Communications": None, "Onbekend merk": None, "Dahua": True}
    assert report.counts["not_checked"] == 1  # the unknown manufacturer is counted as unknown
    claim = report.claims_by_party["axis"]
    assert claim.holds is None
    assert 0 < claim.covered < claim.lists
