"""Citations, findings, judgements and listings as lines in the terminal."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from overzicht.cli.language import place_text, speak, spoken, translate, worded
from overzicht.devices.vulnerabilities.affected_products import Grade
from overzicht.evidence import Answer, Citation, Finding, Reason
from overzicht.evidence.answers import LISTING_ANSWERS, answer_of

if TYPE_CHECKING:
    from overzicht.reports.overview_report import ListStatus, VulnerabilityRow
    from overzicht.store.decisions import Judgement
    from overzicht.subjects.lists.listings import FoundListing


def cited(citation: Citation) -> str:
    """Return a citation as one line: title, place, address, snapshot, date, and what is wrong with it."""
    parts = [translate(citation.title), place_text(citation.place), citation.address]
    if citation.snapshot:
        parts.append(speak("snapshot {hash}", hash=citation.snapshot[:12]))
    parts += [speak("published {day}", day=citation.published)] if citation.published else []
    parts += marks(official=citation.official, complete=citation.complete)
    return "; ".join(part for part in parts if part)


def marks(*, official: bool, complete: bool) -> list[str]:
    """Return what is wrong with a file: that it is not the publisher's, or not whole."""
    return [
        *([] if official else [translate("NOT OFFICIAL")]),
        *([] if complete else [translate("INCOMPLETE")]),
    ]


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield a finding with every reason and its sources."""
    answer = spoken(answer_of(finding))
    if finding.answer is Answer.FOUND:
        answer = speak("{answer}, confidence {confidence}", answer=answer, confidence=finding.confidence)
    yield f"{spoken(finding.statement)} [{worded(finding.kind)}: {answer}] ({finding.id})"
    for reason in finding.reasons:
        strength = translate("against") if reason.against else worded(reason.strength)
        yield f"  - {spoken(reason.text)} ({strength})"
        yield from (f"      {cited(citation)}" for citation in reason.citations)


def vulnerability_lines(rows: "Iterable[VulnerabilityRow]", catalogue: "ListStatus") -> Iterator[str]:
    """Yield the known exploited vulnerabilities of a device with reasons, or that they were not checked."""
    for row in rows:
        yield "  " + speak(
            "{cve} [{grade}], listed since {since}", cve=row.cve, grade=Grade(row.grade), since=row.since
        )
        yield from (f"    {spoken(reason.text)}" for reason in row.reasons)
    if not catalogue.answer.covers_date:
        yield "  " + speak(
            "known exploited vulnerabilities [{answer}]: {note}",
            answer=LISTING_ANSWERS[catalogue.answer],
            note=catalogue.note,
        )


def judgement_line(judgement: "Judgement") -> str:
    """Return the verdict with its author, date and reason on one line."""
    mark = f" ({translate('withdrawn')})" if judgement.withdrawn_at else ""
    verdict = speak(
        "judgement {number}: {verdict} by {actor} on {day}",
        number=judgement.id,
        verdict=judgement.verdict,
        actor=judgement.actor,
        day=judgement.at[:10],
    )
    return f"{verdict}, {judgement.reason}{mark}"


def judged_lines(judgement: "Judgement") -> list[str]:
    """Return what a new judgement says, as the only line."""
    number, verdict, actor = judgement.id, judgement.verdict, judgement.actor
    return [speak("judgement {number}: {verdict} by {actor}", number=number, verdict=verdict, actor=actor)]


def reason_text(reason: Reason) -> str:
    """Return a reason, marked if it is one against the finding."""
    return speak("against: {reason}", reason=reason.text) if reason.against else spoken(reason.text)


def listing_lines(match: "FoundListing") -> list[str]:
    """Return a listing with its score, every reason and its source, a line each."""
    state = match.state
    force = translate("in force")
    if state.answer is not Answer.FOUND:
        force = speak("{answer} on that day", answer=LISTING_ANSWERS[state.answer])
    period = speak("since {day}", day=state.since)
    if state.until:
        period = speak("{since}, until {day}", since=period, day=state.until)
    lines = [
        f"{state.record.caption}: {state.listing.measure} {state.listing.id}, {period}; {force}",
        "  "
        + speak("score {score} on {name}", score=f"{match.match.score:.2f}", name=match.match.matched_on),
    ]
    lines += [f"  {reason_text(reason)}" for reason in match.match.reasons]
    lines += [f"  {spoken(note)}" for note in state.notes]
    if state.listing.act:
        act = speak("act: {act} {address}", act=state.listing.act, address=state.listing.act_address)
        lines.append(f"  {act}".rstrip())
    return [*lines, "  " + speak("source: {source}", source=cited(match.citation))]
