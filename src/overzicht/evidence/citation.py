"""A citation: a place in a snapshot, or in a public document that a reader can open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from overzicht.evidence.snapshot import Snapshot
from overzicht.evidence.stored import JsonRecord


@dataclass(frozen=True, slots=True)
class Citation(JsonRecord):
    """The source of a claim, the place in it, and the exact bytes if we have them.

    `snapshot` is the sha256 of the bytes, or empty for a document that is cited by address only.
    """

    source: str
    title: str
    place: str = ""
    address: str = ""
    snapshot: str = ""
    published: date | None = None
    retrieved: date | None = None
    official: bool = True
    complete: bool = True

    @classmethod
    def of(cls, snapshot: Snapshot, place: str, *, title: str) -> "Citation":
        """Return the citation of `place` in `snapshot`; `title` is the reader's name of the source."""
        return cls(
            source=snapshot.source,
            title=title,
            place=place,
            address=snapshot.address,
            snapshot=snapshot.sha256,
            published=snapshot.published,
            retrieved=snapshot.retrieved,
            official=snapshot.official,
            complete=snapshot.complete,
        )

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Identity of a citation: source, bytes, place and address."""
        return (self.source, self.snapshot, self.place, self.address)


def unique(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations in order, without duplicates."""
    return tuple({citation.key: citation for citation in citations}.values())
