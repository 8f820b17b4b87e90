"""`overzicht dossier`: evidence about a party, steps taken, and its own side."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from overzicht.cli.options import (
    DayType,
    as_of_option,
    by_option,
    json_option,
    json_text,
    lang_option,
    now,
    opened_store,
    words_in,
)
from overzicht.dossiers.model import EntryKind
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, InputFileError
from overzicht.evidence.actor import Actor

if TYPE_CHECKING:
    from overzicht.reports.dossiers.model import DossierView
    from overzicht.workflows.dossiers.importing import Imported

reason_option = click.option("--reason", required=True, help="Why; it stands in the dossier and in the log.")
fields_argument = click.argument("fields", nargs=-1, metavar="[NAME=VALUE]...")


@click.group()
def dossier() -> None:
    """Dossiers: what is said of a party, by whom, what was done about it, and what the party says itself.

    Nothing in a dossier is edited or deleted: a correction stands beside the old text, and what is withdrawn
    stays to be read. A dossier is complete only with the party's statement, or a record of having asked.

    Exit codes: 0 done, 1 done but something was left out or cannot be told, 2 wrong use, 10 refused (with the
    reason; nothing was changed), 11 no such dossier or entry, 13 store.
    """


@dossier.command("list")
@as_of_option
@lang_option
@json_option
def list_(as_of: date, lang: str, as_json: bool) -> None:
    """List the dossiers, with what each holds by the day and whether the party was heard."""
    from overzicht.reports.dossiers.as_json import lines_json  # noqa: PLC0415 - reports are heavy
    from overzicht.reports.dossiers.lines import list_lines  # noqa: PLC0415
    from overzicht.workflows.dossiers.showing import list_dossiers  # noqa: PLC0415

    with opened_store() as (store, _):
        found = list_dossiers(store, as_of)
    if as_json:
        click.echo(json_text(lines_json(found)))
        return
    for line in list_lines(found, words_in(lang)):
        click.echo(line)
    if not found:
        click.echo("no dossiers yet; `overzicht dossier import --examples` brings those that ship")


@dossier.command()
@click.argument("dossier_id")
@as_of_option
@click.option(
    "--known-on", type=DayType(), help="The file as it was on this day; later entries are left out."
)
@click.option(
    "--on", "days", type=DayType(), multiple=True, help="A day to show listings for; may be repeated."
)
@click.option("--out", type=click.Path(path_type=Path), help="Write a report to this file: .html or .json.")
@lang_option
@json_option
def show(  # noqa: PLR0913 - one parameter per option
    dossier_id: str,
    *,
    as_of: date,
    known_on: date | None,
    days: tuple[date, ...],
    out: Path | None,
    lang: str,
    as_json: bool,
) -> int:
    """Show a dossier as it was on a day: time line, claims with status, replies, owners, listings, sources.

    Example: overzicht dossier show hikvision --as-of 2021-04-13 --out hikvision.html --lang nl
    """
    from overzicht.reports.dossiers.as_json import render_dossier_json  # noqa: PLC0415
    from overzicht.reports.dossiers.lines import dossier_lines  # noqa: PLC0415
    from overzicht.workflows.dossiers.showing import show_dossier  # noqa: PLC0415

    if out is not None and out.suffix.lower() not in {".html", ".json"}:
        raise click.BadParameter("end it in .html or .json", param_hint="--out")
    with opened_store() as (store, _):
        view = show_dossier(store, dossier_id, as_of, known_on=known_on, listing_days=days)
    if out is not None:
        _write(out, view, lang)
        click.echo(f"written: {out}", err=as_json)
    if as_json:
        click.echo(render_dossier_json(view), nl=False)
    elif out is None:
        click.echo("\n".join(dossier_lines(view, words_in(lang))))
    return EXIT_OK


def _write(out: Path, view: "DossierView", lang: str) -> None:
    from overzicht.reports.dossiers.as_json import render_dossier_json  # noqa: PLC0415
    from overzicht.reports.dossiers.page import render_dossier  # noqa: PLC0415
    from overzicht.reports.i18n import Language  # noqa: PLC0415

    is_page = out.suffix.lower() == ".html"
    content = render_dossier(view, Language(lang)) if is_page else render_dossier_json(view)
    try:
        out.write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputFileError(str(out), f"cannot be written: {error.strerror}") from error


@dossier.command()
@click.argument("dossier_id")
@click.option("--about", required=True, help="Whom it is about: a maker's id, or an id of your own.")
@click.option("--title", required=True, help="Its title, in English or for both languages.")
@click.option("--title-nl", default="", help="Its title in Dutch.")
@click.option("--name", "names", multiple=True, help="A name of the party; may be repeated.")
@as_of_option
@by_option
def new(  # noqa: PLR0913 - one parameter per option
    dossier_id: str,
    *,
    about: str,
    title: str,
    title_nl: str,
    names: tuple[str, ...],
    as_of: date,
    actor: str,
) -> None:
    """Begin a dossier.

    Example: overzicht dossier new acme --about acme --title "Acme: cameras" --name "Acme Ltd"
    """
    from overzicht.workflows.dossiers.fields import head_of  # noqa: PLC0415
    from overzicht.workflows.dossiers.keeping import new_dossier  # noqa: PLC0415

    said = {"en": title, "nl": title_nl or title}
    head = head_of({"id": dossier_id, "about": about, "title": said, "names": list(names)})
    with opened_store() as (store, _):
        new_dossier(store, head, Actor(as_of, actor, now()))
    click.echo(f"dossier {dossier_id} begun")


@dossier.command()
@click.argument("dossier_id")
@click.argument("kind", type=click.Choice([kind.value for kind in EntryKind]))
@fields_argument
@click.option("--id", "entry_id", default="", help="Its id; by default the kind and a number.")
@click.option(
    "--document", type=click.Path(path_type=Path), help="For a source: keep the bytes of this file with it."
)
@as_of_option
@by_option
def add(  # noqa: PLR0913 - one parameter per option
    dossier_id: str,
    kind: str,
    fields: tuple[str, ...],
    *,
    entry_id: str,
    document: Path | None,
    as_of: date,
    actor: str,
) -> None:
    """Add a source, claim, response, step, question to the party (`asked`), reply or presence.

    Several values are parted by semicolons; `what.nl=…` gives one language; a field that is wrong is named,
    with those that there are. A claim takes by, day and source for its first report.

    Example: overzicht dossier add acme step kind=talk day=2025-04-01 forum="Town hall" parties="us; Acme"
    what="spoke about the cameras"
    """
    from overzicht.workflows.dossiers.fields import entry_of, free_id  # noqa: PLC0415
    from overzicht.workflows.dossiers.keeping import add_entry, keep_source_file  # noqa: PLC0415

    given = _pairs(fields)
    if document is not None and kind != EntryKind.SOURCE.value:
        raise click.UsageError("--document goes with a source")
    with opened_store() as (store, _):
        act = Actor(as_of, actor, now())
        chosen = entry_id or free_id(store, dossier_id, EntryKind(kind))
        if document is not None:
            given["sha256"] = keep_source_file(store, document, act)
        done = add_entry(store, dossier_id, entry_of(EntryKind(kind), chosen, given), act)
    click.echo(f"{dossier_id}/{done} added")


@dossier.command()
@click.argument("dossier_id")
@click.argument("entry_id")
@fields_argument
@reason_option
@as_of_option
@by_option
def correct(
    dossier_id: str, entry_id: str, fields: tuple[str, ...], *, reason: str, as_of: date, actor: str
) -> None:
    """Correct fields of an entry; what it said before stays beside it.

    On a claim, by, day and source add a report.

    Example: overzicht dossier correct acme step-1 day=2025-04-02 --reason "the minutes say the 2nd"
    """
    from overzicht.workflows.dossiers.fields import typed_changes  # noqa: PLC0415
    from overzicht.workflows.dossiers.keeping import correct as keep  # noqa: PLC0415

    with opened_store() as (store, _):
        changes = typed_changes(store, dossier_id, entry_id, _pairs(fields))
        keep(store, dossier_id, entry_id, changes, Actor(as_of, actor, now()), reason)
    click.echo(f"{dossier_id}/{entry_id} corrected")


@dossier.command()
@click.argument("dossier_id")
@click.argument("entry_id")
@reason_option
@as_of_option
@by_option
def withdraw(dossier_id: str, entry_id: str, *, reason: str, as_of: date, actor: str) -> None:
    """Withdraw an entry: it counts no more and stays to be read. What cites a withdrawn source is gone."""
    from overzicht.workflows.dossiers.keeping import withdraw as keep  # noqa: PLC0415

    with opened_store() as (store, _):
        keep(store, dossier_id, entry_id, Actor(as_of, actor, now()), reason)
    click.echo(f"{dossier_id}/{entry_id} withdrawn by {actor}")


@dossier.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--examples", is_flag=True, help="Bring in the dossiers that ship with the product.")
@as_of_option
@by_option
@json_option
def import_(files: tuple[Path, ...], examples: bool, as_of: date, actor: str, as_json: bool) -> int:
    """Take dossiers from FILES (YAML or JSON); good entries load beside bad ones, which are told.

    A file that was read before changes nothing; what differs becomes a correction. Exit code 1 when an entry
    could not be taken.
    """
    from overzicht.reports.dossiers.as_json import plain  # noqa: PLC0415
    from overzicht.workflows.dossiers.importing import ensure_examples, import_file  # noqa: PLC0415

    if not files and not examples:
        raise click.UsageError("name a file, or give --examples")
    with opened_store() as (store, _):
        act = Actor(as_of, actor, now())
        found = [*(ensure_examples(store, act) if examples else ())]
        found += [import_file(store, path, act) for path in files]
    if as_json:
        click.echo(json_text([plain(one) for one in found]))
    else:
        _tell(found)
    return EXIT_INCOMPLETE if any(one.problems for one in found) else EXIT_OK


def _tell(found: "list[Imported]") -> None:
    for one in found:
        click.echo(f"{one.dossier_id}: {one.added} added, {one.changed} corrected, {one.known} known already")
        for problem in one.problems:
            click.echo(f"  ! {problem.place}: {problem.reason}")


@dossier.command()
@click.argument("place")
@click.option(
    "--party", "parties", multiple=True, help="A maker's or dossier's id, or a name; may be repeated."
)
@as_of_option
@lang_option
@json_option
def active(place: str, parties: tuple[str, ...], as_of: date, lang: str, as_json: bool) -> int:
    """Tell who is active in PLACE (two letters, or EU): a subsidiary, contract or device there, each cited.

    Without --party the parties of all dossiers are asked for. Exit code 1 when of a party it cannot be told.

    Example: overzicht dossier active EU --as-of 2021-04-13
    """
    from overzicht.evidence import Answer  # noqa: PLC0415
    from overzicht.reports.dossiers.as_json import findings_json  # noqa: PLC0415
    from overzicht.reports.dossiers.lines import activity_lines  # noqa: PLC0415
    from overzicht.workflows.dossiers.activity import active_in  # noqa: PLC0415

    with opened_store() as (store, _):
        found = active_in(store, place, as_of, parties=parties)
    if as_json:
        click.echo(json_text(findings_json(found)))
    elif found:
        click.echo("\n".join(activity_lines(found, words_in(lang))))
    else:
        click.echo("no dossier tells of any party; name one with --party")
    is_open = any(one.answer is Answer.NOT_CHECKED and not one.object for one in found)
    return EXIT_INCOMPLETE if is_open else EXIT_OK


def _pairs(fields: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for each in fields:
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"{each!r} is no NAME=VALUE", param_hint="fields")
        if name in given:
            raise click.BadParameter(f"{name} is given twice", param_hint="fields")
        given[name] = value
    return given
