"""The subjects of this installation: what each is, what it needs, and what it adds to the places of others.

A subject is a folder of `overzicht.subjects`. Its `__init__` has one `SUBJECT`, and nothing else knows its
modules: deleting the folder takes the subject out. A place that others may add to has one `Slot`, in the
module that uses what is added. The subject names its object as text, so that it is imported when it is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules
from typing import Generic, TypeVar

from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.settings import Settings, read_settings

T = TypeVar("T")
FOLDER = "overzicht.subjects"
API_PREFIX = "/api/v1"
FILE, SETTING, ALL = "subjects.txt", "subjects", "all"  # where the choice of an installation is written
CommandTable = Mapping[str, tuple[str, str]]  # name: (module below overzicht, one line for --help)


class MenuGroup(WordedEnum):
    """A group of the menu; only the entries of the current group are shown."""

    REGISTER = "register", text("Register")
    MAKERS = "makers", text("Manufacturers and lists")
    CONTROL = "control", text("Export control")
    DOSSIERS = "dossiers", text("Questions and dossiers")
    SERVICE = "service", text("Service")


class Interface(StrEnum):
    """An interface for programs, with an OpenAPI description of its own."""

    OWN = "own"
    YENTE = "yente"
    RECONCILIATION = "reconciliation"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu; it is current on every path that begins with `path`.

    `role` is the name of the role needed to see it.
    """

    label: Text
    path: str
    group: MenuGroup = MenuGroup.SERVICE
    role: str = "reader"


@dataclass(frozen=True, slots=True)
class Part:
    """A module below `overzicht` that answers requests: it has a `router`, or operations are declared in it.

    `entry` is None if it is not in the menu; `interface` is None for pages for people.
    """

    module: str
    entry: Entry | None = None
    interface: Interface | None = None

    @property
    def prefix(self) -> str:
        """The prefix of its paths."""
        return API_PREFIX if self.interface is Interface.OWN else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject of the field: its commands, pages and routes, and what it adds to the places of others.

    `place` orders the subjects in help and menu. `commands` has sections of the help of the root, `below` the
    commands in the group of another subject, by the name of that group. `adds` has, by the name of
    a slot, objects as `module:name` with the module below the subject. `tables` are those of the store that
    have a row once the subject is used.
    """

    name: str
    title: Text
    place: int
    is_optional: bool = True
    needs: tuple[str, ...] = ()
    commands: Mapping[str, CommandTable] = field(default_factory=dict)
    below: Mapping[str, CommandTable] = field(default_factory=dict)
    synonyms: str = ""  # `tried=meant` pairs, see `cli.commands.pairs`
    parts: tuple[Part, ...] = ()
    adds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        """The name of its package."""
        return f"{FOLDER}.{self.name}"

    @property
    def folder(self) -> str:
        """Its folder, below the checkout or below the folder of installed packages."""
        path = Path(str(files(self.package)))
        root = path.parents[2]
        return str(path.relative_to(root.parent if root.name == "src" else root))

    @property
    def has_templates(self) -> bool:
        """Whether its folder has templates."""
        return files(self.package).joinpath("templates").is_dir()

    def modules_of(self, table: CommandTable) -> dict[str, tuple[str, str]]:
        """Return a table of its commands with the modules below overzicht."""
        below = self.package.removeprefix("overzicht.")
        return {name: (f"{below}.{module}", line) for name, (module, line) in table.items()}


@cache
def installed() -> tuple[Subject, ...]:
    """Return the subjects whose folders are here, in the order of their places."""
    declared: list[Subject] = [
        import_module(f"{FOLDER}.{module.name}").SUBJECT
        for module in iter_modules(import_module(FOLDER).__path__)
        if module.ispkg
    ]
    return tuple(sorted(declared, key=lambda subject: (subject.place, subject.name)))


def choice(settings: Settings) -> frozenset[str] | None:
    """Return the optional subjects that were chosen for this installation; None if nobody chose.

    The setting OVERZICHT_SUBJECTS comes before the file of `overzicht subjects`; both have names, or `all`.
    """
    written = settings.values.get(SETTING, "")
    if not written:
        try:
            written = (settings.home / FILE).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
    names = frozenset(written.replace(",", " ").split())
    return frozenset(subject.name for subject in installed()) if ALL in names else names


@cache
def subjects() -> tuple[Subject, ...]:
    """Return the subjects in use, in the order of their places; without a choice all that are installed."""
    chosen = choice(read_settings())
    return tuple(
        subject
        for subject in installed()
        if not subject.is_optional or chosen is None or subject.name in chosen
    )


def has_subject(name: str) -> bool:
    """Return whether a subject of this name is in use."""
    return any(subject.name == name for subject in subjects())


@dataclass(frozen=True)
class Slot(Generic[T]):
    """A place that subjects add to; `name` is the key of `Subject.adds`."""

    name: str

    def added(self) -> tuple[T, ...]:
        """Return what the subjects add to the place, in their order; empty if none does."""
        return tuple(
            getattr(import_module(f"{subject.package}.{module}"), name)
            for subject in subjects()
            for module, _, name in (entry.partition(":") for entry in subject.adds.get(self.name, ()))
        )
