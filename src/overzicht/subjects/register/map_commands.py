"""`overzicht register map`: the sites of equipment on a map, drawn from boundaries of your own."""

from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.language import speak, translate
from overzicht.cli.options import EXISTING_FILE, NEW_FILE, Request, ValueChoice, standard
from overzicht.cli.output import write_whole
from overzicht.register.merging import Level
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.register import maps
from overzicht.subjects.register.listings import refresh_listings


@command("map")
@click.argument("file", type=NEW_FILE)
@click.option(
    "--boundaries",
    type=EXISTING_FILE,
    help="GeoJSON file with polygons in degrees. It is stored for the page of the map too.",
)
@click.option(
    "--level",
    type=ValueChoice(Level),
    default="counts",
    show_default=True,
    help="Level of detail: counts and models show numbers by large area, full shows the sites.",
)
@standard("as-of", "by", "lang", "json")
def map_(request: Request, file: Path, boundaries: Path | None, level: Level) -> None:
    """Write the map of the sites to FILE (SVG), with what others may see at a level of detail.

    Devices at a home are never on it. Nothing is fetched from the internet.
    """
    from overzicht.reports.site_map import site_map  # noqa: PLC0415 - drawing loads slowly

    store = request.store
    if boundaries is not None:
        maps.load_boundaries(store, boundaries, request.act)
    refresh_listings(store, request.as_of, request.act)
    with store.reading() as connection:
        points = maps.map_points(connection, DeviceFilter(request.as_of), level)
    loaded = maps.stored_boundaries(store)
    drawing = site_map(points, loaded.regions if loaded else (), request.as_of, request.words)
    if drawing is None:
        raise click.UsageError(translate("no device has coordinates, and no boundaries are loaded"))
    write_whole(file, f"{drawing.wide}\n")
    total = sum(point.total for point in points)
    request.say(
        {"file": str(file), "places": len(points), "devices": total, "level": level},
        speak(
            "{file}: {count} devices at {places} places, level {level}",
            file=file,
            count=total,
            places=len(points),
            level=level,
        ),
    )
