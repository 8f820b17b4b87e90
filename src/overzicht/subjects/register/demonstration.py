"""The store of a demonstration: an invented municipality with two quarters of inventories, and cases.

It is made of the files in `examples/` and of the examples that ship with the product. Everything is invented
except brands, model numbers, MAC blocks, the starter facts of lists, and law.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

from overzicht.composition import Slot
from overzicht.errors import EXIT_SETUP, OverzichtError
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.register.terms import REPLACES, LifecycleState, Outcome
from overzicht.store.database import Store
from overzicht.store.register.devices import DeviceFilter, Page
from overzicht.subjects.lists.loading import Choices, add_list_file
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register import replacement_plans as plans
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.replacement_plans import NewPlan
from overzicht.workflows.starter import ensure_starter

NAME, TOWN = "Gemeente Voorbeeldstad", "gemeente-voorbeeldstad"
MOST_ROWS = 50
Tell = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class DemoPart:
    """What a subject adds: `step` says what it is, `fill` writes it as of the actor's date.

    `fill` receives the store, the folder of the examples and the actor, after both inventories.
    """

    step: Text
    fill: Callable[[Store, Path, Actor], object]


ADDED: Slot[DemoPart] = Slot("demonstration")


class ExamplesMissingError(OverzichtError):
    """The example files are not beside the program."""

    exit_code = EXIT_SETUP

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"the examples are missing: {folder}", fix="run the command in a checkout of the product"
        )


def examples_folder() -> Path:
    """Return the folder of the example files: in the package, or in the checkout; ExamplesMissingError."""
    package = Path(str(files("overzicht")))
    for folder in (package / "examples", package.parents[1] / "examples"):
        if (folder / "demo" / "mutaties.csv").is_file():
            return folder
    raise ExamplesMissingError(package.parents[1] / "examples")


def fill_demo(store: Store, actor: Actor, tell: Tell) -> None:
    """Fill an empty store as of the actor's date; `tell` receives each step.

    The first inventory describes the start of the previous quarter, the second the start of this one.
    """
    examples = examples_folder()
    first, second = quarters(actor.day)
    tell(text("facts of lists"))
    ensure_starter(store, actor=actor.name, at=actor.at)
    invented = Choices("us-bis-dpl", force=True, is_official=False)  # incomplete, so that it covers no date
    add_list_file(store, examples / "demo" / "dpl-voorbeeld.txt", invented, actor=actor.name, at=actor.at)
    begun = replace(actor, day=first)
    organisations.add_organisation(store, NewOrganisation(NAME, TOWN), begun)
    tell(text("the inventory of {day}", day=first))
    workbook = examples / "gemeente-voorbeeldstad" / "apparatuur.xlsx"
    view = importing.preview_import(store, workbook, ImportChoices(TOWN, is_whole=True), begun)
    importing.accept_import(store, view.import_.id, begun)
    refresh_listings(store, first, begun)
    plan = NewPlan("Vermelde camera's vervangen", "Facilitair", date(actor.day.year + 1, 12, 31))
    plans.new_plan(store, plan, DeviceFilter(first, organisation=TOWN, listed=True), begun)
    tell(text("the inventory of {day}", day=second))
    _second_quarter(store, examples, replace(actor, day=second))
    for part in ADDED.added():
        tell(part.step)
        part.fill(store, examples, actor)
    refresh_listings(store, actor.day, actor)


def _second_quarter(store: Store, examples: Path, actor: Actor) -> None:
    """Accept the changes of the quarter, and leave the network scan as a preview to review."""
    part = ImportChoices(TOWN, is_whole=False)
    changes = importing.preview_import(store, examples / "demo" / "mutaties.csv", part, actor)
    number = changes.import_.id
    unclear = importing.show_import(store, number, outcome=Outcome.UNCLEAR, page=Page(size=MOST_ROWS))
    for row in unclear.rows:
        importing.resolve_row(store, number, row.number, f"{REPLACES}{row.candidates[0]}", actor)
    importing.accept_import(store, number, actor)
    for label in ("CAM-091", "CAM-049"):
        for device in devices.find_devices(store, label, actor.day)[:1]:
            devices.set_life(store, device, LifecycleState.REMOVED, actor, reason="weggehaald")
    scan = examples / "gemeente-voorbeeldstad" / "netwerkscan.xml"
    importing.preview_import(store, scan, part, actor)


def quarters(day: date) -> tuple[date, date]:
    """Return the first day of the quarter before that of a date, and of its own.

    >>> quarters(date(2026, 2, 11))
    (datetime.date(2025, 10, 1), datetime.date(2026, 1, 1))
    """
    own = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    before = date(own.year, own.month - 3, 1) if own.month > 1 else date(own.year - 1, 10, 1)
    return before, own
