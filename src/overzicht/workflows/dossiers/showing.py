"""Reading dossiers: one whole, all in a list, and claims, steps and replies across them."""

from collections.abc import Iterator, Sequence
from datetime import date

from overzicht.devices.names import squashed
from overzicht.dossiers.model import Claim, EntryKind, PartyQuestion, Presence, Reply, Report, Response, Step
from overzicht.dossiers.versions import EntryHistory, Version
from overzicht.dossiers.weighing import ClaimStatus, completeness_of, originals, status_of
from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, Finding, Text
from overzicht.reports.dossiers.model import (
    ClaimView,
    DossierLine,
    DossierView,
    ReplyView,
    SourceView,
    StepView,
    VersionView,
)
from overzicht.store import dossiers as kept_store
from overzicht.store.database import Store
from overzicht.workflows.ask import party_lookup
from overzicht.workflows.dossiers import sentences
from overzicht.workflows.dossiers.party import device_count, listing_days_of, owners_and_listings
from overzicht.workflows.dossiers.shelf import (
    Folder,
    earlier,
    folders,
    names_of,
    party_name,
    version_view,
)
from overzicht.workflows.dossiers.timeline import moments


def list_dossiers(store: Store, as_of: date, *, known_on: date | None = None) -> tuple[DossierLine, ...]:
    """Return every dossier with how many entries it has by the day, by id."""
    with store.reading() as connection:
        return tuple(_line(folder) for folder in folders(connection, as_of, known_on))


def show_dossier(
    store: Store,
    dossier_id: str,
    as_of: date,
    *,
    known_on: date | None = None,
    listing_days: Sequence[date] = (),
    allowed: tuple[str, ...] | None = None,
) -> DossierView:
    """Return a dossier whole; UnknownNameError lists those there are.

    Without `listing_days` the lists are asked for the day before the party's first listing known on the day,
    for the day of that listing, and for the day itself. `allowed` limits what is told of the register of
    equipment to these organisations and all below each; None is no limit.
    """
    with party_lookup(store) as lookup:
        connection = lookup.connection
        (folder,) = folders(connection, as_of, known_on, dossier_id)
        head = folder.stored.head
        days = tuple(sorted(set(listing_days))) or listing_days_of(lookup, head, as_of)
        ownership, listings = owners_and_listings(lookup, head, as_of, days)
        claims, steps, replies = _claims(folder), _steps(folder), _replies(folder)
        presence = tuple(_presence(folder))
        return DossierView(
            line=_line(folder),
            as_of=as_of,
            known_on=known_on,
            claims=claims,
            steps=steps,
            replies=replies,
            presence=presence,
            listings=listings,
            ownership=ownership,
            devices=device_count(connection, head.about, as_of, allowed),
            timeline=moments(claims, steps, replies, listings),
            withdrawn=tuple(version_view(kept.last) for kept in folder.entries if kept.last.is_withdrawn),
            without_source=tuple(version_view(kept.last) for kept in folder.without_source()),
            entries=tuple(version_view(kept.last) for kept in folder.entries),
            sources=_sources(folder),
        )


def outline(store: Store, dossier_id: str, as_of: date) -> tuple[DossierLine, tuple[VersionView, ...]]:
    """Return a dossier in short, and the last version of every entry of it, whatever its day."""
    with store.reading() as connection:
        (folder,) = folders(connection, as_of, None, dossier_id)
        return _line(folder), tuple(version_view(kept.last) for kept in folder.entries)


def show_entry(store: Store, dossier_id: str, entry_id: str) -> tuple[Version, ...]:
    """Return every version of an entry, the newest last; UnknownNameError where there is none."""
    with store.reading() as connection:
        kept_store.get_dossier(connection, dossier_id)
        found = kept_store.versions_of(connection, dossier_id, entry_id)
    if not found:
        raise UnknownNameError(f"entry of dossier {dossier_id}", entry_id)
    return tuple(found)


def claims_about(
    store: Store, party: str, as_of: date, *, known_on: date | None = None
) -> tuple[ClaimView, ...]:
    """Return the claims of all dossiers about a party (a maker's or dossier's id, or a name), by day."""
    with store.reading() as connection:
        names = names_of(connection, party)
        found = [
            view
            for folder in folders(connection, as_of, known_on)
            for view in _claims(folder)
            if names & {squashed(each) for each in view.about}
        ]
    return tuple(sorted(found, key=lambda view: (view.when.day, view.dossier_id, view.id)))


def steps(  # noqa: PLR0913 - one parameter per filter
    store: Store,
    as_of: date,
    *,
    party: str = "",
    dossier_id: str = "",
    forum: str = "",
    kind: str = "",
    known_on: date | None = None,
) -> tuple[StepView, ...]:
    """Return contacts and steps taken by a day, by day; an empty filter asks for nothing in particular.

    `party` is one whom a step is about or who took part; `forum` is a part of the forum's name in either
    language; `kind` a `StepKind`.
    """
    with store.reading() as connection:
        names = names_of(connection, party) if party else frozenset[str]()
        kept = folders(connection, as_of, known_on, dossier_id or None)
        found = [view for folder in kept for view in _steps(folder)]
    wanted = [
        view
        for view in found
        if (not names or names & {squashed(each) for each in (*view.about, *view.parties)})
        and (not forum or _is_in(forum, view))
        and (not kind or view.kind == kind)
    ]
    return tuple(sorted(wanted, key=lambda view: (view.on.day, view.dossier_id, view.id)))


def _is_in(forum: str, view: StepView) -> bool:
    said = (str(value) for _, value in view.forum.values)
    return any(forum.casefold() in each.casefold() for each in said)


def replies(store: Store, party: str, as_of: date, *, known_on: date | None = None) -> tuple[ReplyView, ...]:
    """Return a party's own statements and the records of having asked it, by day."""
    with store.reading() as connection:
        names = names_of(connection, party)
        found = [
            view
            for folder in folders(connection, as_of, known_on)
            if squashed(folder.stored.head.about) in names
            for view in _replies(folder)
        ]
    return tuple(sorted(found, key=lambda view: (view.on.day, view.dossier_id, view.id)))


def _line(folder: Folder) -> DossierLine:
    head = folder.stored.head
    found = {kind: [kept.last.entry for kept in folder.resting(kind)] for kind in EntryKind}
    said = [entry for entry in found[EntryKind.REPLY] if isinstance(entry, Reply)]
    asked = [entry for entry in found[EntryKind.ASKED] if isinstance(entry, PartyQuestion)]
    return DossierLine(
        id=head.id,
        about=head.about,
        name=party_name(head.about, head.names),
        title=head.title.text,
        is_example=folder.stored.is_example,
        claims=len(found[EntryKind.CLAIM]),
        steps=len(found[EntryKind.STEP]),
        asked=len(asked),
        replies=len(said),
        completeness=completeness_of(said, asked),
        begun_on=date.fromisoformat(folder.stored.at[:10]),
    )


def _claims(folder: Folder) -> tuple[ClaimView, ...]:
    held: dict[str, list[tuple[EntryHistory, Response]]] = {}
    for kept in folder.resting(EntryKind.RESPONSE):
        if isinstance(kept.last.entry, Response):
            held.setdefault(kept.last.entry.claim, []).append((kept, kept.last.entry))
    found = [
        _claim(folder, kept, kept.last.entry, held.get(kept.last.entry_id, []))
        for kept in folder.standing(EntryKind.CLAIM)
        if isinstance(kept.last.entry, Claim)
    ]
    shown = (view for view in found if view.sentences)
    return tuple(sorted(shown, key=lambda view: (view.when.day, view.id)))


def _claim(
    folder: Folder, kept: EntryHistory, claim: Claim, held: Sequence[tuple[EntryHistory, Response]]
) -> ClaimView:
    """Return a claim with the reports that still have a source; its responses keep theirs."""
    said = [r for r in claim.reports if r.source in folder.sources and r.when.day <= folder.as_of]
    held_by: dict[str, tuple[Text, ...]] = {}
    for _, response in held:
        known = held_by.get(response.position.value, ())
        held_by[response.position.value] = tuple(dict.fromkeys((*known, response.by.text)))
    in_order = sorted(held, key=lambda pair: (pair[1].when.day, pair[1].id))
    reports = tuple(_report(folder, kept, report, claim) for report in said)
    responses = tuple(
        sentences.response_finding(each.last, response, folder.sources, folder.as_of)
        for each, response in in_order
    )
    days = [report.when for report in said] + [response.when for _, response in in_order]
    return ClaimView(
        dossier_id=kept.last.dossier_id,
        id=claim.id,
        assertion=claim.what.text,
        about=claim.about,
        when=claim.when,
        status=status_of(response for _, response in held) if said else ClaimStatus.WITHOUT_SOURCE,
        originals=tuple(folder.documents[key].title for key in originals(said, claim.reports)),
        held_by=held_by,
        reports=reports,
        responses=responses,
        said_on={found.id: day for found, day in zip((*reports, *responses), days, strict=True)},
        earlier=earlier(kept),
        recorded_on=kept.recorded_on,
    )


def _report(folder: Folder, kept: EntryHistory, report: Report, claim: Claim) -> Finding:
    return sentences.report_finding(kept.last, report, claim, folder.documents, folder.as_of)


def _steps(folder: Folder) -> tuple[StepView, ...]:
    found = [_step(folder, kept, kept.last.entry) for kept in folder.resting(EntryKind.STEP)
             if isinstance(kept.last.entry, Step)]  # fmt: skip
    return tuple(sorted(found, key=lambda view: (view.on.day, view.id)))


def _step(folder: Folder, kept: EntryHistory, step: Step) -> StepView:
    return StepView(
        dossier_id=kept.last.dossier_id,
        id=step.id,
        kind=step.kind,
        on=step.when,
        forum=step.forum.text,
        parties=tuple(each.en for each in step.parties),
        party_names=tuple(each.text for each in step.parties),
        about=step.about,
        reference=step.reference,
        responsible=step.responsible.en if step.responsible else "",
        finding=sentences.step_finding(kept.last, step, folder.sources, folder.as_of),
        earlier=earlier(kept),
        recorded_on=kept.recorded_on,
    )


def _replies(folder: Folder) -> tuple[ReplyView, ...]:
    found = [
        _reply(folder, kept, kept.last.entry)
        for kind in (EntryKind.ASKED, EntryKind.REPLY)
        for kept in folder.resting(kind)
        if isinstance(kept.last.entry, PartyQuestion | Reply)
    ]
    return tuple(sorted(found, key=lambda view: (view.on.day, view.kind, view.id)))


def _reply(folder: Folder, kept: EntryHistory, entry: PartyQuestion | Reply) -> ReplyView:
    if isinstance(entry, Reply):
        finding = sentences.reply_finding(kept.last, entry, folder.sources, folder.as_of)
        claims: tuple[str, ...] = entry.claims
    else:
        finding, claims = sentences.asked_finding(kept.last, entry, folder.sources, folder.as_of), ()
    return ReplyView(
        dossier_id=kept.last.dossier_id,
        id=entry.id,
        kind=kept.last.kind,
        on=entry.when,
        by=entry.by.text,
        claims=claims,
        finding=finding,
        earlier=earlier(kept),
        recorded_on=kept.recorded_on,
    )


def _presence(folder: Folder) -> Iterator[Finding]:
    for kept in folder.resting(EntryKind.PRESENCE):
        entry = kept.last.entry
        if isinstance(entry, Presence):
            name = party_name(entry.party, (entry.party,))
            found = sentences.presence_finding(kept.last, entry, name, folder.sources, folder.as_of)
            if found.answer is not Answer.NOT_FOUND:
                yield found


def _sources(folder: Folder) -> tuple[SourceView, ...]:
    return tuple(
        SourceView(folder.documents[kept.last.entry_id], kept.last.is_withdrawn, kept.recorded_on)
        for kept in folder.entries
        if kept.last.entry_id in folder.documents
    )
