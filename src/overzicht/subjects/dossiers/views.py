"""A dossier as data: what every format renders. Sentences are findings, each resting on one source.

`recorded_on` is the date on which an entry was first recorded. If it is later than the date shown, the file
did not have the entry then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import computed_field

from overzicht.dates import LegalDate
from overzicht.evidence import Citation, Finding, Text, unique
from overzicht.evidence.json_marks import shown_as
from overzicht.reports.overview_report import ListingRow, OwnershipEdge
from overzicht.subjects.dossiers.model import EntryKind, SourceDocument, StepKind
from overzicht.subjects.dossiers.weighing import ClaimStatus, Completeness


def undated(statement: Text) -> Text:
    """Return a sentence of a dossier without its date, for use next to the date."""
    sentence = dict(statement.values).get("says")
    return sentence if isinstance(sentence, Text) else statement


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of an entry: its text (`sentence`), and the reason of a correction or withdrawal, or empty.

    `changed` names the fields in which the version after it differs; empty for the last one.
    """

    dossier_id: str
    entry_id: str
    kind: EntryKind
    number: int
    sentence: Annotated[Text, shown_as("says")]
    is_withdrawn: bool
    reason: str
    actor: str
    recorded_on: date
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as of a date, with its reporters and the positions of others.

    `originals` are the titles of the independent originals of the reports. `held_by` has the names by
    position. `said_on` is the date of each sentence, by its id. `earlier` are its superseded
    versions.
    """

    dossier_id: str
    id: str
    assertion: Text
    about: tuple[str, ...]
    when: LegalDate
    status: ClaimStatus
    originals: tuple[str, ...]
    held_by: Mapping[str, tuple[Text, ...]]
    reports: tuple[Finding, ...]
    responses: tuple[Finding, ...]
    said_on: Mapping[str, LegalDate]
    earlier: tuple[VersionView, ...]
    recorded_on: date

    @property
    def origins(self) -> int:
        """The number of independent originals of the reports."""
        return len(self.originals)

    @property
    def sentences(self) -> tuple[Finding, ...]:
        """All sentences: the reports, then the responses."""
        return (*self.reports, *self.responses)


@dataclass(frozen=True, slots=True)
class StepView:
    """A contact or step taken by a date; `party_names` are the parties in both languages."""

    dossier_id: str
    id: str
    kind: StepKind
    on: LegalDate
    forum: Text
    parties: tuple[str, ...]
    party_names: tuple[Text, ...]
    about: tuple[str, ...]
    reference: str
    responsible: str
    finding: Finding
    earlier: tuple[VersionView, ...]
    recorded_on: date


@dataclass(frozen=True, slots=True)
class ReplyView:
    """The party's own statement (`kind` reply), or the record of having asked for it (asked)."""

    dossier_id: str
    id: str
    kind: EntryKind
    on: LegalDate
    by: Text
    claims: tuple[str, ...]
    finding: Finding
    earlier: tuple[VersionView, ...]
    recorded_on: date


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A dossier in a list, with the number of its entries by the date."""

    id: str
    about: str
    name: str
    title: Text
    is_example: bool
    claims: int
    steps: int
    requests: Annotated[int, shown_as("asked")]
    replies: int
    completeness: Completeness
    begun_on: date

    @computed_field
    @property
    def complete(self) -> bool:
        """Whether the other side was heard, or asked."""
        return self.completeness.is_complete


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source of a dossier; `is_withdrawn` if it no longer counts."""

    document: SourceDocument
    is_withdrawn: bool
    recorded_on: date


@dataclass(frozen=True, slots=True)
class ListingDay:
    """The listings of the party and its owners in force on one day.

    `possible` are the lists on which the party itself is possibly listed, `not_listed` those on which it is
    not, `not_checked` those that do not cover the day. `titles` has the title of each of them by its id.
    """

    day: date
    listings: tuple[ListingRow, ...]
    possible: tuple[str, ...]
    not_listed: tuple[str, ...]
    not_checked: tuple[str, ...]
    titles: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class DeviceCount:
    """Devices of the party in the register on the day, quantities added; by organisation and by kind."""

    total: int
    relabelled: int
    by_organisation: Mapping[str, int]
    by_kind: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the time line; `recorded_on` is None if no entry of the dossier has it."""

    when: LegalDate
    kind: str
    sentence: Annotated[Text, shown_as("says")]
    citations: tuple[Citation, ...]
    recorded_on: date | None


@dataclass(frozen=True, slots=True)
class DossierView:
    """A whole dossier on a date. `known_on` is the date of the file, None for its newest state.

    `withdrawn` are entries that no longer count; `without_source` those whose sources were all withdrawn;
    `entries` the last version of every entry of any date. `devices` is None without a register.
    """

    line: DossierLine
    as_of: date
    known_on: date | None
    claims: tuple[ClaimView, ...]
    steps: tuple[StepView, ...]
    replies: tuple[ReplyView, ...]
    presence: tuple[Finding, ...]
    listings: tuple[ListingDay, ...]
    ownership: tuple[OwnershipEdge, ...]
    devices: DeviceCount | None
    timeline: tuple[Moment, ...]
    withdrawn: tuple[VersionView, ...]
    without_source: tuple[VersionView, ...]
    entries: tuple[VersionView, ...]
    sources: tuple[SourceView, ...]

    @property
    def sentences(self) -> tuple[Finding, ...]:
        """Every sentence that rests on a source of the dossier, in order."""
        sentences = [finding for claim in self.claims for finding in claim.sentences]
        sentences += [step.finding for step in self.steps]
        sentences += [reply.finding for reply in self.replies]
        return (*sentences, *self.presence)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the sentences, without duplicates, in order."""
        return unique(cited for finding in self.sentences for cited in finding.citations)
