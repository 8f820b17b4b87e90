"""Own lists: the lists of the store that a mapping declares, in addition to the shipped ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.evidence import Text
from overzicht.evidence.ownlists import OWN_LISTS
from overzicht.evidence.phrases import in_both
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.registry import READERS, list_ids
from overzicht.store.database import Store
from overzicht.store.snapshots import StoredSnapshot, list_snapshots

if TYPE_CHECKING:
    from overzicht.sources.lists.interface import ReadReport
    from overzicht.sources.lists.mapped.mapping import ListMapping
    from overzicht.sources.lists.mapped.preview import PartyLine


@dataclass(frozen=True, slots=True)
class Declared:
    """A mapping as a person gives it: its text, and the name of its file."""

    text: str
    name: str


def know_own_lists(stored: Iterable[StoredSnapshot]) -> None:
    """Make the own lists of a store known to whoever asks for a card."""
    OWN_LISTS.set(_cards(stored))


def own_cards(store: Store) -> Mapping[str, ListCard]:
    """Return the cards of the own lists of a store by id."""
    with store.reading() as connection:
        return _cards(list_snapshots(connection))


def _cards(stored: Iterable[StoredSnapshot]) -> Mapping[str, ListCard]:
    """Return the cards of own lists by id; the mapping of the version that was added last counts."""
    newest = {
        stored_snapshot.snapshot.source: stored_snapshot
        for stored_snapshot in sorted(stored, key=lambda s: s.key)
        if stored_snapshot.mapping
    }
    cards = {}
    for list_id, stored_snapshot in newest.items():
        day = stored_snapshot.snapshot.retrieved or date.fromisoformat(stored_snapshot.added_at[:10])
        cards[list_id] = _card(stored_snapshot.mapping, day)
    return cards


@lru_cache(maxsize=64)
def _card(mapping: str, day: date) -> ListCard:
    from overzicht.sources.lists.mapped.card import card_of  # noqa: PLC0415 - for own lists alone
    from overzicht.sources.lists.mapped.parse import read_mapping  # noqa: PLC0415 - the same

    return card_of(read_mapping(mapping, "the stored mapping"), day)


def declared_in(name: str) -> Declared:
    """Return the mapping in a file, or the ready one of this name; InputFileError if there is neither."""
    from overzicht.sources.lists.mapped.ready import ready_names, ready_text  # noqa: PLC0415 - own lists alone

    path = Path(name)
    if name in ready_names() and not path.exists():
        return Declared(ready_text(name), f"{name}.yml")
    if not path.is_file():
        fix = f"give a file, or the name of a ready mapping: {', '.join(ready_names())}"
        raise InputFileError(name, "there is no such file", fix=fix)
    try:
        return Declared(path.read_text(encoding="utf-8-sig"), path.name)
    except (UnicodeDecodeError, OSError) as error:
        raise InputFileError(
            path.name, f"it is not a text in UTF-8 ({error})", fix="save it as UTF-8"
        ) from error


def declared_as(text: str) -> Declared | None:
    """Return a mapping that is given as text, or as the name of a ready one; None for an empty text."""
    from overzicht.sources.lists.mapped.ready import ready_names, ready_text  # noqa: PLC0415 - own lists alone

    name = text.strip()
    if not name:
        return None
    return Declared(ready_text(name), f"{name}.yml") if name in ready_names() else Declared(text, "mapping")


@dataclass(frozen=True, slots=True)
class ReadyMapping:
    """A mapping that ships with the product."""

    name: str
    title: str
    title_nl: str
    text: str

    @property
    def heading(self) -> Text:
        """The title in the language of the reader."""
        return in_both(en=self.title, nl=self.title_nl)


def ready_mappings() -> tuple[ReadyMapping, ...]:
    """Return the ready mappings by name."""
    from overzicht.sources.lists.mapped.ready import ready_names, ready_text, titles_of  # noqa: PLC0415 - the same

    return tuple(ReadyMapping(name, *titles_of(name), ready_text(name)) for name in ready_names())


def previewed(file: Path, declared: Declared) -> "tuple[list[PartyLine], ReadReport]":
    """Return the parties of a file by a mapping, and the report of reading it."""
    from overzicht.sources.lists.mapped.files import preview  # noqa: PLC0415 - for own lists alone
    from overzicht.sources.lists.mapped.parse import read_mapping  # noqa: PLC0415 - the same

    read_mapping(declared.text, declared.name)
    lines = preview(file, declared.text, declared.name)
    parties: list[PartyLine] = []
    while True:
        try:
            parties.append(next(lines))
        except StopIteration as end:
            return parties, end.value


def declared_mapping(
    store: Store, declared: Declared | None, list_id: str | None = None
) -> "ListMapping | None":
    """Return the mapping of a file: the given one, or that of the own list `list_id`; None for other lists.

    Raises InputFileError for a mapping that is not as the language asks, or has the id of a shipped list.
    """
    if declared is None and (list_id is None or list_id in READERS):
        return None
    from overzicht.sources.lists.mapped.parse import read_mapping  # noqa: PLC0415 - for own lists alone

    if declared is None:
        with store.reading() as connection:
            own = [s for s in list_snapshots(connection, list_id) if s.mapping]
        if not own:
            raise UnknownNameError("list", list_id or "", list_ids())
        return read_mapping(max(own, key=lambda s: s.key).mapping, f"the mapping of {list_id}")
    mapping = read_mapping(declared.text, declared.name)
    if mapping.header.id in READERS:
        raise InputFileError(
            declared.name,
            f"{mapping.header.id!r} is the id of a list that ships with the product",
            record="key id",
            fix=f"choose another id, for example `own-{mapping.header.id}`",
        )
    if list_id not in (None, mapping.header.id):
        raise InputFileError(
            declared.name,
            f"its id is {mapping.header.id!r}, not {list_id!r}",
            record="key id",
            fix="leave out --list",
        )
    return mapping
