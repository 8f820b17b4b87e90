"""Classifying a product: its file, the day's list, a person's answers, and the record that is kept.

The rules ship with the product and run without the text of the list; with the user's copy of it, words are
quoted and limits looked up. A kept record names the provisions it rests on, so that a new version of the list
opens it again (`workflows/control/update.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from overzicht.evidence import Text, text
from overzicht.exportcontrol.classification.classify import classify, is_for
from overzicht.exportcontrol.classification.derive import ContradictoryFactsError
from overzicht.exportcontrol.classification.item import Item, ItemFact, answered, read_item
from overzicht.exportcontrol.classification.result import Classification, ConditionResult
from overzicht.exportcontrol.classification.rules import ListDay, rule_set
from overzicht.exportcontrol.classification.vocabulary import FactKind, FactSpec, vocabulary
from overzicht.exportcontrol.controllist.model import ControlList
from overzicht.sources.controllists.card import control_list_card
from overzicht.store.control.classifications import add_classification
from overzicht.store.database import Store
from overzicht.workflows.control.versions import NoControlListError, OpenedVersion, open_version
from overzicht.workflows.typed_files import load_text, read_limited

LARGEST_ITEM_FILE = 1024 * 1024  # bytes; a product has some hundred facts at most

Ask = Callable[[str, FactSpec], tuple[Any, str] | None]
"""Asks a person for a fact by name: (value, unit), or None where the person does not know."""
Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class ItemClassification:
    """A classification with the text of the list that it quotes, None where none is loaded for the day."""

    item: Item
    classification: Classification
    opened: OpenedVersion | None


def read_item_file(path: Path) -> Item:
    """Return the item of a YAML file; InputFileError names file, place, reason and fix."""
    return item_of(read_limited(path, LARGEST_ITEM_FILE), path.name)


def item_of(raw: bytes | str, name: str) -> Item:
    """Return the item in the bytes of a YAML file called `name`, as `read_item_file`."""
    return read_item(load_text(raw, name), name)


def list_day(day: date) -> ListDay:
    """Return which of the versions that the rules were read from counts on a day, and whether exactly."""
    card = control_list_card()
    starts = [(start, name) for name in rule_set().versions if (start := card.start_of(name)) is not None]
    before = max(((start, name) for start, name in starts if start <= day), default=None)
    following = min(((start, name) for start, name in starts if start > day), default=None)
    if before is None:
        return ListDay(day, "", following[1] if following else "", is_exact=False)
    changed = card.changes_between(before[0], day)
    return ListDay(day, before[1], following[1] if following else "", is_exact=not changed)


def day_of_list(store: Store, version: str) -> date:
    """Return the day to classify for under a version by name; UnknownNameError where there is none."""
    start = control_list_card().start_of(version)
    return start if start is not None else open_version(store, version).held.day


def classify_item(store: Store, item: Item, day: date) -> ItemClassification:
    """Return the classification of an item on a day; ContradictoryFactsError where its facts disagree."""
    at = list_day(day)
    opened = _opened(store, at)
    held = opened.list if opened else None
    cautions = (*_cautions(at), *(_unknown_codes(item, held) if held else ()))
    return ItemClassification(item, classify(item, at, held, cautions), opened)


def _opened(store: Store, at: ListDay) -> OpenedVersion | None:
    """Return the text that counts on the day, or None; a text older than the rules is not quoted for them."""
    start = control_list_card().start_of(at.version) if at.version else None
    try:
        opened = open_version(store, as_of=at.day)
    except NoControlListError:
        return None
    return opened if start is not None and opened.held.day >= start else None


def _cautions(at: ListDay) -> tuple[Text, ...]:
    card = control_list_card()
    start = card.start_of(at.version) if at.version else None
    acts = card.changes_between(start, at.day) if start else ()
    if not acts:
        return ()
    return (
        text(
            "the rules are those of the list of {version}; not read: {acts}",
            version=at.version,
            acts=", ".join(f"{act.act} ({act.since})" for act in acts),
        ),
    )


def _unknown_codes(item: Item, held: ControlList) -> tuple[Text, ...]:
    """Return a caution for each code of a fact that the loaded list does not have."""
    kinds = vocabulary().facts
    lists = [fact.value for name, fact in item.facts.items() if kinds[name].kind is FactKind.CODES]
    codes = sorted({str(code) for codes in lists if isinstance(codes, frozenset) for code in codes})
    return tuple(
        text("the loaded list of {version} has no {code}", version=held.version.name, code=code)
        for code in codes
        if held.find(code) is None
    )


@dataclass(frozen=True, slots=True)
class Interviewee:
    """The person who answers: asked by `ask`, told by `tell` what is not taken; answers are of `day`."""

    name: str
    day: date
    ask: Ask
    tell: Callable[[str], None]


def interview(store: Store, item: Item, day: date, person: Interviewee) -> ItemClassification:
    """Ask for the missing facts one by one, the first first, until all is settled or nobody knows more.

    An answer that contradicts the other facts is told, and not taken. Questions of law come last.
    """
    found = classify_item(store, item, day)
    asked: set[str] = set()
    while (name := next((n for n in wanted_facts(found.classification) if n not in asked), None)) is not None:
        asked.add(name)
        answer = person.ask(name, vocabulary().facts[name])
        if answer is None:
            continue
        try:
            found = classify_item(
                store, item.with_fact(answered(name, *answer, by=person.name, day=person.day)), day
            )
            item = found.item
        except ContradictoryFactsError as error:
            person.tell(str(error))
    return found


def facts_asked(functions: Sequence[str]) -> tuple[str, ...]:
    """Return the facts that rules for these functions ask for, in the order of the vocabulary."""
    rules = rule_set()
    walked = [rule for rule in rules.provisions.values() if is_for(rule, functions)]
    asked = {name for rule in walked for name in rules.facts(rule)}
    return tuple(name for name in vocabulary().facts if name in asked)


def wanted_facts(found: Classification) -> tuple[str, ...]:
    """Return the facts worth asking for: for unknown paths, then for open questions of law."""
    return tuple(dict.fromkeys((*found.missing, *_of_routes(found))))


def _of_routes(found: Classification) -> tuple[str, ...]:
    return tuple(name for question in found.routes for name in question.missing)


def keep(store: Store, found: ItemClassification, *, actor: str, at: datetime) -> int:
    """Keep the classification with the provisions it rests on, and return its number."""
    result = found.classification
    with store.writing(actor, at) as tx:
        return add_classification(
            tx,
            item=result.item,
            version=result.version,
            day=result.day,
            cited=result.cited,
            payload=classification_json(found),
        )


def classification_json(found: ItemClassification, say: Say = str) -> dict[str, Any]:
    """Return the whole answer as JSON: each path with answer, reasons, what is missing, and quotes.

    `say` turns a sentence into a language; left out, it is English.
    """
    result = found.classification
    return {
        "item": {
            "id": result.item,
            "name": result.name,
            "functions": list(found.item.functions),
            "facts": [_fact_json(found.item.facts[name]) for name in sorted(found.item.facts)],
        },
        "as_of": result.day.isoformat(),
        "list": result.version,
        "text_is_loaded": found.opened is not None,
        "met": [path.path for path in result.with_answer(ConditionResult.MET)],
        "unknown": [path.path for path in result.with_answer(ConditionResult.UNKNOWN)],
        "missing": list(result.missing),
        "paths": [
            {
                "path": one.path,
                "covers": say(one.covers),
                "answer": one.met.value,
                "released_by": one.released_by.note if one.released_by else None,
                "missing": list(one.missing),
                "releases": [
                    {"note": r.note, "at": r.at, "says": say(r.sentence), "answer": r.outcome.met.value}
                    for r in one.releases
                ],
                "reasons": [
                    {
                        "says": say(leaf.sentence),
                        "answer": leaf.met.value,
                        "citations": [citation.to_json() for citation in leaf.citations],
                    }
                    for leaf in one.reasons
                ],
                "reading": say(one.reading) if one.reading else None,
                "quotes": [{"path": q.path, "heading": q.heading, "words": q.words} for q in one.quotes],
                "rests_on": list(one.used),
            }
            for one in result.results
        ],
        "not_walked": list(result.not_walked),
        "not_named": [say(says) for says in result.unlisted],
        "questions": [
            {
                "article": q.article,
                "asks": say(q.sentence),
                "because": say(q.because),
                "answer": q.answer.value,
                "missing": list(q.missing),
            }
            for q in result.routes
        ],
        "cautions": [say(says) for says in result.cautions],
        "unused_facts": list(result.unused),
    }


def _fact_json(fact: ItemFact) -> dict[str, Any]:
    return {
        "fact": fact.name,
        "stated": fact.shown,
        "reading": fact.reading,
        "citation": fact.citation.to_json(),
    }
