"""`overzicht questions`: parliamentary questions: add, show, search, overdue sets, figures."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from overzicht.cli.options import Request, file_argument, gathered, opened_store, standard
from overzicht.evidence import text

if TYPE_CHECKING:
    from overzicht.reports.i18n import Words
    from overzicht.views.questions import ReadingView
    from overzicht.workflows.questions.taking import ImportResult

maker_option = click.option(
    "--maker", default="", metavar="ID", help="Only sets that mention this maker (id of its card)."
)


@click.group()
def questions() -> None:
    """Read parliamentary questions: papers and their versions, members, dates and answers."""


@questions.command()
@file_argument(several=True)
@standard("lang", "by", "json")
def add(request: Request, files: tuple[Path, ...]) -> None:
    """Load FILES: official XML, metadata, HTML, Word letters, plain text, or OData JSON and its table.

    Papers of one set are joined by its number. A file that was loaded before changes nothing. A changed
    paper becomes a new version. If one file cannot be read, none is loaded.

    Example: overzicht questions add ah-tk-20202021-2310.xml metadata.xml
    """
    from overzicht.workflows.questions.taking import add_files  # noqa: PLC0415 - readers are heavy

    with opened_store() as store:
        loaded = add_files(store, files, request.actor, request.act.at)
    request.show(
        lambda: list(map(_taken_json, loaded)),
        lambda: (line for each in loaded for line in _taken_lines(each, request.words)),
    )


def _taken_lines(taken: "ImportResult", words: "Words") -> Iterator[str]:
    from overzicht.reports.questions.vocabulary import flag_text  # noqa: PLC0415

    kept = taken.kept
    parts = [
        (text("new papers: {count}", count=kept.new_papers), kept.new_papers),
        (text("new versions of papers: {count}", count=kept.changed_papers), kept.changed_papers),
        (text("papers known already: {count}", count=kept.known_papers), kept.known_papers),
        (text("new sets in the index: {count}", count=kept.new_entries), kept.new_entries),
        (text("changed sets in the index: {count}", count=kept.changed_entries), kept.changed_entries),
        (text("sets known already: {count}", count=kept.known_entries), kept.known_entries),
    ]
    yield f"{taken.filename}: {', '.join(words.say(told) for told, count in parts if count)}"
    yield from (f"  ! {key}: {words.say(flag_text(flag))}" for key, flag in taken.flags)


def _taken_json(taken: "ImportResult") -> dict[str, Any]:
    flags = [{"paper": key, "code": flag.code.value, "where": flag.where} for key, flag in taken.flags]
    papers = [{"id": p.key, "kind": p.kind.value, "sets": list(p.sets)} for p in taken.papers]
    return {
        "file": taken.filename,
        "papers": papers,
        "entries": taken.entries,
        **asdict(taken.kept),
        "flags": flags,
    }


@questions.command()
@click.argument("number")
@click.option("--versions", is_flag=True, help="List the stored versions of the papers, also replaced ones.")
@standard("as-of", "lang", "json")
def show(request: Request, number: str, *, versions: bool) -> None:
    """Show a set as known on a date. NUMBER is its set number, or the id of one of its papers.

    Example: overzicht questions show 2020Z25656 --as-of 2021-04-13
    """
    from overzicht.reports.questions.as_json import set_json  # noqa: PLC0415
    from overzicht.reports.questions.lines import set_lines  # noqa: PLC0415
    from overzicht.reports.questions.mentions import mention_lines  # noqa: PLC0415
    from overzicht.store.questions.papers import papers_of  # noqa: PLC0415
    from overzicht.views.questions import ReadingView  # noqa: PLC0415
    from overzicht.workflows.ask import party_lookup  # noqa: PLC0415
    from overzicht.workflows.questions.mentioning import linked_mentions  # noqa: PLC0415
    from overzicht.workflows.questions.showing import show_set  # noqa: PLC0415

    with opened_store() as store, party_lookup(store) as lookup:
        shown = show_set(lookup.connection, number, request.as_of)
        if versions:
            papers = papers_of(lookup.connection, shown.number, all_versions=True)
            rows = [ReadingView.of(paper) for paper in papers]
            request.show(lambda: rows, lambda: map(_version_line, rows))
            return
        named = linked_mentions(lookup, shown)
    words = request.words
    mentions = list(mention_lines(named.mentions, words, is_linked=named.is_linked))
    request.show(
        lambda: {
            **set_json(shown),
            "mentions": named.mentions,
            "lists_asked": named.is_linked,
        },
        lambda: [*set_lines(shown, words), *(["", *mentions] if mentions else [])],
    )


def _version_line(row: "ReadingView") -> str:
    state = "current" if row.current else "replaced"
    return f"{row.paper}  {state}  {row.kept_at}  {row.sha256[:12]}  {row.form}  {row.file}"


@questions.command()
@click.argument("words", nargs=-1)
@maker_option
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Number of sets.")
@standard("as-of", "lang", "json")
def search(request: Request, words: tuple[str, ...], maker: str, limit: int) -> None:
    """Find sets by words in their title, questions, answers or notes. `camera*` matches a beginning.

    One paper must contain all WORDS. Rare words count more, and words in a title count more than in a note.
    With --maker the set must mention that maker too, and WORDS may be omitted.

    Example: overzicht questions search camera* gemeente
    """
    from overzicht.views.questions import FoundSet  # noqa: PLC0415
    from overzicht.workflows.questions import searching  # noqa: PLC0415

    if not words and not maker:
        raise click.UsageError("nothing to search for. Give words, or --maker")
    with opened_store() as store, store.reading() as connection:
        hits, total = searching.search_sets(connection, words, maker, request.as_of, limit)
    counts = {"total": total, "shown": len(hits)}
    headline = text("sets that hold all these words: {total}; shown: {shown}", **counts)
    if maker:
        headline = text(
            "sets that mention the maker, with all these words: {total}; shown: {shown}", **counts
        )
    request.show(
        lambda: {"total": total, "sets": [FoundSet.of(hit) for hit in hits]},
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


@questions.command()
@click.argument("numbers", nargs=-1)
@maker_option
@click.option("--name", default="", help="Only mentions of this name.")
@click.option(
    "--kind",
    type=click.Choice(["company", "product", "body", "party", "not decided"]),
    help="Only mentions of one kind.",
)
@standard("as-of", "lang", "json")
@gathered("options", MentionOptions)
def mentions(request: Request, numbers: tuple[str, ...], options: MentionOptions) -> None:
    """List companies, products and bodies that sets mention, with place and speaker.

    With NUMBERS, --maker or --name the command lists each mention with its sentence. Without them it lists
    each name with the number of sets. A company in a question is a statement of a member; in an answer it is
    a statement of the cabinet, or one that the cabinet does not confirm.

    Example: overzicht questions mentions --maker hikvision
    """
    from overzicht.questions.mentions import MentionKind  # noqa: PLC0415
    from overzicht.reports.questions.mentions import found_lines, name_lines  # noqa: PLC0415
    from overzicht.views.questions import SetMentionsView  # noqa: PLC0415
    from overzicht.workflows.ask import party_lookup  # noqa: PLC0415
    from overzicht.workflows.questions import mentioning, showing  # noqa: PLC0415

    kind = MentionKind(options.kind) if options.kind else None
    filters = mentioning.Wanted(options.maker, options.name, kind)
    with opened_store() as store, party_lookup(store) as lookup:
        if numbers:
            sets = [showing.show_set(lookup.connection, number, request.as_of) for number in numbers]
            named = [mentioning.linked_mentions(lookup, each).only(filters) for each in sets]
        else:
            named = list(mentioning.find_mentions(lookup.connection, filters, request.as_of))
    if not numbers and filters.is_all:
        names = mentioning.count_names(named)
        request.show(lambda: {"names": names}, lambda: name_lines(names, request.words))
        return

    def lines() -> Iterator[str]:
        total = sum(len(each.mentions) for each in named)
        yield request.words.say(text("mentions: {total}, in sets: {sets}", total=total, sets=len(named)))
        for each in named:
            yield f"{each.set.number}  {each.set.subject}"
            yield from found_lines(each.mentions, request.words)

    request.show(lambda: {"sets": [SetMentionsView.of(each) for each in named]}, lines)


@questions.command()
@standard("as-of", "lang", "json")
def overdue(request: Request) -> None:
    """List the written sets without an answer whose term has expired, the oldest first."""
    from overzicht.reports.questions.lines import overdue_row  # noqa: PLC0415
    from overzicht.views.questions import OverdueView  # noqa: PLC0415
    from overzicht.workflows.questions import showing  # noqa: PLC0415

    with opened_store() as store, store.reading() as connection:
        sets = showing.overdue(connection, request.as_of)
    counts = text(
        "past their day on {day} without an answer: {late}; still in time: {in_time}; finished on a day that "
        "the index does not give: {finished}; without a day of asking: {undated}; what is not loaded is not "
        "counted",
        late=len(sets.late),
        day=request.as_of,
        in_time=sets.in_time,
        finished=sets.finished_unknown,
        undated=sets.undated,
    )
    request.show(
        lambda: OverdueView.of(sets),
        lambda: [request.words.say(counts), *(overdue_row(each, request.words) for each in sets.late)],
    )


@questions.command()
@standard("as-of", "lang", "json", out=(".html", ".json"))
def stats(request: Request) -> None:
    """Count sets, papers and days to an answer, by ministry, year, party and cited source.

    A median needs ten sets. Below ten, and where a date is missing, the figures state this.

    Example: overzicht questions stats --out figures.html
    """
    from overzicht.questions.figures import figures_of  # noqa: PLC0415
    from overzicht.reports.questions.lines import figure_lines  # noqa: PLC0415
    from overzicht.reports.questions.page import render_figures  # noqa: PLC0415
    from overzicht.workflows.questions.showing import all_sets  # noqa: PLC0415

    with opened_store() as store, store.reading() as connection:
        figures = figures_of(all_sets(connection, request.as_of), request.as_of)
    request.deliver(
        {
            ".html": lambda: render_figures(figures, request.language),
            ".json": lambda: f"{request.json_text(figures)}\n",
        },
        lambda: figure_lines(figures, request.words),
    )
