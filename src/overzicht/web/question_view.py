"""A set as its page shows it: questions beside their answers, names in the text marked, sides of mentions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from overzicht.entities import PartyMatch
from overzicht.evidence import text
from overzicht.questions.mentions import Mention, MentionKind, MentionSpan
from overzicht.questions.model import AnswerBlock, Flag, Note, Paper, Question
from overzicht.questions.people import people_of
from overzicht.questions.references import find_refs, follow
from overzicht.questions.sets import QuestionSet
from overzicht.reports.i18n import Words
from overzicht.reports.questions import vocabulary
from overzicht.reports.questions.lines import role_words, timing_lines
from overzicht.reports.questions.mentions import by_name, parties_in, party_text, side_lines
from overzicht.workflows.questions.mentioning import SetMentions


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text; `spot` is the name that it is, None for the text between names."""

    text: str
    spot: MentionSpan | None = None


Paragraph = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a language for what sets, papers and mentions are."""

    words: Words

    def state(self, one: QuestionSet) -> str:
        """Return where a set stands."""
        return self.words.say(vocabulary.STATES[one.state])

    def kind(self, one: QuestionSet) -> str:
        """Return how the questions were put."""
        return self.words.say(vocabulary.KINDS[one.kind])

    def late(self, one: QuestionSet) -> str:
        """Return whether a set is late, or that it is not known."""
        return self.words.say(vocabulary.LATE[one.timing.is_late])

    def put_by(self, one: QuestionSet) -> str:
        """Return who put a set first; empty where nobody is named."""
        people = people_of(one)
        return self.words.say(text("put by {who}", who=role_words(people[0].role))) if people else ""

    def people(self, one: QuestionSet) -> list[tuple[str, str, str, str]]:
        """Return each role: what it is, the person as printed, the fuller name and where that stands."""
        return [
            (self.words.say(vocabulary.ROLES[p.role.kind]), role_words(p.role), p.name, p.source)
            for p in people_of(one)
        ]

    def timing(self, one: QuestionSet) -> list[str]:
        """Return when a set was asked, due and answered, and by which rule that was late."""
        return timing_lines(one, self.words)

    def paper(self, paper: Paper) -> str:
        """Return what a paper does in its set."""
        return self.words.say(vocabulary.PAPERS[paper.kind])

    def layout(self, paper: Paper) -> str:
        """Return the form that a paper was read from."""
        return self.words.say(vocabulary.LAYOUTS[paper.origin.layout])

    def flag(self, flag: Flag) -> str:
        """Return what to know before one relies on a paper."""
        return self.words.say(vocabulary.flag_text(flag))

    def named(self, spot: MentionSpan) -> str:
        """Return what kind of thing is named."""
        return self.words.say(vocabulary.MENTION_KINDS[spot.kind])

    def how(self, spot: MentionSpan) -> str:
        """Return how a name was told to be one."""
        return self.words.say(vocabulary.HOWS[spot.how])

    def party(self, party: PartyMatch) -> str:
        """Return that a list has a record of a name, and what that does not prove."""
        return self.words.say(party_text(party))


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as it stands below a question; `is_above` where it was shown below an earlier one."""

    answer: AnswerBlock
    paragraphs: tuple[Paragraph, ...]
    is_above: bool
    others: tuple[int, ...]
    refs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its answers; `reason` tells why there is none, `elsewhere` the way to one."""

    question: Question
    paragraphs: tuple[Paragraph, ...]
    answers: tuple[AnswerView, ...]
    reason: str = ""
    elsewhere: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedView:
    """Who is named, on which sides, and the records of lists with that name."""

    spot: MentionSpan
    sides: tuple[str, ...]
    parties: tuple[PartyMatch, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is not decided who is meant."""
        return self.spot.kind is MentionKind.OPEN


@dataclass(slots=True)
class _Shown:
    answers: set[int] = field(default_factory=set)


def question_views(found: SetMentions, words: Words) -> list[QuestionView]:
    """Return the questions of the paper that is shown, each with the answers that cover it."""
    asking, answering = found.set.asking, found.set.answering
    shown = _Shown()
    return [
        _question(question, asking, answering, found.mentions, shown, words)
        for question in (asking.questions if asking else ())
    ]


def _question(
    question: Question,
    asking: Paper | None,
    answering: Paper | None,
    mentions: Sequence[Mention],
    shown: _Shown,
    words: Words,
) -> QuestionView:
    key = asking.key if asking else ""
    paragraphs = paragraphs_of(question.text, _spots(mentions, key, "question", question.numbers))
    if answering is None:
        return QuestionView(question, paragraphs, ())
    answers: list[AnswerView] = []
    reason = ""
    elsewhere: tuple[int, ...] = ()
    for number in question.numbers:
        trail = follow(answering, number)
        own = [index for index, one in enumerate(answering.answers) if number in one.covers]
        answers += [_answer(answering, index, number, mentions, shown, words) for index in own]
        if not own or trail.reason:
            reason = reason or trail.reason
        elif set(trail.answers) != set(own):
            elsewhere = trail.path
    return QuestionView(question, paragraphs, tuple(answers), reason, elsewhere)


def _answer(
    paper: Paper, index: int, number: int, mentions: Sequence[Mention], shown: _Shown, words: Words
) -> AnswerView:
    answer = paper.answers[index]
    is_above = index in shown.answers
    shown.answers.add(index)
    refs = dict.fromkeys((ref.kind, ref.targets) for ref in find_refs(answer.text) if ref.targets)
    return AnswerView(
        answer=answer,
        paragraphs=paragraphs_of(answer.text, _spots(mentions, paper.key, "answer", answer.covers)),
        is_above=is_above,
        others=tuple(n for n in answer.covers if n != number),
        refs=tuple((words.say(vocabulary.REFS[kind]), ", ".join(targets)) for kind, targets in refs),
    )


def _spots(mentions: Sequence[Mention], paper: str, part: str, numbers: tuple[int, ...]) -> list[MentionSpan]:
    return [
        one.spot
        for one in mentions
        if (one.place.paper, one.place.part, one.place.numbers) == (paper, part, numbers)
    ]


def paragraphs_of(content: str, spots: Iterable[MentionSpan]) -> tuple[Paragraph, ...]:
    """Return a text by its lines, each cut where names begin and end."""
    placed = sorted(spots, key=lambda spot: spot.start)
    start = 0
    found: list[Paragraph] = []
    for line in content.split("\n"):
        end = start + len(line)
        mine = [spot for spot in placed if start <= spot.start and spot.end <= end]
        found.append(tuple(_fragments(content, start, end, mine)))
        start = end + 1
    return tuple(found)


def _fragments(content: str, start: int, end: int, spots: Sequence[MentionSpan]) -> Iterator[Fragment]:
    at = start
    for spot in spots:
        if at < spot.start:
            yield Fragment(content[at : spot.start])
        yield Fragment(content[spot.start : spot.end], spot)
        at = spot.end
    if at < end:
        yield Fragment(content[at:end])


def named_views(found: SetMentions, words: Words) -> list[NamedView]:
    """Return who is named in a set in the order of the text, companies and products before bodies."""
    views = [
        NamedView(group[0].spot, tuple(side_lines(group, words)), tuple(parties_in(group)))
        for group in by_name(found.mentions).values()
    ]
    return sorted(views, key=lambda view: view.spot.kind is MentionKind.BODY)


def papers_with_notes(one: QuestionSet) -> list[tuple[str, tuple[Note, ...]]]:
    """Return the notes of the papers whose texts are shown, by paper."""
    papers = dict.fromkeys(p for p in (one.asking, one.answering) if p is not None and p.notes)
    return [(paper.key, paper.notes) for paper in papers]
