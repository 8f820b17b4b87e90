"""Invented uses in the words of authorities of several countries: the law that is broken, and no other.

They are not decided cases. The rules were not written for them.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from law_tools import weigh_use

from overzicht.subjects.diligence.use_assessment import Outcome
from overzicht.subjects.diligence.uses import Use

PRIVACY = {
    "gdpr",
    "uavg",
    "police-directive",
    "wpg",
    "gemeentewet",
    "strafvordering",
    "charter",
    "echr",
    "convention-108",
    "iccpr",
}
FLAGS = {Outcome.PROHIBITED, Outcome.LIKELY_VIOLATION}
FILE = Path(__file__).parent / "authorities.yml"


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["name"]) for case in yaml.safe_load(FILE.read_text(encoding="utf-8"))]
)
def test_exactly_the_privacy_law_that_is_broken_is_flagged(case: dict[str, Any]) -> None:
    stated = [{"fact": "personal-data", "value": "yes"}]
    stated += [
        {"fact": word.lstrip("-"), "value": "no" if word.startswith("-") else "yes"}
        for word in case["facts"].split()
    ]
    place = "GR" if case["country"] == "US" else case["country"]
    actor = {"name": "the actor", "kind": case["actor"], "country": case["country"]}
    use = Use.model_validate(
        {"id": "invented", "title": "invented", "act": "use", "actor": actor, "place": place, "facts": stated}
    )
    weighing = weigh_use(use, case["day"])
    flagged = {result.instrument for result in weighing.instruments if result.outcome in FLAGS}
    assert flagged & PRIVACY == set(case["broken"])
