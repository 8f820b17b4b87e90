"""Which raw files there are, which the product is given, and all their entries."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from oracle import american, elsewhere
from oracle.entries import Entry, RawLists

LOADED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        (
            "us-csl/202204-consolidated.csv.gz",
            "us-1260h/sanctions.csv",
            "us-procurement-bans/bis_mieu.csv",
            "us-procurement-bans/fcc_covered_list.csv",
            "us-procurement-bans/section_1286.csv",
            "us-ofac/20210310-sdn.xml.gz",
            "us-ofac/20250328-consolidated.xml",
            "eu-fsf/20210302-FULL-1_1(xsd).xml.gz",
            "eu-official-journal/consolidated/32020R1998.csv",
            "un-sc/20210312-consolidated.xml",
            "un-sc/202602-consolidated.xml",
            "uk-ofsi/20200427-ConList.csv",
            "ca-sema/2025-sema-lmes.xml",
            "au-dfat/202412-regulation8_consolidated.xlsx",
            "us-bis-dpl/202209-dpl.txt",
        ),
        (),
    ),
    (
        (
            "us-procurement-bans/section_154.csv",
            "us-procurement-bans/section_5949.csv",
            "us-procurement-bans/section_889.csv",
        ),
        ("--published", "2026-08-22"),
    ),
    (("eu-official-journal/consolidated/*.csv",), ("--published", "2026-08-22")),
    (("us-ofac/202107-sdn",), ("--published", "2021-07-07")),
    (("us-ofac/202512-consolidated",), ("--published", "2025-12-19")),
)
JOURNAL_DAY, DATED_ACTS = "2026-08-22", {"32020R1998": "2026-05-28"}
SIGNED_889, SIGNED_5949 = "2018-08-13", "2022-12-23"  # Pub. L. 115-232 and 117-263
# Lists whose records the product counts as the file does: (list, part) and the day of each loaded version.
COUNTED = {
    "us-csl": "",
    "eu-fsf": "",
    "un-sc": "",
    "us-ofac": "part",
    "uk": "part",
    "ca-sema": "",
    "au-dfat": "",
    "eu-official-journal": "part",
}


@cache
def read_lists(folder: Path) -> RawLists:
    """Return the entries of every raw file; about ten seconds, once in a process."""
    raw = RawLists()
    for entries in _american(folder):
        raw.add(entries)
    raw.add(american.military_companies(folder / "us-1260h/sanctions.csv"), is_whole=False)
    for version in ("2021-06-03", "2025-01-07", "2026-06-08"):
        raw.versions["us-1260h", ""].add(version)
    for entries in _elsewhere(folder):
        raw.add(entries)
    raw.add(elsewhere.frozen_by_journal(list(raw.entries)), is_whole=False)
    return raw


def counted(raw: RawLists) -> dict[tuple[str, str, str], int]:
    """Return how many records each loaded file holds, by list, part and day of the file."""
    counts: dict[tuple[str, str, str], int] = {}
    for entry in raw.entries:
        if entry.is_loaded and entry.list_id in COUNTED:
            key = (entry.list_id, entry.part if COUNTED[entry.list_id] else "", entry.version)
            counts[key] = counts.get(key, 0) + 1
    return counts


def _american(folder: Path) -> Iterator[list[Entry]]:
    screening = list(american.screening_list(folder / "us-csl/202204-consolidated.csv.gz"))
    yield screening
    # The rows that the CSL takes from the Entity List are that list; no file of it is loaded under its own
    # name.
    yield [replace(e, list_id="us-bis-entity-list", is_loaded=False) for e in screening if e.part == "Entity"]
    yield list(american.entity_list(folder / "us-bis-entity-list/20251108-entity-list.json"))
    yield list(american.denied_persons(folder / "us-bis-dpl/202209-dpl.txt"))
    bans, treasury = folder / "us-procurement-bans", folder / "us-ofac"
    yield list(american.covered_list(bans / "fcc_covered_list.csv"))
    for section, signed in (("889", SIGNED_889), ("5949", SIGNED_5949), ("154", "")):
        yield list(american.statute(bans / f"section_{section}.csv", signed))
    yield list(american.research_institutions(bans / "section_1286.csv"))
    yield list(american.intelligence_users(bans / "bis_mieu.csv"))
    yield list(american.treasury_xml(treasury / "20210310-sdn.xml.gz", "sdn", "2021-03-10"))
    yield list(
        american.treasury_csv(
            treasury / "202107-sdn", ("sdn.csv", "alt.csv", "sdn_comments.csv"), "sdn", "2021-07-07"
        )
    )
    yield list(american.treasury_xml(treasury / "20250328-consolidated.xml", "consolidated", "2025-03-28"))
    yield list(
        american.treasury_csv(
            treasury / "202512-consolidated",
            ("cons_prim.csv", "cons_alt.csv", "cons_comments.csv"),
            "consolidated",
            "2025-12-19",
        )
    )


def _elsewhere(folder: Path) -> Iterator[list[Entry]]:
    yield list(elsewhere.financial_sanctions(folder / "eu-fsf/20210302-FULL-1_1(xsd).xml.gz", "2021-03-02"))
    yield list(elsewhere.financial_sanctions_columns(folder / "eu-fsf/20220505-eu.normalised.csv.gz"))
    yield list(elsewhere.financial_sanctions_names(folder / "eu-fsf/202504-eu.names.csv"))
    for file in sorted((folder / "eu-official-journal/consolidated").glob("*.csv")):
        yield list(elsewhere.official_journal(file, DATED_ACTS.get(file.stem, JOURNAL_DAY)))
    for name, version in (
        ("20210312-consolidated.xml", "2021-03-12"),
        ("202602-consolidated.xml", "2026-02-27"),
    ):
        yield list(elsewhere.security_council(folder / "un-sc" / name, version))
    yield list(elsewhere.treasury_targets(folder / "uk-ofsi/20200427-ConList.csv"))
    yield list(elsewhere.treasury_targets_columns(folder / "uk-ofsi/20220505-uk.normalised.csv"))
    yield list(elsewhere.canada(folder / "ca-sema/2025-sema-lmes.xml", "2025-03-20"))
    yield list(elsewhere.australia(folder / "au-dfat/202412-regulation8_consolidated.xlsx"))
