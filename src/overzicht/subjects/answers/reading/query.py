"""Typed queries of a question."""

from dataclasses import dataclass

from overzicht.subjects.answers.facts import Scope
from overzicht.subjects.answers.reading.days import Span
from overzicht.subjects.answers.reading.framing import Denial
from overzicht.subjects.answers.reading.lexicon import Judged, ListTarget, Relation
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.weights import NO_WORDS, Plain
from overzicht.subjects.diligence.uses import Use


@dataclass(frozen=True, slots=True)
class Query:
    """One relation that a clause asks for.

    `lists` are named lists (none: all), `instruments` ids of laws. `span` is the date or the period that is
    asked for; None: the date of the draft. `denial`: whether the clause asks to confirm that it is not so.
    `is_stated`: the clause asks to confirm all that it states. `is_named`: it names the subjects itself.
    `cues` are the names of the matching words; `words` is the clause. `others` are the names of all parties
    of the question. `is_unsure`: the relation is only likely, so it settles no yes or no.
    """

    relation: Relation
    subjects: tuple[Subject, ...] = ()
    lists: tuple[ListTarget, ...] = ()
    instruments: tuple[str, ...] = ()
    span: Span | None = None
    cues: frozenset[str] = frozenset()
    words: str = ""
    denial: Denial = Denial.NONE
    is_stated: bool = False
    is_named: bool = False
    others: tuple[str, ...] = ()
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a question: its queries, and whether it asks for an opinion or a promise.

    `subjects`, `lists` and `span` are those that it names itself. `is_joined`: the clause before
    and this one are confirmed together. `plain` are the words without names.
    """

    words: str
    queries: tuple[Query, ...]
    is_judgement: bool = False
    cues: frozenset[str] = frozenset()
    subjects: tuple[Subject, ...] = ()
    lists: tuple[ListTarget, ...] = ()
    span: Span | None = None
    is_joined: bool = False
    plain: Plain = NO_WORDS

    @property
    def is_named(self) -> bool:
        """Whether it names the subjects itself."""
        return bool(self.subjects)


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of a question.

    `subjects` are the parties that it means; `is_named`: it names them itself; `is_group`: makers are meant
    by their conduct. `kind` is the kind of device (empty: any), `places` the places, `bodies` those whose
    public bodies are meant, `body_names` bodies by name, `themes` the subject matters. `use` is the use that
    it describes.
    """

    number: int
    clauses: tuple[Clause, ...]
    judged: tuple[Judged, ...] = ()
    subjects: tuple[Subject, ...] = ()
    is_named: bool = False
    is_group: bool = False
    kind: str = ""
    places: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    themes: frozenset[str] = frozenset()
    body_names: tuple[str, ...] = ()
    use: Use | None = None

    @property
    def queries(self) -> tuple[Query, ...]:
        """All queries in order."""
        return tuple(query for clause in self.clauses for query in clause.queries)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The requested relations without duplicates, in the order of `Relation`."""
        requested = {query.relation for query in self.queries}
        return tuple(relation for relation in Relation if relation in requested)

    @property
    def parties(self) -> frozenset[str]:
        """The keys of the parties that it means."""
        return frozenset(subject.key for subject in self.subjects)

    @property
    def place(self) -> str:
        """The place whose bodies are meant; the Netherlands by default."""
        return next(iter(self.bodies or self.places), "NL")

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The scopes of the counts that it asks for; empty if it asks for none."""
        if not {Relation.IN_USE, Relation.REPLACED} & set(self.relations) or not self.parties:
            return ()
        return tuple(Scope(self.parties, self.kind, place) for place in self.bodies or self.places or ("NL",))
