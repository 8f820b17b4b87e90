"""The parts of the service: those of the service itself, those of the subjects, and the menu over both.

A module has a `router`, or operations are declared in it. Those for programs answer under /api/v1 or follow
the interfaces of other products; the others are pages for people.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from overzicht.composition import Entry, Interface, MenuGroup, Part, subjects
from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import words_of
from overzicht.store.accounts import Principal, Role

OWN = Interface.OWN


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of the menu with its entries."""

    label: Text
    entries: tuple[Entry, ...]


_OF_THE_SERVICE: tuple[Part, ...] = (
    Part("subjects.register.start_page", Entry(text("Overview"), "/", MenuGroup.REGISTER)),
    Part("subjects.register.devices_page", Entry(text("Devices"), "/devices", MenuGroup.REGISTER)),
    Part("subjects.register.device_page"),
    Part("subjects.register.review_pages", Entry(text("Review"), "/review", MenuGroup.REGISTER)),
    Part("subjects.register.imports.pages", Entry(text("Imports"), "/imports", MenuGroup.REGISTER)),
    Part("subjects.register.compare_page", Entry(text("Changes"), "/compare", MenuGroup.REGISTER)),
    Part("subjects.register.plan_pages", Entry(text("Plans"), "/plans", MenuGroup.REGISTER)),
    Part("subjects.register.task_pages", Entry(text("Tasks"), "/tasks", MenuGroup.REGISTER)),
    Part("subjects.alerts.pages", Entry(text("Alerts"), "/alerts", MenuGroup.REGISTER)),
    Part(
        "subjects.register.organisation_pages",
        Entry(text("Organisations"), "/organisations", MenuGroup.REGISTER),
    ),
    Part("subjects.register.site_pages", Entry(text("Sites and map"), "/sites", MenuGroup.REGISTER)),
    Part("subjects.makers.pages", Entry(text("Manufacturers"), "/makers", MenuGroup.MAKERS)),
    Part("subjects.makers.search_page", Entry(text("Find a party"), "/parties", MenuGroup.MAKERS)),
    Part("subjects.lists.pages", Entry(text("Lists"), "/lists", MenuGroup.MAKERS)),
    Part("subjects.screening.pages", Entry(text("Screen a name"), "/screen", MenuGroup.MAKERS)),
    Part("web.pages.service", Entry(text("Log"), "/log")),
    Part("subjects.accounts.pages", Entry(text("Accounts"), "/accounts", role="admin")),
    Part("web.pages.backup", Entry(text("Backup and restore"), "/backup", role="admin")),
    Part("web.pages.audit", Entry(text("Audit trail"), "/audit", role="admin")),
    Part("web.pages.interface", Entry(text("Interface for programs"), "/docs")),
    Part("web.pages.account"),
    Part("web.pages.login"),
    Part("web.api.service", interface=OWN),
    Part("subjects.makers.card_routes", interface=OWN),
    Part("subjects.accounts.accounts", interface=OWN),
    Part("web.api.audit", interface=OWN),
    Part("subjects.screening.routes", interface=OWN),
    Part("subjects.screening.party_routes", interface=OWN),
    Part("subjects.lists.routes", interface=OWN),
    Part("subjects.makers.profile", interface=OWN),
    Part("subjects.screening.match_routes", interface=OWN),
    Part("subjects.overview.routes", interface=OWN),
    Part("subjects.lists.snapshot_routes", interface=OWN),
    Part("web.api.jobs", interface=OWN),
    Part("subjects.register.device_routes", interface=OWN),
    Part("subjects.register.organisations", interface=OWN),
    Part("subjects.register.publishing", interface=OWN),
    Part("subjects.register.sites", interface=OWN),
    Part("subjects.register.statements", interface=OWN),
    Part("subjects.register.imports.routes", interface=OWN),
    Part("subjects.register.compare_routes", interface=OWN),
    Part("subjects.register.judgements", interface=OWN),
    Part("subjects.register.tasks", interface=OWN),
    Part("subjects.alerts.routes", interface=OWN),
    Part("subjects.alerts.alerts", interface=OWN),
    Part("subjects.register.plans", interface=OWN),
)


PARTS = (
    *_OF_THE_SERVICE,
    *(
        Part(f"subjects.{subject.name}.{part.module}", part.entry, part.interface)
        for subject in subjects()
        for part in subject.parts
    ),
)


def _entries(principal: Principal | None) -> Iterator[tuple[str, Entry]]:
    """Yield the entries that a principal may see, each with its subject or the layer of its module."""
    for part in PARTS:
        role = Role(part.entry.role) if part.entry else None
        if part.entry and (role is Role.READER or (role and principal is not None and principal.may(role))):
            yield part.module.split(".")[1], part.entry


def menu(principal: Principal | None, hidden: Collection[str] = ()) -> tuple[ShownGroup, ...]:
    """Return the groups of the menu that have entries for a principal, in order; not of `hidden` subjects."""
    entries = [entry for subject, entry in _entries(principal) if subject not in hidden]
    groups = (
        ShownGroup(label, tuple(entry for entry in entries if entry.group is group))
        for group, label in words_of(MenuGroup).items()
    )
    return tuple(group for group in groups if group.entries)


def entries_beside_the_menu(principal: Principal | None, hidden: Collection[str]) -> tuple[Entry, ...]:
    """Return the entries of hidden subjects that a principal may see: the foot of each page links to them."""
    return tuple(entry for subject, entry in _entries(principal) if subject in hidden)
