"""Makers and models that a notice names in what it says about surveillance.

A notice is looked into only when its CPV code or its words say that cameras are bought. Then a brand counts
in a sentence that speaks of cameras, or, for a maker of nothing else, in one that speaks of no other goods. A
brand that is an ordinary word somewhere (`Ring`, `Axis`) needs a word for brand before it, or a model number
of that maker behind it. A model number counts by itself where its form is one maker's alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from overzicht.devices.knowledge import Knowledge, KnownRule, load_knowledge
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.vocabulary import plain
from overzicht.subjects.tenders.notice import Contract, Notice, Passage
from overzicht.subjects.tenders.vocabulary import (
    ANY,
    brand_before,
    is_other_cpv,
    is_surveillance_cpv,
    load_words,
    other_goods,
    surveillance,
    without_chambers,
)

LONGEST_SENTENCE = 500
SHORTEST = 3
SHORT = 4  # names of so few letters match by chance
BEHIND = 80  # characters behind a brand in which its model numbers are looked for
BEFORE = 30
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[^\W\d_a-z])|\n+|[•·▪]\s*")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.()+-]{3,}[A-Za-z0-9)]")
_NO_SURVEILLANCE = frozenset({DeviceKind.RADIO, DeviceKind.OTHER})


@dataclass(frozen=True, slots=True)
class Mention:
    """A brand, model numbers, or both, as a notice has them; `kind` is its own word for the goods.

    `contract` is that of the lot it is about. Where a supplier itself bears a maker's name, `is_supplier`.
    """

    place: str
    brand: str
    models: tuple[str, ...]
    sentence: str
    kind: str = ""
    contract: Contract | None = None
    is_supplier: bool = False


def is_surveillance(notice: Notice) -> bool:
    """Return whether a notice buys cameras, or what watches with them: by its CPV code, or by its words."""
    if any(is_surveillance_cpv(code) for code in notice.cpv):
        return True
    is_other = bool(notice.cpv) and all(map(is_other_cpv, notice.cpv))
    watch = surveillance(ANY if is_other else notice.language)
    texts = (notice.title, *(passage.words for passage in notice.passages))
    return any(watch.search(without_chambers(text)) for text in texts)


def mentions_in(notice: Notice) -> tuple[Mention, ...]:
    """Return the makers and models in a notice, without duplicates per lot, in the order of the text."""
    if not is_surveillance(notice):
        return ()
    mentions: dict[tuple[str, str, tuple[str, ...]], Mention] = {}
    mentions_in_passages: list[Mention] = []
    watch, knowledge = surveillance(notice.language), load_knowledge()
    has_code = any(is_surveillance_cpv(code) for code in notice.cpv)
    for passage in notice.passages:
        whole = without_chambers(passage.words)
        is_about = has_code or watch.search(whole) is not None
        for sentence in _SENTENCE.split(whole):
            if sentence.strip():
                mentions_in_passages.extend(
                    _in_sentence(sentence, passage, notice, knowledge, is_about=is_about)
                )
    # the suppliers whose own name is that of a maker or brand
    mentions_of_suppliers: list[Mention] = []
    knowledge = load_knowledge()
    for contract in notice.contracts:
        for supplier in contract.suppliers:
            match = knowledge.brands.find(supplier.name)
            if match is None:
                continue
            is_whole = plain(supplier.name) in {plain(spelling) for spelling in match.brand.spellings}
            form = plain(match.brand.name)
            if is_whole or not (form in load_words().ordinary or len(form) <= SHORT):
                place = _place(notice, contract.place)
                mentions_of_suppliers.append(
                    Mention(place, supplier.name, (), "", contract=contract, is_supplier=True)
                )
    for mention in (*mentions_in_passages, *mentions_of_suppliers):
        lot = mention.contract.place if mention.contract else ""
        mentions.setdefault((lot, plain(mention.brand), mention.models), mention)
    # leave out a bare brand where the same contract has it with a model number
    kept: list[Mention] = []
    mentions_without_repeats = list(mentions.values())
    full = {(item.contract, plain(item.brand)) for item in mentions_without_repeats if item.models}
    for item in mentions_without_repeats:
        if item.models or item.is_supplier or (item.contract, plain(item.brand)) not in full:
            kept.append(item)
    return tuple(kept)


def _in_sentence(
    sentence: str, passage: Passage, notice: Notice, knowledge: Knowledge, *, is_about: bool
) -> Iterator[Mention]:
    watch = surveillance(notice.language)
    goods = [match.span() for match in watch.finditer(sentence)]
    others = [match.span() for match in other_goods().finditer(sentence)]
    taken: set[str] = set()
    contract = notice.contract_of(passage.lot)
    for match in _brands().finditer(sentence):
        makers = _makers(knowledge, match[0])
        names: list[str] = []
        for word in dict.fromkeys(_WORD.findall(sentence[match.end() : match.end() + BEHIND])):
            rules = _surveillance_rules(word, knowledge)
            if any(rule.maker_id in makers for rule in rules):
                names.append(word)
        models = tuple(names)
        if not models and not _counts(match, sentence, (goods, others), is_about=is_about):
            continue
        taken.update(models)
        kind = _nearest_word(sentence, goods, match.start())
        yield Mention(_place(notice, passage.place), match[0], models, _shown(sentence), kind, contract)
    if is_about:
        for word in dict.fromkeys(_WORD.findall(sentence)):
            if word not in taken:
                # whether the form of a number is one maker's alone
                rules = _surveillance_rules(word, knowledge)
                is_model = len(word) > SHORT + 1 and any(
                    rule.fact.strength == "high" and not rule.fact.needs_brand for rule in rules
                )
                if is_model:
                    kind = _nearest_word(sentence, goods, sentence.find(word))
                    yield Mention(
                        _place(notice, passage.place), "", (word,), _shown(sentence), kind, contract
                    )


def _counts(
    match: re.Match[str],
    sentence: str,
    spans: tuple[list[tuple[int, int]], list[tuple[int, int]]],
    *,
    is_about: bool,
) -> bool:
    """Return whether a brand is meant as one, and for cameras."""
    name, (goods, others) = match[0], spans
    if not name[0].isupper() and name not in _spellings():
        return False
    is_introduced = (
        brand_before().search(sentence[max(0, match.start() - BEFORE) : match.start()]) is not None
    )
    form = plain(name)
    if form in load_words().ordinary or len(form) <= SHORT:
        return is_introduced and bool(goods) and not sentence.isupper()
    distance = _distance(goods, match.span())
    if others and _distance(others, match.span()) < distance:
        return False
    if goods:
        return True
    if not (is_about and not others):
        return False
    # whether what bears a brand is often something else than a camera, or its maker is unknown
    knowledge = load_knowledge()
    makers = _makers(knowledge, name)
    is_mixed = plain(name).split(" ")[0] in load_words().mixed
    has_other_goods = is_mixed or not makers or any(knowledge.has_other_goods(maker) for maker in makers)
    return not has_other_goods


def _distance(spans: list[tuple[int, int]], at: tuple[int, int]) -> int:
    """Return the characters between a place and the nearest of these; many where there are none."""
    return min((max(first - at[1], at[0] - last, 0) for first, last in spans), default=1_000_000)


def _nearest_word(sentence: str, spans: list[tuple[int, int]], at: int) -> str:
    near = min(spans, key=lambda span: abs(span[0] - at), default=None)
    return sentence[near[0] : near[1]] if near else ""


def _makers(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    match = knowledge.brands.find(name)
    if match is None:
        return ()
    stated = (maker for statement in match.brand.statements for maker in statement.makers)
    return tuple(dict.fromkeys((*(own.maker_id for own in match.brand.owners), *stated)))


def _surveillance_rules(word: str, knowledge: Knowledge) -> list[KnownRule]:
    if not any(sign.isdigit() for sign in word):
        return []
    return [rule for rule in knowledge.rules.matches(word) if rule.fact.kind not in _NO_SURVEILLANCE]


@cache
def _spellings() -> frozenset[str]:
    brands = load_knowledge().brands.brands.values()
    return frozenset(spelling for brand in brands for spelling in brand.spellings)


@cache
def _brands() -> re.Pattern[str]:
    """Return what finds any brand as whole words, the longest first; case counts in `_counts`."""
    known = sorted(
        {s for s in _spellings() if len(plain(s)) >= SHORTEST or not s.isascii()}, key=lambda s: (-len(s), s)
    )
    words = "|".join(re.escape(item).replace(r"\ ", r"\s+") for item in known)
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE)


def _place(notice: Notice, place: str) -> str:
    return ", ".join(part for part in (notice.place, f"notice {notice.number}", place) if part)


def _shown(sentence: str) -> str:
    return " ".join(sentence.split())[:LONGEST_SENTENCE]
