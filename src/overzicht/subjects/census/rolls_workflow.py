"""Loading of a roll: checked against its control totals, and compared with a second list."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht.errors import InputFileError
from overzicht.evidence import Text
from overzicht.evidence.actor import Actor
from overzicht.identifiers.slug import slug
from overzicht.sources.files import LocalFile
from overzicht.store import snapshots
from overzicht.store.database import Store, reading
from overzicht.subjects.census import claim_records as stored_claims
from overzicht.subjects.census import roll_records as stored
from overzicht.subjects.census.files import read_changes, read_roll, read_second_list, read_totals
from overzicht.subjects.census.naming import NameIndex, with_region_names
from overzicht.subjects.census.roll import build_roll
from overzicht.subjects.census.totals import (
    Reconciliation,
    check_totals,
    known_totals,
    reconcile,
    with_other_names,
)

SHOWN = 12  # faults in one message


@dataclass(frozen=True, slots=True)
class RollFiles:
    """The files of a roll: bodies, changes, control totals, and a second list; only the first is required.

    `reason` accepts a roll without any control total.
    """

    file: Path
    country: str = ""
    name: str = ""
    changes: Path | None = None
    totals: Path | None = None
    second: Path | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RollLoaded:
    """A loaded roll: its bodies in all and on the date, the checks, and what differs from the second list.

    `unchecked` has the kinds without a control total, with their numbers on the date.
    """

    name: str
    bodies: int
    on_day: int
    checks: tuple[Text, ...]
    unchecked: Mapping[str, int]
    notes: tuple[str, ...]
    reconciliation: Reconciliation | None


@dataclass(frozen=True, slots=True)
class RollView:
    """A roll on a date: the number of bodies by kind."""

    name: str
    day: date
    bodies: int
    kinds: Mapping[str, int]


class RefusedRollError(InputFileError):
    """A roll contradicts its control totals or its changes; names the bodies."""


def load_roll(store: Store, files: RollFiles, actor: Actor) -> RollLoaded:
    """Load a roll; RefusedRollError if it contradicts its totals or changes, or has no total."""
    rows = read_roll(files.file, files.country)
    built = build_roll(rows.bodies, read_changes(files.changes) if files.changes else ())
    # the checks of a roll against its control totals, and the kinds without one. RefusedRollError if one
    # differs, or if there is none and no reason to accept that.
    day = actor.day
    country = files.country or rows.bodies[0].country
    own = read_totals(files.totals) if files.totals else ()
    named = {total.kind for total in own}  # a total of the user replaces those that ship for its kind
    kinds = {body.kind for body in rows.bodies}
    known = [total for total in known_totals(country.upper()) if total.kind in kinds - named]
    totals = (*known, *own)
    checks = check_totals(built.roll, totals, day)
    checked = {total.kind for total in totals}
    unchecked = {kind: count for kind, count in built.roll.counts_on(day).items() if kind not in checked}
    _refuse(files, [str(check.statement) for check in checks if not check.agrees], built.faults)
    if not checks and not files.reason:
        raise RefusedRollError(
            files.file.name,
            f"no control total is known for its kinds of body: {_listed(unchecked)}",
            fix="give --totals FILE, a CSV file with the columns kind, day and number (perhaps until and "
            "source) from another source than the roll, or --without-totals with a reason",
        )
    second = read_second_list(files.second, rows.scheme) if files.second else ()
    reconciliation = reconcile(built.roll, rows.scheme, second, actor.day) if second else None
    roll = with_other_names(built.roll, rows.scheme, reconciliation) if reconciliation else built.roll
    name = files.name or slug(files.file.stem)
    loaded = RollLoaded(
        name=name,
        bodies=len(built.roll.bodies),
        on_day=len(built.roll.on(actor.day)),
        checks=tuple(check.statement for check in checks),
        unchecked=unchecked,
        notes=(*built.notes, *([files.reason] if not checks else [])),
        reconciliation=reconciliation,
    )
    file = LocalFile(files.file)
    with store.writing(actor.name, actor.at) as tx:
        snapshots.keep_file(store.folder, files.file, file.sha256())
        report = {"checks": [check.to_json() for check in loaded.checks], "notes": list(loaded.notes)}
        stored.add_roll(
            tx,
            name,
            with_region_names(roll).bodies,
            day=actor.day,
            filename=file.filename[:300],
            sha256=file.sha256(),
            report=report,
        )
        # give the stored claims without a body that of their name in the rolls, now that there is a new
        # one
        index, bodies = name_index(tx.connection), defaultdict[str, list[int]](list)
        for claim in stored_claims.unmatched_claims(tx.connection):
            match = index.find(claim.name, claim.day, country=claim.country, kind=claim.body_kind)
            if match.body is not None:
                bodies[match.body.id].append(claim.id)
        stored_claims.set_bodies(tx, bodies)
    return loaded


def _listed(kinds: Mapping[str, int]) -> str:
    """Return the kinds with their numbers; those beyond twelve are counted."""
    shown = [f"{kind} ({number})" for kind, number in list(kinds.items())[:SHOWN]]
    more = [f"and {len(kinds) - SHOWN} more"] if len(kinds) > SHOWN else []
    return ", ".join(shown + more)


def _refuse(files: RollFiles, differences: list[str], faults: tuple[str, ...]) -> None:
    reasons = [*differences, *faults]
    if not reasons:
        return
    last = [difference for difference in differences if "without a successor" in difference]
    ordered = list(dict.fromkeys((*last, *reasons)))
    more = "; " + f"and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else ""
    raise RefusedRollError(
        files.file.name,
        f"the roll is refused: {'; '.join(ordered[:SHOWN])}{more}",
        fix="correct the dates of these bodies (an end is the first day without the body) or the totals",
    )


@reading
def show_roll(connection: Connection, name: str, day: date) -> RollView:
    """Return the newest roll of a name on a date."""
    roll = stored.get_roll(connection, name)
    counts = stored.counts_on(connection, roll.id, day)
    return RollView(roll.name, day, sum(counts.values()), counts)


def name_index(connection: Connection) -> NameIndex:
    """Return the bodies of the newest version of every roll by name."""
    rolls = stored.newest_rolls(connection)
    return NameIndex(stored.read_bodies(connection, [roll.id for roll in rolls]).bodies)
