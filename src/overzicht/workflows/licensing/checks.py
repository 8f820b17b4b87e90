"""What an application names from outside: country codes, and codes of the control list that is installed."""

from collections.abc import Iterator
from datetime import date

from rigour.territories import get_territory

from overzicht.errors import InputFileError
from overzicht.exportcontrol.licensing.model import Application
from overzicht.law.territory import union_territory
from overzicht.store.database import Store
from overzicht.workflows.control.versions import NoControlListError, OpenedVersion, open_version

OFTEN_MEANT = {"UK": "GB", "EL": "GR"}


def check_countries(application: Application, file: str) -> None:
    """Raise InputFileError for a code that no country and no special territory has."""
    for place, code in _countries(application):
        if get_territory(code) is None and union_territory().with_code(code) is None:
            meant = OFTEN_MEANT.get(code)
            fix = f"write {meant}" if meant else "write two letters of ISO 3166, such as NL"
            raise InputFileError(file, f"{code} is the code of no country", record=place, fix=fix)


def _countries(application: Application) -> Iterator[tuple[str, str]]:
    fields = ("issuing_state", "destination", "country_of_consignment", "located_in", "customs_state")
    found = [(field, getattr(application, field)) for field in fields]
    found += [("route", code) for code in application.route]
    found += [(f"party {party.name}", party.country) for party in application.parties]
    found += [(f"line {item.line}, origin", item.origin) for item in application.items]
    yield from ((place, code) for place, code in found if code)


def check_codes(store: Store, application: Application, day: date) -> None:
    """Raise InputFileError for a code that the installed list has not; nothing is said where none is held.

    The list is the version that the item names, else the one of `day`.
    """
    opened: dict[str, OpenedVersion | None] = {}
    for item in application.items:
        if item.code is None:
            continue
        if item.list_version not in opened:
            opened[item.list_version] = _opened(store, item.list_version, day)
        version = opened[item.list_version]
        if version is not None and version.list.find(item.code) is None:
            reason = f"the installed list of {version.held.name} has no {item.code}"
            fix = f"look it up with: overzicht control show {item.code.split('.')[0]}"
            raise InputFileError(application.id, reason, record=f"line {item.line}", fix=fix)


def _opened(store: Store, name: str, day: date) -> OpenedVersion | None:
    try:
        return open_version(store, name) if name else open_version(store, as_of=day)
    except NoControlListError:
        return None
