"""Where the command of a name is found: a command written in a module, or the operations declared in it."""

from collections.abc import Mapping
from importlib import import_module

import click

from overzicht.composition import CommandTable, installed, subjects
from overzicht.settings import read_settings


def with_subjects(sections: Mapping[str, CommandTable]) -> dict[str, CommandTable]:
    """Return the sections of the root with the commands of the subjects last in each, without empty ones."""
    merged: dict[str, dict[str, tuple[str, str]]] = {title: dict(table) for title, table in sections.items()}
    for subject in subjects():
        for title, table in subject.commands.items():
            merged.setdefault(title, {}).update(subject.modules_of(table))
    return {title: table for title, table in merged.items() if table}


def absent_commands() -> dict[str, str]:
    """Return the commands of the root whose subject is not in use here, each with the name of the subject."""
    left_out = [subject for subject in installed() if subject not in subjects()]
    return {
        name: subject.name for subject in left_out for table in subject.commands.values() for name in table
    }


def hidden_commands() -> dict[str, str]:
    """Return the commands that help leaves out, each with the name of its subject."""
    from overzicht.store.usage import hidden_subjects  # noqa: PLC0415 - only help asks

    hidden = hidden_subjects(read_settings())
    return {
        name: subject.name
        for subject in subjects()
        if subject.name in hidden
        for table in subject.commands.values()
        for name in table
    }


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
