"""Licence cases from application to decision, and the complete view of a case as of a date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import computed_field
from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.errors import OverzichtError
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.evidence.json_marks import HIDDEN, SORTED
from overzicht.law.export_rules import Criterion
from overzicht.law.working_days import Clock, calendar_of, start_clock
from overzicht.store.database import Store
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing import denials_records as denials
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.checks import check_codes
from overzicht.subjects.licensing.completeness import Gap, gaps
from overzicht.subjects.licensing.concerns import concerns_of
from overzicht.subjects.licensing.consultation import (
    Consultation,
    ConsultationStatus,
    Ground,
    Reply,
    clock_of,
    standing,
)
from overzicht.subjects.licensing.denial_matching import (
    LIST_ID,
    DenialMatch,
    MatchKind,
    match_denials,
    party_records,
)
from overzicht.subjects.licensing.denials_records import StoredDenial
from overzicht.subjects.licensing.gates.correlated import compared_codes
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.model import GateCase, Gates
from overzicht.subjects.licensing.gating import before_export, gate_case
from overzicht.subjects.licensing.loaded_texts import loaded_acts, loaded_correlation
from overzicht.subjects.licensing.matchers import matcher_over
from overzicht.subjects.licensing.model import Application
from overzicht.subjects.licensing.office_workflow import OfficeView, office_view
from overzicht.subjects.licensing.order import CaseFindings, Checklist, must_consult_location, walk
from overzicht.subjects.licensing.screening import CaseScreening, last_screening
from overzicht.subjects.licensing.states import GRANTS
from overzicht.subjects.licensing.weighing import CriterionRecord, Suggestion, criteria_for, suggest


class SubmissionIncompleteError(OverzichtError):
    """The application lacks something that the law requires; the case remains a draft."""

    def __init__(self, case_id: str, missing: Sequence[Gap]) -> None:
        reasons = "; ".join(f"{gap.sentence} (Article {gap.article})" for gap in missing)
        super().__init__(
            f"case {case_id} cannot be submitted: {reasons}; it remains a draft",
            fix="correct the file and give it again with: licence new FILE --replace",
        )


class FiledBeforeDraftError(OverzichtError):
    """The date of submission is before the date of the newest draft; the case does not change."""

    def __init__(self, case_id: str, day: date, drafted: date) -> None:
        super().__init__(
            f"case {case_id} cannot be submitted as of {day}: its newest draft is of {drafted}",
            fix=f"submit it as of {drafted} or later, or give the draft again with --replace --as-of {day}",
        )


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """A consultation with its clock (None: the article did not apply) and its status on the date."""

    consultation: Consultation
    clock: Clock | None
    standing: ConsultationStatus


@dataclass(frozen=True, slots=True)
class ToConsult:
    """A state that must be consulted: the ground, the denials, and the period if it is consulted today."""

    state: str
    ground: Ground
    denials: tuple[str, ...]
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A complete case as of a date: application, findings, consultations, assessment, and open steps."""

    case: StoredCase
    day: date
    gaps: tuple[Gap, ...]
    screening: CaseScreening | None
    matches: tuple[DenialMatch, ...]
    dismissed: Annotated[frozenset[str], SORTED]
    checklist: Checklist
    consultations: tuple[ConsultationView, ...]
    to_consult: tuple[ToConsult, ...]
    records: tuple[CriterionRecord, ...]
    suggestion: Suggestion
    gates: Gates
    gate_case: Annotated[GateCase, HIDDEN]
    office: OfficeView

    @computed_field
    @property
    def is_reopened(self) -> bool:
        """Whether an act or a listing came after the grant, so that it cannot be used."""
        return self.case.status in GRANTS and not before_export(self.gates).can_grant

    @computed_field
    @property
    def commodity_codes(self) -> Text:
        """Whether the commodity codes were compared with the control list."""
        return compared_codes(self.gate_case.correlation)

    @property
    def application(self) -> Application:
        """The newest version of the application."""
        return self.case.application

    @computed_field
    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of Article 15 for a case of this kind."""
        return criteria_for(self.application.kind, self.day)


def new_case(store: Store, application: Application, actor: Actor, *, replace: bool) -> tuple[Gap, ...]:
    """Save an application as a draft and return its gaps; InputFileError for an unknown code."""
    check_codes(store, application, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        licences.add_case(tx, application, actor.day, replace=replace)
    return gaps(application, actor.day)


def find_denials(store: Store, application: Application, day: date) -> tuple[DenialMatch, ...]:
    """Return the matches of a case with all denials in force on `day`."""
    with store.reading() as connection:
        valid = [stored.denial for stored in _in_force(connection, day)]
    others = [denial for denial in valid if denial.issuing_state != application.issuing_state]
    if not others:
        return ()  # without loading the engine
    return match_denials(application, others, matcher_over(LIST_ID, party_records(others)), day)


def register_in(connection: Connection, day: date) -> list[str]:
    """Return the hashes of the denials in force on `day`, to detect a later change."""
    return sorted(denial.sha256 for denial in _in_force(connection, day))


def _in_force(connection: Connection, day: date) -> list[StoredDenial]:
    """Return the denials in force on `day`; StoredRecordError if any denial cannot be read.

    Without all of them a match could be missed. The error does not name it, for people see it who
    may not see denials.
    """
    problems: list[StoredRecordError] = []
    stored = denials.list_denials(connection, day, problems)
    if problems:
        raise StoredRecordError(
            text("the register of denials cannot be read; an officer sees the record in the list of denials")
        )
    return [denial for denial in stored if denial.is_valid_on(day)]


def view_case(store: Store, case_id: str, day: date) -> CaseView:
    """Return a complete case as of `day`; nothing is stored. UnknownNameError if it began later."""
    with store.reading() as connection:
        case = licences.case_on(connection, case_id, day)
        application = case.application
        concerns = concerns_of(connection, application, day)
    verdicts = {event.payload["denial"]: event for event in case.of_kind("match verdict")}
    # a match as a person judged it: `same` makes it a hit
    judged: list[DenialMatch] = []
    for match in find_denials(store, application, day):
        verdict = verdicts.get(match.denial.id)
        if verdict is None or verdict.payload["verdict"] != "same":
            judged.append(match)
            continue
        sentence = text(
            "{who} judged it the same: {reason}", who=verdict.actor, reason=verdict.payload["reason"]
        )
        judged.append(replace(match, kind=MatchKind.HIT, reasons=(*match.reasons, sentence)))
    matches = tuple(judged)
    dismissed = frozenset(name for name, event in verdicts.items() if event.payload["verdict"] == "different")
    hits = [match for match in matches if match.kind is MatchKind.HIT and match.denial.id not in dismissed]
    records = tuple(CriterionRecord.model_validate(event.payload) for event in case.of_kind("criterion"))
    views: list[ConsultationView] = []
    for consultation in consultations_of(case):
        clock = clock_of(consultation, calendar_of(consultation.state))
        status = ConsultationStatus.OPEN if clock is None else standing(consultation, clock, day)
        views.append(ConsultationView(consultation, clock, status))
    consultations = tuple(views)
    suggestion = suggest(records, application.kind, day)
    standings = {name: view.standing for view in consultations for name in view.consultation.denials}
    unweighed = tuple(criterion.text for criterion in suggestion.unweighed)
    gated = replace(
        gate_case(case, matches, standings, unweighed, concerns),
        acts=loaded_acts(store, application, day),
        correlation=loaded_correlation(store, day),
    )
    results = gates(gated, day)
    made = [view.consultation for view in consultations]
    covered = {(consultation.ground, name) for consultation in made for name in consultation.denials}
    by_state: dict[str, list[str]] = {}
    for match in matches:
        is_new = (Ground.DENIAL, match.denial.id) not in covered
        if match.kind is not MatchKind.RULED_OUT and match.denial.id not in dismissed and is_new:
            by_state.setdefault(match.must_consult, []).append(match.denial.id)
    due = [(state, Ground.DENIAL, tuple(sorted(ids))) for state, ids in sorted(by_state.items())]
    location = application.located_in or application.issuing_state
    is_done = any(consultation.ground is Ground.LOCATION for consultation in made)
    is_required = must_consult_location(application, day) is not Holds.NO
    if location != application.issuing_state and is_required and not is_done:
        due.append((location, Ground.LOCATION, ()))
    to_consult = tuple(
        ToConsult(state, ground, ids, start_clock(ground.value, day, calendar_of(state)))
        for state, ground, ids in due
    )
    return CaseView(
        case=case,
        day=day,
        gaps=gaps(application, day),
        screening=last_screening(case),
        matches=matches,
        dismissed=dismissed,
        checklist=walk(gated.application, day, CaseFindings(results, len(hits))),
        consultations=consultations,
        to_consult=to_consult,
        records=records,
        suggestion=suggestion.within(can_grant=results.can_grant),
        gates=results,
        gate_case=gated,
        office=office_view(case, day),
    )


def consultations_of(case: StoredCase) -> tuple[Consultation, ...]:
    """Return the consultations of a case from its events: asked, extended, answered."""
    by_key: dict[tuple[str, str], Consultation] = {}
    for event in case.of_kind("consultation"):
        data = event.payload
        key = (data["state"], data["ground"])
        known = by_key.get(key)
        if data["step"] == "ask" or known is None:
            by_key[key] = Consultation(
                data["state"], Ground(data["ground"]), event.day, tuple(data.get("denials", ()))
            )
        elif data["step"] == "extend":
            by_key[key] = replace(known, extended_to=date.fromisoformat(data["until"]))
        else:
            by_key[key] = replace(known, reply=Reply(data["reply"]), answered_on=event.day)
    return tuple(by_key[key] for key in sorted(by_key))
