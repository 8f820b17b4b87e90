"""Entries of dossiers as sentences: each is a finding that cites the source of the entry."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from overzicht.dates import DateBasis, Holds, LegalDate
from overzicht.evidence import (
    Answer,
    Citation,
    Confidence,
    Finding,
    FindingKind,
    Reason,
    Text,
    finding_id,
    text,
)
from overzicht.evidence.territories import territory_text
from overzicht.subjects.dossiers.model import (
    Claim,
    Entry,
    PartyQuestion,
    Position,
    Presence,
    PresenceKind,
    Reply,
    Report,
    Response,
    SourceDocument,
    Step,
)
from overzicht.subjects.dossiers.versions import Version

Sources = Mapping[str, SourceDocument]


def when_text(when: LegalDate) -> Text:
    """Return a date as a value of a sentence, marked if it is only an upper bound."""
    if when.basis is DateBasis.NOT_LATER_THAN:
        return text("not later than {day}", day=when.day)
    return text("{day}", day=when.day)


def report_finding(version: Version, report: Report, claim: Claim, sources: Sources, as_of: date) -> Finding:
    """Return a report of a claim: author, date, and the original that it repeats, if any.

    The original is named and not cited, so `sources` includes withdrawn documents: the sentence does not
    change with them.
    """
    if report.original:
        original = sources[report.original]
        sentence = text(
            "{by} reported, after {original}: {what}",
            by=report.by.text,
            original=original.publisher or original.title,
            what=claim.what.text,
        )
    else:
        sentence = text("{by} reported: {what}", by=report.by.text, what=claim.what.text)
    return _finding(version, report, sentence, sources, as_of)


_RESPONSES = {
    Position.CONFIRMS: lambda **v: text("{by} confirmed this: {what}", **v),
    Position.CONFIRMS_IN_PART: lambda **v: text("{by} confirmed a part of this: {what}", **v),
    Position.CONTRADICTS: lambda **v: text("{by} contradicted this: {what}", **v),
    Position.CANNOT_CONFIRM: lambda **v: text(
        "{by} could not confirm this from its own information: {what}", **v
    ),
}


def entry_finding(
    version: Version, entry: Response | Step | PartyQuestion | Reply, sources: Sources, as_of: date
) -> Finding:
    """Return a response to a claim, a step, a question to the party, or the party's own statement."""
    what = entry.what.text
    match entry:
        case Response():
            sentence = _RESPONSES[entry.position](by=entry.by.text, what=what)
        case Step():
            sentence = text("{forum}: {what}", forum=entry.forum.text, what=what)
            if entry.reference:
                sentence = text("{says} ({reference})", says=sentence, reference=entry.reference)
            if entry.responsible:
                responsible = entry.responsible.text
                sentence = text("{says} Responsible: {responsible}.", says=sentence, responsible=responsible)
        case PartyQuestion():
            sentence = text("{by} asked {whom}: {what}", by=entry.by.text, whom=entry.whom.text, what=what)
        case Reply():
            sentence = text("{by} stated: {what}", by=entry.by.text, what=what)
    return _finding(version, entry, sentence, sources, as_of)


def _dated(when: LegalDate, sentence: Text) -> Text:
    return text("{when}: {says}", when=when_text(when), says=sentence)


_PRESENCE = {
    PresenceKind.SUBSIDIARY: lambda **v: text("{name} is a subsidiary of {party} ({country}).", **v),
    PresenceKind.CONTRACT: lambda **v: text("{name} has a contract with {party} ({country}).", **v),
    PresenceKind.DEVICE: lambda **v: text("{name} has devices of {party} ({country}).", **v),
}


_ANSWERS = {Holds.YES: Answer.FOUND, Holds.NO: Answer.NOT_FOUND, Holds.UNKNOWN: Answer.NOT_CHECKED}


def presence_text(entry: Presence, party: str) -> Text:
    """Return the presence of a party in a country."""
    sentence = _PRESENCE[entry.kind](party=party, country=territory_text(entry.country), name=entry.name.text)
    return text("{says} {more}", says=sentence, more=entry.what.text) if entry.what else sentence


def presence_finding(version: Version, entry: Presence, party: str, sources: Sources, as_of: date) -> Finding:
    """Return the presence of a party in a country; NOT_CHECKED if the source leaves the date open."""
    source = sources[entry.source]
    holds = entry.holds_on(as_of, source)
    sentence = presence_text(entry, party)
    if holds is Holds.UNKNOWN:
        period = entry.period(source)
        if period.end is not None and (period.start is None or period.start.day <= as_of):
            doubt = text("It ended not later than {day}; the exact end date is unknown.", day=period.end.day)
        elif period.start is None:
            doubt = text("The source has no date, so the situation on this date is unknown.")
        else:
            doubt = text(
                "This is known from {day} on; the earlier situation is unknown.", day=period.start.day
            )
        sentence = text("{says} {doubt}", says=sentence, doubt=doubt)
    finding = _finding(version, entry, sentence, sources, as_of)
    return replace(finding, object=f"{entry.kind}:{entry.id}", answer=_ANSWERS[holds])


def cited(version: Version, source: SourceDocument | None, place: str) -> Citation:
    """Return the citation of an entry: its document, or the note in the dossier itself."""
    if source is not None:
        return source.cite(version.dossier_id, place)
    return Citation(
        source=f"dossier:{version.dossier_id}",
        title=f"note by {version.actor} in dossier {version.dossier_id}",
        place=f"{version.entry_id}, version {version.number}",
        published=version.recorded_on,
        official=False,
    )


def how_held(source: SourceDocument | None) -> Text:
    """Return a sentence on whether the document of a source is stored."""
    if source is None:
        return text("a note in the dossier, without a document")
    if source.is_held:
        return text("the document of the source is stored (sha256 {digest})", digest=source.sha256[:12])
    return text("the source is cited by its address and date; the document is not stored")


def activity_finding(party_id: str, what: str, sentence: Text, reason: Reason, as_of: date) -> Finding:
    """Return the finding that a party is active in a country by `what` (its kind and id)."""
    return Finding(
        id=finding_id(FindingKind.ACTIVITY, party_id, what, as_of.isoformat()),
        kind=FindingKind.ACTIVITY,
        subject=party_id,
        object=what,
        answer=Answer.FOUND,
        confidence=Confidence.MEDIUM,
        as_of=as_of,
        statement=sentence,
        reasons=(reason,),
    )


_KINDS = {
    Report: FindingKind.CLAIM,
    Response: FindingKind.CLAIM,
    Step: FindingKind.STEP,
    PartyQuestion: FindingKind.REPLY,
    Reply: FindingKind.REPLY,
    Presence: FindingKind.ACTIVITY,
}


def _finding(
    version: Version,
    entry: Report | Response | Step | PartyQuestion | Reply | Presence,
    sentence: Text,
    sources: Sources,
    as_of: date,
) -> Finding:
    kind, source = _KINDS[type(entry)], sources.get(entry.source)
    citation = cited(version, source, entry.place)
    statement = sentence if isinstance(entry, Presence) else _dated(entry.when, sentence)
    return Finding(
        id=finding_id(kind, version.dossier_id, version.entry_id, citation.source, str(statement)),
        kind=kind,
        subject=version.dossier_id,
        object=version.entry_id,
        answer=Answer.FOUND,
        confidence=Confidence.MEDIUM,
        as_of=as_of,
        statement=statement,
        reasons=(Reason(how_held(source), citations=(citation,)),),
    )


def says_of(entry: Entry) -> Text:
    """Return an entry in short, with its date, for the lists of versions."""
    match entry:
        case SourceDocument():
            return text("{title}", title=entry.title)
        case Response():
            return _dated(entry.when, text("{by}: {what}", by=entry.by.text, what=entry.what.text))
        case Presence():
            return presence_text(entry, entry.party)
        case _:
            return _dated(entry.when, entry.what.text)
