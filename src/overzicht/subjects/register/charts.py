"""Charts of the register: manufacturers, sites and the trend, each with the part of listed manufacturers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.evidence import Text, text
from overzicht.reports.html import charts
from overzicht.reports.html.charts import BLUE, GREY, RED, Bar
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import ROWS_DRAWN, Figure
from overzicht.reports.i18n import Words
from overzicht.store.register.devices import Counts, DeviceFilter
from overzicht.subjects.register.register_day import cached_counts, screen_register
from overzicht.web.context import PageContext

UNKNOWN_MAKER = text("unknown or not determined")
Count = tuple[str, str, int]  # id (empty: unknown), name, devices or rows


@dataclass(frozen=True, slots=True)
class Trend:
    """The counts of the register on dates, oldest first, with their chart."""

    counts: tuple[Counts, ...]
    figure: Figure


def trend_of(context: PageContext, days: Sequence[date]) -> Trend | None:
    """Return the counts on dates by the lists of each date; None if the register is empty on all of them."""
    words = context.words
    for day in days:
        screen_register(context, day)
    counted = [cached_counts(context, DeviceFilter(day, allowed=context.allowed)) for day in days]
    counted = [counts for counts in counted if counts.total]
    if not counted:
        return None
    caption = Caption(
        "fig-trend",
        words.say(text("Devices on the dates of inventories")),
        words.say(text("One bar per date, the oldest first.")),
    )
    bars = [
        Bar(words.day(counts.as_of), ((counts.listed, RED), (counts.total - counts.listed, BLUE)))
        for counts in counted
    ]
    picture = charts.bar_chart(bars, caption, words)
    return Trend(tuple(counted), Figure(caption, picture, legend(words)[:2]))


def makers_figure(
    makers: list[Count], words: Words, title: Text, listed: Mapping[str, int] | None = None
) -> Figure:
    """Return a chart of manufacturers; without `listed` no bar is marked as listed."""
    caption = Caption(
        "fig-makers", words.say(title), words.say(text("One bar per manufacturer, most rows first."))
    )
    bars = _bars(makers, listed or {})
    # rows without a known manufacturer come last, and are always drawn
    drawn = [*bars[: ROWS_DRAWN - 1], *bars[ROWS_DRAWN - 1 :][-1:]]
    picture = charts.bar_chart(drawn, caption, words)
    return Figure(caption, picture, () if listed is None else legend(words), len(bars) - len(drawn))


def places_figure(places: list[Count], counts: Counts, words: Words) -> Figure:
    """Return a chart of the places with the most devices."""
    caption = Caption(
        "fig-places",
        words.say(text("Devices per place")),
        words.say(text("One bar per place, most devices first.")),
    )
    bars = _bars(places[:ROWS_DRAWN], {key: site.listed for key, site in counts.sites.items()})
    picture = charts.bar_chart(bars, caption, words)
    return Figure(caption, picture, legend(words)[:2], len(places) - len(bars))


def _bars(counts: list[Count], listed: Mapping[str, int]) -> list[Bar]:
    """Return a bar per count. The part of listed manufacturers comes first."""
    return [
        Bar(name, ((listed.get(key, 0), RED), (count - listed.get(key, 0), BLUE if key else GREY)))
        for key, name, count in counts
    ]


def legend(words: Words) -> tuple[tuple[str, str], ...]:
    """Return the legend of these charts as (class, words)."""
    return (
        ("listed", words.say(text("made by a listed manufacturer"))),
        ("own", words.say(text("other devices"))),
        ("unknown", words.say(UNKNOWN_MAKER)),
    )
