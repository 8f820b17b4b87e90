"""A snapshot: the exact bytes of a source, their address and date."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of one part of a source, as bytes named by their hash.

    `source` is a list id such as `eu-fsf`, `part` the piece of it that this file replaces (`""` if a list is
    one file). `published` is the date of the state according to the publisher, `retrieved` the date of
    retrieval; either may be None. `official` is False for anything but the publisher's own bytes. `complete`
    is False if records are known to be missing. Both are shown wherever the snapshot is cited.
    """

    sha256: str
    source: str
    part: str
    filename: str
    size_bytes: int
    address: str = ""
    published: date | None = None
    retrieved: date | None = None
    layout: str = ""
    official: bool = True
    complete: bool = True
    remarks: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The first twelve hexadecimal digits of the hash: enough to name it in a report."""
        return self.sha256[:12]
