"""A working file as lines for a terminal, in one language."""

from collections.abc import Iterable, Iterator, Sequence

from overzicht.evidence import Answer, Finding, text
from overzicht.reports.citation_places import place_words
from overzicht.reports.i18n import Words
from overzicht.subjects.diligence.page import ENTRY_KINDS, silent_findings, told_findings
from overzicht.subjects.diligence.working_file import (
    Action,
    Entry,
    FileView,
    Risk,
    RiskJudgement,
    Withdrawal,
)


def list_lines(views: Iterable[FileView], words: Words) -> Iterator[str]:
    """Yield one line per file."""
    for view in views:
        counts = text(
            "judged {judged}, waiting {waiting}, overdue actions {overdue}",
            judged=len(view.judged),
            waiting=len(view.unjudged),
            overdue=len(view.overdue),
        )
        yield f"{view.id}  {view.name}  {words.say(counts)}"


def file_lines(view: FileView, words: Words, *, show_all: bool = False) -> Iterator[str]:
    """Yield a file: the status of its steps, its risks and actions, and the records of people."""
    yield f"{view.name} ({view.id}), {words.day(view.as_of)}"
    for line in view.steps:
        yield f"{line.number} {words.say(line.title)}: {' '.join(map(words.say, line.sentences))}"
    for note in view.mapped.notes if view.mapped else ():
        yield f"! {words.say(note)}"
    others = [
        risk for risk in view.risks if risk.is_found and not risk.judgement and not risk.needs_judgement
    ]
    left = [risk for risk in view.risks if not risk.is_found]
    yield from _risks(words.text("judged, the most severe first:"), view.judged, words)
    yield from _risks(words.text("waiting for a judgement:"), view.unjudged, words)
    if show_all:
        yield from _risks(words.text("also on the map, without findings:"), others, words)
        yield from _risks(words.text("no longer on the map:"), left, words)
    elif others or left:
        yield words.text(
            "also on the map, without findings: {count}; no longer on it: {left}; --all lists them",
            count=len(others),
            left=len(left),
        )
    yield from _actions(view, words)
    for line in view.steps:
        # what the data show for a step, and its records, under its title
        findings, entries = view.facts(line.step), view.records(line.step)
        if findings or entries:
            yield f"{line.number} {words.say(line.title)}:"
        for finding in findings:
            yield f"  {words.say(finding.statement)}"
        for entry in entries:
            yield f"  {entry_line(entry, words)}"


def _risks(head: str, risks: Sequence[Risk], words: Words) -> Iterator[str]:
    if risks:
        yield head
    for risk in risks:
        yield f"  {risk.id}  {words.say(risk.title)}{_devices(risk, words)}"
        if risk.judgement is not None:
            yield f"      {_levels(risk.judgement, words)}"


def _devices(risk: Risk, words: Words) -> str:
    if risk.devices is None:
        return ""
    label = words.text("devices: {count}", count=risk.devices)
    return f" ({label})"


def _levels(judged: RiskJudgement, words: Words) -> str:
    levels = text(
        "severity {severity} (scale {scale}, scope {scope}, irremediability {irremediability}), likelihood "
        "{likelihood}; {actor}, {day}",
        severity=judged.severity,
        scale=judged.scale,
        scope=judged.scope,
        irremediability=judged.irremediability,
        likelihood=judged.likelihood,
        actor=judged.actor,
        day=judged.day,
    )
    marks = [words.text("the map changed since")] if judged.is_outdated else []
    return "; ".join([words.say(levels), *marks]) + _withdrawn(judged.withdrawn, words)


def _withdrawn(withdrawn: Withdrawal | None, words: Words) -> str:
    if withdrawn is None:
        return ""
    sentence = text(
        "withdrawn on {day} by {actor}: {reason}",
        day=withdrawn.day,
        actor=withdrawn.actor,
        reason=withdrawn.reason,
    )
    return f" [{words.say(sentence)}]"


def _actions(view: FileView, words: Words) -> Iterator[str]:
    if view.actions:
        yield words.text("actions:")
    for action in view.actions:
        yield f"  {_action(action, view, words)}"
        for moment in action.history:
            note = f": {moment.note}" if moment.note else ""
            state = words.say(moment.state.words)
            yield (
                f"      {moment.number}  {words.day(moment.day)}, {state}{note} ({moment.actor})"
                f"{_withdrawn(moment.withdrawn, words)}"
            )


def _action(action: Action, view: FileView, words: Words) -> str:
    late = words.text("overdue") if action.is_overdue(view.as_of) else ""
    parts = (
        words.say(action.kind.words),
        action.owner,
        words.text("due {day}", day=action.due),
        words.say(action.status.words),
        late,
    )
    details = ", ".join(part for part in parts if part)
    return f"{action.number}  {action.what} ({details}; {action.risk}){_withdrawn(action.withdrawn, words)}"


def entry_line(entry: Entry, words: Words) -> str:
    """Return a record of a person, on one line."""
    source = ", ".join(part for part in (entry.party, entry.source, entry.address) if part)
    kind = words.say(ENTRY_KINDS[entry.kind])
    return (
        f"{entry.number}  {kind}: {entry.what}{f' [{source}]' if source else ''} "
        f"({entry.actor}, {words.day(entry.day)}){_withdrawn(entry.withdrawn, words)}"
    )


def risk_lines(risk: Risk, words: Words) -> Iterator[str]:
    """Yield a risk whole: judgements with their reasons, what the data show, and every source."""
    yield f"{risk.id}  {words.say(risk.title)}{_devices(risk, words)}"
    if not risk.is_found:
        yield words.text("no longer on the map; last seen on {day}", day=risk.seen)
    for judged in (*((risk.judgement,) if risk.judgement else ()), *risk.earlier):
        yield f"{judged.number}  {_levels(judged, words)}"
        yield from (f"    {line}" for line in _reasons(judged, words))
    for finding in told_findings(risk.findings):
        yield f"- {words.say(finding.statement)}"
        yield from _sources(finding, words)
    for answer, findings in silent_findings(risk.findings).items():
        yield f"{words.say(answer)}:"
        yield from (f"  {words.say(finding.statement)}" for finding in findings)


def _reasons(judged: RiskJudgement, words: Words) -> Iterator[str]:
    yield words.text("why so severe: {reason}", reason=judged.reason)
    yield words.text("why so likely: {reason}", reason=judged.likelihood_reason)
    involvement = words.say(judged.involvement.words)
    leverage = words.say(judged.leverage.words)
    more = f": {judged.leverage_reason}" if judged.leverage_reason else ""
    organisation = words.text("the organisation")
    yield f"{organisation} {involvement}; {leverage}{more}"


def _sources(finding: Finding, words: Words) -> Iterator[str]:
    if finding.answer is not Answer.FOUND and not finding.citations:
        return
    not_official = words.text("not official")
    for citation in finding.citations:
        parts = (citation.title, place_words(citation.place, words), citation.address)
        marks = "" if citation.official else f" ({not_official})"
        yield f"    {', '.join(part for part in parts if part)}{marks}"
