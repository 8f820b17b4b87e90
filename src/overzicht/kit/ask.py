"""The caller of an operation: the store, the date of the answer, and what may be read and changed.

Operations check rights through an `Ask` alone, so no door can forget them. What may not be seen does not
exist: an unknown number, a thing of another organisation and a confidential case have the same answer.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store.accounts import Principal, Role
from overzicht.store.database import Store, Transaction
from overzicht.store.jobs import Job
from overzicht.store.register.organisations import get_organisation, ids_above, ids_below
from overzicht.store.register.subjects import organisation_of


@dataclass(frozen=True, slots=True)
class Rights:
    """The role that an operation requires for what all organisations share.

    With `overall`, a grant for one organisation does not even allow reading. With `somewhere`, the role for
    any organisation is enough to ask; the operation then checks the organisation itself.
    """

    role: Role
    overall: bool = False
    somewhere: bool = False


Value = TypeVar("Value")
READER = Rights(Role.READER)
OVERALL_READER = Rights(Role.READER, overall=True)
EDITOR = Rights(Role.EDITOR)
SOME_EDITOR = Rights(Role.EDITOR, somewhere=True)
OFFICER = Rights(Role.OFFICER)
ADMIN = Rights(Role.ADMIN)


class Ask(ABC):
    """A request to an operation. The empty id of an organisation means what all organisations share."""

    refusals: tuple[type[Exception], ...] = (UnknownNameError,)  # what a read of a thing may raise
    has_store = False  # the caller has the store itself: no list of readers is complete, no right is lost

    if TYPE_CHECKING:  # properties of some, fields of others, which a property at run time would hide

        @property
        def store(self) -> Store:
            """The open store."""

        @property
        def principal(self) -> Principal:
            """The caller and the grants."""

        @property
        def day(self) -> date:
            """The date of the answer."""

        @property
        def today(self) -> date:
            """The day of the request, which rights depend on."""

    @abstractmethod
    def now(self) -> datetime:
        """Return the moment, for the log."""

    def missing(self, kind: str, name: str) -> Exception:
        """Return the error that there is no such thing, or none that the caller may see."""
        return UnknownNameError(kind, name)

    @abstractmethod
    def refused(self, role: Role, organisation: str) -> Exception:
        """Return the error that the caller lacks a role."""

    def start_job(self, kind: str, parameters: Mapping[str, Any], files: Sequence[Any] = ()) -> Job:
        """Start work in the background in the name of the caller; only a service has a runner for it."""
        raise NotImplementedError(kind)

    def cached(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Return a value that depends on the key and the lists alone; a service may have it already."""
        del key
        return compute()

    @abstractmethod
    def own_organisation(self, name: str, day: date) -> str:
        """Return the id of an organisation of a date by id or name, empty for no name.

        Raises an error if there is none, or none that the caller may see.
        """

    @abstractmethod
    def confirm(self, password: str, secret: str | None = None) -> None:
        """Raise an error if the caller has to give their password, or log in, again before a lasting change.

        Also raises one for a secret that is sent over an open line.
        """

    def actor(self, day: date | None = None) -> Actor:
        """Return the caller as the author of a change; `day` is its legal date (default: today)."""
        return Actor(day or self.today, self.principal.name, self.now())

    def writing(self) -> AbstractContextManager[Transaction]:
        """Return a transaction in the name of the caller, at this moment."""
        return self.store.writing(self.principal.name, self.now())

    @property
    def allowed(self) -> tuple[str, ...] | None:
        """The organisations that the caller may read, with all below each; None for all."""
        ids = self.principal.organisations
        return None if ids is None else tuple(sorted(ids))

    def allowed_ids(self, day: date) -> tuple[str, ...] | None:
        """Return the ids of all organisations that the caller may read, as of a date; None for all."""
        if self.allowed is None:
            return None
        with self.store.reading() as connection:
            return ids_below(connection, self.allowed, day)

    def may(self, role: Role, organisation: str = "") -> bool:
        """Return whether the caller has a role for an organisation."""
        if self.principal.may(role, organisation):
            return True
        if not organisation:
            return False
        with self.store.reading() as connection:
            return self.principal.may(role, organisation, ids_above(connection, organisation, self.today))

    def sees(self, organisation: str) -> bool:
        """Return whether the caller may read the data of an organisation."""
        return self.may(Role.READER, organisation) if organisation else self.allowed is None

    def may_change(self, organisation: str) -> bool:
        """Return whether the caller may edit the data of an organisation."""
        return self.may(Role.EDITOR, organisation)

    def check_seen(self, organisation: str | None, kind: str, name: str) -> None:
        """Raise the error that a thing does not exist, if the caller may not read its organisation."""
        if organisation is None or not self.sees(organisation):
            raise self.missing(kind, name)

    def check_changes(self, organisation: str) -> None:
        """Raise an error if the caller may not edit the data of an organisation."""
        if not self.may_change(organisation):
            raise self.refused(Role.EDITOR, organisation)

    def check_subject(self, subject: str, *, changes: bool = False) -> str:
        """Return the organisation of a device, plan or finding.

        Raises an error if the caller may not see it, or (with `changes`) may not change it.
        """
        with self.store.reading() as connection:
            organisation = organisation_of(connection, subject) or ""
        self.check_seen(organisation, "subject", subject)
        if changes:
            self.check_changes(organisation)
        return organisation

    @contextmanager
    def hiding(self, kind: str, name: object) -> Iterator[None]:
        """Within it, what does not exist or may not be seen is missing as a thing of this kind and name."""
        try:
            yield
        except self.refusals:
            raise self.missing(kind, str(name)) from None


@dataclass(frozen=True)
class DirectAsk(Ask):
    """A request of somebody who has the store itself; `clock` gives the moment of a change."""

    has_store = True

    store: Store
    principal: Principal
    day: date
    today: date
    clock: Callable[[], datetime]

    def now(self) -> datetime:
        """Return the moment of the clock."""
        return self.clock()

    def refused(self, role: Role, organisation: str) -> Exception:
        """Return the error that the caller lacks a role."""
        return PermissionError(f"{self.principal.name} lacks the role {role.value} for {organisation!r}")

    def own_organisation(self, name: str, day: date) -> str:
        """Return the id of an organisation; UnknownNameError, AmbiguousNameError."""
        if not name:
            return ""
        with self.store.reading() as connection:
            return get_organisation(connection, name, day).id

    def confirm(self, password: str, secret: str | None = None) -> None:
        """Do nothing: who has the store itself has nothing to confirm."""
