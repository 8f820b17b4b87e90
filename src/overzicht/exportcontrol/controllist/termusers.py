"""Provisions that use a globally defined term, and definitions that changed."""

import re
from collections.abc import Iterator

from overzicht.exportcontrol.controllist.model import ControlList
from overzicht.exportcontrol.controllist.path import ControlPath
from overzicht.exportcontrol.controllist.plain import bare_words, same_signs

_DOUBLE = re.compile(r'"([^"]{2,80})"')
_CATEGORIES = re.compile(r"(?<=[\")]) \((?:\d|GTN|NTN|GSN|GISN|All| )+\)")


def has_definitions(control_list: ControlList) -> bool:
    """Return whether the file of a version held the definitions of the whole annex."""
    return any(term.is_global for term in control_list.terms)


def users_of_terms(control_list: ControlList) -> dict[str, list[ControlPath]]:
    """Return the provisions that use each global term in their text or notes, in the order of the list."""
    users: dict[str, list[ControlPath]] = {}
    for provision in control_list.by_path.values():
        text = " ".join([provision.text, *(note.full_text for note in provision.notes)])
        terms = (control_list.term(name) for name in _DOUBLE.findall(same_signs(text)))
        for name in {term.name for term in terms if term is not None}:
            users.setdefault(name, []).append(provision.path)
    return users


def _meaning(definition: str) -> str:
    return bare_words(_CATEGORIES.sub("", definition, count=1))


def changed_definitions(
    before: ControlList, after: ControlList
) -> Iterator[tuple[str, str, tuple[ControlPath, ...]]]:
    """Yield (old text, new text, users) for each definition that differs and is used; empty text where none.

    Nothing where one of the versions came without definitions: then they cannot be compared.
    """
    if not (has_definitions(before) and has_definitions(after)):
        return
    old = {term.name: term.text for term in before.terms if term.is_global}
    new = {term.name: term.text for term in after.terms if term.is_global}
    users = {name: {*paths} for name, paths in users_of_terms(before).items()}
    for name, paths in users_of_terms(after).items():
        users.setdefault(name, set()).update(paths)
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name, ""), new.get(name, "")
        if _meaning(was) != _meaning(now) and users.get(name):
            yield was, now, tuple(users[name])
