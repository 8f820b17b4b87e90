import pytest
from dossier_tools import entry, report

from overzicht.subjects.dossiers.model import PartyQuestion, Reply, Report, Response
from overzicht.subjects.dossiers.weighing import (
    ClaimStatus,
    Completeness,
    completeness_of,
    originals,
    status_of,
)


def reports(*pairs: tuple[str, str]) -> list[Report]:
    return [Report.model_validate(report("X Y", "2025-01-01", key, original)) for key, original in pairs]


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([("a", "")], ("a",)),
        ([("a", ""), ("b", "a")], ("a",)),
        ([("a", ""), ("b", "a"), ("c", "b")], ("a",)),
        ([("a", ""), ("b", "")], ("a", "b")),
        ([("b", "document")], ("document",)),
        ([("a", "b"), ("b", "a")], ("a",)),
        ([("a", "a")], ("a",)),
        ([("c", "a"), ("a", "b"), ("b", "a")], ("a",)),
        ([], ()),
    ],
)
def test_what_repeats_one_original_is_one_source(
    pairs: list[tuple[str, str]], found: tuple[str, ...]
) -> None:
    assert originals(reports(*pairs)) == found


def test_a_report_leads_on_through_one_that_fell_away() -> None:
    told = reports(("a", ""), ("b", "a"), ("c", "b"))
    assert originals([told[2]], told) == ("a",)
    assert originals([told[2]]) == ("b",)


def responses(*positions: str) -> list[Response]:
    found = [
        entry("response", id=f"r{n}", claim="c", source="s", position=position)
        for n, position in enumerate(positions)
    ]
    return [each for each in found if isinstance(each, Response)]


CANNOT = "cannot confirm from its own information"


@pytest.mark.parametrize(
    ("positions", "status"),
    [
        ((), ClaimStatus.REPORTED),
        ((CANNOT,), ClaimStatus.NOT_CONFIRMED),
        (("confirms", CANNOT), ClaimStatus.CONFIRMED),
        (("confirms in part",), ClaimStatus.CONFIRMED_IN_PART),
        (("confirms in part", "confirms"), ClaimStatus.CONFIRMED),
        (("contradicts",), ClaimStatus.CONTRADICTED),
        (("contradicts", CANNOT), ClaimStatus.CONTRADICTED),
        (("contradicts", "confirms"), ClaimStatus.DISPUTED),
        (("contradicts", "confirms in part"), ClaimStatus.DISPUTED),
    ],
)
def test_a_claim_stands_where_the_responses_put_it(positions: tuple[str, ...], status: ClaimStatus) -> None:
    assert status_of(responses(*positions)) is status


def test_a_dossier_is_complete_with_a_reply_or_a_record_of_having_asked() -> None:
    asked, reply = entry("asked", id="a"), entry("reply", id="r", source="s")
    assert isinstance(asked, PartyQuestion)
    assert isinstance(reply, Reply)
    assert completeness_of([reply], [asked]) is Completeness.REPLIED
    assert completeness_of([], [asked]) is Completeness.ASKED
    assert completeness_of([], []) is Completeness.MISSING
    assert [each.is_complete for each in Completeness] == [True, True, False]
