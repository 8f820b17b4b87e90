"""Legal effect of listings, and the parties that they bind."""

from overzicht.evidence import text
from overzicht.sources.lists.effects import Effect, effect_of
from overzicht.sources.lists.registry import load_card
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.framing import is_ended, statement_in
from overzicht.subjects.answers.reading.lexicon import has_any, lexicon
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving
from overzicht.subjects.answers.resolving.effects import (
    binds,
    current_effects,
    effect_facts,
    freeze_line,
    is_freeze_of_party,
)
from overzicht.subjects.answers.resolving.listing_lines import listed_line
from overzicht.subjects.answers.resolving.target import answers_of, entry_facts, gaps_of


def binding(query: Query, _reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether the listings of a query bind the party that the question names, and their effect."""
    day = resolving.day_of(query)
    if is_freeze_of_party(query):
        answers = answers_of(query, resolving)
        line = freeze_line(query, answers) or listed_line(query, answers)
        facts = (*entry_facts(answers), *effect_facts(current_effects(answers)))
        return QueryAnswer(line, facts, tuple(gaps_of(answers, resolving)))
    answers = answers_of(query, resolving) if query.subjects and query.is_named else []
    effects: list[tuple[str, Effect]] = []
    for target in query.lists:
        if target.measures and not target.is_general:
            list_id, measures = next(iter(target.measures.items()))
            effects.append((list_id, effect_of(list_id, "", measures[0] if measures else "", "", day)))
    if not effects:  # the lists follow from the party
        effects = current_effects(answers)
    if not effects:
        sentence = text("Not checked: no listing is known whose effect could be stated for {day}.", day=day)
        return QueryAnswer(FirstLine(FirstKind.NOT_CHECKED, sentence))
    facts = tuple(effect_facts(effects))
    if query.is_named:
        facts += tuple(entry_facts(answers))
    return QueryAnswer(_line(query, effects), facts)


def _line(query: Query, effects: list[tuple[str, Effect]]) -> FirstLine:
    bound = next((pair for pair in effects if binds(query, pair[1])), None)
    list_id, effect = bound or effects[0]
    named = (target.text for target in query.lists if list_id in target.measures and not target.is_general)
    title = next(named, load_card(list_id).heading)
    words = statement_in(query.words) or query.words
    is_permission = has_any(lexicon().cues["permission"], words) and not is_ended(words)
    if bound is not None and effect.kind == "export licence":
        kind = FirstKind.NO if is_permission else FirstKind.YES if "yes_no" in query.cues else FirstKind.VALUE
        sentence = text("Only with a licence: American goods for a party on {list}, from any country.")
        return FirstLine(kind, sentence.filled(list=title), "licence" if kind is FirstKind.VALUE else "")
    if bound is not None:
        kind, sentence = FirstKind.YES, text("Yes: a listing on {list} binds this party.")
        if is_permission:
            kind, sentence = FirstKind.NO, text("No: a listing on {list} binds this party.")
    else:
        kind, sentence = FirstKind.NO, text("No: a listing on {list} does not bind this party by itself.")
        if is_permission:
            kind, sentence = FirstKind.YES, text("Yes: a listing on {list} does not forbid it.")
    return FirstLine(kind, sentence.filled(list=title))
