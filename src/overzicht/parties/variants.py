"""The names in a name as lists write it: with initials in it, or with a short name in brackets at its end."""

import re

from overzicht.names.territories import territory_called

_INITIALS = re.compile(r" \(([A-Z]{2,8})\) (?=\w)")
_BRACKET = re.compile(r"^(?P<base>[^()]{3,})\s\((?P<short>[^()]{2,40})\)[.*†]*$")


def name_variants(name: str) -> tuple[str, ...]:
    """Return a name as written, and the names in a name such as `Da-Jiang Innovations (DJI)`.

    A place in brackets is part of the name. Initials in the middle are left out.
    """
    initials = _INITIALS.search(name)
    if initials and not _is_place(initials[1]):
        return (name, _INITIALS.sub(" ", name))
    match = _BRACKET.match(name)
    if match is None or _is_place(match["short"]):
        return (name,)
    short = match["short"].strip()
    is_short_name = short.isupper() or len(short.split()) == 1
    return (name, match["base"].strip(), short) if is_short_name else (name,)


def _is_place(name: str) -> bool:
    """Return whether a text names a territory; a bare code like `DJI` is a short name."""
    territory = territory_called(name)
    return territory is not None and (name.casefold() != territory.alpha3 or name == "USA")


def whole_names(name: str) -> tuple[str, ...]:
    """Return a name as written, and without the initials or words of it that it repeats in brackets.

    Another word in brackets may be that of a branch: `Lens Works (Suzhou)`.
    """
    match = _BRACKET.match(name)
    if match is None:
        return (name,)
    short, base = match["short"], match["base"].strip()
    # whether a name has all words of a text (`Lens Works Co., Ltd. (Lens Works)`)
    words = re.findall(r"\w+", short.casefold())
    is_part = bool(words) and set(words) <= set(re.findall(r"\w+", base.casefold()))
    # a text in capitals beside words that are not, or one of first letters of the words
    letters = "".join(filter(str.isalpha, short))
    firsts = iter(word[0] for word in re.findall(r"\w+", base.upper()))
    are_firsts = not base.isupper() or all(letter in firsts for letter in letters)
    is_own = is_part or (letters.isupper() and are_firsts and not _is_place(short))
    return (name, base) if is_own else (name,)
