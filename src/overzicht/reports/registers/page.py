"""Registers of several organisations as one HTML page: own style and policy, no script, nothing fetched."""

from collections.abc import Mapping

from overzicht.evidence import Text
from overzicht.register.merging import MergedOverview
from overzicht.reports.html import charts
from overzicht.reports.html.charts import BLUE, GREY, Bar
from overzicht.reports.html.document import Page
from overzicht.reports.html.groups import ENTRIES_SHOWN
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import ROWS_DRAWN, Figure, Headline
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.registers.register_lines import (
    NUMBERS,
    counting,
    headline,
    maker_name,
    number_of,
    sharing_models,
    told_by,
)
from overzicht.reports.vocabulary import word

TONES: Mapping[str, str] = {
    "total": "plain",
    "listed": "listed",
    "relabelled": "relabelled",
    "unknown": "unknown",
}


def render_merged(merged: MergedOverview, lang: Language) -> str:
    """Return the page; without the extra `charts` it has a table in place of the picture."""
    words = words_for(lang)
    page = Page("merged_registers.html", "overzicht.reports.registers")
    return page.render(
        lang,
        merged=merged,
        headline=words.say(headline(merged)),
        counting=counting(merged),
        headlines=headlines(merged, words),
        numbers=number_rows(merged, words),
        makers=[(maker_name(merged, maker, words), count) for maker, count in merged.makers.items()],
        makers_figure=makers_figure(merged, words),
        sharing_models=words.say(sharing_models(merged)),
        models_shown=ENTRIES_SHOWN,
        has_charts=charts.are_available(),
    )


def headlines(merged: MergedOverview, words: Words) -> list[Headline]:
    """Return the numbers of the top of the page, each with its part of all devices if that is known."""
    total = merged.totals.get("total", 0)
    return [
        Headline(
            number_of(merged, name, words),
            words.part(merged.totals[name], total) if name in merged.totals and name != "total" else "",
            words.say(_label(name)),
            tone,
            "numbers",
        )
        for name, tone in TONES.items()
    ]


def number_rows(merged: MergedOverview, words: Words) -> list[tuple[str, str, int]]:
    """Return each number with what it counts, and how many organisations tell it; those of the form first."""
    names = [*NUMBERS, *(name for name in merged.totals if name not in NUMBERS)]
    return [
        (words.say(_label(name)), number_of(merged, name, words), told_by(merged, name)) for name in names
    ]


def makers_figure(merged: MergedOverview, words: Words) -> Figure:
    """Return devices per maker, the unknown in grey."""
    caption = Caption(
        "fig-makers",
        words.text("Devices per maker"),
        words.text("Bars for {count} rows; the table has the same numbers.", count=len(merged.makers)),
    )
    bars = [
        Bar(maker_name(merged, maker, words), ((count, BLUE if maker else GREY),))
        for maker, count in merged.makers.items()
    ]
    picture = charts.bar_chart(bars[:ROWS_DRAWN], caption, words)
    return Figure(caption, picture, (), max(0, len(bars) - ROWS_DRAWN))


def _label(name: str) -> Text:
    return word(NUMBERS, name)
