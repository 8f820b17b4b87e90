"""Whether the destination of a case is in the customs territory of the Union, with the reason.

A stated `territory`, or a place with its own country code, decides. If only an address names a place with
another rule, the answer is unknown and the territory must be stated.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from overzicht.dates import Holds
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.json_marks import shown_as
from overzicht.law.export_rules import unverified_text
from overzicht.law.territory import SpecialPlace, union_territory
from overzicht.subjects.licensing.model import Application, Role

RECEIVING = (Role.CONSIGNEE, Role.END_USER)


@dataclass(frozen=True, slots=True)
class Destination:
    """Whether a destination is inside the Union, and why; `place` is a deciding special place."""

    holds: Holds
    sentence: Annotated[Text, shown_as("says")]
    citations: tuple[Citation, ...]
    place: SpecialPlace | None = None


def destination(case: Application, day: date) -> Destination:
    """Return whether the destination of a case is inside the Union on `day`."""
    territory = union_territory()
    place = territory.special.get(case.territory) or territory.with_code(case.destination)
    if place is not None and day >= territory.since:
        sentence = text("the destination is {country}: {why}", country=case.destination, why=place.text)
        mark = unverified_text(place.unverified)
        marked = sentence if mark is None else text("{says} ({mark})", says=sentence, mark=mark)
        return Destination(place.inside, marked, territory.cite(place), place)
    of_state = territory.holds(case.destination, day)
    doubtful = [special for special in _named(case) if special.inside is not of_state]
    if doubtful:
        sentence = text(
            "the destination is {country}, but an address names {place}: {why}; state the territory {key}",
            country=case.destination,
            place=doubtful[0].names[0],
            why=doubtful[0].text,
            key=doubtful[0].id,
        )
        return Destination(
            Holds.UNKNOWN, sentence, (*territory.cite(doubtful[0]), *territory.cite()), doubtful[0]
        )
    others = [place.id for place in union_territory().within(case.destination)]
    if not others:
        text_of_state = text("the destination is {country}", country=case.destination)
    else:
        text_of_state = text(
            "the destination is {country}; if the place has its own rule, state the territory ({places})",
            country=case.destination,
            places=", ".join(others),
        )
    return Destination(of_state, text_of_state, territory.cite())


def _named(case: Application) -> tuple[SpecialPlace, ...]:
    parties = [party for role in RECEIVING for party in case.of_role(role)]
    addresses = [party.address for party in parties if party.country in {None, case.destination}]
    return union_territory().named_in(case.destination, addresses)
