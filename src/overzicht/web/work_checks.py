"""Jobs on shared data: screening a file of names, merges, checks and copies."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.progress import watching
from overzicht.reports.i18n import Language, words_for
from overzicht.sources.partylists import read_party_file
from overzicht.store.database import Store
from overzicht.store.moving.backup import backup_store
from overzicht.store.moving.checking import check_store, write_index
from overzicht.store.moving.transfer import export_store, load_store
from overzicht.views.screening import ScreenedParty
from overzicht.views.serialiser import json_text, plain
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext
from overzicht.workflows.ask import party_lookup
from overzicht.workflows.customers import screen_again, screen_file, show_screening
from overzicht.workflows.merges import find_same

ANSWERS, COPY = "answers.jsonl", "register.zip"
MAX_PROBLEMS = 50  # in the result of a job


def screen_names(job: JobContext) -> dict[str, Any]:
    """Screen every party of a file: parameters `as_of`, `lists`, `threshold`, `lang`.

    Each line of the resulting file is one answer, as `overzicht screen names` prints it.
    """
    parameters, words = job.parameters, words_for(Language(job.parameters["lang"]))
    day = date.fromisoformat(parameters["as_of"])
    parties = read_party_file(job.files[0])
    matches = 0
    with (job.results / ANSWERS).open("w", encoding="utf-8") as file, party_lookup(job.store) as lookup:
        answers = lookup.ask(
            parties.queries, as_of=day, lists=parameters["lists"], threshold=parameters["threshold"]
        )
        for number, party in enumerate(answers):
            file.write(json_text(ScreenedParty.of(party, day), words.say, indent=None) + "\n")
            matches += bool(party.listings)
            job.progress(text("screening the names"), number, len(parties.queries))
    problems = [str(problem) for problem in parties.problems]
    return {
        "file": ANSWERS,
        "asked": len(parties.queries),
        "found": matches,
        "unread": len(problems),
        "problems": problems[:MAX_PROBLEMS],
    }


def screen_customers(job: JobContext) -> dict[str, Any]:
    """Screen a file of parties and save the hits: parameter `again`, the saved screening to repeat."""
    actor = Actor(now().date(), job.actor, now())

    def progress(done: int, total: int) -> None:
        job.progress(text("screening the names"), done, total)

    if job.parameters.get("again"):
        run, _ = show_screening(job.store, job.parameters["again"], actor.day)
        return {"screening": screen_again(job.store, run, actor, progress).id}
    path = job.files[0]
    return {"screening": screen_file(job.store, path, path.name, actor, progress).id}


def same_parties(job: JobContext) -> dict[str, Any]:
    """Find records of different lists that are one party: parameters `as_of`, `lists`, `threshold`."""

    def watch(items: Iterable[Any], title: Text, total: int | None) -> Iterator[Any]:
        for done, item in enumerate(items, start=1):
            yield item
            if total is not None:
                job.progress(title, done, total)

    with watching(watch):
        parties = find_same(
            job.store,
            Actor(date.fromisoformat(job.parameters["as_of"]), job.actor, now()),
            lists=job.parameters["lists"],
            threshold=job.parameters["threshold"],
        )
    return {"joined": len(parties.joined), "suggested": len(parties.suggested)}


def verify(job: JobContext) -> dict[str, Any]:
    """Check the chain of the log, the stored files and the lookups: parameters `anchor`, `reindex`."""
    if job.parameters["reindex"]:
        job.progress(text("rebuilding the lookup tables"))
        with job.store.writing(job.actor, now()) as tx:
            write_index(tx)
    job.progress(text("checking log, files and records"))
    return dict(plain(check_store(job.store, anchor=job.parameters["anchor"])))


def export(job: JobContext) -> dict[str, Any]:
    """Save the whole store in one file that either database can load."""
    job.progress(text("saving the whole store in one file"))
    return {"file": COPY, **asdict(export_store(job.store, job.results / COPY))}


def try_restore(job: JobContext) -> dict[str, Any]:
    """Restore a file of the whole store in a folder of its own, check that store, and remove it."""
    job.progress(text("restoring in a separate folder"))
    with tempfile.TemporaryDirectory(prefix="overzicht-restore-") as folder:
        store = Store.open(Path(folder))
        try:
            moved = load_store(store, job.files[0])
            job.progress(text("checking log, files and records"))
            checked = asdict(check_store(store))
        finally:
            store.close()
    return {"holds": not checked["faults"], **checked, "restored_rows": moved.rows}


def backup(job: JobContext) -> dict[str, Any]:
    """Copy the store to the folder `backup` in its home; only new files are copied again."""
    job.progress(text("copying the store"))
    folder = job.store.home / "backup"
    return {"folder": folder.name, **asdict(backup_store(job.store, folder, now()))}
