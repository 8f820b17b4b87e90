"""Every value that programs read, with the command that prints it and its address."""

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Literal

from pydantic import TypeAdapter

from overzicht.composition import Slot
from overzicht.evidence import Finding
from overzicht.register.merging import MergedOverview
from overzicht.store.decisions import Judgement, Task, TaskView
from overzicht.store.jobs import Job
from overzicht.store.log import LogEntry
from overzicht.store.register.devices import Counts, DeviceLine
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.store.register.organisations import OrganisationLine, SiteLine
from overzicht.store.runs import StoredRun
from overzicht.views.lists import DiffView, KeptSnapshotView, ListView
from overzicht.views.makers import MakerLine, MakerView
from overzicht.views.screening import JoinedView, SamePartiesView, ScreenedParty, StoredSuggestionView
from overzicht.views.serialiser import with_short_names
from overzicht.workflows.register.devices import DeviceView
from overzicht.workflows.register.importing import ImportView
from overzicht.workflows.register.plans import PlanView
from overzicht.workflows.register.statements import StatementView


@dataclass(frozen=True, slots=True)
class Contract:
    """A value that programs read; `command` or `address` is empty if only the other gives it."""

    kind: Any
    command: str = ""
    address: str = ""


ADDED: Slot[tuple[Contract, ...]] = Slot("contracts")
_OF_ALL = (
    Contract(ScreenedParty, "screen one, screen names", "/match"),
    Contract(SamePartiesView, "parties same"),
    Contract(JoinedView, address="/parties/joined"),
    Contract(StoredSuggestionView, address="/parties/suggested"),
    Contract(ListView, "lists status", "/lists"),
    Contract(DiffView, "lists diff", "/lists/{list_id}/diff"),
    Contract(KeptSnapshotView, address="/snapshots"),
    Contract(MakerLine, address="/makers"),
    Contract(MakerView, address="/makers/{maker_id}"),
    Contract(StoredRun, "runs", "/runs"),
    Contract(Finding, "explain, dossier active", "/runs/{run_id}/findings, /activity"),
    Contract(DeviceLine, "register devices", "/devices, /devices/export"),
    Contract(DeviceView, "register show", "/devices/{device_id}"),
    Contract(Counts, "register counts", "/counts"),
    Contract(OrganisationLine, "register organisations list", "/organisations"),
    Contract(SiteLine, "register sites", "/sites"),
    Contract(StatementView, "register statements list", "/statements"),
    Contract(StoredImport, "register imports", "/imports"),
    Contract(ImportView, "register import"),
    Contract(RowView, address="/imports/{number}/rows"),
    Contract(PlanView, "register plan list, register plan show", "/plans"),
    Contract(MergedOverview, "register merge"),
    Contract(Task, "tasks list", "/tasks"),
    Contract(TaskView, address="/tasks/{number}"),
    Contract(Judgement, address="/judgements"),
    Contract(Job, address="/jobs"),
    Contract(LogEntry, address="/log"),
)


@cache
def contracts() -> tuple[Contract, ...]:
    """Return every value that programs read: those of all, then those of the subjects."""
    return (*_OF_ALL, *chain.from_iterable(ADDED.added()))


def schemas() -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return one JSON Schema (draft 2020-12) with every contract under `$defs`, and their names there."""
    inputs: list[tuple[Contract, Literal["serialization"], TypeAdapter[Any]]] = [
        (contract, "serialization", TypeAdapter(contract.kind)) for contract in contracts()
    ]
    places, shared = TypeAdapter.json_schemas(inputs)
    whole = with_short_names({"$schema": "https://json-schema.org/draft/2020-12/schema", **shared})
    named = with_short_names(
        {"names": [places[contract, "serialization"]["$ref"] for contract in contracts()]}
    )
    return whole, tuple(name.removeprefix("#/$defs/") for name in named["names"])
