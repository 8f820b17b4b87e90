"""What several lists together say about a party: a sum is never more certain than its parts.

*No* needs every list to cover the day, *yes* needs one; a possible entry is neither.
`docs/explanation/certainty-of-sums.md` has the rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from overzicht.evidence.answers import LISTING_ANSWERS
from overzicht.evidence.finding import Answer
from overzicht.evidence.text import Text, text


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer of several lists together: `covered` of them cover the day."""

    answer: Answer
    covered: int = 0
    lists: int = 0

    def __bool__(self) -> NoReturn:
        """Raise TypeError: what was not checked is neither yes nor no, so a claim has no truth value."""
        raise TypeError("ask for the answer of a claim, or whether it holds")

    @property
    def holds(self) -> bool | None:
        """True: listed. False: not listed, by every list. None: it is not known."""
        return {Answer.FOUND: True, Answer.NOT_FOUND: False}.get(self.answer)

    @property
    def is_silent(self) -> bool:
        """Whether some lists cover the day, and none of these names the party."""
        return self.covered > 0 and self.answer in (Answer.NOT_FOUND, Answer.NOT_CHECKED)

    def of_nobody(self) -> "Claim":
        """Return what the same lists say about a group without members: none of it is listed."""
        is_whole = self.lists > 0 and self.covered == self.lists
        return Claim(Answer.NOT_FOUND if is_whole else Answer.NOT_CHECKED, self.covered, self.lists)


UNCHECKED = Claim(Answer.NOT_CHECKED)  # about a party without a search of any list


def any_list(answers: Iterable[Answer]) -> Claim:
    """Return whether any list names a party, from the answer of each list; not checked for no list."""
    parts = tuple(answers)
    covered = sum(part not in (Answer.NOT_CHECKED, Answer.COULD_NOT_READ) for part in parts)
    sure: Answer | None = next((part for part in (Answer.FOUND, Answer.POSSIBLE) if part in parts), None)
    if sure is None and parts and set(parts) == {Answer.COULD_NOT_READ}:
        sure = Answer.COULD_NOT_READ
    lists = Claim(Answer.NOT_CHECKED, covered, len(parts))
    return lists.of_nobody() if sure is None else Claim(sure, covered, len(parts))


def any_party(claims: Iterable[Claim], lists: Claim) -> Claim:
    """Return whether any of several parties is listed; `lists` is another claim by the same lists."""
    parts = tuple(claims) or (lists.of_nobody(),)
    answers = {part.answer for part in parts}
    is_none = answers == {Answer.NOT_FOUND}
    silent = Answer.NOT_FOUND if is_none else Answer.NOT_CHECKED
    answer = next((sure for sure in (Answer.FOUND, Answer.POSSIBLE) if sure in answers), silent)
    return Claim(answer, min(part.covered for part in parts), lists.lists)


def words_of(claim: Claim) -> Text:
    """Return a claim in words, with how many lists a *not listed* was made from."""
    if not claim.is_silent:
        return LISTING_ANSWERS[claim.answer]
    number = {"covered": claim.covered, "lists": claim.lists}
    if claim.holds is False:
        return text("not listed on {covered} of {lists} lists", **number)
    return text("not listed on {covered} of {lists} lists; the others are not checked", **number)


def short_words_of(claim: Claim) -> Text:
    """Return a claim in the words of a narrow cell."""
    if not claim.is_silent:
        return LISTING_ANSWERS[claim.answer]
    return text("not listed ({covered} of {lists})", covered=claim.covered, lists=claim.lists)
