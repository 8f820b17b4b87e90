"""Jobs of screening: files of names and of parties, and the search for records of one party."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.progress import watching
from overzicht.reports.i18n import Language, words_for
from overzicht.sources.partylists import read_party_file
from overzicht.subjects.screening.lookup import party_lookup
from overzicht.subjects.screening.merges import find_same
from overzicht.subjects.screening.party_files import screen_again, screen_file, show_screening
from overzicht.subjects.screening.views import ScreenedParty
from overzicht.views.serialiser import json_text
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind

SCREEN_NAMES, SAME_PARTIES, SCREEN_CUSTOMERS = "screen names", "same parties", "screen customers"
ANSWERS = "answers.jsonl"
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


NAMES = JobKind(SCREEN_NAMES, text("screening of a file of names"), screen_names)
PARTIES = JobKind(SCREEN_CUSTOMERS, text("screening of a file of parties, with saved hits"), screen_customers)
SAME = JobKind(SAME_PARTIES, text("search for records of the same party"), same_parties)
