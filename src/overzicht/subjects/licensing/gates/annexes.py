"""Loaded annexes in gate 2: what they decide about a card, and what stays open.

**What the law says.** The annex that is in force on the date names the goods.

**What we check.** The loaded version for the date, by `loaded.py`, for cards whose annex names goods by code.

**What we cannot see.** Whether a later version exists: a person confirms it.
"""

from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import text
from overzicht.subjects.licensing.gates.acts import Card, cite, touches
from overzicht.subjects.licensing.gates.loaded import LoadedAct
from overzicht.subjects.licensing.gates.model import (
    Confirmation,
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
    Question,
)
from overzicht.subjects.licensing.model import Item, Transaction

SHOWN_ENTRIES = 3
WITH_CODES = frozenset({"advanced_technology", "goods", "contract_clause", "due_diligence"})


def loaded_act(case: GateCase, card: Card) -> LoadedAct | None:
    """Return the loaded text of the act of a card, or None."""
    is_asked = bool(card.annex) and card.kind in WITH_CODES and not card.regions
    acts = (loaded for loaded in case.acts if loaded.act.act == card.act)
    return next(acts, None) if is_asked else None


def touches_now(case: GateCase, card: Card, item: Item, day: date) -> Holds:
    """Return whether a card or its loaded annex names an item.

    A loaded annex that does not name it settles an open card only if a person confirmed the version.
    """
    own, loaded = _by_card(case, card, item), loaded_act(case, card)
    named = loaded.names(card.annex, item.commodity_code) if loaded else None
    if own is Holds.YES or loaded is None or named is None:
        return own
    if named is Holds.NO:
        confirmation = _version(case, loaded, day)
        return Holds.NO if confirmation is not None and confirmation.answer == "yes" else own
    return named


def _by_card(case: GateCase, card: Card, item: Item) -> Holds:
    """Return whether a card names an item; a service of its own is not related to goods."""
    is_own = case.application.transaction is Transaction.SERVICE and case.application.is_service(item)
    return Holds.NO if is_own else touches(card, item)


def absent_lines(case: GateCase, card: Card, day: date) -> GateAnswer | None:
    """Return that a confirmed annex does not name the lines that the card leaves open, or None."""
    loaded = loaded_act(case, card)
    confirmation = _version(case, loaded, day) if loaded else None
    lines = [
        str(item.line)
        for item in case.application.items
        if _by_card(case, card, item) is Holds.UNKNOWN and touches_now(case, card, item, day) is Holds.NO
    ]
    if loaded is None or confirmation is None or not lines:
        return None
    sentence = text(
        "annex {annex} of {act}, version of {version}, does not name line {lines} ({who}, {source})",
        annex=card.annex,
        act=card.act,
        version=loaded.act.consolidated,
        lines=", ".join(lines),
        who=confirmation.by,
        source=confirmation.source,
    )
    return GateAnswer(LegalGate.DESTINATION, Outcome.CLEAR, sentence, (cite(card),), card=card.id)


def version_answer(case: GateCase, card: Card, unsure: list[int], day: date) -> GateAnswer | None:
    """Return the question whether the loaded version is in force, if that settles these lines; else None."""
    loaded = loaded_act(case, card)
    if loaded is None or _version(case, loaded, day) is not None:
        return None
    items = [item for item in case.application.items if item.line in unsure]
    if any(loaded.names(card.annex, item.commodity_code) is not Holds.NO for item in items):
        return None
    values: dict[str, str | date] = {"annex": card.annex, "act": card.act, "version": loaded.act.consolidated}
    sentence = text(
        "annex {annex} of {act}, version of {version}, does not name line {lines}; it is open whether this "
        "version is the one in force",
        **values,
        lines=", ".join(map(str, unsure)),
    )
    request = text("Is the version of {act} of {version} the one in force on {day}?", **values, day=day)
    return GateAnswer(
        LegalGate.DESTINATION,
        Outcome.NOT_KNOWN,
        sentence,
        (cite(card),),
        card.certainty,
        Question(loaded.key, request),
        card=card.id,
    )


def loaded_entries(case: GateCase, card: Card, unsure: list[int]) -> str:
    """Return the loaded entries that may name these lines, as they are written; empty without one."""
    loaded = loaded_act(case, card)
    if loaded is None:
        return ""
    entries = [
        entry
        for item in case.application.items
        if item.line in unsure
        for entry in loaded.entries_on(card.annex, item.commodity_code)
    ]
    shown = [f"{'ex ' if entry.is_part else ''}{entry.code} {entry.text}" for entry in entries]
    return "; ".join(dict.fromkeys(shown[:SHOWN_ENTRIES]))


def _version(case: GateCase, loaded: LoadedAct, day: date) -> Confirmation | None:
    return case.confirmed(loaded.key, day)
