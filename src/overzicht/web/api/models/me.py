"""Who asks."""

from pydantic import BaseModel


class GrantModel(BaseModel):
    """A role for an organisation; the empty organisation stands for all."""

    role: str
    organisation: str


class MeModel(BaseModel):
    """Who asks and what they may do; `name` is empty for the reader at the machine itself."""

    name: str
    is_local: bool
    grants: list[GrantModel]
