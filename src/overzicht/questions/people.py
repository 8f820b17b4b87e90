"""Who a printed name is: the fuller name that another source of the same set gives, and that source.

Only names within one set are compared, so a namesake in another set is never drawn in. Party and office stay
those of the paper: they are true of its day, and a person's party of today may be another.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from overzicht.questions.facts import party_of
from overzicht.questions.model import Role, RoleKind
from overzicht.questions.pairing import letters_of
from overzicht.questions.sets import QuestionSet

INDEX = "index"
_SIDES = {
    RoleKind.SUBMITTER: "asks",
    RoleKind.CO_SUBMITTER: "asks",
    RoleKind.ADDRESSEE: "asked",
    RoleKind.ANSWERER: "answers",
    RoleKind.ON_BEHALF: "on behalf",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A role with the fuller name and its source (a paper's id, or `index`); both empty where none is."""

    role: Role
    name: str = ""
    source: str = ""

    @property
    def party(self) -> str:
        """The party as printed, in its short form."""
        return party_of(self.role.party)


def people_of(one: QuestionSet) -> tuple[Person, ...]:
    """Return the roles of a set with the fuller names that its papers and index entry give.

    A surname is taken for the end of a name. An office without a name is the person of the one named role on
    its side, when both stand alone.
    """
    named = list(_named(one))
    return tuple(_person(role, one, named) for role in one.roles)


def _named(one: QuestionSet) -> Iterator[tuple[Role, str]]:
    for joined in one.papers:
        yield from ((role, joined.paper.key) for role in joined.named)
    if one.entry is not None:
        yield from ((role, INDEX) for role in one.entry.roles if role.name)


def _person(role: Role, one: QuestionSet, named: list[tuple[Role, str]]) -> Person:
    side = _SIDES[role.kind]
    same_side = [(other, source) for other, source in named if _SIDES[other.kind] == side]
    if role.name:
        mine = letters_of(role.name)
        fuller = [
            (other.name, source)
            for other, source in same_side
            if letters_of(other.name).endswith(mine) and len(letters_of(other.name)) > len(mine)
        ]
    else:
        alone = sum(_SIDES[other.kind] == side for other in one.roles) == 1
        found = dict.fromkeys((other.name, source) for other, source in same_side)
        fuller = list(found) if alone and len({letters_of(name) for name, _ in found}) == 1 else []
    if not fuller:
        return Person(role)
    name, source = max(fuller, key=lambda pair: len(pair[0]))
    return Person(role, name, source)
