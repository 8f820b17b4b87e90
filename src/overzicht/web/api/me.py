"""`/me`: the account of the request and its roles."""

from fastapi import APIRouter
from pydantic import BaseModel

from overzicht.store.accounts import Grant
from overzicht.web.auth import Reader

router = APIRouter(tags=["me"])


class MeResponse(BaseModel):
    """An account and its roles; `name` is empty for the local reader.

    A grant for the empty organisation is for all organisations.
    """

    name: str
    is_local: bool
    grants: tuple[Grant, ...]


@router.get("/me", summary="The account of this request")
def me(context: Reader) -> MeResponse:
    """Return the account of the token or session, and its roles."""
    principal = context.principal
    return MeResponse(name=principal.name, is_local=principal.is_local, grants=tuple(principal.grants))
