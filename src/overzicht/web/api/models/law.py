"""Instruments of law and weighings as the interface gives them."""

from pydantic import BaseModel, Field

from overzicht.diligence.uses import Use


class WeighingsAsked(BaseModel):
    """Uses to weigh, as in a file of uses; without any the packaged ones are weighed."""

    uses: list[Use] = Field(default_factory=list, max_length=200)
