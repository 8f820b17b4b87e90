"""`/me`: who asks, and what they may do."""

from fastapi import APIRouter

from overzicht.web.api.models.me import MeModel
from overzicht.web.auth import Reader

router = APIRouter(tags=["me"])


@router.get("/me", summary="Who asks")
def me(who: Reader) -> MeModel:
    """Return the account of the token or session that came along, and its roles."""
    return MeModel(name=who.name, is_local=who.is_local, grants=tuple(who.grants))
