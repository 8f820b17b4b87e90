"""The set of a paper that has no set number, such as the PDF of an edited answer.

Never by title alone, because titles recur. The date of submission, the first submitter and the subject must
all agree, and only one set may agree.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from overzicht.subjects.questions.model import Paper, RoleKind

SHORTEST_SUBJECT = 12  # letters; a shorter subject such as `Jeugdzorg` is not a reason to join papers


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible set: number, date of submission, subject and submitters."""

    number: str
    asked_on: date | None
    subject: str
    submitters: tuple[str, ...]


def pair(paper: Paper, candidates: Iterable[Candidate]) -> str:
    """Return the number of the one set that a paper belongs to; `` when none or several agree."""
    names = [letters_of(role.name) for role in paper.roles if role.kind is RoleKind.SUBMITTER]
    if paper.dates.asked_on is None or not names or len(letters_of(paper.subject)) < SHORTEST_SUBJECT:
        return ""
    agreeing = {
        candidate.number
        for candidate in candidates
        if candidate.asked_on == paper.dates.asked_on
        and _is_one_subject(paper.subject, candidate.subject)
        and any(
            names[0] in letters_of(name) or (len(letters_of(name)) > 3 and letters_of(name) in names[0])
            for name in candidate.submitters
        )
    }
    return agreeing.pop() if len(agreeing) == 1 else ""


def _is_one_subject(subject: str, other: str) -> bool:
    first, second = sorted((letters_of(subject), letters_of(other)), key=len)
    return len(first) >= SHORTEST_SUBJECT and (
        first == second or second.endswith(first) or second.startswith(first)
    )


def letters_of(printed: str) -> str:
    """Return the letters and digits of a text, without marks, spaces, or brackets at the end."""
    cut = re.sub(r"(?<!\s)\s*\([^()]*\)\s*$", "", printed)
    folded = unicodedata.normalize("NFKD", cut.casefold())
    return "".join(char for char in folded if char.isalnum())
