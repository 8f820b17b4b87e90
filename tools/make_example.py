"""Make the example inventory of a fictional municipality: a dirty workbook and a network scan.

Run `python tools/make_example.py`; needs xlsxwriter. The output is the same bytes each time.
"""

import random
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import xlsxwriter
import yaml

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "examples" / "gemeente-voorbeeldstad"
SEED = 20210413
MADE = datetime(2023, 5, 24)  # noqa: DTZ001 - a property of the workbook, without zone by its format
SCAN_START = 1684915200  # 2023-05-24 08:00 UTC
MAIN_HEADER = ["Nr.", "Locatie", "Ruimte / plek", "Soort", "Merk", "Type", "Serienummer", "MAC-adres",
               "IP-adres", "Aanschaf", "Aantal", "Status", "Afdeling", "Opmerkingen",
               "Kostenplaats"]  # fmt: skip
ACCESS_HEADER = ["Gebouw", "Plek", "Fabrikant", "Typenummer", "Categorie", "MAC", "IP-nummer",
                 "In gebruik sinds", "St.", "Bijzonderheden"]  # fmt: skip
PARKING_HEADER = ["Asset ID", "Site", "Manufacturer", "Model no.", "Serial number", "IP address", "Installed",
                  "Qty", "Remarks", "Latitude", "Longitude"]  # fmt: skip


@dataclass
class Device:
    """One device of the municipality, as it is; the sheet may say it wrongly."""

    product: str
    site: str
    place: str
    brand: str
    model: str
    kind: str
    mac: str
    address: str
    serial: str
    bought: date
    ports: str
    remark: str = ""
    quantity: int = 1
    wrong: dict[str, Any] = field(default_factory=dict)


class Maker:
    """Draws devices from the catalogue, always the same ones."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.random = random.Random(SEED)  # noqa: S311 - repeatable on purpose, nothing is secret here
        self._hosts = (f"{net}.{n}" for net in ("192.0.2", "198.51.100") for n in range(10, 250))

    def mac(self, block: str) -> str:
        """Return an address in the block with an invented tail."""
        return f"{block}:{':'.join(f'{self.random.randrange(256):02X}' for _ in range(3))}"

    def address(self) -> str:
        """Return the next address of the documentation ranges."""
        return next(self._hosts)

    def devices(self, sites: dict[str, list[list[Any]]]) -> list[Device]:
        """Return the devices of the sites, in order."""
        return [
            self._device(name, site)
            for site, entries in sites.items()
            for name, count in entries
            for _ in range(count)
        ]

    def _device(self, name: str, site: str) -> Device:
        product, draw = self.facts["products"][name], self.random
        block = product["block"]
        mac = self.mac(block) if block else ""
        year = product.get("year") or draw.randrange(2016, 2024)
        return Device(
            name,
            site,
            draw.choice(self.facts["places"]),
            draw.choice(product["spellings"]),
            draw.choice(product["models"]),
            product["kind"],
            mac,
            self.address() if block and draw.random() < 0.85 else "",
            self._serial(product["serial"], mac),
            date(year, draw.randrange(1, 13) if year < 2023 else draw.randrange(1, 5), draw.randrange(1, 29)),
            product["ports"],
            draw.choice(self.facts["remarks"]),
        )

    def _serial(self, form: str, mac: str) -> str:
        digits = f"{self.random.randrange(10**9):09d}"
        forms = {
            "": "", "MAC": mac.replace(":", ""), "DS": f"VB{digits}", "DH": f"9X{digits[:7]}PAZ",
            "U": f"210235VB{digits}", "T": f"TVB{digits}", "X": f"VBX{digits[:6]}", "N": digits,
        }  # fmt: skip
        return forms[form]


def mac_as_written(mac: str, number: int) -> str:
    """Return the address in one of the notations that people use."""
    bare = mac.replace(":", "")
    forms = (mac, mac.replace(":", "-"), mac.lower(), bare, f"{bare[:4]}.{bare[4:8]}.{bare[8:]}".lower())
    return forms[number % 5] if mac else ("", "n.v.t.")[number % 2]


def bought_as_written(day: date, number: int) -> date | str | int:
    """Return the day in one of the forms that people use; a third are real dates of the spreadsheet."""
    months = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    forms: tuple[date | str | int, ...] = (
        day, day, day.strftime("%d-%m-%Y"), day.year, f"{months[day.month - 1]} {day.year}", str(day.year),
        f"{day.day}/{day.month}/{day.year % 100:02d}", day, "",
    )  # fmt: skip
    return forms[number % len(forms)]


def spoil(devices: list[Device]) -> None:
    """Write some cells wrongly, as people did."""
    wrongs: list[tuple[int, str, Any]] = [
        (8, "mac", "AC:CC:8E:1G:22:31"), (17, "mac", "zie sticker"), (33, "bought", "31-02-2020"),
        (47, "quantity", "veel"), (61, "address", "192.0.2.999"), (74, "bought", "voorjaar 2018"),
        (88, "quantity", "ca. 4"), (103, "mac", "44:19:B6:0A:12"), (119, "bought", "12-03-2202"),
        (140, "quantity", 0), (151, "address", "DHCP"), (166, "mac", "00:00"), (172, "quantity", "2 stuks"),
    ]  # fmt: skip
    for number, name, value in wrongs:
        devices[number].wrong[name] = value
    for number in (29, 90):  # a row that stands for several cameras
        devices[number].quantity = 3


def write_workbook(path: Path, tables: tuple[list[Device], ...], facts: dict[str, Any]) -> None:
    """Write the workbook: a sheet of explanation and a table for each of `main`, `access`, `parking`."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "Apparatuur Gemeente Voorbeeldstad (verzonnen)", "created": MADE})
    formats = {
        "bold": book.add_format({"bold": True}),
        "title": book.add_format({"bold": True, "font_size": 16}),
        "date": book.add_format({"num_format": "dd-mm-yyyy"}),
        "merged": book.add_format({"valign": "top", "bold": True}),
    }
    _write_explanation(book, formats)
    main, access, parking = tables
    _write_main(book, main, formats, facts)
    _write_access(book, access, formats)
    _write_parking(book, parking, formats)
    book.close()


def _write_explanation(book: Any, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Toelichting")
    for row, line in enumerate((
        "Gemeente Voorbeeldstad: overzicht apparatuur", "",
        "Deze gemeente bestaat niet. Alle gegevens zijn verzonnen voor een voorbeeld.",
        "Bijgehouden door Facilitair; aanvullingen graag doorgeven. Niet alle locaties zijn nagelopen.",
        "Kleuren hebben geen betekenis meer.",
    )):  # fmt: skip
        sheet.write(row, 0, line, formats["bold"] if row == 0 else None)


def _cell(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if isinstance(value, date):
        when = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a cell knows no zone
        sheet.write_datetime(row, column, when, formats["date"])
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def _row(sheet: Any, row: int, values: list[Any], formats: dict[str, Any]) -> None:
    for column, value in enumerate(values):
        if value != "":
            _cell(sheet, row, column, value, formats)


def _write_main(book: Any, devices: list[Device], formats: dict[str, Any], facts: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Camera's")
    sheet.merge_range(0, 0, 0, 14, "Gemeente Voorbeeldstad", formats["title"])
    sheet.merge_range(1, 0, 1, 14, "Camera's en toebehoren, stand mei 2023 (concept, niet volledig!)")
    for first, last, name in ((0, 2, "Plaats"), (3, 6, "Apparaat"), (7, 8, "Netwerk"), (9, 14, "Beheer")):
        sheet.merge_range(3, first, 3, last, name, formats["bold"])
    sheet.write_row(4, 0, MAIN_HEADER, formats["bold"])
    row, number = 5, 0
    for index, site in enumerate(facts["sites"]):
        on_site = [device for device in devices if device.site == site]
        if index == 6:  # somebody printed the sheet on two pages
            row += 1
            sheet.write_row(row, 0, MAIN_HEADER, formats["bold"])
            row += 1
        if index in {3, 9}:
            sheet.write_string(row, 0, "LET OP: hieronder nog navragen bij beheerder")
            row += 1
        first = row
        for device in on_site:
            number += 1
            _row(sheet, row, _main_values(device, number, facts), formats)
            row += 1
        sheet.merge_range(first, 1, row - 1, 1, site, formats["merged"])
        row += index % 2
    sheet.write_string(row + 1, 0, "Totaal", formats["bold"])
    sheet.write_formula(row + 1, 10, f"=SUM(K6:K{row})", None, number)


def _main_values(device: Device, number: int, facts: dict[str, Any]) -> list[Any]:
    wrong = device.wrong
    return [
        f"CAM-{number:03d}", "", device.place, device.kind if number % 7 else "", device.brand, device.model,
        device.serial, wrong.get("mac", mac_as_written(device.mac, number)),
        wrong.get("address", device.address),
        wrong.get("bought", bought_as_written(device.bought, number)),
        wrong.get("quantity", device.quantity if number % 4 else ""),
        facts["statuses"][number % len(facts["statuses"])],
        facts["departments"][number // 9 % len(facts["departments"])], device.remark, 6400 + number % 12,
    ]  # fmt: skip


def _write_access(book: Any, devices: list[Device], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Toegang en intercom")
    sheet.write_string(0, 0, "Toegangscontrole, intercoms en overig", formats["bold"])
    sheet.write_row(2, 0, ACCESS_HEADER, formats["bold"])
    for number, device in enumerate(devices):
        _row(sheet, 3 + number, [
            device.site, device.place, device.brand, device.model, device.kind,
            mac_as_written(device.mac, number), device.address,
            bought_as_written(device.bought, number + 1), 1, device.remark,
        ], formats)  # fmt: skip
    sheet.write_row(4 + len(devices), 0, ["Totaal aantal", "", "", "", "", "", "", "", len(devices)])


def _write_parking(book: Any, devices: list[Device], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("ANPR (installateur)")
    sheet.write_row(0, 0, PARKING_HEADER, formats["bold"])
    for number, device in enumerate(devices):
        _row(sheet, 1 + number, [
            f"ANPR{number + 1:02d}", device.site, device.brand, device.model, device.serial, device.address,
            device.bought, 1, device.remark, round(52.0 + number / 1000, 4), round(5.5 + number / 700, 4),
        ], formats)  # fmt: skip


def write_scan(path: Path, known: list[Device], maker: Maker) -> None:
    """Write the scan: a part of the sheet's devices, devices that the sheet lacks, and other equipment."""
    hosts = [(device.address, device.mac, device.ports, "") for device in known]
    hosts += [(maker.address(), maker.mac(b), ports, name) for b, ports, name in maker.facts["not_in_sheet"]]
    hosts.sort(key=lambda host: tuple(int(part) for part in host[0].split(".")))
    args = "nmap -sV -O --script default,http-auth,ssl-cert -oX netwerkscan.xml 192.0.2.0/24 198.51.100.0/24"
    start = f'start="{SCAN_START}" startstr="Wed May 24 08:00:00 2023"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!DOCTYPE nmaprun>",
        "<!-- Invented scan of a fictional municipality; addresses are of the documentation ranges -->",
        f'<nmaprun scanner="nmap" args="{args}" {start} version="7.93" xmloutputversion="1.05">',
        '<verbose level="0"/>',
        '<debugging level="0"/>',
    ]
    for host in hosts:
        lines += _host(host, maker.facts)
    count = len(hosts)
    summary = f"Nmap done; 512 IP addresses ({count} hosts up) scanned in 1847.02 seconds"
    finished = f'time="{SCAN_START + 1847}" timestr="Wed May 24 08:30:47 2023" elapsed="1847.02"'
    lines += [
        f'<runstats><finished {finished} summary="{summary}" exit="success"/>',
        f'<hosts up="{count}" down="{512 - count}" total="512"/>',
        "</runstats>",
        "</nmaprun>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _host(host: tuple[str, str, str, str], facts: dict[str, Any]) -> list[str]:
    address, mac, ports, name = host
    vendor = facts["vendors"].get(mac[:8], "")
    status = '<status state="up" reason="arp-response" reason_ttl="0"/>'
    lines = [
        f'<host starttime="{SCAN_START}" endtime="{SCAN_START + 1800}">{status}',
        f'<address addr="{address}" addrtype="ipv4"/>',
        f'<address addr="{mac}" addrtype="mac"{f" vendor={quoteattr(vendor)}" if vendor else ""}/>',
        "<hostnames>",
        *([f'<hostname name="{name}" type="PTR"/>'] if name else []),
        "</hostnames>",
        '<ports><extraports state="closed" count="990"/>',
    ]
    digits = mac.replace(":", "")
    lines += [_port(port, digits) for port in facts["services"][ports]]
    return [*lines, "</ports>", "</host>"]


def _port(port: list[Any], digits: str) -> str:
    number, service, product, version, extra, device_type, scripts = port
    tunnel = service == "https"
    fields = {"name": "http" if tunnel else service, "product": product, "version": version,
              "extrainfo": extra,
              "devicetype": device_type, "tunnel": "ssl" if tunnel else ""}  # fmt: skip
    shown = " ".join(f"{name}={quoteattr(value)}" for name, value in fields.items() if value)
    outputs = "".join(_script(name, output.format(mac=digits.lower())) for name, output in scripts.items())
    is_probed = bool(product or scripts)
    method = 'method="probed" conf="10"' if is_probed else 'method="table" conf="3"'
    return (
        f'<port protocol="tcp" portid="{number}"><state state="open" reason="syn-ack" reason_ttl="64"/>'
        f"<service {shown} {method}/>{outputs}</port>"
    )


def _script(name: str, output: str) -> str:
    return f"<script id={quoteattr(name)} output={quoteattr(output, {chr(10): '&#xa;'})}/>"


def make(target: Path) -> None:
    """Write both files into `target`."""
    facts = yaml.safe_load((HERE / "make_example.yml").read_text(encoding="utf-8"))
    maker = Maker(facts)
    main, access, parking = (maker.devices(facts[name]) for name in ("sites", "access", "parking"))
    spoil(main)
    parking += [device for device in main if device.product == "dahua-nvr"]  # on both sheets
    write_workbook(target / "apparatuur.xlsx", (main, access, parking), facts)
    answering = [device for device in [*main, *access, *parking] if device.address and device.mac]
    step = max(len(answering) // 36, 1)
    write_scan(target / "netwerkscan.xml", answering[::step], maker)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
