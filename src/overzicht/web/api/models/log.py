"""The log of all changes."""

from typing import Any

from pydantic import BaseModel


class LogEntryModel(BaseModel):
    """An entry of the log; its hash covers the entry and the hash before it."""

    seq: int
    at: str
    by: str
    action: str
    subject: str
    detail: dict[str, Any]
    hash: str


class LogCheckModel(BaseModel):
    """Whether the chain of the log adds up; where it is broken, at which entry and why."""

    is_whole: bool
    entries: int
    fault: str
