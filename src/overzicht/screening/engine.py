"""The screening engine: parties in, listed parties out, each with a score that can be taken at its word."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.evidence import Confidence, Reason, text
from overzicht.names.chinese import readings
from overzicht.names.normal import exact_key
from overzicht.screening.batch import CANDIDATES, Hits, search
from overzicht.screening.explain import Explainer
from overzicht.screening.frequencies import weighed
from overzicht.screening.index import layout
from overzicht.screening.index.build import PERSON, IndexedParty, build_arrays, kind_of
from overzicht.screening.index.resolve import KNOWN_PARTIES
from overzicht.screening.index.variants import new_scratch
from overzicht.screening.pack import Names, Packer, Words
from overzicht.screening.scorer import Scorer, packaged_scorer
from overzicht.screening.worded import closest, parties_with_words

IDENTIFIER_SCORE = 1.0
WEAK_NAME_SHARE = 0.6  # of the score, where the list itself calls the name weak
SAME_BIRTH_DAY_SHARE = 0.5  # of what lacks to 1, added
OTHER_BIRTH_YEAR_SHARE = 0.4  # of the score that is left
BATCH = 4096  # queries that are packed at once; bounds the memory of a long batch
MOST_PER_LIST = 20  # parties of one list that a likeness of names leads to
MOST_WORDED = 100  # parties of one list that have all the words asked for
_YEARS_APART = 2  # birth years this near may be one year written two ways
_Best = dict[int, PartyMatch]  # by the number of the party


@dataclass(frozen=True, slots=True)
class Bounds:
    """Scores from which a name is a match, and from which it may be one; None leaves out what only may be."""

    match: float
    possible: float | None = None
    is_strict: bool = False  # a match has to be the same name as well


class ScreeningEngine:
    """A `PartyMatcher` over an index. One engine is for one thread; processes share the index's pages."""

    def __init__(self, arrays: layout.IndexArrays, scorer: Scorer | None = None) -> None:
        self._index = arrays
        self._scorer = scorer or packaged_scorer("search")
        self._scratch = new_scratch(max(1, len(arrays.names.form)), CANDIDATES, max(1, len(arrays.lists)))
        self._by_identifier = _identifiers(arrays)
        self._explainer = Explainer(arrays, self._scorer)

    @classmethod
    def open(cls, root: Path) -> "ScreeningEngine":
        """Return an engine over the current version below `root`; InputFileError where there is none."""
        return cls(layout.read(layout.current(root)))

    @classmethod
    def of(cls, parties: Iterable[IndexedParty]) -> "ScreeningEngine":
        """Return an engine over parties held in memory."""
        return cls(build_arrays(parties))

    @property
    def version(self) -> str:
        """The version of the index, named by its content; empty for one in memory."""
        return self._index.version

    @property
    def threshold(self) -> float:
        """The score from which a match is reported unless asked otherwise."""
        return self._scorer.threshold

    def sizes(self) -> dict[str, int]:
        """Return how many `parties` and `names` the index holds."""
        return {"parties": len(self._index.party_ids.at) - 1, "names": len(self._index.names.form)}

    def match(
        self,
        queries: Sequence[PartyQuery],
        *,
        as_of: date,
        lists: Sequence[str] | None = None,
        threshold: float | None = None,
        possible: float | None = None,
        most: int = MOST_PER_LIST,
    ) -> list[list[PartyMatch]]:
        """Return for each query its matches of at least `threshold`, best first, at most `most` per list.

        Every entry of the resolved party of a match is a match too. With `possible`, a lower score, come
        entries of the band POSSIBLE: those that score between the two, those that have all words of a name,
        and, where no threshold is given, those of a high score whose name is not the same. See PartyMatcher.
        Days are judged afterwards, on the records: an index holds names, not days.
        """
        del as_of
        is_strict = threshold is None and possible is not None
        bounds = Bounds(self.threshold if threshold is None else threshold, possible, is_strict)
        answered: list[list[PartyMatch]] = []
        for start in range(0, len(queries), BATCH):
            answered += self._match_batch(queries[start : start + BATCH], bounds, most)
        return [_of_lists(matches, lists) for matches in answered]

    def best(
        self, names: Sequence[str], schemata: Sequence[str], *, most: int = 10
    ) -> tuple[list[list[str]], NDArray[np.float64]]:
        """Return for each name the ids of its best parties and their scores (names by `most`), no reasons.

        This is the fast way for long batches. Rows of ids may be shorter than `most`; the scores are then 0.
        """
        ids: list[list[str]] = []
        scores: list[NDArray[np.float64]] = []
        for start in range(0, len(names), BATCH):
            hits = self._hits(names[start : start + BATCH], schemata[start : start + BATCH], most)
            scores.append(
                np.where(hits.name >= 0, self._scorer.calibrated(hits.evidence.astype(np.float64)), 0.0)
            )
            ids += [[self._party_id(name) for name in row if name >= 0] for row in hits.name]
        return ids, np.concatenate(scores) if scores else np.zeros((0, most))

    def with_words(
        self, words: str, *, lists: Sequence[str] | None = None, is_prefix: bool = False
    ) -> list[tuple[str, str]]:
        """Return (list, record id) of every party with a name that has all of `words`, in that order.

        Letter for letter, unlike `match`; with `is_prefix` the last word may be cut short. An empty text
        gives every party.
        """
        parties = parties_with_words(self._index, words, self._mask(lists), is_prefix=is_prefix)
        known, numbers = self._index.lists, self._index.parties.list
        return [(known[int(numbers[party])], self._index.party_ids.get(int(party))) for party in parties]

    def _hits(self, names: Sequence[str], schemata: Sequence[str], most: int) -> Hits:
        """Return the best hits of each name over all lists, those of its other readings among them."""
        read = [(row, reading) for row, name in enumerate(names) for reading in readings(name)]
        kinds = np.array(
            [kind_of(schemata[row]) for row in (*range(len(names)), *(row for row, _ in read))], np.uint8
        )
        packed = self._pack([*names, *(reading for _, reading in read)], kinds)
        hits = search(
            packed, kinds, self._index, self._scorer, lists=self._mask(None), most=most, scratch=self._scratch
        )
        rows: dict[int, list[int]] = {row: [row] for row in range(len(names))}
        for other, (row, _) in enumerate(read, len(names)):
            rows[row].append(other)
        return _merged(hits, list(rows.values()), self._index.postings.party, most)

    def _pack(self, names: Sequence[str], kinds: NDArray[np.uint8]) -> tuple[Words, Names]:
        packer = Packer(self._index.forms)
        for name, kind in zip(names, kinds, strict=True):
            packer.add(name, is_person=kind == PERSON)
        return weighed(packer, packer.pack_words()), packer.pack_names()

    def _party_id(self, name: int) -> str:
        return self._index.party_ids.get(int(self._index.postings.party[name]))

    def _mask(self, lists: Sequence[str] | None) -> NDArray[np.uint8]:
        known = self._index.lists or ("",)
        chosen = [name != KNOWN_PARTIES if lists is None else name in lists for name in known]
        return np.array(chosen, np.uint8)

    def _match_batch(
        self, queries: Sequence[PartyQuery], bounds: Bounds, most: int
    ) -> list[list[PartyMatch]]:
        flat = [
            (number, name, reading)
            for number, query in enumerate(queries)
            for name in (*query.names, *(query.tentative_names if bounds.possible is not None else ()))
            for reading in (name, *readings(name))
        ]
        kinds = np.array([kind_of(queries[number].schema) for number, *_ in flat], np.uint8)
        packed = self._pack([reading for *_, reading in flat], kinds)
        hits = search(packed, kinds, self._index, self._scorer, most=most, scratch=self._scratch)
        best: list[_Best] = [{} for _ in queries]
        for number, query in enumerate(queries):
            for party, match in self._by_identifiers(query):
                _keep(best[number], party, match)
        for row, (number, name, _) in enumerate(flat):
            for party, match in self._by_name(queries[number], name, packed, row, hits, bounds):
                _keep(best[number], party, match)
        if bounds.possible is not None:
            for number, query in enumerate(queries):
                for party, match in self._by_words(query, best[number]):
                    best[number][party] = match
        return [
            self._ranked(self._resolved(query, known)) for query, known in zip(queries, best, strict=True)
        ]

    def _ranked(self, best: _Best) -> list[PartyMatch]:
        matches = [match for match in best.values() if match.list_id != KNOWN_PARTIES]
        return sorted(matches, key=lambda match: (match.band, -match.score, match.list_id, match.record_id))

    def _place(self, party: int) -> tuple[str, str]:
        """Return (list, record id) of a party."""
        return self._index.lists[int(self._index.parties.list[party])], self._index.party_ids.get(party)

    def _match(
        self,
        query: PartyQuery,
        party: int,
        score: float,
        matched_on: str,
        reasons: Sequence[Reason],
        band: Band,
    ) -> PartyMatch:
        list_id, record_id = self._place(party)
        return PartyMatch(query.id, record_id, list_id, score, matched_on, tuple(reasons), band)

    def _by_identifiers(self, query: PartyQuery) -> Iterator[tuple[int, PartyMatch]]:
        for prop, value in query.identifiers:
            for party in self._by_identifier.get((prop, value), ()):
                sentence = text("the same number: {value} ({kind})", value=value, kind=prop)
                reasons = (Reason(sentence, strength=Confidence.HIGH),)
                yield party, self._match(query, party, IDENTIFIER_SCORE, value, reasons, Band.MATCH)

    def _by_name(
        self,
        query: PartyQuery,
        name: str,
        packed: tuple[Words, Names],
        row: int,
        hits: Hits,
        bounds: Bounds,
    ) -> Iterator[tuple[int, PartyMatch]]:
        is_tentative = name in query.tentative_names
        is_narrow = bool(query.party_id) or is_tentative
        least = bounds.match if bounds.possible is None or is_narrow else bounds.possible
        excluded = {exact_key(other) for other in query.not_the_same_as}
        (columns,) = np.nonzero(hits.name[row] >= 0)
        scores = self._scorer.calibrated(hits.evidence[row, columns].astype(np.float64))
        for number, score in zip(hits.name[row, columns].tolist(), scores.tolist(), strict=True):
            highest = score + (1.0 - score) * SAME_BIRTH_DAY_SHARE if query.birth_date else score
            party = int(self._index.postings.party[number])
            if highest < least or (excluded and self._is_excluded(party, excluded)):
                continue
            value, more = self._weighed(query, party, number, score)
            if value < least:
                continue
            reasons = (*self._explainer.reasons(name, packed, row, number), *more, *_remembered(query, name))
            is_same = not bounds.is_strict or self._explainer.is_same_name(packed, row, number)
            is_match = value >= bounds.match and is_same and not is_tentative
            band = Band.MATCH if is_match else Band.POSSIBLE
            matched_on = self._index.name_texts.get(number)
            yield party, self._match(query, party, round(value, 4), matched_on, reasons, band)

    def _by_words(self, query: PartyQuery, known: _Best) -> Iterator[tuple[int, PartyMatch]]:
        """Yield the parties that have all words of a name of the query, and no better match."""
        excluded = {exact_key(other) for other in query.not_the_same_as}
        kind = kind_of(query.schema)
        for name in (*query.names, *query.tentative_names):
            is_short = " " not in name.strip()  # whoever it is recorded not to be may still be meant by it
            for party, number in closest(self._index, name, kind, MOST_WORDED):
                if party in known or (excluded and not is_short and self._is_excluded(party, excluded)):
                    continue
                theirs = self._index.name_texts.get(number)
                sentence = text("{theirs} has all words of {ours}", theirs=theirs, ours=name)
                reasons = (Reason(sentence, strength=Confidence.LOW),)
                yield party, self._match(query, party, 0.0, theirs, reasons, Band.POSSIBLE)

    def _resolved(self, query: PartyQuery, best: _Best) -> _Best:
        """Return the matches with every entry of their resolved parties.

        Where the query names a known party, only its own entries match; what else is alike may be it.
        """
        root = self._index.resolved.root
        own = self._number_of(query.party_id) if query.party_id else -1
        whole: _Best = {}
        if own >= 0:
            seed = self._match(query, own, IDENTIFIER_SCORE, query.names[0], (), Band.MATCH)
            best = {**best, own: seed}
        for party, match in best.items():
            is_own = own < 0 or root[party] == root[own] or match.score >= IDENTIFIER_SCORE
            _keep(whole, party, match if is_own else match.demoted())
        for party, match in list(whole.items()):
            for member in self._members(int(root[party])):
                if member == party:
                    continue
                sentence = text(
                    "the same party as {name} ({list})", name=match.matched_on, list=match.list_id
                )
                if party == own:
                    sentence = text("a known name or number of {party}", party=query.party_id)
                direct = best.get(member, match)
                reasons = (Reason(sentence, strength=Confidence.HIGH), *direct.reasons[:1])
                _keep(
                    whole,
                    member,
                    self._match(query, member, match.score, direct.matched_on, reasons, match.band),
                )
        return whole

    def _members(self, root: int) -> list[int]:
        first, last = np.searchsorted(self._roots, [root, root + 1])
        return [int(party) for party in self._index.resolved.order[first:last]]

    @cached_property
    def _roots(self) -> NDArray[np.int32]:
        """The roots of all parties, ascending, beside `resolved.order`."""
        return self._index.resolved.root[self._index.resolved.order]

    def _number_of(self, party_id: str) -> int:
        return self._known.get(party_id, -1)

    @cached_property
    def _known(self) -> dict[str, int]:
        """The numbers of the known parties, by id."""
        if KNOWN_PARTIES not in self._index.lists:
            return {}
        number = self._index.lists.index(KNOWN_PARTIES)
        parties = np.flatnonzero(self._index.parties.list == number)
        return {self._index.party_ids.get(int(party)): int(party) for party in parties}

    def _is_excluded(self, party: int, excluded: set[str]) -> bool:
        """Return whether a statement says that this is somebody else; any name of the party counts."""
        first, last = np.searchsorted(self._index.postings.party, [party, party + 1])
        return any(exact_key(self._index.name_texts.get(k)) in excluded for k in range(first, last))

    def _weighed(self, query: PartyQuery, party: int, name: int, score: float) -> tuple[float, list[Reason]]:
        """Return the score after what is known beside the name, and a reason for each change."""
        reasons: list[Reason] = []
        if self._index.postings.weak[name]:
            score *= WEAK_NAME_SHARE
            sentence = text("the list calls {theirs} a weak name", theirs=self._index.name_texts.get(name))
            reasons.append(Reason(sentence, strength=Confidence.LOW, against=True))
        known = _birth_dates(self._index.details.get(party))
        if query.birth_date and known:
            score, reason = _by_birth_date(query.birth_date, known, score)
            reasons += [reason] if reason else []
        return score, reasons


def _remembered(query: PartyQuery, name: str) -> Iterator[Reason]:
    if name in query.tentative_names:
        sentence = text("{asked} may be a name of {name}", asked=query.names[0], name=name)
        yield Reason(sentence, strength=Confidence.LOW)


def _birth_dates(details: str) -> tuple[str, ...]:
    return tuple(json.loads(details).get("birth_dates", ())) if details else ()


def _by_birth_date(asked: str, known: tuple[str, ...], score: float) -> tuple[float, Reason | None]:
    shown = ", ".join(known)
    if len(asked) >= 10 and asked in known:
        sentence = text("the same birth date: {day}", day=asked)
        return score + (1.0 - score) * SAME_BIRTH_DAY_SHARE, Reason(sentence, strength=Confidence.HIGH)
    if not asked[:4].isdigit():
        return score, None
    years = [int(day[:4]) for day in known if day[:4].isdigit()]
    if years and min(abs(int(asked[:4]) - year) for year in years) > _YEARS_APART:
        sentence = text("born {day}; the list has {known}", day=asked, known=shown)
        return score * OTHER_BIRTH_YEAR_SHARE, Reason(sentence, strength=Confidence.HIGH, against=True)
    return score, None


def _identifiers(arrays: layout.IndexArrays) -> Mapping[tuple[str, str], list[int]]:
    """Return the numbers of the parties that bear an identifier; only parties with details are read."""
    bearers: dict[tuple[str, str], list[int]] = {}
    for party in np.flatnonzero(np.diff(arrays.details.at)).tolist():
        details: dict[str, Any] = json.loads(arrays.details.get(party))
        for prop, value in details.get("identifiers", ()):
            bearers.setdefault((prop, value), []).append(party)
    return bearers


def _merged(hits: Hits, rows: Sequence[Sequence[int]], party: NDArray[np.int32], most: int) -> Hits:
    """Return the best `most` parties of each group of rows, over all lists, best first."""
    merged = Hits(np.full((len(rows), most), -1, np.int32), np.full((len(rows), most), -99.0, np.float32))
    for number, group in enumerate(rows):
        names, evidence = hits.name[group].ravel(), hits.evidence[group].ravel()
        order = np.argsort(-evidence, kind="stable")
        order = order[names[order] >= 0]
        _, first = np.unique(party[names[order]], return_index=True)
        order = order[np.sort(first)][:most]
        merged.name[number, : len(order)] = names[order]
        merged.evidence[number, : len(order)] = evidence[order]
    return merged


def _keep(best: _Best, party: int, match: PartyMatch) -> None:
    known = best.get(party)
    if known is None or (match.band, -match.score) < (known.band, -known.score):
        best[party] = match


def _of_lists(matches: list[PartyMatch], lists: Sequence[str] | None) -> list[PartyMatch]:
    return matches if lists is None else [match for match in matches if match.list_id in lists]
