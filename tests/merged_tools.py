"""Published registers of invented organisations, and one overview of several with all that its model has."""

from datetime import date
from typing import Any

from overzicht.evidence import text
from overzicht.register.merging import Level, MergedOverview, Published, merge

MODEL = {"maker": "hikvision", "brand": "Annke", "model": "C800", "kind": "camera", "devices": 3}
MARKUP = '<script>alert("x")</script> & <b>Noord</b>'
LONG = "Noordoostelijk Samenwerkingsverband Verkeersregeltechniek en Openbare-Ruimtebeheer"


def register(organisation: str, total: int, day: str = "2026-03-01", **more: Any) -> Published:
    """Return what an organisation publishes: so many cameras of one maker, and nothing but counts."""
    values: dict[str, Any] = {
        "organisation": organisation, "name": organisation.title(), "includes": (organisation,),
        "as_of": date.fromisoformat(day), "level": Level.COUNTS,
        "counts": {"total": total, "listed": total // 2},
        "makers": [{"maker": "hikvision", "name": "Hikvision", "devices": total}],
        "kinds": {"camera": total}, "models": None, "devices": None, "statements": (), "unknown": (),
        "sha256": f"{organisation}{day}",
    }  # fmt: skip
    return Published(**{**values, **more})


def together() -> MergedOverview:
    """Return five registers in one overview: one superseded, one included in another, of different days."""
    said = {
        "said": "2025-11", "maker_named": MARKUP, "quantity": "120", "kind": "camera", "status": "in use",
        "address": "javascript:alert(1)",
    }  # fmt: skip
    makers = [
        {"maker": "hikvision", "name": "Hikvision", "devices": 20}, {"maker": "", "name": "", "devices": 7},
    ]  # fmt: skip
    return merge([
        register("aa", 40, name=MARKUP, file=f"{MARKUP}.json", statements=[said]),
        register("bb", 27, level=Level.MODELS, models=[MODEL], makers=makers,
                 unknown=(text("the manufacturer of {count} devices is unknown or undecided", count=7),),
                 counts={"total": 27, "listed": 3, "relabelled": 3, "unknown": 7, "of_our_own": 2}),
        register("bb", 25, "2025-03-01"),
        register("regio", 300, "2026-05-01", name=LONG, includes=("regio", "cc"), level=Level.FULL,
                 models=[MODEL, {**MODEL, "brand": "", "model": "", "maker": ""}], devices=[]),
        register("cc", 12),
    ])  # fmt: skip
