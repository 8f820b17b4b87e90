"""The roll of bodies that exist on a date: loaded, checked against control totals, and shown."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import Connection

from overzicht.errors import InputFileError
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.evidence.phrases import joined
from overzicht.identifiers.slug import slug
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Command, Param, Say, operation
from overzicht.sources.files import LocalFile
from overzicht.store import snapshots
from overzicht.store.database import Store
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

GROUP = "Load and show the roll: the bodies that exist on a date."
READ = ("as-of", "lang", "json")
WRITTEN = ("as-of", "by", "lang", "json")
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


def name_index(connection: Connection) -> NameIndex:
    """Return the bodies of the newest version of every roll by name."""
    rolls = stored.newest_rolls(connection)
    return NameIndex(stored.read_bodies(connection, [roll.id for roll in rolls]).bodies)


def _loaded_lines(loaded: RollLoaded) -> Iterator[Text]:
    yield text(
        "{name}: {bodies} bodies loaded, {count} of them exist on the date.",
        name=loaded.name,
        bodies=loaded.bodies,
        count=loaded.on_day,
    )
    yield from loaded.checks
    if loaded.unchecked:
        kinds = (text("{kind} {count}", kind=kind, count=count) for kind, count in loaded.unchecked.items())
        yield text("No control total, so not checked: {kinds}", kinds=joined(kinds))
    for note in loaded.notes:
        yield text("note: {note}", note=note)
    second = loaded.reconciliation
    if second is not None:
        yield text(
            "Second list: {shared} shared codes, {renamed} other names, {collisions} collisions, "
            "{second} codes only in the second list, {first} only in the first.",
            shared=second.shared,
            renamed=len(second.renamed),
            collisions=len(second.collisions),
            second=len(second.only_second),
            first=len(second.only_first),
        )
        for code, name, other in second.renamed:
            words = (
                text("collision {code}: {name} / {other}")
                if code in second.collisions
                else text("other name {code}: {name} / {other}")
            )
            yield words.filled(code=code, name=name, other=other)


@operation(Command("census roll load", lambda loaded, say: map(say, _loaded_lines(loaded)), options=WRITTEN))
def load(  # noqa: PLR0913 - the files of a roll
    ask: Ask,
    file: Path,
    *,
    country: Annotated[
        str | None, Param("Country of bodies without one, for example NL.", is_country=True)
    ] = None,
    name: Annotated[str, Param("Name of the roll. Default: the name of the file.")] = "",
    changes: Annotated[Path | None, Param("CSV file of mergers, splits and renames.")] = None,
    totals: Annotated[
        Path | None, Param("CSV file of control totals: kind, day, number, until, source.")
    ] = None,
    second: Annotated[Path | None, Param("CSV file of a second list, to compare names and codes.")] = None,
    reason: Annotated[
        str, Param("Reason to accept a roll without control totals.", option="--without-totals")
    ] = "",
) -> RollLoaded:
    """Load a roll from a CSV file of bodies, with their codes, kind, region, size, start and end.

    A roll that contradicts a control total or its changes is refused, and the bodies are named. An end is the
    first day without the body. Totals of the Netherlands ship with the product. For another country, give
    --totals: numbers of bodies of a kind on a date, from another source than the roll.
    """
    files = RollFiles(file, country or "", name, changes, totals, second, reason)
    return load_roll(ask.store, files, ask.actor(ask.day))


def _lines(view: RollView, say: Say) -> list[str]:
    head = text("{name} on {day}: {bodies} bodies", name=view.name, day=view.day, bodies=view.bodies)
    return [say(head), *(f"  {kind}: {count}" for kind, count in view.kinds.items())]


@operation(Command("census roll show", _lines, options=READ))
def show(ask: Ask, name: str = "") -> RollView:
    """Show the number of bodies by kind on a date. Without NAME: of the roll loaded last."""
    with ask.store.reading() as connection:
        roll = stored.get_roll(connection, name)
        counts = stored.counts_on(connection, roll.id, ask.day)
    return RollView(roll.name, ask.day, sum(counts.values()), counts)
