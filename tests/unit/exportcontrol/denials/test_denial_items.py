"""Essentially identical items: by code and parameters, never by description alone."""

from typing import Any

import pytest
from licensing_tools import raw

from overzicht.subjects.licensing.denial_items import Likeness, compare_items
from overzicht.subjects.licensing.denial_model import DenialItem


def item(code: str | None = "6A003.b.4.b", product: str = "", **values: tuple[str, str]) -> DenialItem:
    parameters = [{"name": n.replace("_", " "), "value": v, "unit": u} for n, (v, u) in values.items()]
    return DenialItem.model_validate(
        {"description": "a camera", "code": code, "commodity_code": product, "parameters": parameters}
    )


RATE: dict[str, Any] = {"frame_rate": ("30", "Hz")}


@pytest.mark.parametrize(
    ("ours", "theirs", "likeness"),
    [
        (item(**RATE), item(**RATE), Likeness.SAME),
        (item(**RATE), item(frame_rate=("0.03", "kHz")), Likeness.SAME),
        (item(**RATE), item(frame_rate=("34", "Hz")), Likeness.SAME),  # within 15 % of the larger
        (item(**RATE), item(frame_rate=("60", "Hz")), Likeness.UNSURE),
        (item(**RATE), item(frame_rate=("30", "kg")), Likeness.UNSURE),
        (item(**RATE), item(), Likeness.UNSURE),  # the description alone is never enough
        (item(**RATE), item(code="6A003", **RATE), Likeness.SAME),
        (item(**RATE), item(code="6A003.b.3", **RATE), Likeness.UNSURE),
        (item(**RATE), item(code="5A001.f", **RATE), Likeness.OTHER),
        (item(**RATE), item(code=None, **RATE), Likeness.UNSURE),
        (item(code=None, **RATE), item(code=None, **RATE), Likeness.SAME),
        (
            item(code=None, product="8525.89.00", **RATE),
            item(code=None, product="85258911", **RATE),
            Likeness.SAME,
        ),
        (
            item(code=None, product="85258900", **RATE),
            item(code=None, product="90318000", **RATE),
            Likeness.UNSURE,
        ),
        (item(array=("640", "1"), **RATE), item(array=("160", "1"), **RATE), Likeness.UNSURE),
        (item(code="5A001.f"), item(code="5A001.j"), Likeness.UNSURE),
        (item(code="5A001.f"), item(code="5A004.b"), Likeness.UNSURE),
        (item(code="6A003.b.4"), item(code="6A002.a.3"), Likeness.UNSURE),
        (item(code="5A001.a"), item(code="5D001.a"), Likeness.UNSURE),
    ],
)
def test_likeness(ours: DenialItem, theirs: DenialItem, likeness: Likeness) -> None:
    assert compare_items(ours, theirs).likeness is likeness
    assert compare_items(theirs, ours).likeness is likeness


def test_each_thing_compared_is_said() -> None:
    found = compare_items(item(**RATE), item(frame_rate=("60", "Hz")))
    assert [str(reason) for reason in found.reasons] == [
        "control code 6A003.b.4.b and 6A003.b.4.b",
        "frame rate: 30 Hz and 60 Hz differ",
    ]


def test_the_fixture_camera_is_that_of_the_denial() -> None:
    ours: dict[str, Any] = raw("camera")["items"][0]
    mine = DenialItem.model_validate({k: ours[k] for k in ("description", "code", "parameters")})
    theirs = DenialItem.model_validate(raw("denial")["items"][0])
    assert compare_items(mine, theirs).likeness is Likeness.SAME
