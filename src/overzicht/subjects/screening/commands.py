"""`overzicht screen`: parties against official lists on a date, and measures of the engine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from overzicht.cli.commands import group
from overzicht.cli.language import as_of_line, problem_line, speak, spoken, translate
from overzicht.cli.options import BIRTH_DATE, EXISTING_FILE, Request, out_option, standard
from overzicht.cli.output import STDOUT
from overzicht.entities import PartyQuery
from overzicht.entities.schemata import schemata
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, UnknownNameError
from overzicht.evidence import Answer
from overzicht.evidence.answers import LISTING_ANSWERS
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.sources.partyfields import IDENTIFIERS, field_of
from overzicht.store.database import Store
from overzicht.subjects.lists.citation_lines import listing_lines
from overzicht.subjects.screening.lookup import PartyListings, StreamMatcher, party_lookup
from overzicht.subjects.screening.party_commands import same_as_line
from overzicht.subjects.screening.record_commands import records
from overzicht.subjects.screening.resume import ResultsFile

if TYPE_CHECKING:
    from overzicht.subjects.screening.views import ScreenedParty

GROUP_FIGURES = ("n", "f1_best", "auc", "recall_at_1")
list_option = click.option(
    "--list", "lists", multiple=True, help="Only this list. May be given more than once."
)
threshold_option = click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="Minimum score for a match, 0 to 1. Default: the engine's calibrated threshold.",
)


@dataclass(frozen=True, slots=True)
class Party:
    """The party to screen, as it is typed."""

    name: str
    kind: str
    birth_date: str
    countries: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """How to screen: on which lists (none: all), and from which score."""

    lists: tuple[str, ...]
    threshold: float | None


FILES = (".csv", ".xlsx", ".ods", ".json", ".jsonl", ".ndjson", "-")


@group(fallback=lambda word: "names" if word.lower().endswith(FILES) else "one")
def screen() -> None:
    """Screen parties against official lists. Every answer names its list, and every score its reasons."""


@screen.command("one")
@click.argument("name")
@click.option(
    "--kind",
    default="LegalEntity",
    show_default=True,
    help="FollowTheMoney schema: Person, Company, Vessel, or LegalEntity for any party.",
)
@click.option(
    "--birth-date",
    type=BIRTH_DATE,
    default="",
    help="Date (YYYY-MM-DD) or year of birth. It can raise or lower a score.",
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="CODE",
    help="Country of birth or registration (ISO 3166), for example cn. It is evidence of identity only.",
)
@click.option(
    "--identifier",
    "identifiers",
    multiple=True,
    metavar="KIND=NUMBER",
    callback=lambda _context, _option, values: tuple(map(_identifier, values)),
    help="Number of the party, for example lei=5493001KJTIIGC8Y1R12. May be given more than once.",
)
@list_option
@threshold_option
@standard("as-of", "json", party=Party, screening=Screening)
def one_party(request: Request, party: Party, screening: Screening) -> None:
    """Screen one name against all loaded lists."""
    _check(request, party.kind, screening.lists)
    if not party.name.strip():
        raise click.UsageError(translate("the name is empty"))
    query = PartyQuery(
        id="query",
        names=(party.name,),
        schema=party.kind,
        birth_date=party.birth_date,
        countries=tuple(country.lower() for country in party.countries),
        identifiers=party.identifiers,
    )
    with party_lookup(request.store) as lookup:
        (answered,) = lookup.ask([query], as_of=request.as_of, **asdict(screening))
    request.show(
        lambda: _view(answered, request),
        lambda: [as_of_line(party.name, request.as_of), *_answer_lines(answered)],
    )


def _view(answered: PartyListings, request: Request) -> "ScreenedParty":
    from overzicht.subjects.screening.views import ScreenedParty  # noqa: PLC0415 - JSON only

    return ScreenedParty.of(answered, request.as_of)


def _identifier(text: str) -> tuple[str, str]:
    """Return (FollowTheMoney property, number) of a text such as `lei=5493…`."""
    kind, equals, number = text.partition("=")
    field = field_of(kind)
    if not equals or not number.strip():
        raise click.BadParameter(translate("write KIND=NUMBER, for example lei=5493001KJTIIGC8Y1R12"))
    if field not in IDENTIFIERS:
        raise UnknownNameError("kind of number", kind, IDENTIFIERS)
    return field, number.strip()


def _answer_lines(answered: PartyListings) -> Iterator[str]:
    for answer in answered.answers:
        yield f"{answer.list_id}: {spoken(LISTING_ANSWERS[answer.answer])} ({spoken(answer.note)})"
        for matches in (answered.listings, answered.possible):
            on_list = [match for match in matches if match.card.id == answer.list_id]
            if on_list and matches is answered.possible and answer.answer is not Answer.POSSIBLE:
                yield "  " + translate("possibly also these entries, for a person to judge:")
            for match in on_list:
                yield from (f"    {line}" for line in listing_lines(match))
                same = answered.same_as.get((match.card.id, match.state.record.id), ())
                yield from (f"      {same_as_line(record)}" for record in same)


def _check(request: Request, kind: str, lists: tuple[str, ...]) -> None:
    """Raise UnknownNameError for an unknown list or kind of party; the store knows its own lists."""
    if not set(lists) <= set(READERS):
        _ = request.store
    for list_id in lists:
        load_card(list_id)
    if kind not in schemata():
        raise UnknownNameError("FollowTheMoney schema", kind, ("Person", "Company", "LegalEntity", "..."))


@dataclass(frozen=True, slots=True)
class Batch:
    """How to answer a file of parties: where the lines go, and on which engine."""

    out: Path | None
    resume: bool
    engine: str
    spark_master: str


@screen.command()
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
@list_option
@threshold_option
@out_option((".jsonl", ".ndjson", ".json"), multiple=False)
@click.option("--resume", is_flag=True, help="Continue an interrupted run with the same --out.")
@click.option(
    "--engine",
    type=click.Choice(["embedded", "spark"]),
    default="embedded",
    show_default=True,
    help="Match in this process, or on Apache Spark (extra `spark`). The answers are the same.",
)
@click.option(
    "--spark-master",
    default="local[*]",
    show_default=True,
    metavar="URL",
    help="Address of Spark: spark://HOST:7077, yarn, k8s://…, or all cores of this machine.",
)
@standard("as-of", screening=Screening, batch=Batch)
def names(request: Request, file: Path, screening: Screening, batch: Batch) -> int:
    """Screen every party of a file: CSV, XLSX, ODS, JSON lines, or `-` for standard input.

    A table has a column `name`, and may have `id`, `kind`, `alias`, `birth_date`, `country`, `kvk`, `lei` and
    other numbers. The result is one line of JSON per party: its answers by list, and its listings with score,
    reasons and citations.
    """
    _check(request, "LegalEntity", screening.lists)
    from overzicht.sources.partylists import (  # noqa: PLC0415 - readers of tables, only here
        read_party_file,
        read_party_list,
    )

    if file == STDOUT:
        parties = read_party_list(sys.stdin.buffer.read(), "standard input")
    else:
        parties = read_party_file(file)
    out = None if batch.out == STDOUT else batch.out
    results = ResultsFile(out, parties.sha256, request.as_of, resume=batch.resume)
    todo = parties.queries[results.done :]
    listed = 0
    with (
        results,
        _matcher(request.store, batch) as matcher,
        party_lookup(request.store, matcher=matcher) as lookup,
    ):
        answered = lookup.ask(todo, as_of=request.as_of, **asdict(screening))
        for party in _with_bar(answered, len(todo)):
            results.write(request.plain(_view(party, request)))
            listed += bool(party.listings)
    for problem in parties.problems:
        click.echo(f"{parties.filename}, {problem_line(problem)}", err=True)
    click.echo(
        speak("{count} parties asked, {listed} with a listing", count=len(todo), listed=listed), err=True
    )
    return EXIT_INCOMPLETE if parties.problems else EXIT_OK


@contextmanager
def _matcher(store: Store, batch: Batch) -> Iterator[StreamMatcher | None]:
    if batch.engine == "embedded":
        yield None
        return
    from overzicht.subjects.screening.spark.matching import spark_matcher  # noqa: PLC0415 - an extra, only here

    with spark_matcher(store, batch.spark_master) as matcher:
        yield matcher


def _with_bar(answered: Iterator[PartyListings], total: int) -> Iterator[PartyListings]:
    if not sys.stderr.isatty():
        yield from answered
        return
    with click.progressbar(answered, length=total, label=translate("screening"), file=sys.stderr) as bar:
        yield from bar


@screen.command()
@click.argument("file", type=EXISTING_FILE)
@standard("json")
def pairs(request: Request, file: Path) -> None:
    """Measure the scorer on labelled pairs: JSON lines with `query`, `target`, `schema`, `match`."""
    from overzicht.screening.evaluate import evaluate_pairs  # noqa: PLC0415 - compiled code, only here
    from overzicht.subjects.screening.record_pairs import check_lines  # noqa: PLC0415 - with the code above

    check_lines(file, ("query", "target"))
    figures = evaluate_pairs(file)
    request.show(lambda: figures, lambda: _figure_lines(figures))


@screen.command()
@click.option("--targets", required=True, type=EXISTING_FILE, help="File of listed parties.")
@click.option(
    "--queries",
    required=True,
    multiple=True,
    type=EXISTING_FILE,
    help="File of names with the party to find, or null. May be given more than once.",
)
@standard("json")
def retrieve(request: Request, targets: Path, queries: tuple[Path, ...]) -> None:
    """Measure the engine on a list, and on names that it must, or must not, find there."""
    from overzicht.screening.evaluate import evaluate_retrieval  # noqa: PLC0415 - compiled code, only here
    from overzicht.subjects.screening.record_pairs import check_lines  # noqa: PLC0415 - with the code above

    check_lines(targets, ("id", "names"))
    for path in queries:
        check_lines(path, ("query",))
    figures = evaluate_retrieval(targets, queries)
    request.show(lambda: figures, lambda: _figure_lines(figures))


def _figure_lines(figures: dict[str, Any]) -> Iterator[str]:
    for name, value in figures.items():
        if isinstance(value, dict):
            yield f"{name}:"
            for group, values in value.items():
                shown = {key: values.get(key) for key in GROUP_FIGURES if key in values}
                plain = ", ".join(f"{key} {_number(value)}" for key, value in shown.items())
                yield f"    {group}: {plain}"
        elif not isinstance(value, list):
            yield f"{name}: {_number(value)}"


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


screen.add_command(records)
