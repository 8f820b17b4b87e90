"""The state of a working file on a date, from its recorded entries; later entries are left out."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from overzicht.evidence import Answer, Finding, FindingKind, text
from overzicht.subjects.diligence.file_entries import (
    EntryKind,
    MappedRisk,
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    NewWithdrawal,
    RecordedEntry,
    RiskMap,
)
from overzicht.subjects.diligence.step_terms import ActionState, RiskKind
from overzicht.subjects.diligence.steps import step_lines
from overzicht.subjects.diligence.working_file import (
    Action,
    ActionEvent,
    Entry,
    FileHead,
    FileView,
    MapVersion,
    Risk,
    RiskJudgement,
    Withdrawal,
)

TELLING = frozenset(
    {FindingKind.LISTING, FindingKind.OWNER_LISTING, FindingKind.OWNERSHIP, FindingKind.CLAIM}
)
TEXTS = ("what", "reason", "note")  # fields with the text of an entry, the first one that is filled


def added_risk_id(number: int) -> str:
    """Return the id of the risk that a person added by the entry of this number."""
    return f"{RiskKind.ADDED.value}:{number}"


def fingerprint(findings: Iterable[Finding]) -> str:
    """Return a hash of what findings state about a risk; device counts are left out, they change daily."""
    statements = sorted(
        json.dumps([f.kind.value, f.subject, f.statement.to_json()], sort_keys=True)
        for f in findings
        if f.kind in TELLING and f.answer is Answer.FOUND
    )
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Maps:
    """All maps up to the date, oldest first; a place is read only if it counts, because maps are large."""

    all: tuple[RecordedEntry, ...]

    @property
    def newest(self) -> MapVersion | None:
        if not self.all:
            return None
        entry = self.all[-1]
        risk_map = RiskMap.from_json({**entry.payload, "risks": []})
        return MapVersion(entry.number, entry.day, risk_map.run, risk_map.notes, risk_map.facts)

    def places(self) -> dict[str, tuple[MappedRisk, date, bool]]:
        """Return each place as last mapped by id, the date of that map, and whether it is the newest."""
        last: dict[str, tuple[dict[str, Any], date, bool]] = {}
        for entry in self.all:
            is_newest = entry is self.all[-1]
            last.update({risk["id"]: (risk, entry.day, is_newest) for risk in entry.payload["risks"]})
        return {key: (MappedRisk.from_json(risk), day, newest) for key, (risk, day, newest) in last.items()}

    def seen_at(self, number: int, risk_id: str) -> tuple[Finding, ...]:
        """Return the findings of a risk on the map that counted when an entry was written."""
        for entry in reversed(self.all):
            if entry.number < number:
                risks = (risk for risk in entry.payload["risks"] if risk["id"] == risk_id)
                return next((MappedRisk.from_json(risk).findings for risk in risks), ())
        return ()


def view_of(head: FileHead, recorded: Sequence[RecordedEntry], as_of: date) -> FileView:
    """Return the state of a file on a date from all entries ever recorded."""
    known = sorted(
        (entry for entry in recorded if entry.day <= as_of), key=lambda entry: (entry.day, entry.number)
    )
    withdrawn = {
        entry.about: Withdrawal(entry.number, NewWithdrawal(**entry.payload).reason, entry.day, entry.actor)
        for entry in known
        if entry.kind is EntryKind.WITHDRAWAL and entry.about is not None
    }
    maps = _Maps(tuple(entry for entry in known if entry.kind is EntryKind.MAP))
    places = maps.places()
    now = {risk_id: fingerprint(place.findings) for risk_id, (place, _, _) in places.items()}
    judged: dict[str, list[RiskJudgement]] = defaultdict(list)
    for entry in known:
        if entry.kind is not EntryKind.JUDGEMENT:
            continue
        then = fingerprint(maps.seen_at(entry.number, entry.risk))
        judgement = dict(NewJudgement(**entry.payload))
        is_outdated = now.get(entry.risk, then) != then
        judged[entry.risk].append(
            RiskJudgement(**judgement, **_common(entry, withdrawn), is_outdated=is_outdated)
        )
    risks = [
        _with_judgements(
            Risk(place.id, place.kind, place.title, place.devices, place.findings, is_newest, day),
            judged[place.id],
        )
        for place, day, is_newest in places.values()
    ]
    for entry in known:
        if entry.kind is EntryKind.RISK:
            risk_id, stands = added_risk_id(entry.number), entry.number not in withdrawn
            title = text("{what}", what=NewRecord(**entry.payload).what)
            risk = Risk(risk_id, RiskKind.ADDED, title, None, (), stands, entry.day)
            risks.append(_with_judgements(risk, judged[risk_id]))
    actions: list[Action] = []
    titles = {risk.id: risk.title for risk in risks}
    history: dict[int, list[ActionEvent]] = defaultdict(list)
    for entry in known:
        if entry.kind is EntryKind.PROGRESS and entry.about is not None:
            event = ActionEvent(**dict(NewProgress(**entry.payload)), **_common(entry, withdrawn))
            history[entry.about].append(event)
    for entry in known:
        if entry.kind is EntryKind.ACTION:
            action, events = NewAction.model_validate(entry.payload), history[entry.number]
            states = [event.state for event in events if event.withdrawn is None]
            actions.append(
                Action(
                    **dict(action),
                    **_common(entry, withdrawn),
                    risk_title=titles.get(action.risk, text("{what}", what=action.risk)),
                    status=states[-1] if states else ActionState.OPEN,
                    history=tuple(events),
                )
            )
    view = FileView(
        head=head,
        as_of=as_of,
        mapped=maps.newest,
        risks=tuple(sorted(risks, key=_order)),
        entries=_entries(known, withdrawn),
        actions=tuple(actions),
    )
    return replace(view, steps=step_lines(view))


def _order(risk: Risk) -> tuple[int, int, int, int, int, str]:
    """Return the sort key of risks: judged ones by severity, then likelihood; then those to be judged."""
    severity, likelihood = risk.priority or (0, 0)
    group = 3 if not risk.is_found else 0 if risk.judgement else 1 if risk.needs_judgement else 2
    kinds = list(RiskKind)
    return group, -severity, -likelihood, kinds.index(risk.kind), -(risk.devices or 0), risk.id


def _with_judgements(risk: Risk, judged: Sequence[RiskJudgement]) -> Risk:
    standing = [judgement for judgement in judged if judgement.withdrawn is None]
    current = standing[-1] if standing else None
    earlier = tuple(judgement for judgement in reversed(judged) if judgement is not current)
    return replace(risk, judgement=current, earlier=earlier)


def _common(entry: RecordedEntry, withdrawn: Mapping[int, Withdrawal]) -> dict[str, Any]:
    """Return the fields that all recorded values have."""
    own = {name: getattr(entry, name) for name in ("number", "day", "actor")}
    return {**own, "withdrawn": withdrawn.get(entry.number)}


def _entries(known: Iterable[RecordedEntry], withdrawn: Mapping[int, Withdrawal]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            kind=entry.kind.value,
            what=next((entry.payload[name] for name in TEXTS if entry.payload.get(name)), ""),
            source=entry.payload.get("source", ""),
            address=entry.payload.get("address", ""),
            party=entry.payload.get("party", ""),
            at=entry.at,
            risk=entry.risk,
            about=entry.about,
            **_common(entry, withdrawn),
        )
        for entry in known
        if entry.kind.can_be_withdrawn
    )
