"""MAC address (EUI-48): twelve hexadecimal digits; the first part identifies the registrant of the block.

A bit of the first octet marks group (multicast) addresses, which are not from a registered block (IEEE 802,
clause 8.4).
"""

import re
from typing import NewType

Mac = NewType("Mac", str)

_GROUP_BIT = 0x01
_NORMAL = re.compile(r"[0-9A-F]{2}(?::[0-9A-F]{2}){5}")
_SEPARATED = re.compile(r"[0-9A-F]{1,2}([:\-. ])[0-9A-F]{1,2}(?:\1[0-9A-F]{1,2}){4}")
_CISCO = re.compile(r"[0-9A-F]{4}([.\-:])[0-9A-F]{4}\1[0-9A-F]{4}")
_PLAIN = re.compile(r"[0-9A-F]{6}[.\-:]?[0-9A-F]{6}")  # also in two halves, as some switches print it
_PLACEHOLDERS = frozenset({"000000000000", "FFFFFFFFFFFF", "123456789ABC", "012345678901"})


def normalize(text: str) -> Mac | None:
    """Return `AA:BB:CC:DD:EE:FF` for any usual way of writing, or None for no address or a placeholder.

    Octets that lost a leading zero (`0:c:29:…`) are filled up where separators show the octets.
    """
    if _NORMAL.fullmatch(text) and text.replace(":", "") not in _PLACEHOLDERS:  # fast: most addresses
        return Mac(text)
    raw = re.sub(r"^(?:0X|MAC[\s:]+)", "", text.strip().upper())
    if _SEPARATED.fullmatch(raw):
        digits = "".join(octet.zfill(2) for octet in re.split(r"[:\-. ]", raw))
    elif _CISCO.fullmatch(raw) or _PLAIN.fullmatch(raw):
        digits = re.sub(r"[:.\-]", "", raw)
    else:
        return None
    if digits in _PLACEHOLDERS:
        return None
    return Mac(":".join(digits[start : start + 2] for start in range(0, 12, 2)))


def is_group_address(value: Mac) -> bool:
    """Return whether it is a multicast address, which no device has as its own."""
    return bool(int(value[:2], 16) & _GROUP_BIT)
