"""Reference pages that are made from the code: commands, exit codes, the report's schema, traces."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import click
from reference_markdown import code, prose, table

import overzicht
from overzicht.cli.commands import example_of
from overzicht.cli.main import EXIT_CODES, cli
from overzicht.devices import conclusion as decide
from overzicht.devices.sighting import DeviceKind, Trace
from overzicht.devices.traces import brand
from overzicht.devices.traces.interface import Family
from overzicht.errors import OverzichtError
from overzicht.evidence import Answer, Confidence, FindingKind

OUT_MEANING = (
    "Write the whole result to a file. The extension chooses the format, and `-` is standard output. "
    "An incomplete file is never written. "
    "Standard output then has a summary, or the text of a command without a summary."
)


def commands() -> str:
    """Return the page of all commands with their options, as click knows them."""
    parts = [
        "# Commands",
        (
            "Every command takes `-h` or `--help`. The result goes to standard output, and messages go to "
            "standard error. Dates are `YYYY-MM-DD` or `today`. "
            "See also [exit codes](exit-codes.md) and [settings](settings.md)."
        ),
        "## Options with one meaning",
        table(
            ("option", "meaning on every command that has it"),
            [
                ("`--json`", "Print the result as JSON, and nothing else, to standard output."),
                ("`--lang`", "Language of sentences, pages and documents. JSON keys never change."),
                ("`--as-of`", "Answer as of this date: law, lists, register and dossiers of that date."),
                ("`--out`", OUT_MEANING),
                ("`--by`", "Name recorded in the audit log."),
            ],
        ),
    ]
    with click.Context(cli, info_name="overzicht") as context:
        parts += [_command("overzicht", cli, context)]
        parts += list(_below("overzicht", cli, context))
    return "\n\n".join(parts)


def _below(name: str, group: click.Group, context: click.Context) -> Iterator[str]:
    for sub in group.list_commands(context):
        command = group.get_command(context, sub)
        if command is None or command.hidden:
            continue
        path = f"{name} {sub}"
        with click.Context(command, info_name=sub, parent=context) as own:
            yield _command(path, command, own)
            if isinstance(command, click.Group):
                yield from _below(path, command, own)


def _command(path: str, command: click.Command, context: click.Context) -> str:
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    parts = [f"## {path}", f"```text\n{usage}\n```", prose(inspect.cleandoc(command.help or ""))]
    parts.append(f"Example: `{example_of(path.removeprefix('overzicht').strip())}`")
    options = [param for param in command.params if isinstance(param, click.Option)]
    if options:
        parts.append(table(("option", "meaning", "default", "environment"), map(_option, options)))
    if isinstance(command, click.Group):
        subs = command.list_commands(context)
        parts.append(
            "Commands: " + ", ".join(f"[`{sub}`](#{_anchor(f'{path} {sub}')})" for sub in subs) + "."
        )
    return "\n\n".join(part for part in parts if part)


def _anchor(heading: str) -> str:
    return heading.lower().replace(" ", "-")


def _option(option: click.Option) -> tuple[str, str, str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else f" `{_value(option)}`"
    about = (option.help or "").rstrip()
    about += " May be given more than once." if option.multiple and "more than once" not in about else ""
    about += " Required." if option.required else ""
    env = option.envvar if isinstance(option.envvar, str) else ""
    return f"{names}{value}", about, _default(option), code(env)


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "|".join(option.type.normalize_choice(choice, None) for choice in option.type.choices)
    return option.metavar or option.type.name.upper()


def _default(option: click.Option) -> str:
    if isinstance(option.show_default, str):
        return option.show_default
    return code(str(option.default)) if option.show_default and not option.is_flag else ""


def exit_codes() -> str:
    """Return the page of exit codes, and of each error a user can meet, by its slug."""
    codes = [(str(code), meaning) for code, meaning in EXIT_CODES.items()]
    parts = [
        "# Exit codes and errors",
        (
            "The codes are part of the public interface, so scripts can use them. If a command processes "
            "several files or lists, one error does not stop the others, and the highest code is returned."
        ),
        table(("code", "meaning"), codes),
        (
            "## Errors\n\nA message names the file, the record, the reason and, after an arrow, a fix. "
            "Any other error is a fault of the program and shows its traceback. Report it."
        ),
    ]
    errors = sorted(_error_classes(), key=lambda error: (error.exit_code, error.slug))
    parts += [_error(error) for error in errors]
    return "\n\n".join(parts)


def _error(error: type[OverzichtError]) -> str:
    about = prose(inspect.getdoc(error))
    return f"### {error.slug}\n\n{about}\n\nExit code {error.exit_code}, `{error.__name__}`."


def _error_classes() -> Iterator[type[OverzichtError]]:
    """Yield the error class of each slug: an error without a slug of its own is like the one above it."""
    for module in pkgutil.walk_packages(overzicht.__path__, "overzicht."):
        if ".migrations." not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    queue, seen = [OverzichtError], set()
    while queue:
        error = queue.pop()
        queue += error.__subclasses__()
        if error is not OverzichtError and error.slug not in seen:
            seen.add(error.slug)
            yield error


def report_schema() -> str:
    """Return the page of the JSON report: a table per object of the schema."""
    schema = json.loads(
        files("overzicht.reports").joinpath("overview.schema.json").read_text(encoding="utf-8")
    )
    parts = [
        "# The JSON report, field by field",
        (
            "Made from [`overview.schema.json`](../../src/overzicht/reports/overview.schema.json). "
            "[The report and its formats](report.md) describes all formats."
        ),
        "## The report",
        _fields(schema),
    ]
    for name, definition in schema["$defs"].items():
        parts += [f"## {name}", definition.get("description", "")]
        parts.append(_fields(definition) if "properties" in definition else f"Form: {_form(definition)}.")
    return "\n\n".join(part for part in parts if part)


def _fields(definition: dict[str, Any]) -> str:
    required = set(definition.get("required", ()))
    rows = [
        (
            code(name),
            _form(field),
            field.get("description", "") + ("" if name in required else " May be absent."),
        )
        for name, field in definition["properties"].items()
    ]
    return table(("field", "form", "meaning"), rows)


def _form(field: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "const" in field:
        return code(json.dumps(field["const"]))
    if "enum" in field:
        return " or ".join(code(json.dumps(value)) for value in field["enum"])
    for word in ("anyOf", "oneOf"):
        if word in field:
            return " or ".join(_form(option) for option in field[word])
    if field.get("type") == "array":
        return f"list of {_form(field.get('items', {}))}"
    kind = field.get("type", "any value")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def traces() -> str:
    """Return the page of traces, their strength, and the words of answers."""
    return "\n\n".join(
        [
            "# Traces and answers",
            (
                "The properties of a device that an inventory can contain, and how they determine the "
                "manufacturer. The tables come from the documentation of the code."
            ),
            "## Kinds of trace",
            table(("trace", "meaning"), _commented(Trace)),
            "## Families",
            "Traces of one family are not independent. Only the strongest counts for each manufacturer.",
            table(("family", "content"), _commented(Family)),
            "## From traces to a manufacturer",
            _without_title(decide.__doc__),
            "## The strength of a brand",
            _without_title(brand.__doc__),
            "## Kinds of device",
            ", ".join(code(kind.value) for kind in DeviceKind) + ".",
            "## Answers, confidence, findings",
            table(
                ("words", "values", "meaning"),
                [
                    (kind.__name__, ", ".join(code(value.value) for value in kind), prose(kind.__doc__))
                    for kind in (Answer, Confidence, FindingKind)
                ],
            ),
        ]
    )


def _without_title(docstring: str | None) -> str:
    return prose((docstring or "").split("\n", 1)[1])


def _commented(kind: type[Trace] | type[Family]) -> list[tuple[str, str]]:
    """Return each value of an enumeration with the comment behind it."""
    comments = dict(
        re.findall(r'^\s+([A-Z_0-9]+) = "[^"]*"[ ]*(?:#[ ]*(.*))?$', inspect.getsource(kind), re.M)
    )
    return [(code(value.value), comments[value.name] or value.value) for value in kind]
