"""The installed control list for pages and interface: read, indexed and compared once, then remembered."""

from datetime import date
from pathlib import Path

from overzicht.exportcontrol.controllist.diff import ListComparison, compare_lists
from overzicht.exportcontrol.controllist.search import Hit, SearchIndex
from overzicht.sources.controllists.interface import ReadControlList
from overzicht.web.service import Service
from overzicht.workflows.control.versions import HeldVersion, OpenedVersion, open_version, read_held


def open_text(here: Service, version: str, day: date | None) -> OpenedVersion:
    """Return a version by name or start of its hash, else the one of a day; NoControlListError for none."""
    return open_version(here.store, version, None if version else day, read=lambda f, h: _read(here, f, h))


def _read(here: Service, folder: Path, held: HeldVersion) -> ReadControlList:
    return here.memory.recall(("control list", *_key(held)), lambda: read_held(folder, held))


def search_text(here: Service, opened: OpenedVersion, question: str, limit: int) -> list[Hit]:
    """Return the provisions that fit a question best."""
    asked = ("control index", *_key(opened.held))
    return here.memory.recall(asked, lambda: SearchIndex(opened.list)).search(question, limit)


def compare_texts(here: Service, before: OpenedVersion, after: OpenedVersion) -> ListComparison:
    """Return what differs between two versions."""
    asked = ("control diff", *_key(before.held), *_key(after.held))
    return here.memory.recall(asked, lambda: compare_lists(before.list, after.list))


def _key(held: HeldVersion) -> tuple[str, str]:
    return held.snapshot.sha256, held.definitions.sha256 if held.definitions else ""
