"""Who reads one organisation sees nothing of another: every address asked, every answer read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import served_register
import web_tools
from ask_tools import ask
from fastapi.routing import APIRoute
from served_register import OTHER, SECRET, TOWN, act, ids
from web_tools import Served

from overzicht.store.decisions import Verdict
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.register import judgements, tasks
from overzicht.subjects.register import replacement_plans as plans
from overzicht.subjects.register.devices import show_device
from overzicht.subjects.register.replacement_plans import NewPlan
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of

ONE_ONLY = ("reader of one", "editor of one")
GETS = [
    f"{part.prefix}{route.path}"
    for part in PARTS
    for route in router_of(part).routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ())
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("organisations")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


@pytest.fixture(scope="module")
def others(served: Served, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that the other organisation has, by the name of the parameter that asks for it."""
    store = served.store
    device = ids(served.client("reader"))[f"{SECRET}-1"]
    finding = show_device(store, device, served_register.DAY).finding.id
    number = judgements.judge(
        ask(store, web_tools.AT.date(), "test"), finding, Verdict.CONFIRM, reason=f"{SECRET} gezien"
    ).id
    task = tasks.open_task(ask(store, act().day), device, f"{SECRET} bekijken").task.id
    wanted = DeviceFilter(served_register.DAY, organisation=OTHER)
    plan = plans.new_plan(store, NewPlan(f"{SECRET} leeg"), wanted, act()).plan.id
    tasks.open_task(ask(store, act().day), f"plan-{plan}", f"{SECRET} offerte")
    folder = tmp_path_factory.mktemp("offered")
    text = served_register.table(served_register.SECRET_ROWS[:1])
    offered = served_register.take(served, folder / f"{SECRET}.csv", text, OTHER, accept=False)
    with store.reading() as connection:
        sha256 = connection.exec_driver_sql(
            f"select sha256 from register_import where id = {offered}"  # noqa: S608 - a number of ours
        ).scalar_one()
    return {
        "device_id": device, "finding": finding, "judgement": str(number), "task": str(task),
        "plan": str(plan), "import": str(offered), "organisation_id": OTHER, "organisation": OTHER,
        "subject": device, "sha256": sha256, "row": "0", "site": f"{OTHER}.{SECRET.lower()}-noord",
    }  # fmt: skip


def address(path: str, others: dict[str, str]) -> str:
    """Return a path about the other organisation; what numbers count is told by the path."""
    kinds = {"imports": "import", "tasks": "task", "plans": "plan", "judgements": "judgement"}
    what = next((kind for word, kind in kinds.items() if f"/{word}/" in path), "import")
    named = {**others, "number": others[what], "list_id": "un-sc", "maker_id": "hikvision"}
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda part: named.get(part[1], "x"), path)


QUERIES = ("organisation", "site", "plan", "finding", "subject", "q")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("who", ONE_ONLY)
@pytest.mark.parametrize("path", GETS)
def test_no_answer_tells_anything_of_another(
    served: Served, others: dict[str, str], path: str, who: str
) -> None:
    client = served.client(who, near=False)
    asked = address(path, others)
    named = {**others, "q": SECRET, "dataset": "default", "before": "aaaa", "after": "bbbb"}
    for query in ({}, {"size": "200", "life": "all"}, *({name: named[name]} for name in QUERIES)):
        for accept in ("application/json", "text/html"):
            answer = client.get(asked, params=query, headers={"Accept": accept})
            marks = [f"{SECRET}-", f"{SECRET} ", others["sha256"], others["device_id"]]
            # a page says again what was asked of it; nothing more may stand in it
            told = [mark for mark in marks if mark in answer.text and mark not in str(answer.url)]
            assert told == [], (asked, query)


@pytest.mark.parametrize("who", ONE_ONLY)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/devices/{device_id}", None),
        ("POST", "/api/v1/devices/{device_id}/life", {"life": "removed"}),
        ("GET", "/api/v1/organisations/{organisation_id}", None),
        ("PATCH", "/api/v1/organisations/{organisation_id}", {"note": "x"}),
        ("GET", "/api/v1/organisations/{organisation_id}/published", None),
        ("GET", "/api/v1/sites?organisation={organisation_id}", None),
        ("GET", "/api/v1/imports/{import}", None),
        ("GET", "/api/v1/imports/{import}/rows", None),
        ("PUT", "/api/v1/imports/{import}/rows/0/choice", {"choice": "skip"}),
        ("POST", "/api/v1/imports/{import}/accept", None),
        ("POST", "/api/v1/imports/{import}/reject", {}),
        ("POST", "/api/v1/imports/{import}/undo", {}),
        ("GET", "/api/v1/judgements?finding={finding}", None),
        ("POST", "/api/v1/judgements", {"finding": "{finding}", "verdict": "reject", "reason": "x"}),
        ("POST", "/api/v1/judgements/{judgement}/withdraw", None),
        ("GET", "/api/v1/tasks/{task}", None),
        ("POST", "/api/v1/tasks", {"subject": "{device_id}", "title": "x"}),
        ("PATCH", "/api/v1/tasks/{task}", {"owner": "x"}),
        ("POST", "/api/v1/tasks/{task}/close", {"outcome": "x"}),
        ("GET", "/api/v1/plans/{plan}", None),
        ("POST", "/api/v1/plans", {"title": "x", "organisation": "{organisation_id}"}),
        ("POST", "/api/v1/plans/{plan}/close", {"outcome": "x"}),
    ],
)
def test_what_another_has_does_not_exist(
    served: Served, others: dict[str, str], method: str, path: str, body: dict[str, str] | None, who: str
) -> None:
    def named(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda part: others[part[1]], text)

    said = None if body is None else {name: named(value) for name, value in body.items()}
    answer = served.client(who).request(method, named(path), json=said)
    needs_editor = method != "GET" or path.endswith("/published")
    # the answer is that for a thing that does not exist, word for word
    none = {name: "987654321" if value.isdigit() else "no-such-thing" for name, value in others.items()}

    def unknown(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda part: none[part[1]], text)

    body_of_none = None if body is None else {name: unknown(value) for name, value in body.items()}
    other = served.client(who).request(method, unknown(path), json=body_of_none)
    given = {others[name]: none[name] for name in re.findall(r"\{(\w+)\}", f"{path} {body}")}
    told = answer.text
    for value, replaced in given.items():
        told = told.replace(f"{value}'", f"{replaced}'")
    assert (other.status_code, other.text) == (answer.status_code, told)
    assert answer.status_code == (403 if needs_editor and who == "reader of one" else 404), answer.text


def test_one_who_reads_one_reads_all_of_it(served: Served) -> None:
    client = served.client("reader of one")
    assert set(ids(client)) == {"C-1", "C-2", "C-3", "C-5", "IPC-HDW2831T-AS-S2"}
    assert [each["id"] for each in client.get("/api/v1/organisations").json()["items"]] == [TOWN]
    assert client.get("/api/v1/counts").json()["total"] == 8
    assert served.client("reader").get("/api/v1/counts").json()["total"] == 10


def test_an_editor_of_one_may_not_change_what_all_share(served: Served) -> None:
    client = served.client("editor of one")
    assert client.post("/api/v1/plans", json={"title": "x"}).status_code == 403
    assert client.post("/api/v1/tasks", json={"subject": "hikvision", "title": "x"}).status_code in (403, 404)
    file = {"file": ("said.csv", served_register.SAID.encode())}
    assert client.post("/api/v1/statements", files=file).status_code == 403


def test_nobody_takes_the_name_or_id_of_another(served: Served) -> None:
    editor, reader = served.client("editor of one"), served.client("reader")
    other = reader.get(f"/api/v1/organisations/{OTHER}").json()
    for name in (other["name"], other["name"].upper(), f" {other['name']}\u200b", other["id"]):
        asked = {"name": name, "id": "mine", "parent": TOWN}
        answer = editor.post("/api/v1/organisations", json=asked)
        assert answer.status_code == 400, answer.text
        assert OTHER not in answer.json()["fix"]
        assert editor.patch(f"/api/v1/organisations/{TOWN}", json={"name": name}).status_code == 400
    assert reader.get(f"/api/v1/organisations/{other['name']}").json()["id"] == OTHER
    assert editor.patch(f"/api/v1/organisations/{TOWN}", json={"note": "x"}).status_code == 200


@pytest.mark.parametrize("who", ONE_ONLY)
def test_an_import_of_another_is_not_compared(served: Served, others: dict[str, str], who: str) -> None:
    none = "987654"
    answers = [
        served.client(who).get("/api/v1/compare", params={"from": number, "to": "2027-01-01"})
        for number in (others["import"], none)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text.replace(others["import"], none) == answers[1].text


def test_saved_columns_belong_to_one_organisation(served: Served, tmp_path: Path) -> None:
    header, secret = "Wat hangt er;Van wie;Kenmerk", f"{SECRET} indeling"
    numbers = {}
    for owner in (TOWN, OTHER):
        text = f"{header}\nP3245-LVE;Axis;{owner}-7\n"
        numbers[owner] = served_register.take(served, tmp_path / f"{owner}.csv", text, owner, accept=False)
    editor = served.client("editor")
    fields = {"column-0": "model", "column-1": "brand", "profile": secret}
    assert editor.post(f"/imports/{numbers[OTHER]}/again", data=fields).status_code == 303
    later = served_register.take(
        served, tmp_path / "later.csv", f"{header}\nP3245-LVE;Axis;8\n", OTHER, accept=False
    )
    assert secret in editor.get(f"/imports/{later}").text
    page = served.client("editor of one").get(f"/imports/{numbers[TOWN]}")
    assert (page.status_code, secret in page.text) == (200, False)
    assert secret not in editor.get(f"/imports/{numbers[TOWN]}").text
