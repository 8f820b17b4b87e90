"""Words for the kind of a body in several languages, and the kinds that they mean."""

from collections.abc import Sequence
from typing import Final

MUNICIPALITY, PROVINCE, WATER_BOARD, MINISTRY = "municipality", "province", "water board", "ministry"
ANY_KIND = "body"  # of a roll without kinds
DUTCH_KINDS: Final = {
    "gemeente": MUNICIPALITY, "gemeenteraad": MUNICIPALITY, "gem": MUNICIPALITY, "stad": MUNICIPALITY,
    "provincie": PROVINCE, "prov": PROVINCE, "ministerie": MINISTRY, "waterschap": WATER_BOARD,
    "hoogheemraadschap": WATER_BOARD,
}  # fmt: skip
WORDS_OF_KINDS: Final = {  # as they are without accents
    MUNICIPALITY: "municipality town city borough kommune kommun comune citta commune ville mairie stadt "
    "hansestadt landeshauptstadt gemeinde ayuntamiento municipio",
    PROVINCE: "province provincia",
    "county": "county landkreis kreis departement",
    "region": "region regione regio",
    "metropolis": "metropole",
    MINISTRY: "ministry ministero ministere ministerium department",
}
KINDS: Final = DUTCH_KINDS | {word: kind for kind, words in WORDS_OF_KINDS.items() for word in words.split()}
LARGER = frozenset({PROVINCE, "county", "region", "metropolis"})  # a town in it often has the same name
DUTCH_WORDS = "van de het der en openbaar lichaam"
OTHER_WORDS = (
    "the of and council councils district unitary authority service cyngor sir dinas freie und "
    "di du des la le"
)
SMALL_WORDS = frozenset(f"{DUTCH_WORDS} {OTHER_WORDS}".split())
KIND_WORDS = SMALL_WORDS | KINDS.keys()


def kinds_in(words: Sequence[str]) -> frozenset[str]:
    """Return the kinds that some words mean."""
    return frozenset(KINDS[word] for word in words if word in KINDS)


def kinds_of(kind: str, words: Sequence[str]) -> frozenset[str]:
    """Return the kinds of a body, by its kind as a roll states it and by the words of its name."""
    stated = kind.casefold()
    own = frozenset({stated}) if stated in KINDS.values() else kinds_in(stated.split())
    return own | kinds_in(words)
