"""Dossiers: claims with their status, steps, replies, presence, and every entry with its versions."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from overzicht.dossiers.model import EntryKind, SourceDocument, StepKind
from overzicht.dossiers.weighing import ClaimStatus, Completeness
from overzicht.reports.dossiers.model import (
    ClaimView,
    DossierLine,
    DossierView,
    ListingDay,
    ReplyView,
    StepView,
    VersionView,
)
from overzicht.reports.i18n import Words
from overzicht.web.api.models.makers import ListingModel, StakeModel
from overzicht.web.api.models.shared import FindingModel, Key, LegalDateModel, Line, Lines
from overzicht.workflows.dossiers.importing import Imported

EntryName = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=60)]
MOST_FIELDS = 60


class DossierBrief(BaseModel):
    """A dossier in a list, with what it holds by the day; `complete`: whether the other side was heard."""

    id: str
    about: str
    name: str
    title: str
    is_example: bool
    complete: bool
    completeness: Completeness
    claims: int
    steps: int
    asked: int
    replies: int

    @classmethod
    def of(cls, line: DossierLine, words: Words) -> "DossierBrief":
        """Return the short form of a dossier in a language."""
        return cls(
            id=line.id, about=line.about, name=line.name, title=words.say(line.title),
            is_example=line.is_example, complete=line.completeness.is_complete,
            completeness=line.completeness, claims=line.claims, steps=line.steps, asked=line.asked,
            replies=line.replies,
        )  # fmt: skip


class VersionModel(BaseModel):
    """A version of an entry: what it says in short, by whom and when, and why it corrects or withdraws."""

    entry: str
    kind: EntryKind
    number: int
    says: str
    is_withdrawn: bool
    reason: str
    actor: str
    recorded_on: date
    changed: list[str]

    @classmethod
    def of(cls, version: VersionView, words: Words) -> "VersionModel":
        """Return the form of a version in a language."""
        return cls(
            entry=version.entry_id, kind=version.kind, number=version.number, says=words.say(version.says),
            is_withdrawn=version.is_withdrawn, reason=version.reason, actor=version.actor,
            recorded_on=version.recorded_on, changed=list(version.changed),
        )  # fmt: skip


class ClaimModel(BaseModel):
    """A claim; `originals` are the independent originals on which its reports rest."""

    dossier: str
    id: str
    claim: str
    about: list[str]
    when: LegalDateModel | None
    status: ClaimStatus
    originals: list[str]
    held_by: dict[str, list[str]]
    reports: list[FindingModel]
    responses: list[FindingModel]
    earlier: list[VersionModel]
    recorded_on: date

    @classmethod
    def of(cls, view: ClaimView, words: Words) -> "ClaimModel":
        """Return the form of a claim in a language."""
        return cls(
            dossier=view.dossier_id, id=view.id, claim=words.say(view.assertion), about=list(view.about),
            when=LegalDateModel.of(view.when), status=view.status, originals=list(view.originals),
            held_by={position: [words.say(who) for who in named] for position, named in view.held_by.items()},
            reports=[FindingModel.of(each, words) for each in view.reports],
            responses=[FindingModel.of(each, words) for each in view.responses],
            earlier=[VersionModel.of(each, words) for each in view.earlier], recorded_on=view.recorded_on,
        )  # fmt: skip


class StepModel(BaseModel):
    """A contact or step."""

    dossier: str
    id: str
    kind: StepKind
    day: LegalDateModel | None
    forum: str
    parties: list[str]
    about: list[str]
    reference: str
    responsible: str
    finding: FindingModel
    earlier: list[VersionModel]
    recorded_on: date

    @classmethod
    def of(cls, view: StepView, words: Words) -> "StepModel":
        """Return the form of a step in a language."""
        return cls(
            dossier=view.dossier_id, id=view.id, kind=view.kind, day=LegalDateModel.of(view.on),
            forum=words.say(view.forum), parties=[words.say(each) for each in view.party_names],
            about=list(view.about), reference=view.reference, responsible=view.responsible,
            finding=FindingModel.of(view.finding, words),
            earlier=[VersionModel.of(each, words) for each in view.earlier], recorded_on=view.recorded_on,
        )  # fmt: skip


class ReplyModel(BaseModel):
    """The party's own statement (`reply`), or the record of having asked for it (`asked`)."""

    dossier: str
    id: str
    kind: EntryKind
    day: LegalDateModel | None
    by: str
    claims: list[str]
    finding: FindingModel
    earlier: list[VersionModel]
    recorded_on: date

    @classmethod
    def of(cls, view: ReplyView, words: Words) -> "ReplyModel":
        """Return the form of a reply in a language."""
        return cls(
            dossier=view.dossier_id, id=view.id, kind=view.kind, day=LegalDateModel.of(view.on),
            by=words.say(view.by), claims=list(view.claims), finding=FindingModel.of(view.finding, words),
            earlier=[VersionModel.of(each, words) for each in view.earlier], recorded_on=view.recorded_on,
        )  # fmt: skip


class ListingDayModel(BaseModel):
    """Listings in force on a day; lists without the party, and lists that could not tell."""

    day: date
    listings: list[ListingModel]
    not_listed: list[str]
    not_checked: list[str]

    @classmethod
    def of(cls, each: ListingDay, words: Words) -> "ListingDayModel":
        """Return the form of a day in a language."""
        return cls(
            day=each.day, listings=[ListingModel.of(row, words) for row in each.listings],
            not_listed=list(each.not_listed), not_checked=list(each.not_checked),
        )  # fmt: skip


class SourceModel(BaseModel):
    """A document of a dossier; where it is withdrawn, nothing rests on it any more."""

    document: SourceDocument
    is_withdrawn: bool
    recorded_on: date


class DeviceCountModel(BaseModel):
    """Devices of the party in the register, as far as the asker may see it."""

    total: int
    relabelled: int
    by_organisation: dict[str, int]
    by_kind: dict[str, int]


class DossierModel(DossierBrief):
    """A dossier as it was on a day; `known_on` is the day of the file, null for its newest state."""

    as_of: date
    known_on: date | None
    claims_held: list[ClaimModel]
    steps_taken: list[StepModel]
    replies_held: list[ReplyModel]
    presence: list[FindingModel]
    listings: list[ListingDayModel]
    ownership: list[StakeModel]
    devices: DeviceCountModel | None
    withdrawn: list[VersionModel]
    without_source: list[VersionModel]
    entries: list[VersionModel]
    sources: list[SourceModel]

    @classmethod
    def whole(cls, view: DossierView, words: Words) -> "DossierModel":
        """Return the form of a dossier in a language."""
        devices = view.devices
        return cls(
            **DossierBrief.of(view.line, words).model_dump(), as_of=view.as_of, known_on=view.known_on,
            claims_held=[ClaimModel.of(each, words) for each in view.claims],
            steps_taken=[StepModel.of(each, words) for each in view.steps],
            replies_held=[ReplyModel.of(each, words) for each in view.replies],
            presence=[FindingModel.of(each, words) for each in view.presence],
            listings=[ListingDayModel.of(each, words) for each in view.listings],
            ownership=[StakeModel.of(each) for each in view.ownership],
            devices=None if devices is None else DeviceCountModel(
                total=devices.total, relabelled=devices.relabelled,
                by_organisation=dict(devices.by_organisation), by_kind=dict(devices.by_kind),
            ),
            withdrawn=[VersionModel.of(each, words) for each in view.withdrawn],
            without_source=[VersionModel.of(each, words) for each in view.without_source],
            entries=[VersionModel.of(each, words) for each in view.entries],
            sources=[
                SourceModel(
                    document=each.document, is_withdrawn=each.is_withdrawn, recorded_on=each.recorded_on
                )
                for each in view.sources
            ],
        )  # fmt: skip


class HeadAsked(BaseModel):
    """A dossier to begin; without a Dutch title the other stands for both."""

    id: EntryName
    about: Key
    title: Line
    title_nl: Line = ""
    names: list[Line] = Field(default_factory=list, max_length=50)


class EntryAsked(BaseModel):
    """An entry to add: its kind and fields as texts, as the command takes them; without an id one is made."""

    kind: EntryKind
    id: EntryName = ""
    fields: dict[Key, Lines] = Field(max_length=MOST_FIELDS)


class CorrectionAsked(BaseModel):
    """What changes of an entry, and why."""

    fields: dict[Key, Lines] = Field(max_length=MOST_FIELDS)
    reason: Line


class WithdrawalAsked(BaseModel):
    """Why an entry is withdrawn."""

    reason: Line


class EntryKept(BaseModel):
    """The entry that was added or changed."""

    dossier: str
    entry: str


class DocumentKept(BaseModel):
    """The hash by which the bytes of a document are kept."""

    sha256: str


class FaultModel(BaseModel):
    """An entry of a file that could not be taken, and why."""

    place: str
    reason: str


class ImportedModel(BaseModel):
    """What came of a file."""

    dossier: str
    added: int
    changed: int
    known: int
    problems: list[FaultModel]

    @classmethod
    def of(cls, done: Imported, words: Words) -> "ImportedModel":
        """Return the form of what came of a file in a language."""
        faults = [FaultModel(place=each.place, reason=words.say(each.reason)) for each in done.problems]
        return cls(
            dossier=done.dossier_id, added=done.added, changed=done.changed, known=done.known, problems=faults
        )
