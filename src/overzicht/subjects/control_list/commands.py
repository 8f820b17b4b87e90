"""`overzicht control show|search|diff|update|versions`: the text of the control list and its versions."""

from contextlib import closing
from datetime import date
from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.options import PATH, Request, file_argument, optional_as_of, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.subjects.control_list import lines_terminal as to_text
from overzicht.subjects.control_list.diff import compare_lists
from overzicht.subjects.control_list.references import unfold
from overzicht.subjects.control_list.search import SearchIndex
from overzicht.subjects.control_list.update import Choices, install_version
from overzicht.subjects.control_list.versions import held_versions, open_version
from overzicht.subjects.control_list.views import (
    ControlListVersion,
    FoundProvisions,
    InstalledView,
    ListChanges,
    ProvisionView,
)

DEFAULT_HITS = 10
version_option = click.option("--version", default="", help="Version: 2021, 2025-11-15, or a hash.")


@command()
@click.argument("path")
@version_option
@optional_as_of("the newest version")
@standard("json")
def show(request: Request, path: str, version: str, day: date | None) -> int:
    """Show a provision in its context: notes, defined terms and references."""
    opened = open_version(request.store, version, day)
    unfolded = unfold(opened.list, path)
    request.show(lambda: ProvisionView.shown(opened, unfolded), lambda: [to_text.shown(opened, unfolded)])
    return EXIT_INCOMPLETE if opened.later_acts else EXIT_OK


@command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 100), default=DEFAULT_HITS, show_default=True, help="Number of results."
)
@version_option
@optional_as_of("the newest version")
@standard("json")
def search(request: Request, question: tuple[str, ...], limit: int, *, version: str, day: date | None) -> int:
    """Rank provisions by a description in plain words. A result is a lead, not a classification."""
    opened = open_version(request.store, version, day)
    with closing(SearchIndex(opened.list)) as index:
        hits = index.search(" ".join(question), limit)
    request.show(lambda: FoundProvisions.of(opened, hits), lambda: [to_text.search_lines(opened, hits)])
    return EXIT_INCOMPLETE if opened.later_acts else EXIT_OK


@command()
@click.argument("before")
@click.argument("after")
@click.option("--within", default="", help="Only this entry or provision, for example 6A003.")
@click.option("--editorial", is_flag=True, help="Include changes of marks and blanks only.")
@standard("json")
def diff(request: Request, before: str, after: str, *, within: str, editorial: bool) -> None:
    """Compare two installed versions, provision by provision."""
    old, new = open_version(request.store, before), open_version(request.store, after)
    changes = compare_lists(old.list, new.list)
    chosen = changes.chosen(within, editorial=editorial)
    request.show(
        lambda: ListChanges.of(changes).model_copy(update={"changes": chosen}),
        lambda: [to_text.compared(changes, chosen)],
    )


@command()
@file_argument()
@click.option("--version", default="", help="Date or year of the version, if file and name do not state it.")
@click.option(
    "--force", is_flag=True, help="Accept a file whose number of provisions is outside the expected range."
)
@click.option("--definitions", type=PATH, help="Text of the annex with its definitions.")
@click.option("--quiet", is_flag=True, help="Print the counts of changes, not each change.")
@standard("by", "json", choices=Choices)
def update(request: Request, file: Path, choices: Choices, *, quiet: bool) -> None:
    """Install a version, show the changes, and open a task for each record that cites a changed provision."""
    installed = install_version(request.store, file, request.act, choices)
    request.show(lambda: InstalledView.of(installed), lambda: [to_text.installed(installed, is_quiet=quiet)])


@command()
@standard("json")
def versions(request: Request) -> None:
    """List the installed versions."""
    stored = held_versions(request.connection)
    request.show(
        lambda: [ControlListVersion.of(version) for version in stored], lambda: [to_text.versions(stored)]
    )
