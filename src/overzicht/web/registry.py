"""The parts of the service, one line each: its module, and where the menu leads to it.

`api.…` modules answer under /api/v1, `faces.…` modules are the interfaces of others (their own paths), and
`pages.…` modules answer people. Each module has a `router`.
"""

from dataclasses import dataclass

from overzicht.evidence import Text, text

API_PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu; it is marked as current on every path that begins with `path`."""

    label: Text
    path: str


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
    Part("pages.start", Entry(text("Overview"), "/")),
    Part("pages.makers", Entry(text("Makers"), "/makers")),
    Part("pages.lists", Entry(text("Lists"), "/lists")),
    Part("pages.questions", Entry(text("Parliamentary questions"), "/questions")),
    Part("pages.law", Entry(text("Law"), "/law", Group.DOSSIERS)),
    Part("pages.log", Entry(text("Log"), "/log")),
    Part("pages.jobs"),
    Part("pages.login"),
    Part("api.me"),
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
    Part("faces.system"),
    Part("faces.matching"),
    Part("faces.entities"),
    Part("pages.entity"),
    Part("faces.reconcile"),
)


def menu() -> tuple[Entry, ...]:
    """Return the entries of the menu in order."""
    return tuple(part.entry for part in PARTS if part.entry is not None)
