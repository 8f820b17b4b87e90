"""What the packaged scorer of whole records reaches on labelled pairs, where these are beside the checkout.

The scorer has seen half of these pairs, so the bounds lie above what other pairs will give: out of fold in
docs/explanation/screening-figures.md. They catch a change that makes records worse.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from overzicht.screening.evaluate import area_under_curve
from overzicht.screening.records.matcher import THRESHOLD, RecordMatcher
from overzicht.screening.records.party_record import PartyRecord

pytestmark = [pytest.mark.shared, pytest.mark.slow]


def thin(record: PartyRecord) -> PartyRecord:
    names = (record.names or record.aliases)[:1]
    return PartyRecord("", record.schema, names, (), (), record.birth_dates[:1], record.countries[:1])


def without_numbers(record: PartyRecord) -> PartyRecord:
    return replace(record, identifiers=(), addresses=())


@pytest.mark.parametrize(
    ("change", "least_f1", "least_area", "most_unsure", "least_right"),
    [
        (replace, 0.995, 0.999, 0.05, 0.995),
        (without_numbers, 0.97, 0.992, 0.15, 0.99),
        (thin, 0.88, 0.94, 0.15, 0.97),
    ],
)
def test_labelled_records(
    shared_data: Path,
    change: Callable[[PartyRecord], PartyRecord],
    least_f1: float,
    least_area: float,
    most_unsure: float,
    least_right: float,
) -> None:
    text = (shared_data / "screening" / "records" / "record-pairs-dev.jsonl").read_text(encoding="utf-8")
    pairs = [json.loads(line) for line in text.splitlines()]
    same = np.array([pair["same"] for pair in pairs])
    left, right = (
        [change(PartyRecord.from_json(pair[side])) for pair in pairs] for side in ("left", "right")
    )
    matcher = RecordMatcher()
    scores = matcher.score(left, right)
    said = scores >= THRESHOLD
    assert 2 * (said & same).sum() / (said.sum() + same.sum()) >= least_f1
    assert (area_under_curve(scores, same) or 0.0) >= least_area
    unsure = (scores >= matcher.bands.unsure_from) & (scores < matcher.bands.match_from)
    assert unsure.mean() <= most_unsure
    assert (said == same)[~unsure].mean() >= least_right
