"""Long work on what all share: screening a file of names, merges, the control list, checks and copies."""

from datetime import date
from typing import Any

from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.reports.i18n import Language, words_for
from overzicht.sources.partylists import read_party_file
from overzicht.store.moving.backup import backup_store
from overzicht.store.moving.checking import check_store, write_index
from overzicht.store.moving.transfer import export_store
from overzicht.views.control import InstalledView
from overzicht.views.screening import ScreenedParty
from overzicht.views.serialiser import json_text, plain
from overzicht.web.clock import now
from overzicht.web.jobs import Work
from overzicht.workflows.ask import party_lookup
from overzicht.workflows.control.citations import CITATION_SOURCES
from overzicht.workflows.control.update import Choices, install_version
from overzicht.workflows.merges import find_same

ANSWERS, COPY = "answers.jsonl", "register.zip"
MOST_PROBLEMS = 50  # that a job tells one by one


def screen_names(work: Work) -> dict[str, Any]:
    """Ask the lists about every party of a file: parameters `as_of`, `lists`, `threshold`, `lang`.

    Each line of the file that it makes is one answer, as `overzicht screen names` gives it.
    """
    asked, words = work.parameters, words_for(Language(work.parameters["lang"]))
    day = date.fromisoformat(asked["as_of"])
    parties = read_party_file(work.files[0])
    found = 0
    with (work.results / ANSWERS).open("w", encoding="utf-8") as file, party_lookup(work.store) as lookup:
        answered = lookup.ask(parties.queries, as_of=day, lists=asked["lists"], threshold=asked["threshold"])
        for number, each in enumerate(answered):
            file.write(json_text(ScreenedParty.of(each, day), words.say, indent=None) + "\n")
            found += bool(each.listings)
            work.progress(text("asking the lists"), number, len(parties.queries))
    problems = [str(each) for each in parties.problems]
    return {
        "file": ANSWERS,
        "asked": len(parties.queries),
        "found": found,
        "unread": len(problems),
        "problems": problems[:MOST_PROBLEMS],
    }


def same_parties(work: Work) -> dict[str, Any]:
    """Look which records of different lists are one party: parameters `as_of`, `lists`, `threshold`."""
    asked = work.parameters
    found = find_same(
        work.store,
        as_of=date.fromisoformat(asked["as_of"]),
        at=now(),
        actor=work.actor,
        lists=asked["lists"],
        threshold=asked["threshold"],
        progress=lambda done, of: work.progress(text("comparing the records of the lists"), done, of),
    )
    return {"joined": len(found.joined), "suggested": len(found.suggested)}


def install_control_list(work: Work) -> dict[str, Any]:
    """Install a version of the control list: the file, then its definitions if any; `version`, `force`."""
    file, *definitions = work.files
    choices = Choices(
        work.parameters["version"], definitions[0] if definitions else None, bool(work.parameters["force"])
    )
    work.progress(text("reading {file}", file=file.name))
    actor = Actor(now().date(), work.actor, now())
    done = install_version(work.store, file, actor, choices, cited=CITATION_SOURCES)
    told = plain(InstalledView.of(done))
    changes = told.pop("changes")
    return {**told, "counts": changes["counts"] if changes else {}}


def verify(work: Work) -> dict[str, Any]:
    """Prove the log's chain, the raw files and the look-ups: parameters `anchor`, `reindex`."""
    if work.parameters["reindex"]:
        work.progress(text("writing what look-ups use anew"))
        with work.store.writing(work.actor, now()) as tx:
            write_index(tx)
    work.progress(text("checking log, files and records"))
    checked = check_store(work.store, anchor=work.parameters["anchor"])
    return {
        "holds": not checked.faults,
        "log_entries": checked.log_entries,
        "log_head": checked.log_head,
        "files": checked.files,
        "records": checked.records,
        "faults": [{"part": each.part, "where": each.where, "what": each.what} for each in checked.faults],
    }


def export(work: Work) -> dict[str, Any]:
    """Write the whole store into one file that either database can load."""
    work.progress(text("writing the whole store into one file"))
    moved = export_store(work.store, work.results / COPY)
    return {"file": COPY, "rows": moved.rows, "files": moved.files, "log_head": moved.log_head}


def backup(work: Work) -> dict[str, Any]:
    """Copy the whole store into the folder `backup` of its home, where only what is new is copied again."""
    work.progress(text("copying the store"))
    folder = work.store.home / "backup"
    done = backup_store(work.store, folder, now())
    return {
        "folder": folder.name,
        "files": done.files,
        "new_files": done.new_files,
        "log_head": done.log_head,
    }
