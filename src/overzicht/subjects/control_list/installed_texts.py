"""The installed control list: its versions, one provision, a search, changes, and the next version."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from overzicht.evidence.limited import Key, Line
from overzicht.kit.ask import READER, Ask
from overzicht.kit.operation import NEWEST, Command, Paging, Param, Part, Route, operation
from overzicht.subjects.control_list import lines_terminal as to_text
from overzicht.subjects.control_list.diff import Change, ListComparison, compare_lists
from overzicht.subjects.control_list.references import ProvisionContext, unfold
from overzicht.subjects.control_list.search import LONGEST_QUESTION, Hit, SearchIndex
from overzicht.subjects.control_list.sources.interface import ReadControlList
from overzicht.subjects.control_list.update import Choices, InstalledVersion, install_version
from overzicht.subjects.control_list.versions import (
    HeldVersion,
    OpenedVersion,
    held_versions,
    open_version,
    read_held,
)
from overzicht.subjects.control_list.views import (
    ChangesPage,
    ControlListVersion,
    FoundProvisions,
    InstalledView,
    ListChanges,
    ProvisionView,
)

TAG = "control list"
Version = Annotated[
    Line,
    Field(description="such as 2021, 2025-11-15 or a hash; default: that of the date"),
    Param("Version: 2021, 2025-11-15, or a hash."),
]
BY_VERSION = Param(shows_default="the newest version")
Limit = Annotated[int, Field(ge=1, le=100), Param("Number of results.", between=(1, 100), shows_default=True)]
VersionOrHash = Annotated[Key, Field(description="a version, or the start of a hash")]
Within = Annotated[
    Line,
    Field(description="only an entry or provision, such as 6A003"),
    Param("Only this entry or provision, for example 6A003."),
]
Editorial = Annotated[
    bool,
    Field(description="also changes in punctuation and spaces only"),
    Param("Include changes of marks and blanks only."),
]


@operation(
    Command(
        "control show",
        lambda shown, _say: [to_text.shown(*shown)],
        is_incomplete=lambda shown: bool(shown[0].later_acts),
        day=BY_VERSION,
    ),
    Route("GET /control/provisions/{path}", READER, summary="One provision"),
    view=ProvisionView,
)
def show(ask: Ask, path: Key, *, version: Version = "") -> tuple[OpenedVersion, ProvisionContext]:
    """Show a provision in its context: notes, defined terms and references."""
    opened = open_text(ask, version, ask.day)
    return opened, unfold(opened.list, path)


@operation(
    Command(
        "control search",
        lambda hits, _say: [to_text.search_lines(*hits)],
        is_incomplete=lambda hits: bool(hits[0].later_acts),
        day=BY_VERSION,
    ),
    view=FoundProvisions,
)
def search(
    ask: Ask, question: tuple[str, ...], *, limit: Limit = 10, version: Version = ""
) -> tuple[OpenedVersion, list[Hit]]:
    """Rank provisions by a description in plain words. A result is a lead, not a classification."""
    opened = open_text(ask, version, ask.day)
    return opened, search_text(ask, opened, " ".join(question), limit)


@operation(
    Route("GET /control/search", READER, summary="Search in plain words", has_names=True),
    view=FoundProvisions,
)
def leads(
    ask: Ask, q: Annotated[Key, Field(max_length=LONGEST_QUESTION)], limit: Limit = 10, version: Version = ""
) -> tuple[OpenedVersion, list[Hit]]:
    """Return provisions, best match first. A hit is a lead, not a classification."""
    return search(ask, (q,), limit=limit, version=version)


@operation(
    Command(
        "control diff",
        lambda compared, _say: [to_text.compared(*compared)],
        data=lambda compared: ListChanges.of(compared[0]).model_copy(update={"changes": compared[1]}),
    ),
    is_dated=False,
)
def diff(
    ask: Ask,
    before: VersionOrHash,
    after: VersionOrHash,
    *,
    within: Within = "",
    editorial: Editorial = False,
) -> tuple[ListComparison, list[Change]]:
    """Compare two installed versions, provision by provision."""
    old, new = open_text(ask, before, NEWEST), open_text(ask, after, NEWEST)
    key = ("control diff", *_key(old.installed), *_key(new.installed))
    comparison = ask.cached(key, lambda: compare_lists(old.list, new.list))
    return comparison, comparison.chosen(within, editorial=editorial)


@operation(
    Route("GET /control/diff", READER, summary="Changes between two versions", has_names=True), is_dated=False
)
def changes(
    ask: Ask,
    paging: Paging,
    before: VersionOrHash,
    after: VersionOrHash,
    within: Within = "",
    *,
    editorial: Editorial = False,
) -> ChangesPage:
    """Return the changes between two versions, provision by provision."""
    comparison, chosen = diff(ask, before, after, within=within, editorial=editorial)
    part = paging.part(chosen)
    page = {
        "total": part.total,
        "page": paging.page,
        "size": paging.size,
        "next_page": paging.following(part.total),
    }
    return ChangesPage.model_validate({**dict(ListChanges.of(comparison)), "changes": part.rows, **page})


@operation(
    Command(
        "control update",
        lambda done, _say: [to_text.installed(done[0], is_quiet=done[1])],
        data=lambda done: InstalledView.of(done[0]),
        options=("by", "json"),
    ),
    is_dated=False,
)
def update(
    ask: Ask,
    file: Path,
    *,
    version: Annotated[str, Param("Date or year of the version, if file and name do not state it.")] = "",
    force: Annotated[
        bool, Param("Accept a file whose number of provisions is outside the expected range.")
    ] = False,
    definitions: Annotated[Path | None, Param("Text of the annex with its definitions.")] = None,
    quiet: Annotated[bool, Param("Print the counts of changes, not each change.")] = False,
) -> tuple[InstalledVersion, bool]:
    """Install a version, show the changes, and open a task for each record that cites a changed provision."""
    return install_version(ask.store, file, ask.actor(), Choices(version, definitions, force)), quiet


@operation(
    Command("control versions", lambda stored, _say: [to_text.versions(stored)]),
    Route("GET /control/versions", READER, summary="Installed versions"),
    is_dated=False,
    view=ControlListVersion,
)
def versions(ask: Ask, paging: Paging) -> Part[HeldVersion]:
    """List the installed versions."""
    with ask.store.reading() as connection:
        return paging.part(held_versions(connection))


def open_text(ask: Ask, version: str, day: date) -> OpenedVersion:
    """Return a version by name or start of its hash, else that of a date; raises NoControlListError."""

    def read(folder: Path, stored: HeldVersion) -> ReadControlList:
        return ask.cached(("control list", *_key(stored)), lambda: read_held(folder, stored))

    return open_version(ask.store, version, None if version or day == NEWEST else day, read=read)


def search_text(ask: Ask, opened: OpenedVersion, question: str, limit: int) -> list[Hit]:
    """Return the provisions that fit a question best."""
    key = ("control index", *_key(opened.installed))
    return ask.cached(key, lambda: SearchIndex(opened.list)).search(question, limit)


def _key(version: HeldVersion) -> tuple[str, str]:
    return version.snapshot.sha256, version.definitions.sha256 if version.definitions else ""
