"""Claims of others about bodies: imported, matched with the roll, compared; never turned into returns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence.actor import Actor
from overzicht.register.terms import LifecycleState
from overzicht.sources.files import LocalFile
from overzicht.store import snapshots
from overzicht.store.database import Store
from overzicht.store.register.devices import COUNTED, DeviceFilter, DeviceLine, all_devices
from overzicht.store.register.organisations import list_organisations
from overzicht.subjects.census import claim_records as stored
from overzicht.subjects.census.claims import PRESENT, Claim
from overzicht.subjects.census.files import read_claims
from overzicht.subjects.census.naming import NameIndex
from overzicht.subjects.census.roll_records import read_lineage
from overzicht.subjects.census.rolls import name_index
from overzicht.subjects.census.round_records import StoredRound
from overzicht.subjects.census.survey_files import SurveyFile, read_survey
from overzicht.subjects.census.surveys import SurveyView, read_rows
from overzicht.subjects.register.statements import list_statements, makers_named


@dataclass(frozen=True, slots=True)
class UnclearName:
    """A name that more than one body of the rolls may have, or one body of another kind."""

    name: str
    candidates: tuple[tuple[str, str], ...]  # name and kind of each body


@dataclass(frozen=True, slots=True)
class ClaimsAdded:
    """Result of an import: rows, new claims, how many have a body of a roll, and names without one.

    `unclear` are those of these names that bodies of the rolls may have.
    """

    rows: int
    added: int
    matched: int
    unmatched: tuple[str, ...]
    unclear: tuple[UnclearName, ...] = ()


def maker_id(name: str) -> str:
    """Return the id of the maker of a name or brand; the name itself for one without a card."""
    ids = makers_named(name, load_knowledge())
    return ids[0] if len(ids) == 1 else name.strip()


def maker_name(maker: str) -> str:
    """Return the name of a maker with a card; of another, the name as it was written."""
    knowledge = load_knowledge()
    return knowledge.maker_name(maker) if maker in knowledge.makers else maker


def import_claims(store: Store, path: Path, actor: Actor) -> ClaimsAdded:
    """Import the statements of a file as claims; one that is stored already is not added again."""
    rows = read_claims(path)
    with store.writing(actor.name, actor.at) as tx:
        index = name_index(tx.connection)
        matches = [index.find(row.name, row.day, country=row.country, kind=row.body_kind) for row in rows]
        claims: list[Claim] = []
        for row, match in zip(rows, matches, strict=True):
            makers = tuple(sorted(maker_id(name) for name in row.makers))
            claims.append(replace(row, body_id=match.body.id if match.body else "", makers=makers))
        snapshots.keep_file(store.folder, path, LocalFile(path).sha256())
        added = stored.add_claims(tx, claims, path.name)
        tx.log("import census claims", path.name, added=added)
    unmatched = sorted({claim.name for claim in claims if not claim.body_id})
    unclear = {
        row.name: UnclearName(row.name, tuple((body.name, body.kind) for body in match.candidates))
        for row, match in zip(rows, matches, strict=True)
        if match.candidates and match.body is None
    }
    matched = sum(bool(claim.body_id) for claim in claims)
    names = tuple(own for _, own in sorted(unclear.items()))
    return ClaimsAdded(len(rows), added, matched, tuple(unmatched), names)


def claims_by_body(
    connection: Connection, own: StoredRound, claims: Sequence[Claim]
) -> Mapping[str, tuple[Claim, ...]]:
    """Return the claims by the body that answers for them on the reference date of a round.

    A claim about a merged body is with its successor from the day of the merger. A claim about a body that
    was split stays with the old body, because it cannot be divided.
    """
    roll = read_lineage(connection, own.roll_id, {claim.body_id for claim in claims if claim.body_id})
    by_body: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.body_id:
            answering = roll.answering(claim.body_id, own.reference_date)
            body = answering[0] if len(answering) == 1 else claim.body_id
            by_body.setdefault(body, []).append(claim)
    return {body: tuple(about) for body, about in by_body.items()}


def register_claims(store: Store, index: NameIndex, as_of: date) -> Iterator[Claim]:
    """Yield the public statements of the register as claims, matched with the rolls by name."""
    for view in list_statements(store, as_of):
        statement = view.statement
        match = index.find(statement.organisation_id.replace("-", " "), statement.stated_on)
        if match.body and not statement.withdrawn_at:
            yield Claim(
                number=statement.id,
                body_id=match.body.id,
                name=match.body.name,
                country=match.body.country,
                day=statement.stated_on,
                answer="has",
                makers=statement.makers,
                least=statement.at_least,
                most=statement.at_most,
                as_stated=statement.quantity,
                kind=statement.kind,
                status=statement.status,
                stated_by="public statement",
                source=statement.citation.address,
            )


def device_claims(store: Store, index: NameIndex, as_of: date) -> Iterator[Claim]:
    """Yield what the register shows of bodies of the rolls, as claims by maker and kind.

    Its devices come from imported notices of tenders, open registers of cameras, maps and inventories. A
    notice gives planned devices, which are a claim without a number: a purchase does not prove presence.
    """
    with store.reading() as connection:
        names = {line.id: line for line in list_organisations(connection, as_of)}
        lines = all_devices(connection, DeviceFilter(as_of, life=(*COUNTED, LifecycleState.PLANNED)))
    groups: dict[tuple[str, str, str, bool], list[DeviceLine]] = {}
    for line in lines:
        is_planned = line.life is LifecycleState.PLANNED
        groups.setdefault((line.organisation_id, line.maker_id, line.kind, is_planned), []).append(line)
    for number, ((organisation, maker, kind, is_planned), own) in enumerate(sorted(groups.items()), 1):
        name, day = names[organisation], max(line.since for line in own)
        match = index.find(name.name, day, country=name.country.upper())
        total = None if is_planned else sum(line.quantity for line in own)
        if match.body is not None:
            yield Claim(
                number,
                match.body.id,
                match.body.name,
                match.body.country,
                day,
                "planned" if is_planned else PRESENT,
                (maker,) if maker else (),
                total,
                None,
                "" if is_planned else str(total),
                kind,
                stated_by="register",
                source=name.citation.title if name.citation else "register",
            )


@dataclass(frozen=True, slots=True)
class SurveysAdded:
    """Result of an import: the rows of the file, the views of those that were read, and what was stored."""

    file: SurveyFile
    views: tuple[SurveyView, ...]  # of the rows that were read whole or in part, in order
    added: int
    replaced: int


def import_survey(store: Store, path: Path, actor: Actor) -> SurveysAdded:
    """Import the questions of surveys that others held; one that is stored already is replaced."""
    file = read_survey(path)
    with store.writing(actor.name, actor.at) as tx:
        snapshots.keep_file(store.folder, path, LocalFile(path).sha256())
        added, replaced = stored.add_survey_rows(tx, file.rows)
        tx.log("import survey", path.name, added=added, replaced=replaced)
    return SurveysAdded(file, read_rows(file.rows), added, replaced)
