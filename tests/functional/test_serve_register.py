"""The register over HTTP: from an inventory offered to a plan closed, as a program does it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import export_tools
import pytest
import served_register
import web_tools
from served_register import TOWN, finished, ids, table
from starlette.testclient import TestClient
from web_tools import Served

from overzicht.reports.interface import Format
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.register import replacement_plans as plans
from overzicht.subjects.register.overview import make_register_overview
from overzicht.subjects.register.replacement_plans import NewPlan

DAY = served_register.DAY.isoformat()
SECOND = (
    ("C-1", "Hikvision", "DS-2CD2143G2-I", "44:19:B6:00:00:01", "Stadhuis", "zolder", ""),
    ("C-2", "Axis", "P3245-LV", "AC:CC:8E:00:00:02", "Stadhuis", "kelder", ""),
    ("", "Dahua", "IPC-HDW2831T-AS-S2", "", "Zwembad", "dak", "4"),
    ("C-9", "Bosch", "NDE-5503-A", "00:07:5F:00:00:09", "Stadhuis", "hal", ""),
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("register")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


@pytest.fixture
def editor(served: Served) -> TestClient:
    return served.client("editor of one")


def test_devices_are_filtered_sorted_and_counted(editor: TestClient) -> None:
    assert set(ids(editor)) == {"C-1", "C-2", "C-3", "C-5", "IPC-HDW2831T-AS-S2"}
    assert set(ids(editor, relabelled="yes")) == {"C-3"}
    assert set(ids(editor, maker="unknown")) == {"C-5"}
    assert set(ids(editor, q="zwembad c-3")) == {"C-3"}
    names = [
        entry["label"] for entry in editor.get("/api/v1/devices", params={"sort": "-label"}).json()["items"]
    ]
    assert names == sorted(names, reverse=True)
    assert ids(editor, **{"as-of": "2026-01-31"}) == {}  # the day before anything was known
    counts = editor.get("/api/v1/counts").json()
    assert (counts["total"], counts["unknown"], counts["by_maker"]["dahua"]) == (8, 1, 4)
    assert counts["not_checked"] + counts["listed"] + counts["unknown"] <= counts["total"]


def test_a_device_tells_its_chain_of_reasons_to_the_row_of_the_inventory(editor: TestClient) -> None:
    body = editor.get(f"/api/v1/devices/{ids(editor)['C-3']}").json()
    assert body["device"]["is_relabelled"]
    assert body["finding"]["answer"] == "found"
    cited = [entry for reason in body["finding"]["reasons"] for entry in reason["citations"]]
    assert any(entry["place"] == "line 4" and len(entry["snapshot"]) == 64 for entry in cited)
    assert any(entry["address"].startswith("https://") for entry in cited)  # who says that the brand relabels
    path = f"/devices/{ids(editor)['C-3']}"
    pages = {lang: editor.get(path, params={"lang": lang}).text for lang in ("en", "nl")}
    assert f"{TOWN}.csv, line 4" in pages["en"]
    assert f"{TOWN}.csv, regel 4" in pages["nl"]
    assert "place=line+4" in pages["nl"]
    assert body["listings"]
    assert [(entry["day"], entry["supports"]) for entry in body["sightings"]] == [(DAY, True)]


@pytest.mark.parametrize(
    ("form", "start"), [("csv", b"\xef\xbb\xbfdevice,"), ("json", b'{"as_of"'), ("xlsx", b"PK")]
)
def test_a_view_is_a_file_as_well(editor: TestClient, form: str, start: bytes) -> None:
    answer = editor.get("/api/v1/devices/export", params={"form": form, "listed": "", "q": "stadhuis"})
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert form in answer.headers["content-disposition"]
    if form == "csv":
        assert len(answer.text.splitlines()) == 3
    if form == "json":
        assert {entry["label"] for entry in answer.json()["devices"]} == {"C-1", "C-2"}


@pytest.mark.parametrize(
    ("form", "media_type", "ending"),
    [("cyclonedx", "application/vnd.cyclonedx+json", ".cdx.json"),
     ("ftm", "application/x-ndjson", ".ftm.json"), ("geojson", "application/geo+json", ".geojson"),
     ("netbox-set", "application/zip", ".netbox.zip"),
     ("topdesk", "text/csv", ".topdesk.csv"), ("bods", "application/json", ".bods.json")],
)  # fmt: skip
def test_a_view_is_an_export_as_well(
    served: Served, editor: TestClient, form: str, media_type: str, ending: str
) -> None:
    query = {"form": form, "as-of": DAY, "q": "stadhuis"}
    answer = editor.get("/api/v1/devices/export", params=query)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["content-disposition"].endswith(f'{ending}"')
    assert served_register.SECRET.encode() not in answer.content
    filters = DeviceFilter(date.fromisoformat(DAY), text="stadhuis", allowed=(TOWN,))
    report = make_register_overview(served.store, filters, served_register.act())
    assert answer.content == export_tools.written(report, Format(form))


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Download for another"), ("nl", "Downloaden voor een ander")]
)
def test_the_page_of_devices_offers_the_exports(editor: TestClient, lang: str, word: str) -> None:
    page = editor.get("/devices", params={"lang": lang, "as-of": DAY})
    assert word in page.text
    for form in ("cyclonedx", "ftm", "bods", "netbox-set", "topdesk", "geojson&amp;level=full"):
        assert f"form={form}" in page.text


def test_an_export_for_others_has_no_addresses_and_a_list_has_no_level(editor: TestClient) -> None:
    shown = editor.get("/api/v1/devices/export", params={"form": "cyclonedx", "level": "full", "as-of": DAY})
    assert shown.status_code == 200
    assert "44:19:B6" not in shown.text
    assert "Hikvision" in shown.text
    refused = editor.get("/api/v1/devices/export", params={"form": "csv", "level": "full", "as-of": DAY})
    assert (refused.status_code, refused.json()["type"]) == (400, "export-level")


def test_an_inventory_is_offered_looked_at_mapped_and_accepted(served: Served, editor: TestClient) -> None:
    other = editor.post("/api/v1/organisations", json={"name": "Dienst", "parent": TOWN, "since": DAY}).json()
    assert other["path"] == [TOWN, "dienst"]

    def offer(text: str, **fields: str) -> dict[str, object]:
        answer = editor.post(
            "/api/v1/imports", files={"file": ("lijst.csv", text.encode())},
            data={"organisation": "dienst", "day": DAY, **fields},
        )  # fmt: skip
        assert answer.status_code == 202, answer.text
        done = finished(editor, answer.json())
        assert done["state"] == "done", done
        return dict(done["result"])

    text = (
        table().replace("Merk", "Wat er op de doos staat").replace("C-", "D-").replace("00:00:0", "00:01:0")
    )
    number = offer(text, mapping="Wat er op de doos staat=brand")["import"]
    body = editor.get(f"/api/v1/imports/{number}").json()
    assert (body["status"], body["counts"]["added"]) == ("preview", 5)
    column = next(item for item in body["columns"] if item["column"] == "Wat er op de doos staat")
    assert (column["field"], bool(column["sample"])) == ("brand", True)
    assert f"For example: {column['sample']}" in editor.get(f"/imports/{number}").text
    rows = editor.get(f"/api/v1/imports/{number}/rows", params={"outcome": "added"}).json()
    assert rows["total"] == 5
    assert rows["items"][0]["values"]["brand"] == "Hikvision"
    early = editor.get("/api/v1/devices", params={"organisation": "dienst", "as-of": "2026-01-31"})
    assert early.json()["items"] == []
    assert ids(editor, organisation="dienst") == {}  # nothing is written before it is accepted
    assert offer(text)["seen_before"] is True
    accepted = editor.post(f"/api/v1/imports/{number}/accept")
    assert finished(editor, accepted.json())["state"] == "done"
    assert len(ids(editor, organisation="dienst")) == 5
    again = editor.post(f"/api/v1/imports/{number}/reject", json={"reason": "te laat"})
    assert (again.status_code, again.json()["type"]) == (400, "register")


def test_a_second_inventory_tells_what_was_added_changed_and_gone(served: Served, tmp_path: Path) -> None:
    client = served.client("editor of one")
    before = ids(client)
    later = served_register.act(date(2026, 2, 2))  # a later list ends devices
    path = tmp_path / "tweede.csv"
    number = served_register.take(served, path, table(SECOND), TOWN, accept=False, actor=later)
    counts = client.get(f"/api/v1/imports/{number}").json()["counts"]
    assert (counts["added"], counts["changed"], counts["gone"]) == (1, 1, 2)
    changed = client.get(f"/api/v1/imports/{number}/rows", params={"outcome": "changed"}).json()["items"]
    assert changed[0]["changes"] == [{"field": "place", "old": "hal", "new": "zolder"}]
    assert changed[0]["device_id"] == before["C-1"]
    page = client.get(f"/imports/{number}").text
    assert "After this import, 2 of 8 devices in use are no longer in use" in page
    assert 'name="confirm_retired"' in page
    refused = client.post(f"/api/v1/imports/{number}/accept")
    assert (refused.status_code, refused.json()["type"]) == (400, "large-retirement")
    confirmed = client.post(f"/api/v1/imports/{number}/accept", json={"confirm_retired": True})
    assert finished(client, confirmed.json())["state"] == "done"
    assert set(ids(client, **{"as-of": "2026-02-02"})) != set(before)
    undone = client.post(f"/imports/{number}/undo", data={"reason": "verkeerd blad"}, follow_redirects=False)
    assert (undone.status_code, undone.headers["location"]) == (303, f"/imports/{number}")
    assert client.get(f"/api/v1/imports/{number}").json()["status"] == "undone"
    assert ids(client) == before
    number = served_register.take(served, path, table(SECOND), TOWN, accept=False, actor=later)
    rejected = client.post(f"/api/v1/imports/{number}/reject", json={"reason": "oud bestand"}).json()
    assert (rejected["status"], rejected["reason"]) == ("rejected", "oud bestand")


def test_a_list_of_the_same_date_shows_what_it_replaces(served: Served, tmp_path: Path) -> None:
    client = served.client("editor of one")
    before = ids(client)
    header, first, *rest = table().splitlines()
    text = "\n".join([header, *rest, ""])
    number = served_register.take(served, tmp_path / "verbeterd.csv", text, TOWN, accept=False)
    body = client.get(f"/api/v1/imports/{number}").json()
    replaced = body["supersedes"]
    assert (body["counts"]["withdrawn"], body["counts"]["gone"]) == (1, 0)
    gone = client.get(f"/api/v1/imports/{number}/rows", params={"outcome": "withdrawn"}).json()["items"]
    assert [row["device_id"] for row in gone] == [before[first.split(",")[0]]]
    page = client.get(f"/imports/{number}").text
    assert f'href="/imports/{replaced}"' in page
    assert "What only that list showed is withdrawn." in page
    accepted = client.post(f"/api/v1/imports/{number}/accept", json={"confirm_retired": True})
    assert finished(client, accepted.json())["state"] == "done"
    assert set(ids(client)) == set(before) - {first.split(",")[0]}
    assert client.get(f"/api/v1/imports/{replaced}").json()["status"] == "superseded"
    assert "replaced by a corrected list" in client.get(f"/imports/{replaced}").text
    assert client.get("/imports").status_code == 200
    client.post(f"/imports/{number}/undo", data={"reason": "verkeerd blad"})
    assert ids(client) == before


def test_what_changed_is_one_answer_on_the_page_in_the_interface_and_as_a_file(served: Served) -> None:
    client = served.client("editor of one")
    points = {"from": "2026-01-31", "to": DAY}
    body = client.get("/api/v1/compare", params=points).json()
    assert {row["name"] for row in body["added"]} == set(ids(client))
    assert (body["gone"], body["replaced"]) == ([], [])
    total = next(count for count in body["counts"] if count["key"] == "total")
    assert (total["before"], total["after"]) == (0, client.get("/api/v1/counts").json()["total"])
    page = client.get("/compare", params=points).text
    assert body["conclusions"][0] in page.replace("&nbsp;", " ")
    assert served_register.SECRET not in page + str(body)
    pdf = client.get("/api/v1/compare/file", params=points)
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-1.7")
    wrong = client.get("/api/v1/compare", params={"from": DAY, "to": DAY})
    assert (wrong.status_code, wrong.json()["type"]) == (400, "register")
    other = client.get("/api/v1/imports", params={"size": 100}).json()["items"]
    hidden = max(item["id"] for item in other) + 50
    assert client.get("/api/v1/compare", params={"from": str(hidden), "to": DAY}).status_code == 404


def test_all_rows_of_a_filter_are_on_one_page_to_print(editor: TestClient) -> None:
    page = editor.get("/devices", params={"size": 2, "life": "all"}).text
    assert page.count('scope="row"') == 2
    assert "all=yes" in page
    printed = editor.get("/devices", params={"size": 2, "life": "all", "all": "yes"}).text
    assert (
        printed.count('scope="row"') == editor.get("/api/v1/devices", params={"life": "all"}).json()["total"]
    )
    report = editor.get("/api/v1/devices/export", params={"form": "odt", "level": "counts"})
    assert (report.status_code, report.content[:2]) == (200, b"PK")


def test_a_finding_is_judged_with_a_reason_and_the_judgement_withdrawn(editor: TestClient) -> None:
    device = ids(editor)["C-1"]
    finding = editor.get(f"/api/v1/devices/{device}").json()["finding"]["id"]
    query = {"finding": finding, "verdict": "confirm", "reason": "typeplaatje bekeken"}
    assert editor.post("/api/v1/judgements", json={**query, "reason": "  "}).status_code == 400
    assert editor.post("/api/v1/judgements", json={**query, "finding": "maker-x-y"}).status_code == 404
    judged = editor.post("/api/v1/judgements", json=query)
    assert judged.status_code == 201
    number = judged.json()["id"]
    assert editor.get(f"/api/v1/devices/{device}").json()["judgements"][0]["reason"] == "typeplaatje bekeken"
    assert editor.post(f"/api/v1/judgements/{number}/withdraw").json()["withdrawn_at"]
    assert editor.post(f"/api/v1/judgements/{number}/withdraw").status_code == 404
    kept = editor.get("/api/v1/judgements", params={"finding": finding}).json()["items"]
    assert [entry["id"] for entry in kept] == [number]


def test_a_task_is_opened_given_away_closed_and_opened_again(editor: TestClient) -> None:
    device = ids(editor)["C-5"]
    query = {"subject": device, "title": "typeplaatje bekijken", "due": "2026-12-31"}
    number = editor.post("/api/v1/tasks", json=query).json()["task"]["id"]
    assert editor.patch(f"/api/v1/tasks/{number}", json={"owner": "mia"}).json()["task"]["owner"] == "mia"
    assert (
        editor.get("/api/v1/tasks", params={"owner": "mia", "due_before": "2027-01-01"}).json()["total"] == 1
    )
    assert (
        editor.get("/api/v1/tasks", params={"owner": "mia", "due_before": "2026-12-31"}).json()["total"] == 0
    )
    closed = editor.post(f"/api/v1/tasks/{number}/close", json={"outcome": "het is een Bosch"}).json()
    assert closed["task"]["outcome"] == "het is een Bosch"
    opened = editor.post(f"/api/v1/tasks/{number}/reopen", json={"reason": "toch niet"}).json()
    assert [event["kind"] for event in opened["events"]] == ["assigned", "closed", "reopened"]


def test_an_owner_is_emptied_on_the_page_of_a_task(editor: TestClient) -> None:
    task = {"subject": ids(editor)["C-5"], "title": "sleutel halen", "owner": "mia", "due": "2026-12-31"}
    number = editor.post("/api/v1/tasks", json=task).json()["task"]["id"]
    sent = editor.post(f"/tasks/{number}/assign", data={"owner": "", "due": "2027-01-31"})
    assert sent.status_code == 303
    kept = editor.get("/api/v1/tasks", params={"due_before": "2027-02-28"}).json()["items"]
    assert [(each["owner"], each["due"]) for each in kept if each["id"] == number] == [("", "2027-01-31")]


def test_what_was_decided_later_is_not_on_the_page_of_an_earlier_day(editor: TestClient) -> None:
    device = ids(editor)["C-2"]
    finding = editor.get(f"/api/v1/devices/{device}").json()["finding"]["id"]
    query = {"finding": finding, "verdict": "confirm", "reason": "factuur gezien"}
    assert editor.post("/api/v1/judgements", json=query).status_code == 201
    task = {"subject": device, "title": "kast openen"}
    number = editor.post("/api/v1/tasks", json=task).json()["task"]["id"]
    for path in (f"/devices/{device}", "/tasks", "/"):
        now, then = (
            editor.get(path, params={"as-of": day}, headers={"Accept": "text/html"}).text
            for day in ("today", DAY)
        )
        assert "kast openen" in now, path
        assert "kast openen" not in then, path
        assert "factuur gezien" not in then, path
    past = {"as-of": DAY}
    assert editor.get("/api/v1/tasks", params=past).json()["total"] == 0
    assert editor.get(f"/api/v1/tasks/{number}", params=past).status_code == 404
    assert editor.get(f"/tasks/{number}", params=past).status_code == 404
    assert editor.get("/api/v1/judgements", params={"finding": finding, **past}).json()["items"] == []
    shown = editor.get(f"/api/v1/devices/{device}", params=past).json()
    assert (shown["judgements"], shown["tasks"], shown["plans"]) == ([], [], [])


def test_a_past_day_shows_a_plan_that_was_closed_since_as_it_ran_and_offers_no_change(
    served: Served, editor: TestClient
) -> None:
    before, after = date.fromisoformat("2026-02-10"), date.fromisoformat("2026-02-20")
    expected = DeviceFilter(before, organisation=TOWN, maker="axis")
    plan = plans.new_plan(served.store, NewPlan("Assen weg"), expected, served_register.act(before)).plan
    plans.close_plan(served.store, plan.id, served_register.act(after), "niets meer over")

    def listed(day: str, **query: str) -> list[tuple[str, str | None]]:
        body = editor.get("/api/v1/plans", params={"as-of": day, **query}).json()["items"]
        return [
            (entry["outcome"], entry["closed_on"])
            for entry in (view["plan"] for view in body)
            if entry["id"] == plan.id
        ]

    assert [listed(day) for day in ("2026-02-09", "2026-02-19", "2026-02-20")] == [[], [("", None)], []]
    assert listed("2026-02-20", open_only="false") == [("niets meer over", "2026-02-20")]
    assert editor.get(f"/api/v1/plans/{plan.id}", params={"as-of": "2026-02-09"}).status_code == 404
    pages = {
        day: editor.get(f"/plans/{plan.id}", params={"as-of": day}, headers={"Accept": "text/html"}).text
        for day in ("2026-02-19", "today")
    }
    assert "niets meer over" not in pages["2026-02-19"]
    assert "niets meer over" in pages["today"]
    assert "<form" in pages["today"].partition("<main")[2]
    assert f'action="/plans/{plan.id}/close"' not in pages["2026-02-19"]
    start = {day: editor.get("/", params={"as-of": day}).text for day in ("2026-02-19", "2026-02-20")}
    assert ["Assen weg" in page for page in start.values()] == [True, False]


def test_on_a_past_day_the_review_goes_on_after_a_device_that_was_judged_since(editor: TestClient) -> None:
    page = {"as-of": DAY, "maker": "hikvision"}
    waiting = editor.get("/review", params=page).text
    device = next(
        entry for entry in ids(editor).values() if f"/devices/{entry}" in waiting.partition("<main")[2]
    )
    key = re.search(r'name="group" value="(\w+)"', waiting)
    assert key is not None
    finding = editor.get(f"/api/v1/devices/{device}").json()["finding"]["id"]
    judged = {"finding": finding, "verdict": "confirm", "reason": "gezien"}
    assert editor.post("/api/v1/judgements", json=judged).status_code == 201
    assert f"/devices/{device}" in editor.get("/review", params=page).text
    assert f"/devices/{device}" not in editor.get("/review", params={**page, "as-of": "today"}).text
    assert f"/devices/{device}" not in editor.get("/review", params={**page, "after": key[1]}).text


def test_a_plan_is_followed_until_its_devices_are_replaced(editor: TestClient) -> None:
    query = {"title": "Weg met oud", "organisation": TOWN, "maker": "dahua", "due": "2027-03-01"}
    query["site"] = f"{TOWN}.zwembad"
    plan = editor.post("/api/v1/plans", json=query)
    assert plan.status_code == 201, plan.text
    number = plan.json()["plan"]["id"]
    progress = plan.json()["progress"]
    assert (progress["total"], progress["done"]) == (4, 0)
    device = ids(editor, plan=str(number))["IPC-HDW2831T-AS-S2"]
    path = f"/api/v1/devices/{device}/life"
    assert editor.post(path, json={"life": "replaced"}).status_code == 400  # by which?
    gone = editor.post(path, json={"life": "removed", "reason": "naar de stort"})
    assert gone.json()["history"][-1]["reason"] == "naar de stort"
    after = editor.get(f"/api/v1/plans/{number}").json()["progress"]
    assert (after["done"], after["total"]) == (4, 4)
    assert after["says"]
    assert editor.post(f"/api/v1/plans/{number}/close", json={"outcome": "klaar"}).json()["plan"]["closed_at"]
    assert number not in [entry["plan"]["id"] for entry in editor.get("/api/v1/plans").json()["items"]]


def test_statements_contradict_each_other_and_are_kept(served: Served) -> None:
    reader, editor = served.client("reader of one"), served.client("editor")
    statements = reader.get("/api/v1/statements").json()["items"]
    assert [len(entry["contradicts"]) for entry in statements] == [1, 1]
    assert editor.post(f"/api/v1/statements/{statements[0]['statement']['id']}/withdraw").status_code == 204
    assert [len(entry["contradicts"]) for entry in reader.get("/api/v1/statements").json()["items"]] == [0, 0]
    pages = {lang: reader.get("/public-statements", params={"lang": lang}).text for lang in ("en", "nl")}
    assert ["at least 140 camera" in page for page in pages.values()] == [True, False]
    assert "minstens 140 camera" in pages["nl"]
    assert {entry["statement"]["quantity"] for entry in statements} == {"120", "at least 140"}
    file = {"file": ("uitspraken.csv", served_register.SAID.encode())}
    assert editor.post("/api/v1/statements", files=file).json()["known"] == 3


def test_a_register_is_published_as_far_as_it_is_shared(served: Served) -> None:
    client = served.client("editor of one")
    path = f"/api/v1/organisations/{TOWN}/published"
    counts, full = (client.get(path, params={"level": level}).text for level in ("counts", "full"))
    assert "44:19:B6" not in counts.upper()
    assert "C-1" in full


def test_an_organisation_is_changed_and_its_sites_told(editor: TestClient) -> None:
    changed = editor.patch(f"/api/v1/organisations/{TOWN}", json={"note": "fusie in 2027"})
    assert changed.json()["note"] == "fusie in 2027"
    assert {entry["name"] for entry in editor.get("/api/v1/sites").json()["items"]} >= {"Stadhuis", "Zwembad"}
    assert editor.post("/api/v1/organisations", json={"name": "Nieuw"}).status_code == 403  # on top: for all
