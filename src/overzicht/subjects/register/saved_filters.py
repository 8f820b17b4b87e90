"""Filters of the page *Review* that a person saved under a name."""

import hashlib
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Connection

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store, reading
from overzicht.store.service_settings import set_setting, setting

MOST_FILTERS = 20
NAMES = frozenset(
    {"q", "organisation", "site", "maker", "kind", "model", "life", "listed", "relabelled", "plan"}
)


@reading
def saved_filters(connection: Connection, person: str) -> dict[str, str]:
    """Return the saved filters of a person: the query of an address, by name in order."""
    stored: dict[str, str] = setting(connection, _key(person), {})
    return dict(sorted(stored.items(), key=lambda pair: pair[0].casefold()))


def save_filter(store: Store, name: str, query: str, actor: Actor) -> None:
    """Save a filter, or replace the one with this name; of too many the oldest is dropped.

    Only names of filters are kept from the query.
    """
    kept = urlencode([(key, value) for key, value in parse_qsl(query) if key in NAMES])
    with store.writing(actor.name, actor.at) as tx:
        filters = setting(tx.connection, _key(actor.name), {})
        filters.pop(name.strip(), None)
        newest = list({**filters, name.strip(): kept}.items())[-MOST_FILTERS:]
        set_setting(tx, _key(actor.name), dict(newest))


def forget_filter(store: Store, name: str, actor: Actor) -> None:
    """Remove a saved filter; nothing happens if there is none."""
    with store.writing(actor.name, actor.at) as tx:
        filters = setting(tx.connection, _key(actor.name), {})
        if filters.pop(name, None) is not None:
            set_setting(tx, _key(actor.name), filters)


def _key(person: str) -> str:
    return f"filters {hashlib.sha256(person.encode()).hexdigest()[:40]}"
