"""Sums of three coordinators: signed with their coverage, added once, and refused if they do not fit."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from census_tools import NONE, ROUND, Census, at, cameras

from overzicht.evidence.signing import SignatureError
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.publishing import publish_overview
from overzicht.subjects.census.round_records import CensusError
from overzicht.subjects.census.sums import LONGEST, add_sums, make_sum, make_total

DAY = date(2026, 3, 16)
HIKVISION = Question(frozenset({"hikvision"}))


@pytest.fixture(scope="module")
def coordinators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Census]]:
    """Yield three coordinators with 30 bodies each, of which 3, 4 and 5 have Hikvision and 5 have none."""
    folder = tmp_path_factory.mktemp("sums")
    made = [Census(folder / name, name) for name in ("a", "b", "c")]
    for place, census in enumerate(made):
        prefix = census.folder.name
        for number in range(1, 4 + place):
            census.answer(DAY, f"nl:{prefix}t{number:02}", [cameras(10)])
        for number in range(11, 16):
            census.answer(DAY, f"nl:{prefix}t{number:02}", [NONE])
    yield made
    for census in made:
        census.store.close()


def sum_file(census: Census, folder: Path, question: Question = HIKVISION) -> Path:
    overview = publish_overview(census.store, ROUND, DAY, question, at(DAY))
    path = folder / f"{census.folder.name}-sum.json"
    path.write_bytes(make_sum(census.store, overview))
    return path


def test_three_coordinators_add_up(coordinators: list[Census], tmp_path: Path) -> None:
    total = add_sums([sum_file(census, tmp_path) for census in coordinators])
    assert (total.tally.roll, total.answered, total.tally.have) == (90, 27, 12)
    assert (total.tally.answered, total.tally.most) == (27, 12 + 63)
    assert total.makers == (("hikvision", 120),)
    assert len({part.key for part in total.parts}) == 3
    assert str(total.sentences[0]) == "3 coordinators: 27 of 90 bodies had answered."


def test_a_body_is_in_one_sum_only(coordinators: list[Census], tmp_path: Path) -> None:
    path = sum_file(coordinators[0], tmp_path)
    again = tmp_path / "again.json"
    again.write_bytes(path.read_bytes())
    with pytest.raises(CensusError, match=r"is in a-sum\.json and in again\.json"):
        add_sums([path, again])


def test_sums_of_other_questions_and_forged_sums_are_refused(
    coordinators: list[Census], tmp_path: Path
) -> None:
    first = sum_file(coordinators[0], tmp_path)
    other = sum_file(coordinators[1], tmp_path, Question())
    with pytest.raises(CensusError, match="different questions"):
        add_sums([first, other])
    forged = json.loads(first.read_bytes())
    forged["content"]["have"] += 1
    first.write_text(json.dumps(forged))
    with pytest.raises(SignatureError, match="not what its key signed"):
        add_sums([first])


def test_a_sum_of_sums_is_a_sum_for_the_coordinator_above(coordinators: list[Census], tmp_path: Path) -> None:
    files = [sum_file(census, tmp_path) for census in coordinators]
    state = tmp_path / "state.json"
    state.write_bytes(make_total(coordinators[0].store, add_sums(files[:2]), "A state"))
    total = add_sums([state, files[2]])
    whole = add_sums(files)
    assert (total.tally, total.answered, total.makers) == (whole.tally, whole.answered, whole.makers)
    assert [part.content.title for part in total.parts] == ["A state", "Cameras 2026"]
    with pytest.raises(CensusError, match=r"is in state\.json and in"):
        add_sums([state, files[0]])


def test_a_title_that_is_too_long_for_a_sum_is_refused(coordinators: list[Census], tmp_path: Path) -> None:
    total = add_sums([sum_file(coordinators[0], tmp_path)])
    assert make_total(coordinators[0].store, total, "x" * LONGEST)
    with pytest.raises(CensusError, match="title: ") as refused:
        make_total(coordinators[0].store, total, "x" * (LONGEST + 1))
    assert "give a shorter title" in str(refused.value.fix)
