"""`overzicht questions`: papers of parliamentary questions: add, show, search, overdue sets, figures."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import command
from overzicht.cli.language import error_text, translate
from overzicht.cli.options import Request, file_argument, standard
from overzicht.errors import EXIT_OK
from overzicht.evidence import text
from overzicht.subjects.questions import lines, mentioning, searching, showing
from overzicht.subjects.questions import mention_words as named
from overzicht.subjects.questions.mentions import MentionKind
from overzicht.subjects.questions.views import (
    FoundSet,
    OverdueView,
    ReadingView,
    RefusedFile,
    SetMentionsView,
)
from overzicht.subjects.questions.vocabulary import flag_text

maker_option = click.option(
    "--maker", default="", metavar="ID", help="Only sets that mention this manufacturer (id of its card)."
)


@command()
@file_argument(several=True)
@standard("lang", "by", "json")
def add(request: Request, files: tuple[Path, ...]) -> int:
    """Load FILES: official XML, metadata, HTML, Word, OpenDocument, PDF, text, or OData JSON and its table.

    A folder loads every file below it. A file that cannot be read is named with the reason, and the others
    are loaded. Papers of one set are joined by its number. A file that was loaded before changes nothing. A
    changed paper becomes a new version.
    """
    from overzicht.subjects.questions.taking import ImportResult, add_files  # noqa: PLC0415 - readers are heavy

    def result_lines(result: ImportResult) -> Iterator[str]:
        saved = result.kept
        parts = [
            (text("new papers: {count}", count=saved.new_papers), saved.new_papers),
            (text("new versions of papers: {count}", count=saved.changed_papers), saved.changed_papers),
            (text("papers already known: {count}", count=saved.known_papers), saved.known_papers),
            (text("new sets in the index: {count}", count=saved.new_entries), saved.new_entries),
            (text("changed sets in the index: {count}", count=saved.changed_entries), saved.changed_entries),
            (text("sets already known: {count}", count=saved.known_entries), saved.known_entries),
        ]
        counts = ", ".join(request.words.say(label) for label, count in parts if count)
        yield f"{result.filename}: {counts}"
        yield from (f"  ! {key}: {request.words.say(flag_text(flag))}" for key, flag in result.flags)

    def result_json(result: ImportResult) -> dict[str, Any]:
        return {
            "file": result.filename,
            "papers": [{"id": p.key, "kind": p.kind, "sets": p.sets} for p in result.papers],
            "entries": result.entries,
            **asdict(result.kept),
            "flags": [
                {"paper": key, "code": flag.code.value, "where": flag.where} for key, flag in result.flags
            ],
        }

    loaded = add_files(request.store, files, request.actor, request.act.at)
    for refusal in loaded.refused:
        click.echo(f"overzicht: {error_text(refusal.error)}", err=True)
    request.show(
        lambda: [*map(result_json, loaded.stored), *map(RefusedFile.of, loaded.refused)],
        lambda: (line for result in loaded.stored for line in result_lines(result)),
    )
    return max((refusal.error.exit_code for refusal in loaded.refused), default=EXIT_OK)


@command()
@click.argument("number")
@click.option("--versions", is_flag=True, help="List the stored versions of the papers, also replaced ones.")
@standard("as-of", "lang", "json")
def show(request: Request, number: str, *, versions: bool) -> None:
    """Show a set as known on a date. NUMBER is its set number, or the id of one of its papers."""
    from overzicht.subjects.questions.as_json import set_json  # noqa: PLC0415 - only here
    from overzicht.subjects.questions.papers_records import papers_of  # noqa: PLC0415
    from overzicht.subjects.screening.lookup import party_lookup  # noqa: PLC0415 - compiled code

    with party_lookup(request.store) as lookup:
        shown = showing.show_set(lookup.connection, number, request.as_of)
        linked = None if versions else mentioning.linked_mentions(lookup, shown)
    if linked is None:
        rows = list(map(ReadingView.of, papers_of(request.connection, shown.number, all_versions=True)))
        request.show(lambda: rows, lambda: map(_version_line, rows))
        return
    words = request.words
    mentions = list(named.mention_lines(linked.mentions, words, is_linked=linked.is_linked))
    request.show(
        lambda: {**set_json(shown), "mentions": linked.mentions, "lists_asked": linked.is_linked},
        lambda: [*lines.set_lines(shown, words), *(["", *mentions] if mentions else [])],
    )


def _version_line(row: ReadingView) -> str:
    state = translate("current") if row.current else translate("replaced")
    return f"{row.paper}  {state}  {row.kept_at}  {row.sha256[:12]}  {row.form}  {row.file}"


@command()
@click.argument("words", nargs=-1)
@maker_option
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Number of sets.")
@standard("as-of", "lang", "json")
def search(request: Request, words: tuple[str, ...], maker: str, limit: int) -> None:
    """Find sets by words in their title, questions, answers or notes. `camera*` matches a beginning.

    One paper must contain all WORDS. Rare words count more, and words in a title count more than in a note.
    With --maker the set must mention that manufacturer too, and WORDS may be omitted.
    """
    if not words and not maker:
        raise click.UsageError(translate("nothing to search for. Give words, or --maker"))
    hits, total = searching.search_sets(request.connection, words, maker, request.as_of, limit)
    counts = {"total": total, "shown": len(hits)}
    headline = text("sets that contain all these words: {total}; shown: {shown}", **counts)
    if maker:
        headline = text(
            "sets that mention the manufacturer, with all these words: {total}; shown: {shown}", **counts
        )
    request.show(
        lambda: {"total": total, "sets": list(map(FoundSet.of, hits))},
        lambda: [
            request.words.say(headline),
            *(f"{hit.set.number}  {hit.set.subject}\n    [{hit.place}] {hit.snippet}" for hit in hits),
        ],
    )


@dataclass(frozen=True, slots=True)
class MentionOptions:
    """Filters of mentions, as they are typed; an empty one does not restrict the result."""

    maker: str
    name: str
    kind: str | None


@command()
@click.argument("numbers", nargs=-1)
@maker_option
@click.option("--name", default="", help="Only mentions of this name.")
@click.option(
    "--kind",
    type=click.Choice(["company", "product", "body", "party", "not decided"]),
    help="Only mentions of one kind.",
)
@standard("as-of", "lang", "json", options=MentionOptions)
def mentions(request: Request, numbers: tuple[str, ...], options: MentionOptions) -> None:
    """List companies, products and bodies that sets mention, with place and speaker.

    With NUMBERS, --maker or --name the command lists each mention with its sentence. Without them it lists
    each name with the number of sets. A company in a question is a statement of a member; in an answer it is
    a statement of the cabinet, or one that the cabinet does not confirm.
    """
    from overzicht.subjects.screening.lookup import party_lookup  # noqa: PLC0415 - compiled code

    filters = mentioning.MentionFilter(
        options.maker, options.name, MentionKind(options.kind) if options.kind else None
    )
    with party_lookup(request.store) as lookup:
        if numbers:
            sets = [showing.show_set(lookup.connection, number, request.as_of) for number in numbers]
            matches = [mentioning.linked_mentions(lookup, shown).only(filters) for shown in sets]
        else:
            matches = list(mentioning.find_mentions(lookup.connection, filters, request.as_of))
    if not numbers and not (filters.maker or filters.name):
        names = mentioning.count_names(matches)
        request.show(lambda: {"names": names}, lambda: named.name_lines(names, request.words))
        return

    def match_lines() -> Iterator[str]:
        total = sum(len(match.mentions) for match in matches)
        yield request.words.say(text("mentions: {total}, in sets: {sets}", total=total, sets=len(matches)))
        for match in matches:
            yield f"{match.set.number}  {match.set.subject}"
            yield from named.found_lines(match.mentions, request.words)

    request.show(lambda: {"sets": list(map(SetMentionsView.of, matches))}, match_lines)


@command()
@standard("as-of", "lang", "json")
def overdue(request: Request) -> None:
    """List the written sets without an answer whose term has expired, the oldest first."""
    sets = showing.overdue(request.connection, request.as_of)
    counts = text(
        "overdue on {day} without an answer: {late}; still in time: {in_time}; finished on a date that the "
        "index does not give: {finished}; without a date of asking: {undated}; what is not loaded is not "
        "counted",
        late=len(sets.late),
        day=request.as_of,
        in_time=sets.in_time,
        finished=sets.finished_unknown,
        undated=sets.undated,
    )
    request.show(
        lambda: OverdueView.of(sets),
        lambda: [request.words.say(counts), *(lines.overdue_row(late, request.words) for late in sets.late)],
    )


@command()
@standard("as-of", "lang", "json", out=(".html", ".json"))
def stats(request: Request) -> None:
    """Count sets, papers and days to an answer, by ministry, year, party and cited source.

    A median needs ten sets. Below ten, and where a date is missing, the figures state this.
    """
    from overzicht.subjects.questions.figures import figures_of  # noqa: PLC0415 - only here
    from overzicht.subjects.questions.page import render_figures  # noqa: PLC0415 - templates load slowly

    figures = figures_of(showing.all_sets(request.connection, request.as_of), request.as_of)
    request.deliver(
        {
            ".html": lambda: render_figures(figures, request.language),
            ".json": lambda: f"{request.json_text(figures)}\n",
        },
        lambda: lines.figure_lines(figures, request.words),
    )
