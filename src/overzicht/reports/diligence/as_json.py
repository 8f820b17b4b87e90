"""Files and yearly reports as JSON for other programs; sentences stand in English and in Dutch."""

from collections.abc import Iterable
from typing import Any

from overzicht.diligence.words import Step
from overzicht.diligence.working_file import Action, Entry, FileView, Risk, RiskJudgement, Withdrawal
from overzicht.evidence import Citation, Finding, Text
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.diligence.model import YearReport, figures_of
from overzicht.reports.i18n import Language, words_for

FORMAT = "overzicht-due-diligence"
FORMAT_VERSION = 1  # 1: first


def said_json(sentence: Text) -> dict[str, str]:
    """Return a sentence in both languages."""
    return {lang.value: words_for(lang).say(sentence) for lang in Language}


def report_json(report: YearReport) -> dict[str, Any]:
    """Return a report; findings name their sources by the number that they have under `sources`."""
    view = report.view
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "product": report.version,
        "year": report.year,
        "is_whole_year": report.is_whole,
        "figures": [
            {"name": each.name, "now": each.now, "year_before": each.before} for each in figures_of(report)
        ],
        **file_json(view),
        "in_this_year": [entry_json(entry) for entry in report.entries],
    }


def file_json(view: FileView) -> dict[str, Any]:
    """Return a file as it stands on a day, whole."""
    index = NumberedCitations(_citations(view))
    return {
        "id": view.id,
        "organisation": {"id": view.organisation, "name": view.name},
        "as_of": view.as_of.isoformat(),
        "begun": {"day": view.head.day.isoformat(), "by": view.head.actor},
        "map": _map_json(view),
        "steps": [
            {"number": line.number, "step": line.step.value, "title": said_json(line.title),
             "says": [said_json(each) for each in line.says],
             "found": [finding_json(each, index) for each in view.facts(line.step)]}
            for line in view.steps
        ],
        "risks": [risk_json(risk, index) for risk in view.risks],
        "actions": [action_json(action, view) for action in view.actions],
        "policy": [entry_json(entry) for entry in view.policy],
        "indicators": [entry_json(entry) for entry in view.indicators],
        "communication": [entry_json(entry) for entry in view.communication],
        "remediation": [entry_json(entry) for entry in view.remediation],
        "withdrawn": [entry_json(entry) for entry in view.entries if not entry.stands],
        "sources": [{"number": index.number(each), **each.to_json()} for each in index.all],
    }  # fmt: skip


def line_json(view: FileView) -> dict[str, Any]:
    """Return a file as a row of a list."""
    return {
        "id": view.id,
        "organisation": {"id": view.organisation, "name": view.name},
        "as_of": view.as_of.isoformat(),
        "mapped_on": view.mapped.day.isoformat() if view.mapped else None,
        "risks": len([risk for risk in view.risks if risk.is_found]),
        "judged": len(view.judged),
        "waiting": len(view.unjudged),
        "overdue": len(view.overdue),
    }


def _citations(view: FileView) -> Iterable[Citation]:
    found = [citation for risk in view.risks for citation in risk.citations]
    found += [c for step in Step for finding in view.facts(step) for c in finding.citations]
    return {citation.key: citation for citation in found}.values()


def _map_json(view: FileView) -> dict[str, Any] | None:
    if view.mapped is None:
        return None
    return {
        "day": view.mapped.day.isoformat(),
        "run": view.mapped.run,
        "notes": [said_json(note) for note in view.mapped.notes],
    }


def risk_json(risk: Risk, index: NumberedCitations) -> dict[str, Any]:
    """Return a risk with its findings; severity and likelihood are null where nobody judged."""
    return {
        "id": risk.id,
        "kind": risk.kind.value,
        "title": said_json(risk.title),
        "devices": risk.devices,
        "on_the_map": risk.is_found,
        "last_mapped": risk.seen.isoformat(),
        "waits_for_judgement": risk.judgement is None and risk.needs_judgement,
        "severity": risk.severity,
        "likelihood": risk.judgement.likelihood if risk.judgement else None,
        "judgement": judged_json(risk.judgement) if risk.judgement else None,
        "earlier_judgements": [judged_json(each) for each in risk.earlier],
        "findings": [finding_json(each, index) for each in risk.findings],
    }


def finding_json(finding: Finding, index: NumberedCitations) -> dict[str, Any]:
    """Return a finding with the numbers of its sources."""
    return {
        "kind": finding.kind.value,
        "answer": finding.answer.value,
        "confidence": finding.confidence.value,
        "subject": finding.subject,
        "says": said_json(finding.statement),
        "reasons": [
            {"says": said_json(reason.text), "against": reason.against,
             "sources": list(index.numbers(reason.citations))}
            for reason in finding.reasons
        ],
        "sources": list(index.numbers(finding.citations)),
    }  # fmt: skip


def judged_json(judged: RiskJudgement) -> dict[str, Any]:
    """Return a judgement with its reasons."""
    return {
        "entry": judged.number,
        "scale": judged.scale,
        "scope": judged.scope,
        "irremediability": judged.irremediability,
        "severity": judged.severity,
        "likelihood": judged.likelihood,
        "involvement": judged.involvement.value,
        "leverage": judged.leverage.value,
        "reason": judged.reason,
        "likelihood_reason": judged.likelihood_reason,
        "leverage_reason": judged.leverage_reason,
        "day": judged.day.isoformat(),
        "by": judged.actor,
        "map_changed_since": judged.is_outdated,
        "withdrawn": _withdrawal(judged.withdrawn),
    }


def action_json(action: Action, view: FileView) -> dict[str, Any]:
    """Return an action with what was said of it."""
    return {
        "entry": action.number,
        "risk": action.risk,
        "kind": action.kind.value,
        "what": action.what,
        "owner": action.owner,
        "due": action.due.isoformat(),
        "planned": {"day": action.day.isoformat(), "by": action.actor},
        "state": action.status.value,
        "is_overdue": action.is_overdue(view.as_of),
        "history": [
            {"entry": each.number, "state": each.state.value, "note": each.note, "day": each.day.isoformat(),
             "by": each.actor, "withdrawn": _withdrawal(each.withdrawn)}
            for each in action.history
        ],
        "withdrawn": _withdrawal(action.withdrawn),
    }  # fmt: skip


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return something that was written into the file."""
    return {
        "entry": entry.number,
        "kind": entry.kind,
        "what": entry.what,
        "source": entry.source,
        "address": entry.address,
        "risk": entry.risk,
        "about": entry.about,
        "day": entry.day.isoformat(),
        "by": entry.actor,
        "withdrawn": _withdrawal(entry.withdrawn),
    }


def _withdrawal(withdrawn: Withdrawal | None) -> dict[str, Any] | None:
    if withdrawn is None:
        return None
    return {
        "entry": withdrawn.number,
        "day": withdrawn.day.isoformat(),
        "by": withdrawn.actor,
        "reason": withdrawn.reason,
    }
