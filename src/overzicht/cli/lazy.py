"""A group of commands whose modules are loaded only when they are called, so that --help answers at once."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click

CommandTable = Mapping[str, tuple[str, str, str]]  # name: (module of cli, attribute, one line for --help)


class LazyGroup(click.Group):
    """A group that knows its commands by a table and imports one when it is used."""

    def __init__(self, *args: Any, table: CommandTable | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table: CommandTable = table or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None when there is none of that name."""
        del ctx
        if cmd_name not in self.table:
            return None
        module, attribute, _ = self.table[cmd_name]
        command: click.Command = getattr(import_module(f"overzicht.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command table without importing any command."""
        del ctx
        rows = [(name, line) for name, (_, _, line) in self.table.items()]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


def lazy_group(table: CommandTable, **kwargs: Any) -> Callable[[Callable[..., Any]], click.Group]:
    """Return a decorator that makes a group of the commands in `table`."""
    return click.group(cls=LazyGroup, table=table, **kwargs)
