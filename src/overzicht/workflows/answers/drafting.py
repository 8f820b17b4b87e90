"""The draft of an answer: the set, what its questions ask, the findings, and what no data settle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from overzicht import __version__
from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Text, text
from overzicht.reports.answers.model import AnsweredQuestion, AnswerReport, Origin, Sentence
from overzicht.store.database import Store
from overzicht.workflows.answers.facts import Facts, Layer, Wanted
from overzicht.workflows.answers.gather import gather
from overzicht.workflows.answers.gather.listings import listings_of_makers
from overzicht.workflows.answers.layers import example_store, has_own_register
from overzicht.workflows.answers.meant import parties_meant
from overzicht.workflows.answers.recognise import Kind, read_question
from overzicht.workflows.answers.resolvers import JUDGEMENTS, Question, resolve, scopes_of
from overzicht.workflows.answers.sets import AskedQuestion, AskedSet, find_set, read_set, set_of
from overzicht.workflows.dossiers.showing import list_dossiers


@dataclass(frozen=True, slots=True)
class AnswerChoices:
    """What the user chooses beside the set.

    `example`: None takes the invented register where the user keeps none, True adds it, and False leaves it
    and the dossiers that ship with the product out. `file` is a set of one's own, in place of a number.
    """

    example: bool | None = None
    file: Path | None = None


def answer_set(store: Store, number: str, choices: AnswerChoices, as_of: date) -> AnswerReport:
    """Return the draft of a set on a day; UnknownNameError lists the sets there are. The store is only read.

    What ships with the product stands in a store of its own beside it. Where the user took the shipped
    dossiers into the own store, they are asked there, with all corrections.
    """
    asked = _asked(store, number, choices, as_of)
    own = _own_layer(store, choices, as_of)
    if choices.example is False:
        return _draft(asked, (own,), as_of)
    shipped = example_store(store.home)
    try:
        ids = frozenset(line.id for line in list_dossiers(shipped, as_of) if line.is_example)
        beside = Layer(
            shipped,
            Origin.INVENTED if _takes_example(store, asked, choices, as_of) else None,
            None if own.shipped else Origin.SHIPPED,
            ids,
        )
        return _draft(asked, (own, beside), as_of)
    finally:
        shipped.close()


def _own_layer(store: Store, choices: AnswerChoices, as_of: date) -> Layer:
    shipped = frozenset(line.id for line in list_dossiers(store, as_of) if line.is_example)
    return Layer(store, Origin.OWN, None if choices.example is False else Origin.SHIPPED, shipped)


def _asked(store: Store, number: str, choices: AnswerChoices, day: date) -> AskedSet:
    if choices.file is not None:
        return set_of(read_set(choices.file), day)
    with store.reading() as connection:
        return find_set(connection, number, day)


def _takes_example(store: Store, asked: AskedSet, choices: AnswerChoices, day: date) -> bool:
    return choices.example is True or asked.is_fictional or not has_own_register(store, day)


def _draft(asked: AskedSet, layers: tuple[Layer, ...], day: date) -> AnswerReport:
    questions = _questions(asked)
    wanted = _wanted(asked, questions, layers, day)
    meant = [_meaning(question, wanted) for question in questions]
    scopes = tuple(dict.fromkeys(scope for each in meant for scope in scopes_of(each.asked, each.parties)))
    facts = gather(replace(wanted, scopes=scopes))
    drafted = tuple(_answered(given, each, facts) for given, each in zip(asked.questions, meant, strict=True))
    return AnswerReport(
        number=asked.number,
        title=asked.title,
        as_of=day,
        version=__version__,
        is_fictional=asked.is_fictional,
        is_full_text=asked.is_full_text,
        heading=asked.heading,
        notes=tuple(_notes(asked, drafted)),
        questions=drafted,
    )


def _questions(asked: AskedSet) -> list[Question]:
    """Read the questions in order; one that names nobody goes on about what the one before was about."""
    read: list[Question] = []
    parties: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    for given in asked.questions:
        found = read_question(given.number, given.to_recognise, known=asked.about, earlier=parties)
        is_new = found.is_group or found.parties != parties
        about = found.themes or (frozenset() if is_new else themes)
        read.append(Question(found, found.parties, about))
        if found.parties:
            parties = found.parties
        themes = about
    return read


def _wanted(asked: AskedSet, questions: Sequence[Question], layers: tuple[Layer, ...], day: date) -> Wanted:
    named = frozenset(party for each in questions for party in each.parties)
    themes = frozenset(theme for each in questions for theme in each.asked.themes)
    companies = [each.asked for each in questions if Kind.COMPANIES in each.asked.kinds]
    places = {place for each in companies for place in each.places or ("NL",)}
    wanted = Wanted(
        own=layers[0], layers=layers, as_of=day, number=asked.number, answered_on=asked.answered,
        parties=named, themes=themes, places=frozenset(places), uses=asked.uses,
    )  # fmt: skip
    parties = {*load_knowledge().makers, *named}
    wanted = replace(wanted, held=tuple(listings_of_makers(layers[0].store, parties, day)))
    group = parties_meant(wanted) if any(each.asked.is_group for each in questions) else frozenset()
    return replace(wanted, group=group)


def _meaning(question: Question, wanted: Wanted) -> Question:
    """Say whom a question means after all: those it names, or the group that the set is about."""
    if question.asked.is_group and not question.parties:
        return Question(question.asked, wanted.group, question.themes or wanted.themes)
    return question


def _answered(given: AskedQuestion, question: Question, facts: Facts) -> AnsweredQuestion:
    found = resolve(question, facts)
    missing = [gap.text for gap in found.gaps]
    if not found.facts and not missing:
        missing.append(text("No data: nothing that is loaded answers this."))
    then = Sentence(given.answered, (given.citation,)) if given.answered and given.citation else None
    return AnsweredQuestion(
        number=given.number,
        question=given.words,
        kinds=tuple(kind.value for kind in question.asked.kinds),
        facts=tuple(fact.sentence for fact in found.facts),
        answered_then=then,
        judgement=tuple(JUDGEMENTS[each] for each in question.asked.judged),
        missing=tuple(missing),
    )


def _notes(asked: AskedSet, drafted: Sequence[AnsweredQuestion]) -> Iterator[Text]:
    origins = {fact.origin for each in drafted for fact in each.facts}
    if asked.is_fictional:
        yield text("This set of questions is invented; nobody asked it.")
    elif not asked.is_full_text:
        yield text(
            "The questions are restated in our own words; load the paper with `overzicht questions add` for "
            "its text."
        )
    if Origin.SHIPPED in origins:
        yield text("Evidence from the dossiers that ship with the product is marked as shipped evidence.")
    if Origin.INVENTED in origins:
        yield text(
            "Sentences marked as example are about bodies that do not exist; import an inventory of your own "
            "(`overzicht register import`) and they are left out."
        )
