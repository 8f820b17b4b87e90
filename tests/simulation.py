"""A seeded simulation of a store and a model: work, faults, two writers, readers, backups and restores.

Everything is drawn from one seed, so a failure happens again with the same seed and number of operations.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from simulation_faults import CALLS, REFUSED, SAVED, Fault, draw_fault, run_children
from simulation_model import KINDS, LOG_END, TOUCHED, Model, Operation, change_model, change_store, draw
from sqlalchemy import Connection, true

from overzicht.errors import OverzichtError
from overzicht.store import accounts, decisions, snapshots
from overzicht.store import list_records as records
from overzicht.store.database import Store
from overzicht.store.log import read_entries
from overzicht.store.moving.backup import BackupError, backup_store, restore_store
from overzicht.store.moving.checking import check_store
from overzicht.store.register.devices import DeviceFilter, all_devices
from overzicht.store.register.imports import list_imports
from overzicht.store.register.organisations import list_organisations

STEPS = {
    "work": 100,
    "fault": 8,
    "two writers": 3,
    "reader": 4,
    "backup": 1,
    "killed backup": 0.5,
    "restore": 0.25,
}
EVER = 1_000_000  # more rows than there are
LAST_DAY = date(2100, 1, 1)
IMPORTS = ("preview", "accept", "reject")
OTHER = 507_000  # added to the number of the second of two writers, so that their texts differ
CHECK_EVERY = 100  # operations between two comparisons of everything, and proofs of the store


class SimulationError(AssertionError):
    """The store differs from the model."""


@dataclass
class Figures:
    """How many operations there were of each kind, and of each outcome of a fault."""

    operations: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    proofs: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.operations + other.operations,
            self.kinds + other.kinds,
            self.faults + other.faults,
            self.proofs + other.proofs,
        )


class Simulation:
    """One store from its first operation on; `new_address` gives an empty database for each restore."""

    def __init__(self, scratch: Path, seed: int, new_address: Callable[[], str] = str) -> None:
        self.scratch, self.seed, self.new_address = scratch, seed, new_address
        self.chance = Random(seed)  # noqa: S311 - the same operations each time
        self.model, self.figures, self.homes = Model(), Figures(), 0
        self.backups: list[Model | None] = [None]  # what the newest backup may have; None: there is none
        self.store = self._new_store()
        self.last = ""

    def run(self, operations: int) -> Figures:
        """Do so many operations; SimulationError at the first difference."""
        try:
            for number in range(operations):
                self._step(number)
                if number % CHECK_EVERY == CHECK_EVERY - 1:
                    self._prove()
            self._prove()
        except (SimulationError, OverzichtError) as error:
            count = self.figures.operations
            raise SimulationError(
                f"{error}\nafter operation {count}: {self.last}\n"
                f"repeat: python bench/simulate.py --seed {self.seed} --operations {count}"
            ) from error
        finally:
            self.store.close()
        return self.figures

    def _step(self, number: int) -> None:
        kind = self.chance.choices(list(STEPS), list(STEPS.values()))[0]
        self.figures.operations += 1
        self.figures.kinds[kind] += 1
        match kind:
            case "backup" | "killed backup":
                self._back_up(draw_fault(self.chance) if kind == "killed backup" else None)
            case "restore":
                self._restore()
            case "two writers":
                self._write_twice(self._draw(number), self._draw(number + OTHER))
            case "fault":
                self._write_with(draw_fault(self.chance), self._draw(number))
            case "reader":
                self._read_while(self._draw(number))
            case _:
                self._do(draw(self.chance, self.model, number))

    def _draw(self, number: int) -> Operation:
        while (operation := draw(self.chance, self.model, number)).kind == "move clock":
            change_model(self.model, operation)
        return operation

    def _do(self, operation: Operation) -> None:
        """Do an operation in this process; the store refuses what the model refuses."""
        self.last = str(operation)
        self.figures.kinds[operation.kind] += 1
        before = self.model.copy() if operation.kind in IMPORTS else self.model
        is_expected = change_model(self.model, operation)
        try:
            change_store(self.store, operation, before, self.scratch)
        except OverzichtError as error:
            _require(not is_expected, f"refused: {error}")
        else:
            _require(is_expected, "the store did what the model refuses")

    def _write_with(self, fault: Fault, operation: Operation) -> None:
        """Do an operation in a process with a fault: all or nothing, and all if it was acknowledged."""
        self.last = f"{operation} with {fault}"
        after = self.model.copy()
        is_expected = change_model(after, operation)
        (code,) = run_children(self.store, [self._work(operation)], fault)
        _require(code < 0 or code in {SAVED, REFUSED}, f"it ended with {code}")
        self.figures.faults[
            f"{fault.kind}: {'killed' if code < 0 else ('saved', 'refused')[code == REFUSED]}"
        ] += 1
        _require(is_expected or code != SAVED, "the store did what the model refuses")
        if code == SAVED:
            self._adopt([after], operation)
        else:
            possible = [self.model, after] if code < 0 or fault.may_be_saved else [self.model]
            self._adopt(possible, operation)

    def _write_twice(self, first: Operation, second: Operation) -> None:
        """Let two processes write at the same time: as one after the other, in one of the two orders."""
        if first.kind in IMPORTS and second.kind in IMPORTS:
            return
        self.last = f"{first} / {second}"
        codes = run_children(self.store, [self._work(first), self._work(second)])
        outcomes = [(first, codes[0]), (second, codes[1])]
        possible = []
        for order in (outcomes, outcomes[::-1]):
            model = self.model.copy()
            if all((code == SAVED) == change_model(model, operation) for operation, code in order):
                possible.append(model)
        _require(bool(possible), f"no order explains the outcomes {codes}")
        self._adopt(possible, first, second)

    def _read_while(self, operation: Operation) -> None:
        """Read before and after another one writes: a reader has one state."""
        with self.store.reading() as connection:
            before = observe(connection, _touched([operation]))
            self._do(operation)
            after = observe(connection, _touched([operation]))
            _require_equal(before, after, "a reader saw the work of a later writer")
        self._adopt([self.model], operation)

    def _back_up(self, fault: Fault | None) -> None:
        self.last = f"backup with {fault}"
        folder, state = self.scratch / "backup", self.model.copy()

        def work() -> None:
            backup_store(self.store, folder, self.model.now)

        if fault is None:
            work()
            self.backups = [state]
            return
        (code,) = run_children(self.store, [work], fault)
        _require(code < 0 or code in {SAVED, REFUSED}, f"it ended with {code}")
        self.backups = [state] if code == SAVED else [*self.backups, state]

    def _restore(self) -> None:
        """Continue in a new home with the newest backup, as after the loss of a machine."""
        self.last = "restore"
        old, self.store = self.store, self._new_store()
        try:
            restore_store(self.store, self.scratch / "backup")
        except BackupError as error:
            _require(None in self.backups, f"the backup is lost: {error}")
            self.store.close()
            self.store = old
            return
        old.close()
        now, possible = self.model.now, [model.copy() for model in self.backups if model is not None]
        self._adopt(possible)
        self.model.now = now
        self._prove()

    def _new_store(self) -> Store:
        self.homes += 1
        return Store.open(self.scratch / f"home-{self.homes}", self.new_address())

    def _work(self, operation: Operation) -> Callable[[], None]:
        return lambda: change_store(self.store, operation, self.model, self.scratch)

    def _adopt(self, possible: list[Model], *operations: Operation) -> None:
        """Continue with the model that is equal to the store; SimulationError if there is none.

        After operations, only what they touch is compared, and the end of the log.
        """
        with self.store.reading() as connection:
            contents = observe(connection, _touched(operations))
        for model in possible:
            stored = model.stored()
            if all(stored[name] == value for name, value in contents.items()):
                self.model = model
                return
        _require_equal(possible[-1].stored(), contents, "the store differs from the model")

    def _prove(self) -> None:
        self._adopt([self.model])
        faults = check_store(self.store).faults
        _require(not faults, f"the store does not prove itself: {faults}")
        self.figures.proofs += 1


def observe(connection: Connection, names: Collection[str] = ()) -> dict[str, Any]:
    """Return the contents of a store, read as its users read them: those with these names, or all."""
    return {name: read(connection) for name, read in OBSERVED.items() if not names or name in names}


def _read_judgements(connection: Connection) -> dict[str, list[list[Any]]]:
    return {
        finding: [[made.verdict.value, made.reason, bool(made.withdrawn_at)] for made in given]
        for finding, given in decisions.judgements_starting(connection, "").items()
    }


def _read_tasks(connection: Connection) -> list[list[str]]:
    tasks = decisions.tasks_where(connection, true())
    return [[task.subject, task.title, task.outcome] for task in tasks]


def _read_lists(connection: Connection) -> dict[str, list[str]]:
    return {
        f"{known.snapshot.source} {known.snapshot.published}": [
            record.caption for record in records.records_of_snapshot(connection, known.key)
        ]
        for known in snapshots.list_snapshots(connection)
    }


def _read_accounts(connection: Connection) -> dict[str, dict[str, str]]:
    return {
        account.name: {grant.organisation: grant.role.value for grant in account.grants}
        for account in accounts.list_accounts(connection)
    }


def _read_organisations(connection: Connection) -> dict[str, str]:
    return {line.id: line.name for line in list_organisations(connection, LAST_DAY)}


def _read_imports(connection: Connection) -> list[list[str]]:
    return [
        [offered.organisation_id, offered.filename, offered.status.value]
        for offered in reversed(list_imports(connection))
    ]


def _read_devices(connection: Connection) -> dict[str, list[str]]:
    return {
        device.serial: [device.organisation_id, device.place]
        for device in all_devices(connection, DeviceFilter(LAST_DAY))
    }


def _read_log(connection: Connection, limit: int = EVER) -> list[list[str]]:
    return [[entry.at, entry.actor, entry.action] for entry in read_entries(connection, limit=limit)][::-1]


def _read_log_end(connection: Connection) -> list[list[str]]:
    return _read_log(connection, LOG_END)


OBSERVED: dict[str, Callable[[Connection], Any]] = {
    "judgements": _read_judgements,
    "tasks": _read_tasks,
    "lists": _read_lists,
    "accounts": _read_accounts,
    "organisations": _read_organisations,
    "imports": _read_imports,
    "devices": _read_devices,
    "log": _read_log,
    "end of the log": _read_log_end,
}


def _touched(operations: Collection[Operation]) -> set[str]:
    """Return the names of the contents that operations can change; none: all."""
    names = {name for operation in operations for name in TOUCHED[operation.kind]}
    return names | {"end of the log"} if names else names


def _require(is_true: bool, message: str) -> None:
    if not is_true:
        raise SimulationError(message)


def _require_equal(expected: dict[str, Any], contents: dict[str, Any], message: str) -> None:
    for name, value in contents.items():
        if value != expected[name]:
            raise SimulationError(
                f"{message}: {name}\nmodel {_end_of(expected[name])}\nstore {_end_of(value)}"
            )


def _end_of(value: Any) -> str:
    return f"({len(value)}) …{str(value)[-400:]}"


__all__ = ["CALLS", "KINDS", "Figures", "Simulation", "SimulationError"]
