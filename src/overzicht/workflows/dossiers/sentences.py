"""Entries as sentences: each a finding that rests on the one source that the entry names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from overzicht.dates import DateBasis, Holds, LegalDate
from overzicht.dossiers.model import (
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
from overzicht.dossiers.versions import Version
from overzicht.evidence import (
    Answer,
    Citation,
    Confidence,
    Finding,
    FindingKind,
    Reason,
    Text,
    finding_id,
    in_both,
    text,
)

Sources = Mapping[str, SourceDocument]


def when_text(when: LegalDate) -> Text:
    """Return a day as a value of a sentence, marked where it is only an upper bound."""
    if when.basis is DateBasis.NOT_LATER_THAN:
        return text("not later than {day}", day=when.day)
    return text("{day}", day=when.day)


def country_text(code: str) -> Text:
    """Return the name of a country, or of the European Union, in both languages; the code where none is."""
    from babel import Locale  # noqa: PLC0415 - reading the names takes a while

    names = {lang: Locale(lang).territories.get(code, code) for lang in ("en", "nl")}
    return in_both(en=names["en"], nl=names["nl"])


def report_finding(version: Version, report: Report, claim: Claim, sources: Sources, as_of: date) -> Finding:
    """Return who said a claim when, and whose original it repeats where it is no work of its own.

    The original is named and not cited, so `sources` holds withdrawn documents too: the sentence does not
    change with them.
    """
    if report.original:
        original = sources[report.original]
        from_whom = original.publisher or original.title
        says = text("{by} reported, after {original}: {what}", by=report.by.text, original=from_whom,
                    what=claim.what.text)  # fmt: skip
    else:
        says = text("{by} reported: {what}", by=report.by.text, what=claim.what.text)
    dated = _dated(report.when, says)
    return _finding(version, FindingKind.CLAIM, dated, sources[report.source], report.place, as_of)


_RESPONSES = {
    Position.CONFIRMS: lambda **v: text("{by} confirmed this: {what}", **v),
    Position.CONFIRMS_IN_PART: lambda **v: text("{by} confirmed a part of this: {what}", **v),
    Position.CONTRADICTS: lambda **v: text("{by} contradicted this: {what}", **v),
    Position.CANNOT_CONFIRM: lambda **v: text(
        "{by} could not confirm this from its own information: {what}", **v
    ),
}


def response_finding(version: Version, entry: Response, sources: Sources, as_of: date) -> Finding:
    """Return what somebody holds of a claim."""
    says = _dated(entry.when, _RESPONSES[entry.position](by=entry.by.text, what=entry.what.text))
    return _finding(version, FindingKind.CLAIM, says, sources[entry.source], entry.place, as_of)


def step_finding(version: Version, entry: Step, sources: Sources, as_of: date) -> Finding:
    """Return what was raised or decided, when and where, with its reference and who decides."""
    says = text("{forum}: {what}", forum=entry.forum.text, what=entry.what.text)
    if entry.reference:
        says = text("{says} ({reference})", says=says, reference=entry.reference)
    if entry.responsible:
        says = text("{says} Who decides: {responsible}.", says=says, responsible=entry.responsible.text)
    dated = _dated(entry.when, says)
    return _finding(version, FindingKind.STEP, dated, sources.get(entry.source), entry.place, as_of)


def asked_finding(version: Version, entry: PartyQuestion, sources: Sources, as_of: date) -> Finding:
    """Return that the party was asked for its side."""
    says = text("{by} asked {whom}: {what}", by=entry.by.text, whom=entry.whom.text, what=entry.what.text)
    dated = _dated(entry.when, says)
    return _finding(version, FindingKind.REPLY, dated, sources.get(entry.source), entry.place, as_of)


def reply_finding(version: Version, entry: Reply, sources: Sources, as_of: date) -> Finding:
    """Return the party's own statement."""
    says = _dated(entry.when, text("{by} stated: {what}", by=entry.by.text, what=entry.what.text))
    return _finding(version, FindingKind.REPLY, says, sources[entry.source], entry.place, as_of)


def _dated(when: LegalDate, says: Text) -> Text:
    return text("{when}: {says}", when=when_text(when), says=says)


_PRESENCE = {
    PresenceKind.SUBSIDIARY: lambda **v: text("{name} is a subsidiary of {party} ({country}).", **v),
    PresenceKind.CONTRACT: lambda **v: text("{name} has a contract with {party} ({country}).", **v),
    PresenceKind.DEVICE: lambda **v: text("{name} has devices of {party} ({country}).", **v),
}


_ANSWERS = {Holds.YES: Answer.FOUND, Holds.NO: Answer.NOT_FOUND, Holds.UNKNOWN: Answer.NOT_CHECKED}


def presence_text(entry: Presence, party: str) -> Text:
    """Return by what a party is active in a country."""
    says = _PRESENCE[entry.kind](party=party, country=country_text(entry.country), name=entry.name.text)
    return text("{says} {more}", says=says, more=entry.what.text) if entry.what else says


def presence_finding(version: Version, entry: Presence, party: str, sources: Sources, as_of: date) -> Finding:
    """Return by what a party is active in a country; NOT_CHECKED where the source leaves the day open."""
    source = sources[entry.source]
    holds = entry.holds_on(as_of, source)
    says = presence_text(entry, party)
    if holds is Holds.UNKNOWN:
        says = text("{says} {doubt}", says=says, doubt=_doubt(entry, source, as_of))
    found = _finding(version, FindingKind.ACTIVITY, says, source, entry.place, as_of)
    return replace(found, object=f"{entry.kind}:{entry.id}", answer=_ANSWERS[holds])


def _doubt(entry: Presence, source: SourceDocument, as_of: date) -> Text:
    period = entry.period(source)
    if period.end is not None and (period.start is None or period.start.day <= as_of):
        return text(
            "It ended not later than {day}; whether it was still so cannot be told.", day=period.end.day
        )
    if period.start is None:
        return text("The source has no day; whether it was so then cannot be told.")
    return text("That is known from {day} on; whether it was so before cannot be told.", day=period.start.day)


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
    """Return in a sentence whether the bytes of a source are held."""
    if source is None:
        return text("a note in the dossier; no document stands behind it")
    if source.is_held:
        return text("the bytes of the source are held (sha256 {digest})", digest=source.sha256[:12])
    return text("the source is cited by its address and day; its bytes are not held")


def _finding(
    version: Version,
    kind: FindingKind,
    says: Text,
    source: SourceDocument | None,
    place: str,
    as_of: date,
) -> Finding:
    citation = cited(version, source, place)
    return Finding(
        id=finding_id(kind, version.dossier_id, version.entry_id, citation.source, str(says)),
        kind=kind,
        subject=version.dossier_id,
        object=version.entry_id,
        answer=Answer.FOUND,
        confidence=Confidence.MEDIUM,
        as_of=as_of,
        statement=says,
        reasons=(Reason(how_held(source), citations=(citation,)),),
    )


def says_of(entry: Entry) -> Text:
    """Return what an entry says in short, with its day, for the lists of versions."""
    match entry:
        case SourceDocument():
            return text("{title}", title=entry.title)
        case Response():
            return _dated(entry.when, text("{by}: {what}", by=entry.by.text, what=entry.what.text))
        case Presence():
            return presence_text(entry, entry.party)
        case _:
            return _dated(entry.when, entry.what.text)
