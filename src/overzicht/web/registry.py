"""The parts of the service, one line each: its module, and where the menu leads to it.

`api.…` modules answer under /api/v1, `faces.…` modules are the interfaces of others (their own paths), and
`pages.…` modules answer people. Each module has a `router`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from overzicht.evidence import Text, text
from overzicht.evidence.worded import WordedEnum, words_of
from overzicht.store.accounts import Role
from overzicht.workflows.accounts import Principal

API_PREFIX = "/api/v1"


class Group(WordedEnum):
    """A part of the menu; its entries stand together, and only those of the current one are all shown."""

    REGISTER = "register", text("Register")
    MAKERS = "makers", text("Makers and lists")
    CONTROL = "control", text("Export control")
    DOSSIERS = "dossiers", text("Questions and dossiers")
    SERVICE = "service", text("Service")


GROUPS: Mapping[Group, Text] = words_of(Group)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu; it is marked as current on every path that begins with `path`."""

    label: Text
    path: str
    group: Group = Group.SERVICE
    needs: Role = Role.READER  # who has less does not see the entry


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A group of the menu with its entries; where there is one entry, it stands for the group."""

    label: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A module with a `router`, below `overzicht.web`; `entry` is left out where the menu has none."""

    module: str
    entry: Entry | None = None

    @property
    def prefix(self) -> str:
        """What the paths of the module begin with."""
        return API_PREFIX if self.module.startswith("api.") else ""

    @property
    def is_page(self) -> bool:
        """Whether it answers people, and so is no part of the interface for programs."""
        return self.module.startswith("pages.")


PARTS: tuple[Part, ...] = (
    Part("pages.start", Entry(text("Overview"), "/", Group.REGISTER)),
    Part("pages.devices", Entry(text("Devices"), "/devices", Group.REGISTER)),
    Part("pages.device"),
    Part("pages.review", Entry(text("Review"), "/review", Group.REGISTER)),
    Part("pages.imports", Entry(text("Imports"), "/imports", Group.REGISTER)),
    Part("pages.plans", Entry(text("Plans"), "/plans", Group.REGISTER)),
    Part("pages.tasks", Entry(text("Tasks"), "/tasks", Group.REGISTER)),
    Part("pages.organisations", Entry(text("Organisations"), "/organisations", Group.REGISTER)),
    Part("pages.search"),
    Part("pages.makers", Entry(text("Makers"), "/makers", Group.MAKERS)),
    Part("pages.lists", Entry(text("Lists"), "/lists", Group.MAKERS)),
    Part("pages.screening", Entry(text("Screen a name"), "/screen", Group.MAKERS)),
    Part("pages.control", Entry(text("Control list"), "/control", Group.CONTROL)),
    Part("pages.classify", Entry(text("Classify a product"), "/classify", Group.CONTROL)),
    Part("pages.licences", Entry(text("Licences"), "/licences", Group.CONTROL, Role.EDITOR)),
    Part("pages.denials", Entry(text("Denials"), "/denials", Group.CONTROL, Role.OFFICER)),
    Part("pages.dossiers", Entry(text("Dossiers"), "/dossiers", Group.DOSSIERS)),
    Part("pages.questions", Entry(text("Parliamentary questions"), "/questions", Group.DOSSIERS)),
    Part("pages.answers", Entry(text("Answers"), "/answers", Group.DOSSIERS)),
    Part("pages.diligence", Entry(text("Due diligence"), "/diligence", Group.DOSSIERS)),
    Part("pages.law", Entry(text("Law"), "/law", Group.DOSSIERS)),
    Part("pages.log", Entry(text("Log"), "/log")),
    Part("pages.jobs"),
    Part("pages.login"),
    Part("api.me"),
    Part("api.answers"),
    Part("api.licences"),
    Part("api.denials"),
    Part("api.control"),
    Part("api.classifications"),
    Part("api.screening"),
    Part("api.parties"),
    Part("api.checks"),
    Part("api.lists"),
    Part("api.makers"),
    Part("api.matching"),
    Part("api.questions"),
    Part("api.runs"),
    Part("api.law"),
    Part("api.snapshots"),
    Part("api.log"),
    Part("api.jobs"),
    Part("api.devices"),
    Part("api.organisations"),
    Part("api.imports"),
    Part("api.judgements"),
    Part("api.tasks"),
    Part("api.plans"),
    Part("api.diligence"),
    Part("api.dossiers"),
    Part("faces.system"),
    Part("faces.matching"),
    Part("faces.entities"),
    Part("pages.entity"),
    Part("faces.reconcile"),
)


def menu(who: Principal | None = None) -> tuple[MenuGroup, ...]:
    """Return the groups of the menu that have entries for somebody, in order; None for who is not known."""
    held = [part.entry for part in PARTS if part.entry is not None]
    entries = [e for e in held if e.needs is Role.READER or (who is not None and who.may(e.needs))]
    groups = (
        MenuGroup(label, tuple(entry for entry in entries if entry.group is group))
        for group, label in GROUPS.items()
    )
    return tuple(group for group in groups if group.entries)
