"""Where the command of a name is found: a command written in a module, or the operations declared in it."""

from collections.abc import Mapping
from importlib import import_module

import click

from overzicht.composition import CommandTable, subjects


def with_subjects(sections: Mapping[str, CommandTable]) -> dict[str, CommandTable]:
    """Return the sections of the root with the commands of the subjects last in each, without empty ones."""
    merged: dict[str, dict[str, tuple[str, str]]] = {title: dict(table) for title, table in sections.items()}
    for subject in subjects():
        for title, table in subject.commands.items():
            merged.setdefault(title, {}).update(subject.modules_of(table))
    return {title: table for title, table in merged.items() if table}


def with_added(group: str, table: CommandTable) -> CommandTable:
    """Return the commands of a group with those that other subjects put below it."""
    added = (subject.modules_of(subject.below.get(group, {})) for subject in subjects())
    return {**table, **{name: row for rows in added for name, row in rows.items()}}


def load_command(module: str, name: str) -> click.Command:
    """Return the command or group of a name; its module is imported now, so that --help answers at once."""
    loaded = import_module(f".{module}", "overzicht")
    for written in (getattr(loaded, f"{name}_", None), getattr(loaded, name, None)):
        if isinstance(written, click.Command):
            return written
    from overzicht.cli.operations import command_in  # noqa: PLC0415 - what it needs loads slowly

    return command_in(module, name)
