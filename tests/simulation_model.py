"""A naive model of a store in plain values, the operations on it, and the same operations on a store."""

import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import true
from store_tools import company

from overzicht.evidence import Snapshot
from overzicht.evidence.actor import Actor
from overzicht.store import accounts, decisions, schema, snapshots
from overzicht.store import list_records as records
from overzicht.store.accounts import Grant, Role
from overzicht.store.database import Store
from overzicht.store.decisions import Verdict
from overzicht.store.register.imports import list_imports
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation, add_organisation

NAMES = ("anna", "bert", "chris")
LISTS = ("un-sc", "eu-fsf")
LOG_END = 5  # entries; each piece of work adds one
HEADER = "Asset number,Brand,Model,Serial number,Room"


@dataclass
class Model:
    """What must be in the store: a value for each thing that was saved, in the order of saving."""

    now: datetime = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
    judgements: dict[str, list[list[Any]]] = field(default_factory=dict)  # [verdict, reason, is withdrawn]
    tasks: list[list[str]] = field(default_factory=list)  # [subject, title, outcome]
    lists: dict[str, list[str]] = field(default_factory=dict)  # by "list day": names
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)  # roles by organisation
    organisations: dict[str, str] = field(default_factory=dict)
    imports: list[list[str]] = field(default_factory=list)  # [organisation, file, status]
    offered: dict[str, dict[str, str]] = field(default_factory=dict)  # rooms by serial, by file
    devices: dict[str, list[str]] = field(default_factory=dict)  # [organisation, room] by serial
    seen_on: dict[str, str] = field(default_factory=dict)  # the day of the file that gave a device its room
    days: dict[str, str] = field(default_factory=dict)  # of each file
    log: list[list[str]] = field(default_factory=list)  # [time, actor, action]

    def stored(self) -> dict[str, Any]:
        """Return what `observe` finds in a store that is equal to this model."""
        names = ("judgements", "tasks", "lists", "accounts", "organisations", "imports", "devices", "log")
        return {name: getattr(self, name) for name in names} | {"end of the log": self.log[-LOG_END:]}

    def copy(self) -> "Model":
        """Return an independent copy; pickle is several times as fast as deepcopy."""
        copied: Model = pickle.loads(pickle.dumps(self))  # noqa: S301 - own values
        return copied

    @property
    def open_file(self) -> str:
        """The file of the preview that waits for a decision; empty if none does."""
        return next((file for _, file, status in self.imports if status == "preview"), "")


@dataclass(frozen=True)
class Operation:
    """One piece of work: its kind, its actor, and its values, all drawn from the seed."""

    kind: str
    actor: str = "anna"
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.actor}: {self.kind} {json.dumps(self.values, default=str, sort_keys=True)}"

    def act(self, model: Model) -> Actor:
        """Return who does it when."""
        return Actor(model.now.date(), self.actor, model.now)


def draw(chance: Random, model: Model, number: int) -> Operation:
    """Return an operation that makes sense in the model; `number` makes its texts unlike earlier ones."""
    kind = chance.choices(list(KINDS), [kind.weight for kind in KINDS.values()])[0]
    values = KINDS[kind].draw(chance, model, number)
    return (
        Operation(kind, chance.choice(NAMES), values) if values is not None else draw(chance, model, number)
    )


@dataclass(frozen=True)
class Kind:
    """A kind of operation. `draw` returns None if the model has nothing for it.

    `model` changes the model and returns the action that the log names; None: the work is refused. `store`
    does it.
    """

    weight: int
    draw: Callable[[Random, Model, int], dict[str, Any] | None]
    model: Callable[[Model, Mapping[str, Any]], str | None]
    store: Callable[[Store, Actor, Mapping[str, Any], Path], object]


def change_model(model: Model, operation: Operation) -> bool:
    """Do an operation on the model; return whether it is one that the store must do."""
    action = KINDS[operation.kind].model(model, operation.values)
    if action:
        model.log.append([model.now.isoformat(timespec="seconds"), operation.actor, action])
    return action is not None


def change_store(store: Store, operation: Operation, model: Model, scratch: Path) -> None:
    """Do an operation on the store, at the time of the model."""
    KINDS[operation.kind].store(store, operation.act(model), operation.values, scratch)


def _judge(model: Model, values: Mapping[str, Any]) -> str:
    model.judgements.setdefault(values["finding"], []).append([values["verdict"], values["reason"], False])
    return "judge"


def _store_judgement(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    with store.writing(act.name, act.at) as tx:
        decisions.add_judgement(tx, values["finding"], Verdict(values["verdict"]), values["reason"])


def _draw_withdrawal(chance: Random, model: Model, _: int) -> dict[str, Any] | None:
    open_ = [(f, n) for f, given in model.judgements.items() for n, made in enumerate(given) if not made[2]]
    return dict(zip(("finding", "place"), chance.choice(open_), strict=True)) if open_ else None


def _withdraw(model: Model, values: Mapping[str, Any]) -> str | None:
    made = model.judgements[values["finding"]][values["place"]]
    if made[2]:  # another one withdrew it at the same time
        return None
    made[2] = True
    return "withdraw judgement"


def _store_withdrawal(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    with store.writing(act.name, act.at) as tx:
        made = decisions.judgements_on(tx.connection, values["finding"])[values["place"]]
        decisions.withdraw_judgement(tx, made.id)


def _draw_outcome(chance: Random, model: Model, number: int) -> dict[str, Any] | None:
    places = [place for place, task in enumerate(model.tasks) if not task[2]]
    return {"place": chance.choice(places), "outcome": f"done {number}"} if places else None


def _close(model: Model, values: Mapping[str, Any]) -> str | None:
    task = model.tasks[values["place"]]
    if task[2]:
        return None
    task[2] = values["outcome"]
    return "close task"


def _store_close(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    with store.writing(act.name, act.at) as tx:
        tasks = decisions.tasks_where(tx.connection, true())
        decisions.close_task(tx, tasks[values["place"]].id, values["outcome"])


def _open(model: Model, values: Mapping[str, Any]) -> str:
    model.tasks.append([values["subject"], values["title"], ""])
    return "open task"


def _store_task(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    with store.writing(act.name, act.at) as tx:
        decisions.open_task(tx, values["subject"], values["title"])


def _draw_list(chance: Random, model: Model, number: int) -> dict[str, Any]:
    names = sorted(f"Party {number} {chance.randrange(100)}" for _ in range(chance.randrange(1, 6)))
    day = date(2020, 1, 1) + timedelta(days=number % 20_000)
    return {"list": f"{chance.choice(LISTS)} {day}", "names": sorted(set(names))}


def _update_list(model: Model, values: Mapping[str, Any]) -> str:
    model.lists[values["list"]] = list(values["names"])
    model.lists = dict(sorted(model.lists.items()))
    return "add list"


def _store_list(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    source, _, day = values["list"].partition(" ")
    raw = "\n".join((values["list"], *values["names"])).encode()
    with store.writing(act.name, act.at) as tx:
        path = snapshots.keep_bytes(store.folder, raw)
        content: dict[str, Any] = {
            "part": "",
            "filename": "list.xml",
            "size_bytes": len(raw),
            "sha256": path.name,
        }
        key = snapshots.add_snapshot(
            tx, Snapshot(source=source, published=date.fromisoformat(day), **content)
        )
        parties = [company(f"{source}-{place}", name) for place, name in enumerate(values["names"])]
        snapshots.update_snapshot(tx, key, record_count=records.add_records(tx, key, parties)[0])
        tx.log("add list", values["list"])


def _draw_removal(chance: Random, model: Model, _: int) -> dict[str, Any] | None:
    return {"list": chance.choice(list(model.lists))} if len(model.lists) > 8 else None


def _remove_list(model: Model, values: Mapping[str, Any]) -> str | None:
    return "change rows" if model.lists.pop(values["list"], None) is not None else None


def _store_removal(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    source, _, day = values["list"].partition(" ")
    with store.writing(act.name, act.at) as tx:
        (key,) = [
            known.key
            for known in snapshots.list_snapshots(tx.connection, source)
            if str(known.snapshot.published) == day
        ]
        snapshots.remove_snapshot(tx, key)


def _add_account(model: Model, values: Mapping[str, Any]) -> str:
    model.accounts[values["name"]] = {}
    model.accounts = dict(sorted(model.accounts.items()))
    return "add account"


def _store_account(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    with store.writing(act.name, act.at) as tx:
        tx.insert(schema.actor, name=values["name"], first_seen=tx.at_text)
        accounts.add_account(tx, values["name"], "a hash")


def _draw_grant(chance: Random, model: Model, _: int) -> dict[str, Any] | None:
    if not model.accounts:
        return None
    role = chance.choice([Role.READER, Role.EDITOR, Role.ADMIN]).value
    place = chance.choice(["", *model.organisations])
    return {"name": chance.choice(list(model.accounts)), "organisation": place, "role": role}


def _grant(model: Model, values: Mapping[str, Any]) -> str:
    roles = model.accounts[values["name"]]
    roles[values["organisation"]] = values["role"]
    return "grant role"


def _store_grant(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    with store.writing(act.name, act.at) as tx:
        accounts.give_grant(tx, values["name"], Grant(Role(values["role"]), values["organisation"]))


def _add_organisation(model: Model, values: Mapping[str, Any]) -> str:
    model.organisations[values["id"]] = values["name"]
    return "add organisation"


def _store_organisation(store: Store, act: Actor, values: Mapping[str, Any], _: Path) -> None:
    add_organisation(store, NewOrganisation(values["name"], id=values["id"]), act)


def _draw_offer(chance: Random, model: Model, number: int) -> dict[str, Any] | None:
    today = model.now.date().isoformat()  # files of one date are combined, which this model does not know
    accepted = {
        place for place, file, status in model.imports if status == "accepted" and model.days[file] == today
    }
    free = [place for place in model.organisations if place not in accepted]
    if model.open_file or not free:
        return None
    organisation = chance.choice(free)
    known = [serial for serial, (owner, _) in model.devices.items() if owner == organisation]
    serials = {f"SN{number:06}{place}" for place in range(chance.randrange(1, 4))}
    serials |= set(chance.sample(known, min(len(known), 2)))
    rooms = {serial: f"room {chance.randrange(99)} {number}" for serial in sorted(serials)}
    return {"organisation": organisation, "file": f"file-{number}.csv", "rooms": rooms}


def _preview(model: Model, values: Mapping[str, Any]) -> str:
    model.imports.append([values["organisation"], values["file"], "preview"])
    model.offered[values["file"]] = dict(values["rooms"])
    model.days[values["file"]] = model.now.date().isoformat()
    return "preview import"


def _store_preview(store: Store, act: Actor, values: Mapping[str, Any], scratch: Path) -> None:
    path = scratch / values["file"]
    lines = [f"CAM-{serial},Axis,P3245-LV,{serial},{room}" for serial, room in values["rooms"].items()]
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    importing.preview_import(store, path, ImportChoices(values["organisation"], is_whole=False), act)


def _draw_decision(_: Random, model: Model, __: int) -> dict[str, Any] | None:
    return {"file": model.open_file} if model.open_file else None


def _decide(status: str) -> Callable[[Model, Mapping[str, Any]], str]:
    def decide(model: Model, values: Mapping[str, Any]) -> str:
        (offer,) = (offered for offered in model.imports if offered[1] == values["file"])
        offer[2] = status
        if status == "accepted":
            day = model.days[offer[1]]
            for serial, room in model.offered[offer[1]].items():
                if day >= model.seen_on.get(serial, ""):  # a file of an earlier day changes only the past
                    model.devices[serial] = [offer[0], room]
                    model.seen_on[serial] = day
        return f"{status} import"

    return decide


def _store_decision(store: Store, act: Actor, values: Mapping[str, Any], *, accepts: bool) -> None:
    with store.reading() as connection:
        offers = list_imports(connection)
    (number,) = (offered.id for offered in offers if offered.filename == values["file"])
    if accepts:
        importing.accept_import(store, number, act, confirm_retired=True)
    else:
        importing.reject_import(store, number, act)


def _draw_time(chance: Random, _: Model, __: int) -> dict[str, Any]:
    return {"seconds": chance.choice([1, 60, 3_600, 86_400, 400_000, -1, -3_600, -86_400])}


def _pass_time(model: Model, values: Mapping[str, Any]) -> str:
    """Move the clock, which a person may also set back."""
    model.now += timedelta(seconds=values["seconds"])
    return ""


KINDS: dict[str, Kind] = {
    "move clock": Kind(6, _draw_time, _pass_time, lambda *_: None),
    "judge": Kind(
        20,
        lambda chance, _, number: {
            "finding": f"finding-{chance.randrange(40)}",
            "verdict": chance.choice(list(Verdict)).value,
            "reason": f"reason {number} é",
        },
        _judge,
        _store_judgement,
    ),
    "withdraw": Kind(8, _draw_withdrawal, _withdraw, _store_withdrawal),
    "open task": Kind(
        12, lambda _, __, number: {"subject": f"device-{number}", "title": "look"}, _open, _store_task
    ),
    "close task": Kind(8, _draw_outcome, _close, _store_close),
    "update list": Kind(10, _draw_list, _update_list, _store_list),
    "remove list": Kind(4, _draw_removal, _remove_list, _store_removal),
    "add account": Kind(3, lambda _, __, number: {"name": f"user-{number}"}, _add_account, _store_account),
    "grant": Kind(8, _draw_grant, _grant, _store_grant),
    "add organisation": Kind(
        2,
        lambda _, __, number: {"id": f"org-{number}", "name": f"Gemeente {number}"},
        _add_organisation,
        _store_organisation,
    ),
    "preview": Kind(4, _draw_offer, _preview, _store_preview),
    "accept": Kind(
        10,
        _draw_decision,
        _decide("accepted"),
        lambda store, act, values, _: _store_decision(store, act, values, accepts=True),
    ),
    "reject": Kind(
        2,
        _draw_decision,
        _decide("rejected"),
        lambda store, act, values, _: _store_decision(store, act, values, accepts=False),
    ),
}
TOUCHED: Mapping[str, tuple[str, ...]] = {  # contents that an operation can change, beside the log
    "judge": ("judgements",),
    "withdraw": ("judgements",),
    "open task": ("tasks",),
    "close task": ("tasks",),
    "update list": ("lists",),
    "remove list": ("lists",),
    "add account": ("accounts",),
    "grant": ("accounts",),
    "add organisation": ("organisations",),
    "preview": ("imports",),
    "accept": ("imports", "devices"),
    "reject": ("imports",),
}
