"""`/catalog`: what the service can publish, described for portals of open data (DCAT-AP-NL 3.0, JSON-LD)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse

from overzicht.composition import API_PREFIX
from overzicht.register.merging import Level
from overzicht.reports.exports.dcat import (
    RESTRICTED,
    UNKNOWN_LICENSE,
    DataService,
    PublishedData,
    Publisher,
    catalogue,
)
from overzicht.subjects.census import round_records as stored_rounds
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.publishing import published_overview
from overzicht.subjects.register.describing import overview_words, words_of_register
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.contacts import contact_of
from overzicht.web.context import RequestContext
from overzicht.web.fields import Line
from overzicht.web.organisations import visible_organisations

router = APIRouter(tags=["register"])


class LinkedData(JSONResponse):
    """A JSON-LD document."""

    media_type = "application/ld+json"


@router.get("/catalog", summary="Catalogue of what can be published", response_class=LinkedData)
def catalog(
    context: Reader,
    day: OnDay,
    license_: Annotated[
        Line, Query(alias="license", description="address of the licence of the data")
    ] = UNKNOWN_LICENSE,
) -> LinkedData:
    """Return the catalogue of the registers that the token may change, and of published overviews of rounds.

    Each address asks for a token, so the data are restricted. `overzicht register describe` describes files
    that everybody can read.
    """
    options = context.service.options
    base = (options.public_address or str(context.request.base_url)).rstrip("/") + API_PREFIX
    contact = contact_of(context.service.settings.values)
    publisher = Publisher(contact["name"], contact["email"], license_, contact["url"])
    service = DataService(
        base, "Overzicht", "The overview of surveillance equipment for programs.", f"{base}/openapi.json"
    )
    data = list(_data(context, base, day))
    whole: dict[str, Any] = catalogue(f"{base}/catalog", publisher, data, access=RESTRICTED, service=service)
    return LinkedData(whole)


def _data(context: RequestContext, base: str, day: date) -> Iterator[PublishedData]:
    for line in visible_organisations(context, day):
        if not context.may_change(line.id):
            continue
        address = f"{base}/organisations/{line.id}/published?asOf={day}"
        title, description = words_of_register(line.name, Level.COUNTS, day)
        yield PublishedData(address, title, description, day, line.name)
    with context.store.reading() as connection:
        rounds = stored_rounds.list_rounds(connection)
    for own in rounds:
        if overview := published_overview(context.store, own.id, day, Question()):
            title, description = overview_words(overview.title, overview.day)
            address = f"{base}/census/{own.id}?asOf={overview.day}&published=true"
            yield PublishedData(address, title, description, overview.day)
