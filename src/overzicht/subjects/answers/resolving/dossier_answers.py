"""Answers from gathered findings: reports, contacts, steps and active companies."""

from dataclasses import replace

from overzicht.evidence import text
from overzicht.subjects.answers.facts import Fact, Facts, Gap, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.lexicon import has_any, lexicon
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, unknown
from overzicht.subjects.answers.value_names import party_name, place_text


def known_report(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the recorded reports on the parties about the subjects of a question.

    For one about devices, what a census found of the parties follows.
    """
    findings = _closest(reading, _of_parties(reading, resolving.facts.about([Topic.REPORT, Topic.ORIGINALS])))
    answer = _reports(findings, reading)
    if not reading.kind and not has_any(lexicon().cues["device"], query.words):
        return answer
    presence = _of_parties(reading, resolving.facts.about([Topic.PRESENCE]))
    return replace(answer, facts=(*answer.facts, *presence.facts), gaps=(*answer.gaps, *presence.gaps))


def conduct(_query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the reports of a conduct, their status, and the party's own statements."""
    topics = [Topic.REPORT, Topic.ORIGINALS, Topic.CONFIRMATION, Topic.REPLY]
    return _reports(_closest(reading, _of_parties(reading, resolving.facts.about(topics))), reading)


def _reports(findings: Facts, reading: Reading) -> QueryAnswer:
    reports = [fact for fact in findings.facts if fact.topic is Topic.REPORT]
    if reports:
        sentence = text("Yes: reports recorded on this: {count}.", count=len(reports))
        return QueryAnswer(FirstLine(FirstKind.YES, sentence), findings.facts, findings.gaps)
    sentence = text("Unknown: no report on this is recorded; a dossier would hold it.")
    gaps = findings.gaps
    if not gaps:
        names = ", ".join(subject.name for subject in reading.subjects)
        if names:
            no_report = text(
                "No data: no report about {party} is recorded; `overzicht dossier add` keeps one.",
                party=names,
            )
        else:
            no_report = text("No data: no report on this is recorded; `overzicht dossier add` keeps one.")
        gaps = (Gap(Topic.REPORT, no_report),)
    return QueryAnswer(
        FirstLine(FirstKind.UNKNOWN, sentence),
        findings.facts,
        gaps,
    )


def assess(_query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return which sources confirm or contradict the reports."""
    findings = _closest(reading, _of_parties(reading, resolving.facts.about([Topic.CONFIRMATION])))
    return QueryAnswer(None, findings.facts, findings.gaps)


def assessed(_query: Query, _reading: Reading, _resolving: Resolving) -> QueryAnswer:
    """Return that no record has an assessment of a risk."""
    return unknown(
        text(
            "Unknown: no assessment of a risk is recorded; a register of processing or a file would show it."
        )
    )


def contact(_query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the recorded contacts with the parties, and their own statements."""
    findings = _of_parties(reading, resolving.facts.about([Topic.REPLY, Topic.CONTACT]))
    facts = tuple(fact for fact in findings.facts if fact.parties)
    if facts:
        contacts = sum(fact.topic is Topic.CONTACT for fact in facts)
        sentence = text(
            "Yes: recorded contacts: {contacts}; recorded statements: {replies}.",
            contacts=contacts,
            replies=len(facts) - contacts,
        )
        return QueryAnswer(FirstLine(FirstKind.YES, sentence), facts, findings.gaps)
    sentence = text("Unknown: no contact on this is recorded; a dossier would hold it.")
    return QueryAnswer(FirstLine(FirstKind.UNKNOWN, sentence), (), findings.gaps)


def companies(_query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the parties that are meant with the reasons, then their activities in the places."""
    why = _of_parties(reading, resolving.facts.about([Topic.MEANT, Topic.LISTING]))
    meant = tuple(fact for fact in why.facts if not reading.themes or fact.themes & reading.themes)
    there = _of_parties(reading, resolving.facts.about([Topic.ACTIVE, Topic.PRESENCE]))
    places = reading.places or ("NL",)
    active = tuple(fact for fact in there.facts if fact.place in places and fact.parties)
    gaps = tuple(gap for gap in there.gaps if gap.place in places)
    where = place_text(places[0])
    if not active:
        sentence = text("Unknown: no source shows which companies are active in {place}.", place=where)
        return QueryAnswer(FirstLine(FirstKind.UNKNOWN, sentence), meant, gaps)
    parties = sorted(
        {party for fact in active for party in fact.parties}, key=lambda party: party_name(party).casefold()
    )
    names = ", ".join(map(party_name, parties))
    if (
        len(parties) == 1
        and reading.is_named
        and "which" not in {cue for clause in reading.clauses for cue in clause.cues}
    ):
        line = FirstLine(
            FirstKind.YES,
            text("Yes: sources show that {party} is active in {place}.", party=names, place=where),
        )
    else:
        line = FirstLine(
            FirstKind.VALUE,
            text("{parties}: sources show that they are active in {place}.", parties=names, place=where),
            names,
        )
    headline = tuple(next(fact for fact in active if party in fact.parties) for party in parties)
    return QueryAnswer(line, (*headline, *meant, *active), gaps)


def steps(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the recorded steps on the subject of a question, or about its parties and kind of device."""
    by_theme = bool(reading.themes) and not reading.is_named
    kept = tuple(
        fact
        for fact in resolving.facts.about([Topic.STEP]).facts
        if (by_theme and fact.themes & reading.themes)
        or (
            not by_theme
            and fact.parties & reading.parties
            and (not reading.kind or fact.kind == reading.kind)
        )
    )
    line = FirstLine(FirstKind.YES, text("Yes: steps recorded on this: {count}.", count=len(kept)))
    gap = text("No data: no step on this is recorded; `overzicht dossier add` keeps one.")
    if not kept:
        sentence = text("Unknown: no step on this is recorded; a dossier would hold it.")
        line = FirstLine(FirstKind.UNKNOWN, sentence)
    gaps = () if kept else (Gap(Topic.STEP, gap),)
    return QueryAnswer(None if "will" in query.cues else line, kept, gaps)


def cost(_query: Query, _reading: Reading, _resolving: Resolving) -> QueryAnswer:
    """Return that the register keeps no prices."""
    sentence = text("No data: the register keeps no prices; contracts would tell them.")
    answer = unknown(text("Unknown: the register keeps no prices; contracts would tell them."))
    return QueryAnswer(answer.first, (), (Gap(Topic.COUNT, sentence),))


def _of_parties(reading: Reading, facts: Facts) -> Facts:
    """Return the facts and gaps about the parties of a question, and about no party in particular."""
    parties = reading.parties
    return Facts(
        tuple(fact for fact in facts.facts if not fact.parties or fact.parties & parties),
        tuple(gap for gap in facts.gaps if not gap.parties or gap.parties & parties),
    )


def _closest(reading: Reading, findings: Facts) -> Facts:
    """Return the facts and gaps about the kind of device and the subject of the question.

    Without any such fact all are returned: a report may use other words than the question.
    """
    facts = [fact for fact in findings.facts if _is_close(fact, reading)]
    if not facts:
        return findings
    return Facts(tuple(facts), tuple(gap for gap in findings.gaps if _is_close(gap, reading)))


def _is_close(item: Fact | Gap, reading: Reading) -> bool:
    return (
        item.kind == reading.kind
        if reading.kind
        else not reading.themes or bool(item.themes & reading.themes)
    )
