"""`overzicht parties`: which records of the lists are the same party."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import click

from overzicht.cli.options import as_of_option, by_option, json_option, json_text, now, opened_store
from overzicht.sources.lists.registry import load_card
from overzicht.store.decisions import Judgement
from overzicht.views.screening import SamePartiesView
from overzicht.workflows.merges import SameAs, SameParties, find_same
from overzicht.workflows.sameparty import SUGGEST_FROM, Member


@click.group()
def parties() -> None:
    """Parties across lists: which records are one party, and which may be."""


@parties.command()
@click.option("--list", "lists", multiple=True, help="Look in this list only; give two or more of them.")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), default=SUGGEST_FROM, show_default=True,
    help="The score from which names make a suggestion.",
)  # fmt: skip
@click.option(
    "--most", type=click.IntRange(0), default=20, show_default=True,
    help="How many suggestions to print, surest first; 0 for all. JSON has them all.",
)  # fmt: skip
@as_of_option
@by_option
@json_option
def same(
    *, lists: tuple[str, ...], threshold: float, most: int, as_of: date, actor: str, as_json: bool
) -> None:
    """Show which records of different lists are the same party, and which may be.

    Records that share a number of one party alone (LEI, USCC, IMO, INN, OGRN) are joined. Names only make a
    suggestion, which `overzicht judge` confirms or rejects under the id shown here. No record is changed.
    """
    for list_id in lists:
        load_card(list_id)
    with opened_store() as (store, _), _bar() as progress:
        found = find_same(
            store, as_of=as_of, at=now(), actor=actor, lists=lists, threshold=threshold, progress=progress
        )
    if as_json:
        click.echo(json_text(SamePartiesView.of(found, as_of)))
        return
    click.echo("\n".join(_lines(found, most)))


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Yield a callback that shows how many records were compared, on a terminal only."""
    shows = sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        if shows:
            click.echo(f"\r{done:,} of {total:,} records compared", nl=False, err=True)

    yield show
    if shows:
        click.echo("", err=True)


def _lines(found: SameParties, most: int) -> Iterator[str]:
    yield f"joined by a number that they share: {len(found.joined)}"
    for party in found.joined:
        yield f"  {', '.join(f'{kind} {value}' for kind, value in party.numbers)}"
        yield from (f"    {_member_line(member)}" for member in party.members)
    yield f"suggested by their names, for a person to judge: {len(found.suggested)}"
    shown = found.suggested[: most or None]
    for suggestion, judgements in shown:
        yield f"  {suggestion.finding_id}  score {suggestion.score:.2f}"
        yield from (f"    {_member_line(member)}" for member in (suggestion.first, suggestion.second))
        yield from (f"      {'against: ' if r.against else ''}{r.text}" for r in suggestion.reasons)
        yield from (f"      {judgement_line(judgement)}" for judgement in judgements)
    if len(shown) < len(found.suggested):
        yield f"  and {len(found.suggested) - len(shown):,} more; --most 0 shows all"


def _member_line(member: Member) -> str:
    return f"{member.list_id}: {member.record.caption} ({member.record.id}, {member.record.schema})"


def judgement_line(judgement: Judgement) -> str:
    """Return whose judgement it is, of which day, and why, on one line."""
    mark = " (withdrawn)" if judgement.withdrawn_at else ""
    what = f"judgement {judgement.id}: {judgement.verdict} by {judgement.actor} on {judgement.at[:10]}"
    return f"{what}, {judgement.reason}{mark}"


def same_as_line(same_as: SameAs) -> str:
    """Return another list's record of the same party, and by what it is the same, on one line."""
    told = ", ".join(f"{kind} {value}" for kind, value in same_as.numbers)
    by = f"by {told}" if same_as.judgement is None else judgement_line(same_as.judgement)
    return f"the same party as {same_as.name} ({same_as.record_id}) on {same_as.list_id}; {by}"
