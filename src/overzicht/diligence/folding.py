"""The state of a working file on a date, from its recorded entries; later entries are left out."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from overzicht.diligence.recorded import (
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
from overzicht.diligence.steps import step_lines
from overzicht.diligence.words import ActionState, RiskKind
from overzicht.diligence.working_file import (
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
from overzicht.evidence import Answer, Finding, FindingKind, Text, text

TELLING = frozenset(
    {FindingKind.LISTING, FindingKind.OWNER_LISTING, FindingKind.OWNERSHIP, FindingKind.CLAIM}
)


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
    withdrawn = _withdrawn(known)
    maps = _Maps(tuple(entry for entry in known if entry.kind is EntryKind.MAP))
    risks = _risks(known, maps, withdrawn)
    view = FileView(
        head=head,
        as_of=as_of,
        mapped=maps.newest,
        risks=tuple(sorted(risks, key=_order)),
        entries=_entries(known, withdrawn),
        actions=_actions(known, withdrawn, {risk.id: risk.title for risk in risks}),
    )
    return replace(view, steps=step_lines(view))


def _withdrawn(known: Iterable[RecordedEntry]) -> dict[int, Withdrawal]:
    return {
        entry.about: Withdrawal(entry.number, NewWithdrawal(**entry.payload).reason, entry.day, entry.actor)
        for entry in known
        if entry.kind is EntryKind.WITHDRAWAL and entry.about is not None
    }


def _order(risk: Risk) -> tuple[int, int, int, int, int, str]:
    """Return the sort key of risks: judged ones by severity, then likelihood; then those to be judged."""
    severity, likelihood = risk.priority or (0, 0)
    group = 3 if not risk.is_found else 0 if risk.judgement else 1 if risk.needs_judgement else 2
    kinds = list(RiskKind)
    return group, -severity, -likelihood, kinds.index(risk.kind), -(risk.devices or 0), risk.id


def _risks(known: Sequence[RecordedEntry], maps: _Maps, withdrawn: Mapping[int, Withdrawal]) -> list[Risk]:
    places = maps.places()
    judged = _judged(known, maps, withdrawn, places)
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
    return risks


def _judged(
    known: Iterable[RecordedEntry],
    maps: _Maps,
    withdrawn: Mapping[int, Withdrawal],
    places: Mapping[str, tuple[MappedRisk, date, bool]],
) -> Mapping[str, list[RiskJudgement]]:
    now = {risk_id: fingerprint(place.findings) for risk_id, (place, _, _) in places.items()}
    judgements: dict[str, list[RiskJudgement]] = defaultdict(list)
    for entry in known:
        if entry.kind is not EntryKind.JUDGEMENT:
            continue
        judgement = NewJudgement(**entry.payload)
        then = fingerprint(maps.seen_at(entry.number, entry.risk))
        judgements[entry.risk].append(
            RiskJudgement(
                number=entry.number,
                **dict(judgement),
                day=entry.day,
                actor=entry.actor,
                withdrawn=withdrawn.get(entry.number),
                is_outdated=now.get(entry.risk, then) != then,
            )
        )
    return judgements


def _with_judgements(risk: Risk, judged: Sequence[RiskJudgement]) -> Risk:
    standing = [judgement for judgement in judged if judgement.withdrawn is None]
    current = standing[-1] if standing else None
    earlier = tuple(judgement for judgement in reversed(judged) if judgement is not current)
    return replace(risk, judgement=current, earlier=earlier)


def _entries(known: Iterable[RecordedEntry], withdrawn: Mapping[int, Withdrawal]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            number=entry.number,
            kind=entry.kind.value,
            what=_entry_text(entry),
            source=str(entry.payload.get("source", "")),
            address=str(entry.payload.get("address", "")),
            day=entry.day,
            actor=entry.actor,
            at=entry.at,
            risk=entry.risk,
            about=entry.about,
            withdrawn=withdrawn.get(entry.number),
        )
        for entry in known
        if entry.kind.can_be_withdrawn
    )


def _entry_text(entry: RecordedEntry) -> str:
    return str(entry.payload.get("what") or entry.payload.get("reason") or entry.payload.get("note") or "")


def _actions(
    known: Sequence[RecordedEntry], withdrawn: Mapping[int, Withdrawal], titles: Mapping[str, Text]
) -> tuple[Action, ...]:
    moments: dict[int, list[ActionEvent]] = defaultdict(list)
    for entry in known:
        if entry.kind is EntryKind.PROGRESS and entry.about is not None:
            progress = NewProgress(**entry.payload)
            moments[entry.about].append(
                ActionEvent(
                    entry.number,
                    progress.state,
                    progress.note,
                    entry.day,
                    entry.actor,
                    withdrawn.get(entry.number),
                )
            )
    return tuple(
        _action(entry, moments[entry.number], withdrawn.get(entry.number), titles)
        for entry in known
        if entry.kind is EntryKind.ACTION
    )


def _action(
    entry: RecordedEntry,
    moments: Sequence[ActionEvent],
    withdrawn: Withdrawal | None,
    titles: Mapping[str, Text],
) -> Action:
    action = NewAction.model_validate(entry.payload)
    standing = [moment.state for moment in moments if moment.withdrawn is None]
    return Action(
        number=entry.number,
        risk=action.risk,
        risk_title=titles.get(action.risk, text("{what}", what=action.risk)),
        kind=action.kind,
        what=action.what,
        owner=action.owner,
        due=action.due,
        day=entry.day,
        actor=entry.actor,
        status=standing[-1] if standing else ActionState.OPEN,
        history=tuple(moments),
        withdrawn=withdrawn,
    )
