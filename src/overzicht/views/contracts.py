"""Every value that programs read, with the command that prints it and its address."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from overzicht.evidence import Finding
from overzicht.register.merging import MergedOverview
from overzicht.store.decisions import Judgement, Task, TaskView
from overzicht.store.jobs import Job
from overzicht.store.log import LogEntry
from overzicht.store.register.devices import Counts, DeviceLine
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.store.register.organisations import OrganisationLine, SiteLine
from overzicht.store.runs import StoredRun
from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.sets import SetLine
from overzicht.subjects.census.overview import NationalOverview
from overzicht.subjects.census.round_records import StoredRound
from overzicht.subjects.control_list.views import (
    ControlListVersion,
    FoundProvisions,
    InstalledView,
    ListChanges,
    ProvisionView,
)
from overzicht.subjects.diligence.diligence_views import FileLine
from overzicht.subjects.diligence.law_views import InstrumentLineView, InstrumentView, WeighingsView
from overzicht.subjects.diligence.views import YearReport
from overzicht.subjects.diligence.working_file import FileView
from overzicht.subjects.dossiers.importing import Imported
from overzicht.subjects.dossiers.views import DossierLine, DossierView
from overzicht.subjects.licensing.authorisation_use_records import AuthorisationUse
from overzicht.subjects.licensing.case_views import CaseDenials, CaseLine
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.compare import Comparison
from overzicht.subjects.licensing.denials.operations import DenialStanding
from overzicht.subjects.questions.figures import Figures
from overzicht.subjects.questions.views import (
    FoundSet,
    OverdueView,
    QuestionSetLine,
    ReadingView,
    SetMentionsView,
)
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


CONTRACTS = (
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
    Contract(NationalOverview, "census show, census publish", "/census/{round_id}"),
    Contract(StoredRound, address="/census"),
    Contract(Task, "tasks list", "/tasks"),
    Contract(TaskView, address="/tasks/{number}"),
    Contract(Judgement, address="/judgements"),
    Contract(Job, address="/jobs"),
    Contract(LogEntry, address="/log"),
    Contract(ControlListVersion, "control versions", "/control/versions"),
    Contract(ProvisionView, "control show", "/control/provisions/{path}"),
    Contract(FoundProvisions, "control search", "/control/search"),
    Contract(ListChanges, "control diff", "/control/diff"),
    Contract(InstalledView, "control update"),
    Contract(AuthorisationUse, "control use list", "/control/uses"),
    Contract(CaseLine, "licence list", "/licences"),
    Contract(CaseView, "licence show", "/licences/{case_id}"),
    Contract(CaseDenials, address="/licences/{case_id}/denials"),
    Contract(Comparison, "control compare", "/licences/{case_id}/comparison"),
    Contract(DenialStanding, "denial list, denial show", "/denials"),
    Contract(InstrumentLineView, "law list", "/instruments"),
    Contract(InstrumentView, "law show", "/instruments/{instrument_id}"),
    Contract(WeighingsView, "law weigh", "/weighings"),
    Contract(DossierLine, "dossier list", "/dossiers"),
    Contract(DossierView, "dossier show", "/dossiers/{dossier_id}"),
    Contract(Imported, "dossier import", "/dossiers/import"),
    Contract(SetLine, address="/answers"),
    Contract(AnswerReport, "answer", "/answers/{number}"),
    Contract(QuestionSetLine, address="/questions"),
    Contract(FoundSet, "questions search"),
    Contract(Figures, "questions stats", "/questions/figures"),
    Contract(OverdueView, "questions overdue", "/questions/overdue"),
    Contract(ReadingView, "questions show", "/questions/{number}/versions"),
    Contract(SetMentionsView, "questions mentions", "/questions/mentions"),
    Contract(FileLine, "diligence list", "/diligence"),
    Contract(FileView, "diligence show", "/diligence/{file_id}"),
    Contract(YearReport, "diligence report", "/diligence/{file_id}/report"),
)


def schemas() -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return one JSON Schema (draft 2020-12) with every contract under `$defs`, and their names there."""
    inputs: list[tuple[Contract, Literal["serialization"], TypeAdapter[Any]]] = [
        (contract, "serialization", TypeAdapter(contract.kind)) for contract in CONTRACTS
    ]
    places, shared = TypeAdapter.json_schemas(inputs)
    whole = with_short_names({"$schema": "https://json-schema.org/draft/2020-12/schema", **shared})
    named = with_short_names({"names": [places[contract, "serialization"]["$ref"] for contract in CONTRACTS]})
    return whole, tuple(name.removeprefix("#/$defs/") for name in named["names"])
