"""Names of parties, places and kinds of devices, as values of sentences."""

from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Text, in_both, text
from overzicht.evidence.territories import territory_text
from overzicht.reports.vocabulary import KINDS, word


def place_text(code: str) -> Text:
    """Return the name of a country or of the Union in both languages; the code where none is known."""
    return in_both(en="the Netherlands", nl="Nederland") if code == "NL" else territory_text(code)


def bodies_text(place: str) -> Text:
    """Return what to call the public bodies of a place."""
    if place == "EU":
        return text("institutions of the European Union")
    return text("bodies in {place}", place=place_text(place))


def party_name(party: str) -> str:
    """Return the trade name of a maker; another party is called as it is."""
    card = load_knowledge().makers.get(party)
    return party if card is None else card.trade_name


def kind_text(kind: str) -> Text:
    """Return the word for a kind of device."""
    return word(KINDS, kind)
