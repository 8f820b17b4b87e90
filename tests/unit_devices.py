"""Invented makers, brands and statements for the tests of devices."""

from datetime import date
from typing import Any, ClassVar

import pytest

from overzicht.devices import Identification, Sighting, Trace
from overzicht.devices.card import MakerCard, RelabellingFile
from overzicht.devices.identify import identify_all
from overzicht.devices.knowledge import Knowledge, build
from overzicht.evidence import Citation

SOURCE = {
    "page": {"title": "A page of the maker", "address": "https://maker.example/page", "read": "2026-11-20"}
}


def make_card(card_id: str, **fields: Any) -> MakerCard:
    """Return a card with one trade name and whatever else is given."""
    names = fields.pop("names", [{"name": card_id.title(), "kind": "trade"}])
    data: dict[str, Any] = {
        "id": card_id,
        "checked": "2026-11-20",
        "country": "nl",
        "names": [{"source": "page", **name} for name in names],
        "sources": SOURCE,
    }
    for name, items in fields.items():
        data[name] = [{"source": "page", **item} for item in items] if isinstance(items, list) else items
    return MakerCard.model_validate(data)


def make_statements(*statements: dict[str, Any]) -> dict[str, RelabellingFile]:
    """Return one relabelling file with these statements; ids and sources are filled in."""
    full = [
        {"id": f"s-{n}", "relation": "oem_relabel", "confidence": "high", "source": "page", **statement}
        for n, statement in enumerate(statements)
    ]
    data = {"checked": "2026-11-20", "statements": full, "sources": SOURCE}
    return {"invented": RelabellingFile.model_validate(data)}


@pytest.fixture(scope="session")
def invented() -> Knowledge:
    """Return the invented knowledge, made once."""
    return make_knowledge()


def make_knowledge() -> Knowledge:
    """Return the knowledge of three invented makers and a few brands that relabel."""
    kestrel = make_card(
        "kestrel",
        names=[
            {"name": "Kestrel", "kind": "trade"},
            {"name": "Hangzhou Kestrel Digital Technology Co., Ltd.", "kind": "legal"},
        ],
        lines=[
            {"name": "HiKes", "kind": "camera", "is_brand": True},
            {"name": "Harrier", "kind": "camera"},
        ],
        models=[
            {"pattern": r"KS-2CD\d", "kind": "camera", "examples": ["KS-2CD2146"], "line": "Pro"},
            {"pattern": r"KS-2TD\d", "kind": "thermal camera", "examples": ["KS-2TD1228"]},
            {"pattern": r"A\d{3}", "kind": "camera", "examples": ["A123"], "needs_brand": True},
            {
                "pattern": r"ZED-\d",
                "kind": "camera",
                "examples": ["ZED-1"],
                "label": "Zed",
                "strength": "medium",
                "not_for": ["Yonder"],
            },
        ],
        fingerprints=[
            {"trace": "banner", "pattern": "^http: KES-Webs$", "kind": "recorder", "strength": "high"},
            {"trace": "protocol", "pattern": "^kesapi$", "strength": "medium"},
            {"trace": "onvif scope", "pattern": "kestrelext", "strength": "low"},
        ],
        mac_registrants=[{"name": "Hangzhou Kestrel Digital Technology Co.,Ltd."}],
        not_the_same_as=[{"name": "Kestrel Limited", "why": "a shop with the same name"}],
    )
    osprey = make_card(
        "osprey",
        models=[
            {"pattern": r"OS-\d{4}", "kind": "camera", "examples": ["OS-1234"]},
            {"pattern": r"NVR\d{3}", "kind": "recorder", "examples": ["NVR301"], "strength": "low"},
        ],
        mac_registrants=[{"name": "Osprey Vision AB"}, {"name": "Osprey Phones", "mostly_other": True}],
    )
    badge = make_card(
        "badge",
        makes_devices=False,
        mac_registrants=[{"name": "Badge Inc", "makes_devices": False}],
    )
    statements = make_statements(
        {"brand": "Badge", "maker": "kestrel"},
        {"brand": "Turncoat", "maker": "kestrel", "until": "2018"},
        {"brand": "Turncoat", "maker": "osprey", "since": "2019"},
        {"brand": "Split", "maker": "kestrel", "models": ["A-\\d"], "confidence": "medium"},
        {"brand": "Split", "maker": "osprey", "models": ["M-\\d"], "confidence": "high"},
        {"brand": "Rumour", "maker": "osprey", "confidence": "low"},
        {"brand": "Likeness", "maker": "kestrel", "relation": "shared_firmware"},
        {"brand": "Either", "undecided": ["kestrel", "osprey"]},
        {"brand": "Daughter", "maker": "osprey", "relation": "sub_brand"},
        {"brand": "Osprey", "maker": "kestrel", "confidence": "low"},
        {"brand": "Recorders Only", "maker": "osprey", "kind": "recorder"},
        {"brand": "Hearsay", "maker": "osprey"},
        {"brand": "Hearsay", "undecided": ["kestrel", "osprey"], "confidence": "low"},
        {"brand": "Limited", "maker": "osprey", "models": ["L-\\d"]},
    )
    return build([kestrel, osprey, badge], statements)


class FakeRegistry:
    """Three blocks, and no file."""

    source = "invented registry"
    version = "1"
    BLOCKS: ClassVar = {
        "44:00:00": "Hangzhou Kestrel Digital Technology Co.,Ltd.",
        "48:00:00": "Osprey Vision AB",
        "4C:00:00": "Badge Inc",
        "50:00:00": "Osprey Phones",
        "54:00:00": "Turncoat Ltd",
        "58:00:00": "Somebody Else",
    }

    def registrant(self, mac: int) -> tuple[str, str] | None:
        block = ":".join(f"{mac >> shift & 255:02X}" for shift in (40, 32, 24))
        name = self.BLOCKS.get(block)
        return (block, name) if name else None


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry()


def make_sighting(*, bought: date | None = None, kind: str = "", **traces: str | tuple[str, ...]) -> Sighting:
    """Return a sighting; the keywords are names of Trace members in lower case."""
    values = {
        Trace[name.upper()]: (value,) if isinstance(value, str) else value for name, value in traces.items()
    }
    citation = Citation("inventory", "cameras.csv", "row 2", snapshot="ab" * 32)
    return Sighting(id="sighting-1", citation=citation, traces=values, bought=bought, kind=kind)


def identify(sighting: Sighting, knowledge: Knowledge, **fields: Any) -> Identification:
    """Return the identification of one sighting."""
    return identify_all([sighting], knowledge, **fields)[0]
