"""A set as its page shows it: questions with their answers, marked names, and the sides of mentions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from overzicht.entities import PartyMatch
from overzicht.evidence import text
from overzicht.reports.i18n import Words
from overzicht.subjects.questions import vocabulary
from overzicht.subjects.questions.lines import role_words, timing_lines
from overzicht.subjects.questions.mention_words import by_name, parties_in, party_text, side_lines
from overzicht.subjects.questions.mentioning import SetMentions
from overzicht.subjects.questions.mentions import Mention, MentionKind, MentionSpan
from overzicht.subjects.questions.model import AnswerBlock, Note, Question
from overzicht.subjects.questions.people import people_of
from overzicht.subjects.questions.references import find_refs, follow
from overzicht.subjects.questions.sets import QuestionSet


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text; `spot` is None if it is not a name."""

    text: str
    spot: MentionSpan | None = None


Paragraph = tuple[Fragment, ...]


def question_words(words: Words) -> dict[str, Any]:
    """Return the functions that templates use for sets, papers and mentions, by name."""

    def people(shown: QuestionSet) -> list[tuple[str, str, str, str]]:
        """Return for each person the role, the printed name, the fuller name and its source."""
        return [
            (words.say(p.role.kind.words), role_words(p.role), p.name, p.source) for p in people_of(shown)
        ]

    def put_by(shown: QuestionSet) -> str:
        """Return the first person who asked a set; empty if nobody is named."""
        persons = people_of(shown)
        return words.say(text("asked by {who}", who=role_words(persons[0].role))) if persons else ""

    return {
        "late_word": lambda late: words.say(vocabulary.LATE[late]),
        "people_of": people,
        "put_by": put_by,
        "timing_of": lambda shown: timing_lines(shown, words),
        "flag_word": lambda flag: words.say(vocabulary.flag_text(flag)),
        "party_word": lambda party: words.say(party_text(party)),
    }


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer below a question; `is_above` if it was shown below an earlier question."""

    answer: AnswerBlock
    paragraphs: tuple[Paragraph, ...]
    is_above: bool
    others: tuple[int, ...]
    refs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its answers; `reason` explains a missing answer, `elsewhere` leads to one."""

    question: Question
    paragraphs: tuple[Paragraph, ...]
    answers: tuple[AnswerView, ...]
    reason: str = ""
    elsewhere: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedView:
    """A name, the sides that mention it, and the list records with that name."""

    spot: MentionSpan
    sides: tuple[str, ...]
    parties: tuple[PartyMatch, ...]

    @property
    def is_open(self) -> bool:
        """Whether the name can have several meanings."""
        return self.spot.kind is MentionKind.OPEN


def question_views(mentions: SetMentions, words: Words) -> list[QuestionView]:
    """Return the questions of the shown paper, each with the answers that cover it."""
    asking = mentions.set.asking
    shown: set[int] = set()  # answers, by their index
    views: list[QuestionView] = []
    for question in asking.questions if asking else ():
        answering = mentions.set.answering
        spots = _spots(mentions.mentions, asking.key if asking else "", "question", question.numbers)
        paragraphs = paragraphs_of(question.text, spots)
        if answering is None:
            views.append(QuestionView(question, paragraphs, ()))
            continue
        answers: list[AnswerView] = []
        reason = ""
        elsewhere: tuple[int, ...] = ()
        for number in question.numbers:
            trail = follow(answering, number)
            own = [index for index, answer in enumerate(answering.answers) if number in answer.covers]
            for index in own:
                answer = answering.answers[index]
                spots = _spots(mentions.mentions, answering.key, "answer", answer.covers)
                refs = dict.fromkeys((ref.kind, ref.targets) for ref in find_refs(answer.text) if ref.targets)
                view = AnswerView(
                    answer=answer,
                    paragraphs=paragraphs_of(answer.text, spots),
                    is_above=index in shown,
                    others=tuple(n for n in answer.covers if n != number),
                    refs=tuple((words.say(kind.words), ", ".join(targets)) for kind, targets in refs),
                )
                answers.append(view)
                shown.add(index)
            if not own or trail.reason:
                reason = reason or trail.reason
            elif set(trail.answers) != set(own):
                elsewhere = trail.path
        views.append(QuestionView(question, paragraphs, tuple(answers), reason, elsewhere))
    return views


def _spots(mentions: Sequence[Mention], paper: str, part: str, numbers: tuple[int, ...]) -> list[MentionSpan]:
    return [
        mention.spot
        for mention in mentions
        if (mention.place.paper, mention.place.part, mention.place.numbers) == (paper, part, numbers)
    ]


def paragraphs_of(content: str, spots: Iterable[MentionSpan]) -> tuple[Paragraph, ...]:
    """Return the lines of a text, each divided where names start and end."""
    placed = sorted(spots, key=lambda spot: spot.start)
    start = 0
    paragraphs: list[Paragraph] = []
    for line in content.split("\n"):
        end = start + len(line)
        own = [spot for spot in placed if start <= spot.start and spot.end <= end]
        fragments: list[Fragment] = []
        at = start
        for spot in own:
            if at < spot.start:
                fragments.append(Fragment(content[at : spot.start]))
            fragments.append(Fragment(content[spot.start : spot.end], spot))
            at = spot.end
        if at < end:
            fragments.append(Fragment(content[at:end]))
        paragraphs.append(tuple(fragments))
        start = end + 1
    return tuple(paragraphs)


def named_views(mentions: SetMentions, words: Words) -> list[NamedView]:
    """Return the names in a set in the order of the text, companies and products before bodies."""
    views = [
        NamedView(group[0].spot, tuple(side_lines(group, words)), tuple(parties_in(group)))
        for group in by_name(mentions.mentions).values()
    ]
    return sorted(views, key=lambda view: view.spot.kind is MentionKind.BODY)


def papers_with_notes(shown: QuestionSet) -> list[tuple[str, tuple[Note, ...]]]:
    """Return the notes of the papers whose texts are shown, by paper."""
    papers = dict.fromkeys(p for p in (shown.asking, shown.answering) if p is not None and p.notes)
    return [(paper.key, paper.notes) for paper in papers]
