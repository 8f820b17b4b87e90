"""Working files of due diligence in six steps: entries of people, each with name, date and reason.

An entry can be withdrawn; it no longer counts, but remains visible.
"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import Field

from overzicht.errors import UnknownNameError
from overzicht.evidence import text
from overzicht.evidence.limited import Key, Line, Lines, Number
from overzicht.evidence.packaged import StrictModel
from overzicht.kit.ask import READER, SOME_EDITOR, Ask
from overzicht.kit.operation import Body, Command, Paging, Param, Part, Route, operation
from overzicht.store.database import Transaction
from overzicht.subjects.diligence import file_files as files
from overzicht.subjects.diligence import records as stored
from overzicht.subjects.diligence.diligence_views import FileLine
from overzicht.subjects.diligence.file_entries import (
    DiligenceError,
    EntryKind,
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    NewWithdrawal,
    stated,
)
from overzicht.subjects.diligence.file_lines import list_lines
from overzicht.subjects.diligence.file_reporting import make_report
from overzicht.subjects.diligence.records import NewEntry
from overzicht.subjects.diligence.step_terms import (
    HIGHEST,
    LOWEST,
    ActionKind,
    ActionState,
    Involvement,
    Leverage,
    RecordKind,
)
from overzicht.subjects.diligence.views import YearReport
from overzicht.subjects.diligence.working_file import FileView

GROUP = """Do due diligence by the OECD's six steps, in a working file per organisation.

The map consists of findings, each with its source. People judge how severe and how likely a risk is. A
withdrawn entry remains visible.

Exit code 1 (show, report): something waits for a judgement, or is overdue. Exit code 10: the entry was
refused, and nothing was stored.
"""
MOST_KNOWN = 20
LEVELS = (LOWEST, HIGHEST)
LEVEL = Field(ge=LOWEST, le=HIGHEST, description="1 (small) to 4 (very great)")
FileId = Annotated[Key, Param(option="FILE")]
RiskId = Annotated[Key, Param(option="RISK")]
Organisation = Annotated[Key, Field(description="an id or name in the register; with `run` any name")]
FileName = Annotated[
    Line,
    Field(description="name of the file; default: that of the organisation"),
    Param("Name of the file. Default: the name of the organisation."),
]
RUN_HELP = "Id of an overview run to map. Default: the register."
Run = Annotated[Line, Field(description="the overview run to map, instead of the register"), Param(RUN_HELP)]
OtherRun = Annotated[Line, Field(description="the overview run to map; default: as before"), Param(RUN_HELP)]
Scale = Annotated[int, LEVEL, Param("Gravity, from 1 (small) to 4 (very great).", between=LEVELS)]
Scope = Annotated[int, LEVEL, Param("Number of people affected, from 1 to 4.", between=LEVELS)]
Irremediability = Annotated[int, LEVEL, Param("Difficulty of repair, from 1 to 4.", between=LEVELS)]
Likelihood = Annotated[int, LEVEL, Param("Likelihood, from 1 to 4.", between=LEVELS)]
OwnPart = Annotated[Involvement, Param("Involvement of the organisation.")]
Influence = Annotated[Leverage, Param("Influence on those who cause the risk.")]
SeverityReason = Annotated[
    Lines, Field(description="reason for the severity"), Param("Reason for the severity.")
]
LikelihoodReason = Annotated[Lines, Param("Reason for the likelihood.")]
LeverageReason = Annotated[Lines, Param("Reason for the leverage.")]
Source = Annotated[Lines, Param("Source: a decision, a letter, a page.")]
Address = Annotated[Lines, Field(description="https://… or empty"), Param("Address of the source: https://…")]
Party = Annotated[
    Line,
    Field(description="name of the party that it concerns"),
    Param("Name of the party that it concerns, for example a buyer."),
]
Purpose = Annotated[ActionKind, Param("Purpose of the action.")]
Owner = Annotated[Line, Param("Person who does it.")]
Due = Annotated[date, Param("Due date (YYYY-MM-DD).")]
Note = Annotated[Lines, Param("Note.")]
Reason = Annotated[Lines, Param("Reason, recorded in the audit log (required).")]
Year = Annotated[int | None, Field(ge=1940, le=2099, description="default: that of the date")]


def _act(name: str) -> Command:
    """Return the command of a change: it prints what was written last."""
    lines = "subjects.diligence.diligence_commands.last_lines"
    return Command(f"diligence {name}", lines, options=("as-of", "by", "json"))


@operation(
    Command(
        "diligence list",
        list_lines,
        empty=text("no working files; `overzicht diligence new ORGANISATION` starts one"),
        options=("as-of", "lang", "json"),
    ),
    Route("GET /diligence", READER, summary="Working files"),
    view=FileLine,
)
def overview(ask: Ask, paging: Paging) -> Part[FileView]:
    """List the working files of a date with their open points."""
    views = files.list_files(ask.store, ask.day)
    return paging.part([view for view in views if ask.sees(view.organisation)])


@operation(
    _act("new"),
    Route(
        "POST /diligence",
        SOME_EDITOR,
        Body("FileRequest", "A new working file."),
        "Start a working file",
        has_names=True,
        is_new=True,
    ),
)
def begin(ask: Ask, organisation: Organisation, *, name: FileName = "", run: Run = "") -> FileView:
    """Start a working file of ORGANISATION, an id or name of the register, with its first map.

    With --run any name is accepted: the map is made from an overview of inventories (see `overzicht runs`).
    """
    owner = "" if run else ask.own_organisation(organisation, ask.day)
    ask.check_changes(owner)  # a file that is based on a run requires a grant for all organisations
    return files.new_file(ask.store, owner or organisation, ask.actor(ask.day), name=name, run=run)


@operation(Route("GET /diligence/{file_id}", READER, summary="One working file"))
def show(ask: Ask, file_id: Key) -> FileView:
    """Return a file on the date: steps, risks with findings and judgements, actions and records."""
    check_file(ask, file_id)
    return files.show_file(ask.store, file_id, ask.day)


@operation(_act("prefill"), Route("POST /diligence/{file_id}/map", SOME_EDITOR, summary="Renew the map"))
def make_map(ask: Ask, file_id: FileId, *, run: OtherRun = "") -> FileView:
    """Make the map of FILE again for a date, from the register and the lists. Judgements and actions remain.

    A risk that is no longer found remains in the file, marked. A judgement older than a change is marked too.
    """
    check_file(ask, file_id, changes=True)
    if run:  # the contents of a run belong to no organisation
        ask.check_changes("")
    return files.prefill(ask.store, file_id, ask.actor(ask.day), run=run)


@operation(
    _act("judge"),
    Route(
        "POST /diligence/{file_id}/judgements",
        SOME_EDITOR,
        Body("JudgementRequest", "A judgement of a risk; severity is the highest of its three parts."),
        "Judge a risk",
        is_new=True,
    ),
)
def judge(  # noqa: PLR0913 - the fields of the judgement
    ask: Ask,
    file_id: FileId,
    risk: RiskId,
    *,
    scale: Scale,
    scope: Scope,
    irremediability: Irremediability,
    likelihood: Likelihood,
    involvement: OwnPart,
    leverage: Influence,
    reason: SeverityReason,
    likelihood_reason: LikelihoodReason,
    leverage_reason: LeverageReason = "",
) -> FileView:
    """Judge RISK of FILE: severity in its three parts and likelihood, each with its reason.

    Severity is the greatest of the three parts. A new judgement replaces an earlier one, which remains
    visible. The product suggests no number: a person chooses it.
    """
    check_file(ask, file_id, changes=True)
    judgement = stated(
        NewJudgement,
        scale=scale,
        scope=scope,
        irremediability=irremediability,
        likelihood=likelihood,
        involvement=involvement,
        leverage=leverage,
        reason=reason,
        likelihood_reason=likelihood_reason,
        leverage_reason=leverage_reason,
    )
    with ask.writing() as tx:
        _check_risk(files.read_view(tx.connection, file_id, ask.day), risk)
        return _write(tx, file_id, replace(_entry(ask, EntryKind.JUDGEMENT, judgement), risk=risk))


@operation(
    _act("withdraw"),
    Route("POST /diligence/{file_id}/entries/{number}/withdraw", SOME_EDITOR, summary="Withdraw an entry"),
)
def withdraw(ask: Ask, file_id: FileId, number: Number, *, reason: Reason) -> FileView:
    """Withdraw entry NUMBER of FILE: a judgement, record, action or progress. It remains visible."""
    check_file(ask, file_id, changes=True)
    withdrawal = _entry(ask, EntryKind.WITHDRAWAL, stated(NewWithdrawal, reason=reason))
    with ask.writing() as tx:
        stored.get_file(tx.connection, file_id)
        entries = stored.entries_of(tx.connection, [file_id])[file_id]
        entry = next((entry for entry in entries if entry.number == number), None)
        if entry is None:
            raise UnknownNameError("entry", str(number), (f"1 to {len(entries)}",))
        if not entry.kind.can_be_withdrawn:
            raise DiligenceError(
                f"entry {entry.number} is a {entry.kind}, which cannot be withdrawn",
                fix="make a new map to replace a map, or record the withdrawn entry again",
            )
        if any(other.about == entry.number and other.kind is EntryKind.WITHDRAWAL for other in entries):
            raise DiligenceError(f"entry {entry.number} is withdrawn")
        if ask.day < entry.day:
            raise DiligenceError(
                f"entry {entry.number} is dated {entry.day}, after {ask.day}", fix="give a later date"
            )
        return _write(tx, file_id, replace(withdrawal, about=number))


@operation(
    _act("record"),
    Route(
        "POST /diligence/{file_id}/records",
        SOME_EDITOR,
        Body("RecordRequest", "A record in words, with its source."),
        "Add a record",
        is_new=True,
    ),
)
def record(  # noqa: PLR0913 - the fields of the record
    ask: Ask,
    file_id: FileId,
    kind: RecordKind,
    what: Lines,
    *,
    source: Source = "",
    address: Address = "",
    party: Party = "",
) -> FileView:
    """Record WHAT was done or seen, with its source: policy, indicator, communication, remediation or risk.

    A `risk` adds a risk to the map that the data do not show. A `red flag` or `downstream use` with --party
    asks a question in the licence cases of this exporter about that party.
    """
    check_file(ask, file_id, changes=True)
    content = stated(NewRecord, what=what, source=source, address=address, party=party)
    with ask.writing() as tx:
        files.read_view(tx.connection, file_id, ask.day)
        return _write(tx, file_id, _entry(ask, EntryKind(kind.value), content))


@operation(
    _act("plan"),
    Route(
        "POST /diligence/{file_id}/actions",
        SOME_EDITOR,
        Body("ActionRequest", "An action against a risk."),
        "Plan an action",
        is_new=True,
    ),
)
def plan(  # noqa: PLR0913 - the fields of the action
    ask: Ask, file_id: FileId, risk: RiskId, what: Lines, *, kind: Purpose, owner: Owner, due: Due
) -> FileView:
    """Plan an action against RISK of FILE: WHAT, owner and due date."""
    check_file(ask, file_id, changes=True)
    action = stated(NewAction, risk=risk, kind=kind, what=what, owner=owner, due=due)
    if due < ask.day:
        raise DiligenceError(
            f"the due date {due} is before {ask.day}", fix="give a later date, or an earlier --as-of"
        )
    with ask.writing() as tx:
        _check_risk(files.read_view(tx.connection, file_id, ask.day), risk)
        return _write(tx, file_id, replace(_entry(ask, EntryKind.ACTION, action), risk=risk))


@operation(
    _act("track"),
    Route(
        "POST /diligence/{file_id}/entries/{number}/progress",
        SOME_EDITOR,
        Body("ProgressRequest", "The progress of an action."),
        "Record the progress of an action",
    ),
)
def track(ask: Ask, file_id: FileId, number: Number, state: ActionState, *, note: Note = "") -> FileView:
    """Record the state of action NUMBER of FILE."""
    check_file(ask, file_id, changes=True)
    progress = stated(NewProgress, state=state, note=note)
    with ask.writing() as tx:
        actions = {row.number: row for row in files.read_view(tx.connection, file_id, ask.day).actions}
        action = actions.get(number)
        if action is None:
            raise UnknownNameError("action", str(number), tuple(map(str, actions))[:MOST_KNOWN])
        if action.withdrawn is not None:
            raise DiligenceError(
                f"action {number} was withdrawn on {action.withdrawn.day}", fix="plan a new one"
            )
        return _write(tx, file_id, replace(_entry(ask, EntryKind.PROGRESS, progress), about=number))


@operation(Route("GET /diligence/{file_id}/report", READER, summary="The annual report"))
def report(ask: Ask, file_id: Key, *, year: Year = None) -> YearReport:
    """Return the report of a calendar year as known on the date."""
    check_file(ask, file_id)
    return make_report(ask.store, file_id, year or ask.day.year, ask.day)


def check_file(ask: Ask, file_id: str, *, changes: bool = False) -> None:
    """Raise an error if the caller may not see a file, or (`changes`) not change it.

    A file that is based on a run belongs to no organisation: it requires a grant for all.
    """
    if ask.has_store:  # the error of an unknown file names the others
        return
    with ask.hiding("working file", file_id):  # its message names files that the caller may not see
        organisation = files.head_of(ask.store, file_id).organisation
    ask.check_seen(organisation, "working file", file_id)
    if changes:
        ask.check_changes(organisation)


def _check_risk(view: FileView, risk_id: str) -> None:
    if view.risk(risk_id) is None:
        known = tuple(risk.id for risk in view.risks)
        raise UnknownNameError("risk", risk_id, known[:MOST_KNOWN])


def _entry(ask: Ask, kind: EntryKind, content: StrictModel) -> NewEntry:
    return NewEntry(kind, ask.day, content.model_dump(mode="json"))


def _write(tx: Transaction, file_id: str, entry: NewEntry) -> FileView:
    stored.add_entry(tx, file_id, entry)
    return files.read_view(tx.connection, file_id, entry.day)
