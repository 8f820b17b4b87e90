"""Brand and model in one text: `Hikvision DS-2CD2146G2-ISU`, `P3245-LVE van Axis`, `4x Bosch NDE-5503`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from overzicht.devices import DeviceKind
from overzicht.devices.brands import SpellingMatch
from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.traces.scanner import weakness
from overzicht.devices.vocabulary import kind_in_words, load_vocabulary, plain
from overzicht.sources.inventories.tables.lexicon import lexicon

LONGEST = 200
SHORTEST_NUMBER = (
    3  # digits of a model that is a number, as in `Axis 211`; the 1 of `hikvision-1` counts devices
)
_BETWEEN = " \t/:;,|–—-"
_HOST = re.compile(
    r"[0-9a-f]{12}\b|.*\.[a-z]{2,}$", re.IGNORECASE
)  # the rest of `axis-accc8e112233.example.org`
_BRACKETED = re.compile(r"[\[(]([^\[\]()]{3,80})[\])]")
_BRACKETS = re.compile(r"(?<=\s)[\[(]|[\])](?=\s|$)|^[\[(]|[\[(](?=[^\[\]()\s]*\s)")
_COUNT = re.compile(
    r"\s*(\d{1,4})\s?(?:x|×|st\.?|stuks?|stück|stk\.?|pcs\.?|pièces?|pc\.?|mal)\s+", re.IGNORECASE
)
_BETWEEN_PRODUCTS = re.compile(r" ?[+;] ?|, | (?:&|en|and|und|et|plus) ", re.IGNORECASE)
_COUNT_BEHIND = re.compile(
    r" [(\[]?(?:[x×] ?(\d{1,3})|(\d{1,3}) ?(?:x|×|st\.?|stuks?|stück|stk\.?|pcs\.?|pièces?|off|no\.))[)\]]?$",
    re.IGNORECASE,
)
MOST_BRAND_WORDS = 3
_LONGEST_ENDING = 8  # letters of a word that continues a model number
_SHORT_MODEL = 3  # letters of a model that a word for its kind completes: `G4 Bullet`


@dataclass(frozen=True, slots=True)
class Product:
    """Brand and model that a text gives; empty texts for what it does not name.

    `words` are the others, such as `dome camera`. `count` is the number before or behind it: 4 of `4x dome`.
    """

    brand: str
    model: str
    words: str = ""
    count: int = 1


@lru_cache(maxsize=20_000)
def brand_length(value: str) -> int:
    """Return how many words of a text are a known brand at its start; 0 for none."""
    words = plain(value).split(" ")
    if beginning := load_knowledge().brands.beginning(value):
        return beginning[1]
    pair = load_knowledge().brands.find(" ".join(words[:2])) if len(words) > 1 else None
    if pair is not None and pair.spelling is SpellingMatch.EXACT:  # `Hik Vision`
        return 2
    first = (
        load_knowledge().brands.find(words[0]) if words[0] not in load_vocabulary().generic_words else None
    )
    return 1 if first is not None else 0


@lru_cache(maxsize=20_000)
def is_known_model(value: str) -> bool:
    """Return whether a maker card knows how to read this model number."""
    rules = load_knowledge().rules.matches(value)
    return any(char.isdigit() for char in value) and any(rule.fact.strength != "low" for rule in rules)


def known_kind(model: str) -> DeviceKind:
    """Return the kind of device that the maker cards give a model; unknown if they give none or several."""
    kinds = {rule.fact.kind for rule in load_knowledge().rules.matches(model) if rule.fact.strength != "low"}
    return kinds.pop() if len(kinds) == 1 else DeviceKind.UNKNOWN


@lru_cache(maxsize=20_000)
def may_make(brand: str, model: str) -> bool:
    """Return whether no maker card gives a model to a maker that does not own the brand."""
    match = load_knowledge().brands.find(brand)
    makers = {rule.maker_id for rule in load_knowledge().rules.matches(model) if rule.fact.strength != "low"}
    owners = {own.maker_id for own in match.brand.owners} if match else set()
    return not (makers and owners) or bool(makers & owners)


@lru_cache(maxsize=20_000)
def is_product(value: str) -> bool:
    """Return whether a text names a product anywhere in it: a known brand or model, and a model number."""
    product = read_product(value)
    if "[" in value or not any(map(str.isdigit, product.model)):
        return False  # `Hall [Bosch NDE-5503]` is a name with its product
    is_branded = bool(product.brand) and brand_length(product.brand) > 0
    return is_branded or (bool(product.words) and is_known_model(product.model))


def products_in(value: str) -> tuple[str, ...]:
    """Return the parts of a text that each name a product, two or more; empty for any other text.

    >>> products_in("2x Axis P3265-LVE + Bosch NDE-8503-R")
    ('2x Axis P3265-LVE', 'Bosch NDE-8503-R')
    """
    parts = tuple(_BETWEEN_PRODUCTS.split(value))
    return parts if len(parts) > 1 and all(map(is_product, parts)) else ()


@lru_cache(maxsize=20_000)
def read_product(value: str) -> Product:
    """Return brand, model and other words of a text in any order."""
    value = " ".join(value[:LONGEST].split())
    count = 1
    if match := _COUNT.match(value):
        count, value = int(match[1]), value[match.end() :]
    elif match := _COUNT_BEHIND.search(value):
        count, value = int(match[1] or match[2]), value[: match.start()]
    # the text before `met`, `incl.` and the like; the text of a model is never cut
    begins = (
        match.start()
        for match in lexicon().patterns["with"].finditer(value.casefold())
        if match.start() > SHORTEST_NUMBER and len(match[0]) > 1 and value[match.start() - 1] == " "
    )
    item = value[: next(begins, len(value))]
    tokens = _BRACKETS.sub(" ", item).replace(" / ", " ").split()
    # the place of a known brand among the words of a text, and its length in words; 0, 0 without one. At the
    # start its first words may be a brand with any ending; inside, a short or common word is not one
    text = " ".join(tokens)
    if length := brand_length(text):
        start, length = 0, _tokens_of(tokens, length)
    else:
        for begin in range(1, len(tokens)):
            word = tokens[begin].strip(_BETWEEN)
            is_common = plain(word) in load_vocabulary().generic_words or _is_plain_word(word)
            if len(word) < SHORTEST_NUMBER or any(map(str.isdigit, word)) or is_common:
                continue
            if length := brand_length(" ".join((word, *tokens[begin + 1 :]))):
                start, length = begin, _tokens_of(tokens[begin:], length)
                break
        else:
            start, length = 0, 0
    brand = " ".join(tokens[start : start + length]).strip(_BETWEEN)
    rest = [token.strip(",;:|–—") for token in (*tokens[:start], *tokens[start + length :])]
    rest = [token for token in rest if token.strip(_BETWEEN)]
    model, others = _model_of(rest, is_branded=bool(brand))
    if not brand:
        # the words before a model number as an unknown brand, and the words that are left
        if not model:
            first_word_brand = ("", others)
        else:
            before = (
                rest[: rest.index(model.split(maxsplit=1)[0])] if model.split(maxsplit=1)[0] in rest else []
            )
            start = next((n for n, t in enumerate(before) if not _is_plain_word(t)), len(before))
            named = [t for t in before[start:] if not (_is_thing(t) or lexicon().measure.fullmatch(t))]
            is_name = 0 < len(named) <= MOST_BRAND_WORDS and all(token[:1].isupper() for token in named)
            first_word_brand = (
                (" ".join(named), [t for t in others if t not in named]) if is_name else ("", others)
            )
        brand, others = first_word_brand
    return Product(brand, model, " ".join(others), max(count, 1))


def _tokens_of(tokens: Sequence[str], length: int) -> int:
    """Return how many tokens hold the first words of a text, counted as the normal form counts them."""
    words = 0
    for number, token in enumerate(tokens, start=1):
        words += len(plain(token).split())
        if words >= length:
            return number
    return len(tokens)


def _is_thing(word: str) -> bool:
    return lexicon().patterns["devices"].fullmatch(plain(word)) is not None


def _is_plain_word(word: str) -> bool:
    return lexicon().is_in(word, "filler") or _is_thing(word)


def _model_of(tokens: Sequence[str], *, is_branded: bool) -> tuple[str, list[str]]:
    """Return the model number among words, and the words that do not belong to it.

    It starts at the first word with a digit that is not a measure, and goes on to the next word that is one
    of these: a measure, a kind of device, a property.
    """
    # the words that are a measure, alone or with the next: `4MP`, `2,8 mm`, `IP66`
    measure = lexicon().measure
    spans: set[int] = set()
    for number, token in enumerate(tokens):
        if measure.fullmatch(token.strip("()")):
            spans.add(number)
        elif number + 1 < len(tokens) and measure.fullmatch(f"{token} {tokens[number + 1]}"):
            spans |= {number, number + 1}
    is_model = [
        any(map(str.isdigit, token))
        and number not in spans
        and (
            is_branded and len(bare) >= SHORTEST_NUMBER
            if (bare := token.strip(_BETWEEN)).isdigit()
            else len(bare) > 1
        )
        for number, token in enumerate(tokens)
    ]
    known = [n for n, yes in enumerate(is_model) if yes and is_known_model(tokens[n])]
    start = next(iter(known), next((n for n, yes in enumerate(is_model) if yes), None))
    if start is None:
        named = [t for n, t in enumerate(tokens) if n not in spans and not _is_plain_word(t)]
        others = [t for n, t in enumerate(tokens) if n in spans or _is_plain_word(t)]
        return (" ".join(named), others) if is_branded else ("", list(tokens))
    end = start + 1
    if not known and is_branded:  # the line before it: `FLEXIDOME IP 5000i`
        while (
            start
            and start - 1 not in spans
            and tokens[start - 1][:1].isupper()
            and not (_is_thing(tokens[start - 1]) and not tokens[start - 1].isupper())
        ):
            start -= 1
    while end < len(tokens) and end not in spans and _continues(tokens[start:end], tokens[end]):
        end += 1
    model = " ".join(tokens[start:end]).strip(_BETWEEN)
    return model, [*tokens[:start], *tokens[end:]]


def _continues(model: Sequence[str], token: str) -> bool:
    """Return whether a word continues a model number: `Mk II`, `50 Hz`, the `Bullet` of `G4 Bullet`."""
    if _is_plain_word(token) or kind_in_words(token, is_kind=True)[0] is not DeviceKind.UNKNOWN:
        is_line = len(model[-1]) <= _SHORT_MODEL and any(map(str.isdigit, model[-1]))
        return is_line and token[:1].isupper() and lexicon().is_in(token, "completes")
    return len(token) <= _LONGEST_ENDING and (token.isupper() or token[:1].isupper() or token[:1].isdigit())


def brand_in_products(products: Iterable[str]) -> str:
    """Return the one brand that a scanner's words for a product name; empty for none or several."""
    brands = {product_in(product)[0] for product in products if not weakness(product)} - {""}
    return brands.pop() if len(brands) == 1 else ""


@lru_cache(maxsize=20_000)
def product_in(label: str) -> tuple[str, str]:
    """Return the known brand in a label, at its start or in brackets, and the model; empty texts for none."""
    for part in (*_BRACKETED.findall(label[:LONGEST]), label[:LONGEST]):
        if length := brand_length(part):
            # cut a text after its first words, counted as the normal form of brand names counts them
            value = _BRACKETED.sub(" ", part).strip() or part
            name = " ".join(plain(value).split(" ")[:length])
            end = next(end for end in range(1, len(value) + 1) if plain(value[:end]) == name)
            while end < len(value) and value[end].isalnum():
                end += 1
            brand, model = value[:end].strip(_BETWEEN), value[end:].strip(_BETWEEN)
            is_counter = model.isdigit() and len(model) < SHORTEST_NUMBER
            is_model = any(map(str.isdigit, model)) and not is_counter and not _HOST.match(model)
            return brand, model if is_model else ""
    return "", ""


def product_of(model: str) -> tuple[str, str]:
    """Return brand and model of a model number with its brand before it; `MIC-7504` has none."""
    brand, rest = product_in(model)
    return (
        (brand, rest) if not model[len(brand) : len(brand) + 1].strip(_BETWEEN.replace("-", "")) else ("", "")
    )
