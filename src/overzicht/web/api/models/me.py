"""Who asks."""

from pydantic import BaseModel

from overzicht.store.accounts import Grant


class MeModel(BaseModel):
    """Who asks and what they may do; `name` is empty for the reader at the machine itself.

    A grant for the empty organisation is for all of them.
    """

    name: str
    is_local: bool
    grants: tuple[Grant, ...]
