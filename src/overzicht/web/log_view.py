"""What somebody may see of the log: that something was done, by whom and when, is seen by all who read it.

What a licence case or a denial is about is confidential (Article 16(7)): of those entries subject and detail
are for officers; the hash stays, and with it the proof.
"""

from collections.abc import Iterable
from dataclasses import replace

from overzicht.store.accounts import Role
from overzicht.store.log import LogEntry
from overzicht.workflows.accounts import Principal

CONFIDENTIAL = ("licence ", "denial ", "keep denial", "import denials")  # how their actions begin
LICENCE_TASKS = "licence:"  # how the subject of a task on a case begins


def seen_entries(entries: Iterable[LogEntry], who: Principal) -> list[LogEntry]:
    """Return the entries as somebody may see them, in order."""
    if who.may(Role.OFFICER):
        return list(entries)
    return [replace(each, subject="", detail={}) if is_confidential(each) else each for each in entries]


def is_confidential(entry: LogEntry) -> bool:
    """Return whether what an entry is about is for officers alone."""
    return entry.action.startswith(CONFIDENTIAL) or entry.subject.startswith(LICENCE_TASKS)
