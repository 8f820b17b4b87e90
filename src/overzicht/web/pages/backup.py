"""Copies of the store: check it, make a copy to download, and try a restore of a copy."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from overzicht.web.api import service as api
from overzicht.web.auth import PageAdmin
from overzicht.web.forms import FormOf, add_forms

router = APIRouter(prefix="/backup")


@router.get("", response_class=HTMLResponse)
def show(context: PageAdmin) -> HTMLResponse:
    """Show the forms that check the store, copy it, and try a restore."""
    return context.render("backup.html")


add_forms(
    router,
    FormOf("/check", api.check_store, "/jobs/{done.id}"),
    FormOf("/export", api.export, "/jobs/{done.id}"),
    FormOf("/restore-test", api.try_restore, "/jobs/{done.id}"),
)
