"""The screening engine: party queries in, listed parties out, each with a calibrated score and reasons.

A query with names alone is scored by its names. A query that also has a birth date, a country or a number is
compared with each candidate as a whole record (`screening.records`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.evidence import Confidence, Reason, text
from overzicht.names.chinese import readings
from overzicht.names.normal import exact_key
from overzicht.screening.batch import CANDIDATES, Hits, merged, search
from overzicht.screening.bounds import Bounds
from overzicht.screening.exact_words import closest, namesakes, parties_with_words, worded
from overzicht.screening.explain import Explainer
from overzicht.screening.frequencies import packed
from overzicht.screening.index import layout
from overzicht.screening.index.build import PERSON, IndexedParty, build_arrays, kind_of
from overzicht.screening.index.resolve import KNOWN_PARTIES
from overzicht.screening.index.variants import new_scratch
from overzicht.screening.listed import ListedParties
from overzicht.screening.pack import Packed
from overzicht.screening.policy import record_bands
from overzicht.screening.records.explain import record_reasons
from overzicht.screening.records.matcher import THRESHOLD, RecordMatcher
from overzicht.screening.records.numbers import agreement, lookup_key, numbers_of
from overzicht.screening.records.party_record import PartyRecord
from overzicht.screening.scorer import Scorer, packaged_scorer
from overzicht.screening.telling import is_same_name, may_be_one

IDENTIFIER_SCORE = 1.0  # of an entry with a number of a known party
WEAK_NAME_SHARE = 0.6  # of the score, if the list itself calls the name weak
BATCH = 4096  # queries that are packed together; bounds the memory of a long batch
MOST_PER_LIST = 20  # parties per list found by similar names
MOST_WORDED = 100  # parties per list that have all words of the query
_Best = dict[int, PartyMatch]  # by party number


class _Hit(NamedTuple):
    """A listed name similar to a name of a query; `row` is the row of the query's packed name."""

    query: int
    name: str
    row: int
    listed: int
    party: int
    score: float


class ScreeningEngine:
    """A `PartyMatcher` over an index, for one thread. Processes share the pages of the index."""

    def __init__(self, arrays: layout.IndexArrays, scorer: Scorer | None = None) -> None:
        self._index = arrays
        self._scorer = scorer or packaged_scorer("search")
        self._scratch = new_scratch(CANDIDATES, max(1, len(arrays.lists)))
        self._explainer = Explainer(arrays, self._scorer)
        self.version = arrays.version  # named by the content of the index; empty for one in memory
        self.threshold = self._scorer.threshold  # default minimum score of a name
        self._parties = ListedParties(arrays)

    @classmethod
    def open(cls, root: Path) -> "ScreeningEngine":
        """Return an engine over the current version below `root`; InputFileError if there is none."""
        return cls(layout.read(layout.current(root)))

    @classmethod
    def of(cls, parties: Iterable[IndexedParty]) -> "ScreeningEngine":
        """Return an engine over parties in memory."""
        return cls(build_arrays(parties))

    def sizes(self) -> dict[str, int]:
        """Return the number of `parties` and `names` in the index."""
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

        Every entry of the resolved party of a match is a match too. With `possible`, a lower score, the
        result has entries of the band POSSIBLE: those that score between the two, those that have all words
        of a name, and, without a threshold, those whose name is similar but not the same. See PartyMatcher.
        Dates are checked afterwards, on the records: an index has names, not dates.
        """
        del as_of
        names = Bounds(
            self.threshold if threshold is None else threshold,
            possible,
            threshold is None and possible is not None,
        )
        policy = record_bands()
        default = THRESHOLD if possible is None else policy.match_from
        whole = Bounds(
            default if threshold is None else threshold,
            None if possible is None else min(possible, policy.unsure_from),
            names.is_strict,
        )
        results: list[list[PartyMatch]] = []
        for start in range(0, len(queries), BATCH):
            results += self._match_batch(queries[start : start + BATCH], names, whole, most)
        return [[m for m in matches if lists is None or m.list_id in lists] for matches in results]

    def best(
        self, names: Sequence[str], schemata: Sequence[str], *, most: int = 10
    ) -> tuple[list[list[str]], NDArray[np.float64]]:
        """Return for each name the ids of its best parties and their scores (names by `most`), no reasons.

        This is the fast way for long batches. A row of ids may be shorter than `most`; other scores are 0.
        """
        ids: list[list[str]] = []
        scores: list[NDArray[np.float64]] = [np.zeros((0, most))]
        for start in range(0, len(names), BATCH):
            hits = self._hits(names[start : start + BATCH], schemata[start : start + BATCH], most)
            scores.append(np.where(hits.name >= 0, self._scorer.calibrated(hits.evidence), 0.0))
            party = self._index.postings.party
            ids += [
                [self._index.party_ids.get(int(party[name])) for name in row if name >= 0]
                for row in hits.name
            ]
        return ids, np.concatenate(scores)

    def with_words(
        self, words: str, *, lists: Sequence[str] | None = None, is_prefix: bool = False
    ) -> list[tuple[str, str]]:
        """Return (list, record id) of every party with a name that has all of `words`, in that order.

        Words are compared letter for letter, unlike in `match`; with `is_prefix` the last word may be
        incomplete. An empty text gives every party.
        """
        parties = parties_with_words(self._index, words, self._mask(lists), is_prefix=is_prefix)
        return [self._parties.place(int(party)) for party in parties]

    def _hits(self, names: Sequence[str], schemata: Sequence[str], most: int) -> Hits:
        """Return the best hits of each name over all lists, with those of its other readings."""
        texts, kinds = list(names), [kind_of(schema) for schema in schemata]
        reading_of = list(range(len(names)))
        for row, name in enumerate(names):
            for reading in readings(name):
                reading_of.append(row)
                texts.append(reading)
                kinds.append(kinds[row])
        hits = self._search(self._pack(texts, kinds), kinds, self._mask(None), most)
        return merged(hits, reading_of, self._index.postings.party, most)

    def _search(self, names: Packed, kinds: Sequence[int], mask: NDArray[np.uint8] | None, most: int) -> Hits:
        numbers = np.array(kinds, np.uint8)
        return search(names, numbers, self._index, self._scorer, lists=mask, most=most, scratch=self._scratch)

    def _pack(self, names: Iterable[str], kinds: Sequence[int]) -> Packed:
        pairs = zip(names, (kind == PERSON for kind in kinds), strict=True)
        return packed(pairs, self._index.forms)

    def _mask(self, lists: Sequence[str] | None) -> NDArray[np.uint8]:
        known = self._index.lists or ("",)
        chosen = [name != KNOWN_PARTIES if lists is None else name in lists for name in known]
        return np.array(chosen, np.uint8)

    def _match_batch(
        self, queries: Sequence[PartyQuery], names: Bounds, whole: Bounds, most: int
    ) -> list[list[PartyMatch]]:
        flat = [
            (number, name, reading)
            for number, query in enumerate(queries)
            for name in (*query.names, *(query.tentative_names if names.possible is not None else ()))
            for reading in (name, *readings(name))
        ]
        kinds = [kind_of(queries[number].schema) for number, *_ in flat]
        rows = self._pack([reading for *_, reading in flat], kinds)
        best: list[_Best] = [{} for _ in queries]
        candidates = self._numbered(queries, best)
        least = min(names.least, whole.least)
        for hit in self._similar(queries, flat, self._search(rows, kinds, None, most), least):
            query = queries[hit.query]
            if query.has_evidence and hit.name not in query.tentative_names:
                known = candidates.get((hit.query, hit.party))
                is_better = hit.score >= whole.least and (known is None or known.score < hit.score)
                if is_better and self._may_be(query, hit, rows):
                    candidates[hit.query, hit.party] = hit
            elif (match := self._name_match(query, hit, rows, names)) is not None:
                _keep(best[hit.query], hit.party, match)
        for number, party, match in self._record_matches(queries, candidates, rows, whole):
            _keep(best[number], party, match)
        if names.possible is not None:
            best = [
                self._by_other_names(query, self._by_words(query, matches))
                for query, matches in zip(queries, best, strict=True)
            ]
        return [self._ranked(self._resolved(*pair)) for pair in zip(queries, best, strict=True)]

    def _numbered(
        self, queries: Sequence[PartyQuery], best: Sequence[_Best]
    ) -> dict[tuple[int, int], _Hit | None]:
        """Return (query, party) of the parties that may have a number of a query.

        A number of a known party is a match at once, and so is the address of a wallet.
        """
        candidates: dict[tuple[int, int], _Hit | None] = {}
        for number, query in enumerate(queries):
            for party in self._parties.with_number(query):
                if query.has_evidence and not self._parties.same_wallet(query, party):
                    candidates[number, party] = None
                else:
                    best[number][party] = self._number_match(query, party)
        return candidates

    def _similar(
        self, queries: Sequence[PartyQuery], flat: Sequence[tuple[int, str, str]], hits: Hits, least: float
    ) -> Iterator[_Hit]:
        """Yield the hits of all names of at least this score, without parties stated to be other parties."""
        excluded = [{exact_key(other) for other in query.not_the_same_as} for query in queries]
        for row, (number, name, _) in enumerate(flat):
            (columns,) = np.nonzero(hits.name[row] >= 0)
            scores = self._scorer.calibrated(hits.evidence[row, columns])
            for listed, score in zip(hits.name[row, columns].tolist(), scores.tolist(), strict=True):
                party = int(self._index.postings.party[listed])
                if score >= least and not self._parties.has_name(party, excluded[number]):
                    yield _Hit(number, name, row, listed, party, score)

    def _ranked(self, best: _Best) -> list[PartyMatch]:
        """Return the matches on lists, best first.

        A possible match scores at most as much as the least listed one: an entry with the very name makes one
        with a similar name less likely.
        """
        matches = [match for match in best.values() if match.list_id != KNOWN_PARTIES]
        lowest = min((match.score for match in matches if match.band is Band.MATCH), default=1.0)
        for k, match in enumerate(matches):
            if match.band is Band.POSSIBLE and match.score > lowest:
                matches[k] = replace(match, score=lowest)
        return sorted(matches, key=lambda match: (match.band, -match.score, match.list_id, match.record_id))

    def _match(self, query: PartyQuery, party: int, score: float, matched_on: str, **more: Any) -> PartyMatch:
        list_id, record_id = self._parties.place(party)
        return PartyMatch(query.id, record_id, list_id, score, matched_on, **more)

    def _number_match(self, query: PartyQuery, party: int) -> PartyMatch:
        number = self._parties.agreement(query, party).shared[0]
        if addresses := self._parties.same_wallet(query, party):
            number = min(addresses)
            wallet = Reason(text("the same wallet: {value}", value=number), strength=Confidence.HIGH)
            return self._match(query, party, IDENTIFIER_SCORE, number, reasons=(wallet,))
        kind = next((prop for prop, value in query.identifiers if lookup_key(value) == number), "")
        sentence = text("the same number: {value} ({kind})", value=number, kind=kind)
        reasons = (Reason(sentence, strength=Confidence.HIGH),)
        return self._match(query, party, IDENTIFIER_SCORE, number, reasons=reasons)

    def _name_match(self, query: PartyQuery, hit: _Hit, rows: Packed, bounds: Bounds) -> PartyMatch | None:
        """Return the match of a query by name alone; None if its score or its words say too little."""
        is_tentative = hit.name in query.tentative_names
        is_same = self._is_same_name(hit, rows)
        if bounds.is_strict and not is_same and hit.score >= bounds.match:
            # an alias may be nearer than the best of equal scores
            own = self._same_name(hit, rows)
            hit, is_same = (hit, False) if own is None else (hit._replace(listed=own), True)
        is_weak = bool(self._index.postings.weak[hit.listed])
        score = hit.score * WEAK_NAME_SHARE if is_weak else hit.score
        if score < (bounds.match if query.party_id or is_tentative else bounds.least):
            return None
        is_listed = score >= bounds.match and not is_tentative
        if is_listed and bounds.is_strict:
            is_listed = is_same and not self._parties.is_other_thing(hit.party, query.schema)
        if not (is_listed or is_same or self._may_be(query, hit, rows)):
            return None
        reasons = [*self._explainer.reasons(hit.name, rows, hit.row, hit.listed), *self._weakness(hit)]
        if is_tentative:
            sentence = text("{asked} may be a name of {name}", asked=query.names[0], name=hit.name)
            reasons.append(Reason(sentence, strength=Confidence.LOW))
        return self._match(
            query,
            hit.party,
            round(score, 4),
            self._index.name_texts.get(hit.listed),
            reasons=tuple(reasons),
            band=Band.MATCH if is_listed else Band.POSSIBLE,
        )

    def _is_same_name(self, hit: _Hit, rows: Packed) -> bool:
        words = self._explainer.compared(rows, hit.row, hit.listed)
        return is_same_name(*words, is_person=bool(self._index.names.person[hit.listed]))

    def _same_name(self, hit: _Hit, rows: Packed) -> int | None:
        """Return the name of the party of a hit that is the same and not called weak; None if it has none."""
        strong = (n for n in self._parties.names_of(hit.party) if not self._index.postings.weak[n])
        return next((n for n in strong if self._is_same_name(hit._replace(listed=n), rows)), None)

    def _may_be(self, query: PartyQuery, hit: _Hit, rows: Packed) -> bool:
        """Return whether a party with a similar name may be the party of a query.

        Unless the names are the same, a company is not a ship, and one word of a name does not name a person.
        """
        if kind_of(query.schema) == PERSON or self._is_same_name(hit, rows):
            return True
        ours, theirs = self._explainer.compared(rows, hit.row, hit.listed)
        if self._index.names.person[hit.listed]:
            is_whole = len(theirs) > 1 and all(word.partner for word in theirs)
            return len(ours) > 1 or is_whole  # a whole name in Han is written as one word
        return not self._parties.is_other_thing(hit.party, query.schema) and may_be_one(ours, theirs)

    def _weakness(self, hit: _Hit) -> Iterator[Reason]:
        if self._index.postings.weak[hit.listed]:
            sentence = text(
                "the list calls {theirs} a weak name", theirs=self._index.name_texts.get(hit.listed)
            )
            yield Reason(sentence, strength=Confidence.LOW, against=True)

    def _record_matches(
        self,
        queries: Sequence[PartyQuery],
        candidates: Mapping[tuple[int, int], _Hit | None],
        rows: Packed,
        bounds: Bounds,
    ) -> Iterator[tuple[int, int, PartyMatch]]:
        left = [PartyRecord.of_query(queries[number]) for number, _ in candidates]
        right = [self._parties.record(party) for _, party in candidates]
        scores = RecordMatcher().score(left, right).tolist() if candidates else []
        for k, ((number, party), hit) in enumerate(candidates.items()):
            if scores[k] < bounds.least:
                continue
            names = None
            if hit is not None:
                names = (*self._explainer.reasons(hit.name, rows, hit.row, hit.listed), *self._weakness(hit))
            shared = agreement(numbers_of(left[k].identifiers), numbers_of(right[k].identifiers)).shared
            band = bounds.band(scores[k])
            is_body = bounds.is_strict and kind_of(queries[number].schema) != PERSON
            if is_body and hit is not None and not (shared or self._is_same_name(hit, rows)):
                band = Band.POSSIBLE  # a country tells no company
            match = self._match(
                queries[number],
                party,
                round(scores[k], 4),
                self._index.name_texts.get(hit.listed) if hit is not None else (*shared, "")[0],
                reasons=record_reasons(left[k], right[k], names),
                band=band,
            )
            yield number, party, match

    def _by_words(self, query: PartyQuery, known: _Best) -> _Best:
        """Return the matches with possible ones: the parties that have all words of a name.

        Words propose and do not decide: the scorer alone says that a party is listed. A ship is not proposed
        for a company, or the reverse.
        """
        excluded = {exact_key(other) for other in query.not_the_same_as}
        kind, matches = kind_of(query.schema), dict(known)
        for name in (*query.names, *query.tentative_names):
            is_word = " " not in name.strip()  # one word may mean a party that a source tells apart
            is_unknown = not query.party_id  # a known party has its full names too
            for party, number, way in closest(self._index, name, kind, MOST_WORDED, with_initials=is_unknown):
                if party in known or self._parties.is_contrary(query, party):
                    continue
                if self._parties.is_other_thing(party, query.schema):
                    continue
                if not is_word and self._parties.has_name(party, excluded):
                    continue
                theirs = self._index.name_texts.get(number)
                reasons = (Reason(worded(way, name, theirs), strength=Confidence.LOW),)
                match = self._match(query, party, 0.0, theirs, reasons=reasons, band=Band.POSSIBLE)
                _keep(matches, party, match)
        return matches

    def _by_other_names(self, query: PartyQuery, known: _Best) -> _Best:
        """Return the matches with possible ones by other names of the entries that are the party."""
        own = [p for p, m in known.items() if m.band is Band.MATCH and not self._parties.is_ship(p)]
        excluded, matches = {exact_key(other) for other in query.not_the_same_as}, dict(known)
        for party, name in namesakes(self._index, own):
            if self._parties.has_name(party, excluded) or self._parties.is_contrary(query, party):
                continue
            if self._parties.is_ship(party):
                continue
            sentence = text("an entry of this party has the name {name} too", name=name)
            reasons = (Reason(sentence, strength=Confidence.LOW),)
            match = self._match(query, party, 0.0, name, reasons=reasons, band=Band.POSSIBLE)
            matches.setdefault(party, match)
        return matches

    def _resolved(self, query: PartyQuery, best: _Best) -> _Best:
        """Return the matches with every entry of their resolved parties.

        If the query names a known party, only its own entries match; similar ones are possible matches.
        """
        root = self._index.resolved.root
        own = self._parties.known.get(query.party_id, -1) if query.party_id else -1
        whole: _Best = {}
        if own >= 0:
            best = {**best, own: self._match(query, own, IDENTIFIER_SCORE, query.names[0])}
        for party, match in best.items():
            is_own = own < 0 or root[party] == root[own] or match.score >= IDENTIFIER_SCORE
            _keep(whole, party, match if is_own else match.demoted())
        for party, match in list(whole.items()):
            for member in self._parties.resolved_with(party):
                if member == party:
                    continue
                sentence = text(
                    "the same party as {name} ({list})", name=match.matched_on, list=match.list_id
                )
                if party == own:
                    sentence = text("a known name or number of {party}", party=query.party_id)
                direct = best.get(member, match)
                reasons = (Reason(sentence, strength=Confidence.HIGH), *direct.reasons[:1])
                joined = self._match(
                    query, member, match.score, direct.matched_on, reasons=reasons, band=match.band
                )
                _keep(whole, member, joined)
        return whole


def _keep(best: _Best, party: int, match: PartyMatch) -> None:
    known = best.get(party)
    if known is None or (match.band, -match.score) < (known.band, -known.score):
        best[party] = match
