"""The state of each of the six steps of a working file, in sentences; missing parts are stated too."""

from collections.abc import Sequence

from overzicht.diligence.words import STEPS, ActionKind, ActionState, Step
from overzicht.diligence.working_file import Action, Entry, FileView, StepLine
from overzicht.evidence import Text, text


def step_lines(view: FileView) -> tuple[StepLine, ...]:
    """Return the six steps in order, each with its sentences."""
    lines = {
        Step.POLICY: _policy(view),
        Step.MAP: _map(view),
        Step.ADDRESS: _address(view),
        Step.TRACK: _track(view),
        Step.COMMUNICATE: _communicate(view),
        Step.REMEDIATE: _remediate(view),
    }
    return tuple(
        StepLine(step, number, title, tuple(lines[step]))
        for number, (step, title) in enumerate(STEPS.items(), start=1)
    )


def _recorded(entries: Sequence[Entry], some: Text, none: Text) -> Text:
    count = sum(entry.stands for entry in entries)
    return some.filled(count=count) if count else none


def _policy(view: FileView) -> list[Text]:
    return [_recorded(view.policy, text("Records of policy: {count}."), text("No policy is recorded."))]


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
    actions = _live(view, remediating=False)
    lines = [text("No action is planned.")] if not actions else [_counted(actions)]
    if view.unplanned:
        lines.append(text("Judged risks without an action: {count}.", count=len(view.unplanned)))
    return lines


def _counted(actions: Sequence[Action]) -> Text:
    by_state = {state: sum(action.status is state for action in actions) for state in ActionState}
    return text(
        "Actions: {total}; open {open}, in progress {going}, done {done}, dropped {dropped}.",
        total=len(actions),
        open=by_state[ActionState.OPEN],
        going=by_state[ActionState.IN_PROGRESS],
        done=by_state[ActionState.DONE],
        dropped=by_state[ActionState.DROPPED],
    )


def _track(view: FileView) -> list[Text]:
    some, none = text("Records of indicators: {count}."), text("No indicator is recorded.")
    lines = [_recorded(view.indicators, some, none)]
    if view.overdue:
        lines.append(text("Overdue actions: {count}.", count=len(view.overdue)))
    return lines


def _communicate(view: FileView) -> list[Text]:
    some, none = text("Records of communication: {count}."), text("No communication is recorded.")
    return [_recorded(view.communication, some, none)]


def _remediate(view: FileView) -> list[Text]:
    count = sum(entry.stands for entry in view.remediation)
    actions = _live(view, remediating=True)
    lines = [text("Records of remediation: {count}.", count=count)] if count else []
    if actions:
        lines.append(_counted(actions))
    return lines or [text("No remediation is recorded.")]
