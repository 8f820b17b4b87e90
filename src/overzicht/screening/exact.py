"""The first matcher: identifiers, then names that are equal in their normal form. Correct before fast."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from overzicht.entities import PartyMatch, PartyQuery, Record
from overzicht.evidence import Confidence, Reason, text
from overzicht.names.normal import PERSON_SCHEMATA, exact_key, name_key

IDENTIFIER_SCORE = 1.0
NAME_SCORE = 0.9
OTHER_FORM_SCORE = 0.8  # equal but for the legal form: often another company of the same group
WEAK_NAME_SCORE = 0.5
ANY_KIND = frozenset({"LegalEntity", "Thing"})
MIN_KEY_LETTERS = 3  # shorter names meet too many others by chance


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that a look-up gave, with the list it is from."""

    list_id: str
    record: Record


class RecordLookup(Protocol):
    """Where records are looked up; the store implements it."""

    def by_identifiers(
        self, pairs: Sequence[tuple[str, str]], lists: Sequence[str] | None
    ) -> list[FoundRecord]:
        """Return the newest version of each record with one of these (property, value) pairs."""
        ...

    def by_name_keys(self, keys: Sequence[str], lists: Sequence[str] | None) -> list[FoundRecord]:
        """Return the newest version of each record with a name of one of these normal forms."""
        ...


class ExactMatcher:
    """A PartyMatcher over equal identifiers and equal names."""

    def __init__(self, lookup: RecordLookup) -> None:
        self._lookup = lookup

    def match(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] | None = None
    ) -> list[list[PartyMatch]]:
        """Return for each query its matches, best first; see PartyMatcher."""
        del as_of  # legal dates are judged afterwards, on the records found
        return [self._match_one(query, lists) for query in queries]

    def _match_one(self, query: PartyQuery, lists: Sequence[str] | None) -> list[PartyMatch]:
        is_person = query.schema in PERSON_SCHEMATA
        excluded = {exact_key(name) for name in query.not_the_same_as}
        best: dict[str, PartyMatch] = {}
        for match in self._matches(query, is_person, excluded, lists):
            known = best.get(match.record_id)
            if known is None or match.score > known.score:
                best[match.record_id] = match
        return sorted(best.values(), key=lambda match: (-match.score, match.list_id, match.record_id))

    def _matches(
        self, query: PartyQuery, is_person: bool, excluded: set[str], lists: Sequence[str] | None
    ) -> Iterable[PartyMatch]:
        by_identifier = self._lookup.by_identifiers(query.identifiers, lists) if query.identifiers else []
        for found in by_identifier:
            if match := _identifier_match(query, found):
                yield match
        keys = {name_key(name, is_person=is_person): name for name in query.names}
        if query.schema in ANY_KIND:
            keys |= {name_key(name, is_person=True): name for name in query.names}
        usable = sorted(key for key in keys if len(key) >= MIN_KEY_LETTERS)
        for found in self._lookup.by_name_keys(usable, lists):
            if not _schema_fits(query.schema, found.record.schema) or _is_excluded(found.record, excluded):
                continue
            if match := _name_match(query, found, keys, found.record.schema in PERSON_SCHEMATA):
                yield match


def _is_excluded(record: Record, excluded: set[str]) -> bool:
    return any(exact_key(name) in excluded for name in record.names)


def _schema_fits(asked: str, found: str) -> bool:
    """Return whether a person is compared with a person and a body with a body; `LegalEntity` is either."""
    return asked in ANY_KIND or (asked in PERSON_SCHEMATA) == (found in PERSON_SCHEMATA)


def _identifier_match(query: PartyQuery, found: FoundRecord) -> PartyMatch | None:
    for prop, value in query.identifiers:
        if value in {s.value for s in found.record.statements}:
            reason = Reason(
                text("the same number: {value} ({kind})", value=value, kind=prop), strength=Confidence.HIGH
            )
            return PartyMatch(query.id, found.record.id, found.list_id, IDENTIFIER_SCORE, value, (reason,))
    return None


def _name_match(
    query: PartyQuery, found: FoundRecord, keys: dict[str, str], is_person: bool
) -> PartyMatch | None:
    strong = found.record.names
    best: PartyMatch | None = None
    for name in (*strong, *found.record.weak_names):
        ours = keys.get(name_key(name, is_person=is_person))
        if ours is None:
            continue
        score, reason = _compare(ours, name, is_weak=name not in strong, is_person=is_person)
        if best is None or score > best.score:
            best = PartyMatch(query.id, found.record.id, found.list_id, score, name, (reason,))
    return best


def _compare(ours: str, theirs: str, *, is_weak: bool, is_person: bool) -> tuple[float, Reason]:
    if is_weak:
        sentence = text("the list gives {theirs} as a weak other name", theirs=theirs)
        return WEAK_NAME_SCORE, Reason(sentence, strength=Confidence.LOW)
    if exact_key(ours) == exact_key(theirs):
        sentence = text("the same name: {ours} and {theirs}", ours=ours, theirs=theirs)
        return NAME_SCORE, Reason(sentence, strength=Confidence.HIGH)
    if is_person:
        sentence = text("the same words in another order: {ours} and {theirs}", ours=ours, theirs=theirs)
        return NAME_SCORE, Reason(sentence, strength=Confidence.HIGH)
    sentence = text("the same name but for the legal form: {ours} and {theirs}", ours=ours, theirs=theirs)
    return OTHER_FORM_SCORE, Reason(sentence, strength=Confidence.MEDIUM)
