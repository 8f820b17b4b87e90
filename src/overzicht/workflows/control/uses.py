"""Uses of general authorisations, recorded so that a new version of the list can reopen them."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.exportcontrol.licensing.authorisations import general_authorisations
from overzicht.law.territory import union_territory
from overzicht.store.control.authorisation_uses import AuthorisationUse, add_use
from overzicht.store.database import Store
from overzicht.workflows.control.versions import NoControlListError, open_version


class DestinationNotCoveredError(OverzichtError):
    """A general authorisation does not cover the destination that is named."""

    def __init__(
        self, authorisation: str, destination: str, known: tuple[str, ...], removed: date | None = None
    ) -> None:
        since = f": it was removed on {removed}" if removed else ""
        super().__init__(
            f"{authorisation} does not cover {destination}{since}",
            fix=f"use it for {', '.join(known)}, or apply for a licence: overzicht licence new",
        )


def keep_use(store: Store, use: AuthorisationUse, *, actor: str, at: datetime) -> AuthorisationUse:
    """Record a use if its authorisation, destination and provision exist on its first day.

    Raises UnknownNameError for the authorisation, or for the provision if a version of the list is installed
    for that day, and DestinationNotCoveredError. It does not check that the authorisation fits the case.
    """
    known = general_authorisations().authorisations
    name = use.authorisation.upper()
    if name not in known:
        raise UnknownNameError("general authorisation", use.authorisation, tuple(known))
    covered = known[name]
    removed = covered.removed.get(use.destination)
    place = union_territory().with_code(use.destination)
    is_territory = place is not None and place.id in covered.territories
    if covered.destinations and not is_territory and not covered.covers(use.destination, use.since):
        gone = removed if removed is not None and use.since >= removed else None
        raise DestinationNotCoveredError(name, use.destination, covered.destinations, gone)
    with suppress(NoControlListError):  # without a text the provision cannot be checked
        open_version(store, as_of=use.since).list.open(use.path)
    with store.writing(actor, at) as tx:
        return add_use(tx, replace(use, authorisation=name))
