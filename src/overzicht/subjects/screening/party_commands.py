"""`overzicht parties`: which records of the lists are the same party."""

from collections.abc import Iterator

import click

from overzicht.cli.commands import group
from overzicht.cli.language import grouped, speak
from overzicht.cli.options import Request, standard
from overzicht.sources.lists.registry import load_card
from overzicht.subjects.lists.citation_lines import judgement_line, reason_text
from overzicht.subjects.screening.merges import SameAs, SameParties, find_same
from overzicht.subjects.screening.same_party import SUGGEST_FROM, Member


@group()
def parties() -> None:
    """Compare parties across lists: which records are one party, and which may be."""


@parties.command()
@click.option("--list", "lists", multiple=True, help="Only this list. Give two or more of them.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=SUGGEST_FROM,
    show_default=True,
    help="Minimum score for a suggestion by name, 0 to 1.",
)
@click.option(
    "--most",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="Number of suggestions to print, surest first. 0: all. JSON has all of them.",
)
@standard("as-of", "by", "json")
def same(request: Request, lists: tuple[str, ...], threshold: float, most: int) -> None:
    """List records of different lists that are the same party, or may be.

    Records that share a number of one party alone (LEI, USCC, IMO, INN, OGRN) are joined. Names only make a
    suggestion, which `overzicht judge` confirms or rejects under the id shown here. No record is changed.
    """
    from overzicht.subjects.screening.views import SamePartiesView  # noqa: PLC0415 - other commands need it for JSON

    for list_id in lists:
        load_card(list_id)
    result = find_same(request.store, request.act, lists=lists, threshold=threshold)
    request.show(lambda: SamePartiesView.of(result, request.as_of), lambda: _lines(result, most))


def _lines(result: SameParties, most: int) -> Iterator[str]:
    yield speak("joined by a number that they share: {count}", count=len(result.joined))
    for party in result.joined:
        yield f"  {', '.join(f'{kind} {value}' for kind, value in party.numbers)}"
        yield from (f"    {_member_line(member)}" for member in party.members)
    yield speak("suggested by their names, for a person to judge: {count}", count=len(result.suggested))
    shown = result.suggested[: most or None]
    for suggestion, judgements in shown:
        yield f"  {suggestion.finding_id}  " + speak("score {score}", score=f"{suggestion.score:.2f}")
        yield from (f"    {_member_line(member)}" for member in (suggestion.first, suggestion.second))
        yield from (f"      {reason_text(reason)}" for reason in suggestion.reasons)
        yield from (f"      {judgement_line(judgement)}" for judgement in judgements)
    if len(shown) < len(result.suggested):
        count = grouped(len(result.suggested) - len(shown))
        yield "  " + speak("and {count} more; --most 0 shows all", count=count)


def _member_line(member: Member) -> str:
    return f"{member.list_id}: {member.record.caption} ({member.record.id}, {member.record.schema})"


def same_as_line(same_as: SameAs) -> str:
    """Return another list's record of the same party, and by what it is the same, on one line."""
    numbers = ", ".join(f"{kind} {value}" for kind, value in same_as.numbers)
    by = speak("by {numbers}", numbers=numbers)
    if same_as.judgement is not None:
        by = judgement_line(same_as.judgement)
    return speak(
        "the same party as {name} ({id}) on {list}; {basis}",
        name=same_as.name,
        id=same_as.record_id,
        list=same_as.list_id,
        basis=by,
    )
