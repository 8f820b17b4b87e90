"""Classification of a product: its file, the control list for a date, a person's answers, and the record.

The rules ship with the product and run without the text of the list. With the user's copy of it, words are
quoted and limits are looked up. A record names the provisions that it cites, so that a new version of the
list starts a review (`subjects/control_list/update.py`).
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from overzicht.evidence import Text, text
from overzicht.evidence.phrases import joined
from overzicht.store.database import Store
from overzicht.subjects.control_list.classification.classify import classify, is_for
from overzicht.subjects.control_list.classification.interview import walk_entry
from overzicht.subjects.control_list.classification.item import (
    ContradictoryFactsError,
    Item,
    answered,
    read_item,
)
from overzicht.subjects.control_list.classification.result import (
    Classification,
    ConditionResult,
    CriterionResult,
    EntryResult,
    PathResult,
)
from overzicht.subjects.control_list.classification.rules import ListDay, rule_set
from overzicht.subjects.control_list.classification.vocabulary import FactKind, FactSpec, vocabulary
from overzicht.subjects.control_list.classification_records import add_classification
from overzicht.subjects.control_list.path import ControlPath, entry_of, parse_path
from overzicht.subjects.control_list.sources.card import control_list_card
from overzicht.subjects.control_list.versions import NoControlListError, OpenedVersion, open_version
from overzicht.workflows.typed_files import load_text, read_limited

LARGEST_ITEM_FILE = 1024 * 1024  # bytes; a product has some hundred facts at most

Ask = Callable[[str, FactSpec], tuple[Any, str] | None]
"""Asks a person for a fact by name: (value, unit), or None if the person does not know."""
Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class ItemClassification:
    """A classification with the text of the list that it quotes; None if no text is loaded for the date."""

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
    """Return the version of the rules that applies on a date, and whether it is exactly that of the date."""
    card = control_list_card()
    starts = [(start, name) for name in rule_set().versions if (start := card.start_of(name)) is not None]
    before = max(((start, name) for start, name in starts if start <= day), default=None)
    following = min(((start, name) for start, name in starts if start > day), default=None)
    if before is None:
        return ListDay(day, "", following[1] if following else "", is_exact=False)
    changed = card.changes_between(before[0], day)
    return ListDay(day, before[1], following[1] if following else "", is_exact=not changed)


def day_of_list(store: Store, version: str) -> date:
    """Return the date to classify for under a named version; UnknownNameError if it does not exist."""
    start = control_list_card().start_of(version)
    return start if start is not None else open_version(store, version).installed.day


def classify_item(store: Store, item: Item, day: date) -> ItemClassification:
    """Return the classification of an item on a date; ContradictoryFactsError if its facts contradict."""
    at = list_day(day)
    # the text in force on the date; None if none is loaded, or if it is older than the rules
    card = control_list_card()
    start = card.start_of(at.version) if at.version else None
    opened = None
    with suppress(NoControlListError):
        opened = open_version(store, as_of=at.day)
    if opened is not None and (start is None or opened.installed.day < start):
        opened = None
    control_list = opened.list if opened else None
    cautions: list[Text] = []
    acts = card.changes_between(start, at.day) if start else ()
    if acts:
        named = joined(act.dated for act in acts)
        cautions.append(
            text(
                "the rules follow the list of {version}; not included: {acts}", version=at.version, acts=named
            )
        )
    if control_list:
        # a caution for each code of a fact that the loaded list does not have
        kinds = vocabulary().facts
        lists = [fact.value for name, fact in item.facts.items() if kinds[name].kind is FactKind.CODES]
        codes = sorted({str(code) for codes in lists if isinstance(codes, frozenset) for code in codes})
        cautions += (
            text("the loaded list of {version} has no {code}", version=control_list.version.name, code=code)
            for code in codes
            if control_list.find(code) is None
        )
    return ItemClassification(item, classify(item, at, control_list, tuple(cautions)), opened)


@dataclass(frozen=True, slots=True)
class Interviewee:
    """The person who answers on a date: `ask` gets an answer, `tell` shows why an answer was refused."""

    name: str
    day: date
    ask: Ask
    tell: Callable[[str], None]


def interview(store: Store, item: Item, day: date, person: Interviewee) -> ItemClassification:
    """Ask for the missing facts one by one, until no fact is missing or the person knows no other.

    An answer that contradicts the other facts is shown and refused. Questions of law come last.
    """
    result = classify_item(store, item, day)
    asked_for: set[str] = set()
    while names := [name for name in missing_facts(result) if name not in asked_for]:
        asked_for.add(names[0])
        answer = person.ask(names[0], vocabulary().facts[names[0]])
        if answer is None:
            continue
        fact = answered(names[0], *answer, by=person.name, day=person.day)
        try:
            result = classify_item(store, result.item.with_fact(fact), day)
        except ContradictoryFactsError as error:
            person.tell(str(error))
    return result


def facts_asked(functions: Sequence[str]) -> tuple[str, ...]:
    """Return the facts that rules for these functions need: decisive ones first."""
    rules, known = rule_set(), vocabulary()
    general = known.with_general(functions)
    applicable = [rule for rule in rules.provisions.values() if is_for(rule, general)]
    needed = {name for rule in applicable for name in rules.facts(rule)}
    return tuple(
        name for name in dict.fromkeys((*known.first_facts(functions), *known.facts)) if name in needed
    )


def missing_facts(result: ItemClassification) -> dict[str, tuple[ControlPath, ...]]:
    """Return the missing facts with the unknown provisions that wait for each; what decides most comes first.

    The decisive facts of the functions come first, then the facts that most provisions wait for. Those of
    open questions of law are last, with no provision.
    """
    waiting: dict[str, tuple[ControlPath, ...]] = {}
    for path in result.classification.with_answer(ConditionResult.UNKNOWN):
        for name in path.missing:
            waiting[name] = (*waiting.get(name, ()), path.path)
    first = vocabulary().first_facts(result.item.functions)
    rank = {name: number for number, name in enumerate(first)}
    order = sorted(waiting, key=lambda name: (rank.get(name, len(rank)), -len(waiting[name])))
    of_routes = (name for question in result.classification.routes for name in question.missing)
    return {name: waiting.get(name, ()) for name in dict.fromkeys((*order, *of_routes))}


def save_classification(store: Store, stored: ItemClassification, *, actor: str, at: datetime) -> int:
    """Store the classification with the provisions that it cites, and return its number."""
    result = stored.classification
    with store.writing(actor, at) as tx:
        return add_classification(
            tx,
            item=result.item,
            version=result.version,
            day=result.day,
            cited=result.cited,
            payload=classification_json(stored),
        )


def classification_json(answer: ItemClassification, say: Say = str) -> dict[str, Any]:
    """Return the whole answer as JSON: each path with its answer, reasons, missing facts and quotes.

    `say` translates a sentence; without it the sentences are English.
    """
    result = answer.classification
    return {
        "item": {
            "id": result.item,
            "name": result.name,
            "functions": list(answer.item.functions),
            "facts": [
                {
                    "fact": fact.name,
                    "stated": fact.shown,
                    "reading": fact.reading,
                    "citation": fact.citation.to_json(),
                }
                for _, fact in sorted(answer.item.facts.items())
            ],
        },
        "as_of": result.day.isoformat(),
        "list": result.version,
        "text_is_loaded": answer.opened is not None,
        "met": [path.path for path in result.with_answer(ConditionResult.MET)],
        "unknown": [path.path for path in result.with_answer(ConditionResult.UNKNOWN)],
        "missing": list(result.missing),
        "paths": [_path_json(path, say) for path in result.results],
        "not_walked": list(result.not_walked),
        "entries": [entry_json(entry) for entry in result.entries],
        "open_entries": [entry.path for entry in result.open_entries],
        "not_named": [say(sentence) for sentence in result.unlisted],
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
        "cautions": [say(caution) for caution in result.cautions],
        "unused_facts": list(result.unused),
    }


def walk(
    store: Store, path: str, item: Item | None, version: str, day: date
) -> tuple[EntryResult, OpenedVersion]:
    """Return an entry of the installed text walked with the answers of an item, and the opened text.

    Rules that decide a provision of the entry count, if the item states their facts. Raises UnknownNameError
    for an unknown version or entry.
    """
    opened = open_version(store, version, None if version else day)
    entry = opened.list.open(entry_of(parse_path(path))).path
    if item is None:
        return walk_entry(opened.list, entry, {}), opened
    with_entry = replace(item, entries=(*item.entries, entry))
    result = classify(with_entry, list_day(opened.installed.day if version else day), opened.list)
    return next(walked for walked in result.entries if walked.path == entry), opened


def entry_json(entry: EntryResult, *, with_criteria: bool = False) -> dict[str, Any]:
    """Return an entry with its result; `needed` are the open criteria that can still change it."""
    whole = (
        {"criteria": [_criterion_json(criterion) for criterion in entry.criteria]} if with_criteria else {}
    )
    return {
        "entry": entry.path,
        "covers": entry.covers,
        "answer": entry.met.value,
        "needed": [criterion.key for criterion in entry.needed],
        **whole,
    }


def _criterion_json(criterion: CriterionResult) -> dict[str, Any]:
    answer = criterion.answer
    return {
        "criterion": criterion.key,
        "path": criterion.path,
        "asks": criterion.words,
        "limits": [
            {
                "comparison": limit.comparison.value,
                "value": str(limit.quantity.value),
                "unit": limit.quantity.unit,
            }
            for limit in criterion.thresholds
        ],
        "answer": criterion.met.value,
        "needed": criterion.is_needed,
        "stated": answer.shown if answer else None,
        "citation": answer.citation.to_json() if answer else None,
    }


def _path_json(path: PathResult, say: Say) -> dict[str, Any]:
    return {
        "path": path.path,
        "covers": say(path.covers),
        "answer": path.met.value,
        "released_by": path.released_by.note if path.released_by else None,
        "missing": list(path.missing),
        "releases": [
            {"note": r.note, "at": r.at, "says": say(r.sentence), "answer": r.outcome.met.value}
            for r in path.releases
        ],
        "reasons": [
            {
                "says": say(leaf.sentence),
                "answer": leaf.met.value,
                "citations": [citation.to_json() for citation in leaf.citations],
            }
            for leaf in path.reasons
        ],
        "reading": say(path.reading) if path.reading else None,
        "quotes": [{"path": q.path, "heading": q.heading, "words": q.words} for q in path.quotes],
        "rests_on": list(path.used),
    }
