"""The kinds of jobs, one line each in `KINDS_OF_JOBS`; subjects add their own to the slot."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from overzicht.composition import Slot
from overzicht.errors import OverzichtError
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.reports.account import account_sentences
from overzicht.sources.fetch import Fetcher
from overzicht.sources.lists.registry import list_ids, load_card
from overzicht.store.reading import StoredRecordError
from overzicht.web import work_checks, work_register
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind, Worker
from overzicht.workflows.alerts.checking import CHECK_ALERTS, follow_list_changes
from overzicht.workflows.ingest import Choices, add_list_file
from overzicht.workflows.lists import Update, update_lists
from overzicht.workflows.overview.build import OverviewChoices, keep_run, make_overview
from overzicht.workflows.ownlists import declared_as

UPDATE_LISTS, LOAD_LIST, OVERVIEW = "update lists", "load list", "overview"
PREVIEW_IMPORT, ACCEPT_IMPORT = "preview import", "accept import"
SCREEN_NAMES, SAME_PARTIES, SCREEN_CUSTOMERS = "screen names", "same parties", "screen customers"
VERIFY, EXPORT, BACKUP, TEST_RESTORE = "verify", "export", "back up", "test restore"
FOR_ADMINS = frozenset({EXPORT})  # kinds whose file contains the whole store


def update(job: JobContext) -> dict[str, Any]:
    """Fetch lists from the addresses on their cards: parameter `lists`, empty for all."""
    lists = tuple(job.parameters["lists"]) or list_ids()
    addresses = [sum(address.is_fetched for address in load_card(name).addresses) for name in lists]
    total = sum(max(count, 1) for count in addresses)
    outcomes: list[dict[str, Any]] = []

    def show(title: str) -> Callable[[int, int | None], None]:
        return lambda received, _size: job.progress(
            text("fetching {what}: {megabytes} MB", what=title, megabytes=round(received / 1e6, 1)),
            len(outcomes),
            total,
        )

    fetcher = Fetcher(job.settings.values)
    for result in update_lists(job.store, lists, fetcher, actor=job.actor, now=now, progress=show):
        outcome, detail = _outcome(result)
        outcomes.append({"list": result.list_id, "part": result.part, "outcome": outcome, "detail": detail})
        if result.fault is not None:
            outcomes[-1]["fix"] = result.fault.fix
        job.progress(text("checked {what}", what=result.list_id), len(outcomes), total)
    return {"lists": outcomes, **_refused(outcomes, "list"), **_after_change(job)}


def _refused(outcomes: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    """Return the lists or files that could not be used, with the number of all: see `is_refused`."""
    refused = [
        {"file": outcome[name], "reason": outcome["detail"], "fix": outcome["fix"]}
        for outcome in outcomes
        if outcome["outcome"] == "fault"
    ]
    return {"refused": refused, "requested": len(outcomes)}


def _after_change(job: JobContext) -> dict[str, Any]:
    """Screen the saved files again, and make the alerts of new versions; nothing if no list changed."""
    job.progress(text("checking what the new versions mean for the parties in use"))
    problems: list[StoredRecordError] = []
    actor = Actor(now().date(), job.actor, now())
    screened, versions = follow_list_changes(job.store, actor, problems)
    return {
        "screened_again": screened,
        "alerts": sum(len(version.alerts) for version in versions),
        "problems": list(map(str, problems)),
    }


def check(job: JobContext) -> dict[str, Any]:
    """Make the alerts of the versions that were not checked yet."""
    return _after_change(job)


def _outcome(result: Update) -> tuple[str, str]:
    if result.fault is not None:
        return "fault", result.fault.message
    if result.by_hand:
        return "by hand", result.by_hand
    if result.ingested is None or result.is_unchanged:
        return "unchanged", ""
    return "new version", result.ingested.snapshot.sha256


def load_list(job: JobContext) -> dict[str, Any]:
    """Load the list files of the request: parameters `list` (empty: recognise it) and `published`."""
    published = job.parameters.get("published")
    choices = Choices(
        list_id=job.parameters.get("list") or None,
        published=date.fromisoformat(published) if published else None,
        is_official=bool(job.parameters.get("official", True)),
        partial=bool(job.parameters.get("partial")),
        force=bool(job.parameters.get("force")),
        mapping=declared_as(job.parameters.get("mapping") or ""),
        records=job.parameters.get("records"),
    )
    outcomes: list[dict[str, Any]] = []
    for path in job.files:
        job.progress(text("reading {file}", file=path.name), len(outcomes), len(job.files))
        try:
            result = add_list_file(job.store, path, choices, actor=job.actor, at=now())
        except OverzichtError as error:
            outcomes.append(
                {"file": path.name, "outcome": "fault", "detail": error.message, "fix": error.fix}
            )
            continue
        outcomes.append(
            {
                "file": path.name,
                "outcome": "already loaded" if result.was_known else "new version",
                "list": result.snapshot.source,
                "part": result.snapshot.part,
                "records": result.records,
                "detail": result.snapshot.sha256,
                "doubt": result.doubt,
            }
        )
    return {"lists": outcomes, **_refused(outcomes, "file"), **_after_change(job)}


def overview(job: JobContext) -> dict[str, Any]:
    """Make an overview of the inventories of the request: parameters `as_of`, `mapping`, `sheet`, `kind`."""
    choices = OverviewChoices(
        mapping=tuple((header, name) for header, name in job.parameters.get("mapping", ())),
        sheet=job.parameters.get("sheet", ""),
        kind=job.parameters.get("kind", ""),
        include=tuple(job.parameters.get("include", ())),
        accept_reading=bool(job.parameters.get("accept_reading")),
    )
    job.progress(text("reading the inventories and screening the manufacturers"))
    report = make_overview(job.store, job.files, choices, as_of=date.fromisoformat(job.parameters["as_of"]))
    keep_run(job.store, report, actor=job.actor, at=now())
    return {
        "run": report.run_id,
        "devices": report.device_count,
        "problems": [
            f"{entry.filename}: {sentence}"
            for entry in report.inputs
            if entry.is_incomplete or entry.doubts
            for sentence in account_sentences(entry)
        ],
    }


ADDED: Slot[JobKind] = Slot("kinds of jobs")
KINDS_OF_JOBS: tuple[JobKind, ...] = (
    JobKind(UPDATE_LISTS, text("update of lists"), update),
    JobKind(LOAD_LIST, text("loading of list files"), load_list),
    JobKind(OVERVIEW, text("overview of inventories"), overview),
    JobKind(PREVIEW_IMPORT, text("comparing an inventory with the register"), work_register.preview),
    JobKind(ACCEPT_IMPORT, text("saving an import in the register"), work_register.accept),
    JobKind(SCREEN_NAMES, text("screening of a file of names"), work_checks.screen_names),
    JobKind(
        SCREEN_CUSTOMERS,
        text("screening of a file of parties, with saved hits"),
        work_checks.screen_customers,
    ),
    JobKind(SAME_PARTIES, text("search for records of the same party"), work_checks.same_parties),
    JobKind(VERIFY, text("check of the store"), work_checks.verify),
    JobKind(EXPORT, text("export of the store"), work_checks.export),
    JobKind(BACKUP, text("backup of the store"), work_checks.backup),
    JobKind(TEST_RESTORE, text("trial of a restore"), work_checks.try_restore),
    JobKind(CHECK_ALERTS, text("check of new list versions for alerts"), check),
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
