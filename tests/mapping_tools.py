"""Invented lists in many layouts, with the mapping of each and the parties that it must give."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from overzicht.sources.files import LocalFile
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.mapped.parse import read_mapping
from overzicht.sources.lists.mapped.party_reader import read_records
from overzicht.sources.lists.mapped.preview import PartyLine

LISTED, LATER = datetime(2012, 5, 3), datetime(2017, 1, 1)  # noqa: DTZ001 - cells of a workbook
HEAD = "id: invented\ntitle: Invented list\npublisher: Somebody\neffect: asset freeze\nbinds: nobody\n"


@dataclass(frozen=True, slots=True)
class Layout:
    """A file, its mapping without the header, and the wanted fields of each party in order."""

    filename: str
    content: bytes
    mapping: str
    parties: Sequence[dict[str, Any]]


def read_layout(layout: Layout, folder: Path) -> tuple[list[PartyLine], ReadReport]:
    """Return the parties of a file by its mapping, and the report."""
    path = folder / layout.filename
    path.write_bytes(layout.content)
    report = ReadReport()
    mapping = read_mapping(HEAD + layout.mapping, "invented.yml")
    lines = [PartyLine.of(party) for party, _ in read_records(LocalFile(path), mapping, report)]
    return lines, report


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Return a workbook with these sheets."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, day)
                elif cell not in (None, ""):
                    sheet.write(number, column, cell)
    book.close()
    return stream.getvalue()


def table(*rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return rows as delimited text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode(encoding)


def layouts() -> tuple[Layout, ...]:
    """Return the invented lists."""
    return (*_tables(), *_workbooks(), *_json(), *_xml())


def _tables() -> tuple[Layout, ...]:
    return (
        Layout(
            "rows-per-name.csv",
            b"Last Updated,27/06/2026\n"
            + table(
                (
                    "Name 6",
                    "Name 1",
                    "DOB",
                    "Nationality",
                    "Group Type",
                    "Alias Type",
                    "Listed On",
                    "Group ID",
                    "Passports",
                ),
                (
                    "SMITH",
                    "John",
                    "00/00/1980",
                    "(1) Iran. (2) Iraq.",
                    "Individual",
                    "Primary name",
                    "05/04/2013",
                    "1001",
                    "(1) A1 (2) B7",
                ),
                (
                    "SMYTH",
                    "Jon",
                    "00/00/1980",
                    "(1) Iran. (2) Iraq.",
                    "Individual",
                    "A.K.A.",
                    "05/04/2013",
                    "1001",
                    "(1) A1 (2) B7",
                ),
                ("ÉXAMPLE CORP", "", "", "", "Entity", "Primary name", "01/12/2011", "1002", ""),
                encoding="cp1252",
            ),
            """
published: {from: $title, match: "Last Updated (.*)"}
records: {group: Group ID}
fields:
  name: {from: "{Name 1} {Name 6}", where: Alias Type = Primary name}
  aliases: {from: "{Name 1} {Name 6}", where: Alias Type != Primary name}
  kind: Group Type
  birth: DOB
  listed: Listed On
  countries: {from: Nationality, split: enumeration}
  record_id: Group ID
numbers: {passport: {from: Passports, split: enumeration}}
""",
            (
                {
                    "name": "John SMITH",
                    "aliases": ("Jon SMYTH",),
                    "kind": "person",
                    "birth": ("1980",),
                    "listed": "2013-04-05",
                    "countries": ("ir", "iq"),
                    "ids": ("A1", "B7"),
                    "record_id": "1001",
                },
                {"name": "ÉXAMPLE CORP", "kind": "organisation", "listed": "2011-12-01"},
            ),
        ),
        Layout(
            "headings-between.csv",
            b"Order,Name,ID No,Passport,Born,Address,\nORDER 13/26\n"
            b",,,,,TRfns4QYsCvejhfeW6SttzEFtmyr1n2mkv,\n"
            b"ORDER 1/25,YUSUF EXAMPLE,2000712506,,37828,361738751,\n"
            b",-,,AH4003286,31034,717542567,\n",
            """
records: {ragged: yes, fill_down: Order, where: Address}
fields: {name: Name, birth: Born, programme: Order}
numbers:
  national id: ID No
  passport: Passport
  wallet: {from: Address, match: '^.*[a-z].*$'}
  account: {from: Address, match: '^\\d+$'}
""",
            (
                {"ids": ("TRfns4QYsCvejhfeW6SttzEFtmyr1n2mkv",), "programme": "ORDER 13/26"},
                {"name": "YUSUF EXAMPLE", "birth": ("2003-07-26",), "programme": "ORDER 1/25"},
                {"name": "", "ids": ("AH4003286", "717542567"), "birth": ("1984-12-18",)},
            ),
        ),
        Layout(
            "continued.csv",
            table(
                ("Company", "Acronym", "Since"),
                ("Hotel Uno", "", "2025-02-06"),
                ("also Hotel One", "", "2025-02-06"),
                ("Grupo Dos", "GD", "2025-02-06"),
            ),
            """
records: {continues: "Company ~ ^also "}
fields: {name: {from: Company, remove: "/^also /"}, aliases: Acronym, kind: organisation, listed: Since}
""",
            ({"name": "Hotel Uno", "aliases": ("Hotel One",)}, {"name": "Grupo Dos", "aliases": ("GD",)}),
        ),
        Layout(
            "wide.tsv",
            table(
                ("Sr. No.", "Name of Firm", "AKA 1", "AKA 2", "Debarred w.e.f.", "Debarred upto"),
                ("1", "Good Roads Ltd", "GR", "GoodRoads", "05/06/2023", "Permanent"),
                ("2", "Bad Bridges", "", "", "7-Aug-2023", "6-Aug-2025"),
                ("Total: 2 firms", "", "", "", "", ""),
                delimiter="\t",
            ),
            """
end: '/Total: (\\d+) firms/'
fields:
  name: Name of Firm
  aliases: [AKA 1, AKA 2]
  listed: Debarred w.e.f.
  last_day: Debarred upto
  record_id: Sr. No.
""",
            (
                {
                    "name": "Good Roads Ltd",
                    "aliases": ("GR", "GoodRoads"),
                    "listed": "2023-06-05",
                    "until": "",
                },
                {"name": "Bad Bridges", "listed": "2023-08-07", "until": "2025-08-06"},
            ),
        ),
        Layout(
            "no-header.txt",
            (
                "0001|PÉREZ, Juan|P|12-FEB-1965|RFC: PELJ650212AB1\n"
                "0002|ACME S.A. (antes DOS)|M||RFC: ACM010101XX0\n"
            ).encode("latin-1"),
            """
records: {columns: [no, name, kind, born, rfc]}
fields:
  name: {from: name, remove: '/\\(antes .*\\)/'}
  previous_names: {from: name, match: '\\(antes (.*)\\)'}
  kind: {from: kind, map: {P: person, M: organisation}}
  birth: born
  record_id: no
numbers: {tax: rfc}
""",
            (
                {
                    "name": "PÉREZ, Juan",
                    "kind": "person",
                    "birth": ("1965-02-12",),
                    "ids": ("PELJ650212AB1",),
                },
                {"name": "ACME S.A.", "previous_names": ("DOS",), "record_id": "0002"},
            ),
        ),
        Layout(
            "turkish.csv",
            "\ufeffİsim;Diğer adları;Doğum tarihi;Uyruğu;Kimlik / Pasaport\r\n"
            "ALİ ÖRNEK;a) Ali O. b) A. Örnek;15 Mart 1980;Irak;"
            "Pasaport: S1234567\r\nÖRNEK A.Ş.;;;Türkiye;Vergi No: 1234567890\r\n".encode("utf-16-le"),
            """
fields:
  name: İsim
  aliases: {from: Diğer adları, split: enumeration}
  birth: Doğum tarihi
  countries: Uyruğu
numbers: {other: Kimlik / Pasaport}
""",
            (
                {
                    "name": "ALİ ÖRNEK",
                    "aliases": ("Ali O.", "A. Örnek"),
                    "birth": ("1980-03-15",),
                    "countries": ("iq",),
                    "numbers": (("passport", "S1234567"),),
                },
                {"name": "ÖRNEK A.Ş.", "countries": ("tr",), "numbers": (("tax", "1234567890"),)},
            ),
        ),
    )


def _workbooks() -> tuple[Layout, ...]:
    return (
        Layout(
            "numbered-names.xlsx",
            workbook(
                {
                    "Sheet1": [
                        ["The Consolidated List as at 1 July 2026"],
                        [],
                        ["Reference", "Name of Party", "Type", "Name Type", "Date of Birth", "Control Date"],
                        [
                            1,
                            "Ahmad Testman",
                            "Individual ",
                            "Primary Name",
                            "1/02/1970",
                            LISTED,
                        ],
                        ["1a", "Ahmed Testmann", "Individual", "aka", "1/02/1970", LISTED],
                        [2, "Vessel One", "Vessel", "Primary Name", "", LATER],
                    ]
                }
            ),
            """
published: {from: $title, match: "as at (.*)"}
records: {group: {from: Reference, match: '\\d+'}}
fields:
  name: {from: Name of Party, where: Name Type = Primary Name}
  aliases: {from: Name of Party, where: Name Type != Primary Name}
  kind: Type
  birth: Date of Birth
  listed: Control Date
  record_id: {from: Reference, match: '\\d+'}
""",
            (
                {
                    "name": "Ahmad Testman",
                    "aliases": ("Ahmed Testmann",),
                    "kind": "person",
                    "birth": ("1970-02-01",),
                    "listed": "2012-05-03",
                    "record_id": "1",
                },
                {"name": "Vessel One", "kind": "ship", "record_id": "2"},
            ),
        ),
        Layout(
            "sheets-of-two-kinds.xlsx",
            workbook(
                {
                    "個人": [
                        ["一覧"],
                        ["番号", "日本語", "英字", "別名", "生年月日"],
                        [1, "アリ", "Ali", "1) Abu Ali 2) H. Ali", "昭和45年3月5日"],
                    ],
                    "団体": [
                        ["番号", "日本語", "英字", "別名"],
                        [1, "試験商会", "Test Trading", "・TTC\n・T.T. Co."],
                    ],
                    "注": [["この表は参考です"]],
                }
            ),
            """
fields:
  name: [日本語, 英字]
  aliases: {from: 別名, split: [enumeration, "・"]}
  kind: {from: $sheet, map: {個人: person, 団体: organisation}}
  birth: {from: 生年月日, optional: yes}
  record_id: "{$sheet}-{番号}"
""",
            (
                {
                    "name": "アリ",
                    "aliases": ("Ali", "Abu Ali", "H. Ali"),
                    "kind": "person",
                    "birth": ("1970-03-05",),
                },
                {"name": "試験商会", "aliases": ("Test Trading", "TTC", "T.T. Co."), "record_id": "団体-1"},
            ),
        ),
        Layout(
            "two-row-header.xlsx",
            workbook(
                {
                    "s": [
                        ["قائمة"],
                        ["م", "الاسم", "", "تاريخ الميلاد", "الجنسية", "وثيقة", ""],
                        ["", "بالعربية", "بالإنجليزية", "", "", "نوع", "رقم"],
                        [
                            1,
                            "محمد علي",
                            "Mohammed Ali Test",
                            "١٩٧٠/٠٢/٠٣",
                            "الجمهورية العربية السورية",
                            "جواز السفر",
                            "N00123456",
                        ],
                    ]
                }
            ),
            """
records: {header: [2, 3]}
fields:
  name: ["الاسم بالعربية", "الاسم بالإنجليزية"]
  birth: تاريخ الميلاد
  nationalities: الجنسية
  record_id: م
numbers: {from: "وثيقة رقم", kind: "وثيقة نوع"}
""",
            (
                {
                    "aliases": ("Mohammed Ali Test",),
                    "birth": ("1970-02-03",),
                    "countries": ("sy",),
                    "numbers": (("passport", "N00123456"),),
                    "record_id": "1",
                },
            ),
        ),
    )


def _json() -> tuple[Layout, ...]:
    def content(data: Any) -> bytes:
        return json.dumps(data, ensure_ascii=False).encode()

    return (
        Layout(
            "attributes.json",
            content(
                {
                    "count": 1,
                    "data": [
                        {
                            "id": 501,
                            "kind": {"name": "Фізична особа"},
                            "name": "Іваненко Іван",
                            "latin": None,
                            "aliases": [{"value": "Ваня"}],
                            "decree": {"date": "2021-03-23T00:00:00"},
                            "term": {"end": None, "text": "безстроково"},
                            "attributes": [
                                {"type": "birthdate", "value": "15.03.1975"},
                                {"type": "ipn", "value": "770012345678"},
                            ],
                        }
                    ],
                }
            ),
            """
records: {path: data, count: count}
fields:
  name: [name, latin]
  aliases: aliases.value
  kind: kind.name
  birth: "attributes[type=birthdate].value"
  listed: decree.date
  until: [term.end, term.text]
  record_id: id
numbers: {each: "attributes[type=ipn]", from: value, kind: type}
""",
            (
                {
                    "name": "Іваненко Іван",
                    "aliases": ("Ваня",),
                    "kind": "person",
                    "birth": ("1975-03-15",),
                    "listed": "2021-03-23",
                    "until": "",
                    "numbers": (("tax", "770012345678"),),
                    "record_id": "501",
                },
            ),
        ),
        Layout(
            "by-number.json",
            content(
                {
                    "updated": "2026-02-03",
                    "entities": {
                        "E-1": {
                            "label": "Star",
                            "class": "ship",
                            "aka": "S. 1; Star of N",
                            "imo": "IMO 9123456",
                            "flag": "PA",
                            "from": 1580515200,
                        },
                        "E-2": {
                            "label": "Blue Co",
                            "class": "firm",
                            "aka": "",
                            "flag": None,
                            "from": 1580515200,
                            "to": "2024-01-31",
                        },
                    },
                }
            ),
            """
published: updated
records: {path: "entities.*"}
fields:
  {name: label, aliases: {from: aka, split: ";"}, kind: class, listed: from, until: to, countries: flag,
  record_id: $key}
numbers: {imo: imo}
""",
            (
                {
                    "name": "Star",
                    "aliases": ("S. 1", "Star of N"),
                    "ids": ("9123456",),
                    "countries": ("pa",),
                    "record_id": "E-1",
                },
                {"name": "Blue Co", "listed": "2020-02-01", "until": "2024-01-31", "record_id": "E-2"},
            ),
        ),
        Layout(
            "by-programme.json",
            content(
                [
                    {"programme": "A", "parties": [{"n": "One Ltd", "aka": [{"n": "Uno"}]}]},
                    {"programme": "B", "parties": [{"n": "Two Ltd", "aka": []}]},
                ]
            ),
            "records: {path: parties}\nfields: {name: n, aliases: aka.n, programme: ../programme}\n",
            (
                {"name": "One Ltd", "aliases": ("Uno",), "programme": "A"},
                {"name": "Two Ltd", "programme": "B"},
            ),
        ),
        Layout(
            "remarks.json",
            content(
                [
                    {
                        "uid": "7",
                        "title": "DOE, Jane",
                        "type": "individual",
                        "programs": ["IRAN", "SDGT"],
                        "remarks": "DOB 5 May 1971; alt. DOB 1972; nationality Iran; "
                        "Passport A1112223 (Iran)",
                    }
                ]
            ),
            """
fields:
  name: title
  kind: type
  birth: {from: remarks, match: 'DOB ([^;]+)'}
  nationalities: {from: remarks, match: 'nationality ([^;]+)'}
  programme: programs
  record_id: uid
numbers: {passport: {from: remarks, match: 'Passport ([^;]+)'}}
""",
            (
                {
                    "name": "DOE, Jane",
                    "birth": ("1971-05-05", "1972"),
                    "countries": ("ir",),
                    "ids": ("A1112223",),
                    "programme": "IRAN; SDGT",
                },
            ),
        ),
        Layout(
            "rows-as-lists.json",
            content({"meta": {"v": 1}, "data": [["a1", "Firm One", "BR"], ["a2", "Firm Two", "CL"]]}),
            "records: {path: data, columns: [id, name, country]}\n"
            "fields: {name: name, countries: country, record_id: id}\n",
            ({"name": "Firm One", "countries": ("br",)}, {"name": "Firm Two", "record_id": "a2"}),
        ),
        Layout(
            "alias-a-line.jsonl",
            b'{"e": "1", "name": "Alpha Ltd", "main": true}\n{"e": "1", "name": "ALFA", "main": false}\n'
            b'{"e": "2", "name": "Beta", "main": true}\n',
            """
records: {group: e}
fields: {name: {from: name, where: main = true}, aliases: {from: name, where: main = false}, record_id: e}
""",
            ({"name": "Alpha Ltd", "aliases": ("ALFA",)}, {"name": "Beta", "record_id": "2"}),
        ),
    )


def _xml() -> tuple[Layout, ...]:
    return (
        Layout(
            "attributes.xml",
            '<?xml version="1.0"?><n:list xmlns:n="urn:x" made="2026-05-01">'
            '<n:e id="A1" type="I" on="03.02.2019"><n:names>'
            '<n:name main="1">Peter Probe</n:name><n:name>Пётр</n:name></n:names><n:dob y="1961" m="4"/>'
            '<n:doc kind="Passport" no="X998877"/></n:e>'
            '<n:e id="A2" type="E" on="04.02.2019" off="05.06.2020"><n:names>'
            '<n:name main="1">Probe GmbH</n:name></n:names></n:e></n:list>'.encode(),
            """
published: "@made"
records: {path: e}
fields:
  name: "names/name[@main=1]"
  aliases: "names/name[!@main]"
  kind: {from: "@type", map: {I: person, E: organisation}}
  birth: {each: dob, year: "@y", month: "@m"}
  listed: "@on"
  until: "@off"
  record_id: "@id"
numbers: {each: doc, from: "@no", kind: "@kind"}
""",
            (
                {
                    "name": "Peter Probe",
                    "aliases": ("Пётр",),
                    "kind": "person",
                    "birth": ("1961-04",),
                    "listed": "2019-02-03",
                    "numbers": (("passport", "X998877"),),
                    "record_id": "A1",
                },
                {"name": "Probe GmbH", "kind": "organisation", "until": "2020-06-05"},
            ),
        ),
        Layout(
            "groups.xml",
            (
                "<xml><persons><person><num>1</num><l>Тестов</l><f>Пётр</f><m/><b>12.03.1980</b></person></persons>"
                "<orgs><org><num>1</num><name>Пример</name><en>Primer</en></org></orgs></xml>"
            ).encode(),
            """
records: {path: [persons/person, orgs/org]}
fields: {name: ["{l} {f} {m}", name, en], kind: $key, birth: b, record_id: "{$key}-{num}"}
""",
            (
                {"name": "Тестов Пётр", "kind": "person", "birth": ("1980-03-12",), "record_id": "person-1"},
                {"name": "Пример", "aliases": ("Primer",), "kind": "organisation"},
            ),
        ),
    )
