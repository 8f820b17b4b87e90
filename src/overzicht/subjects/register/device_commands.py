"""`overzicht register devices|show|counts|mark|overview`: what the register knows on a date."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from overzicht.cli.commands import command
from overzicht.cli.language import speak, spoken, translate, worded
from overzicht.cli.options import (
    Request,
    ValueChoice,
    organisation_id,
    organisation_option,
    site_option,
    standard,
)
from overzicht.devices.vulnerabilities.affected_products import Grade
from overzicht.errors import UnknownNameError
from overzicht.evidence import text
from overzicht.evidence.answers import answer_of
from overzicht.register.merging import Level
from overzicht.register.terms import LifecycleState
from overzicht.store.database import Store
from overzicht.store.register.devices import THERE, Counts, DeviceFilter, DeviceLine, Page
from overzicht.subjects.lists.citation_lines import (
    cited,
    finding_lines,
    judgement_line,
    vulnerability_lines,
)
from overzicht.subjects.overview.figures import figure_name
from overzicht.subjects.overview.reports import (
    FORMATS,
    check_levels,
    deliver_overview,
    level_option,
)
from overzicht.subjects.register import devices as workflow
from overzicht.subjects.register.devices import DeviceView
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.publishing import numbers_of

PRODUCT = "overzicht"  # the name in the log for screening: no person decides anything by it


def _screened_store(request: Request) -> Store:
    """Return the store after its makers were screened as of the date of the request."""
    refresh_listings(request.store, request.as_of, replace(request, actor=PRODUCT).act)
    return request.store


@command()
@organisation_option
@site_option
@click.option("--maker", default="", help="Id of a manufacturer, or `unknown`.")
@click.option("--kind", default="", help="Kind of device, for example `camera`.")
@click.option(
    "--life",
    multiple=True,
    type=ValueChoice(LifecycleState),
    help="Stage of life. Default: planned, in use and not seen.",
)
@click.option(
    "--listed/--not-listed",
    default=None,
    help="Only devices whose manufacturer is listed, or was checked and is not listed.",
)
@click.option(
    "--not-checked",
    "is_unchecked",
    is_flag=True,
    help="Only devices of a known manufacturer that no list covers on the date.",
)
@click.option(
    "--relabelled/--own-brand",
    default=None,
    help="Only devices under another brand than the manufacturer's, or under its own.",
)
@click.option(
    "--search", "text", default="", help="Words in label, place, address, brand, model, MAC or serial number."
)
@click.option("--plan", type=int, help="Number of a replacement plan.")
@click.option("--page", "number", type=click.IntRange(1), default=1, show_default=True, help="Page number.")
@click.option("--size", type=click.IntRange(1, 1000), default=50, show_default=True, help="Devices per page.")
@click.option(
    "--sort",
    default="label",
    show_default=True,
    help="Order: label, site, maker, model, kind, life or bought; `-` in front reverses it.",
)
@standard("as-of", "json", page=Page)
def devices(request: Request, page: Page, life: tuple[LifecycleState, ...], **choices: Any) -> None:
    """List the devices of a date that match all options."""
    choices["organisation"] = organisation_id(request, choices["organisation"])
    filters = DeviceFilter(request.as_of, life=life or THERE, **choices)
    matches = workflow.list_devices(_screened_store(request), filters, page)
    head = {"as_of": request.as_of, "total": matches.total, "page": page.number}
    request.show(
        lambda: {**head, "devices": matches.rows},
        lambda: [
            *map(_line, matches.rows),
            speak("{count} devices, page {page}", count=matches.total, page=page.number),
        ],
    )


@command()
@click.argument("name")
@standard("as-of", "json")
def show(request: Request, name: str) -> None:
    """Show a device on a date: manufacturer with reasons, history, sightings and decisions.

    NAME is its id, label, MAC or network address, or serial number.
    """
    store = _screened_store(request)
    ids = workflow.find_devices(store, name, request.as_of)
    if not ids:
        raise UnknownNameError(f"device in the register of {request.as_of}", name)
    views = [workflow.show_device(store, device_id, request.as_of) for device_id in ids]
    request.show(lambda: views, lambda: (line for view in views for line in _view_lines(view)))


@command()
@organisation_option
@site_option
@standard("as-of", "json")
def counts(request: Request, organisation: str, site: str) -> None:
    """Count the devices in use on a date by manufacturer, kind and life. Quantities are added up."""
    filters = DeviceFilter(request.as_of, organisation=organisation_id(request, organisation), site=site)
    totals = workflow.counts(_screened_store(request), filters)
    request.show(lambda: totals, lambda: _counts_lines(totals))


@command()
@click.argument("name")
@click.argument("life", type=ValueChoice(LifecycleState))
@click.option("--replaced-by", default="", help="Name of the device that replaces it.")
@click.option("--reason", default="", help="Reason or source of the change.")
@standard("as-of", "by", "json")
def mark(request: Request, name: str, life: LifecycleState, *, replaced_by: str, reason: str) -> None:
    """Record that a device is planned, in use, out of use, replaced or removed.

    It holds from the date; the history of the device remains.

    NAME is its id, or a label, address or serial number that no other device has.
    """
    store = _screened_store(request)
    device_id = _only_device(store, name, request)
    successor = _only_device(store, replaced_by, request) if replaced_by else ""
    view = workflow.set_life(store, device_id, life, request.act, reason=reason, replaced_by=successor)
    request.say(view, _line(view.line))


@command()
@organisation_option
@level_option
@standard("as-of", "lang", "by", "json", out=FORMATS)
def overview(request: Request, organisation: str, level: Level | None) -> None:
    """Make the overview of the devices in use on a date: the report of `overzicht overview`."""
    from overzicht.subjects.register.overview import make_register_overview  # noqa: PLC0415 - heavy

    check_levels(request, level)
    filters = DeviceFilter(request.as_of, organisation=organisation_id(request, organisation))
    deliver_overview(request, make_register_overview(request.store, filters, request.act), level)


def _only_device(store: Store, name: str, request: Request) -> str:
    """Return the id of the one device with this name; UnknownNameError for none, or several."""
    ids = workflow.find_devices(store, name, request.as_of)
    if len(ids) != 1:
        raise UnknownNameError(f"single device in the register of {request.as_of}", name, tuple(ids))
    return ids[0]


def _line(line: DeviceLine) -> str:
    maker = line.maker or translate("unknown")
    if line.undecided and not line.maker:
        maker = speak("one of {names}", names=", ".join(line.undecided))
    made = speak("made by {maker}", maker=maker)
    if line.is_relabelled:
        made = speak("made by {maker} sold as {brand}", maker=maker, brand=line.brand)
    made += f", {translate('listed')}" if line.listed else ""
    where = ", ".join(part for part in (line.site, line.place) if part)
    name = line.label or line.address or "-"
    is_vulnerable = any(item.grade is Grade.FIRMWARE for item in line.vulnerabilities or ())
    made += f", {translate('known exploited vulnerability')}" if is_vulnerable else ""
    return f"{line.id}  {name}  {line.model or '-'}  {made}  {where}  {worded(line.life)}"


def _view_lines(view: DeviceView) -> Iterator[str]:
    yield _line(view.line)
    yield from finding_lines(view.finding)
    yield from (f"  {spoken(listing.statement)} [{spoken(answer_of(listing))}]" for listing in view.listings)
    yield from vulnerability_lines(view.vulnerabilities, view.vulnerability_list)
    yield from (f"  {judgement_line(judgement)}" for judgement in view.judgements)
    for state in view.history:
        period = speak("from {since}", since=state.since)
        if state.until:
            period = speak("from {since} to {until}", since=state.since, until=state.until)
        life = worded(state.life)
        if state.replaced_by:
            life = speak("{life}, by {device}", life=life, device=state.replaced_by)
        reason = f": {state.reason}" if state.reason else ""
        yield f"  {period}: {life} ({state.actor}{reason})"
    for seen in view.sightings:
        message = text("seen on {day}: {source}") if seen.supports else text("missed on {day}: {source}")
        yield "  " + spoken(message.filled(day=seen.day, source=cited(seen.citation)))
    for task in view.tasks:
        closed = f" ({translate('closed')})" if task.closed_at else ""
        yield "  " + speak("task {number}: {title}", number=task.id, title=task.title) + closed
    for plan in view.plans:
        yield "  " + speak("plan {number}: {title}", number=plan.id, title=plan.title)
    yield from ("  " + speak("in the place of {device}", device=device) for device in view.predecessors)


def _counts_lines(totals: Counts) -> Iterator[str]:
    for name, count in numbers_of(totals).items():
        yield f"{figure_name(name)}: {count}"
    names, unknown = totals.maker_names, translate("unknown")
    kinds = {translate(kind): count for kind, count in totals.by_kind.items()}
    for title, by in (
        (translate("makers"), {names.get(key, unknown): count for key, count in totals.by_maker.items()}),
        (translate("kinds"), kinds),
        (translate("organisations"), totals.by_organisation),
    ):
        yield f"{title}: " + ", ".join(f"{name} {count}" for name, count in by.items())
