"""Retention periods of data about users, and the logged destruction of what is past them.

The log itself has no period: it proves the changes in the store.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.store import accounts, audit, jobs
from overzicht.store.database import Store, Transaction
from overzicht.store.service_settings import set_setting, setting

SETTING = "retention days"
SHORTEST_DAYS, LONGEST_DAYS = 1, 36_500


class Retained(WordedEnum):
    """Data with a retention period, which begins at the event or at the end of what the data is about."""

    AUDIT = "audit", text("events of the audit trail")
    JOBS = "jobs", text("finished jobs")
    TOKENS = "tokens", text("revoked and expired tokens")
    ACCOUNTS = "accounts", text("roles, passwords and second factors of closed accounts")


DEFAULT_DAYS: Mapping[Retained, int] = dict.fromkeys(Retained, 365)
DESTROY: Mapping[Retained, Callable[[Transaction, str], int]] = {
    Retained.AUDIT: audit.destroy_events_before,
    Retained.JOBS: jobs.destroy_jobs_before,
    Retained.TOKENS: accounts.destroy_tokens_before,
    Retained.ACCOUNTS: accounts.destroy_closed_before,
}


class RetentionPeriodError(OverzichtError):
    """A retention period is not a usable number of days."""

    def __init__(self, days: int) -> None:
        super().__init__(
            f"{days} days is not a retention period",
            fix=f"use {SHORTEST_DAYS} to {LONGEST_DAYS} days, for example 365",
        )


class _UndoError(Exception):
    """Raised to undo a destruction that was only counted."""


def periods(store: Store) -> dict[Retained, int]:
    """Return the retention period of each kind of data, in days."""
    with store.reading() as connection:
        chosen = setting(connection, SETTING, {})
    return {kind: int(chosen.get(kind.value, DEFAULT_DAYS[kind])) for kind in Retained}


def set_periods(store: Store, days: Mapping[Retained, int], actor: Actor) -> dict[Retained, int]:
    """Set the periods of these kinds, and return all; RetentionPeriodError for an unusable number."""
    for number in days.values():
        if not SHORTEST_DAYS <= number <= LONGEST_DAYS:
            raise RetentionPeriodError(number)
    chosen = {**periods(store), **days}
    with store.writing(actor.name, actor.at) as tx:
        set_setting(tx, SETTING, {kind.value: number for kind, number in chosen.items()})
    return chosen


def destroy_expired(store: Store, actor: Actor, *, only_count: bool = False) -> dict[Retained, int]:
    """Destroy what is past its period at the time of the actor, and return the number per kind of data.

    With `only_count` nothing is destroyed.
    """
    counts: dict[Retained, int] = {}
    chosen = periods(store)
    try:
        with store.writing(actor.name, actor.at) as tx:
            for kind, destroy in DESTROY.items():
                limit = (actor.at - timedelta(days=chosen[kind])).isoformat(timespec="seconds")
                counts[kind] = destroy(tx, limit)
            if only_count:
                raise _UndoError  # noqa: TRY301 - the block that it leaves is undone
            if any(counts.values()):
                numbers = {kind.value: count for kind, count in counts.items()}
                tx.log("destroy expired data", "retention", **numbers)
    except _UndoError:
        pass
    return counts
