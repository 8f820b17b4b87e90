"""Lists that a mapping declares: loaded, dated, screened and reported, and when they prove an absence."""

import json
from pathlib import Path
from typing import Any

import pytest
from functional_tools import loaded, run_command, states
from invented_lists import un_list

from overzicht.errors import EXIT_INCOMPLETE, EXIT_INPUT, EXIT_NOT_FOUND, EXIT_OK

pytestmark = pytest.mark.usefixtures("own_home")

MAPPING = """
id: acme-list
title: Parties that Acme does not deal with
title_nl: Partijen waarmee Acme geen zaken doet
publisher: Acme B.V.
effect: dealing ban
binds: employees of Acme
records: {where: Status = active}
fields:
  {name: Name, aliases: {from: Alias, split: ";"}, listed: Since, last_day: Until, countries: Country,
  record_id: No}
numbers: {wallet: Wallet}
"""
HEADER = "No,Name,Alias,Since,Until,Country,Status,Wallet\n"
WALLET = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"


def rows(count: int, first: int = 1) -> str:
    return HEADER + "".join(
        f"{n},Invented Trading {n} Ltd,ITW{n},2020-01-02,Permanent,cn,active,\n"
        for n in range(first, first + count)
    )


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def put(tmp_path: Path, content: str, name: str = "acme.csv") -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def load(path: Path, mapping: Path, *, records: int) -> None:
    """Load a file of 15 January 2026 that is confirmed to be complete."""
    run_command(
        *("lists", "add", path, "--mapping", mapping, "--published", "2026-01-15", "--records", str(records))
    )


def answers(name: str, as_of: str = "2026-02-01", list_id: str = "acme-list") -> dict[str, Any]:
    result = run_command("screen", "one", name, "--list", list_id, "--as-of", as_of, "--json")
    assert result.exit_code == EXIT_OK, result.output
    asked: dict[str, Any] = json.loads(result.stdout)
    return asked


def answer(name: str, as_of: str = "2026-02-01") -> tuple[str, str]:
    (only,) = answers(name, as_of)["answers"]
    return only["answer"], only["note"]


def test_an_own_list_is_like_a_shipped_one(tmp_path: Path, mapping: Path) -> None:
    content = rows(12) + "99,Old Firm,,2019-01-01,,,removed,\n"
    added = run_command(
        "lists",
        "add",
        put(tmp_path, content),
        "--mapping",
        mapping,
        "--published",
        "2026-01-15",
        "--records",
        "13",
        "--json",
    )
    assert added.exit_code == EXIT_OK, added.output
    (view,) = json.loads(added.stdout)
    account = view["account"]
    assert (account["read"], account["parties"], account["merged"]) == (13, 12, 0)
    assert account["left_out"] == [{"reason": "not `Status = active`", "count": 1, "examples": ["line 14"]}]
    assert view["doubt"] == ""
    state = states("2026-02-01")["acme-list"]
    assert state["can_tell"]
    assert "employees of Acme" in state["effect"]
    found = answers("Invented Trading 7 Ltd")
    assert [each["answer"] for each in found["answers"]] == ["found"]
    (listing,) = found["listings"]
    assert (listing["list_id"], listing["since"]["day"]) == ("acme-list", "2020-01-02")
    assert answer("Somebody Else Entirely")[0] == "not found"
    assert answer("ITW3")[0] == "found"
    assert (
        "acme-list" in run_command("screen", "one", "Invented Trading 7 Ltd", "--as-of", "2026-02-01").stdout
    )


def test_the_next_file_needs_no_mapping_and_the_two_are_compared(tmp_path: Path, mapping: Path) -> None:
    load(put(tmp_path, rows(12)), mapping, records=12)
    again = put(tmp_path, rows(12, 2), "next.csv")
    added = run_command("lists", "add", again, "--list", "acme-list", "--published", "2026-02-15")
    assert added.exit_code == EXIT_OK, added.output
    shown = run_command("lists", "diff", "acme-list", "2026-01-15", "2026-02-15").stdout
    assert "1 listed, 1 delisted" in shown
    assert "+ Invented Trading 13 Ltd" in shown
    assert answer("Invented Trading 1 Ltd", "2026-02-20")[0] == "not found"
    assert run_command("lists", "add", again, "--list", "other-list").exit_code == EXIT_NOT_FOUND


def test_a_table_proves_no_absence_until_its_number_is_given(tmp_path: Path, mapping: Path) -> None:
    path = put(tmp_path, rows(12))
    added = run_command("lists", "add", path, "--mapping", mapping, "--published", "2026-01-15")
    assert added.exit_code == EXIT_OK
    assert "does not prove" in added.stdout
    assert answer("Invented Trading 7 Ltd")[0] == "found"
    told, note = answer("Somebody Else Entirely")
    assert told == "not checked"
    assert "12 parties in 12 records" in note
    run_command("lists", "add", path, "--list", "acme-list", "--records", "11")
    assert answer("Somebody Else Entirely")[0] == "not checked"
    assert (
        "already loaded" in run_command("lists", "add", path, "--list", "acme-list", "--records", "12").stdout
    )
    assert answer("Somebody Else Entirely")[0] == "not found"


def test_bounds_and_an_end_mark_prove_the_end(tmp_path: Path, mapping: Path) -> None:
    mapping.write_text(MAPPING + "bounds: {min: 10, max: 20}\n", encoding="utf-8")
    run_command("lists", "add", put(tmp_path, rows(12)), "--mapping", mapping, "--published", "2026-01-15")
    assert answer("Somebody Else Entirely")[0] == "not found"
    refused = run_command("lists", "add", put(tmp_path, rows(8), "b.csv"), "--mapping", mapping)
    assert refused.exit_code == EXIT_INPUT
    assert "10 to 20" in refused.stderr
    mapping.write_text(MAPPING + "end: '/total (\\d+)/'\n", encoding="utf-8")
    ended = put(tmp_path, rows(12) + "total 12,,,,,,,\n", "c.csv")
    assert (
        run_command("lists", "add", ended, "--mapping", mapping, "--published", "2026-01-20").exit_code
        == EXIT_OK
    )
    cut = run_command("lists", "add", put(tmp_path, rows(13), "d.csv"), "--mapping", mapping)
    assert cut.exit_code == EXIT_INPUT
    assert "end mark" in cut.stderr


def test_a_list_that_shrank_needs_force_and_then_proves_nothing(tmp_path: Path, mapping: Path) -> None:
    load(put(tmp_path, rows(40)), mapping, records=40)
    small = put(tmp_path, rows(30), "small.csv")
    refused = run_command("lists", "add", small, "--list", "acme-list", "--published", "2026-01-20")
    assert refused.exit_code == EXIT_INPUT
    assert "40" in refused.stderr
    assert answer("Somebody Else Entirely")[0] == "not found", "the whole version is still in use"
    forced = run_command("lists", "add", small, "--list", "acme-list", "--published", "2026-01-20", "--force")
    assert forced.exit_code == EXIT_OK
    told, note = answer("Somebody Else Entirely")
    assert told == "not checked"
    assert "30 records; the version of 2026-01-15 has 40" in note
    assert answer("Invented Trading 35 Ltd")[0] == "found", "it was not proven to be removed"
    whole = put(tmp_path, rows(39), "whole.csv")
    assert (
        run_command("lists", "add", whole, "--list", "acme-list", "--published", "2026-01-25").exit_code
        == EXIT_OK
    )
    assert answer("Somebody Else Entirely")[0] == "not found"


def test_a_shipped_list_that_shrank_is_refused_too(tmp_path: Path) -> None:
    for day, persons, code in (("2026-02-01", 750, EXIT_OK), ("2026-02-02", 640, EXIT_INPUT)):
        path = tmp_path / f"{day}.xml"
        path.write_bytes(un_list(day=day, persons=persons))
        assert run_command("lists", "add", path).exit_code == code
    forced = run_command("lists", "add", path, "--force")
    assert forced.exit_code == EXIT_OK
    told = answers("Somebody Else Entirely", "2026-02-03", "un-sc")["answers"][0]
    assert told["answer"] == "not checked"
    assert "2026-02-02 is not known to be whole" in told["note"]
    assert [each["doubt"] != "" for each in loaded("un-sc")] == [False, True]


def test_a_last_row_without_line_end_may_be_cut(tmp_path: Path, mapping: Path) -> None:
    load(put(tmp_path, rows(12)), mapping, records=12)
    torn = put(tmp_path, rows(13).rstrip("\n"), "torn.csv")
    added = run_command("lists", "add", torn, "--list", "acme-list", "--published", "2026-01-20")
    assert added.exit_code == EXIT_OK
    assert "no line end" in answer("Somebody Else Entirely")[1]


def test_unread_records_refuse_a_file_unless_it_is_partial(tmp_path: Path, mapping: Path) -> None:
    path = put(tmp_path, rows(12) + "13,,,2020-01-02,,cn,active,\n")
    refused = run_command("lists", "add", path, "--mapping", mapping)
    assert refused.exit_code == EXIT_INPUT
    assert "line 14" in refused.stderr
    taken = run_command("lists", "add", path, "--mapping", mapping, "--partial")
    assert taken.exit_code == EXIT_INCOMPLETE
    assert "12 parties, 0 merged, 0 left out, 1 unread" in taken.stdout


def test_a_wallet_is_found_by_its_exact_address(tmp_path: Path, mapping: Path) -> None:
    content = rows(11) + f"12,Wallet Holder Ltd,,2020-01-02,,cn,active,{WALLET}\n"
    load(put(tmp_path, content), mapping, records=12)
    found = answers(WALLET)
    assert [each["answer"] for each in found["answers"]] == ["found"]
    assert found["listings"][0]["name"] == "Wallet Holder Ltd"
    other_case = WALLET.replace("B", "b", 1)
    assert answer(other_case)[0] == "not found"
    by_number = run_command(
        "screen",
        "one",
        "Any Name",
        "--identifier",
        f"wallet={WALLET}",
        "--list",
        "acme-list",
        "--as-of",
        "2026-02-01",
    )
    assert "the same wallet" in by_number.stdout


def test_wallets_without_a_name_are_found(tmp_path: Path) -> None:
    path = put(tmp_path, json.dumps([WALLET, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"]), "wallets.json")
    added = run_command("lists", "add", path, "--mapping", "wallets", "--published", "2026-01-15")
    assert added.exit_code == EXIT_OK, added.output
    for address in (WALLET, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"):
        assert [a["answer"] for a in answers(address, list_id="wallets")["answers"]] == ["found"]
    assert [a["answer"] for a in answers(WALLET[:-1] + "U", list_id="wallets")["answers"]] == ["not found"]


def test_an_overview_names_an_own_list_with_its_effect(tmp_path: Path, mapping: Path) -> None:
    content = HEADER + "1,Hangzhou Hikvision Digital Technology Co. Ltd.,Hikvision,2020-01-02,,cn,active,\n"
    load(put(tmp_path, content), mapping, records=1)
    devices = put(tmp_path, "Merk;Type;Aantal\nHikvision;DS-2CD2143G2-I;3\n", "devices.csv")
    out = tmp_path / "report.json"
    made = run_command("overview", devices, "--as-of", "2026-02-01", "--out", out)
    assert made.exit_code in (EXIT_OK, EXIT_INCOMPLETE), made.output
    report = json.loads(out.read_text(encoding="utf-8"))
    (status,) = [each for each in report["lists"] if each["list_id"] == "acme-list"]
    assert "employees of Acme" in status["effect"]["en"]
    assert [row["list_id"] for row in report["listings"] if row["list_id"] == "acme-list"]


def test_preview_prints_a_party_a_line_and_stores_nothing(tmp_path: Path, mapping: Path) -> None:
    path = put(tmp_path, rows(3))
    shown = run_command("lists", "preview", path, "--mapping", mapping)
    assert shown.exit_code == EXIT_OK
    lines = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [line["name"] for line in lines] == [f"Invented Trading {n} Ltd" for n in (1, 2, 3)]
    assert "3 records read: 3 parties" in shown.stderr
    in_dutch = run_command("lists", "preview", path, "--mapping", mapping, "--lang", "nl")
    assert (in_dutch.stdout, "3 records gelezen: 3 partijen" in in_dutch.stderr) == (shown.stdout, True)
    assert (
        len(run_command("lists", "preview", path, "--mapping", mapping, "--first", "1").stdout.splitlines())
        == 1
    )
    assert "acme-list" not in states()
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(MAPPING.replace("record_id: No", "record_id: Number"), encoding="utf-8")
    refused = run_command("lists", "preview", path, "--mapping", wrong)
    assert refused.exit_code == EXIT_INPUT
    assert "fields.record_id" in refused.stderr


def test_the_id_of_a_shipped_list_is_refused(tmp_path: Path, mapping: Path) -> None:
    mapping.write_text(MAPPING.replace("acme-list", "un-sc"), encoding="utf-8")
    refused = run_command("lists", "add", put(tmp_path, rows(3)), "--mapping", mapping)
    assert refused.exit_code == EXIT_INPUT
    assert "own-un-sc" in refused.stderr


def test_the_same_file_with_another_mapping_is_read_again(tmp_path: Path, mapping: Path) -> None:
    path = put(tmp_path, rows(12))
    given = ("--published", "2026-01-15", "--records", "12")
    run_command("lists", "add", path, "--mapping", mapping, *given)
    mapping.write_text(MAPPING.replace("aliases: {from: Alias", "notes: {from: Alias"), encoding="utf-8")
    again = run_command("lists", "add", path, "--mapping", mapping, *given)
    assert "12 records" in again.stdout
    assert [each["records"] for each in loaded("acme-list")] == [12]
    assert answer("ITW3")[0] != "found"
    assert run_command("log", "verify").exit_code == EXIT_OK


def test_ready_mappings_are_named_and_printed() -> None:
    shown = run_command("lists", "mappings").stdout
    assert "ch-seco: Swiss sanctions list (SECO)" in shown
    assert "id: ch-seco" in run_command("lists", "mappings", "ch-seco").stdout
    assert run_command("lists", "mappings", "nothing").exit_code == EXIT_NOT_FOUND
