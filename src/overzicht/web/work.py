"""The kinds of jobs: those of the store, and those that subjects add to the slot."""

from collections.abc import Mapping

from overzicht.composition import Slot
from overzicht.evidence import Text, text
from overzicht.web import store_jobs
from overzicht.web.jobs import JobKind, Worker

VERIFY, EXPORT, BACKUP, TEST_RESTORE = "verify", "export", "back up", "test restore"
FOR_ADMINS = frozenset({EXPORT})  # kinds whose file contains the whole store
ADDED: Slot[JobKind] = Slot("kinds of jobs")
KINDS_OF_JOBS: tuple[JobKind, ...] = (
    JobKind(VERIFY, text("check of the store"), store_jobs.verify),
    JobKind(EXPORT, text("export of the store"), store_jobs.export),
    JobKind(BACKUP, text("backup of the store"), store_jobs.backup),
    JobKind(TEST_RESTORE, text("trial of a restore"), store_jobs.try_restore),
    *ADDED.added(),
)
WORKERS: Mapping[str, Worker] = {kind.name: kind.work for kind in KINDS_OF_JOBS}
KINDS: Mapping[str, Text] = {kind.name: kind.title for kind in KINDS_OF_JOBS}
STATES: Mapping[str, Text] = {
    "waiting": text("waiting"),
    "running": text("running"),
    "done": text("done"),
    "failed": text("failed"),
    "interrupted": text("interrupted"),
    "cancelled": text("cancelled"),
}
OUTCOMES: Mapping[str, Text] = {
    "new version": text("new version"),
    "unchanged": text("no new version"),
    "already loaded": text("already loaded"),
    "by hand": text("must be fetched by hand"),
    "fault": text("error"),
}
