"""Cross-references: which provisions a text points to, single ones and ranges."""

import re
from dataclasses import dataclass

from overzicht.exportcontrol.controllist.model import ControlList, Provision
from overzicht.exportcontrol.controllist.path import ControlPath, parent_of, parse_path, sort_key

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
