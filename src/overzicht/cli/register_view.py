"""`overzicht register devices|show|counts|mark|overview`: what the register knows, on any day."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from overzicht.cli.cited import cited
from overzicht.cli.options import (
    as_of_option,
    by_option,
    json_option,
    json_text,
    lang_option,
    now,
    opened_store,
)
from overzicht.cli.overview import OutFile, write_report
from overzicht.errors import UnknownNameError
from overzicht.register.model import Life
from overzicht.reports.i18n import Language
from overzicht.reports.terminal import render_terminal
from overzicht.store.database import Store
from overzicht.store.register.devices import THERE, Counts, DeviceFilter, DeviceLine, Page
from overzicht.workflows.licensing.act import Act
from overzicht.workflows.register import devices as workflow
from overzicht.workflows.register.devices import DeviceView
from overzicht.workflows.register.listings import refresh_listings
from overzicht.workflows.register.publishing import numbers_of

organisation_option = click.option(
    "--organisation", default="", help="An organisation's id, with all below it."
)
PRODUCT = "overzicht"  # who asks the lists, in the log: nobody decides anything by it


@click.command()
@organisation_option
@click.option("--site", default="", help="A site's id, as `register sites` shows it.")
@click.option("--maker", default="", help="A maker's id, or `unknown`.")
@click.option("--kind", default="", help="The kind of device, such as `camera`.")
@click.option(
    "--life",
    multiple=True,
    type=click.Choice([each.value for each in Life]),
    help="Where it stands in its life; by default what is not replaced or removed.",
)
@click.option("--listed/--not-listed", default=None, help="Whether its maker is on an official list.")
@click.option(
    "--relabelled/--own-brand", default=None, help="Whether it carries another brand than its maker's."
)
@click.option(
    "--search", default="", help="Words in label, place, address, brand, model, MAC or serial number."
)
@click.option("--plan", type=int, help="The number of a replacement plan.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page.")
@click.option("--size", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many a page.")
@click.option(
    "--sort", default="label", show_default=True, help="label, site, maker, model, kind, life, bought."
)
@as_of_option
@json_option
def devices(  # noqa: PLR0913 - one parameter per option
    *,
    life: tuple[str, ...],
    search: str,
    page: int,
    size: int,
    sort: str,
    as_of: date,
    as_json: bool,
    **choices: Any,
) -> None:
    """List the devices of a day that fit all choices."""
    lives = tuple(Life(each) for each in life) or THERE
    wanted = DeviceFilter(as_of, life=lives, text=search, **choices)
    with opened_store() as (store, _):
        refresh_listings(store, as_of, Act(as_of, PRODUCT, now()))
        found = workflow.list_devices(store, wanted, Page(page, size, sort))
    if as_json:
        rows = [device_json(line) for line in found.rows]
        click.echo(json_text({"as_of": as_of, "total": found.total, "page": page, "devices": rows}))
        return
    for line in found.rows:
        click.echo(_line(line))
    click.echo(f"{found.total} devices, page {page}")


@click.command()
@click.argument("name")
@as_of_option
@json_option
def show(name: str, as_of: date, as_json: bool) -> None:
    """Show a device on a day: who made it and why, its history, where it was seen, what people decided.

    NAME is its id, or what you call it: label, MAC or network address, serial number.
    """
    with opened_store() as (store, _):
        refresh_listings(store, as_of, Act(as_of, PRODUCT, now()))
        ids = workflow.find_devices(store, name, as_of)
        if not ids:
            raise UnknownNameError(f"device in the register of {as_of}", name)
        views = [workflow.show_device(store, each, as_of) for each in ids]
    if as_json:
        click.echo(json_text([_view_json(view) for view in views]))
        return
    for view in views:
        click.echo("\n".join(_view_lines(view)))


@click.command()
@organisation_option
@click.option("--site", default="", help="A site's id.")
@as_of_option
@json_option
def counts(organisation: str, site: str, as_of: date, as_json: bool) -> None:
    """Count the devices in use on a day, quantities added, by maker, kind and life."""
    with opened_store() as (store, _):
        refresh_listings(store, as_of, Act(as_of, PRODUCT, now()))
        found = workflow.counts(store, DeviceFilter(as_of, organisation=organisation, site=site))
    if as_json:
        click.echo(json_text(_counts_json(found)))
        return
    for name, count in numbers_of(found).items():
        click.echo(f"{name.replace('_', ' ')}: {count}")
    makers = {found.maker_names.get(key, "unknown"): count for key, count in found.by_maker.items()}
    for title, by in (("makers", makers), ("kinds", found.by_kind), ("organisations", found.by_organisation)):
        click.echo(f"{title}: " + ", ".join(f"{name} {count}" for name, count in by.items()))


@click.command()
@click.argument("name")
@click.argument("life", type=click.Choice([each.value.replace(" ", "-") for each in Life]))
@click.option("--replaced-by", default="", help="The device that took its place.")
@click.option("--reason", default="", help="Why, or on whose word.")
@as_of_option
@by_option
def mark(name: str, life: str, replaced_by: str, reason: str, as_of: date, actor: str) -> None:
    """Say that a device is planned, in use, replaced or removed from a day on; its history stays.

    NAME is its id, or a label, address or serial number that no other device has.
    """
    with opened_store() as (store, _):
        refresh_listings(store, as_of, Act(as_of, PRODUCT, now()))
        device_id, by = _one(store, name, as_of), _one(store, replaced_by, as_of) if replaced_by else ""
        act = Act(as_of, actor, now())
        view = workflow.set_life(
            store, device_id, Life(life.replace("-", " ")), act, reason=reason, replaced_by=by
        )
    click.echo(_line(view.line))


@click.command()
@organisation_option
@as_of_option
@lang_option
@click.option(
    "--out",
    "out_files",
    type=OutFile(),
    multiple=True,
    help="Write the report to FILE.html, .json, .csv or .xlsx; may be given more than once.",
)
@by_option
def overview(organisation: str, as_of: date, lang: str, out_files: tuple[Path, ...], actor: str) -> None:
    """Make the overview of what the register has in use on a day: the report of `overzicht overview`."""
    from overzicht.workflows.register.overview import make_register_overview  # noqa: PLC0415 - heavy

    with opened_store() as (store, _):
        wanted = DeviceFilter(as_of, organisation=organisation)
        report = make_register_overview(store, wanted, Act(as_of, actor, now()))
    for path in out_files:
        write_report(path, report, lang)
        click.echo(str(path), err=True)
    click.echo(render_terminal(report, Language(lang), [str(path) for path in out_files]), nl=False)


def _one(store: Store, name: str, as_of: date) -> str:
    """Return the id of the one device that is called so; UnknownNameError for none, or several."""
    found = workflow.find_devices(store, name, as_of)
    if len(found) != 1:
        raise UnknownNameError(f"single device in the register of {as_of}", name, tuple(found))
    return found[0]


def device_json(line: DeviceLine) -> dict[str, Any]:
    """Return a device as JSON, days as ISO."""
    return asdict(line)


def _line(line: DeviceLine) -> str:
    maker = line.maker or (f"one of {', '.join(line.undecided)}" if line.undecided else "unknown")
    sold = f" sold as {line.brand}" if line.is_relabelled else ""
    listed = ", listed" if line.listed else ""
    where = ", ".join(each for each in (line.site, line.place) if each)
    name = line.label or line.address or "-"
    made = f"made by {maker}{sold}{listed}"
    return f"{line.id}  {name}  {line.model or '-'}  {made}  {where}  {line.life}"


def _view_json(view: DeviceView) -> dict[str, Any]:
    return {
        "device": device_json(view.line),
        "finding": view.finding.to_json(),
        "listings": [each.to_json() for each in view.listings],
        "history": [asdict(each) for each in view.history],
        "sightings": [asdict(each) | {"citation": each.citation.to_json()} for each in view.sightings],
        "judgements": [asdict(each) for each in view.judgements],
        "tasks": [asdict(each) for each in view.tasks],
        "plans": [{"id": each.id, "title": each.title} for each in view.plans],
        "predecessors": list(view.predecessors),
    }


def _view_lines(view: DeviceView) -> list[str]:
    finding = view.finding
    lines = [
        _line(view.line),
        f"{finding.statement} [{finding.answer}, {finding.confidence}] ({finding.id})",
    ]
    for reason in finding.reasons:
        lines.append(f"  - {reason.text} ({'against' if reason.against else reason.strength})")
        lines += [f"      {cited(citation)}" for citation in reason.citations]
    lines += [f"  {one.statement} [{one.answer}]" for one in view.listings]
    for each in view.judgements:
        mark = " (withdrawn)" if each.withdrawn_at else ""
        lines.append(f"  judged: {each.verdict} by {each.actor}, {each.reason}{mark}")
    for state in view.history:
        until = f" to {state.until}" if state.until else ""
        by = f", by {state.replaced_by}" if state.replaced_by else ""
        why = f": {state.reason}" if state.reason else ""
        lines.append(f"  from {state.since}{until}: {state.life}{by} ({state.actor}{why})")
    for seen in view.sightings:
        verb = "seen" if seen.supports else "missed"
        lines.append(f"  {verb} on {seen.day}: {cited(seen.citation)}")
    lines += [f"  task {each.id}: {each.title}{' (closed)' if each.closed_at else ''}" for each in view.tasks]
    lines += [f"  plan {each.id}: {each.title}" for each in view.plans]
    lines += [f"  in the place of {each}" for each in view.predecessors]
    return lines


def _counts_json(found: Counts) -> Mapping[str, Any]:
    by = {name: dict(getattr(found, name)) for name in
          ("by_maker", "maker_names", "by_kind", "by_life", "by_site", "by_organisation")}  # fmt: skip
    return {"as_of": found.as_of, **numbers_of(found), **by}
