"""Who asks, in a test: a person with every right on a store, on a day."""

from datetime import UTC, date, datetime

from overzicht.evidence.actor import Actor
from overzicht.kit.ask import DirectAsk
from overzicht.store.accounts import Grant, Principal, Role
from overzicht.store.database import Store


def ask(store: Store, day: date, name: str = "tester", role: Role = Role.ADMIN) -> DirectAsk:
    """Return a request about a day, made at noon of that day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return DirectAsk(lambda: store, Principal(name, (Grant(role),)), day, day, lambda: noon)


def asked_by(store: Store, actor: Actor) -> DirectAsk:
    """Return the request of an actor who has every right, at the moment of the act."""
    principal = Principal(actor.name, (Grant(Role.ADMIN),))
    return DirectAsk(lambda: store, principal, actor.day, actor.day, lambda: actor.at)
