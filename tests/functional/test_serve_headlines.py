"""The headline numbers: every page, the interface, the comparison and the report state the same."""

import html
import re
from collections.abc import Iterator
from datetime import date

import pytest
import served_register
import web_tools
from served_register import TOWN
from web_tools import Served

from overzicht.evidence.actor import Actor
from overzicht.register.terms import LifecycleState
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.register import devices
from overzicht.subjects.register.overview import make_register_overview

DAY = "2026-02-02"
MARKED = {"C-2": LifecycleState.NOT_SEEN, "C-3": LifecycleState.REMOVED}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("headlines")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    for label, life in MARKED.items():
        (device,) = devices.find_devices(made.store, label, date.fromisoformat(DAY))
        devices.set_life(
            made.store, device, life, served_register.act(date.fromisoformat(DAY)), reason="test"
        )
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def headline(page: str, label: str) -> int:
    found = re.search(rf"{label}\s*(?:</a>)?</dt><dd[^>]*>(\d+)</dd>", page)
    assert found is not None, label
    return int(found[1])


def test_all_pages_state_the_same_numbers(served: Served) -> None:
    client = served.client("editor of one")
    client.headers["Accept-Language"] = "en"
    day = {"as-of": DAY}
    counts = client.get("/api/v1/counts", params={"asOf": DAY}).json()
    total = counts["in_use"] + counts["not_seen"]
    assert (counts["in_use"], counts["not_seen"], counts["total"]) == (6, 1, total)
    apart = f"In use: {counts['in_use']}. Not seen in the newest inventory: {counts['not_seen']}."
    apart += " Not counted: out of use, replaced or removed 1, other equipment 0, planned 0."
    for path in ("/", f"/organisations/{TOWN}"):
        page = client.get(path, params=day).text
        assert headline(page, "devices in use or not seen") == total, path
        assert headline(page, "made by a listed manufacturer") == counts["listed"], path
        assert headline(page, "manufacturer unknown or not determined") == counts["unknown"], path
        assert apart in words(page), path
    listed = words(client.get("/devices", params=day).text)
    assert f"{total} devices · 4 rows" in listed
    assert f"{total} devices in use or not seen. {apart}" in listed
    compared = client.get("/api/v1/compare", params={"from": "2026-01-31", "to": DAY}).json()["counts"]
    after = {count["key"]: count["after"] for count in compared}
    assert {key: after[key] for key in ("total", "listed", "unknown")} == {
        key: counts[key] for key in ("total", "listed", "unknown")
    }
    actor = Actor(date.fromisoformat(DAY), "test", web_tools.AT)
    report = make_register_overview(
        served.store, DeviceFilter(date.fromisoformat(DAY), organisation=TOWN), actor
    )
    assert (report.device_count, report.listed_count) == (total, counts["listed"])


def test_links_keep_the_date_of_the_page(served: Served) -> None:
    client = served.client("editor of one")
    page = client.get("/", params={"as-of": DAY}).text
    main = page.partition('id="main"')[2].partition("<footer")[0]
    links = {link for link in re.findall(r'href="(/[^"]*)"', main) if link.startswith(("/devices", "/plans"))}
    assert links
    assert {link for link in links if f"as-of={DAY}" not in link} == set()
