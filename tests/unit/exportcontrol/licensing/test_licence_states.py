"""The states of a case: only the steps of the table, and every end reachable from a draft."""

import pytest

from overzicht.subjects.licensing.states import STEPS, Status, StepNotPossibleError, check_step


def test_every_status_is_reachable_from_a_draft() -> None:
    reached, todo = {Status.DRAFT}, [Status.DRAFT]
    while todo:
        for following in STEPS[todo.pop()]:
            if following not in reached:
                reached.add(following)
                todo.append(following)
    assert reached == set(Status)


@pytest.mark.parametrize("now", [Status.DRAFT, Status.SUBMITTED, Status.COMPLETE, Status.CONSULTING])
@pytest.mark.parametrize("wanted", [Status.GRANTED, Status.GRANTED_WITH_CONDITIONS, Status.DENIED])
def test_nothing_is_decided_before_it_is_assessed(now: Status, wanted: Status) -> None:
    with pytest.raises(StepNotPossibleError, match="cannot become"):
        check_step("X-1", now, wanted)


def test_a_refusal_can_be_looked_at_again_and_a_withdrawal_cannot() -> None:
    check_step("X-1", Status.DENIED, Status.ASSESSED)
    with pytest.raises(StepNotPossibleError, match="this is the end"):
        check_step("X-1", Status.WITHDRAWN, Status.SUBMITTED)
