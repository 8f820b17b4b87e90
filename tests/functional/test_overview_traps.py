"""The traps, through the overview: who is not listed, whom no list binds, and what never counts."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_tools import NOON

from overzicht.devices.knowledge import Knowledge, load_knowledge
from overzicht.reports.overview_report import OverviewReport
from overzicht.store.database import Store
from overzicht.subjects.overview import build
from overzicht.workflows.starter import ensure_starter

SHEET = "Merk;Model\nHikvision;DS-2CD2143G2-I\nHytera;PD785\nZTE;ZXV10\nDahua;IPC-HFW1230S\nAxis;P3245-V\n"
NONE_BINDS = "no list that binds a public body in the Netherlands names a manufacturer"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("traps") / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the EU, UN and American files of the traps."""
    folder = tmp_path_factory.mktemp("traps-home")
    lists = shared_data / "lists"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(folder))
        for arguments in (
            [lists / "eu-fsf/20210302-FULL-1_1(xsd).xml.gz", lists / "un-sc/20210312-consolidated.xml"],
            [lists / "eu-official-journal/consolidated/32014R0833.csv", "--published", "2026-07-01"],
            ["--published", "2026-07-23", shared_data / "exportcontrol/us-ear-part-744-2026-07-23.xml"],
            [
                *sorted((lists / "us-procurement-bans").glob("*.csv")),
                lists / "us-csl/202204-consolidated.csv.gz",
            ],
        ):
            assert run_command("lists", "add", *arguments).exit_code == 0
    return folder


def overview(home: Path, sheet: Path, out: Path, as_of: str) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(home))
        result = run_command("overview", sheet, "--as-of", as_of, "--out", out)
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report


@pytest.fixture(scope="module")
def in_2026(home: Path, sheet: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return overview(home, sheet, tmp_path_factory.mktemp("traps-out") / "o.json", "2026-07-24")


def listed_on(report: dict[str, Any], party: str) -> set[tuple[str, str]]:
    rows = [row for row in report["listings"] if row["party_id"] == party and row["is_current"]]
    return {(row["list_id"], row["measure"]) for row in rows}


@pytest.mark.shared
def test_the_radio_maker_is_not_the_firm_in_hong_kong_with_a_like_name(in_2026: dict[str, Any]) -> None:
    assert listed_on(in_2026, "hytera") == {
        ("us-procurement-bans", "Section 889"),
        ("us-procurement-bans", "FCC Covered List"),
    }
    names = {row["entry_name"] for row in in_2026["listings"] if row["party_id"] == "hytera"}
    assert not any("Limited" in name for name in names)
    answers = {c["list_id"]: c["answer"] for c in in_2026["checks"] if c["party_id"] == "hytera"}
    assert answers["us-bis-entity-list"] == "possibly listed"  # the entry of the other firm is named


@pytest.mark.shared
def test_the_firm_in_hong_kong_is_on_both_lists_under_its_own_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(home))
    asked = json.loads(
        run_command(
            "screen", "one", "Hytera Communications Limited", "--as-of", "2026-07-24", "--json"
        ).stdout
    )
    found = {each["list"] for each in asked["answers"] if each["answer"] == "found"}
    assert {"us-bis-entity-list", "eu-official-journal"} <= found


@pytest.mark.shared
def test_zte_is_not_on_the_entity_list(in_2026: dict[str, Any]) -> None:
    answers = {c["list_id"]: c["answer"] for c in in_2026["checks"] if c["party_id"] == "zte"}
    assert answers["us-bis-entity-list"] == "possibly listed"  # the entry of the other firm is named
    assert not [r for r in in_2026["listings"] if r["party_id"] == "zte" and "Entity List" in r["measure"]]


@pytest.mark.shared
def test_a_shop_in_new_york_on_the_denial_list_is_not_dahua_technology(in_2026: dict[str, Any]) -> None:
    own = [row for row in in_2026["listings"] if row["party_id"] == "dahua"]
    assert own
    assert not any("Denied" in row["measure"] or "ELECTRONICS" in row["entry_name"].upper() for row in own)


@pytest.mark.shared
def test_no_american_list_binds_and_the_report_says_exactly_this(in_2026: dict[str, Any]) -> None:
    assert in_2026["listings"]
    assert not any(row["binds_reader"] for row in in_2026["listings"])
    binding = {status["list_id"] for status in in_2026["lists"] if status["binds_reader"]}
    assert binding
    assert not any(list_id.startswith("us-") for list_id in binding)
    said = [sentence["en"] for sentence in in_2026["conclusions"]]
    assert [s for s in said if NONE_BINDS in s]
    (others,) = [s for s in said if s.startswith("None of these lists binds a public body")]
    titles = {row["list_title"]["en"] for row in in_2026["listings"] if row["is_current"]}
    assert all(title in others for title in titles)


@pytest.mark.shared
def test_a_binding_list_that_is_too_old_is_told_as_not_checked(in_2026: dict[str, Any]) -> None:
    (status,) = [each for each in in_2026["lists"] if each["list_id"] == "eu-fsf"]
    assert status["answer"] == "not checked"
    (unchecked,) = [s["en"] for s in in_2026["conclusions"] if "Not checked" in s["en"]]
    assert status["title"]["en"] in unchecked


@pytest.mark.shared
def test_on_a_day_that_the_binding_lists_cover_all_makers_are_checked_and_none_is_found(
    home: Path, sheet: Path, tmp_path: Path
) -> None:
    report = overview(home, sheet, tmp_path / "o.json", "2021-03-12")
    makers = {row["maker_id"] for row in report["makers"]}
    answers = {
        (c["party_id"], c["list_id"]): c["answer"]
        for c in report["checks"]
        if c["party_id"] in makers and c["list_id"] in {"eu-fsf", "un-sc"}
    }
    assert set(answers.values()) == {"not found"}
    assert len(answers) == 2 * len(makers)


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(tmp_path_factory.mktemp("country-home"))
    ensure_starter(store, actor="tester", at=NOON)
    yield store
    store.close()


def in_country(knowledge: Knowledge, countries: dict[str, str]) -> Knowledge:
    makers = {
        maker_id: card.model_copy(update={"country": countries.get(maker_id, card.country)})
        for maker_id, card in knowledge.makers.items()
    }
    return replace(knowledge, makers=makers)


def judged(report: OverviewReport) -> tuple[object, ...]:
    """Return all that says something of a maker or a device, the country itself left out."""
    makers = [replace(row, country="") for row in report.makers]
    return (
        report.devices,
        makers,
        report.listings,
        report.checks,
        report.findings,
        report.conclusions,
        report.regimes,
    )


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["hikvision", "dahua", "hytera", "zte", "axis"]),
        st.sampled_from(["nl", "cn", "us", "kp"]),
        min_size=1,
    )
)  # fmt: skip
def test_law_another_country_changes_no_score_and_no_listing(
    starter: Store, sheet: Path, countries: dict[str, str]
) -> None:
    choices, as_of = build.OverviewChoices(), date(2026, 7, 24)
    before = build.make_overview(starter, [sheet], choices, as_of=as_of)
    moved = in_country(load_knowledge(), countries)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "load_knowledge", lambda: moved)
        after = build.make_overview(starter, [sheet], choices, as_of=as_of)
    shown = {row.maker_id: row.country for row in after.makers}
    assert all(shown[maker_id] == country for maker_id, country in countries.items())
    assert judged(after) == judged(before)
