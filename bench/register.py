"""A register of many devices: seconds and memory to import it, import it again, and to answer for it.

Usage: python bench/register.py [devices, default 100000]
"""

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.store.register.devices import DeviceFilter, Page
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.workflows.starter import ensure_starter

PRODUCTS = (
    ("Hikvision", "DS-2CD2143G2-I", "44:19:B6"), ("Dahua", "IPC-HDW2831T-AS-S2", "3C:EF:8C"),
    ("Axis", "P3245-LV", "AC:CC:8E"), ("Hanwha", "QNV-7080R", "00:09:18"),
    ("Bosch", "NDE-5503-A", "00:07:5F"), ("Annke", "C800", "C0:56:E3"),
    ("ABUS", "IPCB42501", "00:00:00"),
    ("Eagle Eye", "DB07", "00:11:22"),
    ("LTS", "CMIP1042", "44:19:B6"), ("Uniview", "IPC2124LR3-PF40M-D", "48:EA:63"),
)  # fmt: skip
HEADER = (
    "Cameranummer", "Merk", "Model", "MAC", "Serienummer", "IP", "Locatie", "Ruimte", "Aanschafdatum",
    "Opmerking",
)  # fmt: skip
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
T = TypeVar("T")


def write_inventory(path: Path, count: int) -> None:
    chance = random.Random(7)  # noqa: S311 - a fixed choice, no secret
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        for n in range(count):
            brand, model, block = PRODUCTS[chance.randrange(len(PRODUCTS))]
            address = ":".join(f"{byte:02X}" for byte in n.to_bytes(3, "big"))
            rows.writerow((
                f"CAM-{n:06}", brand, model, f"{block}:{address}", f"SN{n:09}X",
                f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}", f"Gebouw {n % 700}",
                f"ruimte {n % 37}.{n % 11}",
                f"20{10 + n % 14}-0{1 + n % 9}-1{n % 10}", f"gezien door wijkteam {n % 5000}",
            ))  # fmt: skip


def timed(what: str, call: Callable[[], T]) -> T:
    started = time.perf_counter()
    result = call()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:42} {seconds:8.2f} s   peak so far {peak:5} MB", flush=True)
    return result


def main(count: int) -> None:
    first, again = (Actor(date(2026, month, 1), "bench", AT) for month in (2, 3))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.csv"
        write_inventory(path, count)
        store = Store.open(Path(folder) / "home")
        ensure_starter(store, actor="bench", at=AT)
        organisations.add_organisation(store, NewOrganisation("Bench", id="bench"), first)
        choices = ImportChoices("bench", again=True)
        for act, name in ((first, "first import"), (again, "the same again")):
            view = timed(
                f"{name}: preview", lambda act=act: importing.preview_import(store, path, choices, act)
            )
            timed(
                f"{name}: accept", lambda act=act, n=view.import_.id: importing.accept_import(store, n, act)
            )
            print(f"  {dict(view.counts)}")
        day = date(2026, 3, 2)
        timed("ask the lists about the makers, once", lambda: refresh_listings(store, day, again))
        devices_in_use = DeviceFilter(day)
        timed("counts", lambda: devices.counts(store, devices_in_use))
        page = timed("first page", lambda: devices.list_devices(store, devices_in_use))
        timed("page 1000", lambda: devices.list_devices(store, devices_in_use, Page(1000)))
        timed("listed makers only", lambda: devices.list_devices(store, DeviceFilter(day, listed=True)))
        timed("search of words", lambda: devices.list_devices(store, DeviceFilter(day, text="hik gebouw")))
        timed("one device", lambda: devices.show_device(store, page.rows[0].id, day))
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
