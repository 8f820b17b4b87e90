"""The exchange file of denials; for officers, and every access is recorded."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from overzicht.subjects.licensing import denials_operations as denials
from overzicht.web.asof import OnDay
from overzicht.web.auth import Officer
from overzicht.web.uploads import attachment

router = APIRouter(prefix="/denials", tags=["denials"])
State = Annotated[
    str, Query(pattern=r"^[A-Z]{2}$", description="state whose own denials are exported, such as NL")
]


@router.get(
    "/export",
    summary="An exchange file",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}, "description": "the file, with hashes"}},
)
def export(context: Officer, day: OnDay, state: State) -> Response:
    """Return the exchange file of a state's own denials. It is as confidential as the denials."""
    content = denials.export(context.on(day), state)
    headers = {**attachment(f"denials-{state}-{day}.json"), "Cache-Control": "no-store"}
    return Response(content, media_type="application/json", headers=headers)
