"""The control list as JSON data, for the command line and the service: in the order of the list.

`say` turns a sentence of ours into a language; left out, it is English. The list's own words stay.
"""

from collections.abc import Callable, Sequence
from typing import Any

from overzicht.evidence import Text
from overzicht.exportcontrol.controllist.citing import Reopening
from overzicht.exportcontrol.controllist.diff import Change, ChangeKind, ListComparison, NumberChange
from overzicht.exportcontrol.controllist.model import Note, Provision
from overzicht.exportcontrol.controllist.quantity import Threshold
from overzicht.exportcontrol.controllist.search import Hit
from overzicht.exportcontrol.controllist.unfold import ProvisionContext
from overzicht.workflows.control.update import InstalledVersion
from overzicht.workflows.control.versions import HeldVersion, OpenedVersion

Say = Callable[[Text], str]


def shown(opened: OpenedVersion, unfolded: ProvisionContext, say: Say = str) -> dict[str, Any]:
    """Return a provision in its context."""
    return {
        **_version(opened, say),
        "path": unfolded.provision.path,
        "citation": opened.cite(unfolded.provision.path).to_json(),
        "context": [{"path": each.path, "text": each.text} for each in unfolded.chain],
        "provision": _provision(unfolded.provision),
        "notes": [_note(note) for note in unfolded.notes],
        "terms": [
            {
                "term": term.name,
                "global": term.is_global,
                "definition": term.definition.text if term.definition else None,
            }
            for term in unfolded.terms
        ],
        "references": [
            {
                "to": str(each.reference),
                "found_in": each.found_in,
                "provisions": [{"path": p.path, "text": p.text} for p in each.provisions],
            }
            for each in unfolded.references
        ],
    }


def found(opened: OpenedVersion, hits: Sequence[Hit], say: Say = str) -> dict[str, Any]:
    """Return the hits of a search, best first."""
    return {
        **_version(opened, say),
        "hits": [
            {
                "path": hit.path,
                "text": hit.provision.text,
                "context": [each.text for each in opened.list.context(hit.path)],
                "score": round(hit.score, 4),
                "fits": list(hit.concepts),
            }
            for hit in hits
        ],
    }


def compared(comparison: ListComparison, chosen: Sequence[Change]) -> dict[str, Any]:
    """Return the changes between two versions."""
    return {
        "before": str(comparison.before),
        "after": str(comparison.after),
        "definitions_compared": comparison.has_definitions,
        "counts": {kind.value: count for kind, count in comparison.counts.items()},
        "changes": [_change(change) for change in chosen],
    }


def installed(result: InstalledVersion) -> dict[str, Any]:
    """Return what came of installing a version."""
    held = result.read.list
    return {
        "version": str(held.version),
        "known": result.was_known,
        "layout": result.read.layout,
        "entries": len(held.entries),
        "provisions": len(held.by_path),
        "corrections": [{"place": each.place, "what": str(each.what)} for each in result.read.corrections],
        "before": result.before.name if result.before else None,
        "changes": compared(result.comparison, result.comparison.changes) if result.comparison else None,
        "reopened": [_reopening(each) for each in result.reopened],
    }


def versions(held: Sequence[HeldVersion]) -> list[dict[str, Any]]:
    """Return the installed versions by day."""
    return [
        {
            "version": each.name,
            "day": each.day.isoformat(),
            "sha256": each.snapshot.sha256,
            "file": each.snapshot.filename,
            "provisions": each.stored.record_count,
            "corrections": len(each.snapshot.remarks),
        }
        for each in held
    ]


def _version(opened: OpenedVersion, say: Say) -> dict[str, Any]:
    return {"version": str(opened.version), "caution": say(opened.caution) if opened.caution else None}


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "path": provision.path,
        "text": provision.text,
        "join": provision.join.value,
        "thresholds": [_threshold(threshold) for threshold in provision.thresholds],
        "children": [_provision(child) for child in provision.children],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "kind": note.kind.value,
        "path": note.path,
        "applies_to": list(note.applies_to),
        "text": note.full_text,
    }


def _threshold(threshold: Threshold | None) -> dict[str, Any] | None:
    if threshold is None:
        return None
    quantity = threshold.quantity
    return {
        "comparison": threshold.comparison.value,
        "value": str(quantity.value),
        "unit": quantity.unit,
        "doubtful": quantity.is_doubtful,
    }


def _number(change: NumberChange, kind: ChangeKind) -> dict[str, Any]:
    pair = {"old": _threshold(change.old), "new": _threshold(change.new)}
    # A higher limit in a note may release more: only the text of a provision itself tells the reach.
    return {**pair, "reach": change.reach.value} if kind is ChangeKind.NUMERIC else pair


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "path": change.path,
        "old_path": change.old_path,
        "old_text": change.old_text,
        "new_text": change.new_text,
        "numbers": [_number(number, change.kind) for number in change.numbers],
        "touched": list(change.touched),
    }


def _reopening(reopening: Reopening) -> dict[str, Any]:
    return {
        "record": reopening.record_id,
        "kind": reopening.kind,
        "cited": list(reopening.cited),
        "changes": [{"kind": change.kind.value, "path": change.path} for change in reopening.changes],
    }
