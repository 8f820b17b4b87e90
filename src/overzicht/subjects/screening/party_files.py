"""Files of customers, suppliers or other parties: screened, saved with their hits, and screened again.

The id of a hit follows from the party and from the content of the entry. So a decision on it holds for every
later screening, until the entry changes.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht import __version__
from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, Confidence, Finding, FindingKind, Reason, text
from overzicht.evidence.actor import Actor
from overzicht.evidence.finding import finding_id
from overzicht.screening.policy import confidence_of
from overzicht.sources.partylists import PartyList, read_party_list
from overzicht.store import decisions, snapshots
from overzicht.store.database import Store, reading
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.runs import StoredRun, add_run, find_run, findings_of, list_runs
from overzicht.store.snapshots import state_of_snapshots
from overzicht.subjects.screening.lookup import PartyListings, party_lookup

COMMAND = "screen customers"
SUBJECT = "screening:"  # how the subject of a task about a file begins
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that is or may be a party of the file; `judgement` is the current decision, None without."""

    finding: Finding
    judgement: Judgement | None

    @property
    def is_cleared(self) -> bool:
        """Whether a person decided that it is another party."""
        return self.judgement is not None and self.judgement.verdict is Verdict.REJECT


def screen_file(store: Store, path: Path, filename: str, actor: Actor, progress: Progress) -> StoredRun:
    """Screen the parties of a file, save result and file; InputFileError if it is unreadable."""
    parties = read_party_list(path.read_bytes(), filename)
    with store.writing(actor.name, actor.at):
        snapshots.keep_file(store.folder, path, parties.sha256)
    return _screen(store, parties, actor, progress)


def screen_again(store: Store, run: StoredRun, actor: Actor, progress: Progress) -> StoredRun:
    """Screen the file of a saved screening against the lists loaded now; alerts name what changed."""
    return _screen(store, parties_of_run(store, run), actor, progress)


def parties_of_run(store: Store, run: StoredRun) -> PartyList:
    """Return the parties of the file of a saved screening."""
    ((filename, sha256),) = run.inputs
    return read_party_list(snapshots.raw_file(store.folder, sha256).read_bytes(), filename)


def screen_all_again(store: Store, actor: Actor) -> list[StoredRun]:
    """Screen every saved file again if a list changed since its last screening; return the new runs."""
    with store.reading() as connection:
        state = state_of_snapshots(connection)
    runs = [run for run in saved_screenings(store) if run.summary.get("lists") != state]
    return [screen_again(store, run, actor, lambda _done, _total: None) for run in runs]


@reading
def saved_screenings(connection: Connection) -> list[StoredRun]:
    """Return the newest screening of every file, newest first."""
    newest: dict[tuple[tuple[str, str], ...], StoredRun] = {}
    for run in list_runs(connection):
        if run.command == COMMAND:
            newest.setdefault(run.inputs, run)
    return list(newest.values())


@reading
def show_screening(connection: Connection, run_id: str, as_of: date) -> tuple[StoredRun, list[Hit]]:
    """Return a saved screening with its hits; UnknownNameError.

    Parties with a hit without a decision come first, then those with the surest hit, then by row. The hits of
    a party are together.
    """
    run = find_run(connection, run_id)
    if run is None or run.command != COMMAND:
        raise UnknownNameError("screening", run_id)
    findings = findings_of(connection, run.id)
    judged = decisions.judgements_by_finding(connection, [finding.id for finding in findings], as_of)
    hits = [Hit(finding, decisions.standing(judged.get(finding.id, ()))) for finding in findings]
    first: dict[str, tuple[bool, int]] = {}
    for hit in hits:
        own = first.get(hit.finding.subject, _urgency(hit))
        first[hit.finding.subject] = min(own, _urgency(hit))
    return run, sorted(
        hits, key=lambda hit: (first[hit.finding.subject], _natural(hit.finding.subject), _urgency(hit))
    )


def _urgency(hit: Hit) -> tuple[bool, int]:
    return hit.judgement is not None, -hit.finding.confidence.rank


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts `row 9` before `row 10`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)]


def _screen(store: Store, parties: PartyList, actor: Actor, progress: Progress) -> StoredRun:
    findings: dict[str, Finding] = {}
    with store.reading() as connection:
        state = state_of_snapshots(connection)
        with party_lookup(store, connection) as lookup:
            for number, answers in enumerate(lookup.ask(parties.queries, as_of=actor.day)):
                progress(number, len(parties.queries))
                findings |= {finding.id: finding for finding in findings_of_party(answers, actor.day)}
            lists = lookup.loaded_lists.lists_on(actor.day)
            covered = sum(lookup.loaded_lists.coverage(name, actor.day).covers_date for name in lists)
    digest = hashlib.sha256(f"{parties.sha256} {parties.filename} {state} {actor.day}".encode()).hexdigest()
    run = StoredRun(
        id=f"customers-{digest[:12]}",
        command=COMMAND,
        as_of=actor.day,
        inputs=((parties.filename, parties.sha256),),
        version=__version__,
        summary={
            "parties": len(parties.queries),
            "listed": sum(finding.answer is Answer.FOUND for finding in findings.values()),
            "possible": sum(finding.answer is Answer.POSSIBLE for finding in findings.values()),
            "unread": [f"{problem.place}: {problem.reason}" for problem in parties.problems],
            "covered": covered,
            "all": len(lists),
            "lists": state,
        },
        actor=actor.name,
        at=actor.at.isoformat(timespec="seconds"),
    )
    with store.writing(actor.name, actor.at) as tx:
        add_run(tx, run, ((finding, ()) for finding in findings.values()))
    return run


def findings_of_party(party: PartyListings, day: date) -> Iterator[Finding]:
    """Yield a finding for every entry in force that is, or may be, the party."""
    for listing in (*party.listings, *party.possible):
        if listing.answer in (Answer.FOUND, Answer.POSSIBLE):
            query = party.query
            record, entry = listing.state.record, listing.state.listing
            names = {"name": query.names[0], "entry": record.caption, "measure": entry.measure}
            heading = listing.card.heading
            statement = (
                text("{name} is listed on {list} as {entry} ({measure})", list=heading, **names)
                if listing.answer is Answer.FOUND
                else text("{name} is possibly listed on {list} as {entry} ({measure})", list=heading, **names)
            )
            own = Reason(text("the entry on the list"), Confidence.HIGH, (listing.citation,))
            # what makes the party of a row: its names, numbers and date of birth, in any order of rows
            called = sorted(name.casefold().strip() for name in query.names)
            numbers = sorted(f"{kind}={value}" for kind, value in query.identifiers)
            identity = (*called, *numbers, query.birth_date, query.schema)
            # a hash of what the entry states: the values of its record, measure, programme and dates
            parts = [
                record.schema,
                sorted({(statement.prop, statement.value) for statement in record.statements}),
                [entry.measure, entry.programme, str(entry.period.start), str(entry.period.end)],
            ]
            yield Finding(
                id=finding_id(
                    FindingKind.LISTING,
                    *identity,
                    listing.card.id,
                    record.id,
                    hashlib.sha256(json.dumps(parts).encode()).hexdigest(),
                ),
                kind=FindingKind.LISTING,
                subject=query.id[:200],
                object=record.id,
                answer=listing.answer,
                statement=statement,
                as_of=day,
                confidence=confidence_of(listing.match.score),
                reasons=(*listing.match.reasons, own),
            )
