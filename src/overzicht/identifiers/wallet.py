"""Addresses of wallets of virtual currencies: their form, and the form in which equal ones are equal.

Letters are capital or small with meaning, except for addresses that are written in one case (`bc1…`, `0x…`).
"""

import re
from collections.abc import Iterator

LABELS = ("digital currency address", "wallet:", "virtual currency address")  # of a remark with an address
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"0x[0-9a-fA-F]{40}",  # Ethereum and its family
        r"(?i:(?:bc|tb|ltc|dgb|vtc|btg)1[02-9ac-hj-np-z]{8,87})",  # segregated witness
        r"(?:bitcoincash:)?[qp][0-9a-z]{41}",  # Bitcoin Cash
        r"[13][1-9A-HJ-NP-Za-km-z]{25,34}",  # Bitcoin
        r"T[1-9A-HJ-NP-Za-km-z]{33}",  # Tron
        r"[LMDAXGZt][1-9A-HJ-NP-Za-km-z]{25,34}",  # Litecoin, Dogecoin, Dash, Bitcoin Gold, Zcash, Verge
        r"r[1-9A-HJ-NP-Za-km-z]{24,34}",  # Ripple
        r"[48][1-9A-HJ-NP-Za-km-z]{94,105}",  # Monero
        r"(?:bnb|cosmos|terra|thor|addr|stake)1[02-9ac-hj-np-z]{30,110}",  # others with checksums of one case
        r"(?:tz|KT)[1-4][1-9A-HJ-NP-Za-km-z]{33}",  # Tezos
        r"[1-9A-HJ-NP-Za-km-z]{43,44}",  # Solana
    )
)
_ONE_CASE = re.compile(r"(?i:0x[0-9a-f]{40}|(?:bc|tb|ltc|dgb|vtc|btg|bnb|cosmos|terra|thor|addr|stake)1\S+)")
_TOKEN = re.compile(r"[0-9A-Za-z:]{26,}")


def normalize(text: str) -> str:
    """Return an address in the form in which equal ones are equal; empty for a text that is not an address.

    >>> normalize("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4")
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
    >>> normalize("Somebody Else")
    ''
    """
    address = text.strip()
    has_both = any(map(str.isdigit, address)) and any(map(str.isalpha, address))
    if not has_both or not any(form.fullmatch(address) for form in _FORMS):
        return ""
    return canonical(address)


def canonical(address: str) -> str:
    """Return what a list calls the address of a wallet in the form in which equal ones are equal."""
    return address.strip().lower() if _ONE_CASE.fullmatch(address.strip()) else address.strip()


def addresses_in(remark: str) -> Iterator[str]:
    """Yield the addresses in a remark of a list that says that it has some."""
    if any(label in remark.casefold() for label in LABELS):
        yield from filter(None, map(normalize, _TOKEN.findall(remark)))
