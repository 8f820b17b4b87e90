"""A sum over lists or parties is never surer than its parts: `docs/explanation/certainty-of-sums.md`."""

from itertools import product

import pytest

from overzicht.evidence import Answer
from overzicht.evidence.claim import UNCHECKED, Claim, any_list, any_party, short_words_of, words_of

TELLING = (Answer.FOUND, Answer.POSSIBLE, Answer.NOT_FOUND)


@pytest.mark.parametrize("answers", list(product(Answer, repeat=3)))
def test_no_needs_every_list_and_yes_needs_one(answers: tuple[Answer, ...]) -> None:
    claim = any_list(answers)
    assert (claim.holds is True) == (Answer.FOUND in answers)
    assert (claim.holds is False) == (set(answers) == {Answer.NOT_FOUND})
    assert (claim.answer is Answer.POSSIBLE) == (Answer.POSSIBLE in answers and Answer.FOUND not in answers)
    assert (claim.covered, claim.lists) == (sum(answer in TELLING for answer in answers), 3)


def test_no_list_tells_nothing() -> None:
    assert any_list(()) == UNCHECKED
    assert any_party((), UNCHECKED).holds is None


@pytest.mark.parametrize("pair", list(product(Answer, repeat=2)))
def test_a_group_is_no_surer_than_its_members(pair: tuple[Answer, Answer]) -> None:
    whole = Claim(Answer.NOT_FOUND, 2, 2)
    claim = any_party([any_list([answer, answer]) for answer in pair], whole)
    assert (claim.holds is True) == (Answer.FOUND in pair)
    assert (claim.holds is False) == (set(pair) == {Answer.NOT_FOUND})


def test_a_group_without_members_is_as_sure_as_the_lists() -> None:
    assert any_party((), Claim(Answer.FOUND, 2, 2)).holds is False
    assert any_party((), Claim(Answer.FOUND, 1, 2)).holds is None


def test_a_claim_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="ask for the answer"):
        bool(UNCHECKED)


def test_a_silent_claim_says_how_many_lists_could_tell() -> None:
    part, whole = any_list([Answer.NOT_FOUND, Answer.NOT_CHECKED]), any_list([Answer.NOT_FOUND])
    assert str(words_of(part)) == "not listed on 1 of 2 lists; the others are not checked"
    assert str(words_of(whole)) == "not listed on 1 of 1 lists"
    assert str(short_words_of(part)) == "not listed (1 of 2)"
    assert [str(words_of(claim)) for claim in (UNCHECKED, any_list([Answer.FOUND]))] == [
        "not checked",
        "listed",
    ]
