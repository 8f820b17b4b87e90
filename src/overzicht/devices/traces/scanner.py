"""What scanners concluded: product strings, guesses of the operating system, and subjects of certificates."""

import re
from functools import cache

from overzicht.devices.brands import Brand
from overzicht.devices.traces.interface import Evidence, Family, Lookup
from overzicht.devices.vocabulary import kind_in_words, load_vocabulary
from overzicht.evidence import Confidence, Reason, Text, text

_ORGANISATION = re.compile(r"(?:^|[,/;]\s*)(?:O|organizationName)\s*=\s*((?:\\.|[^,/;\\])+)")


def product_evidence(value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return what a product string says (`Hikvision IPCam control port`): the brand it begins with."""
    brand = _owned_brand(value, lookup)
    if brand is None:
        return ()
    if why := weakness(value):
        return (_guess(brand, text("{product} is a guess of the scanner: {why}", product=value, why=why)),)
    sentence = text("The device, or the scan of it, names itself {product}", product=value)
    return (_evidence(brand, Family.SCANNER, sentence, value),)


def os_guess_evidence(value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return what a guess of the operating system says: never more than a hint."""
    brand = _owned_brand(value, lookup)
    if brand is None:
        return ()
    return (
        _guess(
            brand, text("The scanner guesses {guess} from the network behaviour of the device", guess=value)
        ),
    )


def certificate_evidence(value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return what the organisation in a certificate says; a device that is given its own has the owner's."""
    organisation = _ORGANISATION.search(value)
    name = organisation[1].replace("\\", "").strip() if organisation else ""
    match = lookup.knowledge.brands.find(name) if name else None
    if match is None or not _owner(match.brand, lookup):
        return ()
    sentence = text("The certificate names the organisation {name}", name=name)
    if lookup.knowledge.has_other_goods(match.brand.owners[0].maker_id):
        return (_guess(match.brand, sentence),)
    return (_evidence(match.brand, Family.CERTIFICATE, sentence, ""),)


def _owned_brand(value: str, lookup: Lookup) -> Brand | None:
    beginning = lookup.knowledge.brands.beginning(value)
    return beginning[0] if beginning and _owner(beginning[0], lookup) else None


def _owner(brand: Brand, lookup: Lookup) -> str:
    """Return the maker of devices whose own name this is and that has nobody else make them; else empty."""
    if len(brand.owners) != 1:
        return ""
    maker = brand.owners[0].maker_id
    is_maker = lookup.knowledge.makes_its_own(maker) and not brand.is_relabelling(besides=maker)
    return maker if is_maker else ""


def _evidence(brand: Brand, family: Family, sentence: Text, words: str) -> Evidence:
    own = brand.owners[0]
    reason = Reason(sentence, Confidence.MEDIUM, (own.citation,))
    return Evidence(own.maker_id, family, reason, kind=kind_in_words(words)[0])


def _guess(brand: Brand, sentence: Text) -> Evidence:
    own = brand.owners[0]
    reason = Reason(sentence, Confidence.LOW, (own.citation,))
    return Evidence(own.maker_id, Family.SCANNER, reason, is_hint=True)


@cache
def weakness(value: str) -> str:
    """Return why a product string is only a guess; empty when nothing is known against it."""
    weak = load_vocabulary().weak_products
    return next((entry.why for entry in weak if re.search(entry.pattern, value)), "")
