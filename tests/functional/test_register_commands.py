"""The register from the command line: what a program gets of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from overzicht.cli.main import cli
from overzicht.errors import EXIT_USAGE
from overzicht.sources.inventories.profiles import Profile, save_profile

ORGANISATION = "gemeente-voorbeelddorp"


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)
    given = result.return_value if isinstance(result.return_value, int) else 0
    assert (result.exception, given) == (None, code), result.output
    return result.output


def told(*arguments: str, code: int = 0) -> Any:
    return json.loads(run(*arguments, "--json", code=code))


@pytest.fixture
def kept(own_home: Path, project_root: Path) -> Path:
    """Return a copy of the example inventory, after it was imported on 1 February 2026."""
    del own_home
    path = project_root / "examples/registers/voorbeelddorp.csv"
    run("register", "organisations", "add", "Gemeente Voorbeelddorp", "--as-of", "2026-01-01")
    run("register", "import", str(path), "--organisation", ORGANISATION, "--as-of", "2026-02-01", "--accept")
    return path


def test_a_device_is_found_by_what_people_call_it_and_its_finding_is_judged(kept: Path) -> None:
    del kept
    by_mac = told("register", "show", "4419.b610.0002", "--as-of", "2026-02-01")
    (view,) = told("register", "show", "vd-02", "--as-of", "2026-02-01")
    assert by_mac == [view]
    assert view["device"]["supplier"] == "Beveiliging Voorbeeld BV"
    assert view["device"]["bought"] == "2021-01-01"
    run("judge", view["finding"]["id"], "confirm", "--reason", "label inside", "--by", "ann")
    (view,) = told("register", "show", "VD-02")
    assert [(each["actor"], each["reason"]) for each in view["judgements"]] == [("ann", "label inside")]
    (view,) = told("register", "show", "VD-02", "--as-of", "2026-02-01")
    assert view["judgements"] == []  # a judgement of today does not count on that day


def test_devices_that_no_list_covers_are_listed_by_their_own_option(kept: Path) -> None:
    del kept

    def labels(*options: str) -> list[str]:
        rows = told("register", "devices", "--as-of", "2026-02-01", *options)["devices"]
        return [row["label"] for row in rows]

    known = set(labels()) - set(labels("--maker", "unknown"))
    assert labels("--not-checked")
    assert labels("--not-listed") == []  # starter facts cannot show that a maker is not listed
    assert {*labels("--listed"), *labels("--not-checked")} == known


def test_an_unclear_row_is_chosen_and_written(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(kept.read_text().replace("44:19:B6:10:00:02", "AC:CC:8E:10:00:99"))
    arguments = ("register", "import", str(path), "--organisation", ORGANISATION, "--as-of", "2026-03-01")
    (view,) = told(*arguments, code=1)
    (row,) = [each for each in view["rows"] if each["outcome"] == "unclear"]
    (old,) = row["candidates"]
    number = str(view["import"]["id"])
    run("register", "choose", number, str(row["number"]), f"replaces:{old}")
    run("register", "accept", number)
    devices = told("register", "devices", "--as-of", "2026-03-01", "--life", "replaced")
    assert [each["id"] for each in devices["devices"]] == [old]
    assert told("register", "imports")[0]["counts"]["added"] == 1
    assert told("register", "devices", "--as-of", "2026-02-28", "--life", "replaced")["total"] == 0


def test_a_rejected_import_changes_nothing(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("".join(kept.read_text().splitlines(keepends=True)[:2]))
    (view,) = told("register", "import", str(path), "--organisation", ORGANISATION, "--as-of", "2026-03-01")
    assert view["import"]["counts"]["gone"] == 3
    run("register", "reject", str(view["import"]["id"]), "--reason", "half a list")
    assert told("register", "counts", "--as-of", "2026-03-02")["by_life"] == {"in use": 4}


def test_an_import_uses_saved_fields(kept: Path, tmp_path: Path) -> None:
    del kept
    path = tmp_path / "other.csv"
    path.write_text("Wat hangt er;Van wie;Kenmerk\nP3245-LVE;Axis;VD-91\n", encoding="utf-8")
    fields = ("--column", "Wat hangt er=model", "--column", "Van wie=brand", "--column", "Kenmerk=label")
    run("inventories", "profile", str(path), *fields, "--save", "hal")
    arguments = ("--organisation", ORGANISATION, "--as-of", "2026-03-01", "--part")
    (view,) = told("register", "import", str(path), *arguments, "--profile", "hal", "--accept")
    assert view["import"]["counts"]["added"] == 1
    (found,) = told("register", "show", "VD-91", "--as-of", "2026-03-01")
    assert (found["device"]["maker_id"], found["device"]["model"]) == ("axis", "P3245-LVE")


@pytest.mark.parametrize("owner", [None, ORGANISATION])
def test_an_import_finds_and_offers_profiles(
    owner: str | None, kept: Path, own_home: Path, tmp_path: Path
) -> None:
    del kept
    path = tmp_path / "other.csv"
    path.write_text("Q1;Q2;Q3\nalpha;beta;VD-91\n", encoding="utf-8")
    fields = (("Q1", "model"), ("Q2", "brand"), ("Q3", "label"))
    save_profile(own_home, Profile("old", tuple(column for column, _ in fields), fields, owner))
    arguments = ("register", "import", str(path), "--organisation", ORGANISATION, "--as-of", "2026-03-01")
    refused = CliRunner().invoke(cli, arguments)
    assert refused.exit_code, refused.output
    assert "Add --profile old to use it" in refused.stderr
    (view,) = told(*arguments, "--part", "--profile", "old", "--accept")
    assert view["import"]["counts"]["added"] == 1


def test_the_report_of_a_register_is_written(kept: Path, tmp_path: Path) -> None:
    del kept
    target = tmp_path / "report.html"
    said = run("register", "overview", "--as-of", "2026-02-01", "--lang", "nl", "--out", str(target))
    assert "4 apparaten" in said
    assert "VD-04" in target.read_text(encoding="utf-8")


def test_tasks_are_handed_over_and_reopened(own_home: Path) -> None:
    del own_home
    run("tasks", "open", "device-1", "look", "--owner", "ann")
    run("tasks", "assign", "1", "--owner", "piet", "--due", "2026-05-01")
    run("tasks", "close", "1", "--outcome", "seen")
    run("tasks", "reopen", "1", "--reason", "not well")
    (task,) = told("tasks", "list")
    assert (task["owner"], task["due"], task["closed_at"]) == ("piet", "2026-05-01", "")
    assert told("tasks", "list", "--all", "--as-of", "2026-01-01") == []


@pytest.fixture
def published(kept: Path, tmp_path: Path) -> Path:
    """Return the register of the example as it is published, with its models."""
    del kept
    path = tmp_path / "dorp.json"
    run("register", "publish", str(path), "--organisation", ORGANISATION, "--level", "models",
        "--as-of", "2026-02-01")  # fmt: skip
    return path


def test_merging_writes_a_page_and_json_and_prints_the_same_numbers(published: Path, tmp_path: Path) -> None:
    page, data = tmp_path / "out" / "samen.html", tmp_path / "samen.json"
    printed = run("register", "merge", str(published), "--lang", "nl", "--out", str(page), "--out", str(data))
    assert "1 organisaties, stand van 1 februari 2026" in printed
    assert "  4 apparaten" in printed
    assert '<html lang="nl"' in page.read_text("utf-8")
    assert "Gemeente Voorbeelddorp" in page.read_text("utf-8")
    assert json.loads(data.read_text("utf-8")) == told("register", "merge", str(published), "--lang", "nl")


def test_merging_names_the_forms_it_can_write(published: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["register", "merge", str(published), "--out", str(tmp_path / "a.pdf")])
    assert result.exit_code == EXIT_USAGE
    assert "Use the extension .html or .json" in result.output
    assert not (tmp_path / "a.pdf").exists()


def test_a_corrected_list_replaces_the_first_and_an_earlier_one_goes_under_it(
    kept: Path, tmp_path: Path
) -> None:
    header, *rows = kept.read_text(encoding="utf-8").splitlines()
    corrected = tmp_path / "corrected.csv"
    corrected.write_text("\n".join([header, *rows[1:]]) + "\n", encoding="utf-8")
    arguments = ("register", "import", str(corrected), "--organisation", ORGANISATION)
    printed = run(*arguments, "--as-of", "2026-02-01")
    assert "It replaces import 1 of the same date. What only that list showed is withdrawn" in printed
    assert "withdrawn: 1\n" in printed
    assert "1 of 4 devices in use would no longer be in use" in printed
    (view,) = told(*arguments, "--as-of", "2026-02-01", "--again")
    assert (view["import"]["supersedes"], view["import"]["counts"]["withdrawn"]) == (1, 1)
    run("register", "accept", "2", "--confirm-retired")
    counts = ("register", "counts", "--organisation", ORGANISATION, "--as-of")
    assert told(*counts, "2026-02-01")["total"] == 3
    run("register", "undo", "2", "--reason", "wrong file")
    assert told(*counts, "2026-02-01")["total"] == 4
    run(*arguments, "--as-of", "2025-12-01", "--accept")  # before the organisation was added
    assert told(*counts, "2025-12-01")["total"] == 3
    assert told(*counts, "2026-02-01")["total"] == 4
    run("register", "verify")


def test_several_files_in_one_command_are_parts_of_one_list(own_home: Path, tmp_path: Path) -> None:
    del own_home
    files = []
    for number in (1, 2):
        path = tmp_path / f"part-{number}.csv"
        rows = (f"CAM-{number}{n},Axis,P3245-LV,ACCC8E0000{number}{n}\n" for n in range(5))
        path.write_text("Nummer,Merk,Model,Serienummer\n" + "".join(rows), encoding="utf-8")
        files.append(str(path))
    run("register", "organisations", "add", "Town", "--as-of", "2026-01-01")
    arguments = ("--organisation", "town", "--as-of", "2026-02-01", "--accept")
    views = told("register", "import", *files, *arguments)
    assert [view["import"]["supersedes"] for view in views] == [None, None]
    assert told("register", "counts", "--organisation", "town", "--as-of", "2026-02-01")["total"] == 10
