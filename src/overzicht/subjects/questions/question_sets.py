"""Sets of questions: lists and one set, names in them, overdue sets, figures, precedents and promises."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from overzicht.evidence.limited import Key, Line
from overzicht.evidence.text import Text, text
from overzicht.kit.ask import EDITOR, READER, Ask
from overzicht.kit.operation import Command, MisuseError, Paging, Param, Part, Route, each_line, operation
from overzicht.reports.i18n import Words
from overzicht.store import decisions
from overzicht.subjects.questions import listing, mentioning, promising, showing
from overzicht.subjects.questions import mention_words as named
from overzicht.subjects.questions.as_json import set_json
from overzicht.subjects.questions.figures import Figures, figures_of
from overzicht.subjects.questions.lines import figure_lines, overdue_row, set_lines
from overzicht.subjects.questions.listing import SetFilter, SetLine, Timeliness
from overzicht.subjects.questions.mentioning import MentionFilter, SetMentions
from overzicht.subjects.questions.mentions import MentionKind
from overzicht.subjects.questions.mentions.counting import NameCount
from overzicht.subjects.questions.page import render_figures
from overzicht.subjects.questions.papers_records import StoredPaper, papers_of, state_of_questions
from overzicht.subjects.questions.precedents import SHOWN, QuestionPrecedents, precedents_of
from overzicht.subjects.questions.promising import PromiseLine, PromiseState
from overzicht.subjects.questions.searching import search_sets
from overzicht.subjects.questions.sets import QuestionSet, State
from overzicht.subjects.questions.showing import OverdueSets, SearchHit
from overzicht.subjects.questions.views import (
    FoundSet,
    OverdueView,
    PrecedentsView,
    PromiseView,
    QuestionSetLine,
    ReadingView,
    SetMentionsView,
)

ShownSet = tuple[QuestionSet, SetMentions | None, list[StoredPaper]]  # its mentions, or readings of it
READ = ("as-of", "lang", "json")
MakerId = Annotated[
    Line,
    Field(description="id of the manufacturer's card"),
    Param("Only sets that mention this manufacturer (id of its card).", metavar="ID"),
]
Name = Annotated[
    Line,
    Field(description="a name as it is written, or its usual spelling"),
    Param("Only mentions of this name."),
]
Kind = Annotated[
    Literal["company", "product", "body", "party", "not decided"] | None, Param("Only mentions of one kind.")
]
OpenTasks = Annotated[bool, Param("Open a task for each line that has none (see `overzicht tasks`).")]


@operation(Route("GET /questions", READER, summary="Sets of questions", has_names=True), view=QuestionSetLine)
def questions(  # noqa: PLR0913 - the filters of a list
    ask: Ask,
    paging: Paging,
    *,
    q: Annotated[Line, Field(description="words that all occur in one paper or title")] = "",
    maker: MakerId = "",
    state: State | None = None,
    year: Annotated[int | None, Field(ge=1800, le=2200, description="year of the questions")] = None,
    late: Timeliness | None = None,
) -> Part[SetLine]:
    """Return the sets that match: best match first for words or a manufacturer, else newest first."""
    with ask.store.reading() as connection:
        return paging.part(listing.list_sets(connection, SetFilter(q, maker, state, year, late), ask.day))


def _search_lines(result: tuple[Text, list[SearchHit], int], words: Words) -> list[str]:
    headline, hits, _ = result
    return [
        words.say(headline),
        *(f"{hit.set.number}  {hit.set.subject}\n    [{hit.place}] {hit.snippet}" for hit in hits),
    ]


@operation(
    Command(
        "questions search",
        _search_lines,
        data=lambda result: {"total": result[2], "sets": list(map(FoundSet.of, result[1]))},
        options=READ,
    )
)
def search(
    ask: Ask,
    words: tuple[str, ...] = (),
    *,
    maker: MakerId = "",
    limit: Annotated[int, Param("Number of sets.", between=(1, 1000), shows_default=True)] = 10,
) -> tuple[Text, list[SearchHit], int]:
    """Find sets by words in their title, questions, answers or notes. `camera*` matches a beginning.

    One paper must contain all WORDS. Rare words count more, and words in a title count more than in a note.
    With --maker the set must mention that manufacturer too, and WORDS may be omitted.
    """
    if not words and not maker:
        raise MisuseError(text("nothing to search for. Give words, or --maker"))
    with ask.store.reading() as connection:
        hits, total = search_sets(connection, words, maker, ask.day, limit)
    headline = text("sets that contain all these words: {total}; shown: {shown}")
    if maker:
        headline = text("sets that mention the manufacturer, with all these words: {total}; shown: {shown}")
    return headline.filled(total=total, shown=len(hits)), hits, total


def _overdue_lines(sets: OverdueSets, words: Words) -> Iterator[str]:
    yield words.text(
        "overdue on {day} without an answer: {late}; still in time: {in_time}; finished on a date that the "
        "index does not give: {finished}; without a date of asking: {undated}; what is not loaded is not "
        "counted",
        late=len(sets.late),
        day=sets.as_of,
        in_time=sets.in_time,
        finished=sets.finished_unknown,
        undated=sets.undated,
    )
    yield from (overdue_row(late, words) for late in sets.late)


@operation(
    Command("questions overdue", _overdue_lines, options=READ),
    Route("GET /questions/overdue", READER, summary="Overdue sets"),
    view=OverdueView,
)
def overdue(ask: Ask) -> OverdueSets:
    """List the written sets without an answer whose term has expired, the oldest first."""
    with ask.store.reading() as connection:
        return showing.overdue(connection, ask.day)


@operation(
    Command(
        "questions stats",
        figure_lines,
        options=READ,
        files={".html": lambda figures, words: render_figures(figures, words.lang)},
    ),
    Route("GET /questions/figures", READER, summary="Sets in figures"),
)
def figures(ask: Ask) -> Figures:
    """Count sets, papers and days to an answer, by ministry, year, party and cited source.

    A median needs ten sets. Below ten, and where a date is missing, the figures state this.
    """
    with ask.store.reading() as connection:
        return figures_of(showing.all_sets(connection, ask.day), ask.day)


@operation(Route("GET /questions/names", READER, summary="Names by number of sets"))
def names(ask: Ask, paging: Paging, kind: MentionKind | None = None) -> Part[NameCount]:
    """Return the companies, products and bodies in sets, the most frequent first."""

    def count() -> list[NameCount]:
        with ask.store.reading() as connection:
            sets = mentioning.find_mentions(connection, MentionFilter(kind=kind), ask.day)
            return mentioning.count_names(sets)

    with ask.store.reading() as connection:
        key = ("names in questions", kind, ask.day, state_of_questions(connection))
    return paging.part(ask.cached(key, count))


@operation(
    Route("GET /questions/mentions", READER, summary="Mentions of a manufacturer or a name", has_names=True),
    view=SetMentionsView,
)
def mentions(
    ask: Ask, paging: Paging, maker: MakerId = "", name: Name = "", *, kind: MentionKind | None = None
) -> Part[SetMentions]:
    """Return the sets that mention a manufacturer or a name, with those mentions; without either, nothing."""
    if not (maker or name):
        return paging.part([])
    with ask.store.reading() as connection:
        filters = MentionFilter(maker, name, kind)
        return paging.part(list(mentioning.find_mentions(connection, filters, ask.day)))


def _mention_lines(result: tuple[list[SetMentions], list[NameCount] | None], words: Words) -> Iterator[str]:
    matches, names = result
    if names is not None:
        yield from named.name_lines(names, words)
        return
    total = sum(len(match.mentions) for match in matches)
    yield words.text("mentions: {total}, in sets: {sets}", total=total, sets=len(matches))
    for match in matches:
        yield f"{match.set.number}  {match.set.subject}"
        yield from named.found_lines(match.mentions, words)


@operation(
    Command(
        "questions mentions",
        _mention_lines,
        data=lambda result: (
            {"sets": list(map(SetMentionsView.of, result[0]))} if result[1] is None else {"names": result[1]}
        ),
        options=READ,
    )
)
def mentions_or_names(
    ask: Ask, numbers: tuple[str, ...] = (), *, maker: MakerId = "", name: Name = "", kind: Kind = None
) -> tuple[list[SetMentions], list[NameCount] | None]:
    """List companies, products and bodies that sets mention, with place and speaker.

    With NUMBERS, --maker or --name the command lists each mention with its sentence. Without them it lists
    each name with the number of sets. A company in a question is a statement of a member; in an answer it is
    a statement of the cabinet, or one that the cabinet does not confirm.
    """
    from overzicht.subjects.screening.lookup import party_lookup  # noqa: PLC0415 - compiled code

    filters = MentionFilter(maker, name, MentionKind(kind) if kind else None)
    with party_lookup(ask.store) as lookup:
        if numbers:
            sets = [showing.show_set(lookup.connection, number, ask.day) for number in numbers]
            return [mentioning.linked_mentions(lookup, shown).only(filters) for shown in sets], None
        matches = list(mentioning.find_mentions(lookup.connection, filters, ask.day))
    return matches, None if maker or name else mentioning.count_names(matches)


def _promise_line(row: PromiseLine, words: Words) -> str:
    term = row.promise.term
    last = words.day(term.last_day) if term.last_day else term.literal or "?"
    parts = [row.set_number, last, words.say(row.state.words)]
    if row.task:
        parts.append(words.text("task {number}", number=row.task))
    return f"{'  '.join(parts)}\n    {row.title}"


@operation(
    Command(
        "questions promises",
        each_line(_promise_line),
        empty=text("no promises found"),
        options=("as-of", "lang", "by", "json"),
    ),
    view=PromiseView,
)
def promises_of_sets(
    ask: Ask,
    numbers: tuple[str, ...] = (),
    *,
    overdue: Annotated[bool, Param("Only promises whose last day is before the date.")] = False,
    open_tasks: OpenTasks = False,
) -> list[PromiseLine]:
    """List promises to the House in answers, with their last day and state on a date.

    NUMBERS are sets or papers. Default: all. A term without a date stays unknown. A promise is fulfilled when
    its task is closed. With --open-tasks each promise without a task gets one.
    """
    if open_tasks:
        with ask.writing() as tx:
            for line in promising.list_promises(tx.connection, ask.day, numbers):
                if line.task is None:
                    subject, due = promising.SUBJECT + line.set_number, line.promise.term.last_day
                    decisions.open_task_once(tx, subject, line.title, due=due, again=False)
    with ask.store.reading() as connection:
        lines = promising.list_promises(connection, ask.day, numbers)
    return [line for line in lines if not overdue or line.state is PromiseState.OVERDUE]


@operation(Route("GET /questions/promises", READER, summary="Promises in answers"), view=PromiseView)
def promises(ask: Ask, paging: Paging, state: PromiseState | None = None) -> Part[PromiseLine]:
    """Return the promises in answers known on the date, the earliest last day first."""
    return paging.part([line for line in promises_of_sets(ask) if state in (None, line.state)])


@operation(
    Route("POST /questions/promises/tasks", EDITOR, summary="Open tasks for promises"),
    is_dated=True,
    view=PromiseView,
)
def open_promise_tasks(ask: Ask) -> list[PromiseLine]:
    """Open a task for each promise that has none; return all promises with their tasks."""
    return promises_of_sets(ask, open_tasks=True)


def _precedent_lines(rows: list[QuestionPrecedents], words: Words) -> Iterator[str]:
    nothing, cited = words.text("no earlier question is like it"), words.text("cited by the question")
    for row in rows:
        yield words.text("Question {number}", number=row.number)
        if not row.precedents:
            yield f"  {nothing}"
        for item in row.precedents:
            mark = f" ({cited})" if item.is_cited else ""
            numbers = ", ".join(map(str, item.numbers))
            day = words.day(item.asked_on) if item.asked_on else "?"
            yield f"  {item.set_number} {numbers}  {day}{mark}  {item.subject}"
            yield from (f"      {part}" for part in (item.question, item.answer) if part)


@operation(Command("questions precedents", _precedent_lines, options=READ), view=PrecedentsView)
def precedents_of_questions(
    ask: Ask,
    number: str,
    *,
    question: Annotated[int | None, Param("Only this question. Default: all.", between=(1, 999))] = None,
    limit: Annotated[int, Param("Number of sets.", between=(1, 100), shows_default=True)] = 10,
) -> list[QuestionPrecedents]:
    """Find the earlier questions most like those of a set, with their answers.

    NUMBER is a loaded set, or the id of one of its papers. All loaded papers and the titles of the index are
    compared. The set itself, later questions and later papers are left out. A set that the question cites
    comes first. `overzicht answer` also shows what changed since the earlier answer.
    """
    with ask.store.reading() as connection:
        return list(precedents_of(connection, number, ask.day, question=question, limit=limit))


@operation(
    Route("GET /questions/{number}/precedents", READER, summary="Earlier questions like those of one set"),
    view=PrecedentsView,
)
def precedents(ask: Ask, number: Key) -> list[QuestionPrecedents]:
    """Return for each question the most similar earlier questions with their answers, best first."""
    return precedents_of_questions(ask, number, limit=SHOWN)


def _set_lines(result: ShownSet, words: Words) -> Iterator[str]:
    question_set, linked, papers = result
    for row in map(ReadingView.of, papers):
        state = words.text("current") if row.current else words.text("replaced")
        yield f"{row.paper}  {state}  {row.kept_at}  {row.sha256[:12]}  {row.form}  {row.file}"
    if linked is not None:
        yield from set_lines(question_set, words)
        mentioned = named.mention_lines(linked.mentions, words, is_linked=linked.is_linked)
        yield from ("", *mentioned) if mentioned else ()


def _set_data(result: ShownSet) -> Any:
    question_set, linked, papers = result
    if linked is None:
        return list(map(ReadingView.of, papers))
    return {**set_json(question_set), "mentions": linked.mentions, "lists_asked": linked.is_linked}


@operation(Command("questions show", _set_lines, data=_set_data, options=READ))
def show_or_versions(
    ask: Ask,
    number: str,
    *,
    versions: Annotated[bool, Param("List the stored versions of the papers, also replaced ones.")] = False,
) -> ShownSet:
    """Show a set as known on a date. NUMBER is its set number, or the id of one of its papers."""
    from overzicht.subjects.screening.lookup import party_lookup  # noqa: PLC0415 - compiled code

    with party_lookup(ask.store) as lookup:
        question_set = showing.show_set(lookup.connection, number, ask.day)
        if versions:
            papers = papers_of(lookup.connection, question_set.number, all_versions=True)
            return question_set, None, papers
        return question_set, mentioning.linked_mentions(lookup, question_set), []


@operation(Route("GET /questions/{number}", READER, summary="One set"))
def show(ask: Ask, number: Key) -> dict[str, Any]:
    """Return a whole set as known on the date, in the format of `overzicht questions show --json`."""
    with ask.store.reading() as connection:
        return set_json(showing.show_set(connection, number, ask.day))


@operation(
    Route("GET /questions/{number}/versions", READER, summary="The readings of one set's papers"),
    view=ReadingView,
)
def versions(ask: Ask, number: Key) -> list[StoredPaper]:
    """Return the stored readings, oldest first, also those that a newer one replaced."""
    return show_or_versions(ask, number, versions=True)[2]


@operation(
    Route("GET /questions/{number}/mentions", READER, summary="Mentions in one set"), view=SetMentionsView
)
def set_mentions(ask: Ask, number: Key) -> SetMentions:
    """Return the mentions in a set, each with its side and the list records with that name."""
    return mentions_or_names(ask, (number,))[0][0]
