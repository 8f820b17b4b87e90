"""The steps of an officer in the order of the law: assess, consult, decide; each is recorded."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from sqlalchemy import Connection

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.evidence.limited import Key, Line, Lines, Plain
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.kit.ask import OFFICER, Ask
from overzicht.kit.operation import Body, Command, Form, MisuseError, Param, Route, operation
from overzicht.law.working_days import Reading
from overzicht.store import decisions
from overzicht.store.database import Store
from overzicht.store.register.subjects import CASES
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing import denials_records as denials
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.cases import (
    CaseView,
    ConsultationView,
    register_in,
    view_case,
)
from overzicht.subjects.licensing.confidentiality import check_other_eyes
from overzicht.subjects.licensing.consultation import (
    REPLIES,
    ConsultationStatus,
    Ground,
    Reply,
    last_day,
    longest_extension,
)
from overzicht.subjects.licensing.denial_model import years_later
from overzicht.subjects.licensing.denials_operations import note_matches
from overzicht.subjects.licensing.denials_records import Purpose
from overzicht.subjects.licensing.files import criteria_of, read_derogation
from overzicht.subjects.licensing.gates.model import Derogation, LegalGate
from overzicht.subjects.licensing.gating import (
    ACCEPTANCE,
    CONFIRMATION,
    DEROGATION,
    check_decision,
    check_export,
    derogations_of,
)
from overzicht.subjects.licensing.model import FactName
from overzicht.subjects.licensing.office_workflow import keep_deadline
from overzicht.subjects.licensing.screening import is_stale, versions_in
from overzicht.subjects.licensing.sight import LINES, PAGE, SIGNED, step
from overzicht.subjects.licensing.states import DECISIONS, GRANTS, NOTIFIED, Status, check_step
from overzicht.subjects.licensing.weighing import CriterionRecord, RecordRequest
from overzicht.workflows.typed_files import named_bytes


def lines_of(values: Any) -> Any:
    """Return each line of the texts as one text; a form sends all conditions as the lines of one text."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return values
    return [line.strip() for value in values for line in value.splitlines() if line.strip()]


TAG = "licences"
Prose = Annotated[str, Field(min_length=1, max_length=4_000), Plain]
State = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Records = Annotated[tuple[RecordRequest, ...], Field(max_length=100)]
QuestionKey = Annotated[str, Field(min_length=3, max_length=2_100), Plain]
Source = Annotated[Line, Field(min_length=3), Param("Source of the answer (required).")]
Outcome = Annotated[Status, Param(choices=DECISIONS)]
Reasons = Annotated[Prose, Param("Reasons, recorded in the case (required).", option="--reason")]
Conditions = Annotated[
    tuple[Lines, ...],
    Field(max_length=50),
    BeforeValidator(lines_of),
    Param("Condition. May be given more than once.", option="--condition"),
]
FactSource = Annotated[str, Param("Source of the answer (required, except for `unknown`).")]
Note = Annotated[str, Param("Note.")]
CriteriaFile = Annotated[Path | None, Param("List of records of Article 15 (YAML, JSON).")]
GroundName = Annotated[
    Literal["denial", "location"],
    Param(
        "Ground: the place of the items (Article 14), or a denial of the state (Article 16).",
        shows_default=True,
    ),
]
Answer = Annotated[Reply | None, Param("Reply of the state.", option="--reply")]
NewEnd = Annotated[date | None, Param("New end of the period, as both states agreed (YYYY-MM-DD).")]
DocumentFile = Annotated[Path | None, Param("The document itself, to check its hash.")]
Accepted = Annotated[str | None, Param("Number of a recorded document that a second officer accepts.")]
Judged = Annotated[
    str | None, Param("Id of the denial that a person compared with the case.", option="--judge")
]
PersonVerdict = Annotated[Literal["same", "different"] | None, Param("Verdict of that person.")]
VerdictReason = Annotated[str, Param("Reason (required with --judge).")]
ValidUntil = Annotated[
    date | None, Param("End of validity (YYYY-MM-DD). Default: two years (Article 12(3)).")
]
NoticeReasons = Annotated[Line, Param("Reasons for a grant after the reply `identical` (required then).")]
CHANGED_LIST = "a list changed after the screening of the parties"
NORMAL_YEARS = {"individual": 2, "global": 2, "large_project": 4}  # Article 12(3), unless decided otherwise
FIRST_DECISIONS = frozenset(
    {Status.GRANTED, Status.GRANTED_WITH_CONDITIONS, Status.DENIED, Status.NOT_NEEDED}
)


class DecisionNotReadyError(OverzichtError):
    """A step that the law requires before the decision is missing; the case does not change."""

    def __init__(self, case_id: str, reasons: Sequence[str | Text], fix: str) -> None:
        given = "; ".join(map(str, reasons))
        super().__init__(f"case {case_id} cannot be decided yet: {given}", fix=fix)
        sentences = [reason for reason in reasons if isinstance(reason, Text)]
        if sentences and len(sentences) == len(reasons):
            why = joined(sentences, SEMICOLONS)
            self.sentence = text("case {case_id} cannot be decided yet: {why}", case_id=case_id, why=why)


class ObjectionBindsError(OverzichtError):
    """The state in which the items are located objected in time: no grant is possible (Article 14(1))."""

    def __init__(self, case_id: str, state: str) -> None:
        super().__init__(
            f"case {case_id} cannot be granted: {state} objected in time, which is binding (Article 14(1))",
            fix="deny it with reasons, or record that the objection was withdrawn",
        )


class SameOfficerError(OverzichtError):
    """The officer who recorded a derogation cannot accept it; nothing was changed."""

    def __init__(self, case_id: str, document: str, actor: str) -> None:
        super().__init__(
            f"case {case_id}: {actor} recorded {document}, and therefore cannot accept it",
            fix="ask another officer to accept it",
        )


def record_event(
    store: Store, case: StoredCase, kind: str, payload: dict[str, Any], actor: Actor
) -> CaseView:
    """Record an event of a case that was checked, and return the case after it."""
    case_id = case.application.id
    with licences.changing(store, case, actor) as tx:
        licences.add_event(tx, case_id, kind, actor.day, payload)
    return view_case(store, case_id, actor.day)


@operation(
    Route("POST /licences/{case_id}/assess", OFFICER, summary="Assess a case, and match the denials"),
    is_dated=True,
)
def assess(ask: Ask, case_id: Key, *, records: Records = ()) -> CaseView:
    """Save records on the criteria if given, match the denials, and update the status of the case."""
    return _assessed(ask, case_id, tuple(record.to_record(ask.principal.name) for record in records))


@operation(step("assess"), is_dated=True)
def assess_with_file(ask: Ask, case_id: Key, *, criteria: CriteriaFile = None) -> CaseView:
    """Store records of Article 15, match the denials, and show the checklist and the states to consult."""
    records = criteria_of(*named_bytes(criteria), ask.principal.name) if criteria else ()
    return _assessed(ask, case_id, records)


def _assessed(ask: Ask, case_id: str, records: tuple[CriterionRecord, ...]) -> CaseView:
    day = ask.day
    with ask.store.reading() as connection:  # before the matches: a later denial makes them old
        register = register_in(connection, day)
    view = view_case(ask.store, case_id, day)
    is_waiting = view.to_consult or any(c.standing is ConsultationStatus.OPEN for c in view.consultations)
    status = Status.CONSULTING if is_waiting else Status.ASSESSED
    check_step(case_id, view.case.status, status)
    with licences.changing(ask.store, view.case, ask.actor(day)) as tx:
        for record in records:
            licences.add_event(tx, case_id, "criterion", day, record.model_dump(mode="json"))
        kinds = {match.denial.id: match.kind.value for match in view.matches}
        matching = {"register": register, "matches": kinds}
        licences.add_event(tx, case_id, "denial matching", day, matching)
        shown = [match.denial for match in view.matches]
        denials.note_reading(tx, shown, day, Purpose.ASSESSMENT, case_id)
        licences.set_status(tx, view.case, status, day, {})
    return view_case(ask.store, case_id, day)


@operation(
    Route(
        "POST /licences/{case_id}/denials/verdicts",
        OFFICER,
        Body("VerdictRequest", "The verdict of a person who compared a denial with the case."),
        "Judge a match",
    ),
    Form(PAGE, path="/licences/{case_id}/verdicts"),
    is_dated=True,
)
def judge(
    ask: Ask, case_id: Key, denial: Key, verdict: Literal["same", "different"], reason: Prose
) -> CaseView:
    """Save a verdict on a match: for `different`, no consultation is needed. The last verdict counts."""
    view = view_case(ask.store, case_id, ask.day)
    known = tuple(match.denial.id for match in view.matches)
    if denial not in known:
        raise UnknownNameError("match with denial", denial, known)
    payload = {"denial": denial, "verdict": verdict, "reason": reason}
    return _recorded(ask, view, "match verdict", payload)


@operation(
    Command(
        "denial match",
        "subjects.licensing.denial_commands.matching_lines",
        empty=text("no denial matches this case"),
        data=lambda view: {
            "id": view.application.id,
            **{
                name: getattr(view, name)
                for name in ("day", "matches", "dismissed", "to_consult", "consultations")
            },
        },
        is_incomplete=lambda view: bool(view.to_consult),
        options=SIGNED,
    ),
    is_dated=True,
)
def match(
    ask: Ask,
    case_id: Key,
    *,
    judged: Judged = None,
    verdict: PersonVerdict = None,
    reason: VerdictReason = "",
) -> CaseView:
    """List denials that match a case, with reasons, the authorities to consult and deadlines.

    With --judge a person's verdict on a match is recorded. After `different`, no consultation is needed.
    """
    if judged is None:
        view = view_case(ask.store, case_id, ask.day)
    elif verdict is None or not reason.strip():
        raise MisuseError(text("--judge needs --verdict and --reason"))
    else:
        view = judge(ask, case_id, judged, verdict, reason)
    note_matches(ask, view.matches, case_id)
    return view


@operation(
    Route(
        "POST /licences/{case_id}/consultations",
        OFFICER,
        Body("ConsultationRequest", "A state that was consulted on the date."),
        "Record the consultation of a state",
    ),
    Form(PAGE),
    is_dated=True,
)
def consult(ask: Ask, case_id: Key, state: State, ground: Ground) -> CaseView:
    """Record that a state was consulted on the date."""
    view = view_case(ask.store, case_id, ask.day)
    by_state = {(due.state, due.ground): due for due in view.to_consult}
    if (state, ground) not in by_state:
        known = tuple(f"{due.state} ({due.ground.value})" for due in view.to_consult)
        raise UnknownNameError("consultation to ask", f"{state} ({ground.value})", known)
    due = by_state[state, ground]
    payload = {"step": "ask", "state": state, "ground": ground.value, "denials": list(due.denials)}
    with licences.changing(ask.store, view.case, ask.actor(ask.day)) as tx:
        licences.add_event(tx, case_id, "consultation", ask.day, payload)
        title = f"answer of {state} due ({ground.value}, case {case_id})"
        decisions.open_task(tx, CASES + case_id, title, due=due.clock.due if due.clock else None)
    return view_case(ask.store, case_id, ask.day)


@operation(
    Route(
        "POST /licences/{case_id}/consultations/replies",
        OFFICER,
        Body("ReplyRequest", "The answer of a state on the date."),
        "Record the answer of a state",
    ),
    Form(PAGE, path="/licences/{case_id}/replies"),
    is_dated=True,
)
def reply(ask: Ask, case_id: Key, state: State, reply: Reply) -> CaseView:
    """Record the answer of a state on the date; its ground follows from the kind of answer."""
    ground = next(ground for ground, replies in REPLIES.items() if reply in replies)
    view = view_case(ask.store, case_id, ask.day)
    _consultation(view, state, ground)
    payload = {"step": "reply", "state": state, "ground": ground.value, "reply": reply.value}
    return _recorded(ask, view, "consultation", payload)


@operation(
    Route(
        "POST /licences/{case_id}/consultations/extensions",
        OFFICER,
        Body("ExtensionRequest", "An extension that both states agreed."),
        "Record an extension",
    ),
    is_dated=True,
)
def extend(ask: Ask, case_id: Key, state: State, ground: Ground, until: date) -> CaseView:
    """Record the new last date that both states agreed, as far as the article allows it."""
    view = view_case(ask.store, case_id, ask.day)
    consultation = _consultation(view, state, ground)
    clock = consultation.clock
    longest = longest_extension(clock, Reading.ADDED) if clock else None
    if clock is None or longest is None or until > longest:
        raise DecisionNotReadyError(
            case_id,
            [f"an extension to {until} is longer than any reading of the article"],
            f"give a date until {longest}",
        )
    if ask.day > last_day(consultation.consultation, clock):
        reason = f"the answer of {state} was due on {clock.due}; an extension is no longer possible"
        raise DecisionNotReadyError(case_id, [reason], "continue without the answer")
    payload = {"step": "extend", "state": state, "ground": ground.value, "until": until.isoformat()}
    return _recorded(ask, view, "consultation", payload)


@operation(step("consult"), is_dated=True)
def consultation(
    ask: Ask,
    case_id: Key,
    state: str,
    *,
    ground: GroundName = "denial",
    answer: Answer = None,
    extend_to: NewEnd = None,
) -> CaseView:
    """Record that a state was consulted on a date, or with --reply its reply.

    The replies `objection` and `no objection` belong to Article 14, `identical` and `not identical` to
    Article 16.
    """
    if answer is not None:
        return reply(ask, case_id, state, answer)
    reason = {"location": Ground.LOCATION, "denial": Ground.DENIAL}[ground]
    if extend_to is not None:
        return extend(ask, case_id, state, reason, extend_to)
    return consult(ask, case_id, state, reason)


def _recorded(ask: Ask, view: CaseView, kind: str, payload: dict[str, Any]) -> CaseView:
    return record_event(ask.store, view.case, kind, payload, ask.actor(ask.day))


def _consultation(view: CaseView, state: str, ground: Ground) -> ConsultationView:
    for consultation in view.consultations:
        if (consultation.consultation.state, consultation.consultation.ground) == (state, ground):
            return consultation
    known = tuple(f"{o.consultation.state} ({o.consultation.ground.value})" for o in view.consultations)
    raise UnknownNameError("consultation", f"{state} ({ground.value})", known)


@operation(step("fact"), is_dated=True)
def state_fact(
    ask: Ask,
    case_id: Key,
    name: FactName,
    answer: Literal["yes", "no", "unknown"],
    *,
    source: FactSource = "",
    note: Note = "",
) -> CaseView:
    """State a fact about a stored case. The application as filed is not changed."""
    if answer != "unknown" and not source.strip():
        wrong = text("the answer {answer} needs --source; without one it is unknown", answer=repr(answer))
        raise MisuseError(wrong)
    with ask.store.reading() as connection:
        case = licences.get_case(connection, case_id)
    payload = {"name": name.value, "answer": answer, "source": source, "note": note}
    return record_event(ask.store, case, "fact", payload, ask.actor(ask.day))


@operation(
    step("confirm"),
    Route(
        "POST /licences/{case_id}/confirmations",
        OFFICER,
        Body("ConfirmationRequest", "A person's answer to an open question of a gate, with its source."),
        "Answer an open question of a gate",
    ),
    Form(PAGE),
    is_dated=True,
)
def confirm(
    ask: Ask, case_id: Key, key: QuestionKey, answer: Literal["yes", "no"], *, source: Source
) -> CaseView:
    """Answer the open question KEY of a gate as a person, with a source. `licence gates` shows the keys."""
    if not source.strip():
        raise DecisionNotReadyError(case_id, ["an answer needs a source"], "give it with --source")
    view = view_case(ask.store, case_id, ask.day)
    known = tuple(question.key for question in view.gates.questions)
    if key not in known:
        raise UnknownNameError("open question", key, known)
    kind, _, name = key.partition(":")
    if kind == "fact":
        return _recorded(ask, view, kind, {"name": name, "answer": answer, "source": source, "note": ""})
    if kind == "denial":
        verdict = "same" if answer == "yes" else "different"
        return _recorded(ask, view, "match verdict", {"denial": name, "verdict": verdict, "reason": source})
    return _recorded(ask, view, CONFIRMATION, {"key": key, "answer": answer, "source": source})


@operation(
    Route("POST /licences/{case_id}/derogations", OFFICER, summary="Record a derogation"),
    Form(PAGE),
    is_dated=True,
)
def file_derogation(ask: Ask, case_id: Key, file: Derogation) -> CaseView:
    """Save a derogation or exception as the officer who checked its document."""
    view = view_case(ask.store, case_id, ask.day)
    return _recorded(ask, view, DEROGATION, file.model_dump(mode="json"))


@operation(
    Route(
        "POST /licences/{case_id}/derogations/acceptances",
        OFFICER,
        Body("AcceptanceRequest", "The number of a recorded derogation that a second officer accepts."),
        "Accept a derogation",
    ),
    Form(PAGE),
    is_dated=True,
)
def accept_derogation(ask: Ask, case_id: Key, document: Annotated[Line, Field(min_length=1)]) -> CaseView:
    """Accept a derogation as a second officer. Only then it lifts a prohibition."""
    view, officer = view_case(ask.store, case_id, ask.day), ask.principal.name
    checkers = {stored.record.document: stored.checked_by for stored in derogations_of(view.case)}
    if document not in checkers:
        raise UnknownNameError("derogation", document, tuple(checkers))
    if checkers[document].strip().casefold() == officer.strip().casefold():
        raise SameOfficerError(case_id, document, officer)
    return _recorded(ask, view, ACCEPTANCE, {"document": document})


@operation(step("derogation"), is_dated=True)
def derogation(
    ask: Ask,
    case_id: Key,
    file: Path | None = None,
    *,
    document: DocumentFile = None,
    accept: Accepted = None,
) -> CaseView:
    """Record the derogation or exception in FILE (YAML or JSON), or accept one as a second officer.

    A prohibition is lifted only if two different officers recorded and accepted it.
    """
    if file is not None and accept is None:
        return file_derogation(ask, case_id, read_derogation(file, document))
    if file is None and accept is not None:
        return accept_derogation(ask, case_id, accept)
    raise MisuseError(text("name a FILE, or give --accept with the number of a document"))


@operation(
    step("export"),
    Route(
        "POST /licences/{case_id}/exports", OFFICER, summary="Check a granted licence on the date of export"
    ),
    Form(PAGE),
    is_dated=True,
)
def export(ask: Ask, case_id: Key) -> CaseView:
    """Check a granted licence on the date of the export. Exit code 10: a gate shut after the grant."""
    view = view_case(ask.store, case_id, ask.day)
    if view.case.status not in GRANTS:
        raise DecisionNotReadyError(
            case_id, [f"the case is {view.case.status}, not granted"], "decide it first"
        )
    payload = {"can_export": not view.is_reopened, "outcome": view.gates.outcome.value}
    with licences.changing(ask.store, view.case, ask.actor(ask.day)) as tx:
        check_lists(tx.connection, view)
        licences.add_event(tx, case_id, "export check", ask.day, payload)
        if view.is_reopened:
            decisions.open_task_once(
                tx, CASES + case_id, f"a gate shut after the grant: assess {case_id} again"
            )
    check_export(view.gate_case, view.case.status, ask.day)
    return view_case(ask.store, case_id, ask.day)


@operation(
    Command("licence decide", LINES, options=SIGNED),
    Route(
        "POST /licences/{case_id}/decisions",
        OFFICER,
        Body(
            "DecisionRequest",
            "An officer's decision; `valid_until` defaults to the normal term of Article 12(3).",
        ),
        "Decide",
    ),
    Form(PAGE),
    is_dated=True,
)
def decide(  # noqa: PLR0913 - the fields of the decision
    ask: Ask,
    case_id: Key,
    outcome: Outcome,
    *,
    reasons: Reasons,
    conditions: Conditions = (),
    valid_until: ValidUntil = None,
    notice_reasons: NoticeReasons = "",
) -> CaseView:
    """Record an officer's decision on a case with its reasons. A revision never overwrites it."""
    if outcome not in DECISIONS:
        raise UnknownNameError("decision", outcome.value, tuple(known.value for known in DECISIONS))
    if not reasons.strip():
        raise DecisionNotReadyError(case_id, ["reasons are required"], "give them with --reason")
    view, day = view_case(ask.store, case_id, ask.day), ask.day
    check_step(case_id, view.case.status, outcome)
    check_other_eyes(view.case, ask.principal.name)
    until = valid_until or years_later(day, NORMAL_YEARS[view.application.kind])
    payload = {
        "reasons": reasons,
        "conditions": list(conditions),
        "valid_until": until.isoformat() if outcome in GRANTS else "",
        "notice_reasons": notice_reasons,
        "suggestion": view.suggestion.leaning.value,
        "way": view.checklist.way.value,
        "gates": {gate.value: view.gates.of(gate).value for gate in LegalGate},
    }
    with licences.changing(ask.store, view.case, ask.actor(day)) as tx:
        if outcome in FIRST_DECISIONS and view.case.status is Status.ASSESSED:
            _check_ready(tx.connection, view, outcome, notice_reasons)
        check_decision(view.gate_case, outcome, day, notice_reasons)
        licences.set_status(tx, view.case, outcome, day, payload)
        keep_deadline(tx, case_id, day)
        subject = CASES + case_id
        if outcome in NOTIFIED:
            title = "notify the member states and the Commission"
            decisions.open_task(tx, subject, f"{title}: {outcome.value} (Article 16(1), {case_id})")
        if outcome in GRANTS and _contradicted(view):
            title = "notify all member states and the Commission of the reasons"
            decisions.open_task(tx, subject, f"{title} (Article 16(5), {case_id})")
    return view_case(ask.store, case_id, day)


def check_lists(connection: Connection, view: CaseView) -> None:
    """Raise DecisionNotReadyError if a list changed after the screening of a case."""
    if is_stale(view.case, versions_in(connection)):
        case_id = view.application.id
        raise DecisionNotReadyError(case_id, [CHANGED_LIST], f"run: overzicht licence screen {case_id}")


def _contradicted(view: CaseView) -> list[str]:
    """Return the states that called the transaction essentially identical."""
    return [
        consultation.consultation.state
        for consultation in view.consultations
        if consultation.standing is ConsultationStatus.IDENTICAL
    ]


def _check_ready(connection: Connection, view: CaseView, outcome: Status, notice_reasons: str) -> None:
    case_id = view.application.id
    reasons = []
    if is_stale(view.case, versions_in(connection)):
        reasons.append(CHANGED_LIST)
    matching = view.case.of_kind("denial matching")
    if not matching or matching[-1].payload["register"] != register_in(connection, view.day):
        reasons.append("the denials changed after they were matched")
    reasons += [f"{due.state} has to be consulted first ({due.ground.value})" for due in view.to_consult]
    reasons += [
        f"{asked_state.consultation.state} may still answer until "
        f"{last_day(asked_state.consultation, asked_state.clock)}"
        for asked_state in view.consultations
        if asked_state.standing is ConsultationStatus.OPEN and asked_state.clock is not None
    ]
    if reasons:
        fix = "run licence screen, licence assess and licence consult for the missing steps"
        raise DecisionNotReadyError(case_id, reasons, fix)
    if outcome not in GRANTS:
        return
    for consultation in view.consultations:
        if consultation.standing is ConsultationStatus.OBJECTION:
            raise ObjectionBindsError(case_id, consultation.consultation.state)
    against = _contradicted(view)
    if against and not notice_reasons.strip():
        raise DecisionNotReadyError(
            case_id,
            [f"{', '.join(against)} called it essentially identical; a grant needs a notice with reasons"],
            "give the reasons of the notice with --notice-reasons, or deny the licence",
        )
