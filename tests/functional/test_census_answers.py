"""Questions about a whole country are answered from the census, with the coverage before each number."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from census_tools import NONE, Census, cameras
from functional_tools import run_command

DAY = date(2026, 3, 9)
COVERAGE = "On 9 March 2026, 4 of 30 bodies had answered (13 %)."
OF_MAKERS = "Between 3 and 29 of 30 have surveillance equipment of"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """Return the facts of a shipped set by question, with a round in which three towns have Hikvision."""
    folder: Path = tmp_path_factory.mktemp("census")
    census = Census(folder)
    for number in range(1, 4):
        census.answer(DAY, f"nl:t{number:02}", [cameras(number)])
    census.answer(DAY, "nl:t04", [NONE])
    census.store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(folder / "home"))
        arguments = ("answer", "2020Z25656", "--as-of", DAY.isoformat(), "--json")
        (command,) = set(re.findall("`overzicht (census publish [^`]*)`", run_command(*arguments).output))
        published = run_command(*command.split(), "--as-of", DAY.isoformat())
        assert published.exit_code == 0, published.stderr
        result = run_command(*arguments)
    assert result.exit_code == 0, result.stderr
    questions = json.loads(result.output)["questions"]
    return {q["number"]: [own["text"] for own in (*q["facts"], *q["more"])] for q in questions}


@pytest.mark.parametrize("number", [7, 11])
def test_presence_of_a_maker_follows_the_coverage(facts: dict[int, list[str]], number: int) -> None:
    assert f"{COVERAGE} At least 3 of them have equipment of Hikvision." in facts[number]


@pytest.mark.parametrize("number", [13, 14])
def test_the_number_of_bodies_has_bounds(facts: dict[int, list[str]], number: int) -> None:
    (bounds,) = [text for text in facts[number] if text.startswith(f"{COVERAGE} {OF_MAKERS}")]
    assert bounds == facts[number][0]


def test_a_question_about_no_equipment_has_nothing_of_the_census(facts: dict[int, list[str]]) -> None:
    assert not any(text.startswith(COVERAGE) for number in (1, 2, 3, 6) for text in facts[number])
