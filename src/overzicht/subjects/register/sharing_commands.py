"""`overzicht register publish`, `merge` and `describe`: registers for others, together, in a catalogue."""

from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.language import speak
from overzicht.cli.options import NEW_FILE, Request, ValueChoice, file_argument, standard
from overzicht.cli.output import json_text, write_whole
from overzicht.register.merging import Level, merge
from overzicht.reports.exports import dcat
from overzicht.reports.registers.register_lines import merged_lines
from overzicht.subjects.register.describing import read_publication
from overzicht.subjects.register.publishing import publish as published
from overzicht.subjects.register.publishing import read_published


@command()
@click.argument("file", type=NEW_FILE)
@click.option("--organisation", required=True, help="Id or name of an organisation, with all below it.")
@click.option(
    "--level",
    type=ValueChoice(Level),
    default="counts",
    show_default=True,
    help="Level of detail: counts, models too, or every device without its addresses.",
)
@standard("as-of", "by", "json")
def publish(request: Request, file: Path, organisation: str, level: Level) -> None:
    """Write the register of an organisation to FILE (JSON) for others.

    MAC and network addresses and serial numbers are never in it.
    """
    data = published(request.store, organisation, level, request.act)
    write_whole(file, f"{json_text(data)}\n")
    total, name = data["counts"]["total"], data["organisation"]["name"]
    request.say(
        {"file": str(file), "devices": total, "organisation": name, "level": level},
        speak(
            "{file}: {count} devices of {organisation}, level {level}",
            file=file,
            count=total,
            organisation=name,
            level=level,
        ),
    )


@command("merge")
@file_argument(several=True)
@standard("lang", "json", out=(".html", ".json"))
def merge_(request: Request, files: tuple[Path, ...]) -> None:
    """Combine published registers into one overview. Nothing is counted twice."""
    from overzicht.reports.registers.page import render_merged  # noqa: PLC0415 - pictures load slowly

    merged = merge([read_published(path) for path in files])
    request.deliver(
        {
            ".html": lambda: render_merged(merged, request.language),
            ".json": lambda: f"{request.json_text(merged)}\n",
        },
        lambda: merged_lines(merged, request.words),
    )


@command()
@file_argument(several=True)
@click.option("--address", required=True, help="Address of the folder that the files are below (required).")
@click.option("--publisher", required=True, help="Name of the body that publishes (required).")
@click.option("--email", required=True, help="Mail address for questions about the data (required).")
@click.option(
    "--license",
    "license_",
    default=dcat.UNKNOWN_LICENSE,
    show_default=True,
    help="Address of the licence of the data.",
)
@standard("json", out=(".jsonld", ".json"))
def describe(
    request: Request, files: tuple[Path, ...], address: str, publisher: str, email: str, license_: str
) -> None:
    """Describe published files for portals of open data: DCAT-AP-NL 3.0 in JSON-LD.

    FILES are registers of `register publish` and overviews of `census publish`.
    """
    data = [read_publication(path, address) for path in files]
    catalogue = dcat.catalogue(address, dcat.Publisher(publisher, email, license_), data)

    def content() -> str:
        return f"{json_text(catalogue)}\n"

    request.deliver({".jsonld": content, ".json": content})
