"""A clause for a specification: what a buyer asks of a tenderer about makers, owners and lists.

The clause asks for facts and refuses nobody: technical specifications may not refer to a make or an origin to
exclude it (Directive 2014/24/EU, Article 42(4)), and a buyer decides what a listing means for the contract.
"""

from collections.abc import Sequence

from overzicht.evidence import text
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import ListingRow

DIRECTIVE = "https://eur-lex.europa.eu/eli/dir/2014/24/oj"
DAYS_TO_REPORT = 14  # a proposal; the buyer changes it

TITLE = text("Manufacturers and official lists")
BEFORE = (
    text("The tenderer states for each device: the brand, the model, and who designed and made it."),
    text("The tenderer states who owns the manufacturer, and each share."),
)
ANY_LIST = text(
    "The tenderer states whether an official list names the manufacturer or an owner "
    "on the date of the tender."
)
NAMED_LISTS = text(
    "The tenderer states whether an official list names the manufacturer or an owner "
    "on the date of the tender. The answer covers at least: {lists}."
)
AFTER = (
    text("If a list names one of them, the tenderer states the list, the entry and the start date."),
    text("The tenderer may add an explanation by the manufacturer."),
    text(
        "During the contract, the supplier reports a change of manufacturer, owner or listing "
        "within {days} days.",
        days=DAYS_TO_REPORT,
    ),
    text(
        "The contracting authority may ask for evidence, for example the type plate or a statement of origin."
    ),
)
BINDING = text(
    "{list} names {party} and binds the contracting authority. The supplier does nothing under this contract "
    "that the law on that list prohibits."
)


def clause(listings: Sequence[ListingRow], words: Words) -> list[str]:
    """Return the sentences of a clause; the lists of listings in force are named, a binding one apart."""
    current = [row for row in listings if row.is_current]
    titles = sorted({words.say(row.list_title) for row in current})
    lists = NAMED_LISTS.filled(lists="; ".join(titles)) if titles else ANY_LIST
    binding = {(words.say(row.list_title), row.party_name) for row in current if row.binds_reader}
    return [
        *map(words.say, (*BEFORE, lists, *AFTER)),
        *(words.say(BINDING.filled(list=title, party=party)) for title, party in sorted(binding)),
    ]
