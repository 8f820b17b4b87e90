"""`overzicht questions`: parliamentary questions: take in, show, search, what is late, figures."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from overzicht.cli.options import (
    as_of_option,
    by_option,
    json_option,
    json_text,
    lang_option,
    now,
    opened_store,
    words_in,
)
from overzicht.errors import EXIT_OK
from overzicht.evidence import text

if TYPE_CHECKING:
    from overzicht.questions.mentions.counting import Named
    from overzicht.reports.i18n import Words
    from overzicht.store.questions.papers import StoredPaper
    from overzicht.workflows.questions.mentioning import SetMentions
    from overzicht.workflows.questions.taking import Taken


@click.group()
def questions() -> None:
    """Parliamentary questions: read papers, keep their versions, see who asked what and when it was answered.

    Exit codes: 0 done, 2 wrong use, 10 a file was refused (with the reason; nothing was kept), 11 no such
    set, 13 store.
    """


@questions.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@by_option
@lang_option
@json_option
def add(files: tuple[Path, ...], actor: str, lang: str, as_json: bool) -> int:
    """Take in FILES: official XML, metadata, HTML, Word letters, plain text, or OData JSON and its table.

    Papers of one set are joined by its number. A file that was taken in before changes nothing; a changed
    paper becomes a new version. When one file cannot be read, none is taken.

    Example: overzicht questions add ah-tk-20202021-2310.xml metadata.xml
    """
    from overzicht.workflows.questions.taking import add_files  # noqa: PLC0415 - readers are heavy

    with opened_store() as (store, _):
        taken = add_files(store, files, actor, now())
    if as_json:
        click.echo(json_text([_taken_json(one) for one in taken]))
        return EXIT_OK
    for one in taken:
        click.echo("\n".join(_taken_lines(one, words_in(lang))))
    return EXIT_OK


def _taken_lines(one: "Taken", words: "Words") -> list[str]:
    from overzicht.reports.questions.vocabulary import flag_text  # noqa: PLC0415

    kept = one.kept
    parts = [
        (text("new papers: {count}", count=kept.new_papers), kept.new_papers),
        (text("new versions of papers: {count}", count=kept.changed_papers), kept.changed_papers),
        (text("papers known already: {count}", count=kept.known_papers), kept.known_papers),
        (text("new sets in the index: {count}", count=kept.new_entries), kept.new_entries),
        (text("changed sets in the index: {count}", count=kept.changed_entries), kept.changed_entries),
        (text("sets known already: {count}", count=kept.known_entries), kept.known_entries),
    ]
    lines = [f"{one.filename}: {', '.join(words.say(told) for told, count in parts if count)}"]
    return lines + [f"  ! {key}: {words.say(flag_text(flag))}" for key, flag in one.flags]


def _taken_json(one: "Taken") -> dict[str, object]:
    kept = {name: getattr(one.kept, name) for name in one.kept.__dataclass_fields__}
    flags = [{"paper": key, "code": flag.code.value, "where": flag.where} for key, flag in one.flags]
    papers = [{"id": p.key, "kind": p.kind.value, "sets": list(p.sets)} for p in one.papers]
    return {"file": one.filename, "papers": papers, "entries": one.entries, **kept, "flags": flags}


@questions.command()
@click.argument("number")
@as_of_option
@click.option(
    "--versions", is_flag=True, help="List the readings that are kept, also those that were replaced."
)
@lang_option
@json_option
def show(number: str, as_of: date, versions: bool, lang: str, as_json: bool) -> int:
    """Show a set as known on a day: NUMBER is its set number, or the id of one of its papers.

    Example: overzicht questions show 2020Z25656 --as-of 2021-04-13
    """
    from overzicht.store.questions.papers import papers_of  # noqa: PLC0415
    from overzicht.workflows.questions.mentioning import linked_mentions  # noqa: PLC0415
    from overzicht.workflows.questions.showing import show_set  # noqa: PLC0415

    with opened_store() as (store, _), store.reading() as connection:
        found = show_set(connection, number, as_of)
        kept = papers_of(connection, found.number, all_versions=True) if versions else []
        named = None if versions else linked_mentions(connection, found)
    if named is None:
        _show_versions(kept, as_json)
    elif as_json:
        from overzicht.reports.questions.as_json import set_json  # noqa: PLC0415
        from overzicht.reports.questions.mentions import mention_json  # noqa: PLC0415

        shown = {**set_json(found), "mentions": [mention_json(one) for one in named.mentions],
                 "lists_asked": named.is_linked}  # fmt: skip
        click.echo(json_text(shown))
    else:
        from overzicht.reports.questions.lines import set_lines  # noqa: PLC0415
        from overzicht.reports.questions.mentions import mention_lines  # noqa: PLC0415

        lines = mention_lines(named.mentions, words_in(lang), is_linked=named.is_linked)
        click.echo("\n".join([*set_lines(found, words_in(lang)), *(["", *lines] if lines else [])]))
    return EXIT_OK


def _show_versions(kept: "list[StoredPaper]", as_json: bool) -> None:
    rows = [
        {"paper": one.paper.key, "form": one.paper.origin.layout.value, "file": one.paper.origin.filename,
         "sha256": one.paper.origin.sha256, "kept_at": one.at, "current": one.is_current}
        for one in kept
    ]  # fmt: skip
    if as_json:
        click.echo(json_text(rows))
        return
    for row in rows:
        state = "current" if row["current"] else "replaced"
        digest = str(row["sha256"])[:12]
        click.echo(f"{row['paper']}  {state}  {row['kept_at']}  {digest}  {row['form']}  {row['file']}")


@questions.command()
@click.argument("words", nargs=-1)
@click.option("--maker", default="", metavar="ID", help="Only sets that mention this maker (id of its card).")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Sets to show.")
@as_of_option
@lang_option
@json_option
def search(words: tuple[str, ...], maker: str, limit: int, as_of: date, lang: str, as_json: bool) -> int:
    """Find the sets whose title, questions, answers or notes hold all WORDS; `camera*` finds what begins so.

    All words must stand in one paper. Rare words count for more, and words in a title more than in a note.
    With --maker the set must mention that maker as well; then WORDS may be left out.
    """
    from overzicht.workflows.questions import searching  # noqa: PLC0415

    if not words and not maker:
        raise click.UsageError("give words to look for, or --maker")
    with opened_store() as (store, _), store.reading() as connection:
        found, total = searching.search_sets(connection, words, maker, as_of, limit)
    if as_json:
        rows = [
            {"number": one.set.number, "subject": one.set.subject, "state": one.set.state.value,
             "score": round(one.score, 3), "place": one.place, "snippet": one.snippet}
            for one in found
        ]  # fmt: skip
        click.echo(json_text({"total": total, "sets": rows}))
        return EXIT_OK
    counts = {"total": total, "shown": len(found)}
    told = text("sets that hold all these words: {total}; shown: {shown}", **counts)
    if maker:
        told = text("sets that mention the maker, with all these words: {total}; shown: {shown}", **counts)
    click.echo(words_in(lang).say(told))
    for one in found:
        click.echo(f"{one.set.number}  {one.set.subject}\n    [{one.place}] {one.snippet}")
    return EXIT_OK


@questions.command()
@click.argument("numbers", nargs=-1)
@click.option("--maker", default="", metavar="ID", help="Only mentions of this maker (id of its card).")
@click.option("--name", default="", help="Only mentions of this name.")
@click.option(
    "--kind",
    type=click.Choice(["company", "product", "body", "party", "not decided"]),
    help="Only mentions of one kind.",
)
@as_of_option
@lang_option
@json_option
def mentions(  # noqa: PLR0913 - one parameter per option
    numbers: tuple[str, ...],
    *,
    maker: str,
    name: str,
    kind: str | None,
    as_of: date,
    lang: str,
    as_json: bool,
) -> int:
    """Tell which companies, products and bodies are named, where, and on which side.

    Of the sets NUMBERS, or of all: then with --maker or --name each mention with its sentence, else who is
    named in how many sets. A company in a question is what a member puts; in an answer it is what the cabinet
    states, or does not confirm.

    Example: overzicht questions mentions --maker hikvision
    """
    from overzicht.questions.mentions import MentionKind  # noqa: PLC0415
    from overzicht.workflows.questions import mentioning, showing  # noqa: PLC0415

    wanted = mentioning.Wanted(maker, name, MentionKind(kind) if kind else None)
    with opened_store() as (store, _), store.reading() as connection:
        if numbers:
            sets = [showing.show_set(connection, number, as_of) for number in numbers]
            named = [mentioning.linked_mentions(connection, one).only(wanted) for one in sets]
        else:
            named = list(mentioning.find_mentions(connection, wanted, as_of))
    if numbers or not wanted.is_all:
        _show_mentions(named, lang, as_json)
    else:
        _show_names(mentioning.count_names(named), lang, as_json)
    return EXIT_OK


def _show_mentions(named: "list[SetMentions]", lang: str, as_json: bool) -> None:
    from overzicht.reports.questions.mentions import found_lines, mention_json  # noqa: PLC0415

    if as_json:
        rows = [
            {"number": one.set.number, "subject": one.set.subject, "lists_asked": one.is_linked,
             "mentions": [mention_json(mention) for mention in one.mentions]}
            for one in named
        ]  # fmt: skip
        click.echo(json_text({"sets": rows}))
        return
    words = words_in(lang)
    total = sum(len(one.mentions) for one in named)
    click.echo(words.say(text("mentions: {total}, in sets: {sets}", total=total, sets=len(named))))
    for one in named:
        click.echo(f"{one.set.number}  {one.set.subject}")
        click.echo("\n".join(found_lines(one.mentions, words)))


def _show_names(rows: "list[Named]", lang: str, as_json: bool) -> None:
    from overzicht.reports.questions.mentions import name_json, name_lines  # noqa: PLC0415

    if as_json:
        click.echo(json_text({"names": [name_json(row) for row in rows]}))
    else:
        click.echo("\n".join(name_lines(rows, words_in(lang))))


@questions.command()
@as_of_option
@lang_option
@json_option
def overdue(as_of: date, lang: str, as_json: bool) -> int:
    """List the written sets without an answer that are past their day, the longest open first."""
    from overzicht.reports.questions import as_json as told  # noqa: PLC0415
    from overzicht.reports.questions.lines import overdue_row  # noqa: PLC0415
    from overzicht.workflows.questions import showing  # noqa: PLC0415

    with opened_store() as (store, _), store.reading() as connection:
        found = showing.overdue(connection, as_of)
    if as_json:
        data = {
            "as_of": as_of.isoformat(), "in_time": found.in_time,
            "late": [told.head_json(one) for one in found.late],
            "finished_on_unknown_day": found.finished_unknown, "without_day_of_asking": found.undated,
        }  # fmt: skip
        click.echo(json_text(data))
        return EXIT_OK
    words = words_in(lang)
    counts = text(
        "past their day on {day} without an answer: {late}; still in time: {in_time}; finished on a day that "
        "the index does not give: {finished}; without a day of asking: {undated}; what is not loaded is not "
        "counted",
        late=len(found.late), day=as_of, in_time=found.in_time, finished=found.finished_unknown,
        undated=found.undated,
    )  # fmt: skip
    click.echo(words.say(counts))
    for one in found.late:
        click.echo(overdue_row(one, words))
    return EXIT_OK


@questions.command()
@as_of_option
@lang_option
@json_option
@click.option(
    "--out", type=click.Path(path_type=Path), help="Also write a page with charts to this HTML file."
)
def stats(as_of: date, lang: str, as_json: bool, out: Path | None) -> int:
    """Count sets, papers and days: how long answers took, by ministry, year, party and cited source.

    A median needs ten sets; under that, and wherever a day is missing, the figures say so.
    """
    from overzicht.questions.figures import figures_of  # noqa: PLC0415
    from overzicht.reports.i18n import Language  # noqa: PLC0415
    from overzicht.reports.questions.as_json import figures_json  # noqa: PLC0415
    from overzicht.reports.questions.lines import figure_lines  # noqa: PLC0415
    from overzicht.reports.questions.page import render_figures  # noqa: PLC0415
    from overzicht.workflows.questions.showing import all_sets  # noqa: PLC0415

    with opened_store() as (store, _), store.reading() as connection:
        found = figures_of(all_sets(connection, as_of), as_of)
    if out is not None:
        out.write_text(render_figures(found, Language(lang)), encoding="utf-8")
    if as_json:
        click.echo(json_text(figures_json(found)))
    else:
        click.echo("\n".join(figure_lines(found, words_in(lang))))
    return EXIT_OK
