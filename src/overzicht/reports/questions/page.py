"""The figures as one HTML page with charts: own style and content policy, no script, nothing fetched."""

from overzicht.evidence import Text, text
from overzicht.questions.facts import term
from overzicht.questions.figures import Figures
from overzicht.reports.html import charts
from overzicht.reports.html.charts import BLUE, Bar
from overzicht.reports.html.document import ONE_COLUMN, Page
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import Figure
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.questions import vocabulary
from overzicht.reports.questions.lines import class_words, day_lines, median_words

ROWS_DRAWN = 20


def render_figures(found: Figures, lang: Language) -> str:
    """Return the page; without the extra `charts` the tables stand alone, and say why."""
    words = words_for(lang)
    page = Page("question_figures.html", "overzicht.reports.questions", style=ONE_COLUMN)
    return page.render(
        lang,
        found=found,
        has_charts=charts.are_available(),
        tables=figure_tables(found, words),
        day_sentence=" ".join(day_lines(found, words)),
        ministries=ministry_rows(found, words),
        rule=term(),
    )


def ministry_rows(found: Figures, words: Words) -> list[tuple[str, str, str, str]]:
    """Return for each ministry its name, answered sets, late ones and the median of days."""
    return [
        (
            row.name or words.say(text("ministry not named")),
            words.number(row.days.count),
            words.number(row.late),
            median_words(row.days.days, words),
        )
        for row in found.ministries
    ]


def figure_tables(found: Figures, words: Words) -> list[tuple[str, Figure, list[tuple[str, int]]]]:
    """Return each figure with its id and the rows of its table."""
    states = [(words.say(vocabulary.STATES[state]), n) for state, n in found.states]
    classes = [(class_words(first, last, words), n) for first, last, n in found.classes]
    years = [(str(year), n) for year, n in found.years]
    rows = (
        ("states", text("Where the sets stand"), states),
        ("classes", text("Days until the answer"), classes),
        ("years", text("Sets by year of asking"), years),
        ("parties", text("By party of those who ask"), list(found.parties)),
        ("domains", text("Sources cited in the notes of questions"), list(found.domains)),
    )
    return [(name, _figure(name, title, given, words), given) for name, title, given in rows if given]


def _figure(name: str, title: Text, rows: list[tuple[str, int]], words: Words) -> Figure:
    description = words.say(
        text("Bars for {count} rows; the table beside it tells the same.", count=len(rows))
    )
    caption = Caption(f"fig-{name}", words.say(title), description)
    bars = [Bar(label, ((n, BLUE),)) for label, n in rows[:ROWS_DRAWN]]
    return Figure(caption, charts.bar_chart(bars, caption, words), (), max(0, len(rows) - ROWS_DRAWN))
