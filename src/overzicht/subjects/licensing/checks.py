"""Checks of an application: country codes, and codes of the installed control list."""

from datetime import date

from rigour.territories import get_territory

from overzicht.errors import InputFileError
from overzicht.law.territory import OFTEN_MEANT, union_territory
from overzicht.store.database import Store
from overzicht.subjects.control_list.versions import NoControlListError, OpenedVersion, open_version
from overzicht.subjects.licensing.model import Application


def check_countries(application: Application, file: str) -> None:
    """Raise InputFileError for a code that is not that of a country or special territory."""
    fields = (
        "issuing_state",
        "destination",
        "country_of_consignment",
        "located_in",
        "customs_state",
        "server",
    )
    codes = [(field, getattr(application, field)) for field in fields]
    codes += [("route", code) for code in application.route]
    codes += [("access", code) for code in application.access]
    codes += [(f"party {party.name}", party.country) for party in application.parties]
    codes += [(f"line {item.line}, origin", item.origin) for item in application.items]
    for place, code in codes:
        if code and get_territory(code) is None and union_territory().with_code(code) is None:
            fix = f"use {OFTEN_MEANT.get(code, 'two capital letters of ISO 3166, such as NL')}"
            raise InputFileError(file, f"{code} is not a country code", record=place, fix=fix)


def check_codes(store: Store, application: Application, day: date) -> None:
    """Raise InputFileError for a code that is not in the installed list; no check without a list.

    The list is the version that the item names, else the one in force on `day`.
    """
    opened: dict[str, OpenedVersion | None] = {}
    for item in application.items:
        if item.code is None:
            continue
        if item.list_version not in opened:
            try:
                opened[item.list_version] = (
                    open_version(store, item.list_version)
                    if item.list_version
                    else open_version(store, as_of=day)
                )
            except NoControlListError:
                opened[item.list_version] = None
        version = opened[item.list_version]
        if version is not None and version.list.find(item.code) is None:
            reason = f"the installed list of {version.installed.name} has no {item.code}"
            fix = f"look it up with: overzicht control show {item.code.split('.')[0]}"
            raise InputFileError(application.id, reason, record=f"line {item.line}", fix=fix)
