"""Normal forms of brand and company names, so that spelling variants compare equal.

Four forms, from strict to loose: `plain` (case, accents and punctuation removed), `without_company_form` (no
`Co., Ltd.`), `core` (also no words such as `security` or `technology`) and `squashed` (no spaces).
"""

from functools import lru_cache

from normality import ascii_text, squash_spaces
from rigour.names import remove_org_types

from overzicht.devices.vocabulary import load_vocabulary

LONGEST_NAME = 200


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """Return the name in lower-case ASCII letters and digits with single spaces, cut at 200 characters."""
    folded = ascii_text(name[:LONGEST_NAME]).lower().replace("&amp;", "&").replace("'", "")
    return squash_spaces("".join(char if char.isalnum() else " " for char in folded))


@lru_cache(maxsize=50_000)
def without_company_form(name: str) -> str:
    """Return the plain form without company forms (`co ltd`, `ab`, `gmbh`); the first word stays.

    `LT Security` keeps `LT`, which is also a company form.
    """
    words = plain(name)
    spaced = ascii_text(name[:LONGEST_NAME]).lower()
    shorter = plain(remove_org_types(squash_spaces(spaced.replace(",", ", ").replace(".,", "., "))))
    shorter = plain(remove_org_types(shorter))
    if shorter and words.split(" ")[0] == shorter.split(" ")[0]:
        return shorter
    return words


@lru_cache(maxsize=50_000)
def core(name: str) -> str:
    """Return the name without company form and generic words; the first word always stays."""
    first, *rest = without_company_form(name).split(" ")
    generic = load_vocabulary().generic_words
    return " ".join([first, *(word for word in rest if word not in generic)])


def squashed(name: str) -> str:
    """Return the plain form without spaces: `HIK Vision` and `Hikvision` meet here."""
    return plain(name).replace(" ", "")
