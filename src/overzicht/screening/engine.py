"""The screening engine: parties in, listed parties out, each with a score that can be taken at its word."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.evidence import Confidence, Reason, text
from overzicht.names.chinese import readings
from overzicht.names.normal import exact_key
from overzicht.screening.batch import CANDIDATES, Hits, insert, search
from overzicht.screening.explain import Explainer
from overzicht.screening.frequencies import weighed
from overzicht.screening.index import layout
from overzicht.screening.index.build import PERSON, IndexedParty, build_arrays, kind_of
from overzicht.screening.index.variants import new_scratch
from overzicht.screening.pack import Names, Packer, Words
from overzicht.screening.scorer import Scorer, packaged_scorer
from overzicht.screening.worded import parties_with_words

IDENTIFIER_SCORE = 1.0
WEAK_NAME_SHARE = 0.6  # of the score, where the list itself calls the name weak
SAME_BIRTH_DAY_SHARE = 0.5  # of what lacks to 1, added
OTHER_BIRTH_YEAR_SHARE = 0.4  # of the score that is left
BATCH = 4096  # queries that are packed at once; bounds the memory of a long batch
_YEARS_APART = 2  # birth years this near may be one year written two ways


class ScreeningEngine:
    """A `PartyMatcher` over an index. One engine is for one thread; processes share the index's pages."""

    def __init__(self, arrays: layout.IndexArrays, scorer: Scorer | None = None) -> None:
        self._index = arrays
        self._scorer = scorer or packaged_scorer("search")
        self._scratch = new_scratch(max(1, len(arrays.names.form)), CANDIDATES)
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
        most: int = 10,
    ) -> list[list[PartyMatch]]:
        """Return for each query its matches of at least `threshold`, best first, at most `most`.

        See PartyMatcher. Days are judged afterwards, on the records found: an index holds names, not days.
        """
        del as_of
        least = self.threshold if threshold is None else threshold
        found: list[list[PartyMatch]] = []
        for start in range(0, len(queries), BATCH):
            part = queries[start : start + BATCH]
            found += self._match_batch(part, self._mask(lists), least, most)
        return found

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
        self, asked: str, *, lists: Sequence[str] | None = None, is_prefix: bool = False
    ) -> list[tuple[str, str]]:
        """Return (list, record id) of every party with a name that has all words asked for, in that order.

        Letter for letter, unlike `match`; with `is_prefix` the last word may be cut short. An empty text
        gives every party.
        """
        found = parties_with_words(self._index, asked, self._mask(lists), is_prefix=is_prefix)
        known, numbers = self._index.lists, self._index.parties.list
        return [(known[int(numbers[party])], self._index.party_ids.get(int(party))) for party in found]

    def _hits(self, names: Sequence[str], schemata: Sequence[str], most: int) -> Hits:
        """Return the hits of each name, those of its other readings among them."""
        read = [(row, reading) for row, name in enumerate(names) for reading in readings(name)]
        kinds = np.array(
            [kind_of(schemata[row]) for row in (*range(len(names)), *(row for row, _ in read))], np.uint8
        )
        packed = self._pack([*names, *(reading for _, reading in read)], kinds)
        hits = search(packed, kinds, self._index, self._scorer, most=most, scratch=self._scratch)
        found = Hits(hits.name[: len(names)], hits.evidence[: len(names)])
        for other, (row, _) in enumerate(read, len(names)):
            for name, value in zip(hits.name[other], hits.evidence[other], strict=True):
                if name >= 0:
                    insert(found, row, int(name), float(value), self._index.postings.party)
        return found

    def _pack(self, names: Sequence[str], kinds: NDArray[np.uint8]) -> tuple[Words, Names]:
        packer = Packer(self._index.forms)
        for name, kind in zip(names, kinds, strict=True):
            packer.add(name, is_person=kind == PERSON)
        return weighed(packer, packer.pack_words()), packer.pack_names()

    def _party_id(self, name: int) -> str:
        return self._index.party_ids.get(int(self._index.postings.party[name]))

    def _mask(self, lists: Sequence[str] | None) -> NDArray[np.uint8]:
        known = self._index.lists or ("",)
        return np.array([lists is None or name in lists for name in known], np.uint8)

    def _match_batch(
        self, queries: Sequence[PartyQuery], mask: NDArray[np.uint8], least: float, most: int
    ) -> list[list[PartyMatch]]:
        flat = [
            (number, name, reading)
            for number, query in enumerate(queries)
            for name in query.names
            for reading in (name, *readings(name))
        ]
        kinds = np.array([kind_of(queries[number].schema) for number, *_ in flat], np.uint8)
        packed = self._pack([reading for *_, reading in flat], kinds)
        wide = most + 10  # room for those that a birth date or a statement takes away
        hits = search(packed, kinds, self._index, self._scorer, lists=mask, most=wide, scratch=self._scratch)
        best: list[dict[str, PartyMatch]] = [{} for _ in queries]
        for number, query in enumerate(queries):
            for match in self._by_identifiers(query, mask):
                _keep(best[number], match)
        for row, (number, name, _) in enumerate(flat):
            for match in self._by_name(queries[number], name, packed, row, hits, least):
                _keep(best[number], match)
        return [_ranked(matches.values(), least)[:most] for matches in best]

    def _by_identifiers(self, query: PartyQuery, mask: NDArray[np.uint8]) -> Iterator[PartyMatch]:
        for prop, value in query.identifiers:
            for party, list_number in self._by_identifier.get((prop, value), ()):
                if not mask[list_number]:
                    continue
                sentence = text("the same number: {value} ({kind})", value=value, kind=prop)
                yield PartyMatch(
                    query.id,
                    self._index.party_ids.get(party),
                    self._index.lists[list_number],
                    IDENTIFIER_SCORE,
                    value,
                    (Reason(sentence, strength=Confidence.HIGH),),
                )

    def _by_name(
        self, query: PartyQuery, name: str, packed: tuple[Words, Names], row: int, hits: Hits, least: float
    ) -> Iterator[PartyMatch]:
        excluded = {exact_key(other) for other in query.not_the_same_as}
        scores = self._scorer.calibrated(hits.evidence[row].astype(np.float64))
        for listed, score in zip(hits.name[row], scores, strict=True):
            if listed < 0:
                return
            highest = score + (1.0 - score) * SAME_BIRTH_DAY_SHARE if query.birth_date else score
            if highest < least:
                continue
            number = int(listed)
            party = int(self._index.postings.party[number])
            if excluded and self._is_excluded(party, number, excluded):
                continue
            reasons = list(self._explainer.reasons(name, packed, row, number))
            value, more = self._weighed(query, party, number, float(score))
            yield PartyMatch(
                query.id,
                self._index.party_ids.get(party),
                self._index.lists[int(self._index.postings.list[number])],
                round(value, 4),
                self._index.name_texts.get(number),
                (*reasons, *more),
            )

    def _is_excluded(self, party: int, name: int, excluded: set[str]) -> bool:
        """Return whether a statement says that this is somebody else; any name of the party counts."""
        owner = self._index.postings.party
        first, last = name, name
        while first > 0 and owner[first - 1] == party:
            first -= 1
        while last + 1 < len(owner) and owner[last + 1] == party:
            last += 1
        return any(exact_key(self._index.name_texts.get(k)) in excluded for k in range(first, last + 1))

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


def _identifiers(arrays: layout.IndexArrays) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Return which parties bear an identifier; only parties with details are read."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    with_details = np.flatnonzero(np.diff(arrays.details.at))
    if len(with_details) == 0:
        return found
    for party in with_details:
        details: dict[str, Any] = json.loads(arrays.details.get(int(party)))
        for prop, value in details.get("identifiers", ()):
            number = int(details.get("list", 0))
            found.setdefault((prop, value), []).append((int(party), number))
    return found


def _keep(best: dict[str, PartyMatch], match: PartyMatch) -> None:
    known = best.get(match.record_id)
    if known is None or match.score > known.score:
        best[match.record_id] = match


def _ranked(matches: Iterable[PartyMatch], least: float) -> list[PartyMatch]:
    kept = [match for match in matches if match.score >= least]
    return sorted(kept, key=lambda match: (-match.score, match.list_id, match.record_id))
