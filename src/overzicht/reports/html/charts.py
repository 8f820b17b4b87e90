"""Charts: Vega-Lite specs that ship as data, filled with the numbers of the report.

Every chart is drawn twice, for a wide page and for a phone, because a scaled drawing cannot be read. The
colours are the light theme's; the stylesheet swaps them by attribute in the dark. Legends are part of the
page and not of the drawing.
"""

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from overzicht.dates import DateBasis
from overzicht.evidence import text
from overzicht.reports.html.svg import Caption, finish, hatch, parse
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import ListingRow
from overzicht.reports.xml_text import xml_text

# the palette of the stylesheet's light theme; `assets/report.css` names the same values
BLUE, AMBER, RED, GREY, PALE, PAPER = "#2f5d8a", "#b5651d", "#a3294a", "#767f88", "#b9bec4", "#fdfcfa"
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
WIDE, NARROW = 820, 272  # pixels; the narrow one fits a screen of 320
BAR_STEP, TIMELINE_STEP, NARROW_STEP = 44, 58, 90  # pixels from one row to the next
NARROW_TEXT = 30  # characters on a line of a narrow drawing
NAME_PART = 0.8  # of the width for a name: texts are wider in some readers' fonts than in ours
DRAWINGS_KEPT = 256  # of some tens of kB; a page of the service is asked for again with the same numbers
DAYS_PER_YEAR = 365
_TWO_PARTS = re.compile("[\U00010000-\U0010ffff]")
SHORTEST_SPAN_DAYS = 2 * DAYS_PER_YEAR  # so that a young listing is still a bar on an axis of years


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in its two widths."""

    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: a name, and parts as (value, colour) in the order they are stacked."""

    name: str
    parts: tuple[tuple[int, str], ...]

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(value for value, _ in self.parts)


def are_available() -> bool:
    """Return whether the library that draws charts is installed."""
    try:
        import vl_convert  # noqa: F401, PLC0415  # an extra, and heavy
    except ImportError:
        return False
    return True


def bar_chart(bars: Sequence[Bar], caption: Caption, words: Words) -> Picture | None:
    """Return stacked bars on one scale, or None if there is nothing to draw."""
    most = max((bar.total for bar in bars), default=0)
    if not most or not are_available():
        return None
    parts = [
        {"key": key, "value": value, "colour": colour, "order": order}
        for key, bar in enumerate(bars)
        for order, (value, colour) in enumerate(bar.parts)
        if value
    ]
    labels = [
        {"key": key, "name": xml_text(bar.name), "total": words.number(bar.total)}
        for key, bar in enumerate(bars)
    ]
    slots = {"bars": parts, "labels": labels, "most": most, "height": len(bars) * BAR_STEP}
    return _both_widths("bars", (slots, slots), caption)


def timeline(listings: Sequence[ListingRow], as_of: date, caption: Caption, words: Words) -> Picture | None:
    """Return one bar per entry from its first day to its last (or the day of the report), or None."""
    if not listings or not are_available():
        return None
    known = [d.day for row in listings for d in (row.since, row.until) if d is not None]
    earliest = min([*known, as_of - timedelta(days=SHORTEST_SPAN_DAYS)])
    first = date(earliest.year, 1, 1)
    rows: list[dict[str, Any]] = []
    bounds: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    for key, listing in enumerate(listings):
        since, until = listing.since, listing.until
        colour = RED if listing.binds_reader else BLUE if listing.is_current else GREY
        title, shown = words.say(listing.list_title), words.legal_date(since)
        if until:
            what = text("{since} to {until} · {list}", list=title, since=shown, until=until.day)
        else:
            what = text("since {since} · {list}", list=title, since=shown)
        row = {
            "key": key,
            "party": xml_text(listing.party_name),
            "what": xml_text(words.say(what)),
            "start": max(since.day if since else first, first).isoformat(),
            "end": min(until.day if until else as_of, as_of).isoformat(),
            "colour": colour if since else PALE,
        }
        rows.append(row)
        if since is not None and since.basis is DateBasis.NOT_LATER_THAN:
            # the pale part of a bar before an upper bound, when the entry may have begun
            start = max(since.earliest or first, first).isoformat()
            bounds.append(
                {**row, "party": "", "what": "", "start": start, "end": row["start"], "colour": PALE}
            )
        elif since is not None:
            # the filling of the dot: full for a stated day, open for a derived one
            fill = row["colour"] if since.basis is DateBasis.STATED else PAPER
            points.append({"key": key, "start": row["start"], "colour": row["colour"], "fill": fill})
    slots = {"points": points, "span": [first.isoformat(), as_of.isoformat()]}
    lines = [*rows, *bounds]
    folded = [
        {**row, "what": textwrap.wrap(row["what"], NARROW_TEXT, max_lines=3, placeholder="…")}
        for row in lines
    ]
    wide = {**slots, "rows": lines, "height": len(rows) * TIMELINE_STEP, **_heights(TIMELINE_STEP)}
    narrow = {**slots, "rows": folded, "height": len(rows) * NARROW_STEP, **_heights(NARROW_STEP)}
    return _both_widths("timeline", (wide, narrow), caption)


def _heights(step: int) -> dict[str, int]:
    """Return where name, words and bar of a row are, in pixels from its middle."""
    return {"party_at": 18 - step // 2, "what_at": 35 - step // 2, "bar_at": step // 2 - 14}


def _both_widths(spec: str, slots: tuple[Mapping[str, Any], Mapping[str, Any]], caption: Caption) -> Picture:
    drawn: list[Markup] = []
    for own, name, width, ticks in zip(slots, ("wide", "narrow"), (WIDE, NARROW), (10, 4), strict=True):
        size = {"width": width, "limit": round(width * NAME_PART), "ticks": ticks}
        filled = _fill(_spec(spec), {"font": FONT, **own, **size})
        root = parse(_drawing_of(json.dumps(filled, ensure_ascii=False)))
        hatch(root, RED, PAPER)
        named = Caption(f"{caption.id}-{name}", caption.title, caption.description)
        drawn.append(finish(root, named, role="img"))
    wide, narrow = drawn
    return Picture(wide, narrow)


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawing_of(spec: str) -> str:
    import vl_convert  # noqa: PLC0415  # an extra, and heavy

    try:
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    except ValueError:  # the library may cut a long name within a character of two parts, such as an emoji
        return vl_convert.vegalite_to_svg(
            _TWO_PARTS.sub("\N{REPLACEMENT CHARACTER}", spec), allowed_base_urls=[]
        )


@cache
def _spec(name: str) -> Any:
    return json.loads(files("overzicht.reports").joinpath("charts", f"{name}.vl.json").read_text("utf-8"))


def _fill(node: Any, slots: Mapping[str, Any]) -> Any:
    """Return the spec with every text `$name` replaced by the slot of that name; KeyError without one."""
    if isinstance(node, dict):
        return {key: value if key == "$schema" else _fill(value, slots) for key, value in node.items()}
    if isinstance(node, list):
        return [_fill(item, slots) for item in node]
    return slots[node[1:]] if isinstance(node, str) and node.startswith("$") else node
