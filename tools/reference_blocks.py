"""Blocks of README that are counted or copied from the code, each between its own pair of markers."""

from collections.abc import Callable, Iterator, Mapping

import click
import reference_cards

from overzicht.cli.main import EXIT_CODES, cli
from overzicht.devices.knowledge import load_maker_cards
from overzicht.law.instruments import instruments
from overzicht.sources.lists.registry import READERS as LISTS


def exit_codes() -> str:
    """Return the exit codes on one line of running text."""
    return " · ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items()) + "."


def figures() -> str:
    """Return the numbers of commands, lists, manufacturers and instruments of law."""
    counts = {
        "commands": sum(1 for _ in leaves(cli)),
        "official lists and registers": len(LISTS),
        "manufacturers with a card of facts": len(load_maker_cards()),
        "instruments of law": len(instruments()),
    }
    return " · ".join(f"{count} {name}" for name, count in counts.items())


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, with its name as it is typed after `overzicht`."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        elif command is not None:
            yield " ".join((*path, name)), command


BLOCKS: Mapping[str, Callable[[], str]] = {
    "lists": reference_cards.lists_in_short,
    "exit codes": exit_codes,
    "figures": figures,
}


def with_blocks(page: str) -> str:
    """Return a page with all its marked blocks renewed. Raise ValueError if an end marker is missing."""
    for name, make in BLOCKS.items():
        begin, end = f"<!-- {name}: made by tools/make_reference.py -->", f"<!-- end of {name} -->"
        before, opened, rest = page.partition(begin)
        if not opened:
            continue
        _, closed, after = rest.partition(end)
        if not closed:
            raise ValueError(f"README: {end} is missing")
        page = f"{before}{begin}\n{make()}\n{end}{after}"
    return page
