"""The values of the register that programs read."""

from overzicht.register.merging import MergedOverview
from overzicht.store.decisions import Judgement, TaskView
from overzicht.store.register.devices import Counts, DeviceLine
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.store.register.organisations import OrganisationLine, SiteLine
from overzicht.store.tables.tasks import Task
from overzicht.subjects.register.devices import DeviceView
from overzicht.subjects.register.imports.importing import ImportView
from overzicht.subjects.register.replacement_plans import PlanView
from overzicht.subjects.register.statements import StatementView
from overzicht.views.contracts import Contract

CONTRACTS = (
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
)
