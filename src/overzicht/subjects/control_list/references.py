"""Cross-references: which provisions a text points to, single ones and ranges."""

import re
from dataclasses import dataclass

from overzicht.subjects.control_list.model import ControlList, DefinedTerm, Note, Provision
from overzicht.subjects.control_list.path import ControlPath, parent_of, parse_path, sort_key

_CODE = r"\d[A-E]\d{3}(?:\.[a-z0-9]{1,2}(?![a-z0-9]))*"
_REFERENCE = re.compile(
    rf"(?<![A-Za-z0-9])(?P<first>{_CODE})(?:\.? to (?P<last>{_CODE}|[a-z0-9]{{1,2}}(?=\.))|"
    r"(?P<more>\.?(?:(?:, | or | and |, or |, and )[a-z0-9]{1,2}\.)+))?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to a provision; `last` is set for a range that ends there."""

    first: ControlPath
    last: ControlPath | None = None

    def __str__(self) -> str:
        """Return `6A002.a.3.a to 6A002.a.3.e`, or one path."""
        return f"{self.first} to {self.last}" if self.last else self.first


def references_in(text: str) -> tuple[Reference, ...]:
    """Return the distinct provisions that a text refers to, in order; "1C010.a. or b." gives two."""
    references: dict[Reference, None] = {}
    for match in _REFERENCE.finditer(text):
        first = parse_path(match["first"])
        last = _beside(first, match["last"]) if match["last"] else None
        references[Reference(first, last)] = None
        for label in re.findall(r"([a-z0-9]{1,2})\.", match["more"] or ""):
            references[Reference(_beside(first, label))] = None
    return tuple(references)


def resolve(control_list: ControlList, reference: Reference) -> tuple[Provision, ...]:
    """Return the provisions of a reference, a range in order; empty if the list has none of them."""
    if reference.last is None:
        provision_found = control_list.by_path.get(reference.first)
        return (provision_found,) if provision_found else ()
    low, high, up = sort_key(reference.first), sort_key(reference.last), parent_of(reference.first)
    siblings = (
        control_list.by_path[up].children
        if up in control_list.by_path
        else control_list.entries
        if up is None
        else ()
    )
    return tuple(
        provision
        for provision in siblings
        if low <= sort_key(provision.path) <= high and provision.path[:2] == reference.first[:2]
    )


def _beside(path: ControlPath, label: str) -> ControlPath:
    if len(label) > len("aa"):
        return parse_path(label)
    up = parent_of(path)
    return parse_path(f"{up}.{label}") if up else path


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
    own = {path for path, _ in places}
    references: dict[Reference, FollowedReference] = {}
    for references_path, text in places:
        for reference in references_in(text):
            if reference not in references and reference.first not in own:
                references[reference] = FollowedReference(
                    reference, references_path, resolve(control_list, reference)
                )
    return ProvisionContext(
        chain, notes, tuple(terms[key] for key in sorted(terms)), tuple(references.values())
    )
