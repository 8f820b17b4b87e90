"""Review in groups over HTTP: one decision for devices with the same evidence, counted in interactions."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import served_register
import web_tools
from served_register import OTHER, SECRET, TOWN, ids
from starlette.testclient import TestClient
from web_tools import Served

MODELS = (
    ("Hikvision", "DS-2CD2143G2-I", "44:19:B6"), ("Hikvision", "DS-2CD2386G2-IU", "44:19:B6"),
    ("Dahua", "IPC-HDW2831T-AS-S2", ""), ("Dahua", "IPC-HFW2431S-S-S2", "3C:EF:8C"),
    ("Axis", "P3245-LV", "AC:CC:8E"), ("Axis", "M3106-L", "AC:CC:8E"), ("Bosch", "NDE-5503-A", "00:07:5F"),
    ("Annke", "C800", "C0:56:E3"), ("Hanwha", "QNV-8080R", ""), ("onbekend", "", ""),
)  # fmt: skip
DEVICES = 599
MOST_INTERACTIONS = 120


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("review")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    rows = []
    for number in range(DEVICES):
        brand, model, block = MODELS[number % len(MODELS)]
        mac = f"{block}:01:{number // 256:02X}:{number % 256:02X}" if block else ""
        rows.append((f"R-{number}", brand, model, mac, f"Locatie {number % 40}", f"kamer {number}", ""))
    served_register.take(made, folder / "groot.csv", served_register.table(rows), OTHER, is_whole=False)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


class Person:
    """Someone who uses the page: counts every click and every field that is filled in."""

    def __init__(self, client: TestClient, address: str) -> None:
        self.client, self.interactions = client, 0
        self.open(address)

    def open(self, address: str) -> None:
        reply = self.client.get(address, follow_redirects=True)
        assert reply.status_code == 200, reply.text
        self.page = reply.text

    @property
    def devices(self) -> list[str]:
        return re.findall(r'name="devices" value="([^"]+)" checked', self.page)

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return found[1] if found else ""

    def decide(self, verdict: str, reason: str, *, except_for: str = "") -> None:
        action = re.search(r'<form class="oz-group" method="post" action="([^"]+)"', self.page)
        assert action is not None
        kept = [device for device in self.devices if device != except_for]
        self.interactions += 1 + (reason != self.field("reason")) + (len(kept) != len(self.devices))
        data = {"group": self.field("group"), "devices": kept, "verdict": verdict, "reason": reason}
        reply = self.client.post(action[1].replace("&amp;", "&"), data=data)
        assert reply.status_code == 303, reply.text
        self.open(reply.headers["location"])


def waiting(page: str) -> int:
    found = re.search(r"Not judged: ([\d,]+)\.", page)
    return int(found[1].replace(",", "")) if found else 0


def test_a_real_sized_register_takes_few_interactions(served: Served) -> None:
    person = Person(served.client("editor"), f"/review?lang=en&organisation={OTHER}&q=Locatie")
    assert waiting(person.page) == DEVICES
    exception = person.devices[3]
    person.decide("confirm", "facturen 2025 bekeken", except_for=exception)
    assert person.devices == [exception]  # the exception waits for a decision of its own
    person.decide("unsure", "typeplaatje ontbreekt")
    while person.devices:
        person.decide("confirm", "facturen 2025 bekeken")
    assert "All matching devices have been judged" in person.page
    assert person.interactions <= MOST_INTERACTIONS
    client = served.client("editor")
    verdict = client.get(f"/api/v1/devices/{exception}").json()["judgements"]
    assert [(entry["verdict"], entry["reason"]) for entry in verdict] == [("unsure", "typeplaatje ontbreekt")]


def test_one_decision_covers_only_the_same_evidence(served: Served) -> None:
    client = served.client("editor of one")
    devices = ids(client)
    page = client.get("/review", params={"lang": "en", "maker": "hikvision", "q": "C-1"}).text
    group = re.search(r'name="group" value="(\w+)"', page)
    assert group is not None
    decision = {"group": group[1], "verdict": "confirm", "reason": "gezien"}
    wrong = client.post(
        "/api/v1/judgements/group", json={**decision, "devices": [devices["C-1"], devices["C-2"]]}
    )
    assert (wrong.status_code, wrong.json()["type"]) == (400, "other-evidence")
    assert client.get(f"/api/v1/devices/{devices['C-1']}").json()["judgements"] == []  # all or nothing
    right = client.post("/api/v1/judgements/group", json={**decision, "devices": [devices["C-1"]]})
    assert [entry["verdict"] for entry in right.json()] == ["confirm"]
    no_reason = {**decision, "reason": " ", "devices": [devices["C-1"]]}
    assert client.post("/api/v1/judgements/group", json=no_reason).status_code == 400


def test_nobody_judges_on_an_earlier_date_where_the_decision_would_not_count(served: Served) -> None:
    client = served.client("editor")
    today = client.get("/review", params={"lang": "en", "as-of": "today", "q": "C-2"}).text
    assert 'name="verdict"' in today
    assert "Decisions are made on the current date." not in today
    device = ids(client)["C-2"]
    for path in ("/review", f"/devices/{device}"):
        page = client.get(
            path, params={"lang": "en", "as-of": served_register.DAY.isoformat(), "q": "C-2"}
        ).text
        assert 'name="verdict"' not in page
        assert "Decisions are made on the current date." in page
    client.get("/review", params={"as-of": "today"})


def test_a_group_of_another_organisation_is_not_seen_or_judged(served: Served) -> None:
    other = ids(served.client("editor"))[f"{SECRET}-1"]
    client = served.client("editor of one")
    assert SECRET not in client.get("/review", params={"lang": "en"}).text
    decision = {"group": "x", "devices": [other], "verdict": "confirm", "reason": "gezien"}
    assert client.post("/api/v1/judgements/group", json=decision).status_code == 404


def test_the_counts_are_those_of_the_devices_that_wait(served: Served) -> None:
    page = served.client("editor of one").get("/review", params={"lang": "en", "organisation": TOWN}).text
    total = waiting(page)
    kinds = re.search(r">kind</dt><dd[^>]*>(.*?)</dd>", page, re.DOTALL)
    assert kinds is not None
    assert sum(int(n) for n in re.findall(r"\((\d+)\)</a>", kinds[1])) == total


def test_a_filter_is_saved_for_one_account_and_removed(served: Served, tmp_path: Path) -> None:
    client = served.client("editor")
    saved = client.post("/review/filters?back=maker%3Ddahua%26lang%3Dnl", data={"name": "Dahua eerst"})
    assert saved.status_code == 303
    page = client.get("/review", params={"lang": "en"}).text
    assert '<a class="utrecht-link" href="/review?maker=dahua">Dahua eerst</a>' in page
    assert "Dahua eerst" not in served.client("editor of one").get("/review").text
    client.post("/review/filters/remove", data={"name": "Dahua eerst"})
    assert "Dahua eerst" not in client.get("/review").text
