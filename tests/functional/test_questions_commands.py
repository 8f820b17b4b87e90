"""The commands about parliamentary questions, as a user runs them, in both languages."""

import json
from pathlib import Path

import pytest
from functional_tools import run_command
from question_tools import INVENTED

DAY = ("--as-of", "2031-12-01")
ALL = [INVENTED / name for name in ("2031Z00417.txt", "ah-900417.metadata.xml", "zaken.json", "index.csv",
                                    "ah-tk-20302031-1812.xml", "ah-tk-20302031-1655.pdf.txt")]  # fmt: skip
pytestmark = pytest.mark.usefixtures("own_home")


def test_adding_says_what_came_of_each_file() -> None:
    result = run_command("questions", "add", *ALL)
    assert result.exit_code == 0
    assert "2031Z00417.txt: new papers: 2" in result.stdout
    assert "index.csv: new sets in the index: 2, changed sets in the index: 1" in result.stdout
    assert "an element is not known, its text was kept: kader" in result.stdout
    dutch = run_command("questions", "add", INVENTED / "kv-tk-2031Z00417.html", "--lang", "nl")
    assert "nieuwe stukken: 1" in dutch.stdout
    assert "een bijlage is niet openbaar" in dutch.stdout
    again = json.loads(run_command("questions", "add", INVENTED / "index.csv", "--json").stdout)
    assert (again[0]["known_entries"], again[0]["new_entries"]) == (3, 0)


def test_a_file_that_is_no_paper_is_refused_with_the_way_out() -> None:
    result = run_command("questions", "add", INVENTED / "error-page.html")
    assert result.exit_code == 10
    assert "an address that does not exist" in result.stderr
    assert "check the id" in result.stderr


def test_showing_a_set_in_both_languages() -> None:
    run_command("questions", "add", *ALL)
    shown = run_command("questions", "show", "ah-tk-20302031-1812", *DAY).stdout
    assert "answered 2 May 2031, after 60 days: late" in shown
    assert "a notice of delay was given (24 March 2031)" in shown
    assert "Question 3: answered together with 2, see above" in shown
    assert "Notes in ah-tk-20302031-1812" in shown
    dutch = run_command("questions", "show", "2031Z00417", "--lang", "nl", *DAY).stdout
    assert "beantwoord 2 mei 2031, na 60 dagen: te laat" in dutch
    assert "Vraag 3: samen beantwoord met 2, zie hierboven" in dutch
    assert " late" not in dutch


def test_json_holds_the_whole_set() -> None:
    run_command("questions", "add", *ALL)
    data = json.loads(run_command("questions", "show", "2031Z00417", "--json", *DAY).stdout)
    assert (data["state"], data["days"], data["late"]) == ("answered, with a further answer", 60, "yes")
    answer = next(paper for paper in data["papers"] if paper["id"] == "ah-tk-20302031-1812")
    assert [one["covers"] for one in answer["answers"]] == [[1], [2, 3], [4]]
    assert answer["answers"][2]["references"][0]["extra"] is True
    assert answer["follow"]["3"] == {"path": [3], "answers": [1], "reason": ""}
    assert len(data["rule"]["unverified"]) == 3


def test_a_set_of_a_day_before_its_answer() -> None:
    run_command("questions", "add", *ALL)
    shown = run_command("questions", "show", "2031Z00417", "--as-of", "2031-04-20").stdout
    assert "open for 48 days: late" in shown
    assert "answered" not in shown.splitlines()[1]
    missing = run_command("questions", "show", "2031Z00417", "--as-of", "2031-01-01")
    assert missing.exit_code == 11


def test_searching_and_overdue() -> None:
    run_command("questions", "add", *ALL)
    found = json.loads(run_command("questions", "search", "scanners", "douane", "--json", *DAY).stdout)
    assert (found["total"], found["sets"][0]["number"]) == (1, "2031Z00417")
    assert (
        "sets that contain all these words: 0"
        in run_command("questions", "search", "onbestaand", *DAY).stdout
    )
    late = json.loads(run_command("questions", "overdue", "--json", *DAY).stdout)
    assert [one["number"] for one in late["late"]] == ["2031Z00600"]
    assert late["without_day_of_asking"] == 1
    assert "2031Z00600" in run_command("questions", "overdue", "--lang", "nl", *DAY).stdout


def test_figures_with_a_page(tmp_path: Path) -> None:
    run_command("questions", "add", *ALL)
    page = tmp_path / "stats.html"
    shown = run_command("questions", "stats", "--out", page, "--lang", "nl", *DAY).stdout
    assert "te weinig" in shown
    html = page.read_text(encoding="utf-8")
    assert "<h1" in html
    assert "Kamervragen in cijfers" in html
    assert html.count("<table") == html.count("</table>") >= 4
    assert "<script" not in html
    data = json.loads(run_command("questions", "stats", "--json", *DAY).stdout)
    assert (data["sets"], data["days"]["days"], data["answered"]) == (4, None, 1)


def test_the_versions_of_a_paper_are_listed(tmp_path: Path) -> None:
    changed = tmp_path / "2031Z00417.txt"
    changed.write_text(
        (INVENTED / "2031Z00417.txt").read_text(encoding="utf-8").replace("zeven", "negen"), "utf-8"
    )
    run_command("questions", "add", INVENTED / "2031Z00417.txt")
    assert "new versions of papers: 1" in run_command("questions", "add", changed).stdout
    listed = run_command("questions", "show", "2031Z00417", "--versions", *DAY).stdout.splitlines()
    assert [line.split()[:2] for line in listed] == [
        ["kv-tk-2031Z00417", "current"], ["ah-tk-20302031-1812", "replaced"],
        ["ah-tk-20302031-1812", "current"],
    ]  # fmt: skip
    data = json.loads(run_command("questions", "show", "2031Z00417", "--versions", "--json", *DAY).stdout)
    assert [row["current"] for row in data] == [True, False, True]


def test_a_printed_surname_gets_the_fuller_name_of_another_source() -> None:
    run_command("questions", "add", *ALL)
    data = json.loads(run_command("questions", "show", "2031Z00417", "--json", *DAY).stdout)
    people = {(role["role"], role["name"]): role["person"] for role in data["roles"]}
    assert people["answerer", "Fictief"] == {"name": "C. Fictief", "source": "ah-tk-20302031-1812"}


def test_the_examples_are_the_invented_papers(project_root: Path) -> None:
    for path in (project_root / "examples" / "parliament").iterdir():
        if path.name != "README.md":
            assert path.read_bytes() == (INVENTED / path.name).read_bytes()


def test_mentions_of_a_set_keep_the_sides_apart() -> None:
    run_command("questions", "add", INVENTED / "2031Z00520.txt")
    shown = run_command("questions", "show", "2031Z00520", *DAY).stdout
    assert "Hikvision (company; maker card: hikvision)" in shown
    assert "put by a member: question 1 (the answer does not confirm it)" in shown
    assert "not checked: no loaded list covers this date" in shown
    data = json.loads(run_command("questions", "show", "2031Z00520", "--json", *DAY).stdout)
    assert data["lists_asked"] is False
    sides = {(one["spot"]["name"], one["place"]["part"], one["stance"]) for one in data["mentions"]}
    assert ("Lichtvlok", "answer", "non-confirmation") in sides
    assert ("Dienst Justitiële Inrichtingen", "question", "allegation") in sides
    dutch = run_command("questions", "show", "2031Z00520", "--lang", "nl", *DAY).stdout
    assert "gesteld door een Kamerlid: vraag 1 (het antwoord bevestigt het niet)" in dutch


def test_mentions_across_sets_by_maker_name_and_kind() -> None:
    run_command("questions", "add", INVENTED / "2031Z00520.txt", *ALL)
    found = run_command("questions", "mentions", "--maker", "dahua", *DAY).stdout
    assert "mentions: 1, in sets: 1" in found
    assert "“Weet u in hoeveel gemeentehuizen" in found
    named = json.loads(
        run_command("questions", "mentions", "--name", "sz dji technology", "--json", *DAY).stdout
    )
    assert [m["spot"]["surface"] for one in named["sets"] for m in one["mentions"]] == ["DJI"]
    of_set = json.loads(
        run_command("questions", "mentions", "2031Z00520", "--kind", "not decided", "--json", *DAY).stdout
    )
    assert [len(one["mentions"]) for one in of_set["sets"]] == [1]
    table = json.loads(run_command("questions", "mentions", "--json", *DAY).stdout)["names"]
    assert {"name": "NS", "kind": "company", "maker": "", "sets": 1,
            "sides": {"allegation": 1, "statement": 1}} in table  # fmt: skip
    unknown = run_command("questions", "mentions", "--maker", "nobody", *DAY)
    assert (unknown.exit_code, "nobody" in unknown.stderr) == (11, True)


def test_searching_by_maker_with_and_without_words() -> None:
    run_command("questions", "add", INVENTED / "2031Z00520.txt", *ALL)
    by_maker = json.loads(run_command("questions", "search", "--maker", "hikvision", "--json", *DAY).stdout)
    assert [one["number"] for one in by_maker["sets"]] == ["2031Z00520"]
    both = run_command("questions", "search", "scanners", "--maker", "hikvision", *DAY).stdout
    assert "with all these words: 0" in both
    assert run_command("questions", "search", *DAY).exit_code == 2


def test_a_set_whose_papers_are_all_of_later_days_is_not_there_yet() -> None:
    run_command("questions", "add", INVENTED / "2031Z00520.txt")
    before = run_command("questions", "show", "2031Z00520", "--as-of", "2031-05-01")
    assert before.exit_code == 11
    assert (
        "without a date of asking: 0" in run_command("questions", "overdue", "--as-of", "2031-05-01").stdout
    )
    assert "names: 0" in run_command("questions", "mentions", "--as-of", "2031-05-01").stdout
