"""Registers of several organisations in one overview, as JSON."""

from typing import Any

from overzicht.register.merging import MergedOverview


def merged_json(merged: MergedOverview) -> dict[str, Any]:
    """Return a merged overview as plain JSON values, sentences in English."""
    return {
        "first_day": merged.first_day.isoformat(),
        "last_day": merged.last_day.isoformat(),
        "totals": dict(merged.totals),
        "makers": [
            {"maker": maker, "name": merged.maker_names.get(maker, ""), "devices": count}
            for maker, count in merged.makers.items()
        ],
        "kinds": dict(merged.kinds),
        "models": list(merged.models),
        "models_of": merged.models_of,
        "statements": list(merged.statements),
        "organisations": [
            {
                "id": each.published.organisation, "name": each.published.name,
                "as_of": each.published.as_of.isoformat(), "level": each.published.level.value,
                "file": each.published.file, "sha256": each.published.sha256, "counts": each.counts,
                "numbers": dict(each.published.counts), "note": str(each.note) if each.note else "",
                "unknown": [str(text) for text in each.unknown],
            }
            for each in merged.members
        ],
        "notes": [str(note) for note in merged.notes],
    }  # fmt: skip
