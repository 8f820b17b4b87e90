"""The yearly report as one HTML page: own style and content policy, no script, nothing fetched."""

from collections.abc import Iterable, Mapping
from typing import Any

from overzicht.evidence import Answer, Finding, Text, text
from overzicht.evidence.answers import answer_of
from overzicht.evidence.worded_enum import words_of
from overzicht.grouping import by_key
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.html.document import Page
from overzicht.reports.html.view import Headline
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.vocabulary import tellers
from overzicht.subjects.diligence.step_terms import (
    LEVEL_MEANINGS,
    LEVELS,
    ActionKind,
    RecordKind,
    Step,
)
from overzicht.subjects.diligence.views import YearReport
from overzicht.subjects.diligence.working_file import Action

FIGURES: Mapping[str, tuple[Text, str, str]] = {  # name: label, tone, section
    "places": (text("places on the map"), "plain", "map"),
    "signals": (text("with a listing or a claim"), "listed", "map"),
    "judged": (text("judged by a person"), "plain", "map"),
    "waiting": (text("wait for a judgement"), "unknown", "waiting"),
    "actions": (text("actions"), "plain", "address"),
    "done": (text("actions done"), "plain", "address"),
    "overdue": (text("overdue actions"), "relabelled", "track"),
}
ENTRY_KINDS: Mapping[str, Text] = {
    "judgement": text("judgement"),
    "action": text("action"),
    "progress": text("progress of an action"),
    **words_of(RecordKind),
}


def render_report(report: YearReport, lang: Language) -> str:
    """Return the page."""
    words = words_for(lang)
    page = Page("diligence_document.html", "overzicht.subjects.diligence", speakers)
    headlines: list[Headline] = []
    for figure in report.figures:
        label, tone, target = FIGURES[figure.name]
        part = "" if figure.before is None else words.text("was {number}", number=figure.before)
        headlines.append(Headline(words.number(figure.now), part, words.say(label), tone, target))
    return page.render(
        lang,
        report.version,
        report=report,
        file=report.view,
        index=NumberedCitations(report.citations),
        headlines=headlines,
        Step=Step,
        **_parts(report),
    )


def speakers(words: Words) -> dict[str, Any]:
    """Return what templates ask for words of due diligence, in a language."""
    tables: Mapping[str, Mapping[Any, Text]] = {
        "level_word": LEVELS,
        "level_meaning": LEVEL_MEANINGS,
        "entry_kind": ENTRY_KINDS,
    }
    return {**tellers(words, tables), "told": told_findings, "silent": silent_findings}


def told_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with a statement, without those of lists that do not name the party."""
    return [f for f in findings if f.answer is Answer.FOUND or f.kind.value == "maker"]


def silent_findings(findings: Iterable[Finding]) -> dict[Text, list[Finding]]:
    """Return the other findings by their answer: not listed, not found, not checked, could not be read."""
    rest = [f for f in findings if f.answer is not Answer.FOUND and f.kind.value != "maker"]
    return by_key(
        (answer_of(finding), finding)
        for finding in sorted(rest, key=lambda finding: list(Answer).index(finding.answer))
    )


def _parts(report: YearReport) -> dict[str, Any]:
    view = report.view
    on_map = [risk for risk in view.risks if risk.is_found]
    return {
        "waiting": view.unjudged,
        "others": [risk for risk in on_map if risk.judgement is None and not risk.needs_judgement],
        "left": [risk for risk in view.risks if not risk.is_found],
        "judged": [risk for risk in view.judged if risk.is_found],
        "addressing": _of(view.actions, remediating=False),
        "remediating": _of(view.actions, remediating=True),
        "by_number": {entry.number: entry for entry in view.entries},
    }


def _of(actions: Iterable[Action], *, remediating: bool) -> list[Action]:
    return [action for action in actions if (action.kind is ActionKind.REMEDIATE) is remediating]
