"""State of a list on a given date, from the loaded versions of it.

Every version (snapshot) of a part of a list has a date. Between versions the legal dates of a listing decide;
outside them the answer states what is not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from overzicht.dates import DateBasis, LegalDate
from overzicht.entities.record import Listing, Record
from overzicht.evidence import Answer, Snapshot, Text, plain_text, text

SEEN_RULE = "the oldest loaded version with the entry"
MONTH_RULE = "the file with the entry states only its month, and counts for every day of it"
MONTHS = (
    text("January"), text("February"), text("March"), text("April"), text("May"), text("June"), text("July"),
    text("August"), text("September"), text("October"), text("November"), text("December"),
)  # fmt: skip


class Basis(StrEnum):
    """Relation of the loaded versions to a date."""

    CURRENT = "current"  # a version before the date that is recent enough, or versions on both sides
    CARRIED = "carried"  # only versions before the date, all of them too old
    REBUILT = "rebuilt"  # only versions after the date
    NONE = "none"  # no version at all


@dataclass(frozen=True, slots=True)
class Version:
    """A snapshot of a part of a list; `day` is the date of its content.

    `is_dated` is False if its file states none and none was given; `day`, that of its newest entry or else of
    loading, then only orders it, and the version never shows that a party is absent. `confirmed` is the last
    date on which the publisher still served these bytes, None if not checked. `first` is the first day that
    its content may be of, if its file states only a month: the version then counts for every day of that
    month. `doubt` is why it is not known to be whole, so that it never shows that a party is absent.
    """

    snapshot: Snapshot
    day: date
    is_starter: bool = False
    is_dated: bool = True
    confirmed: date | None = None
    first: date | None = None
    doubt: str = ""

    @property
    def words(self) -> Text:
        """The version in a sentence, by its date if it has one."""
        return (
            text("the version of {day}", day=self.shown_day) if self.is_dated else text("an undated version")
        )

    @property
    def shown_day(self) -> date | Text:
        """The date of its content, its month if no more is known, or *undated*."""
        if not self.is_dated:
            return text("undated")
        if self.first is None:
            return self.day
        return text("{month} {year}", month=MONTHS[self.day.month - 1], year=str(self.day.year))

    @property
    def last_day(self) -> date:
        """The last date on which it is known to be the publisher's newest."""
        return max(self.day, self.confirmed or self.day)

    @property
    def shows_absence(self) -> bool:
        """Whether a party that is not in it was not listed on its date."""
        return self.snapshot.complete and not self.doubt and self.is_dated and not self.is_starter


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether a part of a list covers a date, by which version, and what that version does not show."""

    basis: Basis
    nearest: Version | None
    note: Text

    @property
    def covers_date(self) -> bool:
        """Whether the version shows that a party is not on the list on the date."""
        return self.basis in {Basis.CURRENT, Basis.REBUILT}


@dataclass(frozen=True, slots=True)
class ListingState:
    """A listing on a date: FOUND in force, NOT_FOUND not in force, NOT_CHECKED not known from the versions.

    `since` and `until` are as the best source states or limits them. `version` is the cited snapshot. `notes`
    state what follows from a rule, and what is not known.
    """

    listing: Listing
    record: Record
    version: Version
    answer: Answer
    since: LegalDate
    until: LegalDate | None
    notes: tuple[Text, ...] = ()


def coverage(versions: Sequence[Version], as_of: date, *, stale_after_days: int) -> Coverage:
    """Return whether the versions of one part cover a date.

    Only complete versions count, because incomplete ones and starter facts never show that a party is absent;
    without one the result names the nearest version of any kind. A version that may be incomplete
    replaces those before it: until a complete one follows, the new parties are unknown.
    """
    complete = [version for version in versions if version.shows_absence]
    before = max((v for v in complete if v.day <= as_of), key=lambda v: v.day, default=None)
    after = min((v for v in complete if v.day > as_of), key=lambda v: v.day, default=None)
    if before is not None and after is not None:
        note = text(
            "shown by the versions of {before} and {after}; entries that were added and removed between them "
            "do not appear",
            before=before.shown_day,
            after=after.shown_day,
        )
        return Coverage(Basis.CURRENT, before, note)
    doubted = [v for v in versions if v.doubt and v.day <= as_of and (before is None or v.day > before.day)]
    if doubted and after is None:
        newest = max(doubted, key=lambda v: v.day)
        return Coverage(Basis.NONE, newest, _doubt_note(newest))
    if before is not None:
        if as_of - before.last_day <= timedelta(days=stale_after_days):
            return Coverage(
                Basis.CURRENT, before, text("shown by the version of {day}", day=before.shown_day)
            )
        note = text("the newest loaded version is of {day}, too old for this date", day=before.shown_day)
        return Coverage(Basis.CARRIED, before, note)
    if after is not None:
        return Coverage(Basis.REBUILT, after, _rebuilt_note(after))
    nearest = min(versions, key=lambda v: (v.is_starter, abs(v.day - as_of)), default=None)
    if nearest is None:
        note = text("no version of this list is loaded")
    elif nearest.is_starter:
        note = text("only the starter facts are loaded, not the whole list")
    elif not nearest.is_dated:
        note = text("only an undated version is loaded; load it again with its date of publication")
    elif nearest.doubt:
        note = _doubt_note(nearest)
    else:
        note = text("only an incomplete version of {day} is loaded", day=nearest.shown_day)
    return Coverage(Basis.NONE, nearest, note)


def _doubt_note(version: Version) -> Text:
    return text(
        "{version} is not known to be whole: {reason}",
        version=version.words,
        reason=plain_text(version.doubt),
    )


def _rebuilt_note(version: Version) -> Text:
    return text(
        "rebuilt from {version}: earlier wording and entries removed before do not appear",
        version=version.words,
    )


def listing_states(
    stored: Sequence[tuple[Version, Record]],
    versions: Sequence[Version],
    as_of: date,
    dates: Sequence[Record] = (),
    *,
    stale_after_days: int | None = None,
) -> list[ListingState]:
    """Return the state on a date of each listing of one record, in the order of their ids.

    `stored` are the versions that have the record, with its content there; `versions` are all versions of the
    same part. A record in several versions counts once per listing id: before the date by its newest version,
    after it by its oldest. `dates` are starter facts on the same record: if no version states the start of a
    listing (OFAC's files never do), theirs is used. A listing that is only in a version older than
    `stale_after_days` is included with a note.
    """
    ordered = sorted(stored, key=lambda pair: (pair[0].is_starter, pair[0].day))
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
        known_start = known.get(listing_id)
        before = [entry for entry in having if entry[0].day <= as_of]
        version, record, listing = before[-1] if before else having[0]
        since = _best_start(having)
        until = listing.period.end
        notes = _version_notes(version, as_of)
        if known_start is not None and _is_better(known_start, since):
            since = known_start
            notes = (
                *notes,
                text("the list does not state a start date; {day} is from the starter facts", day=since.day),
            )
        # the first complete later version, up to the date, without the entry; None if there is none
        later = [v for v in versions if v.shows_absence and version.day < v.day <= as_of]
        gone = None if version.is_starter else min(later, key=lambda v: v.day, default=None)
        if gone is not None:
            bound = LegalDate(
                gone.day, DateBasis.NOT_LATER_THAN, "the first loaded version without the entry"
            )
            note = text(
                "it was in {version} and is no longer in that of {gone}",
                version=version.words,
                gone=gone.day,
            )
            state = ListingState(
                listing, record, version, Answer.NOT_FOUND, since, until or bound, (*notes, note)
            )
        else:
            if since.rule == SEEN_RULE and version.first is not None and version.first <= as_of < since.day:
                since = LegalDate(as_of, DateBasis.NOT_LATER_THAN, MONTH_RULE)
            if until is not None and as_of >= until.day:
                answer = Answer.NOT_FOUND
            elif as_of >= since.day:
                answer = Answer.FOUND
            else:
                answer = Answer.NOT_CHECKED if since.basis is DateBasis.NOT_LATER_THAN else Answer.NOT_FOUND
            if since.basis is not DateBasis.STATED:
                note = text(
                    "the date {day} is {basis}: {rule}",
                    day=since.day,
                    basis=basis_word(since),
                    rule=plain_text(since.rule),
                )
                notes = (*notes, note)
            state = ListingState(listing, record, version, answer, since, until, notes)
        if state.answer is Answer.FOUND and stale_after_days is not None:
            notes = _age_notes(version, versions, as_of, timedelta(days=stale_after_days))
            state = replace(state, notes=(*state.notes, *notes))
        states.append(state)
    return states


def _age_notes(
    version: Version, versions: Sequence[Version], as_of: date, limit: timedelta
) -> tuple[Text, ...]:
    """Return a note if a later removal would not be visible; none for an undated version."""
    dated = [v for v in versions if v.is_dated and not v.is_starter]
    if version not in dated:
        return ()
    newest = max(dated, key=lambda v: v.last_day)
    if as_of - newest.last_day <= limit:
        return ()
    day = newest.last_day if newest.confirmed else newest.shown_day
    return (text("no version after {day} is loaded; a later removal would not be visible", day=day),)


def _is_better(known: LegalDate, since: LegalDate) -> bool:
    """Return whether the date of a starter fact replaces a bound, or, if stated, a derived date."""
    if known.day > since.day or since.basis is DateBasis.STATED:
        return False
    return since.basis is DateBasis.NOT_LATER_THAN or known.basis is DateBasis.STATED


def _best_start(having: Sequence[tuple[Version, Record, Listing]]) -> LegalDate:
    """Return the best start: stated, else derived, else the earliest bound or date of a version."""
    starts = [listing.period.start for _, _, listing in having if listing.period.start is not None]
    for basis in (DateBasis.STATED, DateBasis.DERIVED):
        known = [start for start in starts if start.basis is basis]
        if known:
            return known[0]
    seen = min(version.day for version, _, _ in having)
    bounds = [start for start in starts if start.day <= seen]
    return min(bounds, key=lambda s: s.day, default=LegalDate(seen, DateBasis.NOT_LATER_THAN, SEEN_RULE))


def _version_notes(version: Version, as_of: date) -> tuple[Text, ...]:
    is_own = not version.is_starter
    notes = (
        (version.is_starter, text("starter fact of the product; the list itself is not loaded")),
        (is_own and version.day > as_of, _rebuilt_note(version)),
        (is_own and not version.snapshot.official, text("this version is not an official file")),
        (is_own and not version.snapshot.complete, text("this version is incomplete")),
        (not version.is_dated, text("this version is undated: its file states no date")),
    )
    return tuple(note for applies, note in notes if applies)


def basis_word(value: LegalDate) -> Text:
    """Return the basis of a date in a word or two."""
    words = {
        DateBasis.STATED: text("stated"),
        DateBasis.DERIVED: text("derived"),
        DateBasis.NOT_LATER_THAN: text("an upper bound"),
    }
    return words[value.basis]
