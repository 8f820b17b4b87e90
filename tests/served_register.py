"""Two organisations with equipment in a served store, for tests of the pages and of the interface."""

import csv
import io
import time
from datetime import date
from pathlib import Path
from typing import Any

import web_tools
from starlette.testclient import TestClient
from web_tools import Served

from overzicht.evidence.actor import Actor
from overzicht.subjects.register import organisations, statements
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.organisations import NewOrganisation

TOWN, OTHER = web_tools.ONE, "waterschap-b"
DAY = date(2026, 2, 1)
LATER = date(2026, 3, 1)
HEADER = ("Nummer", "Merk", "Model", "MAC", "Locatie", "Ruimte", "Aantal")
ROWS = (
    ("C-1", "Hikvision", "DS-2CD2143G2-I", "44:19:B6:00:00:01", "Stadhuis", "hal", ""),
    ("C-2", "Axis", "P3245-LV", "AC:CC:8E:00:00:02", "Stadhuis", "kelder", ""),
    ("C-3", "Annke", "C800", "C0:56:E3:00:00:03", "Zwembad", "balie", ""),
    ("", "Dahua", "IPC-HDW2831T-AS-S2", "", "Zwembad", "dak", "4"),
    ("C-5", "onbekend", "", "", "Zwembad", "berging", ""),
)
SECRET = "Geheimgemaal"  # noqa: S105 - the mark of all that the other organisation has
SECRET_ROWS = (
    (f"{SECRET}-1", "Hikvision", "DS-2CD2143G2-I", "44:19:B6:00:00:91", f"{SECRET} noord", "hal", ""),
    (f"{SECRET}-2", "Bosch", "NDE-5503-A", "00:07:5F:00:00:92", f"{SECRET} zuid", "dak", ""),
)
SAID = (
    "public_body,country,maker_named,quantity,device_kind,use_or_place,status,source_address,source_date\n"
    "Gemeente A,NL,Hikvision,120,camera,,in use,https://raad.example/12,2025-11\n"
    "Gemeente A,NL,Hikvision,at least 140,camera,,in use,https://courant.example/cameras,2025-11\n"
    f"Waterschap B,NL,Hikvision,7,camera,{SECRET},in use,https://waterschap.example/7,2025-12\n"
)


def act(day: date = DAY) -> Actor:
    """Return an act of the tests."""
    return Actor(day, "test", web_tools.AT)


def table(rows: Any = ROWS) -> str:
    """Return rows as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue()


def fill(served: Served, folder: Path) -> None:
    """Give a service two organisations with their equipment and what was said of it."""
    for organisation_id, name in ((TOWN, "Gemeente A"), (OTHER, "Waterschap B")):
        new = NewOrganisation(name, id=organisation_id)
        organisations.add_organisation(served.store, new, act(date(2025, 1, 1)))
    for owner, rows in ((TOWN, ROWS), (OTHER, SECRET_ROWS)):
        take(served, folder / f"{owner}.csv", table(rows), owner)
    said = folder / "said.csv"
    said.write_text(SAID, encoding="utf-8")
    statements.store_statements(served.store, said, act(LATER))
    refresh_listings(served.store, DAY, act())


def take(
    served: Served, path: Path, text: str, owner: str, *, accept: bool = True, actor: Actor | None = None,
    is_whole: bool | None = None,
) -> int:  # fmt: skip
    """Import an inventory and return the number of the import."""
    path.write_text(text, encoding="utf-8")
    actor = actor or act()
    number = importing.preview_import(
        served.store, path, ImportChoices(owner, is_whole=is_whole), actor
    ).import_.id
    if accept:
        importing.accept_import(served.store, number, actor)
    return number


def ids(client: TestClient, **query: str) -> dict[str, str]:
    """Return the devices that a client sees: label (else model) to id."""
    found = client.get("/api/v1/devices", params={"size": "200", "life": "all", **query}).json()
    return {each["label"] or each["model"]: each["id"] for each in found["items"]}


def finished(client: TestClient, job: dict[str, Any], seconds: float = 30) -> dict[str, Any]:
    """Return a job once it is over; AssertionError when it takes too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        now: dict[str, Any] = client.get(f"/api/v1/jobs/{job['id']}").json()
        if now["state"] not in {"waiting", "running"}:
            return now
        time.sleep(0.05)
    raise AssertionError(f"job {job['id']} takes longer than {seconds} s")
