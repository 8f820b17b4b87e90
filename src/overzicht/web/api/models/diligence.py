"""What programs say in a working file of due diligence."""

from datetime import date

from pydantic import BaseModel, Field

from overzicht.diligence.words import (
    HIGHEST,
    LOWEST,
    ActionKind,
    ActionState,
    Involvement,
    Leverage,
    RecordKind,
)
from overzicht.web.api.models.shared import Key, Line, Lines

LEVEL = Field(ge=LOWEST, le=HIGHEST, description="1 (small) to 4 (very great)")


class FileAsked(BaseModel):
    """A file to begin."""

    organisation: Key = Field(description="an id or name in the register; with `run` any name")
    name: Line = Field(default="", description="what the file is called; default: as the organisation")
    run: Line = Field(default="", description="the overview run to make the map of, instead of the register")


class MapAsked(BaseModel):
    """A map to make."""

    run: Line = Field(default="", description="the overview run to make it of; default: as before")


class JudgementAsked(BaseModel):
    """A judgement of a risk; severity is the greatest of its three parts."""

    risk: Key
    scale: int = LEVEL
    scope: int = LEVEL
    irremediability: int = LEVEL
    likelihood: int = LEVEL
    involvement: Involvement
    leverage: Leverage
    reason: Lines = Field(description="why it is so severe")
    likelihood_reason: Lines
    leverage_reason: Lines = ""


class RecordAsked(BaseModel):
    """A record in words, with what shows it."""

    kind: RecordKind
    what: Lines
    source: Lines = ""
    address: Lines = Field(default="", description="https://… or empty")


class ActionAsked(BaseModel):
    """An action against a risk."""

    risk: Key
    kind: ActionKind
    what: Lines
    owner: Line
    due: date


class ProgressAsked(BaseModel):
    """Where an action stands."""

    state: ActionState
    note: Lines = ""


class WithdrawalAsked(BaseModel):
    """Why an entry no longer counts."""

    reason: Lines
