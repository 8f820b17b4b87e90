"""How a command reads files from outside: in a child process, within limits that settings can change."""

import click

from overzicht import isolation
from overzicht.cli.language import translate
from overzicht.settings import read_settings

MEGABYTE = 1_000_000
SETTINGS = {"reading_seconds": ("seconds", 1), "reading_memory_mb": ("memory", MEGABYTE)}


def settle_reading(ctx: click.Context, *, trust_input: bool) -> None:
    """Set the limits of reading for the process; with `trust_input`, the command reads files itself."""
    values = read_settings().values
    limits = {}
    for name, (limit, unit) in SETTINGS.items():
        given = values.get(name, "")
        if given and not (given.isascii() and given.isdigit() and int(given) > 0):
            message = translate("OVERZICHT_{name} is {value}. Use a whole number from 1")
            raise click.UsageError(message.format(name=name.upper(), value=repr(given)))
        if given:
            limits[limit] = int(given) * unit
    isolation.set_limits(seconds=limits.get("seconds"), memory=limits.get("memory"))
    if trust_input:
        ctx.with_resource(isolation.trust_input())
