"""Jobs of the lists: fetching new versions, loading files, and what follows from them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.sources.fetch import Fetcher
from overzicht.sources.lists.registry import list_ids, load_card
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.lists.followers import follow
from overzicht.subjects.lists.loading import Choices, add_list_file
from overzicht.subjects.lists.updating import Update, update_lists
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind
from overzicht.workflows.ownlists import declared_as

UPDATE_LISTS, LOAD_LIST = "update lists", "load list"


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
    return {"lists": outcomes, **_refused(outcomes, "list"), **consequences(job)}


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
    return {"lists": outcomes, **_refused(outcomes, "file"), **consequences(job)}


def _refused(outcomes: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    """Return the lists or files that could not be used, with the number of all: see `is_refused`."""
    refused = [
        {"file": outcome[name], "reason": outcome["detail"], "fix": outcome["fix"]}
        for outcome in outcomes
        if outcome["outcome"] == "fault"
    ]
    return {"refused": refused, "requested": len(outcomes)}


def consequences(job: JobContext) -> dict[str, Any]:
    """Screen the saved files again, and make the alerts of new versions; nothing if no list changed."""
    job.progress(text("checking what the new versions mean for the parties in use"))
    problems: list[StoredRecordError] = []
    actor = Actor(now().date(), job.actor, now())
    screened, versions = follow(job.store, actor, problems)
    return {
        "screened_again": screened,
        "alerts": sum(len(version.alerts) for version in versions),
        "problems": list(map(str, problems)),
    }


def _outcome(result: Update) -> tuple[str, str]:
    if result.fault is not None:
        return "fault", result.fault.message
    if result.by_hand:
        return "by hand", result.by_hand
    if result.ingested is None or result.is_unchanged:
        return "unchanged", ""
    return "new version", result.ingested.snapshot.sha256


UPDATE = JobKind(UPDATE_LISTS, text("update of lists"), update)
LOAD = JobKind(LOAD_LIST, text("loading of list files"), load_list)
