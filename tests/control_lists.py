"""Invented control lists, and random edits of them that keep their own account of what they touch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from overzicht.dates import read_legal_date
from overzicht.subjects.control_list.build import Row, build_list
from overzicht.subjects.control_list.model import ControlList
from overzicht.subjects.control_list.path import parse_path

WORDS = (
    "amber", "basin", "candle", "dome", "ember", "ferry", "garnet", "harbour", "island", "jasper", "kettle",
    "lantern", "marble", "nectar", "orchard", "pebble", "quarry", "ribbon", "saddle", "timber", "umbra",
    "velvet", "willow", "yarrow", "zephyr", "anvil", "birch", "copper",
)  # fmt: skip
UNITS = ("GHz", "mm", "kg", "W", "nm")


def list_of(*lines: tuple[str, str] | tuple[str, str, str], name: str = "2021") -> ControlList:
    """Return a list of (path, text) provisions and (path, text, kind) notes, in the order given."""
    rows = [Row(parse_path(line[0]), line[2] if len(line) > 2 else "provision", line[1]) for line in lines]
    return build_list(name, read_legal_date(name), rows)


@dataclass
class Draft:
    """A list as plain rows that can be edited: (path, kind) to text, and the paths that edits touched."""

    rows: dict[tuple[str, str], str]
    touched: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def build(self, name: str) -> ControlList:
        rows = [Row(parse_path(path), kind, text) for (path, kind), text in self.rows.items()]
        return build_list(name, read_legal_date(name), rows)

    def paths(self) -> list[str]:
        return [path for path, kind in self.rows if kind == "provision"]


def random_draft(random: Random) -> Draft:
    draft = Draft({})
    for number in range(1, random.randint(2, 5)):
        entry = f"{random.randint(0, 9)}A{number:03d}"
        draft.rows[(entry, "provision")] = sentence(random)
        for letter in "abcdef"[: random.randint(1, 5)]:
            _grow(draft, f"{entry}.{letter}", random)
    return draft


def _grow(draft: Draft, path: str, random: Random) -> None:
    draft.rows[(path, "provision")] = sentence(random)
    if random.random() < 0.3:
        draft.rows[(path, "note")] = f"Note: {path}. does not control {sentence(random)}"
    for number in range(1, random.choice((1, 1, 3, 4))):
        draft.rows[(f"{path}.{number}", "provision")] = sentence(random)


def sentence(random: Random) -> str:
    """Return a text that is unlike every other: many words in a random order, and a limit."""
    words = " ".join(random.sample(WORDS, 9)).capitalize()
    return f"{words} exceeding {random.randint(11, 99)} {random.choice(UNITS)};"


def edit(draft: Draft, random: Random) -> None:
    """Make one edit at a place that no edit of this draft has been at, and note down what it touches."""
    free = [path for path in draft.paths() if not _is_near(path, draft.used)]
    if not free:
        return
    path = random.choice(free)
    draft.used.add(path)
    random.choice((_renumber, _reword, _remove, _add, _disuse, _tidy, _annotate, _move))(draft, path, random)


def _is_near(path: str, used: set[str]) -> bool:
    return any(lies_within(path, other) or lies_within(other, path) for other in used)


def lies_within(path: str, other: str) -> bool:
    """Return whether one path lies in another, by its own count of steps."""
    steps, outer = path.split("."), other.split(".")
    return steps[: len(outer)] == outer


def is_touched(path: str, touched: set[str]) -> bool:
    """Return whether what was edited lies in a path or around it."""
    return any(lies_within(path, other) or lies_within(other, path) for other in touched)


def _renumber(draft: Draft, path: str, random: Random) -> None:
    head, _, tail = draft.rows[(path, "provision")].rpartition("exceeding ")
    number, unit = tail.split(" ")
    draft.rows[(path, "provision")] = f"{head}exceeding {int(number) + random.randint(1, 50)} {unit}"
    draft.touched.add(path)


def _reword(draft: Draft, path: str, random: Random) -> None:
    draft.rows[(path, "provision")] = f"Velour {draft.rows[(path, 'provision')]}"
    del random
    draft.touched.add(path)


def _remove(draft: Draft, path: str, random: Random) -> None:
    del random
    for key in [key for key in draft.rows if lies_within(key[0], path)]:
        del draft.rows[key]
        if key[1] == "provision":
            draft.touched.add(key[0])


def _add(draft: Draft, path: str, random: Random) -> None:
    added = f"{path}.{9 if path.count('.') % 2 else 'z'}"
    _insert_after(draft, path, added, sentence(random))
    draft.touched.add(added)


def _disuse(draft: Draft, path: str, random: Random) -> None:
    del random
    draft.rows[(path, "provision")] = "Not used;"
    draft.touched.add(path)


def _tidy(draft: Draft, path: str, random: Random) -> None:
    """Change marks only: this touches nothing."""
    del random
    draft.rows[(path, "provision")] = draft.rows[(path, "provision")].rstrip(";") + " ."


def _annotate(draft: Draft, path: str, random: Random) -> None:
    if (path, "note") in draft.rows:
        del draft.rows[(path, "note")]
    else:
        draft.rows[(path, "note")] = f"Note: {path}. includes {sentence(random)}"
    draft.touched.add(path)


def _move(draft: Draft, path: str, random: Random) -> None:
    """Put a provision without points and notes of its own to the end of another entry."""
    alone = [key for key in draft.rows if lies_within(key[0], path)] == [(path, "provision")]
    others = [other for other in draft.paths() if "." not in other and not lies_within(path, other)]
    if not alone or not others:
        return
    target = f"{random.choice(others)}.y"
    if (target, "provision") in draft.rows:
        return
    text = draft.rows.pop((path, "provision"))
    draft.rows[(target, "provision")] = text
    draft.touched.update((path, target))
    draft.used.add(target)  # what came by one edit is not taken away by the next


def _insert_after(draft: Draft, path: str, added: str, text: str) -> None:
    items = list(draft.rows.items())
    last = max(place for place, ((where, _), _) in enumerate(items) if lies_within(where, path))
    items.insert(last + 1, ((added, "provision"), text))
    draft.rows = dict(items)


def random_citations(random: Random, paths: Sequence[str], count: int) -> Iterator[tuple[str, str, bool]]:
    """Yield (record, path, is open): each record cites one to three paths."""
    for number in range(count):
        is_open = random.random() < 0.7
        for path in random.sample(paths, min(len(paths), random.randint(1, 3))):
            yield f"case-{number:04d}", path, is_open
