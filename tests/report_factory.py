"""An invented overview with every feature of the model; no party, number or place in it is real.

`small_report()` fits in a gold file; `large_report()` has more devices than a screen, hostile strings, long
and Chinese names, unknown shares, and lists that could not tell.
"""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from overzicht.dates import DateBasis, LegalDate
from overzicht.devices import DeviceKind
from overzicht.devices.vulnerabilities.affected_products import DeviceVulnerability, Grade
from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, Text, in_both, text
from overzicht.evidence.account import RecordAccount
from overzicht.reports import interface
from overzicht.reports.i18n import Language
from overzicht.reports.interface import Format
from overzicht.reports.overview_report import (
    CheckRow,
    DeviceRow,
    InputFile,
    ListingRow,
    ListStatus,
    MakerRow,
    OverviewReport,
    OwnershipEdge,
    PlaceRow,
    RegimeRow,
    RowProblem,
    VulnerabilityRow,
)

Row = tuple[str, str, str, int, LegalDate | None, LegalDate | None]
AS_OF = date(2026, 11, 20)
MARKUP = '<script>alert("x")</script> & <b>Noord</b>'
FORMULA = '=HYPERLINK("http://evil.example";"click")'
LONG = "Noordoostelijk Samenwerkingsverband Verkeersregeltechniek en Openbare-Ruimtebeheer Hoofdpost"
CHINESE = "虚构视频技术股份有限公司"
ESCAPE = "\x1b[31mred\x07"

PARTIES = {
    "morgenster": ("Morgenster Vision", "cn"),
    "zhulian": (f"Zhulian Imaging {CHINESE}", "cn"),
    "fjordcam": ("Fjordcam AS", "no"),
    "helio": ("Helio Optik GmbH", "de"),
    "quellwerk": ("Quellwerk Sicherheitstechnik und Gebäudeautomation Vertriebsgesellschaft mbH", "de"),
    "pinecrest": ("Pinecrest Recorders, Inc.", "us"),
    "saffron": ("Saffron & Sons <Thermal>", "gb"),
    "duinlicht": ("Duinlicht Techniek", "nl"),
}
BRANDS = {"morgenster": ("Morgenster", "SafeNest", "Alibaster"), "zhulian": ("Zhulian", "KlikOog")}
SHARES = (0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 0, 7, 2)  # positions in PARTIES
SITES = ("Stadhuis", "Parkeergarage De Kei", "Sportpark", "Gemaal Oost", LONG, MARKUP, "Brug 12", "")


def cite(source: str, place: str, **changes: Any) -> Citation:
    base = Citation(
        source=source,
        title=f"Invented source {source}",
        place=place,
        address=f"https://{source}.example/list?id=1&lang=nl",
        snapshot=hashlib.sha256(source.encode()).hexdigest(),
        published=date(2026, 11, 1),
        retrieved=date(2026, 11, 15),
    )
    return replace(base, **changes)


LISTS = (
    ("eu-made-up", "EU consolidated list (made up)", "EU-lijst (verzonnen)", "full", Answer.FOUND, True),
    ("un-made-up", "UN list (made up)", "VN-lijst (verzonnen)", "incomplete", Answer.FOUND, True),
    ("nl-made-up", "Dutch national list (made up)", "Nationale lijst (verzonnen)", "none",
     Answer.NOT_CHECKED, True),
    ("us-made-up", "US Entity List (made up)", "Amerikaanse Entity List (verzonnen)", "starter",
     Answer.FOUND, False),
    ("us-ban", "US procurement ban (made up)", "Amerikaans inkoopverbod (verzonnen)", "full",
     Answer.FOUND, False),
    ("uk-made-up", "UK list (made up)", "Britse lijst (verzonnen)", "full", Answer.COULD_NOT_READ, False),
)  # fmt: skip
NOTES = {
    "full": text("the list of {day} was searched", day=date(2026, 11, 1)),
    "incomplete": text("the loaded version is incomplete"),
    "starter": text("only the facts that ship with the product were searched"),
    "none": text("no version is loaded"),
}
EFFECTS = {
    True: ("Funds are frozen and may not be made available.",
           "Tegoeden zijn bevroren en er mogen geen middelen ter beschikking komen."),
    False: ("Exports of American goods to the party need a licence.",
            "Uitvoer van Amerikaanse goederen naar de partij vereist een vergunning."),
}  # fmt: skip


def lists() -> tuple[ListStatus, ...]:
    return tuple(
        ListStatus(
            list_id=list_id,
            title=in_both(en=title, nl=title_nl),
            basis=basis,
            answer=answer,
            note=NOTES[basis],
            published=None if basis == "none" else date(2026, 11, 1),
            records=0 if basis == "none" else 12_345,
            is_official=basis != "starter",
            binds_reader=binds,
            effect=in_both(en=EFFECTS[binds][0], nl=EFFECTS[binds][1]),
        )
        for list_id, title, title_nl, basis, answer, binds in LISTS
    )


def listings() -> tuple[ListingRow, ...]:
    rows = (
        ("morgenster", "morgenster", "maker", 3, LegalDate(date(2019, 10, 9)), None),
        ("morgenster", "morgenster", "maker", 4, LegalDate(date(2022, 11, 25)), None),
        ("morgenster", "hemel", "owner", 3,
         LegalDate(date(2020, 6, 12), DateBasis.NOT_LATER_THAN, "date of the file"), None),
        ("zhulian", "zhulian", "maker", 4,
         LegalDate(date(2021, 3, 12), DateBasis.DERIVED, "date of the act"), None),
        ("zhulian", "zhulian", "maker", 3, None, LegalDate(date(2024, 2, 1))),
    )  # fmt: skip
    return tuple(_listing(number, row) for number, row in enumerate(rows, start=1))


def _listing(number: int, row: Row) -> ListingRow:
    maker, party, relation, of_list, since, until = row
    list_id, title, title_nl, *_ = LISTS[of_list]
    name = PARTIES[party][0] if party in PARTIES else "Hemel Holding Group"
    return ListingRow(
        id=f"listing-{number}", maker_id=maker, party_id=party, party_name=name, relation=relation,
        list_id=list_id, list_title=in_both(en=title, nl=title_nl), entry_name=f"{name.upper()} CO., LTD.",
        measure="Entity List" if of_list == 3 else "Procurement ban", programme="MADE-UP",
        since=since, until=until, is_current=until is None, act=f"86 FR {1000 + number}",
        act_address=f"https://register.example/doc/{number}" if number != 3 else "javascript:alert(1)",
        effect=in_both(en=EFFECTS[False][0], nl=EFFECTS[False][1]), binds_reader=False,
        confidence=Confidence.HIGH if relation == "maker" else Confidence.MEDIUM,
        reasons=(
            Reason(text("the registration number {number} is the same", number="91330000X"), Confidence.HIGH,
                   (cite(list_id, f"row {number}"),)),
            Reason(text("the address differs"), Confidence.LOW, (), against=True),
        ),
        citation=cite(list_id, f"row {number}", official=of_list != 3),
    )  # fmt: skip


def checks() -> tuple[CheckRow, ...]:
    found = {(row.party_id, row.list_id) for row in listings() if row.is_current}
    parties = {**{key: name for key, (name, _) in PARTIES.items()}, "hemel": "Hemel Holding Group"}
    rows = []
    for party, name in parties.items():
        for entry in lists():
            answer = entry.answer
            if answer in (Answer.FOUND, Answer.NOT_FOUND):
                answer = Answer.FOUND if (party, entry.list_id) in found else Answer.NOT_FOUND
            rows.append(CheckRow(party, name, entry.list_id, answer, entry.note))
    return tuple(rows)


def ownership() -> tuple[OwnershipEdge, ...]:
    rows = (
        ("hemel", "Hemel Holding Group", "morgenster", 36.08, 36.08, "controlling shareholder", True),
        ("staat", "Invented Ministry of Works", "hemel", 100.0, 100.0, "ultimate parent", False),
        ("fonds", "Pension Fund <Example> \\n Trust", "morgenster", 5.0, 10.0, "shareholder", False),
        ("oprichter", "An invented founder", "zhulian", None, None, "shareholder", False),
        ("fonds", "Pension Fund <Example> \\n Trust", "zhulian", 2.5, 2.5, "shareholder", False),
        ("nord", "Nordlys Industrier ASA", "fjordcam", 100.0, 100.0, "parent", False),
    )
    return tuple(
        OwnershipEdge(
            owner_id=owner, owner_name=name,
            asset_id=asset, asset_name=PARTIES[asset][0] if asset in PARTIES else "Hemel Holding Group",
            min_percent=low, max_percent=high, relation=relation, since="2019", until="",
            note="blank in the version of 2026" if low is None else "", owner_is_listed=listed,
            citation=cite("annual-report", f"page {number}", official=False, snapshot=""),
        )
        for number, (owner, name, asset, low, high, relation, listed) in enumerate(rows, start=11)
    )  # fmt: skip


def devices(count: int) -> tuple[DeviceRow, ...]:
    return tuple(_device(number) for number in range(1, count + 1))


def _device(number: int) -> DeviceRow:
    makers = tuple(PARTIES)
    is_unknown = number % 9 == 0
    maker = "" if is_unknown else makers[SHARES[number * 5 % len(SHARES)]]
    own = BRANDS.get(maker, (PARTIES[maker][0] if maker else "",))
    brand = own[number % len(own)] if maker else ("Undecidia" if number % 2 else "")
    confidence = (Confidence.HIGH, Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)[number % 4]
    mac = f"02:00:5E:00:{number // 256:02X}:{number % 256:02X}"
    traces = (
        Reason(text("the brand on the box is {brand}", brand=brand or "—"), confidence,
               (cite("maker-card", f"brand {brand}", snapshot="", official=False),)),
        Reason(text("model {model} fits the maker's own numbering", model=f"DS-2CD{2000 + number}"),
               Confidence.MEDIUM, (cite("model-card", "rule 3", snapshot="", complete=False),)),
    )  # fmt: skip
    against = Reason(
        text("the MAC block is registered to {name}", name="Chipwerk Ltd"), Confidence.LOW, (), True
    )
    kinds = tuple(DeviceKind)
    return DeviceRow(
        id=f"device-{number:04}", label={2: FORMULA, 3: ESCAPE}.get(number, f"CAM-{number:04}"),
        organisation="Gemeente Waterbuiten", site=SITES[number * 7 % len(SITES)],
        place=("Entree", "Hal B", MARKUP, "", "@roof")[number % 5], address=f"192.0.2.{number % 254 + 1}",
        brand=brand, model=f"DS-2CD{2000 + number}-I", mac=mac if number % 3 else "",
        kind=kinds[number % 5 if number % 13 else number % len(kinds)],
        product_line="Pro" if number % 4 else "",
        quantity=4 if number % 50 == 0 else 1, bought=date(2016, 1, 1) + timedelta(days=number * 11),
        status=("in use", "spare", "")[number % 3], maker_id=maker,
        maker_name=PARTIES[maker][0] if maker else "",
        undecided=("Morgenster Vision", PARTIES["zhulian"][0]) if is_unknown and number % 2 else (),
        confidence=confidence if maker else Confidence.NONE,
        is_relabelled=bool(maker) and brand not in (own[0], ""),
        maker_is_listed=maker in ("morgenster", "zhulian"),
        reasons=traces[: 2 if maker else 1] + ((against,) if number % 6 == 0 else ()),
        conflicts=(text("the banner names {other}", other="Fjordcam <AS>"),) if number % 17 == 0 else (),
        citations=(cite("inventory", f"row {number + 1}", address=""),),
        firmware=FIRMWARES[number % 4], vulnerabilities=VULNERABLE.get(number % 8, ()),
    )  # fmt: skip


FIRMWARES = ("", "V5.3.0 build 150513", "V5.6.2build 190701", MARKUP)
VULNERABLE = {
    1: (
        DeviceVulnerability("CVE-2099-10001", Grade.FIRMWARE, "vulnerability-1"),
        DeviceVulnerability("CVE-2099-10002", Grade.KIND, "vulnerability-2"),
    ),
    4: (DeviceVulnerability("CVE-2099-10002", Grade.KIND, "vulnerability-2"),),
}


def vulnerabilities() -> tuple[VulnerabilityRow, ...]:
    """Return an invented vulnerability of each grade."""
    facts = (
        (
            "CVE-2099-10001",
            Grade.FIRMWARE,
            "Morgenster Multiple Products",
            date(2026, 3, 5),
            date(2026, 3, 26),
        ),
        ("CVE-2099-10002", Grade.KIND, MARKUP, date(2022, 1, 10), None),
    )
    return tuple(
        VulnerabilityRow(
            id=f"vulnerability-{number}", cve=cve, grade=grade, title=title, list_id="us-cisa-kev",
            list_title=in_both(en="Known exploited vulnerabilities", nl="Bekend misbruik"),
            since=LegalDate(since), due=due,
            effect=in_both(en="It binds American agencies.", nl="Het bindt Amerikaanse diensten."),
            binds_reader=False,
            reasons=(Reason(text("firmware {firmware} is in the affected range: {range}",
                                 firmware="V5.3.0 build 150513", range="<= 5.4.0 build 160530"),
                            Confidence.HIGH, (cite("us-cisa-kev", cve),)),),
            citation=cite("us-cisa-kev", cve),
        )
        for number, (cve, grade, title, since, due) in enumerate(facts, start=1)
    )  # fmt: skip


def vulnerability_list() -> ListStatus:
    """Return the state of the catalogue of vulnerabilities."""
    title = in_both(en="Known exploited vulnerabilities", nl="Bekend misbruik")
    return ListStatus(
        "us-cisa-kev", title, "full", Answer.FOUND,
        text("shown by the version of {day}", day=date(2026, 11, 18)), date(2026, 11, 18), 1_662, True, False,
        in_both(en="It binds American agencies.", nl="Het bindt Amerikaanse diensten."),
    )  # fmt: skip


def makers(rows: tuple[DeviceRow, ...]) -> tuple[MakerRow, ...]:
    listed, owned = {"morgenster", "zhulian"}, {"morgenster"}
    found = []
    for maker_id, (name, country) in PARTIES.items():
        mine = [row for row in rows if row.maker_id == maker_id]
        if not mine:
            continue
        relabelled = sum(row.quantity for row in mine if row.is_relabelled)
        total = sum(row.quantity for row in mine)
        reply = maker_id == "morgenster"
        found.append(
            MakerRow(
                maker_id, name, country, total, total - relabelled, relabelled,
                _count(mine, "brand"), _count(mine, "kind"), _count(mine, "confidence"),
                maker_id in listed, maker_id in owned,
                "Says that it sells to distributors and does not know the final users." if reply else "",
                cite("company-site", "statement of 3 May 2021", snapshot="") if reply else None,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (-row.devices, row.name)))


def _count(rows: list[DeviceRow], field: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        key = str(getattr(row, field))
        counts[key] = counts.get(key, 0) + row.quantity
    return counts


def places(rows: tuple[DeviceRow, ...]) -> tuple[PlaceRow, ...]:
    found = []
    for site in dict.fromkeys(row.site for row in rows):
        here = [row for row in rows if row.site == site]
        listed = sum(row.quantity for row in here if row.maker_is_listed)
        unknown = sum(row.quantity for row in here if not row.maker_id)
        found.append(
            PlaceRow(site, sum(row.quantity for row in here), _count(here, "maker_id"), listed, unknown)
        )
    return tuple(sorted(found, key=lambda row: (-row.devices, row.site)))


def report(count: int) -> OverviewReport:
    rows = devices(count)
    problems = (
        RowProblem("row 14", text("“{value}” is not a date", value="31-02-2019")),
        RowProblem("row 88", text("“{value}” is not a network address", value=FORMULA)),
    )
    source = "inventory"
    return OverviewReport(
        run_id="run-2026-0007", version="0.1.0", as_of=AS_OF,
        inputs=(
            InputFile("camera's Waterbuiten (def) <2>.xlsx", hashlib.sha256(source.encode()).hexdigest(),
                      "table", RecordAccount(count + 2, count, 2), count, problems,
                      {"Merk": "brand", "Type": "model", "Plaats": "site", "=Opmerking": ""}),
            InputFile("scan.xml", hashlib.sha256(b"scan").hexdigest(), "nmap", RecordAccount(0, 0), 0),
        ),
        lists=lists(), conclusions=_conclusions(rows), makers=makers(rows), places=places(rows), devices=rows,
        listings=listings(), checks=checks(), ownership=ownership(), regimes=_regimes(),
        unknowns=(
            text("the maker of {count} devices is unknown",
                 count=sum(r.quantity for r in rows if not r.maker_id)),
            text("the share of {owner} in {asset} is not published", owner="An invented founder",
                 asset=PARTIES["zhulian"][0]),
        ),
        findings=(_finding(),), citations=(cite("report-only", "whole document"),),
        vulnerabilities=vulnerabilities(), vulnerability_lists=(vulnerability_list(),),
    )  # fmt: skip


def _conclusions(rows: tuple[DeviceRow, ...]) -> tuple[Text, ...]:
    listed = sum(row.quantity for row in rows if row.maker_is_listed)
    return (
        text("{count} of the {total} devices are made by a party on an official list.", count=listed,
             total=sum(row.quantity for row in rows)),
        text("No list that binds a Dutch public body names a maker that was found."),
        text("The brand {brand} hides the maker {maker}.", brand="SafeNest", maker="Morgenster Vision"),
    )  # fmt: skip


def _regimes() -> tuple[RegimeRow, ...]:
    return (
        RegimeRow("morgenster", "EU", "not owned",
                  text("{owner} holds {share}%, not more than half", owner="Hemel Holding Group",
                       share=36.08),
                  cite("eu-guidance", "point 62", snapshot=""),
                  (Reason(text("the share stands in the annual report"),
                          citations=(cite("annual-report", "page 11", official=False, snapshot=""),)),)),
        RegimeRow("morgenster", "BIS", "not in force", text("the rule is suspended until {day}",
                  day=date(2026, 11, 9)), cite("bis-rule", "part 744", snapshot="")),
        RegimeRow("zhulian", "OFAC", "cannot rule out", text("the share of one owner is unknown"),
                  cite("ofac-faq", "401", snapshot="")),
    )  # fmt: skip


def _finding() -> Finding:
    return Finding(
        "finding-1", FindingKind.LISTING, "morgenster", Answer.FOUND,
        text("{party} stands on {list}", party="Morgenster Vision", list="US Entity List (made up)"), AS_OF,
        Confidence.HIGH, "us-made-up-1",
        (Reason(text("the name is the same"), Confidence.HIGH,
                (cite("us-made-up", "row 1", official=False),)),),
    )  # fmt: skip


def with_traces(made: OverviewReport) -> OverviewReport:
    """Return a report whose devices also have serial numbers, firmware and places on the map."""
    devices = tuple(
        replace(
            device, serial=f"SN{number:06}X", ip=device.address, firmware=f"V5.7.{number}",
            latitude=52.0 + number / 97, longitude=4.3 - number / 89,
        )
        for number, device in enumerate(made.devices, start=1)
    )  # fmt: skip
    return replace(made, devices=devices)


def small_report() -> OverviewReport:
    """Return a report of twelve devices."""
    return report(12)


def large_report() -> OverviewReport:
    """Return a report of 270 rows of devices."""
    return report(270)


def empty_report() -> OverviewReport:
    """Return a report of an inventory in which nothing was found, with no list loaded."""
    return OverviewReport(
        run_id="run-0", version="0.1.0", as_of=AS_OF,
        inputs=(InputFile("leeg.csv", "0" * 64, "table", RecordAccount(0, 0), 0),),
        lists=(), conclusions=(), makers=(), places=(), devices=(), listings=(), checks=(), ownership=(),
        regimes=(), unknowns=(), findings=(), citations=(),
    )  # fmt: skip


def render(report: OverviewReport, *, lang: Language | str, format: Format | str) -> bytes:  # noqa: A002
    """Return the report in a format as bytes, as a file of it is written."""
    rendered = interface.render(report, Format(format), Language(lang))
    pieces = (rendered,) if isinstance(rendered, str | bytes) else rendered
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
