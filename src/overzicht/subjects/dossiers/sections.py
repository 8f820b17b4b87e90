"""What pages of others show of dossiers: those about a party, and those that a search finds."""

from overzicht.devices.vocabulary import squashed
from overzicht.evidence import text
from overzicht.subjects.dossiers.entries_as_of import names_of
from overzicht.subjects.dossiers.showing import list_dossiers
from overzicht.subjects.makers.page_parts import FoundSection, PagePart
from overzicht.subjects.makers.profile import MakerFacts
from overzicht.web.context import PageContext


def dossiers_of_party(context: PageContext, facts: MakerFacts) -> PagePart:
    """Return the dossiers about a party under any of its names, as of the date."""
    with context.store.reading() as connection:
        names = names_of(connection, facts.id) | names_of(connection, facts.name)
    lines = list_dossiers(context.store, context.day)
    about = [line for line in lines if {squashed(line.id), squashed(line.name)} & names]
    return PagePart("_dossiers_of_party.html", {"dossiers": about})


def dossiers_found(context: PageContext, words: str, most: int) -> FoundSection:
    """Return the dossiers with these words in the title or the name of the party, as of the date."""
    del most  # the page shows no more
    say, part = context.words.say, words.casefold()
    lines = [
        line
        for line in list_dossiers(context.store, context.day)
        if any(part in name.casefold() for name in (line.name, say(line.title)))
    ]
    return FoundSection("_dossiers_found.html", {"lines": lines}, "dossiers-h", text("Dossiers"), len(lines))
