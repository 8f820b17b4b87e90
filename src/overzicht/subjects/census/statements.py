"""Statements of others about bodies, imported and compared; never a return."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from overzicht.evidence import Text, text
from overzicht.evidence.phrases import joined
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Command, Param, operation
from overzicht.subjects.census.claims_workflow import ClaimsAdded, UnclearName, import_claims
from overzicht.subjects.census.letters import claim_sentence
from overzicht.subjects.census.replies import ClaimsView, show_claims
from overzicht.subjects.census.rolls import READ, WRITTEN

GROUP = "Import and compare statements of others about bodies. They are never returns."


def _added_lines(added: ClaimsAdded) -> Iterator[Text]:
    yield text(
        "{rows} rows read, {added} new; {matched} have a body of a roll",
        rows=added.rows,
        added=added.added,
        matched=added.matched,
    )
    unclear = {own.name: own for own in added.unclear}
    for name in added.unmatched:
        yield _unclear(unclear[name]) if name in unclear else text("no body: {name}", name=name)


def _unclear(name: UnclearName) -> Text:
    """Return the question which body a name means, with the kinds as the column `kind` takes them."""
    bodies = joined(text("{name} ({kind})", name=own, kind=kind) for own, kind in name.candidates)
    return text(
        "no body: {name}. It may be {bodies}: state its kind in the column kind",
        name=name.name,
        bodies=bodies,
    )


@operation(
    Command("census statements import", lambda added, say: map(say, _added_lines(added)), options=WRITTEN)
)
def import_(ask: Ask, file: Path) -> ClaimsAdded:
    """Import the statements of a CSV file. Names are matched with the loaded rolls on their date.

    If a municipality and a province have the same name, the column `kind` (the kind of the body) decides.
    Without it, the candidates are shown: add the column and import the file again.
    """
    return import_claims(ask.store, file, ask.actor(ask.day))


def _claim_lines(view: ClaimsView) -> Iterator[Text]:
    for claim, reply in zip(view.claims, view.replies, strict=True):
        yield text("{name}: {claim}", name=claim.name, claim=claim_sentence(claim))
        yield text("  reply: {reply}", reply=reply.sentence)
    yield from (pair.sentence for pair in view.pairs)
    yield from (check.sentence for check in view.sums)


def _data(view: ClaimsView) -> dict[str, Any]:
    return {
        "claims": view.claims,
        "replies": view.replies,
        "pairs": [
            {"left": p.left.number, "right": p.right.number, "agreement": p.agreement} for p in view.pairs
        ],
        "sums": [
            {"group": s.group, "total": s.total, "agrees": s.agrees, "sentence": s.sentence}
            for s in view.sums
        ],
    }


@operation(
    Command(
        "census statements show",
        lambda view, say: map(say, _claim_lines(view)),
        empty=text("no statements"),
        data=_data,
        options=READ,
    )
)
def show(ask: Ask, *, body: Annotated[str, Param("Id of a body. Default: all bodies.")] = "") -> ClaimsView:
    """Show the statements until a date, the pairs of numbers, and the checks of published sums.

    Each statement has the reply of its body in the newest round that asks it. Do not publish a statement
    before the end of the time to reply.
    """
    return show_claims(ask.store, ask.day, body)
