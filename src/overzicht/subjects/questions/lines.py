"""Sets and figures as lines for a terminal."""

import textwrap
from collections.abc import Iterator, Sequence

from overzicht.evidence import Text, text
from overzicht.reports.i18n import Words
from overzicht.reports.terminal import COLUMNS, cleaned
from overzicht.subjects.questions import vocabulary
from overzicht.subjects.questions.facts import party_of, term
from overzicht.subjects.questions.figures import Figures
from overzicht.subjects.questions.model import AnswerBlock, Paper, Role, RoleKind
from overzicht.subjects.questions.people import people_of
from overzicht.subjects.questions.references import find_refs, follow
from overzicht.subjects.questions.sets import QuestionSet

SHOWN = 12  # rows of a table on the terminal; the page and the JSON hold all


def set_lines(question_set: QuestionSet, words: Words) -> Iterator[str]:
    """Yield a whole set: people, dates, papers, then each question with its answer and notes."""
    yield from _head_lines(question_set, words)
    yield ""
    yield from _paper_lines(question_set, words)
    asking, answering = question_set.asking, question_set.answering
    if asking is not None:
        shown: set[int] = set()
        for question in asking.questions:
            title = question.printed or words.text("Question {number}", number=str(question.numbers[0]))
            yield from ("", title, *wrapped(question.text))
            for number in question.numbers:
                yield from _answer_lines(answering, number, shown, words) if answering else ()
    for joined in question_set.papers:
        for remark in joined.paper.remarks:
            title = remark.title or words.text("Remark")
            yield from ("", f"{title} ({joined.paper.key})", *wrapped(remark.text))
    for paper in dict.fromkeys(p for p in (asking, answering) if p is not None and p.notes):
        yield from ("", words.text("Notes in {paper}", paper=paper.key))
        for note in paper.notes:
            yield from wrapped(f"{note.number} {note.text}")


def _head_lines(question_set: QuestionSet, words: Words) -> Iterator[str]:
    """Yield number and subject, people and dates."""
    state = words.say(question_set.state.words)
    kind = words.say(question_set.kind.words)
    yield cleaned(f"{question_set.number}  {question_set.subject}")
    yield f"{kind} · {state} · {words.text('as of {day}', day=question_set.as_of)}"
    for person in people_of(question_set):
        fuller = f" = {person.name} [{person.source}]" if person.name else ""
        part = words.say(person.role.kind.words)
        yield cleaned(f"  {part}: {role_words(person.role)}{fuller}")
    yield from (f"  {line}" for line in timing_lines(question_set, words))
    for label, values in ((text("topics"), question_set.topics), (text("adds to"), question_set.supplements)):
        if values:
            yield f"  {words.say(label)}: {'; '.join(values)}"


def role_words(role: Role) -> str:
    """Return `Van Nispen (SP)` or `Blok, minister, Buitenlandse Zaken`, the party in its short form."""
    named = ", ".join(part for part in (role.name, role.office) if part)
    return f"{named} ({party_of(role.party)})" if role.party else named


def timing_lines(question_set: QuestionSet, words: Words) -> Iterator[str]:
    """Yield the dates of asking, due date and answer, and whether the answer was late, by which rule."""
    when = question_set.timing
    if when.asked_on is None or when.due is None:
        yield words.text("the date of asking is not known")
        return
    yield words.text("asked {asked}, due {due}", asked=when.asked_on, due=when.extended_due or when.due)
    late = words.say(vocabulary.LATE[when.is_late])
    if when.answered is not None and when.days is not None:
        yield words.text(
            "answered {day}, after {days} days: {late}", day=when.answered, days=when.days, late=late
        )
    elif question_set.state.value.startswith(("open", "postponed")):
        yield words.text("open for {days} days: {late}", days=when.open_days or 0, late=late)
    notice = words.say(vocabulary.NOTICES[when.has_notice])
    yield f"{notice} ({words.day(when.notice)})" if when.notice else notice
    yield words.text(
        "rule: {days} days, {more} after a notice in time ({source})",
        days=term().days,
        more=term().extended,
        source=term().rule,
    )


def _paper_lines(question_set: QuestionSet, words: Words) -> Iterator[str]:
    yield words.text("Papers")
    for joined in question_set.papers:
        paper = joined.paper
        day = words.day(paper.dates.known_from) or words.text("date unknown")
        kind = words.say(paper.kind.words)
        layout = words.say(paper.origin.layout.words)
        yield f"  {paper.key}: {kind}, {day} [{layout}]"
        if paper.origin.address:
            yield f"    {paper.origin.address}"
        if paper.see_also:
            yield "    " + words.text("see also {ids}", ids=", ".join(paper.see_also))
        yield from (f"    ! {cleaned(words.say(vocabulary.flag_text(flag)))}" for flag in paper.flags)


def _answer_lines(paper: Paper, number: int, shown: set[int], words: Words) -> Iterator[str]:
    trail = follow(paper, number)
    own = [index for index, answer in enumerate(paper.answers) if number in answer.covers]
    for index in own:
        answer = paper.answers[index]
        others = [str(n) for n in answer.covers if n != number]
        if index in shown:
            yield "  → " + words.text(
                "Question {number}: answered together with {others}, see above",
                number=str(number),
                others=", ".join(others),
            )
            continue
        shown.add(index)
        yield f"  {words.say(_answer_title(answer))}"
        yield from wrapped(answer.text, "    ")
        yield from _ref_lines(answer, words)
    if not own or trail.reason:
        yield "  → " + words.text("no answer: {reason}", reason=trail.reason)
    elif set(trail.answers) != set(own):
        path = " → ".join(str(step) for step in trail.path)
        yield "  → " + words.text("the answer is elsewhere: {path}", path=path)


def _answer_title(answer: AnswerBlock) -> Text:
    numbers = ", ".join(map(str, answer.covers))
    if answer.derived:
        others = ", ".join(map(str, answer.derived))
        return text("Answer {numbers} (for {others} by a derived text)", numbers=numbers, others=others)
    return text("Answer {numbers}", numbers=numbers)


def _ref_lines(answer: AnswerBlock, words: Words) -> Iterator[str]:
    refs = [ref for ref in find_refs(answer.text) if ref.targets]
    for ref in dict.fromkeys((ref.kind, ref.targets) for ref in refs):
        yield cleaned(f"      {words.say(ref[0].words)}: {', '.join(ref[1])}")


def wrapped(content: str, indent: str = "  ") -> list[str]:
    """Return a text as lines that fit a terminal, control characters taken out."""
    return [
        line
        for part in content.split("\n")
        for line in textwrap.wrap(cleaned(part), COLUMNS, initial_indent=indent, subsequent_indent=indent)
    ]


def overdue_row(question_set: QuestionSet, words: Words) -> str:
    """Return one line of the list of overdue sets."""
    late = words.say(vocabulary.LATE[question_set.timing.is_late])
    submitter = next((role.name for role in question_set.of_role(RoleKind.SUBMITTER)), "")
    days = words.text("{days} days", days=question_set.timing.open_days or 0)
    return cleaned(f"{question_set.number:<14}{days:>10}  {late:<24}{submitter}: {question_set.subject}")[
        :COLUMNS
    ]


def figure_lines(figures: Figures, words: Words) -> Iterator[str]:
    """Yield the figures as tables; every median with the number of sets behind it."""
    yield words.text("question sets as of {day}: {count}", count=figures.sets, day=figures.as_of)
    yield from _table([(words.say(state.words), n) for state, n in figures.states], words)
    total = sum(n for _, n in figures.papers)
    yield ""
    yield words.text("papers: {count}, read without a flag: {clean}", count=total, clean=figures.unflagged)
    yield from _table([(words.say(kind.words), n) for kind, n in figures.papers], words)
    yield ""
    yield day_sentence(figures, words)
    yield from _table([(class_words(first, last, words), n) for first, last, n in figures.classes], words)
    for title, rows in (
        (text("By party of the members"), figures.parties),
        (text("Sources cited"), figures.domains),
    ):
        if rows:
            yield from ("", words.say(title), *_table(rows[:SHOWN], words))
    if figures.ministries:
        yield from ("", words.text("By ministry: answered sets, late, median days"))
    for row in figures.ministries[:SHOWN]:
        name = row.name or words.text("ministry not named")
        days = median_words(row.days.days, words)
        yield cleaned(f"  {row.days.count:>6} {row.late:>6} {days:>10}  {name}")


def day_sentence(figures: Figures, words: Words) -> str:
    """Return how many sets have both days, how many were late, and the median."""
    return words.text(
        "sets with both days: {count}, {late} late, {unknown} not known; median days: {median}",
        count=figures.answered,
        late=figures.late,
        unknown=figures.unknown_late,
        median=median_words(figures.days.days, words),
    )


def median_words(days: float | None, words: Words) -> str:
    """Return a median, or that there are too few sets for one."""
    return words.text("too few") if days is None else words.number(days)


def class_words(first: int, last: int | None, words: Words) -> str:
    """Return `0 to 21 days` or `91 days and more`."""
    if last is None:
        return words.text("{first} days and more", first=first)
    return words.text("{first} to {last} days", first=first, last=last)


def _table(rows: Sequence[tuple[str, int]], words: Words) -> list[str]:
    return [cleaned(f"  {words.number(count):>8}  {name}") for name, count in rows]
