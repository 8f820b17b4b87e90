"""Compare two versions of the list, provision by provision.

Every change has a kind. `editorial` changes (marks, blanks, hyphens, an `or` that moves when a point is
added) and `unit signs` (a degree sign that one copy prints as a letter) are reported and touch nothing. All
others touch the records that cite the provision.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Annotated

from pydantic import computed_field

from overzicht.evidence import text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.grouping import by_key
from overzicht.subjects.control_list.model import ControlList, Provision, VersionId
from overzicht.subjects.control_list.notepairs import (
    changed_definitions,
    has_definitions,
    is_among,
    pair_notes,
    section_texts,
)
from overzicht.subjects.control_list.path import (
    ControlPath,
    entry_of,
    is_within,
    parent_of,
    parse_path,
    sort_key,
)
from overzicht.subjects.control_list.plain import (
    bare_words,
    closing_join,
    degree_signs,
    quoted_terms,
    same_signs,
)
from overzicht.subjects.control_list.quantity import Comparison, Threshold, read_thresholds

SHORTEST_MOVED = 25  # letters; shorter texts ("having any of the following") say nothing of where they went

NEARLY_THE_SAME = 0.9  # share of words above which a text at one path was edited, not replaced


class ChangeKind(WordedEnum):
    """Kind of change of a provision or of its note."""

    ADDED_ENTRY = "added with its entry", text("added with its entry")
    REMOVED_ENTRY = "removed with its entry", text("removed with its entry")
    ADDED = "added", text("added")
    REMOVED = "removed", text("removed")
    MOVED = "moved", text("moved")
    RENUMBERED = "renumbered", text("renumbered")
    NOT_USED = "no longer used", text("no longer used")
    NUMERIC = "numbers", text("numbers")
    WORDING = "wording", text("wording")
    TERMS = "defined terms", text("defined terms")
    JOIN = "and/or", text("and/or")
    SIGNS = "unit signs", text("unit signs")
    EDITORIAL = "editorial", text("editorial")
    NOTE_ADDED = "note added", text("note added")
    NOTE_REMOVED = "note removed", text("note removed")
    NOTE_CHANGED = "note changed", text("note changed")
    DEFINITION = "definition", text("definition")


WITHOUT_EFFECT = frozenset({ChangeKind.SIGNS, ChangeKind.EDITORIAL})


class Reach(WordedEnum):
    """Whether a changed limit controls more or less, by its comparison; the text around it may differ."""

    MORE = "controls more", text("controls more")
    LESS = "controls less", text("controls less")
    UNKNOWN = "not told by the numbers", text("not told by the numbers")  # prose: ok - a value of the JSON


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A quantity that changed; `old` or `new` is None if it has no counterpart."""

    old: Threshold | None
    new: Threshold | None

    @property
    def reach(self) -> Reach:
        """Whether more or less is controlled, if both have the same comparison and unit."""
        if self.old is None or self.new is None or self.old.comparison is not self.new.comparison:
            return Reach.UNKNOWN
        before, after = self.old.quantity, self.new.quantity
        is_sure = before.unit == after.unit and not before.is_doubtful and not after.is_doubtful
        if not is_sure or self.old.comparison is Comparison.STATED or before.value == after.value:
            return Reach.UNKNOWN
        is_floor = self.old.comparison in (Comparison.ABOVE, Comparison.AT_LEAST)
        return Reach.LESS if is_floor == (after.value > before.value) else Reach.MORE

    def __str__(self) -> str:
        """Return `> 29 WT → > 70 WT`."""
        return f"{self.old or '(none)'} → {self.new or '(none)'}"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `path` is the current or last location; `old_path` the origin of a move.

    `targets` are the provisions that a changed note concerns or that use a changed definition. A definition
    is listed at the first of them. For other changes, `targets` is empty.
    """

    kind: ChangeKind
    path: ControlPath
    old_text: str
    new_text: str
    numbers: tuple[NumberChange, ...] = ()
    old_path: ControlPath | None = None
    targets: Annotated[tuple[ControlPath, ...], HIDDEN] = ()

    @computed_field
    @property
    def reaches(self) -> tuple[Reach, ...]:
        """Whether each number controls more or less; none for a note, which may release."""
        return tuple(number.reach for number in self.numbers) if self.kind is ChangeKind.NUMERIC else ()

    @computed_field
    @property
    def touched(self) -> tuple[ControlPath, ...]:
        """The provisions that this change touches; none if only marks or signs changed."""
        if self.kind in WITHOUT_EFFECT:
            return ()
        own = (self.path, *((self.old_path,) if self.old_path else ()))
        return tuple(sorted(set(self.targets or own), key=sort_key))


@dataclass(frozen=True, slots=True)
class ListComparison:
    """All changes from one version to another, in the order of the list.

    `has_definitions` is False if one of the files has no definitions: changes in them are then unknown.
    """

    before: VersionId
    after: VersionId
    changes: tuple[Change, ...]
    has_definitions: bool = True

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many changes there are of each kind, in the order of the kinds."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in ChangeKind if counted[kind]}

    @property
    def touched(self) -> frozenset[ControlPath]:
        """Every provision that a change touches."""
        return frozenset(path for change in self.changes for path in change.touched)

    def chosen(self, within: str = "", *, editorial: bool = False) -> list[Change]:
        """Return the changes to show; `within` names one provision (NotAControlPathError for no code)."""
        outer = parse_path(within) if within else None
        return [
            change
            for change in self.changes
            if (editorial or change.kind is not ChangeKind.EDITORIAL)
            and (
                outer is None
                or any(is_within(path, outer) for path in (change.path, change.old_path or change.path))
            )
        ]


def compare_lists(before: ControlList, after: ControlList) -> ListComparison:
    """Return how `after` differs from `before`; no changes when they say the same."""
    old, new = before.by_path, after.by_path
    texts: list[Change] = []
    for path, provision in old.items():
        if path not in new:
            kind = ChangeKind.REMOVED if entry_of(path) in new else ChangeKind.REMOVED_ENTRY
            texts.append(Change(kind, path, provision.text, ""))
        elif provision.text != new[path].text:
            changed_new = new[path]
            changed_before, changed_after = provision.text, changed_new.text
            if same_signs(changed_before) == same_signs(changed_after) and degree_signs(
                changed_before
            ) == degree_signs(changed_after):
                change = None
            else:
                changed_kind, numbers = _kind_of(provision, changed_new)
                change = Change(changed_kind, path, changed_before, changed_after, numbers)
            if change is not None:
                texts.append(change)
    for path, provision in new.items():
        if path not in old:
            kind = ChangeKind.ADDED if entry_of(path) in old else ChangeKind.ADDED_ENTRY
            texts.append(Change(kind, path, "", provision.text))
    moved = _moves(texts)
    gone = {change.old_path for change in moved}
    came = {change.path for change in moved}
    kept = []
    for each_change in texts:
        was_moved_off = each_change.path in gone and bool(each_change.old_text)
        was_moved_in = each_change.path in came and bool(each_change.new_text)
        if not was_moved_off and not was_moved_in:
            change_without_moved = each_change
        elif was_moved_off and was_moved_in:
            change_without_moved = None
        elif was_moved_off:
            left = each_change.new_text
            change_without_moved = Change(ChangeKind.ADDED, each_change.path, "", left) if left else None
        else:
            left = each_change.old_text
            change_without_moved = Change(ChangeKind.REMOVED, each_change.path, left, "") if left else None
        if (rest := change_without_moved) is not None:
            kept.append(rest)
    definition_changes: list[Change] = []
    for was, now, users in changed_definitions(before, after):
        first = min(users, key=sort_key)
        definition_changes.append(
            Change(ChangeKind.DEFINITION, first, was, now, changed_numbers(was, now), targets=users)
        )
    changes = [*kept, *moved, *_note_changes(before, after), *definition_changes]
    order = {kind: place for place, kind in enumerate(ChangeKind)}
    changes.sort(key=lambda change: (sort_key(change.path), order[change.kind], change.old_text))
    is_whole = has_definitions(before) and has_definitions(after)
    return ListComparison(before.version, after.version, tuple(changes), has_definitions=is_whole)


def _kind_of(old: Provision, new: Provision) -> tuple[ChangeKind, tuple[NumberChange, ...]]:
    before, after = old.text, new.text
    if old.is_used and not new.is_used:
        return ChangeKind.NOT_USED, ()
    numbers = changed_numbers(before, after)
    if numbers:
        return ChangeKind.NUMERIC, numbers
    if bare_words(before) != bare_words(after):
        return ChangeKind.WORDING, ()
    if quoted_terms(before) != quoted_terms(after):
        return ChangeKind.TERMS, ()
    joins = (closing_join(before), closing_join(after))
    is_turned = all(joins) and joins[0] != joins[1]
    if is_turned:
        return ChangeKind.JOIN, ()
    return (ChangeKind.SIGNS if degree_signs(before) != degree_signs(after) else ChangeKind.EDITORIAL), ()


def changed_numbers(before: str, after: str) -> tuple[NumberChange, ...]:
    """Return the quantities that differ between two texts, paired in order; empty when none does."""
    old, new = read_thresholds(same_signs(before)), read_thresholds(same_signs(after))
    old_keys = [(t.comparison, t.quantity) for t in old]
    new_keys = [(t.comparison, t.quantity) for t in new]
    if Counter(q for _, q in old_keys) == Counter(q for _, q in new_keys):
        return ()  # a comparison in other words ("better than", "less than") is a matter of wording
    changes: list[NumberChange] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if tag != "equal":
            pairs: list[NumberChange] = []
            pairs_old = old[a1:a2]
            left = list(new[b1:b2])
            for threshold in pairs_old:
                same = [other for other in left if other.quantity.unit == threshold.quantity.unit]
                match = same[0] if same else (left[0] if len(left) == len(pairs_old) == 1 else None)
                if match is not None:
                    left.remove(match)
                pairs.append(NumberChange(threshold, match))
            for threshold in left:
                pairs.append(NumberChange(None, threshold))
            changes.extend(pairs)
    real_changes = []
    for change in changes:
        if change.old is None or change.new is None:
            lacks_only_a_unit = False
        else:
            lacks_only_a_unit_before, lacks_only_a_unit_after = change.old.quantity, change.new.quantity
            lacks_only_a_unit = lacks_only_a_unit_before.value == lacks_only_a_unit_after.value and "" in (
                lacks_only_a_unit_before.unit,
                lacks_only_a_unit_after.unit,
            )
        if not lacks_only_a_unit:
            real_changes.append(change)
    return tuple(real_changes)


def _moves(changes: Sequence[Change]) -> list[Change]:
    """Return what went from one path to another: texts that left one place and came at exactly one other."""
    left = _by_text(
        (change.path, change.old_text) for change in changes if _is_whole(change, change.old_text)
    )
    came = _by_text(
        (change.path, change.new_text) for change in changes if _is_whole(change, change.new_text)
    )
    moved = []
    for words, (old_path, old_text) in left.items():
        if words in came and came[words][0] != old_path:
            path, new_text = came[words]
            kind = ChangeKind.RENUMBERED if parent_of(path) == parent_of(old_path) else ChangeKind.MOVED
            moved.append(Change(kind, path, old_text, new_text, old_path=old_path))
    return moved


def _is_whole(change: Change, text: str) -> bool:
    if change.kind in WITHOUT_EFFECT or not text:
        return False
    if not (change.old_text and change.new_text):
        return True
    before, after = bare_words(change.old_text), bare_words(change.new_text)
    is_grown = before in after or after in before
    is_edited = (
        is_grown
        or SequenceMatcher(None, change.old_text.split(), change.new_text.split(), autojunk=False).ratio()
        > NEARLY_THE_SAME
    )
    return not is_edited


def _by_text(pairs: Iterator[tuple[ControlPath, str]]) -> dict[str, tuple[ControlPath, str]]:
    places_by_text: dict[str, list[tuple[ControlPath, str]]] = {}
    for path, printed in pairs:
        words = bare_words(printed)
        if len(words) >= SHORTEST_MOVED:
            places_by_text.setdefault(words, []).append((path, printed))
    return {words: places[0] for words, places in places_by_text.items() if len(places) == 1}


def _note_changes(before: ControlList, after: ControlList) -> Iterator[Change]:
    old, new = before.by_path, after.by_path
    both = [path for path in old if path in new]
    by_entry = by_key((entry_of(path), path) for path in both)
    pairs = [
        pair
        for paths in by_entry.values()
        for pair in pair_notes(
            [note for path in paths for note in old[path].notes],
            [note for path in paths for note in new[path].notes],
        )
    ]
    if before.section_notes and after.section_notes:
        pairs += pair_notes(before.section_notes, after.section_notes)
    heads = {True: section_texts(before), False: section_texts(after)}
    for was, now in pairs:
        only = now if was is None else was if now is None else None
        if only is None or not is_among(only, heads[was is None]):
            targets = (*(was.applies_to if was else ()), *(now.applies_to if now else ()))
            old_text, new_text = (was.full_text if was else ""), (now.full_text if now else "")
            if was is not None and now is not None:
                numbers = changed_numbers(old_text, new_text)
                note_change = Change(
                    ChangeKind.NOTE_CHANGED, now.path, old_text, new_text, numbers, targets=targets
                )
            elif was is not None:
                note_change = Change(ChangeKind.NOTE_REMOVED, was.path, old_text, "", targets=targets)
            else:
                assert now is not None  # noqa: S101 - one of the two is there
                note_change = Change(ChangeKind.NOTE_ADDED, now.path, "", new_text, targets=targets)
            yield note_change


def marked_difference(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Return the texts as pieces in order, each with `=`, `-` or `+`: what stayed, went and came."""
    before, after = old.split(), new.split()
    pieces: list[tuple[str, str]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("=", " ".join(before[a1:a2])))
            continue
        if a2 > a1:
            pieces.append(("-", " ".join(before[a1:a2])))
        if b2 > b1:
            pieces.append(("+", " ".join(after[b1:b2])))
    return tuple(pieces)
