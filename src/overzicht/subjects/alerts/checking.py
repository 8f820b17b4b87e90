"""The check: alerts, tasks and messages of new list versions, stored once per version, all or nothing."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from overzicht.evidence.actor import Actor
from overzicht.store import alerts, decisions
from overzicht.store.alerts import AlertEntry, Channel, ListAlert
from overzicht.store.database import Store, Transaction
from overzicht.store.register.subjects import CASES
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.alerts.changes import Delta, delta_of, touched_entries, unchecked_versions
from overzicht.subjects.alerts.interests import WatchedParty, watched_parties
from overzicht.subjects.alerts.settings import read_alert_settings
from overzicht.subjects.lists.followers import CheckedVersion, title_of
from overzicht.subjects.screening.lookup import party_lookup

NAMESPACE = uuid.UUID("6c0b5d1e-6f0e-5d1c-9f43-0a6a3f1f5b1d")  # of the ids of alerts

CHECK_ALERTS = "check alerts"  # the kind of the job


def check_alerts(
    store: Store, actor: Actor, problems: list[StoredRecordError] | None = None
) -> tuple[CheckedVersion, ...]:
    """Check the newest versions of the lists on the actor's date, and store what touches a party in use.

    Each version is checked once. Of several processes, one stores the result. A licence case that cannot be
    read is added to `problems`, or raised without them; then nothing is stored, for its parties would never
    be compared with these versions.
    """
    with store.reading() as connection:
        pending = unchecked_versions(connection, actor.day)
        deltas = [delta_of(connection, versions) for versions in pending]
        has_changes = any(delta.old or delta.new for delta in deltas)
        parties = watched_parties(store, connection, actor.day, problems) if has_changes else []
        touched: list[tuple[Delta, WatchedParty, tuple[AlertEntry, ...]]] = []
        if parties and not problems:
            with party_lookup(store, connection) as lookup:
                touched = touched_entries(lookup, parties, deltas, actor.day)
    if problems or not pending:
        return ()
    with store.writing(actor.name, actor.at) as tx:
        checked = alerts.checked_hashes(tx.connection)
        stored = []
        for delta in deltas:
            snapshot = delta.versions.after.snapshot
            if snapshot.sha256 not in checked.get((snapshot.source, snapshot.part), set()):
                own = [(party, entries) for at, party, entries in touched if at is delta]
                stored.append(_stored(tx, delta, own))
        return tuple(stored)


def _stored(
    tx: Transaction, delta: Delta, touched: Sequence[tuple[WatchedParty, tuple[AlertEntry, ...]]]
) -> CheckedVersion:
    before, after = delta.versions.before, delta.versions.after
    ids, snapshot = delta.ids, after.snapshot
    counts = {"added": len(ids.added), "removed": len(ids.removed), "changed": len(ids.changed)}
    number = alerts.add_change(
        tx,
        list_id=snapshot.source,
        part=snapshot.part,
        before_sha256=before.snapshot.sha256 if before else "",
        before_day=before.version.day if before else None,
        after_sha256=snapshot.sha256,
        after_day=after.version.day,
        **counts,
    )
    # store and yield an alert with its task for each use of each touched party
    made: list[ListAlert] = []
    newer = delta.versions.after
    for party, entries in touched:
        for use in party.uses:
            versions = delta.versions
            sha256_before = versions.before.snapshot.sha256 if versions.before else ""
            newest = versions.after.snapshot
            versions_of = (newest.source, newest.part, sha256_before, newest.sha256)
            parts = (*versions_of, use.kind.value, use.key, str(use.about), repr(replace(party.query, id="")))
            alert = ListAlert(
                id=str(uuid.uuid5(NAMESPACE, "\0".join(parts))),
                change_id=number,
                list_id=newer.snapshot.source,
                part=newer.snapshot.part,
                before_day=delta.before_day,
                day=newer.version.day,
                use=use.kind,
                subject=use.subject,
                party=party.name,
                about=use.about,
                entries=entries,
                task_id=0,
                actor=tx.actor,
                at=tx.at_text,
            )
            task = decisions.open_task(tx, use.subject, str(title_of(alert)))
            alert = replace(alert, task_id=task)
            alerts.add_alert(tx, alert)
            made.append(alert)
    # store a mail per address about all alerts, and a webhook call per alert
    settings = read_alert_settings(tx.connection)
    shown = [alert for alert in made if settings.with_cases or not alert.subject.startswith(CASES)]
    for channel, target in settings.targets if shown else ():
        if channel is Channel.MAIL:
            alerts.add_message(tx, channel, target, number)
        else:
            for alert in shown:
                alerts.add_message(tx, channel, target, number, alert.id)
    return CheckedVersion(
        snapshot.source,
        snapshot.part,
        before.version.day if before else None,
        after.version.day,
        alerts=tuple(made),
        **counts,
    )
