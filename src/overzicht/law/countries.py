"""Countries by code: their names in a sentence, and whether Union law applied to their territory."""

from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Citation, Text, in_both
from overzicht.evidence.territories import territory_names
from overzicht.law.territory import union_territory


def country_text(code: str) -> Text:
    """Return a country's name with its code in both languages; the code alone if it has no name."""
    return in_both(en=_named(code, "en"), nl=_named(code, "nl"))


def _named(code: str, lang: str) -> str:
    name = territory_names(lang).get(code)
    return f"{name} ({code})" if name else code


def is_in_union(code: str, day: date) -> Holds:
    """Return whether the law of the Union applied to the territory of a country code on a date.

    Based on the list of the customs territory, whose dates are those of Union law: the United Kingdom is
    included until the end of 2020. Unknown for a place whose customs rule differs from that of its state.
    """
    territory = union_territory()
    if territory.with_code(code) is not None:
        return Holds.UNKNOWN
    return territory.holds(code, day)


def cite_union(code: str) -> tuple[Citation, ...]:
    """Return the citations for whether a country is in the Union."""
    territory = union_territory()
    place = territory.with_code(code)
    return territory.cite(place) or territory.cite()
