"""What a list says on a day, worked out from the versions of it that are held.

Every version (snapshot) of a part of a list has a day of state. Between versions the legal dates of a listing
decide; outside them we say what cannot be told. The four answers stay apart throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from overzicht.dates import DateBasis, LegalDate
from overzicht.entities.record import Listing, Record
from overzicht.evidence import Answer, Snapshot, Text, text

SEEN_RULE = "the oldest version held in which the entry stands"


class Basis(StrEnum):
    """How the versions held relate to the day asked about."""

    CURRENT = "current"  # a version before the day that is not too old, or versions on both sides
    CARRIED = "carried"  # only versions before the day, the newest of them too old to tell
    REBUILT = "rebuilt"  # only versions after the day
    NONE = "none"  # no version at all


@dataclass(frozen=True, slots=True)
class Version:
    """A snapshot of a part of a list as evidence for a day: `day` is its day of state.

    `is_dated` is False where nobody knows that day; `day` is then the one on which we got it, an upper bound,
    and the version never shows that somebody is absent. `confirmed` is the last day on which the publisher
    still served these bytes, None where that was never asked.
    """

    snapshot: Snapshot
    day: date
    is_starter: bool = False
    is_dated: bool = True
    confirmed: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it is known to have been the publisher's newest."""
        return max(self.day, self.confirmed or self.day)

    @property
    def shows_absence(self) -> bool:
        """Whether who does not stand in it was not listed on its day."""
        return self.snapshot.complete and self.is_dated and not self.is_starter


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether a part of a list can tell for a day, by which version, and what it cannot show."""

    basis: Basis
    nearest: Version | None
    note: Text

    @property
    def covers_date(self) -> bool:
        """Whether absence from the list on that day can be told."""
        return self.basis in {Basis.CURRENT, Basis.REBUILT}


@dataclass(frozen=True, slots=True)
class ListingState:
    """A listing on a day: FOUND it holds, NOT_FOUND it does not, NOT_CHECKED the versions cannot tell.

    `since` and `until` are as the best source states or bounds them. `version` is the snapshot cited.
    `notes` are sentences on what rests on a rule, and on what cannot be shown.
    """

    listing: Listing
    record: Record
    version: Version
    answer: Answer
    since: LegalDate
    until: LegalDate | None
    notes: tuple[Text, ...] = ()


def coverage(versions: Sequence[Version], as_of: date, *, stale_after_days: int) -> Coverage:
    """Return how far the versions of one part can tell for a day.

    Incomplete versions and starter facts never show that somebody is absent, so only complete ones count
    here; with none of those the answer names the nearest version of any kind.
    """
    complete = [version for version in versions if version.shows_absence]
    before = max((v for v in complete if v.day <= as_of), key=lambda v: v.day, default=None)
    after = min((v for v in complete if v.day > as_of), key=lambda v: v.day, default=None)
    if before is not None and after is not None:
        note = text(
            "told from the versions of {before} and {after}; what came and went between them does not show",
            before=before.day, after=after.day,
        )  # fmt: skip
        return Coverage(Basis.CURRENT, before, note)
    if before is not None:
        return _carried(before, as_of, stale_after_days)
    if after is not None:
        return Coverage(Basis.REBUILT, after, _rebuilt_note(after))
    return _uncovered(versions, as_of)


def _carried(before: Version, as_of: date, stale_after_days: int) -> Coverage:
    if as_of - before.last_day <= timedelta(days=stale_after_days):
        return Coverage(Basis.CURRENT, before, text("told from the version of {day}", day=before.day))
    note = text("the newest version held is of {day}, too old to tell for this day", day=before.day)
    return Coverage(Basis.CARRIED, before, note)


def _uncovered(versions: Sequence[Version], as_of: date) -> Coverage:
    nearest = min(versions, key=lambda v: (v.is_starter, abs(v.day - as_of)), default=None)
    if nearest is None:
        return Coverage(Basis.NONE, None, text("no version of this list is loaded"))
    if nearest.is_starter:
        return Coverage(Basis.NONE, nearest, text("only the starter facts are at hand, not the whole list"))
    if not nearest.is_dated:
        note = text("a version is held, but of which day it is nobody said")
        return Coverage(Basis.NONE, nearest, note)
    note = text("only an incomplete version of {day} is held", day=nearest.day)
    return Coverage(Basis.NONE, nearest, note)


def _rebuilt_note(version: Version) -> Text:
    return text(
        "rebuilt from the version of {day}: earlier wording and entries removed before do not show",
        day=version.day,
    )


def listing_states(
    held: Sequence[tuple[Version, Record]],
    versions: Sequence[Version],
    as_of: date,
    dates: Sequence[Record] = (),
    *,
    stale_after_days: int | None = None,
) -> list[ListingState]:
    """Return the state on a day of each listing of one record, in the order of their ids.

    `held` are the versions in which the record stands, with its content there; `versions` are all versions
    of the same part. A record of several versions counts once per listing id: before the day the newest
    version speaks, after it the oldest. `dates` are starter facts on the same record: where no version states
    a listing's start (OFAC's files never do), theirs is used. A listing that only a version older than
    `stale_after_days` shows is still given, and says so.
    """
    ordered = sorted(held, key=lambda pair: (pair[0].is_starter, pair[0].day))
    known = {
        listing.id: listing.period.start
        for record in dates
        for listing in record.listings
        if listing.period.start is not None
    }
    states = []
    for listing_id in sorted({listing.id for _, record in ordered for listing in record.listings}):
        having = [
            (version, record, listing)
            for version, record in ordered
            for listing in record.listings
            if listing.id == listing_id
        ]
        state = _state(having, versions, as_of, known.get(listing_id))
        states.append(_aged(state, versions, as_of, stale_after_days))
    return states


def _state(
    having: Sequence[tuple[Version, Record, Listing]],
    versions: Sequence[Version],
    as_of: date,
    known_start: LegalDate | None,
) -> ListingState:
    before = [entry for entry in having if entry[0].day <= as_of]
    version, record, listing = before[-1] if before else having[0]
    since = _best_start(having)
    until = listing.period.end
    notes = _version_notes(version, as_of)
    if known_start is not None and _is_better(known_start, since):
        since = known_start
        notes = (*notes, text("the list states no day; {day} is from the starter facts", day=since.day))
    gone = _gone(version, versions, as_of)
    if gone is not None:
        bound = LegalDate(gone.day, DateBasis.NOT_LATER_THAN, "the first version held without the entry")
        note = text(
            "it stood in the version of {seen} and no longer in that of {gone}",
            seen=version.day,
            gone=gone.day,
        )
        return ListingState(listing, record, version, Answer.NOT_FOUND, since, until or bound, (*notes, note))
    answer = _answer(since, until, as_of)
    if since.basis is not DateBasis.STATED:
        said = text(
            "the date {day} is {basis}: {rule}", day=since.day, basis=basis_word(since), rule=since.rule
        )
        notes = (*notes, said)
    return ListingState(listing, record, version, answer, since, until, notes)


def _is_better(known: LegalDate, since: LegalDate) -> bool:
    """Return whether a starter fact's day beats a bound, or, being stated, a day that was derived."""
    if known.day > since.day or since.basis is DateBasis.STATED:
        return False
    return since.basis is DateBasis.NOT_LATER_THAN or known.basis is DateBasis.STATED


def _aged(
    state: ListingState, versions: Sequence[Version], as_of: date, stale_after_days: int | None
) -> ListingState:
    """Add what an old version cannot tell: whether the entry was removed since."""
    newest = max((version.last_day for version in versions if not version.is_starter), default=as_of)
    is_old = stale_after_days is not None and as_of - newest > timedelta(days=stale_after_days)
    if state.answer is not Answer.FOUND or state.version.is_starter or not is_old:
        return state
    note = text("no version after {day} is held; whether it was removed since cannot be told", day=newest)
    return replace(state, notes=(*state.notes, note))


def _answer(since: LegalDate, until: LegalDate | None, as_of: date) -> Answer:
    if until is not None and as_of >= until.day:
        return Answer.NOT_FOUND
    if as_of >= since.day:
        return Answer.FOUND
    return Answer.NOT_CHECKED if since.basis is DateBasis.NOT_LATER_THAN else Answer.NOT_FOUND


def _best_start(having: Sequence[tuple[Version, Record, Listing]]) -> LegalDate:
    """Return the best start: stated, else derived, else the earliest bound, a version's own day included."""
    starts = [listing.period.start for _, _, listing in having if listing.period.start is not None]
    for basis in (DateBasis.STATED, DateBasis.DERIVED):
        known = [start for start in starts if start.basis is basis]
        if known:
            return known[0]
    seen = min(version.day for version, _, _ in having)
    bounds = [start for start in starts if start.day <= seen]
    return min(bounds, key=lambda s: s.day, default=LegalDate(seen, DateBasis.NOT_LATER_THAN, SEEN_RULE))


def _gone(version: Version, versions: Sequence[Version], as_of: date) -> Version | None:
    """Return the first complete later version up to the day in which the entry no longer stands."""
    later = [v for v in versions if v.shows_absence and version.day < v.day <= as_of]
    if version.is_starter or version.day > as_of:
        return None
    return min(later, key=lambda v: v.day, default=None)


def _version_notes(version: Version, as_of: date) -> tuple[Text, ...]:
    notes = []
    if version.is_starter:
        notes.append(text("starter fact that ships with the product; the list itself is not loaded"))
    elif version.day > as_of:
        notes.append(_rebuilt_note(version))
    if not version.snapshot.official and not version.is_starter:
        notes.append(text("this version is not an official file"))
    if not version.snapshot.complete and not version.is_starter:
        notes.append(text("this version is incomplete"))
    if not version.is_dated:
        notes.append(text("of which day this version is nobody said"))
    return tuple(notes)


def basis_word(value: LegalDate) -> Text:
    """Return how a day is known, in a word or two."""
    match value.basis:
        case DateBasis.STATED:
            return text("stated")
        case DateBasis.DERIVED:
            return text("derived")
        case DateBasis.NOT_LATER_THAN:
            return text("an upper bound")
