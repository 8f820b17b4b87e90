"""What follows a new version of a list: saved files are screened again, and alerts are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.composition import Slot
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.store.alerts import ListAlert
from overzicht.store.database import Store
from overzicht.store.rows import StoredRecordError


@dataclass(frozen=True, slots=True)
class CheckedVersion:
    """A version that was checked, with its records and alerts; `before` is None for a first version."""

    list_id: str
    part: str
    before: date | None
    day: date
    added: int
    removed: int
    changed: int
    alerts: tuple[ListAlert, ...]


Problems = list[StoredRecordError]
SCREEN_AGAIN: Slot[Callable[[Store, Actor], Sequence[object]]] = Slot("screenings again")
CHECK: Slot[Callable[[Store, Actor, Problems | None], tuple[CheckedVersion, ...]]] = Slot(
    "checks of new versions of lists"
)


def follow(
    store: Store, actor: Actor, problems: Problems | None = None
) -> tuple[int, tuple[CheckedVersion, ...]]:
    """Screen the saved files again if a list changed, then check the new versions.

    Returns the number of files that were screened, and the checked versions. Records that cannot be read are
    added to `problems`, or raised without them.
    """
    screened = sum(len(screen_again(store, actor)) for screen_again in SCREEN_AGAIN.added())
    return screened, tuple(version for check in CHECK.added() for version in check(store, actor, problems))


def title_of(alert: ListAlert) -> Text:
    """Return an alert as one sentence: its first entry, and what it is about."""
    count, first = len(alert.entries), alert.entries[0].statement
    if count > 1:
        return text(
            "{entry}. Changed entries: {count} ({about})", entry=first, count=count, about=alert.about
        )
    return text("{entry} ({about})", entry=first, about=alert.about)
