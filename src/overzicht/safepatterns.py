"""Check that a regular expression is safe for text from outside: no repetition inside a repetition.

The time of `(a+)+` doubles with every character of a text that almost matches. Such a pattern on a card could
stop an inventory of a few rows.
"""

import re
from dataclasses import dataclass

MANY = 20  # a repetition with a larger upper bound, or without one, counts as endless

_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_QUANTIFIER = re.compile(r"(?:[*+]|\{\d*,?\d*\})[?+]?")


@dataclass(slots=True)
class _Group:
    start: int
    has_endless: bool = False


def nested_repetition(pattern: str) -> str:
    r"""Return the first part of `pattern` that repeats a repetition; empty when there is none.

    >>> nested_repetition(r"DS-2CD\d{4}(-[A-Z]+)?")
    ''
    >>> nested_repetition(r"(a+)+$")
    '(a+)+'
    """
    stack = [_Group(0)]
    position = 0
    while position < len(pattern):
        opened = position
        # where the element at `position` ends: an escape and a class are one element
        if pattern[position] == "\\":
            position = position + 2
        elif pattern[position] == "[" and (match := _CLASS.match(pattern, position)):
            position = match.end()
        else:
            position = position + 1
        if pattern[opened] == "(":
            stack.append(_Group(opened))
            continue
        inner = stack.pop() if pattern[opened] == ")" and len(stack) > 1 else None
        quantifier = _QUANTIFIER.match(pattern, position)
        is_endless = quantifier is not None and _is_endless(quantifier[0])
        position = quantifier.end() if quantifier else position
        if inner is not None and inner.has_endless and is_endless:
            return pattern[inner.start : position]
        stack[-1].has_endless |= is_endless or (inner is not None and inner.has_endless)
    return ""


def _is_endless(quantifier: str) -> bool:
    if quantifier[0] in "*+":
        return True
    lower, comma, upper = quantifier.rstrip("?+").strip("{}").partition(",")
    if not comma:
        return lower.isdigit() and int(lower) > MANY
    return not upper or int(upper) > MANY
