"""What an organisation has, as places on its map: makers, brands, suppliers, and what it does not know."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.diligence.mapping import MapPlace
from overzicht.diligence.words import RiskKind
from overzicht.evidence import (
    Answer,
    Citation,
    Confidence,
    Finding,
    FindingKind,
    Reason,
    Text,
    finding_id,
    text,
)
from overzicht.evidence.text import Value
from overzicht.store.register.organisations import slug


@dataclass(frozen=True, slots=True)
class HeldDevice:
    """A device (or several equal ones), or a row of an inventory, as far as a map needs it.

    `brand` is given where it is not the maker's own; `maker_id` is empty where the maker is not known.
    """

    maker_id: str
    maker: str
    quantity: int
    brand: str = ""
    supplier: str = ""
    is_listed: bool = False
    is_low: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose devices they are, on which day, and the files that show them.

    `counts_rows` tells that rows of inventories are counted and not devices: a run does not keep quantities.
    """

    name: str
    as_of: date
    citations: tuple[Citation, ...]
    counts_rows: bool = False


def places_of(held: Sequence[HeldDevice], holder: Holder) -> tuple[MapPlace, ...]:
    """Return the places: makers, unknown makers, brands and suppliers, of each the most devices first."""
    return (
        *_makers([each for each in held if each.maker_id], holder),
        *_unknown([each for each in held if not each.maker_id], holder),
        *_brands([each for each in held if each.brand], holder),
        *_suppliers([each for each in held if each.supplier], holder),
    )


def _grouped(
    held: Iterable[HeldDevice], key: Callable[[HeldDevice], str]
) -> list[tuple[str, list[HeldDevice]]]:
    groups: dict[str, list[HeldDevice]] = defaultdict(list)
    for each in held:
        groups[key(each)].append(each)
    return sorted(groups.items(), key=lambda pair: (-_count(pair[1]), pair[0]))


def _count(held: Iterable[HeldDevice]) -> int:
    return sum(each.quantity for each in held)


def _spelt(names: Iterable[str]) -> str:
    """Return the spelling that is used most; of equal ones the first in order."""
    counted = Counter(names)
    return min(counted, key=lambda name: (-counted[name], name))


def _devices(held: Iterable[HeldDevice], holder: Holder) -> int | None:
    return None if holder.counts_rows else _count(held)


def _finding(
    holder: Holder, subject: str, statement: Text, *, low: int = 0, is_found: bool = True
) -> Finding:
    """Return a finding on what the holder has; `low` of it rests on traces of low confidence."""
    shown = Reason(text("this is what the inventories show"), Confidence.HIGH, holder.citations)
    doubt = Reason(
        text("of {count} of these the maker is a lead with low confidence", count=low), against=True
    )
    return Finding(
        id=finding_id(FindingKind.MAKER, holder.name, subject, holder.as_of.isoformat()),
        kind=FindingKind.MAKER,
        subject=slug(holder.name),
        object=subject,
        answer=Answer.FOUND if is_found else Answer.NOT_FOUND,
        statement=statement,
        as_of=holder.as_of,
        confidence=Confidence.HIGH if is_found else Confidence.NONE,
        reasons=(shown, doubt) if low else (shown,),
    )


def _makers(held: Sequence[HeldDevice], holder: Holder) -> Iterable[MapPlace]:
    for maker, each in _grouped(held, lambda one: one.maker_id):
        name, devices = each[0].maker, _count(each)
        relabelled = _count(one for one in each if one.brand)
        values: dict[str, Value] = {
            "organisation": holder.name,
            "count": devices,
            "maker": name,
            "relabelled": relabelled,
        }
        if holder.counts_rows:
            says = text(
                "{count} rows in the inventories of {organisation} are devices made by {maker}; "
                "{relabelled} of them carry another brand",
                **values,
            )
        else:
            says = text(
                "{organisation} has {count} devices made by {maker}; {relabelled} of them carry "
                "another brand",
                **values,
            )
        yield MapPlace(
            kind=RiskKind.OWN_USE,
            party=maker,
            title=text("Use of devices made by {maker}", maker=name),
            devices=_devices(each, holder),
            finding=_finding(holder, maker, says, low=_count(one for one in each if one.is_low)),
        )


def _unknown(held: Sequence[HeldDevice], holder: Holder) -> Iterable[MapPlace]:
    if not held:
        return
    values: dict[str, Value] = {"organisation": holder.name, "count": _count(held)}
    if holder.counts_rows:
        says = text(
            "of {count} rows in the inventories of {organisation} the maker is unknown or undecided", **values
        )
    else:
        says = text("of {count} devices of {organisation} the maker is unknown or undecided", **values)
    yield MapPlace(
        kind=RiskKind.UNKNOWN_MAKER,
        party="",
        title=text("Use of devices of which the maker is not known"),
        devices=_devices(held, holder),
        finding=_finding(holder, "unknown", says, is_found=False),
    )


def _brands(held: Sequence[HeldDevice], holder: Holder) -> Iterable[MapPlace]:
    for key, each in _grouped(held, lambda one: slug(one.brand) or one.brand):
        brand = _spelt(one.brand for one in each)
        makers = ", ".join(sorted({one.maker for one in each}))
        values: dict[str, Value] = {"count": _count(each), "brand": brand, "makers": makers}
        if holder.counts_rows:
            says = text("{count} rows are devices sold as {brand} and made by {makers}", **values)
        else:
            says = text("{count} devices were sold as {brand} and made by {makers}", **values)
        yield MapPlace(
            kind=RiskKind.BRAND,
            party=key,
            title=text(
                "{brand}, the brand under which devices of {makers} were sold", brand=brand, makers=makers
            ),
            devices=_devices(each, holder),
            finding=_finding(holder, f"brand {key}", says),
            makers=tuple(sorted({one.maker_id for one in each})),
        )


def _suppliers(held: Sequence[HeldDevice], holder: Holder) -> Iterable[MapPlace]:
    for key, each in _grouped(held, lambda one: slug(one.supplier) or one.supplier):
        supplier = _spelt(" ".join(one.supplier.split()) for one in each)
        listed = [one for one in each if one.is_listed]
        says = text(
            "{supplier} supplied {count} devices, {listed} of them of a maker that stands on a list",
            supplier=supplier,
            count=_count(each),
            listed=_count(listed),
        )
        yield MapPlace(
            kind=RiskKind.SUPPLIER,
            party=key,
            title=text("{supplier}, supplier of devices", supplier=supplier),
            devices=_devices(each, holder),
            finding=_finding(holder, f"supplier {key}", says),
            makers=tuple(sorted({one.maker_id for one in listed if one.maker_id})),
        )
