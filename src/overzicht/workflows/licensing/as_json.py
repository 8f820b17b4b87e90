"""A licence case as JSON data: one shape for the command line and the interface of the service.

`say` turns a sentence into a language; left out, it is English.
"""

from collections.abc import Callable
from typing import Any

from overzicht.evidence import Text
from overzicht.exportcontrol.denials.consultation import Consultation
from overzicht.exportcontrol.entitylist.compare import Comparison
from overzicht.exportcontrol.licensing.completeness import Gap
from overzicht.exportcontrol.licensing.order import Checklist
from overzicht.exportcontrol.licensing.weighing import criteria_for
from overzicht.exportcontrol.workingdays import Clock
from overzicht.law.export_rules import export_rules
from overzicht.workflows.licensing.cases import CaseView, Standpoint, ToConsult
from overzicht.workflows.licensing.screening import CaseScreening

Say = Callable[[Text], str]


def case_json(view: CaseView, say: Say = str) -> dict[str, Any]:
    """Return the whole case as JSON data; days are ISO."""
    return {
        "id": view.application.id,
        "status": view.case.status.value,
        "as_of": view.day.isoformat(),
        "application": view.application.model_dump(mode="json", by_alias=True),
        "missing": [gap_json(gap, say) for gap in view.gaps],
        "checklist": checklist_json(view.checklist, say),
        "screening": screening_json(view.screening, say),
        "denials": matches_json(view, say),
        "to_consult": [{**_asked_json(one), "clock": clock_json(one.clock)} for one in view.to_consult],
        "consultations": [standpoint_json(one) for one in view.consultations],
        "weighing": weighing_json(view),
        "events": [
            {"kind": e.kind, "day": e.day.isoformat(), "by": e.actor, "at": e.at} for e in view.case.events
        ],
    }


def standpoint_json(one: Standpoint) -> dict[str, Any]:
    """Return a state that was consulted, and where that stands."""
    return {
        **_asked_json(one.consultation),
        "standing": one.standing.value,
        "clock": clock_json(one.clock),
    }


def _asked_json(asked: ToConsult | Consultation) -> dict[str, Any]:
    return {"state": asked.state, "ground": asked.ground.value, "denials": list(asked.denials)}


def weighing_json(view: CaseView) -> dict[str, Any]:
    """Return what was weighed, what the records point to, and every criterion there is."""
    suggestion = view.suggestion
    return {
        "records": [record.model_dump(mode="json") for record in view.records],
        "suggestion": suggestion.leaning.value,
        "points_for": suggestion.points_for,
        "points_against": suggestion.points_against,
        "unweighed": [one.id for one in suggestion.unweighed],
        "criteria": [
            {
                "id": one.id,
                "article": one.article,
                "obliges": one.obliges,
                "unverified": list(one.unverified),
            }
            for one in criteria_for(view.application.kind)
        ],
    }


def gap_json(gap: Gap, say: Say = str) -> dict[str, Any]:
    """Return what an application lacks."""
    return {"field": gap.field, "says": say(gap.says), "article": gap.article, "blocks": gap.blocks}


def matches_json(view: CaseView, say: Say = str) -> list[dict[str, Any]]:
    """Return the denials that met a case, with every reason."""
    return [
        {
            "denial": m.denial.id,
            "state": m.denial.issuing_state,
            "kind": m.kind.value,
            "dismissed": m.denial.id in view.dismissed,
            "reasons": [say(reason) for reason in m.reasons],
        }
        for m in view.matches
    ]


def screening_json(screening: CaseScreening | None, say: Say = str) -> list[dict[str, Any]]:
    """Return what the lists answered per party; empty before a screening."""
    if screening is None:
        return []
    return [
        {
            "party": one.party,
            "role": one.role,
            "binding": one.binding.answer.value,
            "says": say(one.binding.says),
            "others": [say(other) for other in one.others],
            "citations": [citation.to_json() for citation in one.binding.citations],
        }
        for one in screening.parties
    ]


def checklist_json(checklist: Checklist, say: Say = str) -> dict[str, Any]:
    """Return the checklist as JSON data."""
    return {
        "way": checklist.way.value,
        "steps": [
            {
                "number": s.number,
                "article": s.article,
                "question": s.rule.en,
                "fact": say(s.says),
                "result": s.result.value,
                "sources": [c.to_json() for c in s.citations],
            }
            for s in checklist.steps
        ],
        "general_authorisations": [
            {
                "id": f.authorisation.id,
                "answer": f.answer.value,
                "knocked_out_by": [say(reason) for reason in f.knocked_out_by],
                "open_points": [say(reason) for reason in f.open_points],
            }
            for f in checklist.fits
        ],
        "duties": [
            {
                "id": d.duty.id,
                "article": d.duty.article,
                "does": d.duty.does,
                "answer": d.answer.value,
                "missing": [name.value for name in d.missing],
            }
            for d in checklist.duties
        ],
    }


def clock_json(clock: Clock | None) -> dict[str, Any] | None:
    """Return a clock as JSON data, or None."""
    if clock is None:
        return None
    return {
        "article": clock.deadline.article,
        "started": clock.started.isoformat(),
        "working_days": clock.working_days,
        "due": clock.due.isoformat(),
        "calendar": f"{clock.state}, {clock.calendar}",
        "skipped": [[day.isoformat(), name] for day, name in clock.skipped],
        "extended": {reading.value: day.isoformat() for reading, day in clock.extended},
        "silence": clock.deadline.silence.en,
        "unverified": list(export_rules().counting.unverified),
    }


def comparison_json(found: Comparison, say: Say = str) -> dict[str, Any]:
    """Return both ways for a case, the Union's and the American entity list's."""
    return {
        "as_of": found.day.isoformat(),
        "eu": {"says": say(found.eu_says), **checklist_json(found.eu, say)},
        "us": {
            "says": say(found.us_says),
            "subject_to_ear": found.subject_to_ear.value,
            "listed": [
                {
                    "party": one.party,
                    "role": one.role,
                    "row": one.row_name,
                    "listed": one.listed.value,
                    "score": one.score,
                    "requirement": one.rules.requirement if one.rules else None,
                    "review_policy": one.rules.review_policy if one.rules else None,
                    "citation": one.citation.to_json(),
                }
                for one in found.listed
            ],
            "items": [
                {
                    "line": one.line,
                    "eccn": one.eccn,
                    "party": one.party,
                    "licence": one.licence.value,
                    "policy": one.clause.policy.value if one.clause else None,
                    "says": say(one.says),
                }
                for one in found.policies
            ],
            "affiliates_rule": str(found.affiliates_status),
            "affiliates": [{"party": one.asset, "outcome": one.outcome.value} for one in found.affiliates],
        },
        "differences": [say(reason) for reason in found.differences],
    }
