"""The grade of a match between a device and the products that sources name for one vulnerability."""

from collections.abc import Sequence
from dataclasses import dataclass

from overzicht.devices.device_kind import REFINES
from overzicht.devices.knowledge import Knowledge
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.vocabulary import core, plain
from overzicht.devices.vulnerabilities.affected_products import AffectedProduct, Grade
from overzicht.devices.vulnerabilities.firmware import Membership, membership
from overzicht.devices.vulnerabilities.models import (
    ModelMatch,
    is_generic,
    is_model_number,
    kinds_of,
    model_names,
)

LONGEST_COMPANY_FORM = 4  # letters of a part of a name that is only a company form: `Ltd`


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """The facts about a device that decide on a match; equal devices have equal facts.

    `maker_id` is empty if the maker is unknown or only a lead. `firmware` are its versions as printed.
    """

    maker_id: str
    brands: tuple[str, ...]
    models: tuple[str, ...]
    firmware: tuple[str, ...]
    kind: DeviceKind
    is_relabelled: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A grade, the number of the affected product that it rests on, and that product's name for the model."""

    grade: Grade
    product: int
    name: str = ""
    is_similar: bool = False  # the source names only the start of the model


def vendor_keys(product: AffectedProduct, knowledge: Knowledge) -> frozenset[str]:
    """Return the keys of the vendor of a product: the ids of the makers that own its name, and its own form.

    A brand that others supply (Amcrest) stands for itself, not for its supplier. A first word of the product
    that is not generic may be the brand on the box: `Linear` in `Linear eMerge E3-Series` of Nice.
    """
    if not product.vendor:
        return frozenset()
    first, _, rest = product.product.partition(" ")
    brand = {f"brand {plain(first)}"} if rest and first.isalpha() and not is_generic(first) else set()
    return _name_keys(product.vendor, knowledge) | brand


def _name_keys(name: str, knowledge: Knowledge) -> frozenset[str]:
    written = name.replace("_", " ")
    parts = [part for part in written.split(",") if len(plain(part)) > LONGEST_COMPANY_FORM]
    keys: set[str] = set()
    for part in dict.fromkeys((written, *parts)):
        match = knowledge.brands.find(part)
        keys |= {f"maker {own.maker_id}" for own in match.brand.owners} if match else set()
        keys.add(f"brand {match.brand.key if match else core(part).replace(' ', '')}")
    return frozenset(keys - {"brand "})


def device_keys(facts: DeviceFacts, knowledge: Knowledge) -> frozenset[str]:
    """Return the keys by which vendors of vulnerabilities meet a device: its maker and its brands."""
    keys = {key for brand in facts.brands for key in _name_keys(brand, knowledge) if key.startswith("brand ")}
    return frozenset(keys | ({f"maker {facts.maker_id}"} if facts.maker_id else set()))


def grade_of(facts: DeviceFacts, products: Sequence[AffectedProduct], knowledge: Knowledge) -> Match | None:
    """Return the best match of a device with the products of its maker; None if it is not affected.

    All `products` belong to one vulnerability and to the maker or brand of the device. A product that names
    the model decides: by its versions if it states any. Otherwise the kind of device counts, unless sources
    name other models than the device's.
    """
    names: list[tuple[ModelMatch, str]] = []
    for product in products:
        written = (*facts.models, *(f"{brand} {model}" for brand in facts.brands for model in facts.models))
        best = (ModelMatch.OTHER, "")
        for model_name in model_names(product.product, product.vendor):
            matches = {model_name.match(model) for model in written}
            if ModelMatch.NAMED in matches:
                names.append((ModelMatch.NAMED, model_name.name))
                break
            if ModelMatch.SIMILAR in matches:
                best = (ModelMatch.SIMILAR, model_name.name)
        else:
            names.append(best)
    named = [number for number, (how, _) in enumerate(names) if how is ModelMatch.NAMED]
    if named:
        return _by_firmware(facts, products, [(number, names[number][1]) for number in named])
    for number, (how, name) in enumerate(names):
        if how is ModelMatch.SIMILAR and _may_be_inside(facts, products[number]):
            return Match(Grade.KIND, number, name, is_similar=True)
    has_models = any(model_names(product.product, product.vendor) for product in products)
    # other models are other devices if the number is one of the maker's own. A relabelled device often has a
    # number of its brand, which the maker's sources do not use
    is_number = any(is_model_number(model) for model in facts.models)
    rules = (rule for model in facts.models for rule in knowledge.rules.matches(model))
    is_own = not facts.is_relabelled or any(
        rule.maker_id == facts.maker_id and not rule.fact.label for rule in rules
    )
    if not (has_models and is_number and is_own):
        for number, product in enumerate(products):
            if facts.kind in {DeviceKind.UNKNOWN, DeviceKind.OTHER}:
                has_kind = False
            else:
                kinds = kinds_of(product.product, facts.maker_id, knowledge)
                has_kind = any(_family(kind) == _family(facts.kind) for kind in kinds)
            if has_kind and _may_be_inside(facts, product):
                return Match(Grade.KIND, number)
    return Match(Grade.MAKER, 0)


def _by_firmware(
    facts: DeviceFacts, products: Sequence[AffectedProduct], named: Sequence[tuple[int, str]]
) -> Match | None:
    """Return the match of a device whose model is named; None if its firmware is in none of the ranges."""
    stated = [(number, name) for number, name in named if products[number].affected] or list(named)
    answers = [
        (membership(facts.firmware, products[number].affected, products[number].unaffected), number, name)
        for number, name in stated
    ]
    for answer, grade in ((Membership.INSIDE, Grade.FIRMWARE), (Membership.UNKNOWN, Grade.KIND)):
        for result, number, name in answers:
            if result is answer:
                return Match(grade, number, name)
    return None


def _may_be_inside(facts: DeviceFacts, product: AffectedProduct) -> bool:
    return membership(facts.firmware, product.affected, product.unaffected) is not Membership.OUTSIDE


def _family(kind: DeviceKind) -> DeviceKind:
    return DeviceKind.CAMERA if kind in REFINES[DeviceKind.CAMERA] else kind
