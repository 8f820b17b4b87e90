"""The commands of declared operations: arguments and options from the signature, help from the docstring."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache
from importlib import import_module
from inspect import Parameter
from typing import Any

import click

from overzicht.cli.commands import Command, Group
from overzicht.cli.language import spoken
from overzicht.cli.options import DayType, Request, ValueChoice, standard
from overzicht.kit.operation import ALL, OPERATIONS, Operation, Paging, Part, kind_of, param_of


@cache
def command_in(module: str, name: str) -> click.Command:
    """Return the command of this last name in a module of operations, else a group of all its commands.

    The help of the group is the `GROUP` of the module.
    """
    loaded = import_module(f".{module}", "overzicht")
    commands = {
        operation.command.name.rpartition(" ")[2]: operation
        for operation in OPERATIONS[loaded.__name__]
        if operation.command is not None
    }
    if name in commands:
        return _command_of(commands[name], name)
    group = Group(name, help=loaded.GROUP)
    for parameter, operation in commands.items():
        group.add_command(_command_of(operation, parameter), parameter)
    return group


def _command_of(operation: Operation, name: str) -> click.Command:
    declared = operation.command
    assert declared is not None  # noqa: S101 - the caller looked
    parameters = {key: parameter for key, parameter in operation.parameters.items() if _is_offered(parameter)}

    def run(request: Request, **given: Any) -> None:
        options = [
            given[key] for key, parameter in parameters.items() if parameter.kind is Parameter.KEYWORD_ONLY
        ]
        if declared.needs and all(value in (None, False) for value in options):
            raise click.UsageError(spoken(declared.needs))
        inverted = {key for key, parameter in parameters.items() if param_of(parameter).inverts}
        values = {key: not value if key in inverted else value for key, value in given.items()}
        if any(parameter.annotation is Paging for parameter in operation.parameters.values()):
            values["paging"] = ALL
        value = operation.function(request.ask, **values)
        result = list(value.rows) if isinstance(value, Part) else value
        request.show(
            lambda: result if declared.data is None else declared.data(result),
            lambda: declared.lines(result, spoken),
            empty=spoken(declared.empty) if declared.empty else "",
        )

    reads = operation.route is None or operation.route.method == "GET"
    shared = [*(["as-of"] if operation.is_dated else []), *([] if reads else ["by"]), "json"]
    run.__doc__ = operation.meaning
    command: Callable[..., Any] = standard(*shared)(run)  # type: ignore[arg-type]  # of four names
    for key, parameter in reversed(parameters.items()):
        command = _option(key, parameter)(command)
    return click.command(name, cls=Command)(command)


def _is_offered(parameter: Parameter) -> bool:
    return parameter.annotation is not Paging and param_of(parameter).is_offered


def _option(key: str, parameter: Parameter) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator of an option, or of an argument for a parameter that can be given by place."""
    kind, words = kind_of(parameter), param_of(parameter)
    if parameter.kind is not Parameter.KEYWORD_ONLY:
        return click.argument(key, type=_click_type(kind))
    names = [words.option or f"--{key.replace('_', '-')}", key]
    if kind is bool:
        default = parameter.default is not True if words.inverts else parameter.default
        return click.option(*names, is_flag=True, default=default, help=words.help)
    if parameter.default is Parameter.empty:
        return click.option(*names, type=_click_type(kind), required=True, help=words.help)
    return click.option(*names, type=_click_type(kind), default=parameter.default, help=words.help)


def _click_type(kind: Any) -> Any:
    if kind is date:
        return DayType()
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ValueChoice(kind)
    return kind
