"""Nothing leaks: marks in every field of returns are in no output, and no number depends on a confidence.

Every command of the census and every route of the service is a door: a new one fails here until it is listed.
CANARY_RETURNS is the number of returns with marks (1,000 for the whole run).
"""

import json
import os
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from census_tools import NONE, ROUND, Census, cameras
from fastapi.routing import APIRoute
from functional_tools import run_command
from starlette.testclient import TestClient
from web_tools import serve

from overzicht.cli.main import cli
from overzicht.subjects.census.links import make_link
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of

DAY = date(2026, 3, 9)
MARK = "CANARY"
RETURNS = int(os.environ.get("CANARY_RETURNS", "48"))
SECRET = f"{MARK} Dorpsstraat 1, 00:11:22:33:44:55, J. Jansen"
FREE = {"remark": SECRET, "role": f"{MARK} head of security"}
DATED = ("--as-of", DAY.isoformat())
DOORS: dict[str, tuple[tuple[str, ...], ...] | str] = {  # of each command, or why it has none
    "census roll load": "it reads a roll",
    "census roll show": (("census", "roll", "show", *DATED),),
    "census round new": "it starts a round",
    "census round list": (("census", "round", "list", "--json", *DATED),),
    "census request": (
        ("census", "request", ROUND, "--body", "nl:p1", "--folder", "{folder}", "--json", *DATED),
    ),
    "census mark": (("census", "mark", ROUND, "nl:p2", "received", "--json", *DATED),),
    "census remind": (("census", "remind", ROUND, "--json", "--as-of", "2026-05-30"),),
    "census sign": "the body signs its own return",
    "census receive": "the coordinator reads the file of the body",
    "census key change": "the body signs its own key",
    "census key withdraw": (("census", "key", "withdraw", "nl:p2", "--json", *DATED),),
    "census show": (
        ("census", "show", ROUND, *DATED), ("census", "show", ROUND, "--json", *DATED),
        ("census", "show", ROUND, "--bodies", "--json", *DATED),
        ("census", "show", ROUND, "--maker", "Hikvision", "--json", *DATED),
        ("census", "show", ROUND, "--kind", "camera", "--lang", "nl", *DATED),
        ("census", "show", ROUND, "--curve", DAY.isoformat(), "--json", *DATED),
    ),
    "census publish": (
        ("census", "publish", ROUND, "--json", *DATED),
        ("census", "publish", ROUND, "--out", "{folder}/overview.json", *DATED),
    ),
    "census sum": (("census", "sum", ROUND, "{folder}/sum.json", "--json", *DATED),),
    "census sums": (("census", "sums", "{folder}/sum.json", "--json"),),
    "census statements import": "it reads statements of others",
    "census statements show": (("census", "statements", "show", "--json", *DATED),),
    "census survey import": "it reads surveys of others",
    "census survey show": (("census", "survey", "show", "--json"),),
}  # fmt: skip
OTHERS: tuple[tuple[str, ...], ...] = (  # commands that show what the census has
    ("log", "show", "--last", "5000", "--json"),
    ("register", "describe", "{folder}/overview.json", "--address", "https://data.example.org",
     "--publisher", "Dorp", "--email", "data@example.org", "--json"),
    ("census", "publish", ROUND, "--maker", "hikvision", "--maker", "dahua", *DATED),
    *(("answer", "{folder}/paper.txt", "--as-of", "2026-05-30", "--out", f"{{folder}}/draft.{ending}")
      for ending in ("json", "html", "docx", "odt")),
)  # fmt: skip
PAPER = """Questions on cameras

Question 1
How many public bodies have cameras of Hikvision or Dahua?

Question 2
How many cameras do the town councils have in total?
"""


def register_of(body: str) -> dict[str, Any]:
    """Return a published register with a mark in each field of a device."""
    device = {"label": SECRET, "place": SECRET, "site": SECRET, "mac": SECRET, "ip": SECRET, "note": SECRET}
    return {
        "form": "overzicht-register", "version": 1, "organisation": {"id": body, "name": SECRET},
        "includes": [body], "as_of": "2026-03-02", "level": "full", "counts": {"total": 3},
        "makers": [{"maker": "hikvision", "name": SECRET, "devices": 3}], "kinds": {"camera": 3},
        "models": [
            {"maker": "hikvision", "brand": SECRET, "model": SECRET, "kind": "camera", "devices": 2},
            {"maker": SECRET, "brand": SECRET, "model": SECRET, "kind": SECRET, "devices": 1},
        ],
        "devices": [device], "statements": [{"said": "2026-01-01", "address": SECRET, "status": SECRET}],
        "unknown": [],
    }  # fmt: skip


def give_answers(census: Census, returns: int) -> None:
    """Let towns answer with a mark in each free field, at each depth and level."""
    paths = []
    for number in range(1, returns + 1):
        body = f"nl:t{number:02}"
        marked = cameras(number, covers=SECRET, model=SECRET, owner=SECRET)
        given: dict[str, Any] = {"answers": [marked, cameras(1, SECRET, kind=SECRET)]}
        if number % 4 == 0:
            given = {"answers": [{"depth": "refused"}], "ground": SECRET}
        elif number % 4 == 1:
            given = {"answers": [], "register": register_of(body)}
        elif number % 4 == 2:
            given = {"answers": [NONE | {"covers": SECRET}]}
        level = ("coverage", "counts", "models", "full")[number // 4 % 4]
        paths.append(census.signed(body, given.pop("answers"), level=level, **given, **FREE))
    assert all(outcome.is_accepted for outcome in census.receive(DAY, *paths))
    census.receive(DAY, census.signed("nl:b1", [NONE], answers_for=[MARK], code=MARK, round=MARK))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the home of a round with marks in every free field, next to a paper about cameras."""
    folder = tmp_path_factory.mktemp("canaries")
    census = Census(folder, towns=max(RETURNS, 24))
    give_answers(census, RETURNS)
    census.store.close()
    (folder / "paper.txt").write_text(PAPER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(folder / "home"))
        yield folder / "home"


def commands_of(group: click.Group, name: str) -> Iterator[str]:
    """Yield the commands of a group and of the groups below it."""
    context = click.Context(group)
    for own in group.list_commands(context):
        command = group.get_command(context, own)
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{name} {own}")
        else:
            yield f"{name} {own}"


def shown_by(doors: tuple[tuple[str, ...], ...], folder: Path) -> Iterator[str]:
    """Yield the outputs of commands that must succeed."""
    for door in doors:
        result = run_command(*(part.format(folder=folder) for part in door))
        assert result.exit_code == 0, (door, result.stderr)
        yield result.output + result.stderr


def outputs() -> list[str]:
    return list(shown_by((*DOORS["census show"], *DOORS["census publish"][:1]), Path()))


def test_every_command_of_the_census_is_a_door() -> None:
    group = cli.get_command(click.Context(cli), "census")
    assert isinstance(group, click.Group)
    assert set(commands_of(group, "census")) == DOORS.keys()


def test_no_mark_is_in_the_output_of_a_command(home: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(PAPER)
    for doors in (*(own for own in DOORS.values() if not isinstance(own, str)), OTHERS):
        for output in shown_by(doors, tmp_path):
            assert MARK not in output
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".txt", ".json", ".html", ".docx", ".odt"}
    for path in files:
        assert all(MARK.encode() not in part for part in parts_of(path)), path
    assert "On 9 March 2026" in (tmp_path / "overview.json").read_text()


def parts_of(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, or those of the files in it."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as whole:
            yield from (whole.read(name) for name in whole.namelist())
    else:
        yield path.read_bytes()


def test_no_mark_is_in_the_answer_of_a_route(home: Path) -> None:
    served = serve(home)
    client = served.client("admin")
    paths = {
        f"{part.prefix}{route.path}"
        for part in PARTS
        for route in router_of(part).routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    }
    asked = {path.replace("{round_id}", ROUND) for path in paths}
    asked = {path for path in asked if "{" not in path}
    own = {path for path in paths if "census" in path or "catalog" in path}
    assert own == {
        "/census", "/census/return", "/api/v1/census", "/api/v1/census/{round_id}",
        "/api/v1/catalog", "/catalog",
    }  # fmt: skip
    query = {"asOf": DAY.isoformat()}
    counts = [_has_mark(client, path, query) for path in sorted(asked)]
    assert sum(counts) > 60  # pages, JSON, feeds and files that answer
    link = make_link(served.store, ROUND, "nl:t01", "f" * 20)
    assert MARK not in client.get(link).text
    served.store.close()


def _has_mark(client: TestClient, path: str, query: dict[str, str]) -> bool:
    """Check that an answer has no mark; return whether the route answered."""
    answer = client.get(path, params=query if path.startswith(("/api", "/census")) else {})
    assert MARK.encode() not in answer.content, path
    return answer.status_code == 200


def test_no_output_depends_on_an_answer_in_confidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two countries that differ only in confidential answers look the same, so no subtraction tells them."""
    shown = []
    for place, secret in enumerate(([cameras(7)], [NONE])):
        folder = tmp_path / str(place)
        census = Census(folder)
        for number in range(1, 9):
            census.answer(DAY, f"nl:t{number:02}", [cameras(number)] if number % 2 else [NONE])
        for number in range(9, 15):
            census.answer(DAY, f"nl:t{number:02}", secret, level="coverage")
        census.store.close()
        monkeypatch.setenv("OVERZICHT_HOME", str(folder / "home"))
        shown.append(outputs())
    assert shown[0] == shown[1]
    data = json.loads(shown[0][1])
    assert data["coverage"]["confidential"] == 6
    assert data["outcome"]["tally"]["answered"] == 8
