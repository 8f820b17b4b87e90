"""First lines about listings: state, start, reason and end of a listing."""

import re
from collections.abc import Sequence
from datetime import date

from overzicht.dates import DateBasis
from overzicht.evidence import Answer, Text, text
from overzicht.evidence.answers import LISTING_ANSWERS
from overzicht.evidence.phrases import joined
from overzicht.sources.acts.consolidated_act import act_number
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.framing import Denial
from overzicht.subjects.answers.reading.query import Query
from overzicht.subjects.answers.resolving.target import OnTarget


def listed_line(query: Query, answers: Sequence[OnTarget]) -> FirstLine:
    """Return whether the parties are on the lists; answers that differ are given one by one.

    A statement about several parties or lists holds only if it holds for each of them.
    """
    kinds = {result.answer for result in answers}
    parties = {result.subject.key for result in answers}
    if line := _of_period(query, answers):
        return line
    if query.is_stated and query.is_named and len(kinds) > 1 and not _EITHER.search(query.words):
        decisive = Answer.NOT_FOUND if query.denial is Denial.NONE else Answer.FOUND
        order = (decisive, Answer.NOT_CHECKED, Answer.POSSIBLE)
        return _alike([next(result for kind in order for result in answers if result.answer is kind)])
    if Answer.FOUND in kinds and len(parties) == 1:
        return _alike([result for result in answers if result.answer is Answer.FOUND])
    is_which = _WHICH_OF.match(query.words) and kinds <= {Answer.FOUND, Answer.NOT_FOUND} and len(parties) > 1
    if len(parties) == 1 and len(kinds) > 1:
        order = (Answer.POSSIBLE, Answer.NOT_CHECKED, Answer.NOT_FOUND)
        answers = [min(answers, key=lambda result: order.index(result.answer))]
    if len(parties) == 1 or (len(kinds) == 1 and not is_which):
        return _alike(answers)
    parts = joined(
        text(
            "{party} on {list}: {answer}",
            party=result.subject.name,
            list=result.target.text,
            answer=LISTING_ANSWERS[result.answer],
        )
        for result in answers
    )
    expected = Answer.FOUND if query.denial is Denial.NONE else Answer.NOT_FOUND
    named = "; ".join(result.subject.name for result in answers if result.answer is expected)
    line = FirstLine(FirstKind.VALUE, text("{parts}.", parts=parts), named)
    none = FirstLine(FirstKind.NUMBER, text("None of them: {parts}.", parts=parts), "0")
    return none if is_which and not named else line


def _of_period(query: Query, answers: Sequence[OnTarget]) -> FirstLine | None:
    """Return the line on a listing that began after the day asked for, or ended within the period."""
    span = query.span
    if span is None or span.is_day:
        return None
    listed = [result for result in answers if result.answer is Answer.FOUND]
    if span.begun_by is not None:
        late = [result for result in listed if result.since is not None and result.since > span.begun_by]
        if not late or len(late) < len(listed):
            return None
        # whether no list states the start of the listings in force, only its latest date
        is_bound = all(entry.state.since.basis is DateBasis.NOT_LATER_THAN for entry in late[0].current)
        return since_line(late[:1]) if is_bound else _line_of_start(late[0])
    for result in answers if not listed else ():
        if result.answer is Answer.NOT_FOUND and result.until is not None and result.until > span.first:
            sentence = text("Yes: {party} was listed on {list} until {until}.").filled(
                party=result.subject.name, list=result.target.text, until=result.until
            )
            return FirstLine(FirstKind.YES, sentence)
    return None


_EITHER = re.compile(r"\b(?:or|either|dan wel|hetzij|one of|een van)\b", re.IGNORECASE)
_WHICH_OF = re.compile(r"(?:which|who|welke|wie) (?:of|van)\b", re.IGNORECASE)
_CELEX = re.compile(r"\b3(\d{4})[RD](\d{4})\b")


def _alike(answers: Sequence[OnTarget]) -> FirstLine:
    """Return the first line for answers that are alike."""
    result = answers[0]
    party = result.subject.name
    title = joined({result.target.id: result.target.text for result in answers}.values())
    parties = dict.fromkeys(result.subject.name for result in answers)
    if len(parties) > 1 and result.answer in _OF_SEVERAL:
        kind, sentence = _OF_SEVERAL[result.answer]
        names = ", ".join(parties)
        return FirstLine(kind, sentence.filled(parties=names, list=title, day=result.day))
    if result.answer is Answer.FOUND:
        return FirstLine(FirstKind.YES, _found(answers, title))
    if result.answer is Answer.POSSIBLE:
        sentence = text(
            "Possibly: an entry with a similar name, “{entry}”, is on {list}. Check whether it is {party}.",
            entry=result.possible[0].state.record.caption,
            party=party,
            list=title,
        )
        return FirstLine(FirstKind.POSSIBLE, sentence)
    if result.answer is Answer.NOT_CHECKED:
        return FirstLine(FirstKind.NOT_CHECKED, _not_checked(result, title))
    if result.since is not None and result.since > result.day:
        return _line_of_start(result)
    return FirstLine(FirstKind.NO, _absent(result, title))


_OF_SEVERAL = {
    Answer.FOUND: (FirstKind.YES, text("Yes: {parties} are listed on {list} on {day}.")),
    Answer.NOT_FOUND: (FirstKind.NO, text("No: {parties} are not listed on {list} on {day}.")),
}


def _not_checked(result: OnTarget, title: Text) -> Text:
    if not result.unclear:
        return text("Not checked: no loaded version of {list} covers {day}.", list=title, day=result.day)
    first = min(result.unclear, key=lambda entry: entry.state.since.day)
    return text(
        "Not checked: {party} is on {list} from {since} at the latest; no loaded version shows {day}.",
        party=result.subject.name,
        list=first.card.heading,
        since=first.state.since.day,
        day=result.day,
    )


def _found(answers: Sequence[OnTarget], title: Text) -> Text:
    """Return the sentence on a party on lists; on several lists without the start, which may differ."""
    result = answers[0]
    first = min(result.current, key=lambda entry: entry.state.since.day)
    party, since = result.subject.name, first.state.since
    if result.target.is_general:
        title = first.card.heading
    if len(answers) > 1 or since.basis is DateBasis.NOT_LATER_THAN:
        return text("Yes: {party} is listed on {list} on {day}.", party=party, list=title, day=result.day)
    return text(
        "Yes: {party} has been listed on {list} since {since}.", party=party, list=title, since=since.day
    )


def _absent(result: OnTarget, title: Text) -> Text:
    party = result.subject.name
    if result.until is not None and result.until <= result.day:
        return text(
            "No: {party} was removed from {list} on {until}.",
            party=party,
            list=result.target.text,
            until=result.until,
        )
    if result.target.is_general and result.others:
        return text(
            "No: {party} is on none of the {covering} lists that cover {day}.",
            party=party,
            covering=len(result.covering),
            day=result.day,
        )
    return text("No: {party} is not listed on {list} on {day}.", party=party, list=title, day=result.day)


def _line_of_start(result: OnTarget) -> FirstLine:
    """Return that a party has been listed only since a day after the one that is asked for.

    Of all lists together, only those that cover the day can say so.
    """
    if result.target.is_general and result.others:
        if not result.covering:
            return FirstLine(FirstKind.NOT_CHECKED, _not_checked(result, result.target.text))
        first = min(result.entries, key=lambda entry: entry.state.since.day)
        sentence = text(
            "No: {party} is on none of the {covering} lists that cover {day}; {list} has had it only since "
            "{since}.",
            party=result.subject.name,
            covering=len(result.covering),
            day=result.day,
            list=first.card.heading,
            since=first.state.since.day,
        )
        return FirstLine(FirstKind.NO, sentence)
    sentence = text("No: {party} has been listed on {list} only since {since}.").filled(
        party=result.subject.name, list=result.target.text, since=result.since or result.day
    )
    return FirstLine(FirstKind.NO, sentence)


def since_line(listed: Sequence[OnTarget]) -> FirstLine:
    """Return the first day of the listings."""
    result = min(listed, key=lambda result: result.since or date.max)
    entries = result.current or result.entries
    best = max(entry.match.score for entry in entries)
    entries = tuple(entry for entry in entries if entry.match.score >= best)
    stated = [entry for entry in entries if entry.state.since.basis is not DateBasis.NOT_LATER_THAN]
    entry = min(stated or entries, key=lambda result: result.state.since.day)
    day = entry.state.since.day
    title = entry.card.heading if result.target.is_general else result.target.text
    sentence = text("{day}: {party} has been listed on {list} since then.")
    if not stated:
        sentence = text("Not later than {day}: the list does not state when {party} was added to {list}.")
    filled = sentence.filled(day=day, party=result.subject.name, list=title)
    return FirstLine(FirstKind.VALUE, filled, day.isoformat())


def why_line(listed: Sequence[OnTarget]) -> FirstLine:
    """Return the acts, else the programmes, of the listings."""
    result = listed[0]
    listings = [entry.state.listing for entry in result.current or result.entries]
    acts = dict.fromkeys(_act(act.strip()) for item in listings for act in item.act.split(";") if act.strip())
    programmes = dict.fromkeys(item.programme for item in listings if item.programme)
    party, title = result.subject.name, result.target.text
    if acts:
        act = "; ".join(acts)
        sentence = text(
            "{act}: the listing of {party} on {list} rests on this.", act=act, party=party, list=title
        )
        return FirstLine(FirstKind.VALUE, sentence, act)
    if programmes:
        programme = "; ".join(programmes)
        sentence = text(
            "{programme}: {party} is listed on {list} under this programme.",
            programme=programme,
            party=party,
            list=title,
        )
        return FirstLine(FirstKind.VALUE, sentence, programme)
    sentence = text(
        "Unknown: {list} states neither an act nor a reason for {party}.", party=party, list=title
    )
    return FirstLine(FirstKind.UNKNOWN, sentence)


def _act(act: str) -> str:
    """Return an act with its printed number: `32011R0359` is 359/2011, and `32022R2309` is 2022/2309."""
    return _CELEX.sub(lambda match: f"{match[0]} ({act_number(match[0])})", act)


def until_line(result: OnTarget, query: Query) -> FirstLine | None:
    """Return whether a party is still listed, or its end date; None without an entry in force by the date."""
    party, title, until = result.subject.name, result.target.text, result.until
    ends = [entry.state.until.day for entry in result.entries if entry.state.until is not None]
    past = max((end for end in ends if end <= result.day), default=None)
    if result.current and past is not None and "since" in query.cues:
        sentence = text("{until}: {party} was removed from {list}, and it is listed again.")
        return FirstLine(
            FirstKind.VALUE, sentence.filled(until=past, party=party, list=title), past.isoformat()
        )
    if result.current and (until is None or "until" not in query.cues):
        since = min(entry.state.since.day for entry in result.current)
        kind, sentence = FirstKind.NO, text("No: {party} is still on {list}, since {since}.")
        if "still" in query.cues:
            kind, sentence = FirstKind.YES, text("Yes: {party} is still on {list}, since {since}.")
        return FirstLine(
            kind, sentence.filled(party=result.subject.name, list=result.target.text, since=since)
        )
    if result.current and until is not None:
        sentence = text(
            "{until}: the listing of {party} on {list} ends then.", until=until, party=party, list=title
        )
        return FirstLine(FirstKind.VALUE, sentence, until.isoformat())
    if until is None or until > result.day:
        return None
    kind, sentence = FirstKind.VALUE, text("{until}: {party} is no longer on {list} since then.")
    if "still" in query.cues:
        kind, sentence = FirstKind.NO, text("No: {party} was removed from {list} on {until}.")
    elif "yes_no" in query.cues:
        kind, sentence = FirstKind.YES, text("Yes: {party} was removed from {list} on {until}.")
    return FirstLine(kind, sentence.filled(until=until, party=party, list=title), until.isoformat())
