"""A provision in its context: the text above and below it, its notes, terms and cross-references."""

import re
from dataclasses import dataclass

from overzicht.exportcontrol.controllist.model import ControlList, DefinedTerm, Note, Provision
from overzicht.exportcontrol.controllist.path import ControlPath
from overzicht.exportcontrol.controllist.references import Reference, references_in, resolve

_QUOTED = re.compile(r"[\"“](?P<double>[^\"“”]{2,80})[\"”]|(?<!\w)['‘](?P<single>[^'‘’]{2,80})['’](?!\w)")


@dataclass(frozen=True, slots=True)
class UsedTerm:
    """A term in quotes with its definition, or None if the loaded file has none."""

    name: str
    is_global: bool
    definition: DefinedTerm | None


@dataclass(frozen=True, slots=True)
class FollowedReference:
    """A cross-reference with its provisions; empty if the list has none."""

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


def unfold(control_list: ControlList, path: str) -> ProvisionContext:
    """Return a provision in its context; UnknownNameError when the list has no such provision."""
    chain = control_list.context(path)
    target = chain[-1]
    below = tuple(target.walk())[1:]
    notes = (*control_list.notes_on(path), *(note for provision in below for note in provision.notes))
    places = [(p.path, p.text) for p in (*chain, *below)] + [(n.path, n.full_text) for n in notes]
    terms: dict[tuple[bool, str], UsedTerm] = {}
    for _, text in places:
        for match in _QUOTED.finditer(text):
            is_global = match["double"] is not None
            name = (match["double"] or match["single"]).strip().lower()
            definition = control_list.term(name, None if is_global else target.path)
            key = (is_global, definition.name if definition else name)
            terms.setdefault(key, UsedTerm(key[1], is_global, definition))
    return ProvisionContext(
        chain, notes, tuple(terms[key] for key in sorted(terms)), _references(control_list, places)
    )


def _references(
    control_list: ControlList, places: list[tuple[ControlPath, str]]
) -> tuple[FollowedReference, ...]:
    own = {path for path, _ in places}
    references: dict[Reference, FollowedReference] = {}
    for path, text in places:
        for reference in references_in(text):
            if reference not in references and reference.first not in own:
                references[reference] = FollowedReference(reference, path, resolve(control_list, reference))
    return tuple(references.values())
