"""The draft of an answer: the set, what its questions ask, the findings, and what no data settle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht import __version__
from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Text, text
from overzicht.progress import watched
from overzicht.store.database import Store
from overzicht.store.register.organisations import list_organisations
from overzicht.subjects.answers.facts import Fact, Layer, SetContext, Topic
from overzicht.subjects.answers.finding_sources import gather
from overzicht.subjects.answers.gather_listings import listings_of_makers
from overzicht.subjects.answers.layers import example_store
from overzicht.subjects.answers.model import (
    FACTS_SHOWN,
    AnsweredQuestion,
    AnswerReport,
    FirstKind,
    Origin,
    Sentence,
)
from overzicht.subjects.answers.papers import PaperFile, asked_in
from overzicht.subjects.answers.precedents import with_precedents
from overzicht.subjects.answers.reading.grammar import Earlier, read_question
from overzicht.subjects.answers.reading.lexicon import Relation
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.query import Reading
from overzicht.subjects.answers.resolving.base import Resolving
from overzicht.subjects.answers.resolving.relations import JUDGEMENTS, judgement_line, resolve
from overzicht.subjects.answers.sets import AskedQuestion, AskedSet, find_set
from overzicht.subjects.answers.unnamed_parties import parties_meant
from overzicht.subjects.answers.value_names import party_name
from overzicht.subjects.dossiers.showing import list_dossiers
from overzicht.subjects.screening.lookup import party_lookup

FEWEST_SHOWN, WORDS_SHOWN = 2, 45  # facts under a first line
IN_FORM = frozenset({Topic.LISTING, Topic.OWNER, Topic.MAKER})
# what rests on documents, and not on lists, law or the register
DOCUMENTED = frozenset(
    {
        Topic.REPORT,
        Topic.CONFIRMATION,
        Topic.ORIGINALS,
        Topic.MEANT,
        Topic.REPLY,
        Topic.CONTACT,
        Topic.STEP,
        Topic.ACTIVE,
    }
)


@dataclass(frozen=True, slots=True)
class AnswerChoices:
    """Options for a draft.

    `example`: True adds the invented bodies, None only the shipped dossiers, and False neither.
    `paper` is a file or a text of the user, instead of a number. Without `with_earlier` the draft has no
    earlier questions.
    """

    example: bool | None = None
    paper: PaperFile | None = None
    with_earlier: bool = True


def answer_set(store: Store, number: str, choices: AnswerChoices, as_of: date) -> AnswerReport:
    """Return the draft of a set as of a date; UnknownNameError lists the known sets. The store is only read.

    The shipped data are in a separate store. Shipped dossiers that the user imported come from the user's
    store, with all corrections.
    """
    with store.reading() as connection:
        if choices.paper is not None:
            question_set = asked_in(connection, choices.paper, as_of)
        else:
            question_set = find_set(connection, number, as_of)
    shipped_ids = frozenset(line.id for line in list_dossiers(store, as_of) if line.is_example)
    own = Layer(store, Origin.OWN, None if choices.example is False else Origin.SHIPPED, shipped_ids)
    if choices.example is False:
        return _complete(question_set, (own,), choices, as_of)
    shipped = example_store(store.home)
    try:
        ids = frozenset(line.id for line in list_dossiers(shipped, as_of) if line.is_example)
        beside = Layer(
            shipped,
            Origin.INVENTED if choices.example else None,
            None if own.shipped else Origin.SHIPPED,
            ids,
        )
        return _complete(question_set, (own, beside), choices, as_of)
    finally:
        shipped.close()


def _complete(
    question_set: AskedSet, layers: tuple[Layer, ...], choices: AnswerChoices, as_of: date
) -> AnswerReport:
    report = _draft(question_set, layers, as_of)
    if not choices.with_earlier:
        return report
    return with_precedents(
        layers[0].store, report, question_set, lambda day: _draft(question_set, layers, day)
    )


def _draft(question_set: AskedSet, layers: tuple[Layer, ...], day: date) -> AnswerReport:
    # read the questions in order; a question without a name has the parties of the one before
    bodies = []
    for layer in layers:
        if layer.origin is not None:
            with layer.store.reading() as connection:
                names_of_bodies = [organisation.name for organisation in list_organisations(connection, day)]
            bodies.extend(names_of_bodies)
    readings: list[Reading] = []
    earlier = Earlier(today=question_set.asked_on or day)
    themes: frozenset[str] = frozenset()
    for given in question_set.questions:
        reading = read_question(
            given.number, given.to_recognise, known=question_set.about, bodies=bodies, earlier=earlier
        )
        is_new = reading.is_group or reading.parties != frozenset(subject.key for subject in earlier.subjects)
        themes = reading.themes or (frozenset() if is_new else themes)
        earlier = earlier.after(reading)
        readings.append(replace(reading, themes=themes))
    context = _context(question_set, readings, layers, day)
    # the question with the parties that it means: those it names, or the group of the set
    meant_by_question: list[Reading] = []
    for each_reading in readings:
        if not each_reading.is_group or each_reading.subjects:
            meant_by_question.append(each_reading)
            continue
        meant = tuple(
            Subject(party_name(party), party, (), "Organization") for party in sorted(context.group)
        )
        clauses = tuple(
            replace(
                clause,
                queries=tuple(replace(query, subjects=meant, is_named=True) for query in clause.queries),
            )
            for clause in each_reading.clauses
        )
        meant_by_question.append(
            replace(
                each_reading, subjects=meant, clauses=clauses, themes=each_reading.themes or context.themes
            )
        )
    readings = meant_by_question
    scopes = tuple(dict.fromkeys(scope for reading in readings for scope in reading.scopes))
    facts = gather(replace(context, scopes=scopes))
    drafted: list[AnsweredQuestion] = []
    with party_lookup(layers[0].store) as lookup:
        resolving = Resolving(context, facts, lookup)
        questions = watched(question_set.questions, text("Drafting answers"))
        for given, reading in zip(questions, readings, strict=True):
            # the question with the number of an earlier one that has the same answer
            answered = _answered(given, reading, resolving)
            same = next(
                (
                    other.number
                    for other in drafted
                    if other.all_facts
                    and other.all_facts == answered.all_facts
                    and other.first == answered.first
                ),
                0,
            )
            drafted.append(replace(answered, same_as=same))
    return AnswerReport(
        number=question_set.number,
        title=question_set.title,
        as_of=day,
        version=__version__,
        is_fictional=question_set.is_fictional,
        is_full_text=question_set.is_full_text,
        heading=question_set.heading,
        notes=tuple(_notes(question_set, drafted)),
        questions=tuple(drafted),
        asked_by=question_set.asked_by,
        put_to=question_set.put_to,
    )


def _context(
    question_set: AskedSet, readings: Sequence[Reading], layers: tuple[Layer, ...], day: date
) -> SetContext:
    named = frozenset(party for reading in readings for party in reading.parties)
    themes = frozenset(theme for reading in readings for theme in reading.themes)
    asking = [reading for reading in readings if Relation.COMPANIES in reading.relations]
    places = {place for reading in asking for place in reading.places or ("NL",)}
    described = tuple(reading.use for reading in readings if reading.use is not None)
    context = SetContext(
        own=layers[0],
        layers=layers,
        as_of=day,
        number=question_set.number,
        answered_on=question_set.answered,
        parties=named,
        themes=themes,
        places=frozenset(places),
        uses=(*question_set.uses, *described),
        found_uses=frozenset(use.id for use in described),
    )
    is_group = any(reading.is_group for reading in readings)
    parties = {*(load_knowledge().makers if is_group else ()), *named}
    context = replace(context, listings=tuple(listings_of_makers(layers[0].store, parties, day)))
    return replace(context, group=parties_meant(context) if is_group else frozenset())


def _answered(given: AskedQuestion, reading: Reading, resolving: Resolving) -> AnsweredQuestion:
    answer = resolve(reading, resolving)
    facts = [fact for fact in answer.facts if fact.citations and is_evidence(fact, resolving.as_of)]
    # a sentence that rests on the published answer to this set as such
    sentences: list[Sentence] = []
    for fact in facts:
        sentence = fact.sentence
        paper = given.answer_paper
        is_own = bool(paper) and all(
            paper in (cited.address, cited.title) or paper in cited.address for cited in sentence.citations
        )
        sentences.append(replace(sentence, origin=Origin.ANSWER) if is_own else sentence)
    pairs = zip(facts, sentences, strict=True)
    # the first facts: two to five, and no more words than a reader takes in at once. Sentences in a fixed
    # form, on entries, owners and brands, are read faster than reports. A second entry of a party on one
    # list by one measure comes after the other facts.
    shown_pairs = [pair for pair in pairs if pair[1].origin is not Origin.ANSWER]
    shown: list[Sentence] = []
    words = 0
    # the facts with the first entry of each party, list and measure before its other entries
    seen: set[object] = set()
    varied_first: list[tuple[Fact, Sentence]] = []
    other: list[tuple[Fact, Sentence]] = []
    for varied_fact, varied_sentence in shown_pairs:
        entry = (varied_fact.parties, varied_fact.entry_of)
        (other if varied_fact.entry_of and entry in seen else varied_first).append(
            (varied_fact, varied_sentence)
        )
        seen.add(entry)
    for fact, shown_sentence in (varied_first + other)[:FACTS_SHOWN]:
        words += len(str(shown_sentence.text).split()) // (1 if fact.topic not in IN_FORM else 4)
        if len(shown) >= FEWEST_SHOWN and words > WORDS_SHOWN:
            break
        shown.append(shown_sentence)
    first = answer.first or judgement_line()
    missing = [gap.text for gap in answer.gaps]
    if not sentences and not missing and first.kind is FirstKind.UNKNOWN:
        missing.append(text("No data: nothing that is loaded answers this."))
    then = Sentence(given.answered, (given.citation,)) if given.answered and given.citation else None
    return AnsweredQuestion(
        number=given.number,
        question=given.words,
        kinds=tuple(relation.value for relation in reading.relations),
        first=first,
        facts=tuple(shown),
        more=tuple(sentence for sentence in sentences if sentence not in shown),
        answered_then=then,
        judgement=tuple(JUDGEMENTS[judged] for judged in reading.judged),
        missing=tuple(missing),
    )


def is_evidence(fact: Fact, as_of: date) -> bool:
    """Return whether a finding was known on the date: a later document is not evidence for it."""
    if fact.topic not in DOCUMENTED:
        return True
    return not any(cited.published is not None and cited.published > as_of for cited in fact.citations)


def _notes(question_set: AskedSet, drafted: Sequence[AnsweredQuestion]) -> Iterator[Text]:
    origins = {fact.origin for answer in drafted for fact in answer.all_facts}
    if question_set.is_fictional:
        yield text("This set of questions is invented.")
    elif not question_set.is_full_text:
        yield text(
            "The questions are restated in our own words; load the paper with `overzicht questions add` for "
            "its text."
        )
    if Origin.SHIPPED in origins:
        yield text("Evidence from the dossiers that ship with the product is marked as shipped evidence.")
    if Origin.ANSWER in origins:
        yield text(
            "Sentences from the published answer are a comparison; they are not evidence for this draft."
        )
    if Origin.INVENTED in origins:
        yield text(
            "Sentences marked as example are about bodies that do not exist. Without `--example` they are "
            "left out."
        )
