"""A provision in its context: what stands above and below it, its notes, terms and cross-references."""

import re
from dataclasses import dataclass

from overzicht.exportcontrol.controllist.model import ControlList, DefinedTerm, Note, Provision
from overzicht.exportcontrol.controllist.path import ControlPath
from overzicht.exportcontrol.controllist.references import Reference, references_in, resolve

_QUOTED = re.compile(r"[\"“](?P<double>[^\"“”]{2,80})[\"”]|(?<!\w)['‘](?P<single>[^'‘’]{2,80})['’](?!\w)")


@dataclass(frozen=True, slots=True)
class UsedTerm:
    """A term in quotes, with its definition, or None where the loaded file does not hold it."""

    name: str
    is_global: bool
    definition: DefinedTerm | None


@dataclass(frozen=True, slots=True)
class FollowedReference:
    """A cross-reference with what stands there; empty where the list has no such provision."""

    reference: Reference
    found_in: ControlPath
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class ProvisionContext:
    """A provision with all that is needed to read it; `chain` runs from its entry down to itself."""

    chain: tuple[Provision, ...]
    notes: tuple[Note, ...]
    terms: tuple[UsedTerm, ...]
    references: tuple[FollowedReference, ...]

    @property
    def provision(self) -> Provision:
        """The provision that was asked for, with everything below it."""
        return self.chain[-1]


def unfold(held: ControlList, path: str) -> ProvisionContext:
    """Return a provision in its context; UnknownNameError when the list has no such provision."""
    chain = held.context(path)
    target = chain[-1]
    below = tuple(target.walk())[1:]
    notes = (*held.notes_on(path), *(note for provision in below for note in provision.notes))
    places = [(p.path, p.text) for p in (*chain, *below)] + [(n.path, n.full_text) for n in notes]
    return ProvisionContext(chain, notes, _terms(held, target.path, places), _references(held, places))


def _terms(held: ControlList, at: ControlPath, places: list[tuple[ControlPath, str]]) -> tuple[UsedTerm, ...]:
    found: dict[tuple[bool, str], UsedTerm] = {}
    for _, text in places:
        for match in _QUOTED.finditer(text):
            is_global = match["double"] is not None
            name = (match["double"] or match["single"]).strip().lower()
            definition = held.term(name, None if is_global else at)
            key = (is_global, definition.name if definition else name)
            found.setdefault(key, UsedTerm(key[1], is_global, definition))
    return tuple(found[key] for key in sorted(found))


def _references(held: ControlList, places: list[tuple[ControlPath, str]]) -> tuple[FollowedReference, ...]:
    own = {path for path, _ in places}
    found: dict[Reference, FollowedReference] = {}
    for path, text in places:
        for reference in references_in(text):
            if reference not in found and reference.first not in own:
                found[reference] = FollowedReference(reference, path, resolve(held, reference))
    return tuple(found.values())
