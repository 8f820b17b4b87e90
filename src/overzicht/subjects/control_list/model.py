"""The control list as data: a dated version with entries, nested provisions, notes and defined terms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from overzicht.dates import LegalDate
from overzicht.errors import UnknownNameError
from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.control_list.path import ControlPath, entry_of, parent_of, parse_path
from overzicht.subjects.control_list.quantity import Threshold, read_thresholds


class NoteKind(WordedEnum):
    """Function of a note. Most notes release items, and some control them.

    `control` states what is included, `release` what is not controlled, `list` the only controlled items;
    `technical` defines or explains, `see also` (N.B.) refers to another provision.
    """

    CONTROL = "control", text("control")
    RELEASE = "release", text("release")
    LIST = "list", text("list")
    TECHNICAL = "technical", text("technical")
    SEE_ALSO = "see also", text("see also")
    OTHER = "other", text("other")


class Join(StrEnum):
    """How the points under a provision go together, as its text says."""

    ALL = "all"
    ANY = "any"
    TWO_OR_MORE = "two or more"
    NONE = ""  # there are no points, or the text does not say


JOINING_WORDS = re.compile(
    r"\b(?:at least )?(?P<how>all|both|any|either|each|one or more|two or more|one) of the following\b"
)
_JOIN_OF = {
    "all": Join.ALL,
    "both": Join.ALL,
    "each": Join.ALL,
    "two or more": Join.TWO_OR_MORE,
    "any": Join.ANY,
    "either": Join.ANY,
    "one or more": Join.ANY,
    "one": Join.ANY,
}


@dataclass(frozen=True, slots=True)
class ListItem:
    """A point of a list inside a note. It is not a provision, even if a file prints it like one."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the list.

    `path` is its location; `applies_to` are the provisions that it names as its subject (else `path`).
    `heading` is its title ("Note 3", "Technical Note", "N.B."), which `text` omits.
    """

    kind: NoteKind
    path: ControlPath
    heading: str
    text: str
    applies_to: tuple[ControlPath, ...]
    items: tuple[ListItem, ...] = ()

    @property
    def full_text(self) -> str:
        """The note with its heading and the points of its list, as it can be quoted."""
        points = "".join(f" {item.label}. {item.text}" for item in self.items)
        return f"{self.heading}: {self.text}{points}"


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision with its sub-provisions; an entry is the outermost provision of its code.

    `text` is its own text without the code; `notes` are those at exactly this path, in order.
    """

    path: ControlPath
    text: str
    children: tuple["Provision", ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_used(self) -> bool:
        """Whether it controls anything: False for "Not used"."""
        return not self.text.lower().startswith("not used")

    @property
    def join(self) -> Join:
        """How its points go together; `none` if there are no points, or nothing in the text says it.

        The last words such as "all of the following" decide, then the word that ends a point.
        """
        if not self.children:
            return Join.NONE
        phrases = list(JOINING_WORDS.finditer(self.text.lower()))
        if phrases:
            return _JOIN_OF[phrases[-1]["how"]]
        if "as follows" in self.text.lower():
            return Join.ANY
        ends = {child.text.rstrip(" ;,.:").rpartition(" ")[2] for child in self.children[:-1]}
        is_list = self.text.lower().rstrip(" :;").endswith("the following")
        return Join.ALL if "and" in ends else Join.ANY if "or" in ends or is_list else Join.NONE

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The quantities of its own text with their comparison, in the order of the text."""
        return read_thresholds(self.text)

    def walk(self) -> Iterator["Provision"]:
        """Yield the provision and everything below it, in the order of the list."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term that the list defines: "double" quotes apply everywhere, 'single' ones at `path` and below.

    `name` is in lower case and singular; `text` is the whole definition.
    """

    name: str
    text: str
    path: ControlPath | None = None  # None for a definition that holds in the whole annex

    @property
    def is_global(self) -> bool:
        """Whether the term is written in "double" quotes and holds everywhere."""
        return self.path is None


@dataclass(frozen=True, slots=True)
class VersionId:
    """Identifies a text of the list: its name, date and content hash.

    A consolidation keeps its date when its text is corrected, so the date is not enough. If only the year is
    known, `day` is "not later than" its last day.
    """

    name: str
    day: LegalDate
    content_hash: str

    def __str__(self) -> str:
        """Return `2025-11-15+1f0c6d2e9a3b`: the name and twelve digits of the hash."""
        return f"{self.name}+{self.content_hash[:12]}"


@dataclass(frozen=True)
class ControlList:
    """One version of the list: its entries in order, terms, and general notes by title.

    `section_notes` are the general notes of a category that name provisions, such as the Cryptography Note.
    """

    version: VersionId
    entries: tuple[Provision, ...]
    terms: tuple[DefinedTerm, ...] = ()
    general_notes: tuple[tuple[str, str], ...] = ()
    section_notes: tuple[Note, ...] = ()

    @cached_property
    def by_path(self) -> dict[ControlPath, Provision]:
        """Every provision by its path, in the order of the list."""
        return {provision.path: provision for entry in self.entries for provision in entry.walk()}

    @cached_property
    def _global_terms(self) -> dict[str, DefinedTerm]:
        return {term.name: term for term in self.terms if term.is_global}

    @cached_property
    def _terms_by_entry(self) -> dict[tuple[ControlPath, str], list[DefinedTerm]]:
        terms: dict[tuple[ControlPath, str], list[DefinedTerm]] = {}
        for term in self.terms:
            if term.path is not None:
                terms.setdefault((entry_of(term.path), term.name), []).append(term)
        return terms

    def find(self, path: str) -> Provision | None:
        """Return the provision at `path`, or None; NotAControlPathError if it is not a valid path."""
        return self.by_path.get(parse_path(path))

    def open(self, path: str) -> Provision:
        """Return the provision at `path`; UnknownNameError suggests nearby provisions."""
        normal = parse_path(path)
        provision = self.by_path.get(normal)
        if provision is None:
            raise UnknownNameError(
                f"provision in the list of {self.version.name}", normal, self._near(normal)
            )
        return provision

    def context(self, path: str) -> tuple[Provision, ...]:
        """Return the provisions from the entry down to `path`; UnknownNameError as `open`."""
        provision = self.open(path)
        chain = [provision]
        while (up := parent_of(chain[-1].path)) is not None:
            chain.append(self.by_path[up])
        return tuple(reversed(chain))

    def notes_on(self, path: str) -> tuple[Note, ...]:
        """Return the notes that apply to `path`: at it, above it and of its category.

        A note on one point of an entry is returned for that point and for the provisions above and below it.
        """
        chain = self.context(path)
        target_path = chain[-1].path
        notes = (*(note for provision in chain for note in provision.notes), *self.section_notes)
        return tuple(
            note
            for note in notes
            if any(
                f"{target_path}.".startswith(f"{target}.") or f"{target}.".startswith(f"{target_path}.")
                for target in note.applies_to
            )
        )

    def term(self, name: str, at: str | None = None) -> DefinedTerm | None:
        """Return the definition of a term: the nearest one at or above `at`, else the global one, or None."""
        own_name = name.lower()
        singular = f"{own_name[:-3]}y" if own_name.endswith("ies") else own_name.removesuffix("s")
        forms = tuple(dict.fromkeys((own_name, singular, own_name.removesuffix("es"), f"{own_name}s")))
        for form in forms:
            local = self._local_term(form, parse_path(at)) if at else None
            definition = local or self._global_terms.get(form)
            if definition is not None:
                return definition
        return None

    def _local_term(self, name: str, at: ControlPath) -> DefinedTerm | None:
        fitting = self._terms_by_entry.get((entry_of(at), name), [])
        return min(fitting, key=lambda term: -_shared_steps(term.path, at), default=None)

    def _near(self, path: ControlPath) -> tuple[str, ...]:
        up = parent_of(path)
        while up is not None:
            if up in self.by_path:
                return tuple(child.path for child in self.by_path[up].children) or (up,)
            up = parent_of(up)
        return tuple(entry.path for entry in self.entries if entry.path[:2] == path[:2])


def _shared_steps(first: ControlPath | None, second: ControlPath) -> int:
    pairs = zip((first or "").split("."), second.split("."), strict=False)
    shared = 0
    for left, right in pairs:
        if left != right:
            break
        shared += 1
    return shared
