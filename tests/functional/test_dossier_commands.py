"""The commands of dossiers, as a user runs them, in both languages."""

import json
from pathlib import Path

import pytest
from functional_tools import log_entries, run_command

pytestmark = pytest.mark.usefixtures("own_home")
BY = ("--by", "Noor")


def begun() -> None:
    run_command(
        "dossier", "new", "acme", "--about", "acme", "--title", "Acme", "--title-nl", "Acme (nl)", *BY
    )
    run_command("dossier", "add", "acme", "source", "--id", "paper", "title=The Paper on Acme",
                "publisher=The Paper", "address=https://paper.example/1", "date=2025-01-10",
                "read=2025-01-11", *BY)  # fmt: skip
    run_command("dossier", "add", "acme", "claim", "--id", "deed", "what=It did it.", "what.nl=Het deed het.",
                "about=acme", "by=The Paper", "day=2025-01-10", "source=paper", *BY)  # fmt: skip


def test_a_dossier_is_incomplete_until_the_party_was_asked() -> None:
    begun()
    assert "incomplete: neither" in run_command("dossier", "list").stdout
    run_command(
        "dossier", "add", "acme", "asked", "day=2025-01-20", "whom=Acme", "by=us", "what=Is it so?", *BY
    )
    (line,) = json.loads(run_command("dossier", "list", "--json").stdout)
    assert (line["complete"], line["claims"], line["asked"], line["replies"]) == (True, 1, 1, 0)
    (before,) = json.loads(run_command("dossier", "list", "--json", "--as-of", "2025-01-19").stdout)
    assert before["complete"] is False


def test_corrections_and_withdrawals_show() -> None:
    begun()
    run_command("dossier", "add", "acme", "step", "kind=talk", "day=2025-02-01", "forum=Town hall",
                "parties=us; Acme", "what=spoke", *BY)  # fmt: skip
    run_command("dossier", "correct", "acme", "step-1", "day=2025-02-02", "--reason", "the minutes", *BY)
    run_command("dossier", "correct", "acme", "deed", "by=Other", "day=2025-01-12", "source=paper",
                "original=paper", "--reason", "told again", *BY)  # fmt: skip
    shown = run_command("dossier", "show", "acme").stdout
    assert "2 February 2025: Town hall: spoke" in shown
    assert "12 January 2025: Other reported, after The Paper: It did it." in shown
    assert "All reports rest on one original: The Paper on Acme" in shown
    run_command("dossier", "withdraw", "acme", "paper", "--reason", "false", *BY)
    data = json.loads(run_command("dossier", "show", "acme", "--json").stdout)
    assert data["claims"] == []
    assert [(each["entry_id"], each["reason"], each["actor"]) for each in data["withdrawn"]] == [
        ("paper", "false", "Noor")
    ]
    assert [each["entry_id"] for each in data["without_source"]] == ["deed"]
    assert log_entries() >= 6


def test_a_report_is_written_in_dutch_and_as_data(tmp_path: Path) -> None:
    run_command("dossier", "import", "--examples", *BY)
    page, data = tmp_path / "h.html", tmp_path / "h.json"
    run_command("dossier", "show", "hikvision", "--as-of", "2021-04-13", "--out", page, "--lang", "nl")
    run_command("dossier", "show", "hikvision", "--as-of", "2021-04-13", "--out", data)
    told = page.read_text(encoding="utf-8")
    assert '<html lang="nl"' in told
    assert "Het Nederlandse kabinet kon dit niet bevestigen op basis van eigen informatie" in told
    assert "<script" not in told
    found = json.loads(data.read_text(encoding="utf-8"))
    assert (found["as_of"], found["line"]["complete"]) == ("2021-04-13", True)
    assert len(found["listings"]) == 3
    refused = run_command("dossier", "show", "hikvision", "--out", tmp_path / "h.pdf")
    assert (refused.exit_code, "Use the extension .html or .json" in refused.stderr) == (2, True)


def test_the_facts_of_the_answer_of_2021() -> None:
    """What the answers 1, 2, 6, 7, 8, 11 and 15 of 2020Z25656 state, on the day of the answer."""
    run_command("dossier", "import", "--examples", *BY)
    day = ("--as-of", "2021-04-13", "--json")
    huawei = json.loads(run_command("dossier", "show", "huawei", *day).stdout)
    (alarm,) = [each for each in huawei["claims"] if each["id"] == "uyghur-alarm"]
    assert len(alarm["reports"]) == 4
    assert len(alarm["originals"]) == 1
    assert alarm["held_by"]["cannot confirm from its own information"] == [
        "The Dutch cabinet", "The Dutch Ministry of Foreign Affairs",
    ]  # fmt: skip
    talks = {each["on"]["day"]: each for each in huawei["steps"] if each["kind"] == "talk"}
    assert talks["2021-02-25"]["on"]["basis"] == "stated"
    assert talks["2021-04-13"]["on"]["basis"] == "not later than"
    assert "Huawei Nederland" in {each["by"] for each in huawei["replies"] if each["kind"] == "reply"}
    hikvision = json.loads(run_command("dossier", "show", "hikvision", *day).stdout)
    assert {each["id"]: each["status"] for each in hikvision["claims"]}["camps"] == "not confirmed"
    active = json.loads(run_command("dossier", "active", "NL", *day).stdout)
    there = {each["subject"] for each in active if each["answer"] == "found"}
    assert there == {"hikvision", "huawei"}
    taken = json.loads(run_command("dossier", "show", "xinjiang", *day).stdout)["steps"]
    references = " ".join(each["reference"] for each in taken)
    for paper in ("21 501-20, nr. 1596", "35 570 V, nr. 43", "35 570 V, nr. 53", "2021/478"):
        assert paper in references
    assert {"2020-12-16", "2020-12-23", "2021-03-22", "2021-03-31"} <= {each["on"]["day"] for each in taken}


def test_who_is_active_where_and_what_was_not_checked() -> None:
    run_command("dossier", "import", "--examples", *BY)
    poland = run_command("dossier", "active", "PL", "--party", "hikvision")
    assert poland.exit_code == 0
    assert "[found] Hikvision Poland sp. z o.o. is a subsidiary of Hikvision (Poland)." in poland.stdout
    germany = run_command("dossier", "active", "DE", "--party", "hikvision", "--lang", "nl")
    assert germany.exit_code == 1
    assert "[niet gecontroleerd] Duitsland" in germany.stdout
    assert run_command("dossier", "active", "Atlantis").exit_code == 10


def test_a_file_tells_what_it_could_not_take(tmp_path: Path, project_root: Path) -> None:
    whole = project_root / "examples" / "dossiers" / "acme.yaml"
    assert run_command("dossier", "import", whole, *BY).stdout.startswith("acme: 10 added")
    (again,) = json.loads(run_command("dossier", "import", whole, "--json", *BY).stdout)
    assert (again["added"], again["known"]) == (0, 10)
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        whole.read_text("utf-8").replace("id: acme\n", "id: other\n").replace("2031-02-20", "spring"), "utf-8"
    )
    result = run_command("dossier", "import", bad, *BY)
    assert (result.exit_code, "steps 1 (talk)" in result.stdout) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "nobody"), 11, "there is no dossier 'nobody'"),
        (("withdraw", "acme", "nothing", "--reason", "x"), 11, "there is no entry of dossier acme 'nothing'"),
        (("correct", "acme", "deed", "--reason", "x"), 10, "nothing would change"),
        (("add", "acme", "step", "day=2025-01-01"), 10, "forum: it is missing"),
        (("add", "acme", "step", "day"), 2, "is not NAME=VALUE"),
        (("add", "acme", "step", "day=1", "day=2"), 2, "given twice"),
        (("add", "acme", "step", "--document", "x.pdf"), 2, "goes with a source"),
        (("new", "acme", "--about", "acme", "--title", "Acme"), 10, "already exists"),
        (("import",), 2, "Name a file"),
    ],
)
def test_what_cannot_be_done_says_why(arguments: tuple[str, ...], code: int, said: str) -> None:
    begun()
    result = run_command("dossier", *arguments)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr


def test_the_bytes_of_a_document_are_kept(tmp_path: Path) -> None:
    begun()
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"dear all")
    run_command(
        "dossier", "add", "acme", "source", "--id", "letter", "title=A letter", "--document", letter, *BY
    )
    run_command(
        "dossier", "add", "acme", "reply", "day=2025-01-20", "by=Acme", "what=No.", "source=letter", *BY
    )
    assert "sha256 " in run_command("dossier", "show", "acme").stdout
    assert run_command("register", "verify").exit_code == 0
