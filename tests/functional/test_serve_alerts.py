"""Alerts over HTTP: page, interface, feed and settings, and who may see what."""

import time
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest
import served_register
import web_tools
from served_register import OTHER, TOWN
from store_tools import company, put, snapshot_of
from web_tools import Served

ATOM = "{http://www.w3.org/2005/Atom}"
V1 = "/api/v1/alerts"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service with two organisations, and a list whose newer version names Hikvision."""
    folder = tmp_path_factory.mktemp("alerts")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    other = company("un-2", "Completely Different Shipping")
    put(made.store, snapshot_of("un-sc", date(2026, 10, 1), "a"), [other])
    hikvision = company("un-1", "Hangzhou Hikvision Digital Technology Co., Ltd.")
    put(made.store, snapshot_of("un-sc", date(2026, 11, 1), "b"), [other, hikvision])
    client = made.client("editor")
    job = client.post(f"{V1}/check").json()["id"]
    for _ in range(600):
        body = client.get(f"/api/v1/jobs/{job}").json()
        if body["is_over"]:
            break
        time.sleep(0.1)
    assert (body["state"], body["result"]["alerts"]) == ("done", 2), body
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def test_each_organisation_has_its_alert_and_an_account_of_one_sees_its_own(served: Served) -> None:
    alerts = served.client("reader").get(V1).json()
    assert {alert["subject"] for alert in alerts["items"]} == {
        f"organisation:{TOWN}",
        f"organisation:{OTHER}",
    }
    own = served.client("reader of one").get(V1).json()
    assert [alert["subject"] for alert in own["items"]] == [f"organisation:{TOWN}"]
    (alert,) = own["items"]
    (entry,) = alert["entries"]
    assert (entry["change"], entry["answer"], entry["is_possible"]) == ("listed", "found", False)
    assert entry["citation"]["snapshot"] == "b" * 64
    assert entry["reasons"]
    theirs = next(a["id"] for a in alerts["items"] if a["subject"] == f"organisation:{OTHER}")
    for path in (f"{V1}/{theirs}", f"{V1}/{theirs}/event", f"/alerts/{theirs}"):
        assert served.client("reader of one").get(path).status_code == 404
    tasks = served.client("reader of one").get("/api/v1/tasks").json()["items"]
    assert [task["id"] for task in tasks if task["subject"] == f"organisation:{TOWN}"] == [alert["task_id"]]


@pytest.mark.parametrize(("lang", "words"), [("en", "newly listed"), ("nl", "nieuw vermeld")])
def test_the_page_leads_from_the_version_to_the_entry_and_its_source(
    served: Served, lang: str, words: str
) -> None:
    client = served.client("reader of one")
    page = client.get("/alerts", params={"lang": lang}).text
    assert words in page
    alert = client.get(V1).json()["items"][0]
    assert f'href="/alerts/{alert["id"]}"' in page
    one = client.get(f"/alerts/{alert['id']}", params={"lang": lang}).text
    assert f'href="/snapshots/{"b" * 64}"' in one
    assert f'href="/tasks/{alert["task_id"]}"' in one


def test_a_filter_without_alerts_leads_back(served: Served) -> None:
    page = served.client("reader").get("/alerts", params={"lang": "en", "use": "supplier"}).text
    assert "No alerts match these filters." in page
    assert served.client("reader").get("/alerts", params={"use": "nonsense"}).status_code == 200


def test_a_feed_reader_sends_a_token_as_its_password(served: Served) -> None:
    reader = served.client(near=False)
    feed = reader.get(f"{V1}/feed", auth=("feed", served.tokens["reader"]))
    assert feed.headers["content-type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(feed.content).findall(f"{ATOM}entry")  # noqa: S314 - our own answer
    ids = {entry.findtext(f"{ATOM}id") for entry in entries}
    alerts = served.client("reader").get(V1).json()["items"]
    assert ids == {f"urn:uuid:{alert['id']}" for alert in alerts}
    again = reader.get(f"{V1}/feed", auth=("feed", served.tokens["reader"]))
    assert again.content == feed.content
    assert reader.get(f"{V1}/feed", auth=("feed", "wrong")).status_code == 401
    assert reader.get(f"{V1}/feed").status_code == 401
    assert reader.get(V1, auth=("feed", served.tokens["reader"])).status_code != 200


def test_an_event_follows_the_profile(served: Served) -> None:
    client = served.client("reader")
    alert = client.get(V1).json()["items"][0]
    event = client.get(f"{V1}/{alert['id']}/event").json()
    assert {"specversion", "id", "source", "type"} <= event.keys()
    assert (event["specversion"], event["id"], event["time"]) == ("1.0", alert["id"], alert["at"])
    assert event["type"].startswith("nl.")
    assert all(name.isalnum() and name.islower() for name in event)


def test_an_administrator_chooses_where_alerts_go(served: Served) -> None:
    admin = served.client("admin")
    fields = {"mail": "a@example.org\nb@example.org", "webhook": "https://example.org/x", "source": ""}
    assert admin.post("/alerts/settings", data=fields).status_code == 303
    settings = admin.get(f"{V1}/settings").json()
    assert settings["mail"] == ["a@example.org", "b@example.org"]
    page = admin.get("/alerts/settings", params={"lang": "en"}).text
    assert "No mail server is set." in page
    assert "No secret for the webhook is set." in page
    wrong = admin.post("/alerts/settings", data={**fields, "mail": "nobody"}, headers={"Accept": "text/html"})
    assert wrong.status_code == 400
    assert served.client("editor").get(f"{V1}/settings").status_code == 403
