"""The log of all changes."""

from pydantic import BaseModel


class LogCheckModel(BaseModel):
    """Whether the chain of the log adds up; where it is broken, at which entry and why."""

    is_whole: bool
    entries: int
    fault: str
