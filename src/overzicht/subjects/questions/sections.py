"""What pages of others show of parliamentary questions: sets that name a party, or that a search finds."""

from overzicht.evidence import text
from overzicht.subjects.makers.page_parts import FoundSection, PagePart
from overzicht.subjects.makers.profile import MakerFacts
from overzicht.subjects.questions.showing import search
from overzicht.web.context import PageContext

MAX_SETS = 5  # on the page of a party


def questions_of_party(context: PageContext, facts: MakerFacts) -> PagePart:
    """Return the sets with the name of a party until the date: the best ones, and their number."""
    with context.store.reading() as connection:
        sets, count = search(connection, [facts.name], context.day, MAX_SETS)
    return PagePart("_questions_of_party.html", {"sets": sets, "count": count})


def questions_found(context: PageContext, words: str, most: int) -> FoundSection:
    """Return the best sets with all words until the date, and their number."""
    with context.store.reading() as connection:
        sets, count = search(connection, [words], context.day, most)
    heading = text("Parliamentary questions")
    return FoundSection("_questions_found.html", {"sets": sets}, "questions-h", heading, count)
