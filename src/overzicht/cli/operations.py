"""The commands of declared operations: arguments and options from the signature, help from the docstring."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import Enum
from functools import cache, partial
from importlib import import_module
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import click
from pydantic import BaseModel

from overzicht.cli.commands import Command, Group
from overzicht.cli.language import spoken
from overzicht.cli.options import (
    AS_OF_HELP,
    COUNTRY,
    EXISTING,
    FOLDER,
    NEW_FILE,
    PATH,
    DayType,
    Request,
    ValueChoice,
    standard,
)
from overzicht.cli.output import Formats
from overzicht.errors import EXIT_INCOMPLETE
from overzicht.kit.operation import (
    ALL,
    NEWEST,
    OPERATIONS,
    CheckedPart,
    MisuseError,
    Operation,
    Paging,
    Param,
    Part,
    Upload,
    kind_of,
    param_of,
)


@cache
def command_in(module: str, name: str) -> click.Command:
    """Return the command of this last name in a module of operations, else a group of all its commands.

    The help of the group is the `GROUP` of the module.
    """
    commands = _commands_in(module)
    if name in commands:
        return _command_of(commands[name], name)
    return group_of(module, name, *commands)


def group_of(module: str, name: str, *commands: str | click.Command) -> Group:
    """Return the group of a module of operations: their commands by name, and those written by hand."""
    declared = _commands_in(module)
    group = Group(name, help=import_module(f".{module}", "overzicht").GROUP)
    for command in commands:
        group.add_command(
            command if isinstance(command, click.Command) else _command_of(declared[command], command)
        )
    return group


def _commands_in(module: str) -> dict[str, Operation]:
    return {
        operation.command.name.rpartition(" ")[2]: operation
        for operation in OPERATIONS[import_module(f".{module}", "overzicht").__name__]
        if operation.command is not None
    }


def _command_of(operation: Operation, name: str) -> click.Command:
    declared = operation.command
    assert declared is not None  # noqa: S101 - the caller looked
    parameters = {key: parameter for key, parameter in operation.parameters.items() if _is_offered(parameter)}
    lines = declared.lines if callable(declared.lines) else _lines_named(declared.lines)

    def run(request: Request, **given: Any) -> int:
        options = [
            given[key] for key, parameter in parameters.items() if parameter.kind is Parameter.KEYWORD_ONLY
        ]
        if declared.needs and all(value in (None, False) for value in options):
            raise click.UsageError(spoken(declared.needs))
        inverted = {key for key, parameter in parameters.items() if param_of(parameter).inverts}
        values = {
            key: not value if key in inverted else _value_of(parameters[key], value)
            for key, value in given.items()
        }
        if any(parameter.annotation is Paging for parameter in operation.parameters.values()):
            values["paging"] = ALL
        try:
            value = operation.function(request.ask, **values)
        except MisuseError as error:
            raise click.UsageError(spoken(error.sentence)) from error
        result = list(value.rows) if isinstance(value, Part) else value
        problems = value.problems if isinstance(value, CheckedPart) else ()
        data = declared.data or operation.shown
        formats: Formats = {
            ending: partial(write, result, request.words) for ending, write in (declared.files or {}).items()
        }
        request.deliver(
            {**formats, ".json": lambda: f"{request.json_text(data(result))}\n"},
            lambda: lines(result, request.wording),
            empty=spoken(declared.empty) if declared.empty and not problems else "",
        )
        code = request.report(problems)
        return EXIT_INCOMPLETE if declared.is_incomplete and declared.is_incomplete(result) else code

    reads = operation.route is None or operation.route.method == "GET"
    has_as_of = operation.is_dated and declared.day is None
    shared: Sequence[str] = (*(["as-of"] if has_as_of else []), *([] if reads else ["by"]), "json")
    shared = shared if declared.options is None else declared.options
    run.__doc__ = operation.meaning
    out = () if declared.files is None else (*declared.files, ".json")
    command: Callable[..., Any] = standard(*shared, out=out)(run)  # type: ignore[arg-type]  # of four names
    if declared.day is not None:
        day, newest = declared.day, declared.day.shows_default
        command = click.option(
            day.option or "--as-of",
            "as_of",
            type=DayType(),
            default=NEWEST if newest else "today",
            show_default=newest or True,
            help=day.help or AS_OF_HELP,
        )(command)
    for key, parameter in reversed(parameters.items()):
        command = _option(key, parameter)(command)
    return click.command(name, cls=Command)(command)


def _lines_named(name: str) -> Callable[[Any, Any], Iterable[str]]:
    """Return the lines of a function that words them by itself, named by its module below overzicht."""
    module, _, function = name.rpartition(".")
    lines = getattr(import_module(f".{module}", "overzicht"), function)
    return lambda result, _say: lines(result)


def _is_offered(parameter: Parameter) -> bool:
    return parameter.annotation is not Paging and param_of(parameter).is_offered


def _option(key: str, parameter: Parameter) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator of an option, or of an argument for a parameter that can be given by place."""
    kind, words = kind_of(parameter), param_of(parameter)
    if _is_file(kind):
        return click.argument(key, metavar="FILE", type=PATH)
    is_required = parameter.default is Parameter.empty
    settings: dict[str, Any]
    is_several = get_origin(kind) is tuple
    if parameter.kind is not Parameter.KEYWORD_ONLY:
        settings = {"nargs": -1, "required": is_required} if is_several else {}
        if not (is_several or is_required):
            settings["default"] = parameter.default
        item = get_args(kind)[0] if is_several else kind
        return click.argument(key, metavar=words.option or None, type=_click_type(item, words), **settings)
    settings = {"help": words.help}
    if kind is bool:
        settings["is_flag"] = True
        settings["default"] = parameter.default is not True if words.inverts else parameter.default
    else:
        settings["metavar"] = words.metavar or None
        settings["type"] = _click_type(get_args(kind)[0] if is_several else kind, words)
        if is_required:
            settings["required"] = True
        elif is_several:
            settings["multiple"] = True
        else:
            default = parameter.default
            settings["default"] = default.value if isinstance(default, Enum) else default
            settings["show_default"] = words.shows_default or None
    return click.option(words.option or f"--{key.replace('_', '-')}", key, **settings)


def _is_file(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, (Upload, BaseModel))


def _value_of(parameter: Parameter, value: Any) -> Any:
    """Return the value of a parameter; a path is read as the file that it means."""
    kind = kind_of(parameter)
    if not isinstance(value, Path) or not _is_file(kind):
        return value
    from overzicht.workflows.typed_files import checked, load_text, named_bytes  # noqa: PLC0415 - for files

    raw, name = named_bytes(value, param_of(parameter).limit)
    return Upload(name, raw) if kind is Upload else checked(kind, load_text(raw, name), name)


def _click_type(kind: Any, words: Param) -> Any:
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if words.is_country:
        return COUNTRY
    if words.between:
        return click.IntRange(*words.between)
    if kind is Path:
        return {"folder": FOLDER, "new file": NEW_FILE, "there": EXISTING}.get(words.path, PATH)
    if words.choices or (isinstance(kind, type) and issubclass(kind, Enum)):
        return ValueChoice(words.choices or kind)
    if get_origin(kind) is Literal:
        return click.Choice(get_args(kind))
    return DayType() if kind is date else kind
