"""Faults in the fields of a file or a request, in words for the person who wrote it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from overzicht.evidence.text import text


class Fault(NamedTuple):
    """One field that is wrong: its place (empty for the whole), and the reason."""

    place: str
    reason: str


def faults_of(errors: Sequence[Any]) -> list[Fault]:
    """Return the faults that pydantic reports (`ValidationError.errors()`), without the values given.

    A list that is too short only because its own entries are wrong is left out: the entries are named.
    """
    named = []
    for error in errors:
        place = error["loc"]
        below = sum(other["loc"][: len(place)] == place for other in errors)
        if error["type"] != "too_short" or below <= 1:
            named.append(error)
    faults: list[Fault] = []
    for error in named:
        kind = error["type"]
        by_ending = next((words for ending, words in _ENDINGS.items() if kind.endswith(ending)), None)
        if kind == "missing" and str(error["loc"][-1]).endswith("unit"):
            reason = _UNIT.template
        elif kind in _REASONS:
            reason = _REASONS[kind].template
        elif by_ending is not None:
            reason = by_ending.template
        elif kind in _LIMITS:
            name, limit = _LIMITS[kind]
            reason = limit.template.format(error["ctx"][name])
        else:  # a sentence of our own model, or a rare fault
            reason = str(error["msg"]).removeprefix("Value error, ")
        faults.append(Fault(".".join(map(str, error["loc"])), reason))
    return faults


def in_words(errors: Sequence[Any]) -> str:
    """Return the faults of `errors` as `place: reason`, joined by semicolons."""
    faults = faults_of(errors)
    return "; ".join(f"{fault.place}: {fault.reason}" if fault.place else fault.reason for fault in faults)


_UNIT = text("the unit is missing; a number needs a unit (write 1 for a plain number)")
MISSING = text("it is missing")
_REASONS = {
    "missing": MISSING,
    "extra_forbidden": text("there is no such field"),
    "string_type": text("it is not text; put it between quotes"),
    "none_required": text("it must be empty"),
    "json_invalid": text("it is not valid JSON"),
    "finite_number": text("it is not a finite number"),
    "is_instance_of": text("it is of another kind than asked"),
}
_ENDINGS = {  # of the kinds that pydantic has for each type: how it is written, and what it is; first fit
    "date_from_datetime_parsing": text("it is not a date; write it as YYYY-MM-DD"),
    "date_from_datetime_inexact": text("it is not a date; write it as YYYY-MM-DD"),
    "datetime_parsing": text("it is not a time; write it as YYYY-MM-DDTHH:MM:SS+00:00"),
    "datetime_type": text("it is not a time; write it as YYYY-MM-DDTHH:MM:SS+00:00"),
    "timezone_aware": text("its time zone is missing; write it as YYYY-MM-DDTHH:MM:SS+00:00"),
    "date_parsing": text("it is not a date; write it as YYYY-MM-DD"),
    "date_type": text("it is not a date; write it as YYYY-MM-DD"),
    "int_parsing": text("it is not a whole number"),
    "int_type": text("it is not a whole number"),
    "int_from_float": text("it is not a whole number"),
    "int_parsing_size": text("the number is too large"),
    "float_parsing": text("it is not a number"),
    "float_type": text("it is not a number"),
    "decimal_parsing": text("it is not a number"),
    "decimal_type": text("it is not a number"),
    "bool_parsing": text("it is not true or false"),
    "bool_type": text("it is not true or false"),
    "list_type": text("it is not a list"),
    "tuple_type": text("it is not a list"),
    "set_type": text("it is not a list"),
    "dict_type": text("it has no fields of its own"),
    "mapping_type": text("it has no fields of its own"),
    "model_type": text("it has no fields of its own"),
    "model_attributes_type": text("it has no fields of its own"),
    "dataclass_type": text("it has no fields of its own"),
}
_LIMITS = {  # the limit's name in pydantic's report
    "string_too_short": ("min_length", text("it is too short; at least {0} characters")),
    "string_too_long": ("max_length", text("it is too long; at most {0} characters")),
    "too_short": ("min_length", text("it has too few entries; at least {0}")),
    "too_long": ("max_length", text("it has too many entries; at most {0}")),
    "greater_than": ("gt", text("the number must be more than {0}")),
    "greater_than_equal": ("ge", text("the number must be {0} or more")),
    "less_than": ("lt", text("the number must be less than {0}")),
    "less_than_equal": ("le", text("the number must be {0} or less")),
    "literal_error": ("expected", text("it is not a valid value; use {0}")),
    "enum": ("expected", text("it is not a valid value; use {0}")),
    "string_pattern_mismatch": ("pattern", text("it does not have the form {0}")),
}
