"""The values of facts in words: options of a choice, yes and no; codes stay as they are."""

from collections.abc import Iterable, Mapping

from overzicht.evidence import Text, text
from overzicht.evidence.phrases import joined
from overzicht.evidence.text import Value as Shown
from overzicht.evidence.text import plain_text
from overzicht.subjects.control_list.classification.item import ItemFact

OPTIONS: Mapping[str, Text] = {  # values of the facts that are a choice
    "linear": text("linear"),
    "two_dimensional": text("two-dimensional"),
    "none": text("none of these"),
    "peak_400_to_1050_nm": text("peak response from 400 to 1,050 nm"),
    "peak_over_1050_to_1800_nm": text("peak response above 1,050 to 1,800 nm"),
    "other": text("other"),
    "monochrome": text("monochrome"),
    "colour_three_arrays": text("colour, with three arrays"),
    "colour_one_array": text("colour, with one array"),
    "confidentiality": text("confidentiality of data"),
    "authentication": text("authentication"),
    "signature": text("digital signature"),
    "integrity": text("integrity of data"),
    "non_repudiation": text("non-repudiation"),
    "rights_management": text("rights management"),
    "broadcasting_or_medical": text("broadcasting, entertainment or medical records"),
    "wireless_personal_area": text("wireless personal area network"),
    "banking": text("banking"),
    "key_management_of_excluded": text("key management for excluded functions"),
    "dormant": text("present but not active"),
    "information_security": text("information security"),
    "communication": text("communication between systems"),
    "computing_or_storage": text("computing or storage"),
    "development": text("development"),
    "production": text("production"),
    "use": text("use of the product"),
    "features": text("required features"),
    "laser": text("a laser beam"),
    "electron_beam": text("an electron beam"),
    "electric_arc": text("an electric arc"),
    "inert_gas": text("an inert gas"),
    "vacuum": text("a vacuum"),
    "camera": text("a camera"),
    "pyrometer": text("a pyrometer"),
    "radiometer_or_spectrometer": text("a radiometer or spectrometer"),
}


def option_words(values: Iterable[str]) -> Text:
    """Return values of a choice in words, and codes as they are."""
    return joined(OPTIONS.get(value) or plain_text(value) for value in values)


def stated_words(fact: ItemFact) -> Shown:
    """Return the value of a fact as a reader sees it."""
    if isinstance(fact.value, bool):
        return text("yes") if fact.value else text("no")
    if isinstance(fact.value, frozenset):
        return option_words(sorted(fact.value))
    return OPTIONS.get(str(fact.value), fact.shown)
