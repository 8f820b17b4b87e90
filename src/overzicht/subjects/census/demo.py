"""The census of the demonstration: an invented roll, statements about it, and one round."""

from collections import deque
from pathlib import Path

from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.kit.ask import DirectAsk
from overzicht.store.accounts import Grant, Principal, Role
from overzicht.store.database import Store
from overzicht.subjects.census.claims_workflow import import_claims
from overzicht.subjects.census.letters import send_requests
from overzicht.subjects.census.rolls import RollFiles, load_roll
from overzicht.subjects.census.rounds import new
from overzicht.subjects.register.demonstration import DemoPart, quarters


def fill(store: Store, examples: Path, actor: Actor) -> None:
    """Send the letters of a round; no body answered yet, and two are mentioned by others."""
    folder = examples / "census"
    totals, changes = folder / "totals.csv", folder / "changes.csv"
    load_roll(store, RollFiles(folder / "roll.csv", "NL", changes=changes, totals=totals), actor)
    import_claims(store, folder / "statements.csv", actor)
    _, began = quarters(actor.day)
    person = Principal(actor.name, (Grant(Role.ADMIN),))
    ask = DirectAsk(lambda: store, person, actor.day, actor.day, lambda: actor.at)
    started = new(ask, "Camera's van Waterrijk", reference=began, regions=("Waterrijk",))
    deque(send_requests(store, started.id, (), actor), maxlen=0)


DEMO = DemoPart(text("a round of the census"), fill)
