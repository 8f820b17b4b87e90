"""`overzicht inventories`: how the columns of a list are read, and the fields that a person gives them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import group
from overzicht.cli.language import spoken, translate
from overzicht.cli.options import EXISTING_FILE, ColumnChoice, Request, now, standard
from overzicht.errors import InputFileError, OverzichtError, UnknownNameError
from overzicht.reports.account import account_sentences
from overzicht.reports.overview_report import InputFile
from overzicht.settings import read_settings
from overzicht.sources.inventories.interface import InventoryResult
from overzicht.sources.inventories.profiles import Profile, load_profiles, same_layout, save_profile
from overzicht.sources.inventories.registry import read_inventory
from overzicht.subjects.inventories.devices import devices_of

sheet_option = click.option("--sheet", default="", help="Only this sheet of a workbook.")
kind_option = click.option("--kind", default="", help="Kind of the file. Default: detected from the content.")


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that reads inventories: the fields of `ReadingChoices`, and a profile."""
    for option in (
        click.option(
            "--accept-reading", is_flag=True, help="Accept the guessed reading of a file of no known format."
        ),
        click.option(
            "--include",
            multiple=True,
            help="Read what is left out by itself, as the report names it, for example “sheet:2021”.",
        ),
        kind_option,
        sheet_option,
        click.option(
            "--profile", default="", help="Saved fields of columns; see `inventories profile --save`."
        ),
    ):
        command = option(command)
    return command


@group()
def inventories() -> None:
    """Show how the columns of inventories are read, and save the fields that you give them."""


@inventories.command()
@click.argument("file", type=EXISTING_FILE)
@click.option("--column", "mapping", type=ColumnChoice(), multiple=True, help="Field of a column.")
@sheet_option
@kind_option
@click.option(
    "--save", default="", help="Save the fields under this name, for the next list with these columns."
)
@standard("json")
def profile(
    request: Request, file: Path, mapping: tuple[tuple[str, str], ...], sheet: str, kind: str, save: str
) -> None:
    """Show the field and a sample of each column of FILE. --save keeps the fields for the next list.

    `overview --profile NAME` uses saved fields. A list with the same columns shows which profile fits.
    """
    inventory = read_inventory(file, mapping=dict(mapping), sheet=sheet or None, kind=kind or None)
    if save:
        columns = tuple(column.column for column in inventory.mapping)
        fields = tuple((column.column, column.field) for column in inventory.mapping)
        save_profile(read_settings().home, Profile(save, columns, fields))
    _, (entry,) = devices_of([inventory], now().date())
    request.show(lambda: inventory.mapping, lambda: [*_lines(inventory), *_account_lines(entry)])
    if save:
        click.echo(translate("The fields were saved as the profile {name}").format(name=save), err=True)


def _lines(inventory: InventoryResult) -> Iterator[str]:
    widest = max((len(column.column) for column in inventory.mapping), default=0)
    for column in inventory.mapping:
        yield f"{column.column:<{widest}}  {column.field or _not_used():<16} {column.sample}".rstrip()
    yield from (spoken(problem.reason) for problem in inventory.unused)


def _account_lines(entry: InputFile) -> Iterator[str]:
    """Yield the outcome of the records, and examples of a guessed reading."""
    yield from map(spoken, account_sentences(entry))
    for example in entry.proposed.examples if entry.proposed else ():
        yield "  " + ", ".join(f"{name}={value}" for name, value in example.items())


def _not_used() -> str:
    return translate("not used")


def fields_of_profile(name: str, organisation: str = "") -> tuple[tuple[str, str], ...]:
    """Return the fields of a saved profile; UnknownNameError for an unknown name.

    A profile of the organisation comes before one of all organisations with the same name.
    """
    saved_profiles = load_profiles(read_settings().home, organisation, in_terminal=True)
    profiles = {saved.name: saved for saved in reversed(saved_profiles)}
    if name not in profiles:
        raise UnknownNameError("profile", name, tuple(profiles))
    return profiles[name].mapping


def offer_profile(columns: list[str], organisation: str = "") -> None:
    """Name the saved profile with these columns on standard error, if there is one."""
    profiles = load_profiles(read_settings().home, organisation, in_terminal=True)
    if saved := same_layout(profiles, columns):
        message = translate("The saved profile {name} has these columns. Add --profile {name} to use it")
        click.echo(message.format(name=saved.name), err=True)


@contextmanager
def offering_profiles(paths: Iterable[Path], organisation: str = "") -> Iterator[None]:
    """Name the saved profile for each file that is refused inside the block, if one makes it readable."""
    try:
        yield
    except InputFileError:
        for path in paths:
            for saved in load_profiles(read_settings().home, organisation, in_terminal=True):
                with suppress(OverzichtError):
                    inventory = read_inventory(path, mapping=dict(saved.mapping))
                    offer_profile([column.column for column in inventory.mapping], organisation)
                    break
        raise
