"""`overzicht tenders`: what procurement notices name of makers and models."""

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from overzicht.cli.options import Request, standard
from overzicht.devices import Trace
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.workflows.tenders import Named, SeenFile, SeenNotice, look_into

KINDS = ("ted-xml", "eforms", "ocds")
LONGEST_SHOWN = 160


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--kind", type=click.Choice(KINDS), help="File format. Default: detected from the content.")
@click.option("--all", "shows_all", is_flag=True, help="Include notices that name no maker.")
@standard("as-of", "json")
def tenders(request: Request, files: tuple[Path, ...], kind: str | None, *, shows_all: bool) -> int:
    """List makers and models in procurement notices (OCDS, TED XML, eForms), with buyer, supplier and place.

    The command searches only notices that buy cameras: a chamber of commerce is not a camera, and neither
    are a maker's radios. `overzicht overview` and `register import` read the same files.

    Example: overzicht tenders notice.xml releases.json
    """
    results = list(look_into(files, request.as_of, kind=kind))
    request.show(lambda: list(map(_file_json, results)), lambda: _lines(results, shows_all=shows_all))
    for each in results:
        for fault in (*([each.fault] if each.fault else []), *each.problems):
            click.echo(f"not read: {fault}" if each.fault else f"not read: {each.name}, {fault}", err=True)
    is_whole = not any(each.fault or each.problems for each in results)
    return EXIT_OK if is_whole else EXIT_INCOMPLETE


def _lines(results: Sequence[SeenFile], *, shows_all: bool) -> Iterator[str]:
    notices = [notice for each in results for notice in each.notices]
    for notice in notices:
        if notice.named or shows_all:
            yield from _notice_lines(notice)
    buying = sum(each.is_surveillance for each in notices)
    naming = sum(bool(each.named) for each in notices)
    faults = sum(bool(each.fault) + len(each.problems) for each in results)
    told = f"{len(notices)} notices read: {buying} buy surveillance, {naming} name a maker or model"
    yield f"{told}; {faults} could not be read" if faults else told


def _notice_lines(seen: SeenNotice) -> Iterator[str]:
    notice = seen.notice
    facts = (
        notice.number,
        notice.published.isoformat() if notice.published else "",
        notice.language,
        notice.kind,
    )
    yield "  ".join(fact for fact in facts if fact)
    yield f"    {notice.title}"
    buyers = ", ".join(each.name for each in notice.buyers)
    country = f" ({notice.country.upper()})" if notice.country else ""
    yield f"    buyer: {buyers or 'not said'}{country}"
    for contract in notice.contracts:
        names = ", ".join(each.name for each in contract.suppliers)
        lots = f", lot {', '.join(contract.lots)}" if contract.lots else ""
        day = f" on {contract.day}" if contract.day else ""
        yield f"    contract{day}{lots}: {names}"
    yield f"    CPV: {', '.join(notice.cpv) or 'not said'}"
    for named in seen.named:
        yield from _named_lines(named)
    if not seen.named:
        yield (
            "    names no maker"
            if seen.is_surveillance
            else "    buys no surveillance: nothing was looked for"
        )


def _named_lines(named: Named) -> Iterator[str]:
    sighting, told = named.sighting, named.identification
    written = " ".join((*sighting.values(Trace.BRAND), *sighting.values(Trace.MODEL)))
    maker = f"{named.maker_name} ({told.confidence.value})" if named.maker_name else "maker not settled"
    as_supplier = ", as supplier" if "named as" in sighting.extra else ""
    yield f"    names {written}{as_supplier}: {maker}, {told.kind.value}"
    yield f"      {sighting.citation.place}"
    for sentence in sighting.values(Trace.DESCRIPTION):
        yield f"      “{textwrap.shorten(sentence, LONGEST_SHOWN, placeholder=' …')}”"


def _file_json(seen: SeenFile) -> dict[str, Any]:
    return {
        "file": seen.name,
        "kind": seen.kind,
        "sha256": seen.sha256,
        "fault": str(seen.fault) if seen.fault else "",
        "problems": [{"place": each.place, "reason": str(each.reason)} for each in seen.problems],
        "notices": [_notice_json(each) for each in seen.notices],
    }


def _notice_json(seen: SeenNotice) -> dict[str, Any]:
    notice = seen.notice
    return {
        "number": notice.number,
        "title": notice.title,
        "kind": notice.kind,
        "published": notice.published.isoformat() if notice.published else "",
        "language": notice.language,
        "country": notice.country,
        "address": notice.address,
        "buyers": [each.name for each in notice.buyers],
        "cpv": list(notice.cpv),
        "contracts": [
            {
                "place": each.place,
                "day": each.day.isoformat() if each.day else "",
                "lots": list(each.lots),
                "suppliers": [{"name": s.name, "country": s.country} for s in each.suppliers],
            }
            for each in notice.contracts
        ],
        "is_surveillance": seen.is_surveillance,
        "names": [_named_json(each) for each in seen.named],
    }


def _named_json(named: Named) -> dict[str, Any]:
    sighting, told = named.sighting, named.identification
    return {
        "brand": list(sighting.values(Trace.BRAND)),
        "models": list(sighting.values(Trace.MODEL)),
        "as_supplier": "named as" in sighting.extra,
        "supplier": sighting.extra.get("supplier", ""),
        "sentence": " ".join(sighting.values(Trace.DESCRIPTION)),
        "maker": told.maker_id,
        "maker_name": named.maker_name,
        "undecided": list(told.undecided),
        "confidence": told.confidence.value,
        "kind": told.kind.value,
        "place": sighting.citation.place,
        "snapshot": sighting.citation.snapshot,
        "address": sighting.citation.address,
    }
