"""Adding list files: what is taken whole, in part or by force, and how it shows from then on."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from functional_tools import kept, loaded, log_entries, run_command, states
from invented_lists import UN_DAY, ofac_consolidated_set, packed, un_list

from overzicht.errors import EXIT_INCOMPLETE, EXIT_INPUT, EXIT_NOT_FOUND, EXIT_OK, EXIT_USAGE
from overzicht.sources.lists.registry import READERS

pytestmark = pytest.mark.usefixtures("own_home")

TRUNCATED = "us-csl/202311-consolidated.TRUNCATED.csv"


LAST = b"<DATAID>900259</DATAID>"


@pytest.mark.parametrize("wrap", [gzip.compress, packed])
def test_a_good_archive_is_read(tmp_path: Path, wrap: Callable[[bytes], bytes]) -> None:
    path = tmp_path / ("un.xml.gz" if wrap is gzip.compress else "un.zip")
    path.write_bytes(wrap(un_list()))
    assert run_command("lists", "add", path).exit_code == EXIT_OK
    assert [s["records"] for s in loaded("un-sc")] == [910]


def test_a_last_byte_that_only_ofac_writes_is_taken_from_ofac_and_from_nobody_else(tmp_path: Path) -> None:
    for name, body in ofac_consolidated_set().items():
        (tmp_path / name).write_bytes(body)
    result = run_command("lists", "add", tmp_path / "CONS_PRIM.CSV")
    assert result.exit_code == EXIT_OK, result.output
    assert [s["records"] for s in loaded("us-ofac")] == [450]
    stained = tmp_path / "un.xml"
    stained.write_bytes(un_list() + b"\x1a")
    assert run_command("lists", "add", stained).exit_code == EXIT_INPUT


def test_a_file_that_is_not_there_and_one_of_another_layout(tmp_path: Path) -> None:
    assert run_command("lists", "add", tmp_path / "absent.xml").exit_code == EXIT_INPUT
    other = tmp_path / "names.csv"
    other.write_text("id;name\n1;Somebody\n")
    result = run_command("lists", "add", other)
    assert result.exit_code == EXIT_INPUT
    assert "names.csv" in result.stderr
    assert all(list_id in result.stderr for list_id in READERS)


def test_the_wrong_list_named_by_the_user_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(un_list())
    assert run_command("lists", "add", path, "--list", "eu-fsf").exit_code == EXIT_INPUT
    assert run_command("lists", "add", path, "--list", "nonsense").exit_code == EXIT_NOT_FOUND
    assert run_command("lists", "add", path, "--list", "un-sc").exit_code == EXIT_OK


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.xml").write_bytes(un_list()[:500])
    (folder / "b.xml").write_bytes(un_list())
    result = run_command("lists", "add", folder)
    assert result.exit_code == EXIT_INPUT
    assert "a.xml" in result.stderr
    assert [s["records"] for s in loaded("un-sc")] == [910]


def test_adding_the_same_file_twice_changes_nothing(tmp_path: Path, own_home: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(un_list())
    run_command("lists", "add", path)
    before = states(), kept(own_home), log_entries()
    renamed = tmp_path / "other-name.xml"
    renamed.write_bytes(un_list())
    result = run_command("lists", "add", path, renamed)
    assert result.exit_code == EXIT_OK
    assert result.stdout.count("already loaded") == 2
    assert (states(), kept(own_home), log_entries()) == before


def test_too_few_records_are_taken_by_force_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(un_list(persons=100))
    result = run_command("lists", "add", path, "--force")
    assert result.exit_code == EXIT_OK
    assert "INCOMPLETE" in result.stdout
    (snapshot,) = loaded("un-sc")
    assert (snapshot["records"], snapshot["complete"]) == (360, False)
    assert snapshot["remarks"] == [
        "it has 360 records; expected: 850 to 1,400",
        "it has 100 Person records; expected: 600 to 1,000",
    ]
    assert not states()["un-sc"]["can_tell"]


def test_force_does_not_take_records_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(un_list().replace(LAST, LAST + b"<NEW/>", 1))
    result = run_command("lists", "add", path, "--force")
    assert result.exit_code == EXIT_INPUT
    assert loaded("un-sc") == []


def test_partial_keeps_the_good_records_and_says_which_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(un_list().replace(LAST, LAST + b"<NEW/>", 1))
    result = run_command("lists", "add", path, "--partial")
    assert result.exit_code == EXIT_INCOMPLETE
    (snapshot,) = loaded("un-sc")
    assert (snapshot["records"], snapshot["complete"]) == (909, False)
    (problem,) = snapshot["problems"]
    assert "900259" in problem
    assert "NEW" in problem


def test_a_day_said_by_the_user_counts_and_a_day_to_come_does_not(tmp_path: Path) -> None:
    for name, body in ofac_consolidated_set().items():
        (tmp_path / name).write_bytes(body)
    path = tmp_path / "CONS_PRIM.CSV"
    refused = run_command("lists", "add", path, "--published", "2099-01-01")
    assert refused.exit_code == EXIT_INPUT
    assert "2099-01-01" in refused.stderr
    assert run_command("lists", "add", path, "--published", "yesterday").exit_code == EXIT_USAGE
    assert run_command("lists", "add", path, "--published", "2025-12-15").exit_code == EXIT_OK
    assert [s["day"] for s in loaded("us-ofac")] == ["2025-12-15"]


@pytest.mark.parametrize("given", ["2026-02-26", "2026-02-28", "2026-11-25"])
@pytest.mark.parametrize("wrap", [bytes, gzip.compress, packed])
def test_a_day_that_the_file_does_not_state_is_refused_with_both_days(
    tmp_path: Path, wrap: Callable[[bytes], bytes], given: str
) -> None:
    path = tmp_path / {bytes: "un.xml", gzip.compress: "un.xml.gz", packed: "un.zip"}[wrap]
    path.write_bytes(wrap(un_list()))
    refused = run_command("lists", "add", path, "--published", given, "--force")
    assert refused.exit_code == EXIT_INPUT
    assert all(part in refused.stderr for part in (path.name, UN_DAY, given, "leave out --published"))
    assert loaded("un-sc") == []
    assert run_command("lists", "add", path, "--published", UN_DAY).exit_code == EXIT_OK


def test_a_file_without_a_day_takes_one_that_is_not_long_before_its_newest_entry(tmp_path: Path) -> None:
    path = tmp_path / "sema.xml"
    path.write_text(
        "<data-set><record><Country>China / Chine</Country><LastName>Prova</LastName>"
        "<GivenName>Ana</GivenName><DateOfListing>2021-03-21</DateOfListing><Schedule>Part 1</Schedule>"
        "<Item>1</Item></record></data-set>"
    )
    refused = run_command("lists", "add", path, "--force", "--published", "2021-01-20")
    assert refused.exit_code == EXIT_INPUT
    assert all(part in refused.stderr for part in ("sema.xml", "2021-03-21", "2021-01-20"))
    announced = run_command("lists", "add", path, "--force", "--published", "2021-03-20")
    assert "entries begin after the date given; the newest on 2021-03-21" in announced.stdout
    assert run_command("lists", "add", path, "--force", "--published", "2022-01-05").exit_code == EXIT_OK
    assert [s["published"] for s in loaded("ca-sema")] == ["2022-01-05"]


def test_an_undated_file_finds_and_proves_no_absence_until_its_date_is_given(tmp_path: Path) -> None:
    path = tmp_path / "sema.xml"
    path.write_text(
        "<data-set><record><Country>China / Chine</Country><EntityOrShip>Prova Optics</EntityOrShip>"
        "<DateOfListing>2021-03-21</DateOfListing><Schedule>Part 1</Schedule><Item>1</Item></record>"
        "</data-set>"
    )
    added = run_command("lists", "add", path, "--force")
    assert "1 records, undated, snapshot" in added.stdout
    (snapshot,) = loaded("ca-sema")
    assert (snapshot["published"], snapshot["day"], snapshot["newest"]) == (None, None, "2021-03-21")
    for day in ("2021-03-20", "2021-03-22", "2026-11-26"):
        assert not states(day)["ca-sema"]["can_tell"]
    asked = ("screen", "one", "Prova Optics", "--as-of", "2021-03-22", "--list", "ca-sema")
    assert "ca-sema: listed" in run_command(*asked).stdout
    assert "undated" in run_command("lists", "status").stdout
    run_command("lists", "add", path, "--force", "--published", "2022-01-05")
    assert [s["published"] for s in loaded("ca-sema")] == ["2022-01-05"]
    assert "already loaded" in run_command("lists", "add", path, "--published", "2022-01-05").stdout


def test_a_file_said_to_be_not_official_is_marked_wherever_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(un_list())
    assert "NOT OFFICIAL" in run_command("lists", "add", path, "--not-official").stdout
    assert "[NOT OFFICIAL]" in run_command("lists", "status").stdout
    asked = run_command("screen", "one", "Invented Entity 900001", "--as-of", "2026-03-01", "--list", "un-sc")
    assert "un-sc: listed" in asked.stdout
    assert "NOT OFFICIAL" in asked.stdout


def test_the_status_in_words_and_as_json_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(un_list())
    run_command("lists", "add", path)
    told = states("2026-03-05")
    assert tuple(told) == tuple(READERS)
    assert told["un-sc"]["can_tell"]
    assert not states("2026-06-01")["un-sc"]["can_tell"], "it is too old by then"
    (snapshot,) = [s for s in told["un-sc"]["snapshots"] if not s["starter"]]
    words = run_command("lists", "status", "--as-of", "2026-03-05").stdout
    assert snapshot["sha256"][:12] in words
    assert f"{snapshot['day']}        910 records" in words
    assert told["eu-fsf"]["note"] in words
    assert "to load: https://webgate.ec.europa.eu" in words


def test_a_diff_by_day_or_hash_and_an_unknown_version(tmp_path: Path) -> None:
    for day, persons in (("2026-02-01", 650), ("2026-02-02", 651)):
        path = tmp_path / f"{day}.xml"
        path.write_bytes(un_list(day=day, persons=persons))
        run_command("lists", "add", path)
    first, second = loaded("un-sc")
    by_day = run_command("lists", "diff", "un-sc", "2026-02-01", "2026-02-02", "--json")
    by_hash = run_command("lists", "diff", "un-sc", first["sha256"][:12], second["sha256"][:12], "--json")
    assert by_day.stdout == by_hash.stdout
    back = json.loads(run_command("lists", "diff", "un-sc", "2026-02-02", "2026-02-01", "--json").stdout)
    assert [each["record_id"] for each in back["items"] if each["change"] == "delisted"] == ["un-sc-10650"]
    unknown = run_command("lists", "diff", "un-sc", "2026-02-01", "2026-02-09")
    assert unknown.exit_code == EXIT_NOT_FOUND
    assert "2026-02-02" in unknown.stderr


def test_a_diff_with_an_incomplete_version_warns(tmp_path: Path) -> None:
    for day, persons, flags in (("2026-02-01", 650, ()), ("2026-02-02", 100, ("--force",))):
        path = tmp_path / f"{day}.xml"
        path.write_bytes(un_list(day=day, persons=persons))
        run_command("lists", "add", path, *flags)
    shown = run_command("lists", "diff", "un-sc", "2026-02-01", "2026-02-02")
    assert "550 delisted" in shown.stdout
    assert "not necessarily removed" in shown.stdout


@pytest.mark.shared
def test_the_truncated_file_is_refused_and_loads_4226_rows_as_incomplete(shared_data: Path) -> None:
    path = shared_data / "lists" / TRUNCATED
    refused = run_command("lists", "add", path)
    assert refused.exit_code == EXIT_INPUT
    assert "line 4233" in refused.stderr
    assert loaded("us-csl") == []
    taken = run_command("lists", "add", path, "--partial")
    assert taken.exit_code == EXIT_INCOMPLETE
    assert "4,226 records" in taken.stdout
    assert "INCOMPLETE" in taken.stdout
    (snapshot,) = loaded("us-csl")
    assert (snapshot["records"], snapshot["complete"]) == (4226, False)
    assert "[INCOMPLETE]" in run_command("lists", "status").stdout
    asked = json.loads(
        run_command(
            "screen", "one", "Nobody At All", "--list", "us-csl", "--as-of", "2023-12-01", "--json"
        ).stdout
    )
    assert [each["answer"] for each in asked["answers"]] == ["not checked"]
    assert "incomplete" in asked["answers"][0]["note"]


@pytest.mark.shared
def test_an_entry_of_the_truncated_file_is_found_and_cited_as_incomplete(
    shared_data: Path, tmp_path: Path, project_root: Path
) -> None:
    run_command("lists", "add", shared_data / "lists" / TRUNCATED, "--partial")
    out = tmp_path / "o.json"
    example = project_root / "examples" / "gemeente-voorbeeldstad" / "apparatuur.xlsx"
    run_command("overview", example, "--as-of", "2023-12-01", "--out", out)
    report = json.loads(out.read_text(encoding="utf-8"))
    (status,) = [each for each in report["lists"] if each["list_id"] == "us-csl"]
    assert (status["basis"], status["answer"]) == ("incomplete", "not checked")
    cited = {c["number"]: c for c in report["citations"]}
    listed = [row for row in report["listings"] if row["list_id"] == "us-csl"]
    from_file = [
        row for row in listed if cited[row["citation"]]["snapshot"].startswith(loaded("us-csl")[0]["sha256"])
    ]
    assert from_file, "makers of the example stand in the rows that are whole"
    assert all(cited[row["citation"]]["complete"] is False for row in from_file)


@pytest.mark.shared
def test_five_years_of_the_security_council_compared(shared_data: Path) -> None:
    folder = shared_data / "lists" / "un-sc"
    added = run_command("lists", "add", *sorted(folder.glob("*.xml")))
    assert added.exit_code == EXIT_OK, added.output
    shown = json.loads(run_command("lists", "diff", "un-sc", "2021-03-12", "2026-02-27", "--json").stdout)
    assert shown["complete"]
    assert shown["listed"] - shown["delisted"] == 1003 - 1004
    assert shown["listed"] > 20
    assert shown["changed"]


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["us-csl/202506-consolidated.sample.csv", "eu-fsf/20241002-FULL-1_1.first18rows.csv",
     "eu-fsf/202504-eu.names.csv", "eu-fsf/20220505-eu.normalised.csv.gz", "eu-fsf/FULL-schema-1_1(xsd).xsd",
     "gleif/lei-vendors-extract-202503.csv", "bods/data-standard-examples/tecido.json"],
)  # fmt: skip
def test_samples_and_other_layouts_are_refused(shared_data: Path, name: str) -> None:
    result = run_command("lists", "add", shared_data / "lists" / name)
    assert result.exit_code == EXIT_INPUT
    assert Path(name).name.removesuffix(".gz") in result.stderr


PEAK = """
import resource, sys
from overzicht.__main__ import main
sys.argv = ["overzicht", "lists", "add", "--force", sys.argv[1]]
try:
    main()
except SystemExit as end:
    print(end.code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak_kib(path: Path) -> int:
    ran = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True)
    code, peak = ran.stdout.split()[-2:]
    assert code == "0", ran.stdout + ran.stderr
    return int(peak)


@pytest.mark.slow
def test_ten_times_the_file_needs_no_ten_times_the_memory(tmp_path: Path) -> None:
    small, large = tmp_path / "small.xml", tmp_path / "large.xml"
    small.write_bytes(un_list(persons=1_500))
    large.write_bytes(un_list(persons=15_000))
    assert large.stat().st_size > 7 * small.stat().st_size
    peaks = peak_kib(small), peak_kib(large)
    assert peaks[1] - peaks[0] < 25 * 1024, f"peak memory in KiB went from {peaks[0]} to {peaks[1]}"


def test_a_folder_without_a_file_is_refused_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty" / "below").mkdir(parents=True)
    (tmp_path / "empty" / "below" / "un.xml").write_bytes(un_list())
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "un.xml").write_bytes(un_list())
    run = run_command("lists", "add", tmp_path / "empty", tmp_path / "full")
    assert run.exit_code == EXIT_INPUT
    assert f"{tmp_path / 'empty'}: there is no file in this folder" in run.stderr
    assert "910 records" in run.output
