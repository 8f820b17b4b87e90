"""Writes `law/data/treaty-parties.csv` from a table of acts of states.

    python tools/make_treaty_parties.py TABLE.csv

The table has the columns instrument, state, status, date, until, confidence, source and note, as compiled
from depositaries. Each state becomes one row per instrument. `since` is the date of entry into force for the
state. `sure_from` is the date from which a source that was read shows that it is bound; a date from memory
has no effect. `absent_on` is the date on which a source showed that the state was not a party.
"""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUT = ROOT / "src" / "overzicht" / "law" / "data" / "treaty-parties.csv"
FIELDS = ("instrument", "state", "kind", "since", "sure_from", "until", "absent_on", "confidence", "source")
UN = "https://treaties.un.org/Pages/ViewDetails.aspx?src=IND&mtdsg_no={}&chapter={}"
COUNCIL = "https://www.coe.int/en/web/conventions/full-list?module=signatures-by-treaty&treatynum={}"
INSTRUMENTS = {
    "ICERD": ("icerd", UN.format("IV-2", 4)),
    "ICCPR": ("iccpr", UN.format("IV-4", 4)),
    "UN-CHARTER": ("un-charter", "https://www.un.org/en/about-us/member-states"),
    "ECHR": ("echr", COUNCIL.format("005")),
    "COE-108": ("convention-108", COUNCIL.format("108")),
}
KINDS = {"in_force": "party", "member": "member", "signature": "signatory", "not_party": "party"}
ABSENT_ON = "2022-08-25"  # the date of the published list of states that were not parties
ABSENT_LIST = "https://github.com/world-politics-datalab/humanrights-treaties-ratification-status"
READ_LATER = {  # (instrument, state): since a source that was read, with its address
    ("ECHR", "NL"): ("1954-08-31", "https://www.coe.int/en/web/impact-convention-human-rights/netherlands"),
    ("ECHR", "GB"): ("1998-11-09", "https://www.legislation.gov.uk/ukpga/1998/42/schedule/1"),
}
ALL_PARTIES = {  # every state of the table was a party by then, by the source
    "ECHR": ("2008-12-31", "https://www.echr.coe.int/documents/d/echr/facts_figures_2008_eng"),
}
Row = Mapping[str, str]


def party_rows(rows: Sequence[Row]) -> Iterator[dict[str, str]]:
    """Yield one row per instrument and state, the signatures of parties left out, in order."""
    bound = {(row["instrument"], row["state"]) for row in rows if row["status"] in {"in_force", "member"}}
    deposits = {
        (row["instrument"], row["state"]): row
        for row in rows
        if row["status"] in {"ratification", "accession", "succession", "acceptance"}
    }
    for row in sorted(rows, key=lambda row: (row["instrument"], row["state"], row["date"])):
        key = (row["instrument"], row["state"])
        if row["instrument"] not in INSTRUMENTS or row["status"] not in KINDS:
            continue
        if row["status"] == "signature" and (key in bound or row["instrument"] == "COE-108"):
            continue
        if row["status"] != "not_party" or "worldpolitics" in row["source"]:
            yield _party_row(row, deposits.get(key))


def _party_row(row: Row, deposit: Row | None) -> dict[str, str]:
    name, address = INSTRUMENTS[row["instrument"]]
    entry = {
        "instrument": name,
        "state": row["state"],
        "kind": KINDS[row["status"]],
        "until": row["until"],
        "source": address,
    }
    if row["status"] == "not_party":
        return {**entry, "absent_on": ABSENT_ON, "confidence": "secondary", "source": ABSENT_LIST}
    sure, source, confidence = _sure(row, deposit)
    return {
        **entry,
        "since": row["date"],
        "sure_from": sure,
        "confidence": confidence,
        "source": source or address,
    }


def _sure(row: Row, deposit: Row | None) -> tuple[str, str, str]:
    """Return the date from which a source shows it, the address of another source, and the confidence."""
    key = (row["instrument"], row["state"])
    if row["date"] and row["confidence"] == "high":
        return row["date"], "", "read"
    if key in READ_LATER:
        sure, address = READ_LATER[key]
        return sure, address, "read" if sure == row["date"] else "secondary"
    if key[0] in ALL_PARTIES:
        sure, address = ALL_PARTIES[key[0]]
        return max(sure, row["date"]), address, "secondary"
    if deposit is not None and deposit["confidence"] == "high":
        return deposit["date"], "", "secondary"
    if deposit is not None and "worldpolitics" in deposit["source"]:  # the year agrees with a published list
        year = date.fromisoformat(deposit["date"]).year
        return f"{year + 1}-04-01", "", "secondary"
    return "", "", "memory"


def main() -> None:
    """Read the table that the command names and write the packaged rows."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as stream:
        rows = list(party_rows(list(csv.DictReader(stream))))
    with OUT.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, FIELDS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main()
