"""`overzicht diligence`: due diligence by the OECD's six steps, a working file per organisation."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from overzicht.cli.diligence_report import report
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
from overzicht.diligence.recorded import NewAction, NewJudgement, NewProgress, NewRecord, stated
from overzicht.diligence.words import (
    HIGHEST,
    LOWEST,
    ActionKind,
    ActionState,
    Involvement,
    Leverage,
    RecordKind,
)
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.workflows.diligence import acts, files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from overzicht.diligence.working_file import FileView

LEVEL = click.IntRange(LOWEST, HIGHEST)


@click.group()
def diligence() -> None:
    """Due diligence by the OECD's six steps: map, judge, plan, follow and tell, in a file per organisation.

    The map is made of findings, each with its source; how severe and how likely something is, people judge.
    What is withdrawn stays to be read.

    Exit codes: 0 done, 1 done, but something waits for a judgement or is past its day (show, report), 2 wrong
    use, 10 refused (with the reason; nothing was kept), 11 no such file, risk, entry or run, 13 store.
    """


diligence.add_command(report)


@diligence.command()
@click.argument("organisation")
@click.option("--name", default="", help="What the file is called; by default as the organisation.")
@click.option("--run", default="", help="Make the map of this overview run instead of the register.")
@as_of_option
@by_option
@json_option
def new(organisation: str, name: str, *, run: str, as_of: date, actor: str, as_json: bool) -> int:
    """Begin a working file of ORGANISATION with its first map; an id or name of the register.

    With --run any name will do: the map is made of an overview of inventories (see `overzicht runs`).

    Example: overzicht diligence new gemeente-voorbeeldstad
    """
    with opened_store() as (store, _):
        view = files.new_file(store, organisation, Actor(as_of, actor, now()), name=name, run=run)
    return _told(view, as_json)


@diligence.command()
@click.argument("file_id", metavar="FILE")
@click.option("--run", default="", help="Make the map of this overview run.")
@as_of_option
@by_option
@json_option
def prefill(file_id: str, run: str, *, as_of: date, actor: str, as_json: bool) -> int:
    """Make the map of FILE anew for a day, from the register and the lists; judgements and actions stay.

    What is no longer found stays in the file, marked; a judgement that is older than a change is marked too.
    """
    with opened_store() as (store, _):
        view = files.prefill(store, file_id, Actor(as_of, actor, now()), run=run)
    return _told(view, as_json)


@diligence.command("list")
@as_of_option
@lang_option
@json_option
def list_(as_of: date, lang: str, as_json: bool) -> int:
    """List the working files with what waits in each, as of a day."""
    from overzicht.reports.diligence import as_json as told  # noqa: PLC0415 - reports load slowly
    from overzicht.reports.diligence.lines import list_lines  # noqa: PLC0415

    with opened_store() as (store, _):
        views = files.list_files(store, as_of)
    if as_json:
        click.echo(json_text([told.line_json(view) for view in views]))
        return EXIT_OK
    _echo(list_lines(views, words_in(lang)))
    if not views:
        click.echo("no working files; `overzicht diligence new ORGANISATION` begins one")
    return EXIT_OK


@diligence.command()
@click.argument("file_id", metavar="FILE")
@click.option("--risk", "risk_id", default="", help="Only this risk, whole: judgements, findings, sources.")
@click.option("--all", "show_all", is_flag=True, help="Also the places of which nothing was found.")
@as_of_option
@lang_option
@json_option
def show(file_id: str, risk_id: str, *, show_all: bool, as_of: date, lang: str, as_json: bool) -> int:
    """Show FILE as it stands on a day: the six steps, the risks, the actions and the records.

    Exit code 1 when something waits for a judgement or is past its day.

    Example: overzicht diligence show gemeente-voorbeeldstad --risk own-use:hikvision
    """
    from overzicht.reports.diligence.lines import file_lines, risk_lines  # noqa: PLC0415 - loads slowly

    with opened_store() as (store, _):
        view = files.show_file(store, file_id, as_of)
    if risk_id:
        risk = view.risk(risk_id)
        if risk is None:
            raise UnknownNameError("risk", risk_id, tuple(each.id for each in view.risks)[:20])
        if as_json:
            found = next(each for each in _json(view)["risks"] if each["id"] == risk_id)
            click.echo(json_text(found))
        else:
            _echo(risk_lines(risk, words_in(lang)))
    elif as_json:
        click.echo(json_text(_json(view)))
    else:
        _echo(file_lines(view, words_in(lang), show_all=show_all))
    return EXIT_INCOMPLETE if view.unjudged or view.overdue else EXIT_OK


@diligence.command()
@click.argument("file_id", metavar="FILE")
@click.argument("risk_id", metavar="RISK")
@click.option("--scale", type=LEVEL, required=True, help="How grave: 1 small, 4 very great.")
@click.option("--scope", type=LEVEL, required=True, help="How many people it reaches: 1 to 4.")
@click.option("--irremediability", type=LEVEL, required=True, help="How hard to put right again: 1 to 4.")
@click.option("--likelihood", type=LEVEL, required=True, help="How likely: 1 to 4.")
@click.option(
    "--involvement", type=click.Choice([each.value for each in Involvement]), required=True,
    help="How the organisation is involved.",
)  # fmt: skip
@click.option(
    "--leverage", type=click.Choice([each.value for each in Leverage]), required=True,
    help="How far it can move those who cause it.",
)  # fmt: skip
@click.option("--reason", required=True, help="Why it is so severe.")
@click.option("--likelihood-reason", required=True, help="Why it is so likely.")
@click.option("--leverage-reason", default="", help="Why the leverage is what it is.")
@as_of_option
@by_option
@json_option
def judge(file_id: str, risk_id: str, *, as_of: date, actor: str, as_json: bool, **levels: Any) -> int:
    """Judge RISK of FILE: severity in its three parts and likelihood, each with its reason.

    Severity is the greatest of the three parts. A new judgement takes the place of an earlier one, which
    stays to be read. No number is suggested: they are a person's.
    """
    judgement = stated(NewJudgement, **levels)
    with opened_store() as (store, _):
        view = acts.judge(store, file_id, risk_id, judgement, Actor(as_of, actor, now()))
    return _told(view, as_json)


@diligence.command()
@click.argument("file_id", metavar="FILE")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it no longer counts.")
@as_of_option
@by_option
@json_option
def withdraw(file_id: str, number: int, *, reason: str, as_of: date, actor: str, as_json: bool) -> int:
    """Withdraw entry NUMBER of FILE: a judgement, record, action or progress; it stays to be read."""
    with opened_store() as (store, _):
        view = acts.withdraw(store, file_id, number, reason, Actor(as_of, actor, now()))
    return _told(view, as_json)


@diligence.command()
@click.argument("file_id", metavar="FILE")
@click.argument("kind", type=click.Choice([each.value for each in RecordKind]))
@click.argument("what")
@click.option("--source", default="", help="What shows it: a decision, a letter, a page.")
@click.option("--address", default="", help="Where it can be read: https://…")
@as_of_option
@by_option
@json_option
def record(  # noqa: PLR0913 - one parameter per option
    file_id: str, kind: str, what: str, *, source: str, address: str, as_of: date, actor: str, as_json: bool
) -> int:
    """Record WHAT was done or seen with its source: policy, indicator, communication, remediation or risk.

    A `risk` puts something on the map that the data do not show.

    Example: overzicht diligence record gemeente-voorbeeldstad policy "Buying rules of 12 May"
    """
    with opened_store() as (store, _):
        content = stated(NewRecord, what=what, source=source, address=address)
        view = acts.record(store, file_id, RecordKind(kind), content, Actor(as_of, actor, now()))
    return _told(view, as_json)


@diligence.command()
@click.argument("file_id", metavar="FILE")
@click.argument("risk_id", metavar="RISK")
@click.argument("what")
@click.option(
    "--kind", type=click.Choice([each.value for each in ActionKind]), required=True, help="What it is for."
)
@click.option("--owner", required=True, help="Who sees to it.")
@click.option("--due", type=DayType(), required=True, help="Before which day, as YYYY-MM-DD.")
@as_of_option
@by_option
@json_option
def plan(  # noqa: PLR0913 - one parameter per option
    file_id: str, risk_id: str, what: str, *, kind: str, owner: str, due: date, as_of: date, actor: str,
    as_json: bool,
) -> int:  # fmt: skip
    """Plan an action against RISK of FILE: WHAT, by whom, before which day."""
    action = stated(NewAction, risk=risk_id, kind=kind, what=what, owner=owner, due=due)
    with opened_store() as (store, _):
        view = acts.plan(store, file_id, action, Actor(as_of, actor, now()))
    return _told(view, as_json)


@diligence.command()
@click.argument("file_id", metavar="FILE")
@click.argument("number", type=int)
@click.argument("state", type=click.Choice([each.value for each in ActionState]))
@click.option("--note", default="", help="What was done or seen.")
@as_of_option
@by_option
@json_option
def track(  # noqa: PLR0913 - one parameter per option
    file_id: str, number: int, state: str, *, note: str, as_of: date, actor: str, as_json: bool
) -> int:
    """Write down where action NUMBER of FILE stands."""
    with opened_store() as (store, _):
        progress = stated(NewProgress, state=state, note=note)
        view = acts.track(store, file_id, number, progress, Actor(as_of, actor, now()))
    return _told(view, as_json)


def _told(view: "FileView", as_json: bool) -> int:
    """Print what was written last, or the whole file as JSON."""
    if as_json:
        click.echo(json_text(_json(view)))
        return EXIT_OK
    last = max(view.entries, key=lambda entry: entry.number, default=None)
    if last is None or (view.mapped is not None and view.mapped.number > last.number):
        places = sum(risk.is_found for risk in view.risks)
        click.echo(f"{view.id}: {places} places on the map, {len(view.unjudged)} wait for a judgement")
        return EXIT_OK
    click.echo(f"{view.id}: entry {_newest(view, last.number)}")
    return EXIT_OK


def _newest(view: "FileView", number: int) -> str:
    newest = max(
        (each.withdrawn for each in view.entries if each.withdrawn), key=lambda w: w.number, default=None
    )
    if newest is not None and newest.number > number:
        return f"{newest.number}, a withdrawal"
    entry = next(each for each in view.entries if each.number == number)
    return f"{number}, {entry.kind}"


def _json(view: "FileView") -> dict[str, Any]:
    from overzicht.reports.diligence.as_json import file_json  # noqa: PLC0415 - reports load slowly

    return file_json(view)


def _echo(lines: "Iterable[str]") -> None:
    for line in lines:
        click.echo(line)
