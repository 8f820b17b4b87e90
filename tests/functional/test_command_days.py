"""The day of a command is --as-of alone: asked on another day for a day, it answers as it did on that day."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from command_samples import ACTS_NOW, EXAMPLES, FIXTURES, READING, WITHOUT_DAY, filled
from functional_tools import run_command
from reference_blocks import leaves

from overzicht.cli import options
from overzicht.cli.main import cli
from overzicht.web.log_words import action_words

COMMANDS = dict(leaves(cli))
DATED, WITH_JSON = (
    {path for path, command in COMMANDS.items() if any(name in option.opts for option in command.params)}
    for name in ("--as-of", "--json")
)
BEFORE, DAY, LATER = "2026-05-01", "2026-05-20", "2027-08-09"
GOLDEN = FIXTURES / "golden"
SHIP = {"schema": "Vessel", "names": ["MAYLO"], "ids": {"imoNumber": ["9331153"]}}
WRITTEN = {
    "pairs.jsonl": {
        "query": "Acme",
        "target": "Acme B.V.",
        "schema": "Company",
        "match": True,
        "category": "x",
    },
    "records.jsonl": {"id": "a", "left": SHIP, "right": SHIP},
    "targets.jsonl": {"id": "t1", "schema": "Company", "names": ["Acme B.V."]},
    "queries.jsonl": {"query": "Acme", "schema": "Company", "target_id": "t1"},
}
# What is there before: a list has the day on which it was read.
FIRST: list[tuple[str, ...]] = [
    ("lists", "add", str(GOLDEN / "un-2020.xml"), "--force"),
    ("lists", "add", str(GOLDEN / "un-2026.xml"), "--force"),
    ("alerts", "check"),
    ("control", "update", str(GOLDEN / "annex-2021.jsonl"), "--force"),
    ("control", "update", str(GOLDEN / "annex-2025-11-15.jsonl"), "--force"),
]
REFUSED = ("serve", "--host", "192.0.2.1")  # while nobody can log in
# After those of READING; the later ones read what the earlier ones write, and {name} is of KEPT.
MORE: list[tuple[str, ...]] = [
    ("alerts", "event", "{alert}"),
    ("alerts", "retry", "99"),
    ("subjects",),
    ("inventories", "profile", str(EXAMPLES / "registers/voorbeelddorp.csv")),
    ("lists", "mappings"),
    ("lists", "diff", "un-sc", "2020-06-01", "2026-02-27"),
    ("lists", "preview", str(GOLDEN / "un-2020.xml"), "--mapping", "un-sc", "--first", "2"),
    ("lists", "update", "nothing"),
    ("compare", "2026-01-15", "2026-03-01"),
    ("control", "diff", "2021", "2025-11-15"),
    ("control", "template", "imaging_camera"),
    ("control", "use", "add", "EU001", "6A003.b.4.b", "--destination", "CH", "--since", "2021-10-01"),
    ("control", "use", "end", "USE-1", "--on", "2025-01-01"),
    ("control", "show", "6A003.b.4.b"),
    ("control", "search", "camera"),
    ("control", "classify", str(EXAMPLES / "export-control/thermal-core.yaml"), "--no-keep"),
    ("control", "interview", "6A003"),
    ("control", "compare", "DE-0001"),
    ("law", "template"),
    ("register", "import", str(GOLDEN / "later.csv"), "--organisation", "dorp"),
    ("register", "choose", "2", "1", "new"),
    ("register", "accept", "2"),
    ("register", "import", str(GOLDEN / "later.csv"), "--organisation", "dorp", "--again"),
    ("register", "reject", "3", "--reason", "twice"),
    ("register", "receipt"),
    ("register", "load", "{folder}/store.zip"),
    ("register", "restore", "{folder}/backup"),
    ("screen", "pairs", "{folder}/pairs.jsonl"),
    ("screen", "records", "{folder}/records.jsonl"),
    ("screen", "retrieve", "--targets", "{folder}/targets.jsonl", "--queries", "{folder}/queries.jsonl"),
    ("screen", "one", "Hikvision"),
    ("census", "survey", "show"),
    ("census", "statements", "import", str(EXAMPLES / "census/statements.csv")),
    ("census", "statements", "show"),
    (
        *("census", "roll", "load", str(EXAMPLES / "census/roll.csv"), "--country", "NL"),
        *("--changes", str(EXAMPLES / "census/changes.csv"), "--totals", str(EXAMPLES / "census/totals.csv")),
    ),
    ("census", "roll", "show"),
    ("census", "round", "new", "Cameras", "--id", "cameras", "--reference", "2026-03-02"),
    ("census", "round", "list"),
    ("census", "request", "cameras", "--folder", "{folder}/letters"),
    ("census", "sign", "{folder}/letters/nl-t01.json", "--key", "{folder}/a.pem", "--to", "{folder}/a.json"),
    ("census", "receive", "cameras", "{folder}/a.json"),
    (
        *("census", "key", "change", "cameras", "nl:t01", "--key", "{folder}/a.pem"),
        *("--new-key", "{folder}/b.pem", "--to", "{folder}/key.json"),
    ),
    ("census", "show", "cameras"),
    ("census", "remind", "cameras"),
    ("census", "sums", "{folder}/a.json"),
    ("dossier", "active", "NL"),
    ("dossier", "new", "second", "--about", "acme", "--title", "Second"),
    ("questions", "precedents", "2031Z00417"),
    ("questions", "promises"),
    ("questions", "watch"),
    ("diligence", "prefill", "dorp"),
    ("licence", "gates", "DE-0001"),
    ("licence", "submit", "DE-0001"),
    ("licence", "watch"),
    ("licence", "statistics", "2026"),
    ("tenders", str(EXAMPLES / "tenders/gunning.xml")),
    ("log", "show", "--last", "500"),
    ("lists", "add", str(GOLDEN / "owners.ftm.json"), "--published", "2026-02-27", "--force"),
]
# What an answer gives to later commands.
KEPT: dict[tuple[str, ...], Callable[[Any], dict[str, str]]] = {
    ("alerts", "list"): lambda alerts: {"alert": alerts[0]["id"]},
}
# The moment of a change, what is drawn by chance, what is computed of these, and measured time.
CHANCE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:\d\d)?"
    r"|\b[0-9a-f]{12,}\b|overzicht_[\w-]+|[A-Za-z0-9+/_-]{40,}=*"
    r"|\d+(?:\.\d+)?(?= s\b)|(?<=_m[bs]\": )[\d.e-]+|(?<=seconds\": )[\d.e-]+|(?<=_second\": )[\d.e-]+"
)
SHOW_CHANGES = {  # with the day of each, or as they were on a day
    *("log show", "tasks list", "users audit", "users review", "users tokens"),
}


def clock_of(day: str) -> type[datetime]:
    """Return the class `datetime` with a clock that stands on a day."""
    moment = datetime.fromisoformat(f"{day}T12:00:00+00:00")

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz) if tz else moment.replace(tzinfo=None)

    return Clock


@contextmanager
def on(day: str, home: Path) -> Iterator[None]:
    """Within it, commands run on a day, over a store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(options, "datetime", clock_of(day))
        patch.setenv("OVERZICHT_HOME", str(home))
        yield


def path_of(arguments: tuple[str, ...]) -> str:
    """Return the name of the command of a call."""
    return next(path for size in (3, 2, 1) if (path := " ".join(arguments[:size])) in COMMANDS)


def answers(folder: Path, day: str, asked: str = "") -> dict[tuple[str, ...], str]:
    """Return the answers of the commands, run on a day; `asked` is the day that each is asked for."""
    found, kept = {}, {"folder": str(folder)}
    with on(day, folder / "home"):
        for arguments in CALLS:
            path = path_of(arguments)
            words = list(arguments)
            if "--as-of" in words:
                place = words.index("--as-of")
                del words[place : place + 2]
            given = [word.format(**kept) for word in words]
            given += ["--as-of", asked] if asked and path in DATED else []
            given += ["--json"] if path in WITH_JSON else []
            result = run_command(*given)
            for name, value in KEPT.items():
                if words[: len(name)] == list(name):
                    kept |= value(json.loads(result.stdout))
            text = f"{result.exit_code}\n{result.stdout}\n{result.stderr}".replace(str(folder), "")
            found[arguments] = CHANCE.sub("…", text)
    return found


CALLS = (REFUSED, *READING, *MORE)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[Any, str], dict[Any, str]]:
    """Return the answers of a day, and those on a later day for that day."""
    first = tmp_path_factory.mktemp("days") / "then"
    first.mkdir()
    with on(BEFORE, first / "home"):
        filled(first)
        for arguments in FIRST:
            run_command(*arguments)
    for name, line in WRITTEN.items():
        (first / name).write_text(json.dumps(line) + "\n", encoding="utf-8")
    second = Path(shutil.copytree(first, first.with_name("later")))
    return answers(first, DAY), answers(second, LATER, DAY)


@pytest.mark.parametrize("arguments", CALLS, ids=lambda arguments: " ".join(arguments)[:60])
def test_a_day_is_answered_alike_on_that_day_and_later(
    arguments: tuple[str, ...], both: tuple[dict[Any, str], dict[Any, str]]
) -> None:
    """A command with --as-of uses it and not the clock; one without has no day, or acts now."""
    if path_of(arguments) not in ACTS_NOW | SHOW_CHANGES:
        assert both[1][arguments] == both[0][arguments]


def test_what_the_log_shows_has_words_in_dutch(both: tuple[dict[Any, str], dict[Any, str]]) -> None:
    """Whatever way a command takes to write in the log, its action is one that the pages can word."""
    actions = set(re.findall(r'"action": "([^"]+)"', both[0]["log", "show", "--last", "500"]))
    assert len(actions) > 40
    assert {action for action in actions if action_words(action) is None} == set()


def test_every_command_without_a_day_is_asked() -> None:
    assert {path_of(arguments) for arguments in CALLS} >= set(WITHOUT_DAY) - ACTS_NOW


def test_the_clock_is_the_day_of_a_command_that_is_asked_for_none(
    tmp_path: Path,
) -> None:
    """The comparison above would be empty if the clock of the tests were not the one of the commands."""
    printed = []
    for day in (DAY, "1990-01-01"):
        with on(day, tmp_path / "home"):
            printed.append(run_command("law", "list", "--json").stdout)
    assert printed[0] != printed[1]
