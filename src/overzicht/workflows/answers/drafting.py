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
from overzicht.workflows.answers.facts import Facts, Layer, SetContext
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
    """Options for a draft.

    `example`: None adds the invented register if the user has none, True adds it, and False leaves out both
    it and the shipped dossiers. `file` is a set of the user, instead of a number.
    """

    example: bool | None = None
    file: Path | None = None


def answer_set(store: Store, number: str, choices: AnswerChoices, as_of: date) -> AnswerReport:
    """Return the draft of a set as of a date; UnknownNameError lists the known sets. The store is only read.

    The shipped data are in a separate store. Shipped dossiers that the user imported come from the user's
    store, with all corrections.
    """
    question_set = _asked(store, number, choices, as_of)
    own = _own_layer(store, choices, as_of)
    if choices.example is False:
        return _draft(question_set, (own,), as_of)
    shipped = example_store(store.home)
    try:
        ids = frozenset(line.id for line in list_dossiers(shipped, as_of) if line.is_example)
        beside = Layer(
            shipped,
            Origin.INVENTED if _takes_example(store, question_set, choices, as_of) else None,
            None if own.shipped else Origin.SHIPPED,
            ids,
        )
        return _draft(question_set, (own, beside), as_of)
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


def _takes_example(store: Store, question_set: AskedSet, choices: AnswerChoices, day: date) -> bool:
    return choices.example is True or question_set.is_fictional or not has_own_register(store, day)


def _draft(question_set: AskedSet, layers: tuple[Layer, ...], day: date) -> AnswerReport:
    questions = _questions(question_set)
    context = _wanted(question_set, questions, layers, day)
    meant = [_meaning(question, context) for question in questions]
    scopes = tuple(
        dict.fromkeys(scope for meaning in meant for scope in scopes_of(meaning.reading, meaning.parties))
    )
    facts = gather(replace(context, scopes=scopes))
    drafted = tuple(
        _answered(given, meaning, facts) for given, meaning in zip(question_set.questions, meant, strict=True)
    )
    return AnswerReport(
        number=question_set.number,
        title=question_set.title,
        as_of=day,
        version=__version__,
        is_fictional=question_set.is_fictional,
        is_full_text=question_set.is_full_text,
        heading=question_set.heading,
        notes=tuple(_notes(question_set, drafted)),
        questions=drafted,
    )


def _questions(question_set: AskedSet) -> list[Question]:
    """Read the questions in order; a question without a name has the parties of the one before."""
    read: list[Question] = []
    parties: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    for given in question_set.questions:
        reading = read_question(given.number, given.to_recognise, known=question_set.about, earlier=parties)
        is_new = reading.is_group or reading.parties != parties
        about = reading.themes or (frozenset() if is_new else themes)
        read.append(Question(reading, reading.parties, about))
        if reading.parties:
            parties = reading.parties
        themes = about
    return read


def _wanted(
    question_set: AskedSet, questions: Sequence[Question], layers: tuple[Layer, ...], day: date
) -> SetContext:
    named = frozenset(party for question in questions for party in question.parties)
    themes = frozenset(theme for question in questions for theme in question.reading.themes)
    companies = [question.reading for question in questions if Kind.COMPANIES in question.reading.kinds]
    places = {place for company in companies for place in company.places or ("NL",)}
    context = SetContext(
        own=layers[0], layers=layers, as_of=day, number=question_set.number,
        answered_on=question_set.answered, parties=named, themes=themes, places=frozenset(places),
        uses=question_set.uses,
    )  # fmt: skip
    parties = {*load_knowledge().makers, *named}
    context = replace(context, listings=tuple(listings_of_makers(layers[0].store, parties, day)))
    group = (
        parties_meant(context) if any(question.reading.is_group for question in questions) else frozenset()
    )
    return replace(context, group=group)


def _meaning(question: Question, context: SetContext) -> Question:
    """Return the question with the parties that it means: those it names, or the group of the set."""
    if question.reading.is_group and not question.parties:
        return Question(question.reading, context.group, question.themes or context.themes)
    return question


def _answered(given: AskedQuestion, question: Question, facts: Facts) -> AnsweredQuestion:
    answer = resolve(question, facts)
    missing = [gap.text for gap in answer.gaps]
    if not answer.facts and not missing:
        missing.append(text("No data: nothing that is loaded answers this."))
    then = Sentence(given.answered, (given.citation,)) if given.answered and given.citation else None
    return AnsweredQuestion(
        number=given.number,
        question=given.words,
        kinds=tuple(kind.value for kind in question.reading.kinds),
        facts=tuple(fact.sentence for fact in answer.facts),
        answered_then=then,
        judgement=tuple(JUDGEMENTS[judged] for judged in question.reading.judged),
        missing=tuple(missing),
    )


def _notes(question_set: AskedSet, drafted: Sequence[AnsweredQuestion]) -> Iterator[Text]:
    origins = {fact.origin for answer in drafted for fact in answer.facts}
    if question_set.is_fictional:
        yield text("This set of questions is invented.")
    elif not question_set.is_full_text:
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
