"""Labelled pairs made of the lists: aliases and disturbed names that match, and look-alikes that do not."""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import icu
from disturb import disturb
from rapidfuzz import fuzz, process, utils

NOT_TO_FIT_ON = "CC-BY-NC"
_LIKE_ALIASES = 55  # token_sort_ratio from which two names of one entry are one name, written otherwise
_MOST_ALIKE = 97


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, whether they are one party's, and of which kind the pair is; `group` keeps kin together."""

    query: str
    target: str
    schema: str
    match: bool
    kind: str
    group: str


@dataclass(frozen=True, slots=True)
class Party:
    id: str
    schema: str
    names: tuple[str, ...]


def read_dev(folder: Path) -> list[dict[str, object]]:
    """Return the labelled pairs with a label that nobody disputes."""
    with (folder / "pairs-dev.jsonl").open(encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    return [pair for pair in pairs if pair["match"] is not None and not pair.get("disputed")]


def read_parties(folder: Path) -> tuple[list[Party], list[Party]]:
    """Return the listed parties and the two-script names that take no part in measuring, in file order."""
    dev = read_dev(folder)
    seen = {str(pair[side]).lower() for pair in dev for side in ("query", "target")}
    with (folder / "list-queries-dev.jsonl").open(encoding="utf-8") as lines:
        measured = {json.loads(line)["target_id"] for line in lines}
    listed: list[Party] = []
    two_scripts: list[Party] = []
    with gzip.open(folder / "targets-100k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            found = json.loads(line)
            if found["id"] in measured or any(name.lower() in seen for name in found["names"]):
                continue
            party = Party(found["id"], found["schema"], tuple(found["names"]))
            if party.id.startswith("ofac"):
                listed.append(party)
            elif party.id.startswith("wd") and len(party.names) == 2:
                two_scripts.append(party)
    return listed, two_scripts


def made_pairs(folder: Path, seed: int) -> list[Pair]:
    """Return all made pairs, the same for the same files and seed."""
    listed, two_scripts = read_parties(folder)
    r = random.Random(seed)
    found = [
        *_aliases(r, listed),
        *_disturbed(r, listed),
        *_near(r, listed),
        *_one_word_other(r, listed),
        *_across(r, two_scripts),
        *_cyrillic(r, listed),
    ]
    return [pair for pair in found if len(pair.query) > 1 and pair.query.lower() != pair.target.lower()]


def _aliases(r: random.Random, parties: Sequence[Party]) -> Iterator[Pair]:
    for party in parties:
        names = list(party.names)
        r.shuffle(names)
        for one, two in list(pairwise(names))[:3]:
            if fuzz.token_sort_ratio(utils.default_process(one), utils.default_process(two)) >= _LIKE_ALIASES:
                yield Pair(one, two, party.schema, True, "alias", party.id)


def _disturbed(r: random.Random, parties: Sequence[Party]) -> Iterator[Pair]:
    for party in r.sample(list(parties), min(len(parties), 7000)):
        name = r.choice(party.names)
        changed, kind = disturb(r, name, is_person=party.schema == "Person")
        yield Pair(changed, name, party.schema, True, kind, party.id)


def _near(r: random.Random, parties: Sequence[Party]) -> Iterator[Pair]:
    """Yield the names of other entries nearest to a name: by edits, and by a rare word they share."""
    for schemata in (("Person",), ("Organization", "LegalEntity"), ("Vessel", "Airplane")):
        flat = [(name, party) for party in parties if party.schema in schemata for name in party.names]
        flat = r.sample(flat, min(len(flat), 6000))
        plain = [utils.default_process(name) for name, _ in flat]
        bearers: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(plain):
            for word in sorted(set(text.split())):
                bearers[word].append(number)
        for number in r.sample(range(len(flat)), min(len(flat), 2200)):
            name, party = flat[number]
            others = process.extract(plain[number], plain, scorer=fuzz.token_sort_ratio, limit=8)
            yield from _others(
                party, name, [flat[k] for _, score, k in others if score < _MOST_ALIKE][:3], "near"
            )
            words = [w for w in plain[number].split() if len(w) > 3 and 1 < len(bearers[w]) < 60]
            if words:
                k = r.choice(bearers[r.choice(words)])
                yield from _others(party, name, [flat[k]], "shared_word")


def _others(party: Party, name: str, others: Sequence[tuple[str, Party]], kind: str) -> Iterator[Pair]:
    for other, owner in others:
        if owner.id != party.id and not _may_be_one(party, owner):
            yield Pair(name, other, party.schema, False, kind, party.id)


def _may_be_one(one: Party, two: Party) -> bool:
    """Return whether two entries share a name, as the same party listed twice does."""
    return bool({_folded(name) for name in one.names} & {_folded(name) for name in two.names})


def _folded(name: str) -> str:
    return " ".join(sorted(utils.default_process(name).split()))


def _one_word_other(r: random.Random, parties: Sequence[Party]) -> Iterator[Pair]:
    """Yield sisters: one word that tells is another word, of another party in the same place."""
    by_kind: dict[bool, list[Party]] = defaultdict(list)
    for party in parties:
        by_kind[party.schema == "Person"].append(party)
    for is_person, members in sorted(by_kind.items()):
        for party in r.sample(members, min(len(members), 3000)):
            name = r.choice(party.names)
            words, donor = name.split(), r.choice(r.choice(members).names).split()
            if len(words) < 2 or not donor:
                continue
            at = [i for i, w in enumerate(words) if len(w.strip(",.")) > 3]
            if not at:
                continue
            i = r.choice(at)
            word = donor[min(i, len(donor) - 1)].strip(",")
            if fuzz.ratio(word.lower(), words[i].lower().strip(",")) > 55 or len(word) < 3:
                continue
            changed = " ".join([*words[:i], word + ("," if words[i].endswith(",") else ""), *words[i + 1 :]])
            yield Pair(changed, name, party.schema, False, "one_word_other", party.id)
            if not is_person and any(c.isdigit() for c in name):
                yield Pair(_other_number(r, name), name, party.schema, False, "other_number", party.id)


def _other_number(r: random.Random, name: str) -> str:
    at = r.choice([i for i, c in enumerate(name) if c.isdigit()])
    return name[:at] + r.choice([d for d in "123456789" if d != name[at]]) + name[at + 1 :]


def _across(r: random.Random, parties: Sequence[Party]) -> Iterator[Pair]:
    """Yield names in two scripts, and with them those who share the first or the last word."""
    chosen = r.sample(list(parties), min(len(parties), 12_000))
    by_word: dict[str, list[Party]] = defaultdict(list)
    for party in chosen:
        words = party.names[0].split()
        by_word[words[0]].append(party)
        by_word[words[-1]].append(party)
    for party in chosen[:4000]:
        latin, other = party.names
        yield Pair(other, latin, "Person", True, "across", party.id)
        for word in (latin.split()[0], latin.split()[-1]):
            namesake = r.choice(by_word[word])
            if _folded(namesake.names[0]) != _folded(latin):
                yield Pair(other, namesake.names[0], "Person", False, "across_namesake", party.id)
        stranger = r.choice(chosen)
        if stranger is not party:
            yield Pair(other, stranger.names[0], "Person", False, "across_stranger", party.id)


def _cyrillic(r: random.Random, parties: Sequence[Party]) -> Iterator[Pair]:
    """Yield listed Russian names put back into their alphabet, and others with the same given names."""
    back = icu.Transliterator.createInstance("Latin-Russian/BGN")
    russian = [
        p
        for p in parties
        if p.schema == "Person"
        and any(
            word.lower().rstrip(",").endswith(("vich", "ovna", "evna", "vych")) for word in p.names[0].split()
        )
    ]
    by_word: dict[str, list[Party]] = defaultdict(list)
    for party in russian:
        for word in party.names[0].lower().replace(",", "").split():
            by_word[word].append(party)
    for party in russian:
        words = party.names[0].replace(",", "").split()
        order = [*words[1:], words[0]] if r.random() < 0.6 else words
        if r.random() < 0.3:
            order = [w for w in order if not w.lower().endswith(("vich", "vna"))]
        query = back.transliterate(" ".join(order).lower()).title()
        yield Pair(query, r.choice(party.names), "Person", True, "cyrillic", party.id)
        for word in words[1:]:
            other = r.choice(by_word[word.lower()])
            if _folded(other.names[0]) != _folded(party.names[0]):
                yield Pair(query, other.names[0], "Person", False, "cyrillic_namesake", party.id)
                yield Pair(r.choice(party.names), other.names[0], "Person", False, "namesake", party.id)
        both = [
            p for p in by_word[words[-1].lower()] if p is not party and words[1].lower() in p.names[0].lower()
        ]
        for other in both[:3]:
            if _folded(other.names[0]) != _folded(party.names[0]):
                yield Pair(query, other.names[0], "Person", False, "cyrillic_namesake", party.id)
