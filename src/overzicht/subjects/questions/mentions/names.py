"""The index of names: from the words of a text to the longest known name at that place.

A name matches its spellings in other case, with hyphens or spaces, and with or without accents. A name of up
to four letters must match exactly: `NS` is not `ns`, and `nso` in `sponsor` is not a word.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from normality import ascii_text

from overzicht.devices.card import Name, Owner
from overzicht.devices.knowledge import load_knowledge, load_maker_cards
from overzicht.subjects.questions.mentions import facts
from overzicht.subjects.questions.mentions.model import MentionKind

EXACT_LETTERS = 4  # names of so few letters count in exactly their own case
_ATOM = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s\-–‑/&+.,'’´`()]{0,3}")


@dataclass(frozen=True, slots=True)
class Atom:
    """A run of letters or digits in a text."""

    text: str
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class KnownSpelling:
    """A known spelling: who it names; `sense` holds the meanings where it has more than one."""

    spelling: str
    kind: MentionKind
    name: str
    maker: str = ""
    party: str = ""
    sense: facts.AmbiguousName | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    keys: tuple[str, ...]
    texts: tuple[str, ...]
    known: KnownSpelling


class NameIndex:
    """Known names by their first word; immutable after it was built."""

    def __init__(self, names: Iterable[KnownSpelling]) -> None:
        """Take names; of two equal spellings the first given counts."""
        forms: dict[str, dict[tuple[str, ...], _Form]] = defaultdict(dict)
        self.names = tuple(names)
        for known in self.names:
            atoms = atoms_of(known.spelling)
            keys = tuple(atom.key for atom in atoms)
            exact = (*keys, known.spelling) if _letters(known.spelling) <= EXACT_LETTERS else keys
            if keys:
                forms[keys[0]].setdefault(exact, _Form(keys, tuple(atom.text for atom in atoms), known))
        self._forms: Mapping[str, tuple[_Form, ...]] = MappingProxyType(
            {
                key: tuple(sorted(by_keys.values(), key=lambda f: -len(f.keys)))
                for key, by_keys in forms.items()
            }
        )

    def at(self, text: str, atoms: list[Atom], index: int) -> tuple[KnownSpelling, int] | None:
        """Return the longest name that begins at an atom, with its number of atoms; None if there is none."""
        for form in self._forms.get(atoms[index].key, ()):
            span = atoms[index : index + len(form.keys)]
            if len(span) == len(form.keys) and _fits(text, span, form):
                return form.known, len(span)
        return None


def atoms_of(text: str) -> list[Atom]:
    """Return the words of a text; a hyphen, point or apostrophe ends one."""
    words = []
    for m in _ATOM.finditer(text):
        words.append(
            Atom(m[0], m.start(), m.end(), m[0].casefold() if m[0].isascii() else ascii_text(m[0]).casefold())
        )
    return words


def _letters(name: str) -> int:
    return sum(char.isalnum() for char in name)


def _fits(text: str, span: list[Atom], form: _Form) -> bool:
    if any(atom.key != key for atom, key in zip(span, form.keys, strict=True)):
        return False
    gaps = [text[a.end : b.start] for a, b in pairwise(span)]
    if any(_BETWEEN.fullmatch(gap) is None for gap in gaps):
        return False
    own = form.known.spelling.strip(".")
    if _letters(own) <= EXACT_LETTERS:
        stands = text[span[0].start : span[-1].end]
        is_part = "&" in (text[span[0].start - 1 : span[0].start], text[span[-1].end : span[-1].end + 1])
        # four letters may all be capitals: HEMA, NUON; fewer would meet abbreviations of something else
        return not is_part and (stands == own or (_letters(own) == EXACT_LETTERS and stands == own.upper()))
    first = span[0].text
    return first == form.texts[0] or (form.texts[0][0].isupper() and first[0].isupper())


@cache
def name_index() -> NameIndex:
    """Return the index of the names that ship; of two equal ones senses lead, then makers."""
    senses: list[KnownSpelling] = []
    for name in facts.ambiguous():
        senses.append(KnownSpelling(name.name, MentionKind.OPEN, name.name, sense=name))
    makers: list[KnownSpelling] = []
    cards = load_maker_cards()
    for card in cards.values():
        for maker_name in _spellings(card.names):
            makers.append(KnownSpelling(maker_name, MentionKind.COMPANY, card.trade_name, maker=card.id))
        for line in card.lines:
            if line.is_brand:
                makers.append(KnownSpelling(line.name, MentionKind.PRODUCT, line.name, maker=card.id))
    for card in cards.values():
        for owner in _owners(card.owners):
            for maker_name in (owner.name, *_spellings(owner.names)):
                makers.append(KnownSpelling(maker_name, MentionKind.COMPANY, owner.name, party=owner.id))
    # the brands, each with its maker where all statements but hints name the same one
    brand_spellings: list[KnownSpelling] = []
    brands = load_knowledge().brands
    for brand_name in facts.brands():
        brand = brands.find(brand_name)
        statements = brand.brand.statements if brand else ()
        makers_named = {maker for s in statements if not s.fact.is_hint for maker in s.makers}
        brand_spellings.append(
            KnownSpelling(
                brand_name,
                MentionKind.PRODUCT,
                brand_name,
                maker=makers_named.pop() if len(makers_named) == 1 else "",
            )
        )
    companies: list[KnownSpelling] = []
    for company, kind in facts.companies():
        for spelling in (company.name, *company.also, *company.short):
            companies.append(KnownSpelling(spelling, MentionKind(kind), company.name))
    bodies: list[KnownSpelling] = []
    for body in facts.bodies():
        for spelling in (body.name, *body.also, *body.short):
            bodies.append(KnownSpelling(spelling, MentionKind.BODY, body.name))
    return NameIndex((*senses, *makers, *brand_spellings, *companies, *bodies))


def spellings_of(name: str = "", *, maker: str = "") -> tuple[str, ...]:
    """Return the spellings that lead to a name, or to a maker (id of its card); a name leads to itself."""
    spellings = [name] if name else []
    for known in name_index().names:
        senses = known.sense.senses if known.sense else ()
        meant = {known.name, known.spelling, *(sense.means for sense in senses)}
        makers = {known.maker, *(sense.maker for sense in senses)}
        if (maker and maker in makers) or (
            name and name.casefold() in {meaning.casefold() for meaning in meant}
        ):
            spellings.append(known.spelling)
    return tuple(dict.fromkeys(spellings))


def _owners(owners: Iterable[Owner]) -> Iterator[Owner]:
    for owner in owners:
        if owner.schema_ not in {"Person", "PublicBody"}:
            yield owner
        yield from _owners(owner.owners)


def _spellings(names: Iterable[Name]) -> Iterator[str]:
    for name in names:
        yield re.sub(r"(?<!\s)\s*\([^()]*\)$", "", name.name)
