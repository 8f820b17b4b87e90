"""The control list: versions, provisions in context, hits of a search, changes between two versions."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator

from overzicht.evidence import Citation, Text
from overzicht.subjects.control_list.diff import Change, ChangeKind
from overzicht.subjects.control_list.model import Join, NoteKind
from overzicht.subjects.control_list.quantity import Threshold
from overzicht.subjects.control_list.references import ProvisionContext
from overzicht.subjects.control_list.search import Hit
from overzicht.subjects.control_list.versions import OpenedVersion
from overzicht.views.view import View, at

Named = Annotated[str, BeforeValidator(str)]  # of a value that has a name of its own
Count = Annotated[int, BeforeValidator(len)]


class ControlListVersion(View):
    """An installed version."""

    version: str = at("name")
    day: date
    sha256: str = at("snapshot.sha256")
    file: str = at("snapshot.filename")
    provisions: int = at("stored.record_count")
    corrections: Count = at("snapshot.remarks")


class ProvisionLine(View):
    """A provision by itself."""

    path: str
    text: str


class ProvisionTree(ProvisionLine):
    """A provision with everything below it."""

    join: Join
    thresholds: tuple[Threshold, ...]
    children: tuple["ProvisionTree", ...]


class NoteView(View):
    """A note with its heading and the points of its list."""

    kind: NoteKind
    path: str
    applies_to: tuple[str, ...]
    text: str = at("full_text")


class TermView(View):
    """A term in quotes; `definition` is null if the loaded file does not contain it."""

    term: str = at("name")
    is_global: bool
    definition: str | None = at("definition.text", None)


class ReferenceView(View):
    """A cross-reference with its provisions; empty if the list does not contain them."""

    to: Named = at("reference")
    found_in: str
    provisions: tuple[ProvisionLine, ...]


class ProvisionView(View):
    """A provision in its context; `caution` states the limits of the version for the date."""

    version: str
    caution: Text | None
    path: str
    citation: Citation
    context: tuple[ProvisionLine, ...]
    provision: ProvisionTree
    notes: tuple[NoteView, ...]
    terms: tuple[TermView, ...]
    references: tuple[ReferenceView, ...]

    @classmethod
    def of(cls, value: tuple[OpenedVersion, ProvisionContext]) -> "ProvisionView":
        """Return a provision of a version."""
        opened, unfolded = value
        path = unfolded.provision.path
        return cls.model_validate(
            {
                "version": str(opened.version),
                "caution": opened.caution,
                "path": path,
                "citation": opened.cite(path),
                "context": unfolded.chain,
                "provision": unfolded.provision,
                "notes": unfolded.notes,
                "terms": unfolded.terms,
                "references": unfolded.references,
            }
        )


class HitView(View):
    """A provision that matches a question; `score` is only for sorting, `fits` are the matching words."""

    path: str
    text: str = at("provision.text")
    context: tuple[str, ...] = ()
    score: float
    fits: tuple[str, ...] = at("concepts")


class FoundProvisions(BaseModel):
    """Hits, best first. A hit is a lead to read, not a classification."""

    version: str
    caution: Text | None
    hits: tuple[HitView, ...]

    @classmethod
    def of(cls, value: tuple[OpenedVersion, Sequence[Hit]]) -> "FoundProvisions":
        """Return the hits of a search in a version."""
        opened, hits = value
        shown = (
            HitView.of(hit).model_copy(
                update={
                    "context": tuple(line.text for line in opened.list.context(hit.path)),
                    "score": round(hit.score, 4),
                }
            )
            for hit in hits
        )
        return cls(version=str(opened.version), caution=opened.caution, hits=tuple(shown))


class ListChanges(View):
    """The changes between two versions; `counts` are of all changes, also on a page."""

    before: Named
    after: Named
    definitions_compared: bool = at("has_definitions")
    counts: dict[ChangeKind, int]
    changes: Sequence[Change]


class ChangesPage(ListChanges):
    """A page of the changes between two versions; `counts` are of all changes."""

    total: int
    page: int
    size: int
    next_page: int | None


class ChangeLine(View):
    """A change in short."""

    kind: ChangeKind
    path: str


class ReopenedView(View):
    """A record to review: its provisions that have changed, and the changes."""

    record_id: str
    kind: str
    cited: tuple[str, ...]
    changes: tuple[ChangeLine, ...]


class CorrectionView(View):
    """A correction that was made while a file was read."""

    place: str
    what: Text


class InstalledView(View):
    """The result of installing a file: its contents, its changes, and the records that it reopens."""

    version: Named = at("read.list.version")
    known: bool = at("was_known")
    layout: str = at("read.layout")
    entries: Count = at("read.list.entries")
    provisions: Count = at("read.list.by_path")
    corrections: tuple[CorrectionView, ...] = at("read.corrections")
    before: str | None = at("before.name", None)
    changes: ListChanges | None = at("comparison")
    reopened: tuple[ReopenedView, ...]
