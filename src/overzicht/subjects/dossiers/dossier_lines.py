"""Dossiers as lines for a terminal."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from overzicht.evidence import Answer, Citation, Finding, Text, text
from overzicht.evidence.answers import LISTING_ANSWERS, answer_of
from overzicht.evidence.worded_enum import words_of
from overzicht.reports.citation_places import place_words
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import OwnershipEdge
from overzicht.reports.terminal import COLUMNS, cleaned
from overzicht.reports.vocabulary import RELATIONS, word
from overzicht.subjects.dossiers.model import EntryKind, StepKind
from overzicht.subjects.dossiers.views import (
    ClaimView,
    DossierLine,
    DossierView,
    ListingDay,
    VersionView,
)

MOMENTS: Mapping[str, Text] = {
    **words_of(StepKind),
    "claim": text("report"),
    "response": text("response to a claim"),
    EntryKind.ASKED: text("question to the party"),
    EntryKind.REPLY: text("reply"),
}


def list_lines(lines: Sequence[DossierLine], words: Words) -> list[str]:
    """Return one line per dossier: id, counts, and whether the party was heard."""
    return [
        cleaned(
            words.text(
                "{id}: {title} – claims {claims}, steps {steps}, replies {replies}{example}",
                id=line.id,
                title=line.title,
                claims=line.claims,
                steps=line.steps,
                replies=line.replies,
                example=text(" (example)") if line.is_example else "",
            )
        )
        + f"\n    {words.say(line.completeness.words)}"
        for line in lines
    ]


def dossier_lines(view: DossierView, words: Words) -> list[str]:
    """Return a whole dossier: head, time line, claims, the other side, steps, owners, listings, presence."""
    sections = (
        (text("Time line"), _timeline(view, words)),
        (text("Claims"), _claims(view, words)),
        (text("The party's own side"), _replies(view, words)),
        (text("Contacts and steps"), _sentences([step.finding for step in view.steps], words)),
        (text("Owners"), _owners(view.ownership, words)),
        (text("Listings"), _listings(view.listings, words)),
        (text("Active where"), activity_lines(view.presence, words)),
        (text("Devices in the register"), _devices(view, words)),
        (text("Withdrawn"), _versions(view.withdrawn, words)),
        (text("Without a source: every cited document was withdrawn"), _versions(view.without_source, words)),
    )
    line = view.line
    lines = [cleaned(f"{line.name} – {words.say(line.title)}")]
    known = text("; the file as it was on {day}", day=view.known_on) if view.known_on else ""
    lines.append(words.text("as of {day}{known}", day=view.as_of, known=known))
    lines.append(words.say(line.completeness.words))
    if line.is_example:
        lines.append(words.text("This dossier ships with the product as an example."))
    for title, content in sections:
        body = list(content)
        if body:
            lines += ["", words.say(title), *body]
    return lines


def _timeline(view: DossierView, words: Words) -> Iterator[str]:
    for moment in view.timeline:
        kind = words.say(word(MOMENTS, moment.kind))
        yield from _wrapped(f"{words.legal_date(moment.when)} · {kind}: {words.say(moment.sentence)}")


def _claims(view: DossierView, words: Words) -> Iterator[str]:
    for claim in view.claims:
        yield from _wrapped(f"{claim.id}: {words.say(claim.assertion)}")
        yield cleaned(f"    [{words.say(claim.status.words)}] {words.say(origins_text(claim))}")
        for finding in claim.sentences:
            yield from _sentence(finding, words, "    ")
        yield from _earlier(claim.earlier, words)


def origins_text(claim: ClaimView) -> Text:
    """Return the number of independent originals of the reports of a claim."""
    if claim.origins == 1:
        return text("All reports rest on one original: {title}", title=claim.originals[0])
    if not claim.origins:
        return text("No report of it has a source any more")
    return text(
        "The reports rest on {count} independent originals: {titles}",
        count=claim.origins,
        titles="; ".join(claim.originals),
    )


def _replies(view: DossierView, words: Words) -> Iterator[str]:
    for reply in view.replies:
        yield from _sentence(reply.finding, words, "  ")
        yield from _earlier(reply.earlier, words)


def _sentences(findings: Sequence[Finding], words: Words) -> Iterator[str]:
    for finding in findings:
        yield from _sentence(finding, words, "  ")


def _sentence(finding: Finding, words: Words, indent: str) -> Iterator[str]:
    yield from _wrapped(words.say(finding.statement), indent)
    for citation in finding.citations:
        yield cleaned(f"{indent}  ↳ {cited(citation, words)}")


def cited(citation: Citation, words: Words) -> str:
    """Return a citation as one line: title, place, day, address, and the bytes where they are held."""
    parts = [citation.title, place_words(citation.place, words)]
    parts += [words.day(citation.published)] if citation.published else []
    parts += [f"sha256 {citation.snapshot[:12]}"] if citation.snapshot else []
    return "; ".join(part for part in [*parts, citation.address] if part)


def _owners(stakes: Sequence[OwnershipEdge], words: Words) -> Iterator[str]:
    for edge in stakes:
        share = words.share(edge.min_percent, edge.max_percent)
        relation = words.say(word(RELATIONS, edge.relation))
        yield cleaned(f"  {edge.owner_name} → {edge.asset_name}: {share} ({relation})")


def _listings(days: Sequence[ListingDay], words: Words) -> Iterator[str]:
    for date in days:
        yield "  " + words.text("on {day}", day=date.day)
        for row in date.listings:
            title = words.say(row.list_title)
            yield cleaned(f"    {row.party_name}: {title} ({row.measure}), {words.legal_date(row.since)}")
        if not date.listings:
            sentence = (
                text("no entry was found") if date.not_listed else text("no loaded list covers this date")
            )
            yield f"    {words.say(sentence)}"
        for answer, lists in ((Answer.NOT_FOUND, date.not_listed), (Answer.NOT_CHECKED, date.not_checked)):
            if lists:
                answer_said = words.say(LISTING_ANSWERS[answer])
                named = "; ".join(words.say(date.titles[list_id]) for list_id in lists)
                yield from _wrapped(f"{answer_said}: {named}", "    ")


def _devices(view: DossierView, words: Words) -> Iterator[str]:
    if view.devices is None:
        return
    yield "  " + words.text(
        "{count} devices, {relabelled} of them under another brand",
        count=view.devices.total,
        relabelled=view.devices.relabelled,
    )
    for name, count in view.devices.by_organisation.items():
        yield cleaned(f"  {words.number(count):>8}  {name}")


def _versions(versions: Sequence[VersionView], words: Words) -> Iterator[str]:
    for version in versions:
        yield from _wrapped(f"{version_head(version, words)}: {words.say(version.sentence)}")
        if version.reason:
            yield from _wrapped(words.text("reason: {reason}", reason=version.reason), "    ")


def _earlier(versions: Sequence[VersionView], words: Words) -> Iterator[str]:
    for version in versions:
        yield from _wrapped(
            words.text(
                "corrected since ({fields}); version {number} of {day} said: {says}",
                fields=", ".join(version.changed),
                number=version.number,
                day=version.recorded_on,
                says=version.sentence,
            ),
            "      ",
        )


def version_head(version: VersionView, words: Words) -> str:
    """Return the entry of a version, its author and date."""
    kind = words.say(version.kind.words)
    return f"{kind} {version.entry_id} ({version.actor}, {words.day(version.recorded_on)})"


def activity_lines(findings: Sequence[Finding], words: Words) -> Iterator[str]:
    """Yield findings about activity in a country, each with its answer and sources."""
    for finding in findings:
        answer = words.say(answer_of(finding))
        yield from _wrapped(f"[{answer}] {words.say(finding.statement)}")
        yield from (cleaned(f"    ↳ {cited(citation, words)}") for citation in finding.citations)
        bare = (reason for reason in finding.reasons if not reason.citations)
        yield from (cleaned(f"    {words.say(reason.text)}") for reason in bare)


def _wrapped(content: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(cleaned(content), COLUMNS, initial_indent=indent, subsequent_indent=f"{indent}  ")
