"""First lines about listings: state, start, reason and end of a listing."""

import re
from collections.abc import Sequence
from datetime import date

from overzicht.dates import DateBasis
from overzicht.evidence import Answer, Text, text
from overzicht.evidence.phrases import joined
from overzicht.reports.answers.model import FirstKind, FirstLine
from overzicht.sources.acts.reader import act_number
from overzicht.workflows.answers.reading.query import Query
from overzicht.workflows.answers.resolving.base import first_line
from overzicht.workflows.answers.resolving.target import OnTarget


def listed_line(answers: Sequence[OnTarget]) -> FirstLine:
    """Return whether the parties are on the lists; answers that differ are given one by one."""
    kinds = {result.answer for result in answers}
    parties = {result.subject.key for result in answers}
    if Answer.FOUND in kinds and len(parties) == 1:
        return _alike([result for result in answers if result.answer is Answer.FOUND])
    if len(kinds) == 1:
        return _alike(answers)
    if len(parties) == 1:
        order = (Answer.POSSIBLE, Answer.NOT_CHECKED, Answer.NOT_FOUND)
        return _alike([min(answers, key=lambda result: order.index(result.answer))])
    parts = joined(
        text("{party} on {list}: {answer}", party=result.subject.name, list=result.target.title,
             answer=ANSWERS[result.answer])
        for result in answers
    )  # fmt: skip
    listed = "; ".join(result.subject.name for result in answers if result.answer is Answer.FOUND)
    return first_line(FirstKind.VALUE, text("{parts}.", parts=parts), listed)


_CELEX = re.compile(r"\b3(\d{4})[RD](\d{4})\b")

ANSWERS = {
    Answer.FOUND: text("listed"),
    Answer.NOT_FOUND: text("not listed"),
    Answer.POSSIBLE: text("possibly listed"),
    Answer.NOT_CHECKED: text("not checked"),
}


def _alike(answers: Sequence[OnTarget]) -> FirstLine:
    """Return the first line for answers that are alike."""
    result = answers[0]
    party = ", ".join(dict.fromkeys(result.subject.name for result in answers))
    title = joined({result.target.id: result.target.title for result in answers}.values())
    if result.answer is Answer.FOUND:
        return _found(answers, party, title)
    if result.answer is Answer.POSSIBLE:
        sentence = text(
            "Possibly: {list} has an entry with a similar name, “{entry}”. Check whether it is {party}.",
            entry=result.possible[0].state.record.caption, party=party, list=title,
        )  # fmt: skip
        return first_line(FirstKind.POSSIBLE, sentence)
    if result.answer is Answer.NOT_CHECKED and result.unclear:
        first = min(result.unclear, key=lambda entry: entry.state.since.day)
        sentence = text(
            "Not checked: {party} is on {list} from {since} at the latest; no loaded version shows {day}.",
            party=party, list=first.card.heading, since=first.state.since.day, day=result.day,
        )  # fmt: skip
        return first_line(FirstKind.NOT_CHECKED, sentence)
    if result.answer is Answer.NOT_CHECKED:
        sentence = text("Not checked: no loaded version of {list} covers {day}.", list=title, day=result.day)
        return first_line(FirstKind.NOT_CHECKED, sentence)
    return first_line(FirstKind.NO, _absent(result, party, title))


def _found(answers: Sequence[OnTarget], party: str, title: Text) -> FirstLine:
    result = answers[0]
    since = min((entry.state.since for entry in result.current), key=lambda start: start.day)
    if result.target.is_general:
        title = joined({entry.card.id: entry.card.heading for entry in result.current[:2]}.values())
    if since.basis is DateBasis.NOT_LATER_THAN or len({result.subject.key for result in answers}) > 1:
        sentence = text("Yes: {party} is listed on {list} on {day}.", party=party, list=title, day=result.day)
    else:
        sentence = text(
            "Yes: {party} has been listed on {list} since {since}.", party=party, list=title, since=since.day
        )
    return first_line(FirstKind.YES, sentence)


def _absent(result: OnTarget, party: str, title: Text) -> Text:
    later = [entry.state.since.day for entry in result.entries if entry.state.since.day > result.day]
    if result.until is not None and result.until <= result.day:
        return text(
            "No: {party} was removed from {list} on {until}.", party=party, list=title, until=result.until
        )
    if later:
        return text(
            "No: {party} has been listed on {list} only since {since}.",
            party=party,
            list=title,
            since=min(later),
        )
    if result.target.is_general and result.others:
        return text(
            "No: {party} is on none of the {covering} lists that cover {day}.",
            party=party, covering=len(result.covering), day=result.day,
        )  # fmt: skip
    return text("No: {party} is not listed on {list} on {day}.", party=party, list=title, day=result.day)


def since_line(listed: Sequence[OnTarget]) -> FirstLine:
    """Return the first day of the listings."""
    result = min(listed, key=lambda result: result.since or date.max)
    entries = result.current or result.entries
    best = max(entry.match.score for entry in entries)
    entries = tuple(entry for entry in entries if entry.match.score >= best)
    stated = [entry for entry in entries if entry.state.since.basis is not DateBasis.NOT_LATER_THAN]
    entry = min(stated or entries, key=lambda result: result.state.since.day)
    day = entry.state.since.day
    title = entry.card.heading if result.target.is_general else result.target.title
    if not stated:
        sentence = text(
            "Not later than {day}: the list does not state when {party} was added to {list}.",
            day=day, party=result.subject.name, list=title,
        )  # fmt: skip
    else:
        sentence = text(
            "{day}: {party} has been listed on {list} since then.",
            day=day,
            party=result.subject.name,
            list=title,
        )
    return first_line(FirstKind.VALUE, sentence, day.isoformat())


def why_line(listed: Sequence[OnTarget]) -> FirstLine:
    """Return the acts, else the programmes, of the listings."""
    result = listed[0]
    listings = [entry.state.listing for entry in result.current or result.entries]
    acts = dict.fromkeys(_act(act.strip()) for item in listings for act in item.act.split(";") if act.strip())
    programmes = dict.fromkeys(item.programme for item in listings if item.programme)
    party, title = result.subject.name, result.target.title
    if acts:
        act = "; ".join(acts)
        sentence = text(
            "{act}: the listing of {party} on {list} rests on this.", act=act, party=party, list=title
        )
        return first_line(FirstKind.VALUE, sentence, act)
    if programmes:
        programme = "; ".join(programmes)
        sentence = text(
            "{programme}: {party} is listed on {list} under this programme.",
            programme=programme,
            party=party,
            list=title,
        )
        return first_line(FirstKind.VALUE, sentence, programme)
    sentence = text(
        "Unknown: {list} states neither an act nor a reason for {party}.", party=party, list=title
    )
    return first_line(FirstKind.UNKNOWN, sentence)


def _act(act: str) -> str:
    """Return an act with its printed number: `32011R0359` is 359/2011, and `32022R2309` is 2022/2309."""
    return _CELEX.sub(lambda match: f"{match[0]} ({act_number(match[0])})", act)


def until_line(result: OnTarget, query: Query) -> FirstLine | None:
    """Return whether a party is still listed, or its end date; None without an entry in force by the date."""
    party, title, until = result.subject.name, result.target.title, result.until
    if result.current and (until is None or "until" not in query.cues):
        return _still_line(result, query)
    if result.current and until is not None:
        sentence = text(
            "{until}: the listing of {party} on {list} ends then.", until=until, party=party, list=title
        )
        return first_line(FirstKind.VALUE, sentence, until.isoformat())
    if until is None or until > result.day:
        return None
    kind, sentence = FirstKind.VALUE, text("{until}: {party} is no longer on {list} since then.")
    if "still" in query.cues:
        kind, sentence = FirstKind.NO, text("No: {party} was removed from {list} on {until}.")
    elif "yes_no" in query.cues:
        kind, sentence = FirstKind.YES, text("Yes: {party} was removed from {list} on {until}.")
    return first_line(kind, sentence.filled(until=until, party=party, list=title), until.isoformat())


def _still_line(result: OnTarget, query: Query) -> FirstLine:
    since = min(entry.state.since.day for entry in result.current)
    kind, sentence = FirstKind.NO, text("No: {party} is still on {list}, since {since}.")
    if "still" in query.cues:
        kind, sentence = FirstKind.YES, text("Yes: {party} is still on {list}, since {since}.")
    return first_line(kind, sentence.filled(party=result.subject.name, list=result.target.title, since=since))
