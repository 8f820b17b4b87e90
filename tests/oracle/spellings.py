"""When two printed names are one name, for the oracle: one plain form, without a legal form for bodies."""

import re
import unicodedata

LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "ao",
        "as",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "group",
        "inc",
        "incorporated",
        "jsc",
        "kg",
        "limited",
        "llc",
        "llp",
        "ltd",
        "nv",
        "oao",
        "oo",
        "ooo",
        "oy",
        "oyj",
        "pao",
        "plc",
        "pjsc",
        "private",
        "pte",
        "pty",
        "pvt",
        "sa",
        "sarl",
        "sdn",
        "bhd",
        "spa",
        "srl",
        "the",
        "zao",
    ]
)
BRACKET = re.compile(r"^(?P<before>.*\S)\s*\((?P<within>[^()]+)\)[.,*]*$")
KNOWN_AS = re.compile(
    r"^(?:also known as|formerly known as|formerly|a\.?k\.?a\.?|f\.?k\.?a\.?)[:\s]+", re.IGNORECASE
)


def words(name: str) -> list[str]:
    """Return the words of a name in lower case, without accents, points and apostrophes."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and "))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return re.findall(r"[^\W_]+", re.sub(r"[.'’‘`\"“”]", "", plain))


def plain_form(name: str, *, is_person: bool = False) -> str:
    """Return what a name comes to: words in any order for a person, no legal form for others."""
    found = words(name)
    if is_person:
        return " ".join(sorted(found))
    return " ".join(word for word in found if word not in LEGAL_FORMS) or " ".join(found)


def spellings(printed: str) -> list[str]:
    """Return the names in a printed one: the whole, what stands before a bracket at its end, and what is
    in it."""
    whole = printed.replace("*", " ").strip(" ,")
    bracket = BRACKET.match(whole)
    if bracket is None:
        return [whole]
    return [whole, bracket["before"], KNOWN_AS.sub("", bracket["within"])]
