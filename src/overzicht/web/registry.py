"""The parts of the service, one line each: the module and its entry in the menu.

`api.…` modules and the operations in `subjects.…` modules answer under /api/v1, `compat.…` modules follow
the interfaces of other products, and
`pages.…` modules are pages for people. Each module has a `router`.
"""

from dataclasses import dataclass
from enum import StrEnum

from overzicht.evidence import Text, text
from overzicht.evidence.worded import WordedEnum, words_of
from overzicht.store.accounts import Principal, Role

API_PREFIX = "/api/v1"


class Group(WordedEnum):
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
    """An entry of the menu; it is current on every path that begins with `path`."""

    label: Text
    path: str
    group: Group = Group.SERVICE
    role: Role = Role.READER  # needed to see the entry


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A group of the menu with its entries."""

    label: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A module with a `router`, below `overzicht.web`; `entry` is None if it is not in the menu."""

    module: str
    entry: Entry | None = None

    @property
    def prefix(self) -> str:
        """The prefix of the paths of the module."""
        return API_PREFIX if self.interface is Interface.OWN else ""

    @property
    def interface(self) -> Interface | None:
        """The interface of the module; None for a page for people."""
        folder, _, name = self.module.partition(".")
        if folder == "pages":
            return None
        if folder in ("api", "subjects"):
            return Interface.OWN
        return Interface.RECONCILIATION if name == "reconcile" else Interface.YENTE


PARTS: tuple[Part, ...] = (
    Part("pages.start", Entry(text("Overview"), "/", Group.REGISTER)),
    Part("pages.devices", Entry(text("Devices"), "/devices", Group.REGISTER)),
    Part("pages.device"),
    Part("pages.review", Entry(text("Review"), "/review", Group.REGISTER)),
    Part("pages.imports", Entry(text("Imports"), "/imports", Group.REGISTER)),
    Part("pages.compare", Entry(text("Changes"), "/compare", Group.REGISTER)),
    Part("pages.plans", Entry(text("Plans"), "/plans", Group.REGISTER)),
    Part("pages.tasks", Entry(text("Tasks"), "/tasks", Group.REGISTER)),
    Part("pages.alerts", Entry(text("Alerts"), "/alerts", Group.REGISTER)),
    Part("pages.organisations", Entry(text("Organisations"), "/organisations", Group.REGISTER)),
    Part("pages.sites", Entry(text("Sites and map"), "/sites", Group.REGISTER)),
    Part("pages.census", Entry(text("National overview"), "/census", Group.REGISTER)),
    Part("pages.makers", Entry(text("Manufacturers"), "/makers", Group.MAKERS)),
    Part("pages.search", Entry(text("Find a party"), "/parties", Group.MAKERS)),
    Part("pages.lists", Entry(text("Lists"), "/lists", Group.MAKERS)),
    Part("pages.screening", Entry(text("Screen a name"), "/screen", Group.MAKERS)),
    Part("pages.tenders", Entry(text("Tenders"), "/tenders", Group.MAKERS)),
    Part("pages.control", Entry(text("Control list"), "/control", Group.CONTROL)),
    Part("pages.classify", Entry(text("Classify a product"), "/classify", Group.CONTROL)),
    Part("pages.application"),
    Part("pages.licences", Entry(text("Licences"), "/licences", Group.CONTROL, Role.EDITOR)),
    Part("pages.denials", Entry(text("Denials"), "/denials", Group.CONTROL, Role.OFFICER)),
    Part("pages.dossiers", Entry(text("Dossiers"), "/dossiers", Group.DOSSIERS)),
    Part("pages.questions", Entry(text("Parliamentary questions"), "/questions", Group.DOSSIERS)),
    Part("pages.answers", Entry(text("Answers"), "/answers", Group.DOSSIERS)),
    Part("pages.diligence", Entry(text("Due diligence"), "/diligence", Group.DOSSIERS)),
    Part("pages.law", Entry(text("Law"), "/law", Group.DOSSIERS)),
    Part("pages.service", Entry(text("Log"), "/log")),
    Part("pages.accounts", Entry(text("Accounts"), "/accounts", role=Role.ADMIN)),
    Part("pages.backup", Entry(text("Backup and restore"), "/backup", role=Role.ADMIN)),
    Part("pages.audit", Entry(text("Audit trail"), "/audit", role=Role.ADMIN)),
    Part("pages.interface", Entry(text("Interface for programs"), "/docs")),
    Part("pages.account"),
    Part("pages.login"),
    Part("api.service"),
    Part("subjects.accounts.accounts"),
    Part("api.audit"),
    Part("api.answers"),
    Part("subjects.licensing.office"),
    Part("api.licences"),
    Part("api.denials"),
    Part("subjects.denials.denials"),
    Part("api.control"),
    Part("subjects.control_list.uses"),
    Part("api.classifications"),
    Part("api.screening"),
    Part("api.parties"),
    Part("api.lists"),
    Part("api.makers"),
    Part("api.matching"),
    Part("api.questions"),
    Part("api.runs"),
    Part("api.law"),
    Part("api.snapshots"),
    Part("api.jobs"),
    Part("api.devices"),
    Part("api.organisations"),
    Part("api.catalog"),
    Part("api.imports"),
    Part("api.compare"),
    Part("subjects.register.judgements"),
    Part("subjects.register.tasks"),
    Part("api.alerts"),
    Part("subjects.alerts.alerts"),
    Part("subjects.register.plans"),
    Part("api.census"),
    Part("api.diligence"),
    Part("api.dossiers"),
    Part("compat.system"),
    Part("compat.matching"),
    Part("compat.entities"),
    Part("pages.entity"),
    Part("compat.reconcile"),
)


def menu(principal: Principal | None) -> tuple[MenuGroup, ...]:
    """Return the groups of the menu that have entries for a principal, in order."""
    entries = [
        part.entry
        for part in PARTS
        if part.entry is not None
        and (part.entry.role is Role.READER or (principal is not None and principal.may(part.entry.role)))
    ]
    groups = (
        MenuGroup(label, tuple(entry for entry in entries if entry.group is group))
        for group, label in words_of(Group).items()
    )
    return tuple(group for group in groups if group.entries)
