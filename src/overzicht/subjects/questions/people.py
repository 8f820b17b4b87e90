"""Fuller names of printed persons, from another source of the same set.

Only names within one set are compared, so a namesake in another set is never used. Party and office remain
those of the paper: they were valid on its date, and a person's current party may differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from overzicht.subjects.questions.facts import party_of
from overzicht.subjects.questions.model import Role, RoleKind
from overzicht.subjects.questions.pairing import letters_of
from overzicht.subjects.questions.sets import QuestionSet

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
    """A role with the fuller name and its source (a paper's id, or `index`); both empty if there is none."""

    role: Role
    name: str = ""
    source: str = ""

    @property
    def party(self) -> str:
        """The party as printed, in its short form."""
        return party_of(self.role.party)


def people_of(question_set: QuestionSet) -> tuple[Person, ...]:
    """Return the roles of a set with the fuller names that its papers and index entry give.

    A surname matches the end of a name. An office without a name is the person of the only named role on its
    side, if both are the only ones.
    """
    named = list(_named(question_set))
    people: list[Person] = []
    for role in question_set.roles:
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
            alone = sum(_SIDES[other.kind] == side for other in question_set.roles) == 1
            names = dict.fromkeys((other.name, source) for other, source in same_side)
            fuller = list(names) if alone and len({letters_of(name) for name, _ in names}) == 1 else []
        if not fuller:
            people.append(Person(role))
            continue
        name, source = max(fuller, key=lambda pair: len(pair[0]))
        people.append(Person(role, name, source))
    return tuple(people)


def _named(question_set: QuestionSet) -> Iterator[tuple[Role, str]]:
    for joined in question_set.papers:
        yield from ((role, joined.paper.key) for role in joined.named)
    if question_set.entry is not None:
        yield from ((role, INDEX) for role in question_set.entry.roles if role.name)
