"""Which organisations an organisation is part of, for grants that hold for all that is below."""

from overzicht.store.database import Store
from overzicht.web.clock import today
from overzicht.workflows.register.organisations import list_organisations


def above(store: Store, organisation: str) -> tuple[str, ...]:
    """Return the ids of all organisations above one by the register of today; empty for one unknown there."""
    if not organisation:
        return ()
    parents = {each.id: each.parent_id for each in list_organisations(store, today())}
    found: list[str] = []
    parent = parents.get(organisation, "")
    while parent and parent not in found:
        found.append(parent)
        parent = parents.get(parent, "")
    return tuple(found)
