"""One normal form of a name for look-ups by equality: case, punctuation and legal form do not count."""

from functools import lru_cache

from rigour.names import normalize_name, remove_org_types, tokenize_name

PERSON_SCHEMATA = frozenset({"Person"})
MAX_KEY_CHARACTERS = 500


@lru_cache(maxsize=65_536)
def name_key(name: str, *, is_person: bool = False) -> str:
    """Return the normal form of a name, or an empty text when nothing of it is left.

    For a company the legal form is taken off (`Co., Ltd.`, `GmbH`) unless nothing else would remain; the
    order of words counts. For a person it does not. No script is changed into another.
    """
    normal = normalize_name(name) or ""
    if is_person:
        return " ".join(sorted(tokenize_name(normal)))[:MAX_KEY_CHARACTERS]
    without_form = " ".join(tokenize_name(remove_org_types(normal)))
    return (without_form or " ".join(tokenize_name(normal)))[:MAX_KEY_CHARACTERS]


def exact_key(name: str) -> str:
    """Return the normal form with its legal form, for recorded statements on exactly this name."""
    return " ".join(tokenize_name(normalize_name(name) or ""))
