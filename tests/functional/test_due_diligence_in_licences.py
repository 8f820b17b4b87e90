"""Due diligence of an exporter in a licence case, and the case in its working file, by commands."""

import json
from pathlib import Path
from typing import Any

import pytest
from functional_tools import open_questions, run_command
from licence_case_tools import BUYER, DAY, file_case

EXPORTER = "Thermovisie Voorbeeld GmbH"  # of the invented camera case
FILE = "thermovisie-voorbeeld-gmbh"
ENTRY = f"{FILE}/2"
pytestmark = pytest.mark.usefixtures("own_home")


def run(*arguments: str | Path, day: str = DAY) -> str:
    result = run_command(*arguments, "--as-of", day)
    assert result.exit_code in {0, 1}, result.stderr
    return result.stdout


def record_flag(party: str, source: str = "report of March 2026") -> None:
    run("register", "organisations", "add", EXPORTER, day="2026-01-01")
    run("diligence", "new", FILE, day="2026-03-01")
    what = "the buyer follows minorities with covert interception"
    run("diligence", "record", FILE, "red flag", what, "--source", source, "--party", party, day="2026-03-02")


def answers(gate: str, day: str = DAY) -> list[dict[str, Any]]:
    results = json.loads(run("licence", "gates", "DE-0001", "--json", day=day))
    return [answer for answer in results["answers"] if answer["gate"] == gate]


def test_a_red_flag_about_the_buyer_asks_whether_the_exporter_is_aware(tmp_path: Path) -> None:
    record_flag("Zelenyj Okulyar")  # a misspelling of the buyer, without its company form
    denied = {"aware_art5": {"answer": "no", "source": "the exporter"}}
    file_case(tmp_path, "CL", None, description="interception server", facts=denied)
    key = f"aware:{ENTRY}"
    assert key in open_questions("DE-0001", "--as-of", DAY)
    assert any(ENTRY in answer["says"] for answer in answers("G4"))
    run("licence", "confirm", "DE-0001", key, "yes", "--source", "the report names this buyer")
    assert key not in open_questions("DE-0001", "--as-of", DAY)
    for name in ("dual_use", "specially_designed", "covert", "natural_persons", "handles_data",
                 "from_ict_systems", "rights_violation_use"):  # fmt: skip
        run("licence", "fact", "DE-0001", name, "yes", "--source", "the specification")
    assert "duty" in {answer["outcome"] for answer in answers("G4")}
    run("diligence", "prefill", FILE)
    shown = json.loads(run("diligence", "show", FILE, "--json"))
    steps = {fact["step"] for fact in shown["mapped"]["facts"]}
    assert {"policy", "track"} <= steps
    assert any("DE-0001" in str(fact) for fact in shown["mapped"]["facts"])


def test_a_record_about_somebody_else_or_without_substance_asks_nothing(tmp_path: Path) -> None:
    record_flag("Gouden Lens Optiek BV")
    run("diligence", "record", FILE, "red flag", "asdf asdf", "--party", BUYER, day="2026-03-02")
    file_case(tmp_path, "CL", None)
    assert not any(key.startswith("aware:") for key in open_questions("DE-0001", "--as-of", DAY))


def test_a_withdrawn_record_asks_nothing_and_a_listed_item_is_weighed(tmp_path: Path) -> None:
    record_flag(BUYER)
    file_case(tmp_path, "CL")
    assert f"weighed:{ENTRY}" in open_questions("DE-0001", "--as-of", DAY)
    run("licence", "confirm", "DE-0001", f"weighed:{ENTRY}", "no", "--source", "not yet")
    assert f"weighed:{ENTRY}" in open_questions("DE-0001", "--as-of", DAY)
    run("diligence", "withdraw", FILE, "2", "--reason", "another company")
    assert f"weighed:{ENTRY}" not in open_questions("DE-0001", "--as-of", DAY)
