"""The kinds of long work; one function each, and one line in `WORKERS` and `KINDS`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from overzicht.errors import OverzichtError
from overzicht.evidence import Text, text
from overzicht.sources.fetch import Fetcher
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.web import work_checks, work_questions, work_register
from overzicht.web.clock import now
from overzicht.web.jobs import Work, Worker
from overzicht.workflows.ingest import Choices, add_list_file
from overzicht.workflows.lists import Update, update_lists
from overzicht.workflows.overview.build import OverviewChoices, keep_run, make_overview

UPDATE_LISTS, LOAD_LIST, OVERVIEW = "update lists", "load list", "overview"
PREVIEW_IMPORT, ACCEPT_IMPORT = "preview import", "accept import"
SCREEN_NAMES, SAME_PARTIES, INSTALL_CONTROL_LIST = "screen names", "same parties", "install control list"
VERIFY, EXPORT, BACKUP = "verify", "export", "back up"
ADD_QUESTIONS = "add questions"
FOR_ADMINS = frozenset({EXPORT})  # kinds whose file holds all that the store holds


def update(work: Work) -> dict[str, Any]:
    """Fetch lists from the addresses on their cards: parameter `lists`, empty for all."""
    asked = tuple(work.parameters["lists"]) or tuple(READERS)
    addresses = [sum(address.is_fetched for address in load_card(each).addresses) for each in asked]
    total = sum(max(count, 1) for count in addresses)
    outcomes: list[dict[str, Any]] = []

    def show(title: str) -> Callable[[int, int | None], None]:
        return lambda received, _size: work.progress(
            text("fetching {what}: {megabytes} MB", what=title, megabytes=round(received / 1e6, 1)),
            len(outcomes),
            total,
        )

    fetcher = Fetcher(work.settings.values)
    for result in update_lists(work.store, asked, fetcher, actor=work.actor, now=now, progress=show):
        outcomes.append(_outcome(result))
        work.progress(text("looked at {what}", what=result.list_id), len(outcomes), total)
    return {"lists": outcomes}


def _outcome(result: Update) -> dict[str, Any]:
    told = {"list": result.list_id, "part": result.part}
    if result.fault is not None:
        return {**told, "outcome": "fault", "detail": result.fault.message}
    if result.by_hand:
        return {**told, "outcome": "by hand", "detail": result.by_hand}
    if result.ingested is None or result.is_unchanged:
        return {**told, "outcome": "unchanged", "detail": ""}
    return {**told, "outcome": "new version", "detail": result.ingested.snapshot.sha256}


def load_list(work: Work) -> dict[str, Any]:
    """Load list files that came along: parameters `list` (empty: recognise it) and `published`."""
    day = work.parameters.get("published")
    choices = Choices(
        list_id=work.parameters.get("list") or None,
        published=date.fromisoformat(day) if day else None,
        is_official=bool(work.parameters.get("official", True)),
        partial=bool(work.parameters.get("partial")),
        force=bool(work.parameters.get("force")),
    )
    outcomes: list[dict[str, Any]] = []
    for path in work.files:
        work.progress(text("reading {file}", file=path.name), len(outcomes), len(work.files))
        try:
            done = add_list_file(work.store, path, choices, actor=work.actor, at=now())
        except OverzichtError as error:
            outcomes.append({"file": path.name, "outcome": "fault", "detail": error.message})
            continue
        outcomes.append(
            {
                "file": path.name,
                "outcome": "already loaded" if done.was_known else "new version",
                "list": done.snapshot.source,
                "part": done.snapshot.part,
                "records": done.records,
                "detail": done.snapshot.sha256,
            }
        )
    return {"lists": outcomes}


def overview(work: Work) -> dict[str, Any]:
    """Make an overview of the inventories that came along: parameters `as_of`, `mapping`, `sheet`, `kind`."""
    choices = OverviewChoices(
        mapping=tuple((header, name) for header, name in work.parameters.get("mapping", ())),
        sheet=work.parameters.get("sheet", ""),
        kind=work.parameters.get("kind", ""),
    )
    work.progress(text("reading the inventories and asking the lists"))
    report = make_overview(
        work.store, work.files, choices, as_of=date.fromisoformat(work.parameters["as_of"])
    )
    keep_run(work.store, report, actor=work.actor, at=now())
    problems = sum(len(each.problems) for each in report.inputs)
    return {"run": report.run_id, "devices": report.device_count, "problems": problems}


WORKERS: Mapping[str, Worker] = {
    UPDATE_LISTS: update,
    LOAD_LIST: load_list,
    OVERVIEW: overview,
    PREVIEW_IMPORT: work_register.preview,
    ACCEPT_IMPORT: work_register.accept,
    SCREEN_NAMES: work_checks.screen_names,
    SAME_PARTIES: work_checks.same_parties,
    INSTALL_CONTROL_LIST: work_checks.install_control_list,
    VERIFY: work_checks.verify,
    EXPORT: work_checks.export,
    BACKUP: work_checks.backup,
    ADD_QUESTIONS: work_questions.add_questions,
}

KINDS: Mapping[str, Text] = {
    UPDATE_LISTS: text("update of lists"),
    LOAD_LIST: text("loading of list files"),
    ADD_QUESTIONS: text("taking in of parliamentary papers"),
    OVERVIEW: text("overview of inventories"),
    PREVIEW_IMPORT: text("comparing an inventory with the register"),
    ACCEPT_IMPORT: text("writing an import into the register"),
    SCREEN_NAMES: text("screening of a file of names"),
    SAME_PARTIES: text("search for parties that are one"),
    INSTALL_CONTROL_LIST: text("installing a version of the control list"),
    VERIFY: text("proof of the store"),
    EXPORT: text("export of the store"),
    BACKUP: text("backup of the store"),
}
STATES: Mapping[str, Text] = {
    "waiting": text("waiting for its turn"),
    "running": text("running"),
    "done": text("done"),
    "failed": text("failed"),
    "interrupted": text("interrupted"),
}
OUTCOMES: Mapping[str, Text] = {
    "new version": text("new version"),
    "unchanged": text("nothing new"),
    "already loaded": text("already loaded"),
    "by hand": text("to be fetched by hand"),
    "fault": text("fault"),
}
