"""Lists in the browser: the daily update, and files that a person uploads."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import web_tools
from web_tools import Served

from overzicht.store import jobs
from overzicht.subjects.lists import schedule as schedules
from overzicht.subjects.lists.jobs import UPDATE_LISTS
from overzicht.subjects.lists.schedule import EVERY, is_daily, is_due
from overzicht.web.clock import now


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = web_tools.serve(tmp_path / "home")
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def test_the_daily_update_is_due_once_a_day_and_only_when_it_is_on(served: Served) -> None:
    client = served.client("editor")
    assert not is_due(served.store, now())
    assert "Fetch new versions every day" in client.get("/lists", headers={"Accept-Language": "en"}).text
    changed = client.post("/lists/schedule", data={"daily": "true"})
    assert (changed.status_code, changed.headers["location"]) == (303, "/lists")
    assert is_daily(served.store)
    assert is_due(served.store, now())
    with served.store.writing("overzicht", now()) as tx:
        jobs.add_job(tx, "0" * 16, UPDATE_LISTS, {"lists": []}, process="")
    assert not is_due(served.store, now())
    assert is_due(served.store, now() + EVERY + timedelta(seconds=1))
    page = client.get("/lists", headers={"Accept-Language": "en"}).text
    assert "The service fetches new versions of all lists every day." in page
    assert client.put("/api/v1/lists/schedule", json={"daily": False}).json() == {"daily": False}
    assert not is_due(served.store, now() + 2 * EVERY)
    assert served.client("reader").put("/api/v1/lists/schedule", json={"daily": True}).status_code == 403


def test_the_schedule_starts_the_job_of_the_lists(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    runner = served.app.state.service.runner
    monkeypatch.setattr(
        runner, "start", lambda kind, _parameters, *, actor: started.append(f"{actor}: {kind}")
    )
    schedule = schedules.ListSchedule(served.store, served.app.state.service.settings, runner)
    schedule.start_if_due()
    assert started == []
    schedules.set_daily(served.store, web_tools.TESTER, is_on=True)
    schedule.start_if_due()
    assert started == [f"overzicht: {UPDATE_LISTS}"]


def test_an_uploaded_file_that_is_no_list_is_refused_with_its_name(served: Served) -> None:
    client = served.client("editor")
    sent = client.post(
        "/lists/files",
        files={"files": ("geen-lijst.txt", b"niets")},
        data={"published": "", "official": "true"},
    )
    assert sent.status_code == 303
    job = sent.headers["location"].rpartition("/")[2]
    for _ in range(200):
        body = client.get(f"/api/v1/jobs/{job}").json()
        if body["is_over"]:
            break
    assert [(entry["file"], entry["outcome"]) for entry in body["result"]["lists"]] == [
        ("geen-lijst.txt", "fault")
    ]
