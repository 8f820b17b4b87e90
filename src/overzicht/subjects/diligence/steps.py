"""The state of each of the six steps of a working file, in sentences; missing parts are stated too."""

from collections import Counter
from collections.abc import Iterator, Sequence

from overzicht.evidence import Text, text
from overzicht.subjects.diligence.step_terms import (
    OWN_RECORDS,
    STEP_RECORDS,
    ActionKind,
    ActionState,
    Step,
)
from overzicht.subjects.diligence.working_file import FEWEST_WORDS, Action, FileView, StepLine


def step_lines(view: FileView) -> tuple[StepLine, ...]:
    """Return the six steps in order, each with its sentences."""
    indicators = _recorded(view, "indicator", text("Records of indicators: {count}."))
    overdue = text("Overdue actions: {count}.", count=len(view.overdue))
    address = _counted(_live(view, remediating=False)) or [text("No action is planned.")]
    if view.unplanned:
        address.append(text("Judged risks without an action: {count}.", count=len(view.unplanned)))
    sentences = {
        Step.POLICY: _recorded(view, "policy", text("Records of policy: {count}."))
        or [text("No policy is recorded.")],
        Step.MAP: list(_map(view)),
        Step.ADDRESS: address,
        Step.TRACK: (indicators or [text("No indicator is recorded.")]) + [overdue] * bool(view.overdue),
        Step.COMMUNICATE: _recorded(view, "communication", text("Records of communication: {count}."))
        or [text("No communication is recorded.")],
        Step.REMEDIATE: _recorded(view, "remediation", text("Records of remediation: {count}."))
        + _counted(_live(view, remediating=True))
        or [text("No remediation is recorded.")],
    }
    return tuple(
        StepLine(step, number, step.words, (*sentences[step], *_asked(view, step)))
        for number, step in enumerate(Step, start=1)
    )


def _recorded(view: FileView, kind: str, some: Text) -> list[Text]:
    count = sum(entry.stands and entry.has_substance for entry in view.recorded(kind))
    return [some.filled(count=count)] if count else []


def _asked(view: FileView, step: Step) -> Iterator[Text]:
    """Yield the other records that a step asks for, and how many of its records do not count."""
    for kind in STEP_RECORDS[step]:
        some = text("Records of {kind}: {count}.", kind=kind.words)
        yield from _recorded(view, kind.value, some) or [text("Not recorded: {kind}.", kind=kind.words)]
    own = [OWN_RECORDS[step]] if step in OWN_RECORDS else []
    empty = sum(
        entry.stands and not entry.has_substance
        for kind in (*own, *STEP_RECORDS[step])
        for entry in view.recorded(kind.value)
    )
    if empty:
        yield text(
            "Records that do not count: {count}. State what was decided, in at least {least} words, with a "
            "source.",
            count=empty,
            least=FEWEST_WORDS,
        )


def _map(view: FileView) -> Iterator[Text]:
    if view.mapped is None:
        yield text("There was no map on this date.")
        return
    on_map = [risk for risk in view.risks if risk.is_found]
    yield text(
        "Map of {day}: {places} places. {found} of them have a listing or a claim.",
        day=view.mapped.day,
        places=len(on_map),
        found=sum(bool(risk.signals) for risk in on_map),
    )
    judged, waiting = len(view.judged), len(view.unjudged)
    yield text("Judged: {judged}; waiting for a judgement: {open}.", judged=judged, open=waiting)
    outdated = sum(risk.judgement is not None and risk.judgement.is_outdated for risk in view.risks)
    if outdated:
        yield text("Judgements older than the current map: {count}.", count=outdated)


def _live(view: FileView, *, remediating: bool) -> list[Action]:
    return [
        action
        for action in view.actions
        if action.withdrawn is None and (action.kind is ActionKind.REMEDIATE) is remediating
    ]


def _counted(actions: Sequence[Action]) -> list[Text]:
    if not actions:
        return []
    by_state = Counter(action.status for action in actions)
    return [
        text(
            "Actions: {total}; open {open}, in progress {going}, done {done}, dropped {dropped}.",
            total=len(actions),
            open=by_state[ActionState.OPEN],
            going=by_state[ActionState.IN_PROGRESS],
            done=by_state[ActionState.DONE],
            dropped=by_state[ActionState.DROPPED],
        )
    ]
