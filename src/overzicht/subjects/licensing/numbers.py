"""Formats of the numbers of customs and the Dutch tax office: EORI, RSIN, and commodity codes.

An EORI is a country code with at most 15 letters and digits; a Dutch one is NL with nine digits. A RSIN has
nine digits, and its weighted sum (9 to 2, and -1 for the last digit) is a multiple of 11. Sources: Delegated
Regulation (EU) 2015/2446, Annex 12-01 (EORI); Belastingdienst, RSIN. A valid number can still be that of
another party.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_EORI = re.compile(r"[A-Z]{2}[A-Z0-9]{1,15}")
_DUTCH_EORI = re.compile(r"NL[0-9]{9}")
_RSIN = re.compile(r"[0-9]{9}")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def commodity_digits(code: str) -> str:
    """Return the digits of a commodity code, for example `852589`; empty without one."""
    return "".join(sign for sign in code if sign.isdigit())


def _compact(value: str) -> str:
    return re.sub(r"[\s.-]", "", value).upper()


def _eori(value: str) -> str:
    number = _compact(value)
    pattern = _DUTCH_EORI if number.startswith("NL") else _EORI
    if number and not pattern.fullmatch(number):
        raise ValueError(f"{value!r} is not an EORI number. Use the form NL123456789")
    return number


def _rsin(value: str) -> str:
    number = _compact(value)
    if number and not is_rsin(number):
        raise ValueError(f"{value!r} is not a RSIN. Check its nine digits")
    return number


def is_rsin(number: str) -> bool:
    """Return whether nine digits pass the test of a RSIN; nine zeros do not."""
    if not _RSIN.fullmatch(number) or number == "000000000":
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 11 == 0


Eori = Annotated[str, StringConstraints(max_length=60), AfterValidator(_eori)]
Rsin = Annotated[str, StringConstraints(max_length=60), AfterValidator(_rsin)]
