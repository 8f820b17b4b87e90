"""`overzicht control show|search|diff|update|versions`: the text of the control list and its versions."""

from contextlib import closing
from datetime import date
from pathlib import Path

import click

from overzicht.cli.control import lines as to_text
from overzicht.cli.options import (
    Request,
    file_argument,
    gathered,
    opened_store,
    optional_as_of,
    standard,
)
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.exportcontrol.controllist.diff import compare_lists
from overzicht.exportcontrol.controllist.search import SearchIndex
from overzicht.exportcontrol.controllist.unfold import unfold
from overzicht.views.control import (
    ControlListVersion,
    FoundProvisions,
    InstalledView,
    ListChanges,
    ProvisionView,
)
from overzicht.workflows.control.citations import CITATION_SOURCES
from overzicht.workflows.control.update import Choices, install_version
from overzicht.workflows.control.versions import held_versions, open_version

DEFAULT_HITS = 10
version_option = click.option("--version", default="", help="Version: 2021, 2025-11-15, or a hash.")


@click.command()
@click.argument("path")
@version_option
@optional_as_of("the newest version")
@standard("json")
def show(request: Request, path: str, version: str, day: date | None) -> int:
    """Show a provision in its context: notes, defined terms and references.

    Example: overzicht control show 6A003.b.4.b --as-of 2025-12-01
    """
    with opened_store() as store:
        opened = open_version(store, version, day)
    unfolded = unfold(opened.list, path)
    request.show(lambda: ProvisionView.shown(opened, unfolded), lambda: [to_text.shown(opened, unfolded)])
    return EXIT_INCOMPLETE if opened.later_acts else EXIT_OK


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 100), default=DEFAULT_HITS, show_default=True, help="Number of results."
)
@version_option
@optional_as_of("the newest version")
@standard("json")
def search(request: Request, question: tuple[str, ...], limit: int, *, version: str, day: date | None) -> int:
    """Rank provisions by a description in plain words. A result is a lead, not a classification.

    Example: overzicht control search "uncooled infrared camera 9 Hz"
    """
    with opened_store() as store:
        opened = open_version(store, version, day)
    with closing(SearchIndex(opened.list)) as index:
        hits = index.search(" ".join(question), limit)
    request.show(lambda: FoundProvisions.of(opened, hits), lambda: [to_text.found(opened, hits)])
    return EXIT_INCOMPLETE if opened.later_acts else EXIT_OK


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--within", default="", help="Only this entry or provision, for example 6A003.")
@click.option("--editorial", is_flag=True, help="Include changes of marks and blanks only.")
@standard("json")
def diff(request: Request, before: str, after: str, *, within: str, editorial: bool) -> None:
    """Compare two installed versions, provision by provision.

    Example: overzicht control diff 2021 2025-11-15
    """
    with opened_store() as store:
        old, new = open_version(store, before), open_version(store, after)
    changes = compare_lists(old.list, new.list)
    chosen = changes.chosen(within, editorial=editorial)
    request.show(
        lambda: ListChanges.of(changes).model_copy(update={"changes": chosen}),
        lambda: [to_text.compared(changes, chosen)],
    )


@click.command()
@file_argument()
@click.option("--version", default="", help="Date or year of the version, if file and name do not state it.")
@click.option(
    "--force", is_flag=True, help="Accept a file whose number of provisions is outside the expected range."
)
@click.option(
    "--definitions", type=click.Path(path_type=Path), help="Text of the annex with its definitions."
)
@click.option("--quiet", is_flag=True, help="Print the counts of changes, not each change.")
@standard("by", "json")
@gathered("choices", Choices)
def update(request: Request, file: Path, choices: Choices, *, quiet: bool) -> None:
    """Install a version, show the changes, and open a task for each record that cites a changed provision.

    Example: overzicht control update annex-2025-11-15.xml
    """
    with opened_store() as store:
        installed = install_version(store, file, request.act, choices, cited=CITATION_SOURCES)
    request.show(lambda: InstalledView.of(installed), lambda: [to_text.installed(installed, is_quiet=quiet)])


@click.command()
@standard("json")
def versions(request: Request) -> None:
    """List the installed versions."""
    with opened_store() as store, store.reading() as connection:
        held = held_versions(connection)
    request.show(
        lambda: [ControlListVersion.of(version) for version in held], lambda: [to_text.versions(held)]
    )
