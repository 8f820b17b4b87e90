"""The figures as one HTML page with charts: own style and content policy, no script, nothing fetched."""

from overzicht.evidence import text
from overzicht.reports.html import charts
from overzicht.reports.html.charts import BLUE, Bar
from overzicht.reports.html.document import ONE_COLUMN, Page
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import Figure
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.subjects.questions.facts import term
from overzicht.subjects.questions.figures import Figures
from overzicht.subjects.questions.lines import class_words, day_sentence, median_words

ROWS_DRAWN = 20


def render_figures(figures: Figures, lang: Language) -> str:
    """Return the page; without the extra `charts` it has tables only."""
    words = words_for(lang)
    page = Page("question_figures.html", "overzicht.subjects.questions", style=ONE_COLUMN)
    return page.render(
        lang,
        figures=figures,
        has_charts=charts.are_available(),
        tables=figure_tables(figures, words),
        day_sentence=day_sentence(figures, words),
        ministries=ministry_rows(figures, words),
        rule=term(),
    )


def ministry_rows(figures: Figures, words: Words) -> list[tuple[str, str, str, str]]:
    """Return for each ministry its name, answered sets, late ones and the median of days."""
    return [
        (
            row.name or words.text("ministry not named"),
            words.number(row.days.count),
            words.number(row.late),
            median_words(row.days.days, words),
        )
        for row in figures.ministries
    ]


def figure_tables(figures: Figures, words: Words) -> list[tuple[str, Figure, list[tuple[str, int]]]]:
    """Return each figure with its id and the rows of its table."""
    states = [(words.say(state.words), n) for state, n in figures.states]
    classes = [(class_words(first, last, words), n) for first, last, n in figures.classes]
    years = [(str(year), n) for year, n in figures.years]
    rows = (
        ("states", text("Status of the sets"), states),
        ("classes", text("Days until the answer"), classes),
        ("years", text("Sets by year of asking"), years),
        ("parties", text("By party of the members"), list(figures.parties)),
        ("domains", text("Sources cited in the notes of questions"), list(figures.domains)),
    )
    tables = []
    for name, title, given in rows:
        if given:
            description = words.text(
                "Bars for {count} rows; the table has the same numbers.", count=len(given)
            )
            caption = Caption(f"fig-{name}", words.say(title), description)
            bars = [Bar(label, ((n, BLUE),)) for label, n in given[:ROWS_DRAWN]]
            tables.append(
                (
                    name,
                    Figure(
                        caption, charts.bar_chart(bars, caption, words), (), max(0, len(given) - ROWS_DRAWN)
                    ),
                    given,
                )
            )
    return tables
