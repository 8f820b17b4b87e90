"""Changes: the register on two dates or after two imports, and the document of it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.register.terms import Status
from overzicht.reports.comparison.content import comparison_document
from overzicht.reports.html import charts
from overzicht.store.register.imports import list_imports
from overzicht.subjects.register import compare_routes as api
from overzicht.subjects.register.charts import trend_of
from overzicht.web.auth import PageReader
from overzicht.web.clock import today
from overzicht.web.context import PageContext
from overzicht.web.fields import Line
from overzicht.web.organisations import organisation_choices

router = APIRouter(prefix="/compare")
MOST_POINTS = 7  # dates of inventories in the trend, and the date of the page
_AMOUNT = re.compile(r"[-+\u2212]?\d[\d.,]*")
FORMS = (("pdf", "PDF"), ("docx", "Word"), ("odt", "OpenDocument"), ("html", "HTML"))


@router.get("", response_class=HTMLResponse)
def compare(
    context: PageReader,
    first: Annotated[Line, Query(alias="from")] = "",
    second: Annotated[Line, Query(alias="to")] = "",
    organisation: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show the form, and what changed between the two dates if both are given."""
    is_asked = bool(first and second)
    changes = api.compare(context, first, second, organisation) if is_asked else None
    query = {"from": first, "to": second, "organisation": organisation}
    days: Sequence[date] = () if is_asked else _days_of_inventories(context)
    earlier = [day for day in days if day < context.day]
    return context.render(
        "compare.html",
        trend=None if is_asked else trend_of(context, [*earlier[-MOST_POINTS:], context.day]),
        has_charts=charts.are_available(),
        changes=changes,
        document=comparison_document(changes, context.words.lang) if changes else None,
        query=query if is_asked else {"from": _date_before(days), "to": context.day.isoformat()},
        file=urlencode({name: value for name, value in query.items() if value}),
        forms=FORMS,
        is_amount=_AMOUNT.fullmatch,
        organisations=organisation_choices(context, today()),
    )


def _date_before(days: Sequence[date]) -> str:
    """Return the last date of an accepted inventory before the newest one; empty if there is none."""
    return days[-2].isoformat() if len(days) > 1 else ""


def _days_of_inventories(context: PageContext) -> Sequence[date]:
    with context.store.reading() as connection:
        accepted = list_imports(connection, context.allowed_ids(today()), Status.ACCEPTED)
    return sorted({import_.day for import_ in accepted if import_.day <= context.day})
