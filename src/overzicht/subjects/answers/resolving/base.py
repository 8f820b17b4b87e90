"""Input and output of every resolver."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from overzicht.entities import PartyQuery
from overzicht.evidence import Text, text
from overzicht.subjects.answers.facts import Fact, Facts, Gap, SetContext, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.days import Span
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.screening.lookup import PartyListings, PartyLookup

PartiesOnDay = dict[date, dict[PartyQuery, PartyListings]]


@dataclass(frozen=True, slots=True)
class Resolving:
    """The context of a set, its gathered facts, and the lookup in the user's lists."""

    context: SetContext
    facts: Facts
    lookup: PartyLookup
    answered: PartiesOnDay = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The date of the draft."""
        return self.context.as_of

    def span_of(self, query: Query) -> Span:
        """Return the date or the period that a query asks for, until the date of the draft."""
        return query.span.until(self.as_of) if query.span is not None else Span(self.as_of, self.as_of)

    def day_of(self, query: Query) -> date:
        """Return the date that a query asks for: the last day of a period."""
        return self.span_of(query).last

    def ask(self, queries: Sequence[PartyQuery], day: date) -> list[PartyListings]:
        """Return the answers of all lists about parties on a date; each is looked up once."""
        known = self.answered.setdefault(day, {})
        fresh = [query for query in dict.fromkeys(queries) if query not in known]
        known.update(zip(fresh, self.lookup.ask(fresh, as_of=day), strict=True))
        return [known[query] for query in queries]

    def listings_of(self, subject: Subject, day: date) -> PartyListings:
        """Return the answers of all lists about one party on a date."""
        return self.ask([subject.query], day)[0]


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The first line (None: nothing to say on this query), the facts in order, and the gaps."""

    first: FirstLine | None
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()


Resolver = Callable[[Query, Reading, Resolving], QueryAnswer]


def unknown(sentence: Text, topic: Topic = Topic.REPORT) -> QueryAnswer:
    """Return that no loaded data answer a query; the sentence names the data that would."""
    return QueryAnswer(FirstLine(FirstKind.UNKNOWN, sentence), (), (Gap(topic, sentence),))


def no_name() -> QueryAnswer:
    """Return that a query names no party."""
    return unknown(text("Unknown: the question names no party that can be looked up."))
