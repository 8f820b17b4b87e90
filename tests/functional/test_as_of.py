"""The as-of check of question 15, and each trap, on the full official files."""

import json
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command

pytestmark = [pytest.mark.shared, pytest.mark.slow]

FIVE = (
    ("ZHU Hailun", "Person", "EU.6251.70"),
    ("WANG Junzheng", "Person", "EU.6252.69"),
    ("WANG Mingshan", "Person", "EU.6253.68"),
    ("CHEN Mingguo", "Person", "EU.6254.67"),
    ("Xinjiang Production and Construction Corps Public Security Bureau", "LegalEntity", "EU.6262.38"),
)
EU = ("--list", "eu-fsf", "--list", "eu-official-journal")


@pytest.fixture(scope="module")
def home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the EU files of the check, OFAC's file of that month and the others loaded."""
    folder = tmp_path_factory.mktemp("as-of-home")
    lists, control = shared_data / "lists", shared_data / "exportcontrol"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(folder))
        for arguments in (
            [lists / "eu-fsf/20210302-FULL-1_1(xsd).xml.gz"],
            ["--force", lists / "eu-fsf/RECONSTRUCTED-xinjiang-HR-1_1.xml"],
            [lists / "eu-official-journal/consolidated/32020R1998.csv"],
            [lists / "us-ofac/20210310-sdn.xml.gz"],
            [lists / "us-csl/202204-consolidated.csv.gz"],
            ["--published", "2026-07-23", control / "us-ear-part-744-2026-07-23.xml"],
            [lists / "un-sc/20210312-consolidated.xml", lists / "un-sc/202602-consolidated.xml"],
        ):
            loaded = run_command("lists", "add", *arguments)
            assert loaded.exit_code == 0, loaded.output
    return folder


@pytest.fixture(autouse=True)
def _in_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(home))


def ask(name: str, kind: str, as_of: str, *lists: str) -> dict[str, list[dict[str, Any]]]:
    result = run_command("screen", "one", name, "--kind", kind, "--as-of", as_of, "--json", *lists)
    assert result.exit_code == 0, result.output
    answer: dict[str, list[dict[str, Any]]] = json.loads(result.stdout)
    return answer


def answers(name: str, kind: str, as_of: str, *lists: str) -> dict[object, object]:
    return {each["list"]: each["answer"] for each in ask(name, kind, as_of, *lists)["answers"]}


@pytest.mark.parametrize(("name", "kind", "reference"), FIVE)
def test_the_day_before_the_eu_lists_none_of_the_five(name: str, kind: str, reference: str) -> None:
    assert answers(name, kind, "2021-03-21", *EU) == {
        "eu-fsf": "not found",
        "eu-official-journal": "not found",
    }


@pytest.mark.parametrize(("name", "kind", "reference"), FIVE)
def test_on_the_day_the_eu_lists_all_five_and_both_sources_state_it(
    name: str, kind: str, reference: str
) -> None:
    asked = ask(name, kind, "2021-03-22", *EU)
    assert {each["list"]: each["answer"] for each in asked["answers"]} == {
        "eu-fsf": "found",
        "eu-official-journal": "found",
    }
    fsf = [each for each in asked["listings"] if each["list"] == "eu-fsf"]
    assert [(each["listing_id"], each["since"]["day"]) for each in fsf] == [(reference, "2021-03-22")]
    assert [each["since"]["day"] for each in asked["listings"] if each["list"] == "eu-official-journal"] == [
        "2021-03-22"
    ]


def test_the_reconstructed_file_is_marked_wherever_it_is_cited() -> None:
    (found,) = ask("ZHU Hailun", "Person", "2021-03-22", "--list", "eu-fsf")["listings"]
    citation = found["citation"]
    assert isinstance(citation, dict)
    assert (citation["official"], citation["complete"]) == (False, False)
    assert any("not an official file" in str(note) for note in found["notes"])


@pytest.mark.parametrize("name", ["ZHU Hailun", "WANG Mingshan"])
def test_on_the_day_before_ofac_already_lists_two_of_them(name: str) -> None:
    assert answers(name, "Person", "2021-03-21", "--list", "us-ofac") == {"us-ofac": "found"}


@pytest.mark.parametrize("name", ["WANG Junzheng", "CHEN Mingguo"])
def test_on_the_day_before_ofac_does_not_list_the_other_two(name: str) -> None:
    assert answers(name, "Person", "2021-03-21", "--list", "us-ofac")["us-ofac"] != "found"


@pytest.mark.parametrize(("name", "kind", "_reference"), FIVE)
def test_the_un_lists_none_of_the_five(name: str, kind: str, _reference: str) -> None:
    assert answers(name, kind, "2021-03-22", "--list", "un-sc") == {"un-sc": "not found"}


def test_zte_is_not_on_the_entity_list_but_a_parsian_firm_is() -> None:
    lists = ("--list", "us-bis-entity-list")
    other = {"us-bis-entity-list": "possibly listed"}
    assert answers("ZTE Corporation", "Company", "2026-07-24", *lists) == other
    assert answers("ZTE Parsian", "Company", "2026-07-24", *lists) == {"us-bis-entity-list": "found"}


@pytest.mark.parametrize(("as_of", "answer"), [("2025-11-18", "found"), ("2025-11-20", "not found")])
def test_a_dahua_on_the_denied_persons_list_has_expired_and_is_not_the_maker(as_of: str, answer: str) -> None:
    found = ask("Dahua Electronics Corporation", "Company", as_of, "--list", "us-csl")["listings"]
    assert [(each["measure"], each["answer"]) for each in found] == [("Denied Persons List", answer)]
    maker = ask("Dahua Technology", "Company", as_of, "--list", "us-csl")["listings"]
    assert {each["measure"] for each in maker} == {"Entity List"}


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("Hytera Communications Corporation Limited", "Hytera Communications Corporation"),
        ("Hytera Communications Limited", "Hytera Communications Limited"),
    ],
)
def test_the_radio_maker_and_the_firm_in_hong_kong_are_told_apart(asked: str, entry: str) -> None:
    listings = ask(asked, "Company", "2026-07-24")["listings"]
    assert listings
    assert {each["name"] for each in listings} == {entry}
