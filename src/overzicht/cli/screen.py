"""`overzicht screen`: whether parties stand on a list, on any day, and how good the engine is at telling."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from followthemoney import model

from overzicht.cli.cited import listing_lines
from overzicht.cli.options import as_of_option, json_option, json_text, opened_store
from overzicht.cli.parties import same_as_line
from overzicht.cli.screen_records import records
from overzicht.entities import PartyQuery
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, UnknownNameError
from overzicht.sources.lists.registry import load_card
from overzicht.sources.partylists import PartyList, read_party_file, read_party_list
from overzicht.store.database import Store
from overzicht.workflows.ask import AskedParty, StreamMatcher, ask_each, ask_lists
from overzicht.workflows.asked_json import asked_json
from overzicht.workflows.resume import ResultsFile

list_option = click.option(
    "--list", "lists", multiple=True, help="Ask only this list; may be given more than once."
)
threshold_option = click.option(
    "--threshold", type=click.FloatRange(0, 1), help="The score from which a name counts; the engine's own."
)


@click.group()
def screen() -> None:
    """Ask the lists about parties; every answer names its list, and every score its reasons."""


@screen.command()
@click.argument("name")
@click.option(
    "--kind", default="LegalEntity", show_default=True,
    help="FollowTheMoney schema: Person, Company, Vessel; LegalEntity asks for any.",
)  # fmt: skip
@click.option(
    "--birth-date", default="", help="YYYY-MM-DD or a year; may raise or lower a score, as a reason."
)
@list_option
@threshold_option
@as_of_option
@json_option
def one(  # noqa: PLR0913, PLR0917 - one parameter per option
    name: str,
    kind: str,
    birth_date: str,
    lists: tuple[str, ...],
    threshold: float | None,
    as_of: date,
    as_json: bool,
) -> None:
    """Ask all lists about one name.

    Example: overzicht screen one "ZHU Hailun" --kind Person --as-of 2021-03-22
    """
    _check(kind, lists)
    if not name.strip():
        raise click.UsageError("the name is empty")
    query = PartyQuery(id="query", names=(name,), schema=kind, birth_date=birth_date)
    with opened_store() as (store, _):
        (answered,) = ask_lists(store, [query], as_of=as_of, lists=lists, threshold=threshold)
    if as_json:
        click.echo(json_text(asked_json(answered, as_of)))
        return
    click.echo(f"{name}, as of {as_of}")
    for answer in answered.answers:
        click.echo(f"{answer.list_id}: {answer.answer} ({answer.note})")
        for found in answered.listings:
            if found.card.id == answer.list_id:
                same = answered.same_as.get((found.card.id, found.state.record.id), ())
                lines = [*listing_lines(found), *(f"  {same_as_line(each)}" for each in same)]
                click.echo("\n".join(f"    {line}" for line in lines))


def _check(kind: str, lists: tuple[str, ...]) -> None:
    for list_id in lists:
        load_card(list_id)
    if kind not in model.schemata:
        raise UnknownNameError("FollowTheMoney schema", kind, ("Person", "Company", "LegalEntity", "..."))


@screen.command()
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
@list_option
@threshold_option
@as_of_option
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write JSON lines here instead of to the screen."
)
@click.option("--resume", is_flag=True, help="Go on where an interrupted run with the same --out stopped.")
@click.option(
    "--engine", type=click.Choice(["embedded", "spark"]), default="embedded", show_default=True,
    help="Match in this process, or on Apache Spark (the extra `spark`); the answers are the same.",
)  # fmt: skip
@click.option(
    "--spark-master", default="local[*]", show_default=True, metavar="URL",
    help="The Spark to match on: spark://HOST:7077, yarn, k8s://…; all cores of this machine by default.",
)  # fmt: skip
def names(  # noqa: PLR0913, PLR0917 - one parameter per option
    file: Path,
    lists: tuple[str, ...],
    threshold: float | None,
    as_of: date,
    out: Path | None,
    resume: bool,
    engine: str,
    spark_master: str,
) -> int:
    """Ask the lists about every party of a file: CSV, XLSX, ODS, JSON lines, or `-`.

    A table has a column `name`, and may have `id`, `kind`, `alias`, `birth_date`, `kvk`, `lei`. The answer is
    a line of JSON per party: its answers by list and its listings with score, reasons and citations.
    """
    _check("LegalEntity", lists)
    parties = _read(file)
    results = ResultsFile(out, parties.sha256, as_of, resume=resume)
    todo = parties.queries[results.done :]
    with opened_store() as (store, _), results, _matcher(store, engine, spark_master) as matcher:
        found = 0
        answered = ask_each(store, todo, as_of=as_of, lists=lists, threshold=threshold, matcher=matcher)
        for each in _with_bar(answered, len(todo)):
            results.write(asked_json(each, as_of))
            found += bool(each.listings)
    for problem in parties.problems:
        click.echo(f"{parties.filename}, {problem}", err=True)
    click.echo(f"{len(todo)} parties asked, {found} with a listing", err=True)
    return EXIT_INCOMPLETE if parties.problems else EXIT_OK


@contextmanager
def _matcher(store: Store, engine: str, master: str) -> Iterator[StreamMatcher | None]:
    if engine == "embedded":
        yield None
        return
    from overzicht.workflows.spark.matching import spark_matcher  # noqa: PLC0415 - an extra, only here

    with spark_matcher(store, master) as matcher:
        yield matcher


def _read(file: Path) -> PartyList:
    if str(file) == "-":
        return read_party_list(sys.stdin.buffer.read(), "standard input")
    return read_party_file(file)


def _with_bar(answered: Iterator[AskedParty], total: int) -> Iterator[AskedParty]:
    if not sys.stderr.isatty():
        yield from answered
        return
    with click.progressbar(answered, length=total, label="screening", file=sys.stderr) as bar:
        yield from bar


@screen.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def pairs(file: Path, as_json: bool) -> None:
    """Measure the scorer on labelled pairs: JSON lines with `query`, `target`, `schema`, `match`."""
    from overzicht.screening.evaluate import evaluate_pairs  # noqa: PLC0415 - compiled code, only here

    _show(evaluate_pairs(file), as_json)


@screen.command()
@click.option(
    "--targets", required=True, type=click.Path(exists=True, path_type=Path), help="The listed parties."
)
@click.option(
    "--queries", required=True, multiple=True, type=click.Path(exists=True, path_type=Path),
    help="Names with the party they must find, or null; may be given more than once.",
)  # fmt: skip
@json_option
def retrieve(targets: Path, queries: tuple[Path, ...], as_json: bool) -> None:
    """Measure the engine on a list and on names that must, or must not, be found in it."""
    from overzicht.screening.evaluate import evaluate_retrieval  # noqa: PLC0415 - compiled code, only here

    _show(evaluate_retrieval(targets, queries), as_json)


def _show(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json_text(figures))
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            click.echo(f"{name}:")
            for group, each in value.items():
                shown = {key: each.get(key) for key in ("n", "f1_best", "auc", "recall_at_1") if key in each}
                click.echo(f"    {group}: {_plain(shown)}")
        elif not isinstance(value, list):
            click.echo(f"{name}: {_number(value)}")


def _plain(values: dict[str, Any]) -> str:
    return ", ".join(f"{key} {_number(value)}" for key, value in values.items())


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


screen.add_command(records)
