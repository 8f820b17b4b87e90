"""The installed control list for pages and interface: read, indexed and compared once, then cached."""

from datetime import date

from overzicht.subjects.control_list.diff import ListComparison, compare_lists
from overzicht.subjects.control_list.search import Hit, SearchIndex
from overzicht.subjects.control_list.versions import (
    HeldVersion,
    OpenedVersion,
    open_version,
    read_held,
)
from overzicht.web.context import RequestContext


def open_text(context: RequestContext, version: str, day: date | None) -> OpenedVersion:
    """Return a version by name or start of its hash, else that of a date; raises NoControlListError."""
    return open_version(
        context.store,
        version,
        None if version else day,
        read=lambda folder, stored: context.cache.get(
            ("control list", *_key(stored)), lambda: read_held(folder, stored)
        ),
    )


def search_text(context: RequestContext, opened: OpenedVersion, question: str, limit: int) -> list[Hit]:
    """Return the provisions that fit a question best."""
    key = ("control index", *_key(opened.installed))
    return context.cache.get(key, lambda: SearchIndex(opened.list)).search(question, limit)


def compare_versions(context: RequestContext, before: str, after: str) -> ListComparison:
    """Return the differences between two versions, each by name or start of its hash."""
    old, new = open_text(context, before, None), open_text(context, after, None)
    key = ("control diff", *_key(old.installed), *_key(new.installed))
    return context.cache.get(key, lambda: compare_lists(old.list, new.list))


def _key(version: HeldVersion) -> tuple[str, str]:
    return version.snapshot.sha256, version.definitions.sha256 if version.definitions else ""
