"""Reading of files from outside in a child process with limits, without network."""

from overzicht.isolation.calls import calls_are_filtered, in_child, stream_in_child
from overzicht.isolation.errors import ReaderFaultError, ReadingLimitError
from overzicht.isolation.limits import Limits
from overzicht.safereading import is_trusted, set_limits, trust_input

__all__ = [
    "Limits",
    "ReaderFaultError",
    "ReadingLimitError",
    "calls_are_filtered",
    "in_child",
    "is_trusted",
    "set_limits",
    "stream_in_child",
    "trust_input",
]
