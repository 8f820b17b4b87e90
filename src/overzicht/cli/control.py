"""`overzicht control`: the control list, shown, searched, compared and brought up to date."""

from datetime import date
from importlib import import_module
from pathlib import Path

import click

from overzicht.cli import control_text as to_text
from overzicht.cli.options import DayType, by_option, json_option, json_text, now, opened_store
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence.actor import Actor
from overzicht.exportcontrol.controllist.diff import compare_lists
from overzicht.exportcontrol.controllist.search import SearchIndex
from overzicht.exportcontrol.controllist.unfold import unfold
from overzicht.workflows.control import as_json as to_json
from overzicht.workflows.control.citations import CITATION_SOURCES
from overzicht.workflows.control.update import Choices, install_version
from overzicht.workflows.control.versions import held_versions, open_version

MORE_COMMANDS: dict[str, tuple[str, str]] = {  # name: (module in overzicht.cli, attribute), loaded when used
    "classify": ("control_classify", "classify"),
    "compare": ("control_compare", "compare"),
    "template": ("control_classify", "template"),
    "use": ("control_use", "use"),
}
DEFAULT_HITS = 10

version_option = click.option(
    "--version", "version", default="", help="A version: 2021, 2025-11-15, or a hash."
)
day_option = click.option(
    "--as-of", type=DayType(), help="The list of a day, YYYY-MM-DD; default: the newest."
)


class ControlGroup(click.Group):
    """A group that also has commands of other modules, imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names, sorted."""
        return sorted({*super().list_commands(ctx), *MORE_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing it where it stands in another module."""
        if cmd_name not in MORE_COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, attribute = MORE_COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"overzicht.cli.{module}"), attribute)
        return command


@click.group(cls=ControlGroup)
def control() -> None:
    """Read the control list of dual-use items (Annex I to Regulation (EU) 2021/821).

    The text is your own copy: install it with `overzicht control update FILE`. Exit codes: 0 done, 1 done but
    the text of the day is not loaded, 10 file or code refused, 11 unknown provision or version.
    """


@control.command()
@click.argument("path")
@version_option
@day_option
@json_option
def show(path: str, version: str, as_of: date | None, as_json: bool) -> int:
    """Show a provision in its context: notes, defined terms, what it refers to.

    Example: overzicht control show 6A003.b.4.b --as-of 2025-12-01
    """
    with opened_store() as (store, _):
        opened = open_version(store, version, as_of)
    unfolded = unfold(opened.list, path)
    click.echo(json_text(to_json.shown(opened, unfolded)) if as_json else to_text.shown(opened, unfolded))
    return EXIT_INCOMPLETE if opened.later_acts else EXIT_OK


@control.command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, 100), default=DEFAULT_HITS, show_default=True, help="How many to show."
)
@version_option
@day_option
@json_option
def search(question: tuple[str, ...], limit: int, version: str, as_of: date | None, as_json: bool) -> int:
    """Rank provisions by a description in plain words. What is found is a lead, not a classification.

    Example: overzicht control search "uncooled infrared camera 9 Hz"
    """
    with opened_store() as (store, _):
        opened = open_version(store, version, as_of)
    index = SearchIndex(opened.list)
    try:
        hits = index.search(" ".join(question), limit)
    finally:
        index.close()
    click.echo(json_text(to_json.found(opened, hits)) if as_json else to_text.found(opened, hits))
    return EXIT_INCOMPLETE if opened.later_acts else EXIT_OK


@control.command()
@click.argument("before")
@click.argument("after")
@click.option("--within", default="", help="Only an entry or provision, such as 6A003.")
@click.option("--editorial", is_flag=True, help="Also changes of marks and blanks only.")
@json_option
def diff(before: str, after: str, within: str, editorial: bool, as_json: bool) -> None:
    """Compare two installed versions, provision by provision.

    Example: overzicht control diff 2021 2025-11-15
    """
    with opened_store() as (store, _):
        old, new = open_version(store, before), open_version(store, after)
    changes = compare_lists(old.list, new.list)
    chosen = changes.chosen(within, editorial=editorial)
    click.echo(json_text(to_json.compared(changes, chosen)) if as_json else to_text.compared(changes, chosen))


@control.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--version", "version", default="", help="Its day or year, where file and name do not say it.")
@click.option("--force", is_flag=True, help="Take a file with too few or too many provisions.")
@click.option(
    "--definitions", type=click.Path(path_type=Path), help="Text of the annex with its definitions."
)
@click.option("--quiet", is_flag=True, help="Print the counts of changes, not each one.")
@by_option
@json_option
def update(  # noqa: PLR0913, PLR0917 - one parameter per option
    file: Path,
    version: str,
    definitions: Path | None,
    force: bool,
    quiet: bool,
    actor: str,
    as_json: bool,
) -> None:
    """Install a version, show what changed, and open a task for all that cites a touched provision."""
    choices = Choices(version, definitions, force)
    with opened_store() as (store, _):
        actor_now = Actor(now().date(), actor, now())
        installed = install_version(store, file, actor_now, choices, cited=CITATION_SOURCES)
    click.echo(
        json_text(to_json.installed(installed)) if as_json else to_text.installed(installed, is_quiet=quiet)
    )


@control.command("versions")
@json_option
def versions_(as_json: bool) -> None:
    """List the versions that are installed."""
    with opened_store() as (store, _), store.reading() as connection:
        held = held_versions(connection)
    click.echo(json_text(to_json.versions(held)) if as_json else to_text.versions(held))
