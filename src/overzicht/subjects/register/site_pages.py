"""Sites: each with its devices and those of listed manufacturers, on a map and in a table."""

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from overzicht.register.merging import Level
from overzicht.reports.html.charts import Picture
from overzicht.reports.site_map import SitePoint, site_map
from overzicht.store.accounts import Role
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.register import maps
from overzicht.subjects.register.charts import legend
from overzicht.subjects.register.register_day import cached, cached_counts, screen_register
from overzicht.subjects.register.sites import list_sites
from overzicht.web.auth import PageEditor, PageReader
from overzicht.web.context import PageContext
from overzicht.web.forms import see_other
from overzicht.web.page import view_of
from overzicht.web.problems import not_found
from overzicht.web.uploads import attachment, copies_of

router = APIRouter(prefix="/sites")


@router.get("", response_class=HTMLResponse)
def sites(context: PageReader) -> HTMLResponse:
    """Show the visible sites with their counts, and those with coordinates on a map."""
    screen_register(context, context.day)
    counts = cached_counts(context, _devices(context))
    points = _points(context, None)
    lines = [site for site in list_sites(context.store, context.day) if context.sees(site.organisation_id)]
    boundaries = maps.stored_boundaries(context.store)
    return context.render(
        "sites.html",
        counts=counts,
        sites=lines,
        drawing=_drawing(context, points, boundaries, is_linked=True),
        legend=legend(context.words)[:2],
        placed=sum(point.total for point in points),
        boundaries=boundaries,
        may_edit=context.may(Role.EDITOR),
    )


@router.get("/map", response_class=Response)
def drawing(context: PageReader, level: Annotated[Level, Query()] = Level.COUNTS) -> Response:
    """Return the map as a file, with what others may see at a level of detail."""
    screen_register(context, context.day)
    loaded = maps.stored_boundaries(context.store)
    content = _drawing(context, _points(context, level), loaded, is_linked=False)
    if content is None:
        raise not_found("map", context.day.isoformat())
    name = f"overzicht-{context.day.isoformat()}-{level.value}.svg"
    return Response(content.wide, media_type="image/svg+xml", headers=attachment(name))


@router.post("/boundaries")
def boundaries(context: PageEditor, file: Annotated[UploadFile, File()]) -> RedirectResponse:
    """Load the areas of a GeoJSON file for the map, in place of earlier ones."""
    with copies_of([file]) as (path,):
        maps.load_boundaries(context.store, path, context.actor())
    return see_other("/sites")


def _devices(context: PageContext) -> DeviceFilter:
    return DeviceFilter(context.day, allowed=context.allowed)


def _points(context: PageContext, level: Level | None) -> list[SitePoint]:
    def read() -> list[SitePoint]:
        with context.store.reading() as connection:
            return maps.map_points(connection, _devices(context), level)

    return cached(context, ("map", _devices(context), level), read)


def _drawing(
    context: PageContext, points: list[SitePoint], loaded: maps.Boundaries | None, *, is_linked: bool
) -> Picture | None:
    view = view_of(context.request)
    return site_map(
        points,
        loaded.regions if loaded else (),
        context.day,
        context.words,
        (lambda point: view.link("/devices", site=point.id)) if is_linked else None,
    )
