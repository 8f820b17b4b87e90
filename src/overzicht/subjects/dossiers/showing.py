"""Reading of dossiers: one dossier, the list of all, and claims, steps and replies of all."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection

from overzicht.devices.vocabulary import squashed
from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, Finding, Text
from overzicht.grouping import by_key
from overzicht.store.database import Store, reading
from overzicht.subjects.dossiers import records as stored
from overzicht.subjects.dossiers import sentences
from overzicht.subjects.dossiers.entries_as_of import (
    Folder,
    earlier,
    folders,
    names_of,
    names_of_each,
    party_name,
    version_view,
)
from overzicht.subjects.dossiers.model import (
    Claim,
    EntryKind,
    PartyQuestion,
    Presence,
    Reply,
    Response,
    Step,
)
from overzicht.subjects.dossiers.party import device_count, listing_days_of, owners_and_listings
from overzicht.subjects.dossiers.timeline import moments
from overzicht.subjects.dossiers.versions import EntryHistory, Version
from overzicht.subjects.dossiers.views import (
    ClaimView,
    DossierLine,
    DossierView,
    ReplyView,
    SourceView,
    StepView,
    VersionView,
)
from overzicht.subjects.dossiers.weighing import ClaimStatus, completeness_of, originals, status_of
from overzicht.subjects.screening.lookup import party_lookup


@reading
def list_dossiers(
    connection: Connection, as_of: date, *, known_on: date | None = None
) -> tuple[DossierLine, ...]:
    """Return every dossier with the number of its entries until the date, by id."""
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
    """Return a complete dossier; UnknownNameError lists the known ids.

    Without `listing_days` the lists are searched for the day before the party's first known listing, for the
    day of that listing, and for the date itself. `allowed` limits the equipment register to these
    organisations and everything below each; None does not restrict.
    """
    with party_lookup(store) as lookup:
        connection = lookup.connection
        (folder,) = folders(connection, as_of, known_on, dossier_id)
        head = folder.stored.head
        days = tuple(sorted(set(listing_days))) or listing_days_of(lookup, head, as_of)
        ownership, listings = owners_and_listings(lookup, head, as_of, days)
        claims, steps, replies = _claims(folder), _steps(folder), _replies(folder)
        presence: list[Finding] = []
        for kept, entry in folder.supported(Presence):
            name = party_name(entry.party, (entry.party,))
            finding = sentences.presence_finding(kept.last, entry, name, folder.sources, folder.as_of)
            if finding.answer is not Answer.NOT_FOUND:
                presence.append(finding)
        return DossierView(
            line=_line(folder),
            as_of=as_of,
            known_on=known_on,
            claims=claims,
            steps=steps,
            replies=replies,
            presence=tuple(presence),
            listings=listings,
            ownership=ownership,
            devices=device_count(connection, head.about, as_of, allowed),
            timeline=moments(claims, steps, replies, listings),
            withdrawn=tuple(version_view(kept.last) for kept in folder.entries if kept.last.is_withdrawn),
            without_source=tuple(version_view(kept.last) for kept in folder.without_source()),
            entries=tuple(version_view(kept.last) for kept in folder.entries),
            sources=tuple(
                SourceView(folder.documents[kept.last.entry_id], kept.last.is_withdrawn, kept.recorded_on)
                for kept in folder.entries
                if kept.last.entry_id in folder.documents
            ),
        )


@reading
def outline(
    connection: Connection, dossier_id: str, as_of: date
) -> tuple[DossierLine, tuple[VersionView, ...]]:
    """Return a dossier in short, and the newest version of each of its entries, of any date."""
    (folder,) = folders(connection, as_of, None, dossier_id)
    return _line(folder), tuple(version_view(kept.last) for kept in folder.entries)


@reading
def show_entry(connection: Connection, dossier_id: str, entry_id: str) -> tuple[Version, ...]:
    """Return every version of an entry, the newest last; UnknownNameError if there is none."""
    stored.get_dossier(connection, dossier_id)
    versions = stored.versions_of(connection, dossier_id, entry_id)
    if not versions:
        raise UnknownNameError(f"entry of dossier {dossier_id}", entry_id)
    return tuple(versions)


@reading
def claims_about_each(
    connection: Connection, parties: Iterable[str], as_of: date, *, known_on: date | None = None
) -> dict[str, tuple[ClaimView, ...]]:
    """Return the claims of all dossiers about each of several parties, by date."""
    views = [view for folder in folders(connection, as_of, known_on) for view in _claims(folder)]
    views.sort(key=lambda view: (view.when.day, view.dossier_id, view.id))
    about = [(view, {squashed(name) for name in view.about}) for view in views]
    named = names_of_each(connection, parties)
    return {party: tuple(view for view, others in about if names & others) for party, names in named.items()}


@reading
def steps(  # noqa: PLR0913 - one parameter per filter
    connection: Connection,
    as_of: date,
    *,
    party: str = "",
    dossier_id: str = "",
    forum: str = "",
    kind: str = "",
    known_on: date | None = None,
) -> tuple[StepView, ...]:
    """Return the contacts and steps until a date, by date; an empty filter does not restrict the result.

    `party` is a party that a step is about or that took part; `forum` is a part of the forum's name in either
    language; `kind` a `StepKind`.
    """
    names = names_of(connection, party) if party else frozenset[str]()
    views = [
        view
        for folder in folders(connection, as_of, known_on, dossier_id or None)
        for view in _steps(folder)
        if (not names or names & {squashed(name) for name in (*view.about, *view.parties)})
        and any(forum.casefold() in str(value).casefold() for _, value in view.forum.values)
        and (not kind or view.kind == kind)
    ]
    return tuple(sorted(views, key=lambda view: (view.on.day, view.dossier_id, view.id)))


@reading
def replies_of_each(
    connection: Connection, parties: Iterable[str], as_of: date, *, known_on: date | None = None
) -> dict[str, tuple[ReplyView, ...]]:
    """Return the own statements of each of several parties and the questions to them, by date."""
    views = [
        (view, squashed(folder.stored.head.about))
        for folder in folders(connection, as_of, known_on)
        for view in _replies(folder)
    ]
    views.sort(key=lambda pair: (pair[0].on.day, pair[0].dossier_id, pair[0].id))
    named = names_of_each(connection, parties)
    return {party: tuple(view for view, about in views if about in names) for party, names in named.items()}


def _line(folder: Folder) -> DossierLine:
    head = folder.stored.head
    answers = [entry for _, entry in folder.supported(Reply)]
    questions = [entry for _, entry in folder.supported(PartyQuestion)]
    return DossierLine(
        id=head.id,
        about=head.about,
        name=party_name(head.about, head.names),
        title=head.title.text,
        is_example=folder.stored.is_example,
        claims=len(list(folder.supported(Claim))),
        steps=len(list(folder.supported(Step))),
        requests=len(questions),
        replies=len(answers),
        completeness=completeness_of(answers, questions),
        begun_on=date.fromisoformat(folder.stored.at[:10]),
    )


def _claims(folder: Folder) -> tuple[ClaimView, ...]:
    by_claim = by_key((response.claim, (kept, response)) for kept, response in folder.supported(Response))
    # a claim with the reports that still have a source, and its responses
    views: list[ClaimView] = []
    for kept in folder.standing(EntryKind.CLAIM):
        if isinstance(kept.last.entry, Claim):
            claim = kept.last.entry
            answers = by_claim.get(kept.last.entry_id, [])
            dated = [r for r in claim.reports if r.source in folder.sources and r.when.day <= folder.as_of]
            held_by: dict[str, tuple[Text, ...]] = {}
            for _, response in answers:
                known = held_by.get(response.position.value, ())
                held_by[response.position.value] = tuple(dict.fromkeys((*known, response.by.text)))
            in_order = sorted(answers, key=lambda pair: (pair[1].when.day, pair[1].id))
            reports = tuple(
                sentences.report_finding(kept.last, report, claim, folder.documents, folder.as_of)
                for report in dated
            )
            responses = tuple(
                sentences.entry_finding(history.last, response, folder.sources, folder.as_of)
                for history, response in in_order
            )
            days = [report.when for report in dated] + [response.when for _, response in in_order]
            views.append(
                ClaimView(
                    dossier_id=kept.last.dossier_id,
                    id=claim.id,
                    assertion=claim.what.text,
                    about=claim.about,
                    when=claim.when,
                    status=status_of(response for _, response in answers)
                    if dated
                    else ClaimStatus.WITHOUT_SOURCE,
                    originals=tuple(folder.documents[key].title for key in originals(dated, claim.reports)),
                    held_by=held_by,
                    reports=reports,
                    responses=responses,
                    said_on={
                        finding.id: day for finding, day in zip((*reports, *responses), days, strict=True)
                    },
                    earlier=earlier(kept),
                    recorded_on=kept.recorded_on,
                )
            )
    shown = (view for view in views if view.sentences)
    return tuple(sorted(shown, key=lambda view: (view.when.day, view.id)))


def _steps(folder: Folder) -> tuple[StepView, ...]:
    views = [
        StepView(
            dossier_id=kept.last.dossier_id,
            id=step.id,
            kind=step.kind,
            on=step.when,
            forum=step.forum.text,
            parties=tuple(party.en for party in step.parties),
            party_names=tuple(party.text for party in step.parties),
            about=step.about,
            reference=step.reference,
            responsible=step.responsible.en if step.responsible else "",
            finding=sentences.entry_finding(kept.last, step, folder.sources, folder.as_of),
            earlier=earlier(kept),
            recorded_on=kept.recorded_on,
        )
        for kept, step in folder.supported(Step)
    ]
    return tuple(sorted(views, key=lambda view: (view.on.day, view.id)))


def _replies(folder: Folder) -> tuple[ReplyView, ...]:
    entries: list[tuple[EntryHistory, PartyQuestion | Reply]] = [
        *folder.supported(PartyQuestion),
        *folder.supported(Reply),
    ]
    views = [
        ReplyView(
            dossier_id=kept.last.dossier_id,
            id=entry.id,
            kind=kept.last.kind,
            on=entry.when,
            by=entry.by.text,
            claims=entry.claims if isinstance(entry, Reply) else (),
            finding=sentences.entry_finding(kept.last, entry, folder.sources, folder.as_of),
            earlier=earlier(kept),
            recorded_on=kept.recorded_on,
        )
        for kept, entry in entries
    ]
    return tuple(sorted(views, key=lambda view: (view.on.day, view.kind, view.id)))
