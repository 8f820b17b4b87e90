"""OFAC's remarks: a sentence of facts in a style of its own, taken apart.

"DOB Jan 1958; POB Heilongjiang, China; nationality China; Gender Male; Passport G123 (China) issued 2 May
2010; a.k.a. 'X'; Linked To: Y." What is not understood stays, word for word, as a note.
"""

import re
from collections.abc import Iterator

from overzicht.entities import Statement
from overzicht.sources.lists.us_features import NOTES, birth_dates, country_code, feature, split_label

COMPANY_LABELS = ("ISIN ", "Equity Ticker ", "BIK (RU) ")
# OFAC quotes the names that it calls weak, former ones too: the XML marks the same ones as weak.
QUOTED_NAME = dict.fromkeys(("a.k.a.", "f.k.a.", "n.k.a."), "weakAlias")


def items(remarks: str) -> list[str]:
    """Return the facts of the remarks in order, without the stop that ends them."""
    text = remarks.strip().removesuffix(".")
    return [item.strip() for item in text.split("; ") if item.strip()]


def is_company(remarks: str) -> bool:
    """Return whether a fact applies only to a company (a share, a ticker, a bank code)."""
    return any(item.removeprefix("alt. ").startswith(COMPANY_LABELS) for item in items(remarks))


def statements(remarks: str, schema: str) -> Iterator[Statement]:
    """Yield a statement per fact, or more for a range of birth dates."""
    for item in items(remarks):
        yield from _statements(item, schema)


def _statements(item: str, schema: str) -> Iterator[Statement]:
    plain = item.removeprefix("alt. ")
    named = re.fullmatch(r"([afn]\.k\.a\.) '(.+)'", plain)
    if named is not None:
        yield Statement(QUOTED_NAME[named[1]], named[2])
        return
    word, _, rest = plain.partition(" ")
    if schema == "Person" and word in {"DOB", "POB", "nationality", "citizen"} and rest:
        match word:
            case "DOB":
                yield from birth_dates(rest)
            case "POB":
                yield Statement("birthPlace", rest)
            case _:
                prop = "nationality" if word == "nationality" else "citizenship"
                code = country_code(rest)
                yield Statement(prop, code, original=rest) if code else Statement(NOTES, item)
        return
    label, value = split_label(item)
    bare = re.sub(r" (?:issued|expires) .*$", "", value)
    yield feature(label, re.sub(r" \([A-Z][A-Za-z ,.'-]+\)$", "", bare).strip(), schema, item)


def listing_facts(remarks: str) -> Iterator[tuple[str, str]]:
    """Yield (label, day as text) for each "Listing Date (…)" in the remarks."""
    for item in items(remarks):
        match = re.fullmatch(r"(Listing Date \([^)]+\)):? (.+)", item.removeprefix("alt. "))
        if match is not None:
            yield match[1], match[2]
