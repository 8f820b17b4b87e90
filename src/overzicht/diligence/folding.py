"""From what was written to how a file stands on a day; what is of a later day is left out."""

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
    Entry,
    FileHead,
    FileView,
    MapVersion,
    Moment,
    Risk,
    RiskJudgement,
    Withdrawal,
)
from overzicht.evidence import Answer, Finding, FindingKind, Text, text

TELLING = frozenset(
    {FindingKind.LISTING, FindingKind.OWNER_LISTING, FindingKind.OWNERSHIP, FindingKind.CLAIM}
)


def added_risk_id(number: int) -> str:
    """Return the id of the risk that a person put on the map by the entry of this number."""
    return f"{RiskKind.ADDED.value}:{number}"


def fingerprint(findings: Iterable[Finding]) -> str:
    """Return a hash of what findings say of a risk; counts of devices play no part, they change daily."""
    said = sorted(
        json.dumps([f.kind.value, f.subject, f.statement.to_json()], sort_keys=True)
        for f in findings
        if f.kind in TELLING and f.answer is Answer.FOUND
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Maps:
    """All maps up to the day, oldest first; a place is read only where it counts, for maps are large."""

    all: tuple[RecordedEntry, ...]

    @property
    def newest(self) -> MapVersion | None:
        if not self.all:
            return None
        entry = self.all[-1]
        found = RiskMap.from_json({**entry.payload, "risks": []})
        return MapVersion(entry.number, entry.day, found.run, found.notes, found.facts)

    def places(self) -> dict[str, tuple[MappedRisk, date, bool]]:
        """Return by id each place as last mapped, the day of that map, and whether it is the newest."""
        last: dict[str, tuple[dict[str, Any], date, bool]] = {}
        for entry in self.all:
            is_newest = entry is self.all[-1]
            last.update({risk["id"]: (risk, entry.day, is_newest) for risk in entry.payload["risks"]})
        return {key: (MappedRisk.from_json(risk), day, newest) for key, (risk, day, newest) in last.items()}

    def seen_at(self, number: int, risk_id: str) -> tuple[Finding, ...]:
        """Return the findings of a risk on the map that counted when an entry was written."""
        for entry in reversed(self.all):
            if entry.number < number:
                risks = (each for each in entry.payload["risks"] if each["id"] == risk_id)
                return next((MappedRisk.from_json(each).findings for each in risks), ())
        return ()


def view_of(head: FileHead, recorded: Sequence[RecordedEntry], as_of: date) -> FileView:
    """Return how a file stands on a day, from all that was ever written into it."""
    known = sorted((each for each in recorded if each.day <= as_of), key=lambda each: (each.day, each.number))
    withdrawn = _withdrawn(known)
    maps = _Maps(tuple(each for each in known if each.kind is EntryKind.MAP))
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
        each.about: Withdrawal(each.number, NewWithdrawal(**each.payload).reason, each.day, each.actor)
        for each in known
        if each.kind is EntryKind.WITHDRAWAL and each.about is not None
    }


def _order(risk: Risk) -> tuple[int, int, int, int, int, str]:
    """Return the order of risks: judged ones by severity, then likelihood; then what is to be judged."""
    severity, likelihood = risk.priority or (0, 0)
    group = 3 if not risk.is_found else 0 if risk.judgement else 1 if risk.needs_judgement else 2
    kinds = list(RiskKind)
    return group, -severity, -likelihood, kinds.index(risk.kind), -(risk.devices or 0), risk.id


def _risks(known: Sequence[RecordedEntry], maps: _Maps, withdrawn: Mapping[int, Withdrawal]) -> list[Risk]:
    places = maps.places()
    judged = _judged(known, maps, withdrawn, places)
    found = [
        _with_judgements(
            Risk(place.id, place.kind, place.title, place.devices, place.findings, is_newest, day),
            judged[place.id],
        )
        for place, day, is_newest in places.values()
    ]
    for each in known:
        if each.kind is EntryKind.RISK:
            risk_id, stands = added_risk_id(each.number), each.number not in withdrawn
            title = text("{what}", what=NewRecord(**each.payload).what)
            risk = Risk(risk_id, RiskKind.ADDED, title, None, (), stands, each.day)
            found.append(_with_judgements(risk, judged[risk_id]))
    return found


def _judged(
    known: Iterable[RecordedEntry],
    maps: _Maps,
    withdrawn: Mapping[int, Withdrawal],
    places: Mapping[str, tuple[MappedRisk, date, bool]],
) -> Mapping[str, list[RiskJudgement]]:
    now = {risk_id: fingerprint(place.findings) for risk_id, (place, _, _) in places.items()}
    found: dict[str, list[RiskJudgement]] = defaultdict(list)
    for each in known:
        if each.kind is not EntryKind.JUDGEMENT:
            continue
        said = NewJudgement(**each.payload)
        then = fingerprint(maps.seen_at(each.number, each.risk))
        found[each.risk].append(
            RiskJudgement(
                number=each.number,
                **dict(said),
                day=each.day,
                actor=each.actor,
                withdrawn=withdrawn.get(each.number),
                is_outdated=now.get(each.risk, then) != then,
            )
        )
    return found


def _with_judgements(risk: Risk, judged: Sequence[RiskJudgement]) -> Risk:
    """Return the risk with the newest judgement that nobody withdrew; the others are kept beside it."""
    standing = [each for each in judged if each.withdrawn is None]
    current = standing[-1] if standing else None
    earlier = tuple(each for each in reversed(judged) if each is not current)
    return replace(risk, judgement=current, earlier=earlier)


def _entries(known: Iterable[RecordedEntry], withdrawn: Mapping[int, Withdrawal]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            number=each.number,
            kind=each.kind.value,
            what=_said(each),
            source=str(each.payload.get("source", "")),
            address=str(each.payload.get("address", "")),
            day=each.day,
            actor=each.actor,
            at=each.at,
            risk=each.risk,
            about=each.about,
            withdrawn=withdrawn.get(each.number),
        )
        for each in known
        if each.kind.can_be_withdrawn
    )


def _said(each: RecordedEntry) -> str:
    return str(each.payload.get("what") or each.payload.get("reason") or each.payload.get("note") or "")


def _actions(
    known: Sequence[RecordedEntry], withdrawn: Mapping[int, Withdrawal], titles: Mapping[str, Text]
) -> tuple[Action, ...]:
    moments: dict[int, list[Moment]] = defaultdict(list)
    for each in known:
        if each.kind is EntryKind.PROGRESS and each.about is not None:
            said = NewProgress(**each.payload)
            moments[each.about].append(
                Moment(each.number, said.state, said.note, each.day, each.actor, withdrawn.get(each.number))
            )
    return tuple(
        _action(each, moments[each.number], withdrawn.get(each.number), titles)
        for each in known
        if each.kind is EntryKind.ACTION
    )


def _action(
    each: RecordedEntry, moments: Sequence[Moment], withdrawn: Withdrawal | None, titles: Mapping[str, Text]
) -> Action:
    said = NewAction.model_validate(each.payload)
    standing = [moment.state for moment in moments if moment.withdrawn is None]
    return Action(
        number=each.number,
        risk=said.risk,
        risk_title=titles.get(said.risk, text("{what}", what=said.risk)),
        kind=said.kind,
        what=said.what,
        owner=said.owner,
        due=said.due,
        day=each.day,
        actor=each.actor,
        status=standing[-1] if standing else ActionState.OPEN,
        history=tuple(moments),
        withdrawn=withdrawn,
    )
