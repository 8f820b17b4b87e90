"""Invented lists in official layouts, large enough for the counts that the cards expect."""

import io
import zipfile
from collections.abc import Iterable

UN_DAY = "2026-02-27"


def un_entries(kind: str, first: int, count: int, *, years: int = 0) -> Iterable[str]:
    """Yield invented entries; `years` are birth years per person, to make a file of any size."""
    for number in range(first, first + count):
        letter = "i" if kind == "INDIVIDUAL" else "e"
        born = "".join(
            "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE>"
            f"<YEAR>{1950 + year}</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
            for year in range(years if kind == "INDIVIDUAL" else 0)
        )
        yield (
            f"<{kind}><DATAID>{number}</DATAID><FIRST_NAME>INVENTED {kind} {number}</FIRST_NAME>"
            f"<UN_LIST_TYPE>XYZ</UN_LIST_TYPE><REFERENCE_NUMBER>XY{letter}.{number:05}</REFERENCE_NUMBER>"
            f"<LISTED_ON>2012-12-31</LISTED_ON>{born}</{kind}>"
        )


def un_list(*, day: str = UN_DAY, persons: int = 650, bodies: int = 260, head: str = "") -> bytes:
    """Return a Security Council list that the card takes for whole."""
    individuals = "".join(un_entries("INDIVIDUAL", 10_000, persons))
    entities = "".join(un_entries("ENTITY", 900_000, bodies))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<CONSOLIDATED_LIST dateGenerated="{day}T00:00:00.000Z">'
        f"<INDIVIDUALS>{individuals}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def ofac_consolidated_set(*, entries: int = 450) -> dict[str, bytes]:
    """Return CONS_PRIM.CSV and its three companions by name; entry 1 goes on in the comments."""
    nulls = ",".join(["-0- "] * 7)
    main, alt, add = [], [], []
    for number in range(1, entries + 1):
        kind = "individual" if number % 8 == 0 else "-0- "
        name = f"DOE {number}, Jane" if number % 8 == 0 else f"INVENTED WORKS {number} CO., LTD."
        remark = "-0- " if kind == "individual" else '"Organization Type: Other; Registra"'
        if number > 1 and kind != "individual":
            code = f"Unified Social Credit Code (USCC) 9133000073379{number:04}P (China)"
            remark = f'"{code}; Equity Ticker {number}."'
        main.append(f'{number},"{name}",{kind},"CMIC-EO13959",{nulls},{remark}')
        alt.append(f'{number},{number},"aka","OTHER NAME {number}",-0- ')
        add.append(f'{number},{number},"Road {number}","Hangzhou","China",-0- ')
    files = {
        "CONS_PRIM.CSV": main,
        "CONS_ALT.CSV": alt,
        "CONS_ADD.CSV": add,
        "CONS_COMMENTS.CSV": ['1,"tion Number 4711 (China)."'],
    }
    return {
        name: "".join(f"{line}\r\n" for line in lines).encode() + b"\x1a" for name, lines in files.items()
    }


def packed(member: bytes, *, members: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(members):
            archive.writestr(f"list{number}.xml", member)
    return buffer.getvalue()
