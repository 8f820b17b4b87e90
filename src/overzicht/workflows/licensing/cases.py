"""Cases from file to decision: what is kept at each step, and the whole picture of a case on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import computed_field

from overzicht.dates import Holds
from overzicht.errors import EXIT_INPUT, OverzichtError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.evidence.shown import SORTED
from overzicht.exportcontrol.denials.consultation import (
    Consultation,
    ConsultationStatus,
    Ground,
    Reply,
    clock_of,
    standing,
)
from overzicht.exportcontrol.denials.matching import (
    LIST_ID,
    DenialMatch,
    MatchKind,
    match_denials,
    party_records,
)
from overzicht.exportcontrol.licensing.completeness import Gap, gaps
from overzicht.exportcontrol.licensing.model import Application
from overzicht.exportcontrol.licensing.order import CaseFindings, Checklist, must_consult_location, walk
from overzicht.exportcontrol.licensing.states import Status
from overzicht.exportcontrol.licensing.weighing import (
    CriterionRecord,
    Suggestion,
    criteria_for,
    suggest,
)
from overzicht.exportcontrol.workingdays import Clock, calendar_of, start_clock
from overzicht.law.export_rules import Criterion
from overzicht.store.control import denials, licences
from overzicht.store.control.licences import StoredCase
from overzicht.store.database import Store
from overzicht.workflows.licensing.checks import check_codes
from overzicht.workflows.licensing.matchers import matcher_over
from overzicht.workflows.licensing.screening import CaseScreening, last_screening, screen_case


class SubmissionIncompleteError(OverzichtError):
    """The law asks for something that the application does not say; the case stays a draft."""

    exit_code = EXIT_INPUT
    slug = "submission-incomplete"

    def __init__(self, case_id: str, missing: Sequence[Gap]) -> None:
        reasons = "; ".join(f"{gap.sentence} (Article {gap.article})" for gap in missing)
        super().__init__(
            f"case {case_id} cannot be filed: {reasons}; it stays a draft",
            fix="correct the file and give it again with: licence new FILE --replace",
        )


class FiledBeforeDraftError(OverzichtError):
    """A case is filed for a day before that of its newest draft; the case stays as it is."""

    exit_code = EXIT_INPUT
    slug = "filed-before-draft"

    def __init__(self, case_id: str, day: date, drafted: date) -> None:
        super().__init__(
            f"case {case_id} cannot be filed as of {day}: its newest draft is of {drafted}",
            fix=f"file it as of {drafted} or later, or give the draft again with --replace --as-of {day}",
        )


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A consultation with its clock (None: the article did not apply) and how it stands on the day."""

    consultation: Consultation
    clock: Clock | None
    standing: ConsultationStatus


@dataclass(frozen=True, slots=True)
class ToConsult:
    """A state still to be asked: on which ground, for which denials, until when if asked today."""

    state: str
    ground: Ground
    denials: tuple[str, ...]
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything of a case on a day: what was filed, found, asked, weighed, and what is still to do."""

    case: StoredCase
    day: date
    gaps: tuple[Gap, ...]
    screening: CaseScreening | None
    matches: tuple[DenialMatch, ...]
    dismissed: Annotated[frozenset[str], SORTED]
    checklist: Checklist
    consultations: tuple[Standpoint, ...]
    to_consult: tuple[ToConsult, ...]
    records: tuple[CriterionRecord, ...]
    suggestion: Suggestion

    @property
    def application(self) -> Application:
        """The application as filed last."""
        return self.case.application

    @computed_field
    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of Article 15 that a case of this kind is weighed by."""
        return criteria_for(self.application.kind)


def new_case(store: Store, application: Application, actor: Actor, *, replace: bool) -> tuple[Gap, ...]:
    """Keep an application as a draft and return what it lacks; InputFileError for an unknown code."""
    check_codes(store, application, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        licences.add_case(tx, application, actor.day, replace=replace)
    return gaps(application)


def submit_case(store: Store, case_id: str, actor: Actor) -> CaseView:
    """File a draft, screen its parties, note what is missing; SubmissionIncompleteError keeps it a draft."""
    with store.reading() as connection:
        case = licences.get_case(connection, case_id)
    if actor.day < (drafted := case.of_kind("draft")[-1].day):
        raise FiledBeforeDraftError(case_id, actor.day, drafted)
    blocking = [gap for gap in gaps(case.application) if gap.blocks]
    if blocking:
        raise SubmissionIncompleteError(case_id, blocking)
    with store.writing(actor.name, actor.at) as tx:
        licences.set_status(tx, case, Status.SUBMITTED, actor.day, {})
    screen_case(store, case_id, actor)
    with store.writing(actor.name, actor.at) as tx:
        open_points = [str(gap.sentence) for gap in gaps(case.application)]
        licences.set_status(tx, case, Status.COMPLETE, actor.day, {"open_points": open_points})
    return view_case(store, case_id, actor.day)


def find_denials(store: Store, application: Application, day: date) -> tuple[DenialMatch, ...]:
    """Return the matches of a case with all denials in force on `day`."""
    with store.reading() as connection:
        held = [one.denial for one in denials.list_denials(connection, day) if one.is_valid_on(day)]
    others = [denial for denial in held if denial.issuing_state != application.issuing_state]
    if not others:
        return ()  # the engine need not be loaded to search nothing
    return match_denials(application, others, matcher_over(LIST_ID, party_records(others)), day)


def denial_register(store: Store, day: date) -> list[str]:
    """Return the hashes of the denials in force on `day`, so that a later change shows."""
    with store.reading() as connection:
        return sorted(one.sha256 for one in denials.list_denials(connection, day) if one.is_valid_on(day))


def view_case(store: Store, case_id: str, day: date) -> CaseView:
    """Return everything of a case as of `day`; nothing is kept. UnknownNameError where it began later."""
    with store.reading() as connection:
        case = licences.get_case(connection, case_id).as_known_on(day)
    if not case.events:
        raise UnknownNameError(f"licence case of {day}", case_id)
    application = case.application
    matches = find_denials(store, application, day)
    dismissed = _dismissed(case)
    hits = [one for one in matches if one.kind is MatchKind.HIT]
    screening = last_screening(case)
    answers = tuple(one.binding for one in screening.parties) if screening else ()
    records = tuple(CriterionRecord.model_validate(event.payload) for event in case.of_kind("criterion"))
    asked = tuple(_standpoint(one, day) for one in consultations_of(case))
    return CaseView(
        case=case,
        day=day,
        gaps=gaps(application),
        screening=screening,
        matches=matches,
        dismissed=dismissed,
        checklist=walk(application, day, CaseFindings(answers, len(hits))),
        consultations=asked,
        to_consult=_to_consult(application, matches, dismissed, asked, day),
        records=records,
        suggestion=suggest(records, application.kind),
    )


def _dismissed(case: StoredCase) -> frozenset[str]:
    verdicts = {event.payload["denial"]: event.payload["verdict"] for event in case.of_kind("match verdict")}
    return frozenset(name for name, verdict in verdicts.items() if verdict == "different")


def consultations_of(case: StoredCase) -> tuple[Consultation, ...]:
    """Return the consultations of a case as their events tell: asked, extended, answered."""
    found: dict[tuple[str, str], Consultation] = {}
    for event in case.of_kind("consultation"):
        data = event.payload
        key = (data["state"], data["ground"])
        known = found.get(key)
        if data["step"] == "ask" or known is None:
            found[key] = Consultation(
                data["state"], Ground(data["ground"]), event.day, tuple(data.get("denials", ()))
            )
        elif data["step"] == "extend":
            found[key] = replace(known, extended_to=date.fromisoformat(data["until"]))
        else:
            found[key] = replace(known, reply=Reply(data["reply"]), answered_on=event.day)
    return tuple(found[key] for key in sorted(found))


def _standpoint(consultation: Consultation, day: date) -> Standpoint:
    clock = clock_of(consultation, calendar_of(consultation.state))
    if clock is None:
        return Standpoint(consultation, None, ConsultationStatus.OPEN)
    return Standpoint(consultation, clock, standing(consultation, clock, day))


def _to_consult(
    application: Application,
    matches: Sequence[DenialMatch],
    dismissed: frozenset[str],
    asked: Sequence[Standpoint],
    day: date,
) -> tuple[ToConsult, ...]:
    covered = {(one.consultation.ground, name) for one in asked for name in one.consultation.denials}
    by_state: dict[str, list[str]] = {}
    for match in matches:
        is_new = (Ground.DENIAL, match.denial.id) not in covered
        if match.kind is not MatchKind.RULED_OUT and match.denial.id not in dismissed and is_new:
            by_state.setdefault(match.must_consult, []).append(match.denial.id)
    found = [
        ToConsult(state, Ground.DENIAL, tuple(sorted(ids)), _clock(Ground.DENIAL, state, day))
        for state, ids in sorted(by_state.items())
    ]
    where = application.located_in or application.issuing_state
    done = any(one.consultation.ground is Ground.LOCATION for one in asked)
    is_asked_for = must_consult_location(application, day) is not Holds.NO
    if where != application.issuing_state and is_asked_for and not done:
        found.append(ToConsult(where, Ground.LOCATION, (), _clock(Ground.LOCATION, where, day)))
    return tuple(found)


def _clock(ground: Ground, state: str, day: date) -> Clock | None:
    return start_clock(ground.value, day, calendar_of(state))
