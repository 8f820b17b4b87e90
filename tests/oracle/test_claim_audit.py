"""The claim audit: what every door of the product states of parties on days, against the raw official files.

The first audit takes the files beside the checkout (skipped where they are absent) and a seeded part of
the days; OVERZICHT_THOROUGH=1 takes all days. The second always runs, on invented lists.
OVERZICHT_CLAIMS_OUT=FILE writes what was checked, for `tools/claims_table.py`.
"""

import json
import os
from pathlib import Path

import pytest
from oracle import compare, invented, plan
from oracle.asking import opened
from oracle.claims import Claim
from oracle.raw import counted, read_lists
from oracle.results import MISSING, WRONG, Audit
from oracle.statements import Oracle, read_parties
from thorough import IS_THOROUGH

FOUND_AT_LEAST = 0.99  # of the listings of loaded files, by every door
GUESSED_AT_MOST = 0.05  # "possibly listed", of what the files say is not listed
DOORS = frozenset(
    {
        "screen one",
        "screen names",
        "overview",
        "register overview",
        "/api/v1/match",
        "/api/v1/match, one list",
        "/match",
        "/search",
        "page /search",
        "/api/v1/makers",
        "page /makers",
        "dossier",
        "/api/v1/dossiers",
        "answer",
        "licence",
        "tender overview",
        "/reconcile",
    }
)


def _faults(audit: Audit, asked: frozenset[str] = DOORS) -> list[str]:
    """Return what the audit found wrong, one sentence each; empty where every claim holds."""
    silent = asked - {verdict.claim.door for verdict in audit.verdicts}
    faults = [f"{door} made no claim that can be checked" for door in sorted(silent)]
    if wrong := len(audit.of(WRONG)):
        faults.append(f"{wrong} claims are wrong")
    if audit.clashes:
        faults.append(f"{len(audit.clashes)} contradictions between doors")
    for door, (found, listed) in sorted(audit.found().items()):
        if found < FOUND_AT_LEAST * listed:
            faults.append(f"{door} names {found} of {listed} listings")
    for door, (possible, unlisted) in sorted(audit.guessed().items()):
        if possible > GUESSED_AT_MOST * unlisted:
            faults.append(
                f'{door} answers "possibly listed" for {possible} of {unlisted} that are not listed'
            )
    return faults


def _report(audit: Audit, name: str, asked: plan.Asked, days: int) -> None:
    """Write what was checked where OVERZICHT_CLAIMS_OUT names a file."""
    if out := os.environ.get("OVERZICHT_CLAIMS_OUT"):
        file = Path(out)
        kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        kept[name] = {
            "days": days,
            "doors": audit.table(),
            "contradictions": len(audit.clashes),
            "found": audit.found(),
            "guessed": audit.guessed(),
            "seconds": {door: round(seconds, 1) for door, seconds in asked.seconds.items()},
            "summary": audit.summary().splitlines(),
        }
        file.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")


@pytest.mark.shared
@pytest.mark.slow
def test_every_door_states_what_the_official_files_state(
    loaded_home: Path, oracle_of_files: Oracle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(loaded_home))
    parties, days = read_parties()
    with opened(loaded_home, tmp_path / "work") as product:
        asked = plan.ask_all(product, parties, days, is_thorough=IS_THOROUGH)
    audit = compare.audit(oracle_of_files, parties, asked.claims)
    _report(audit, "official", asked, len({claim.day for claim in asked.claims}))
    assert not _faults(audit), "\n".join([*_faults(audit), audit.summary()])


@pytest.mark.shared
def test_every_loaded_file_has_as_many_records_as_the_oracle_counts(
    loaded_home: Path, shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(loaded_home))
    with opened(loaded_home, tmp_path / "work") as product:
        stored = {
            (each["list"], snapshot["part"], snapshot["published"] or snapshot["newest"]): snapshot["records"]
            for each in product.lists
            for snapshot in each["snapshots"]
            if not snapshot["starter"]
        }
    wanted = counted(read_lists(shared_data / "lists"))
    # the oracle knows a file without a date by its newest entry; the product by its name, or the date given
    journal = ("eu-official-journal", "32020R1998")
    named = {
        ("au-dfat", "", "2024-11-11"): ("au-dfat", "", "2024-12-31"),
        (*journal, "2026-05-28"): (*journal, "2026-08-22"),
    }
    assert {key: stored.get(named.get(key, key)) for key in wanted} == wanted


def test_every_door_states_what_invented_lists_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    raw = invented.load(tmp_path / "lists")
    parties = invented.parties()
    with opened(tmp_path / "home", tmp_path / "work") as product:
        asked = plan.ask_all(product, parties, invented.DAYS, is_thorough=True)
    audit = compare.audit(Oracle(raw), parties, asked.claims)
    _report(audit, "invented", asked, len(invented.DAYS))
    faults = _faults(
        audit, DOORS - {"/api/v1/match, one list"}
    )  # it is asked of lists that are not loaded here
    assert not faults, "\n".join([*faults, audit.summary()])


def test_the_audit_notices_a_door_that_denies_a_listing(tmp_path: Path) -> None:
    raw, parties = invented.raw_lists(tmp_path / "lists"), invented.parties()
    party, day = parties[0], invented.DAYS[-1]
    claims = [
        Claim("answer", "one", party.id, "un-sc", day, "listed"),
        Claim("answer", "other", party.id, "un-sc", day, "not listed"),
    ]
    audit = compare.audit(Oracle(raw), parties, claims)
    assert [verdict.outcome for verdict in audit.verdicts] == ["right", "wrong"]
    assert [clash.fault for clash in audit.clashes] == ["listed / not listed"]
    assert MISSING not in {verdict.outcome for verdict in audit.verdicts}
