"""Normal form of a name for look-ups by equality, without case, punctuation and legal form."""

from functools import lru_cache

from rigour.names import normalize_name, remove_org_types, tokenize_name

PERSON_SCHEMATA = frozenset({"Person"})
SHIP_SCHEMATA = frozenset({"Vessel", "Airplane", "Vehicle"})
MAX_KEY_CHARACTERS = 500


@lru_cache(maxsize=65_536)
def name_key(name: str, *, is_person: bool = False) -> str:
    """Return the normal form of a name in its own script, or an empty text if nothing remains.

    For a company the legal form is removed (`Co., Ltd.`, `GmbH`) unless nothing else remains; the order of
    words counts. For a person it does not.
    """
    normal = normalize_name(name) or ""
    if is_person:
        return " ".join(sorted(tokenize_name(normal)))[:MAX_KEY_CHARACTERS]
    without_form = " ".join(tokenize_name(remove_org_types(normal)))
    return (without_form or " ".join(tokenize_name(normal)))[:MAX_KEY_CHARACTERS]


def exact_key(name: str) -> str:
    """Return the normal form with its legal form, for statements on exactly this name."""
    return " ".join(tokenize_name(normalize_name(name) or ""))
