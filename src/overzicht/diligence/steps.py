"""The state of each of the six steps of a working file, in sentences; missing parts are stated too."""

from collections import Counter
from collections.abc import Sequence

from overzicht.diligence.words import STEPS, ActionKind, ActionState, Step
from overzicht.diligence.working_file import Action, FileView, StepLine
from overzicht.evidence import Text, text


def step_lines(view: FileView) -> tuple[StepLine, ...]:
    """Return the six steps in order, each with its sentences."""
    indicators = _recorded(view, "indicator", text("Records of indicators: {count}."))
    overdue = text("Overdue actions: {count}.", count=len(view.overdue))
    sentences = {
        Step.POLICY: _recorded(view, "policy", text("Records of policy: {count}."))
        or [text("No policy is recorded.")],
        Step.MAP: _map(view),
        Step.ADDRESS: _address(view),
        Step.TRACK: (indicators or [text("No indicator is recorded.")]) + [overdue] * bool(view.overdue),
        Step.COMMUNICATE: _recorded(view, "communication", text("Records of communication: {count}."))
        or [text("No communication is recorded.")],
        Step.REMEDIATE: _recorded(view, "remediation", text("Records of remediation: {count}."))
        + _counted(_live(view, remediating=True))
        or [text("No remediation is recorded.")],
    }
    return tuple(
        StepLine(step, number, title, tuple(sentences[step]))
        for number, (step, title) in enumerate(STEPS.items(), start=1)
    )


def _recorded(view: FileView, kind: str, some: Text) -> list[Text]:
    count = sum(entry.stands for entry in view.recorded(kind))
    return [some.filled(count=count)] if count else []


def _map(view: FileView) -> list[Text]:
    if view.mapped is None:
        return [text("There was no map on this date.")]
    on_map = [risk for risk in view.risks if risk.is_found]
    lines = [
        text(
            "Map of {day}: {places} places. {found} of them have a listing or a claim.",
            day=view.mapped.day,
            places=len(on_map),
            found=sum(bool(risk.signals) for risk in on_map),
        ),
        text(
            "Judged: {judged}; waiting for a judgement: {open}.",
            judged=len(view.judged),
            open=len(view.unjudged),
        ),
    ]
    outdated = sum(risk.judgement is not None and risk.judgement.is_outdated for risk in view.risks)
    if outdated:
        lines.append(text("Judgements older than the current map: {count}.", count=outdated))
    return lines


def _live(view: FileView, *, remediating: bool) -> list[Action]:
    return [
        action
        for action in view.actions
        if action.withdrawn is None and (action.kind is ActionKind.REMEDIATE) is remediating
    ]


def _address(view: FileView) -> list[Text]:
    lines = _counted(_live(view, remediating=False)) or [text("No action is planned.")]
    if view.unplanned:
        lines.append(text("Judged risks without an action: {count}.", count=len(view.unplanned)))
    return lines


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
