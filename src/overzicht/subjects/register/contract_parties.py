"""Contracts in the register: buyers, suppliers and makers in imported procurement notices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.evidence import Citation
from overzicht.store.register import devices
from overzicht.store.register.device_states import evidence_of
from overzicht.store.register.devices import DeviceFilter

NOTICE, COUNTRY, SUPPLIER, CONTRACT_DAY = (  # headers of `extra` of a sighting in a notice
    "notice",
    "country",
    "supplier",
    "contract day",
)
AWARDED = "contract"  # the status of a sighting in a notice of an awarded contract


@dataclass(frozen=True, slots=True)
class NamedContract:
    """A contract in an imported notice that names a maker: buyer, supplier, start date and country.

    `maker_id` is the maker of its devices, or the maker that the supplier is named after.
    """

    maker_id: str
    buyer: str
    country: str
    supplier: str
    notice: str
    day: date
    citation: Citation


def contracts_in(
    connection: Connection, codes: Collection[str], as_of: date, *, allowed: tuple[str, ...] | None = None
) -> tuple[NamedContract, ...]:
    """Return the contracts that were concluded in these countries (two capital letters) until a date.

    They come from notices that were imported into the register; `allowed` limits the organisations there
    (None: no limit). A notice without a dated contract is left out. Sorted by maker and date.
    """
    lines = {line.id: line for line in devices.all_devices(connection, DeviceFilter(as_of, allowed=allowed))}
    contracts: set[NamedContract] = set()
    for device_id, evidence in evidence_of(connection, lines).items():
        maker_id = lines[device_id].maker_id
        for sighting in evidence.values():
            extra = sighting.extra
            day, country = extra.get(CONTRACT_DAY, ""), extra.get(COUNTRY, "").upper()
            if NOTICE not in extra or sighting.status != AWARDED or not day or not maker_id:
                continue
            concluded = date.fromisoformat(day)
            if country in codes and concluded <= as_of:
                contracts.add(
                    NamedContract(
                        maker_id=maker_id,
                        buyer=sighting.organisation,
                        country=country,
                        supplier=extra.get(SUPPLIER, ""),
                        notice=extra[NOTICE],
                        day=concluded,
                        citation=sighting.citation,
                    )
                )
    return tuple(sorted(contracts, key=lambda item: (item.maker_id, item.day, item.notice, item.supplier)))
