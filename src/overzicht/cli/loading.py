"""Where the command of a name is found: a module of the command line, or the operations of a subject."""

from importlib import import_module

import click


def load_command(module: str, name: str) -> click.Command:
    """Return the command or group of a name; its module is imported now, so that --help answers at once."""
    if module.startswith("subjects."):
        from overzicht.cli.operations import command_in  # noqa: PLC0415 - what it needs loads slowly

        return command_in(module, name)
    loaded = import_module(f"overzicht.cli.{module}")
    command: click.Command = getattr(loaded, f"{name}_", None) or getattr(loaded, name)
    return command
