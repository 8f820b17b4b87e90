"""`overzicht tenders`: what procurement notices name of makers and models."""

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import command
from overzicht.cli.language import error_text, place_text, problem_line, speak, translate, worded
from overzicht.cli.options import EXISTING_FILE, Request, standard
from overzicht.devices import Trace
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, OverzichtError
from overzicht.subjects.tenders.named_makers import Named, SeenFile, SeenNotice, look_into

KINDS = ("ted-xml", "eforms", "ocds")
LONGEST_SHOWN = 160


@command()
@click.argument("files", nargs=-1, required=True, type=EXISTING_FILE)
@click.option("--kind", type=click.Choice(KINDS), help="File format. Default: detected from the content.")
@click.option("--all", "shows_all", is_flag=True, help="Include notices without a manufacturer.")
@standard("as-of", "json")
def tenders(request: Request, files: tuple[Path, ...], kind: str | None, *, shows_all: bool) -> int:
    """List manufacturers and models in notices (OCDS, TED XML, eForms), with buyer, supplier and place.

    The command searches only notices that buy cameras: a chamber of commerce is not a camera, and neither
    are a manufacturer's radios. `overzicht overview` and `register import` read the same files.
    """
    results = list(look_into(files, request.as_of, kind=kind))
    request.show(lambda: list(map(_file_json, results)), lambda: _lines(results, shows_all=shows_all))
    for file in results:
        for fault in (*([file.fault] if file.fault else []), *file.problems):
            if isinstance(fault, OverzichtError):
                message = error_text(fault)
            else:
                message = f"{file.name}, {problem_line(fault)}"
            click.echo(speak("not read: {fault}", fault=message), err=True)
    is_whole = not any(file.fault or file.problems for file in results)
    return EXIT_OK if is_whole else EXIT_INCOMPLETE


def _lines(results: Sequence[SeenFile], *, shows_all: bool) -> Iterator[str]:
    notices = [notice for file in results for notice in file.notices]
    for notice in notices:
        if notice.named or shows_all:
            yield from _notice_lines(notice)
    buying = sum(file.is_surveillance for file in notices)
    naming = sum(bool(file.named) for file in notices)
    faults = sum(bool(file.fault) + len(file.problems) for file in results)
    summary = speak(
        "{count} notices read: {buying} buy surveillance, {naming} name a maker or model",
        count=len(notices),
        buying=buying,
        naming=naming,
    )
    if faults:
        summary = speak("{summary}; {faults} could not be read", summary=summary, faults=faults)
    yield summary


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
    buyers = ", ".join(party.name for party in notice.buyers)
    country = f" ({notice.country.upper()})" if notice.country else ""
    unknown = translate("not said")
    yield "    " + speak("buyer: {names}", names=f"{buyers or unknown}{country}")
    for contract in notice.contracts:
        names = ", ".join(party.name for party in contract.suppliers)
        head = speak("contract on {day}", day=contract.day) if contract.day else translate("contract")
        if contract.lots:
            head = speak("{contract}, lot {lots}", contract=head, lots=", ".join(contract.lots))
        yield f"    {head}: {names}"
    yield f"    CPV: {', '.join(notice.cpv) or unknown}"
    for named in seen.named:
        yield from _named_lines(named)
    if not seen.named:
        silent = (
            translate("names no maker")
            if seen.is_surveillance
            else translate("buys no surveillance: nothing was looked for")
        )
        yield f"    {silent}"


def _named_lines(named: Named) -> Iterator[str]:
    sighting, identification = named.sighting, named.identification
    maker = translate("maker not settled")
    if named.maker_name:
        maker = f"{named.maker_name} ({worded(identification.confidence)})"
    name = named.written
    if "named as" in sighting.extra:
        name = speak("{name}, as supplier", name=name)
    yield "    " + speak("names {name}: {maker}, {kind}", name=name, maker=maker, kind=identification.kind)
    yield f"      {place_text(sighting.citation.place)}"
    for sentence in sighting.values(Trace.DESCRIPTION):
        yield f"      “{textwrap.shorten(sentence, LONGEST_SHOWN, placeholder=' …')}”"


def _file_json(seen: SeenFile) -> dict[str, Any]:
    return {
        "file": seen.name,
        "kind": seen.kind,
        "sha256": seen.sha256,
        "fault": str(seen.fault) if seen.fault else "",
        "problems": [{"place": problem.place, "reason": str(problem.reason)} for problem in seen.problems],
        "notices": [_notice_json(problem) for problem in seen.notices],
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
        "buyers": [contract.name for contract in notice.buyers],
        "cpv": list(notice.cpv),
        "contracts": [
            {
                "place": contract.place,
                "day": contract.day.isoformat() if contract.day else "",
                "lots": list(contract.lots),
                "suppliers": [{"name": s.name, "country": s.country} for s in contract.suppliers],
            }
            for contract in notice.contracts
        ],
        "is_surveillance": seen.is_surveillance,
        "names": [_named_json(contract) for contract in seen.named],
    }


def _named_json(named: Named) -> dict[str, Any]:
    sighting, identification = named.sighting, named.identification
    return {
        "brand": list(sighting.values(Trace.BRAND)),
        "models": list(sighting.values(Trace.MODEL)),
        "as_supplier": "named as" in sighting.extra,
        "supplier": sighting.extra.get("supplier", ""),
        "sentence": " ".join(sighting.values(Trace.DESCRIPTION)),
        "maker": identification.maker_id,
        "maker_name": named.maker_name,
        "undecided": list(identification.undecided),
        "confidence": identification.confidence.value,
        "kind": identification.kind.value,
        "place": sighting.citation.place,
        "snapshot": sighting.citation.snapshot,
        "address": sighting.citation.address,
    }
