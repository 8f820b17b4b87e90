"""Instruments and weighings as JSON for other programs, with their sentences in a language."""

from collections.abc import Sequence
from typing import Any

from overzicht.diligence.weighing import Weighing
from overzicht.evidence import Text
from overzicht.reports.i18n import Words
from overzicht.reports.law.model import Difference, ShownInstrument, ShownRule


def weighings_json(
    weighings: Sequence[Weighing], differences: Sequence[Difference], words: Words
) -> dict[str, Any]:  # fmt: skip
    """Return `{weighings: […], differences: [{first, second, says: […]}]}`."""
    return {
        "weighings": [weighing.to_json(words.say) for weighing in weighings],
        "differences": [
            {"first": one.first, "second": one.second, "says": [words.say(says) for says in one.says]}
            for one in differences
        ],
    }


def instrument_json(view: ShownInstrument, words: Words) -> dict[str, Any]:
    """Return an instrument whole: whom it binds, its rules in three parts, its standings and sources."""
    card = view.card
    return {
        "id": card.id,
        "title": words.say(card.title.text),
        "label": card.label,
        "binds_whom": words.say(card.binds.text),
        "as_of": view.as_of.isoformat(),
        "applies": view.applies.value,
        "applies_says": words.say(view.says),
        "no_rules_because": words.say(card.none.text) if card.none is not None else "",
        "phases": [
            {"since": phase.since.isoformat() if phase.since else None, "applies": phase.applies.value,
             "says": words.say(phase.text), "unverified": list(phase.unverified)}
            for phase in card.phases
        ],
        "rules": [_rule(line, words) for line in view.rules],
        "standings": [
            {"kind": line.kind, "country": line.code, "name": words.say(line.country),
             "holds": line.holds.value, "since": line.since.isoformat() if line.since else None,
             "caution": _said(line.caution, words)}
            for line in view.standings
        ],
        "cannot_be_seen": [words.say(each.text) for each in card.unseen],
        "checked_on": card.last_value_still_valid_on.isoformat(),
        "sources": [cited.to_json() for cited in view.citations],
    }  # fmt: skip


def _rule(line: ShownRule, words: Words) -> dict[str, Any]:
    return {
        "id": line.rule.id,
        "place": words.say(line.place),
        "applies": line.applies.value,
        "outcome": line.rule.outcome,
        "law_says": words.say(line.says),
        "we_check": words.say(line.checks),
        "we_cannot_see": [words.say(each) for each in line.unseen],
        "caution": _said(line.caution, words),
        "sources": [cited.to_json() for cited in line.citations],
    }


def _said(sentence: Text | None, words: Words) -> str:
    return "" if sentence is None else words.say(sentence)
