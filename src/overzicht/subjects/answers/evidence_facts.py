"""Reports and their confirmations, the party's own statements, contacts and steps, from the dossiers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Citation, Finding, Text, text, unique
from overzicht.subjects.answers.facts import Fact, Gap, Layer, SetContext, Topic
from overzicht.subjects.answers.model import Origin
from overzicht.subjects.answers.reading.lexicon import kind_named, makers_named, themes_in
from overzicht.subjects.answers.value_names import party_name
from overzicht.subjects.dossiers import showing
from overzicht.subjects.dossiers.model import CONTACTS, StepKind
from overzicht.subjects.dossiers.views import ClaimView
from overzicht.subjects.dossiers.weighing import ClaimStatus

PARLIAMENT = (StepKind.QUESTIONS, StepKind.ANSWER)

STATUSES = {
    ClaimStatus.REPORTED: text("no recorded source confirms or contradicts it"),
    ClaimStatus.CONFIRMED: text("confirmed"),
    ClaimStatus.CONFIRMED_IN_PART: text("confirmed in part"),
    ClaimStatus.CONTRADICTED: text("contradicted"),
    ClaimStatus.DISPUTED: text("confirmed by one and contradicted by another"),
    ClaimStatus.NOT_CONFIRMED: text("not confirmed"),
}


def reports(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield the reports about the parties, the number of originals, and the confirmations."""
    claims = claims_by_party(context)
    for party in context.everybody:
        for layer, claim, origin in claims[party]:
            yield from _claim(claim, party, origin, layer)
        if not claims[party] and party in context.parties:
            sentence = text(
                "No data: no report about {party} is recorded; `overzicht dossier add` keeps one.",
                party=party_name(party),
            )
            yield Gap(Topic.REPORT, sentence, frozenset({party}))


def claims_by_party(context: SetContext) -> Mapping[str, Sequence[tuple[Layer, ClaimView, Origin]]]:
    """Return the claims about each party from every layer, with their marks."""
    claims: dict[str, list[tuple[Layer, ClaimView, Origin]]] = {party: [] for party in context.everybody}
    for layer in context.layers:
        about = showing.claims_about_each(layer.store, context.everybody, context.as_of)
        for party, views in about.items():
            for view in views:
                origin = layer.marks(view.dossier_id)
                if origin is not None:
                    claims[party].append((layer, view, origin))
    return claims


def _claim(claim: ClaimView, party: str, origin: Origin, layer: Layer) -> Iterator[Fact | Gap]:
    words = both(claim.assertion)
    kind, themes = kind_named(words), themes_in(words)
    fact = partial(Fact, origin=origin, parties=frozenset({party}), kind=kind, themes=themes)
    for report in claim.reports:
        yield fact(Topic.REPORT, report.statement, report.citations)
    if len(claim.reports) > 1:
        yield fact(Topic.ORIGINALS, _originals(claim), _cited(claim.reports))
    if claim.reports:
        sentence = text(
            "{party} is meant, because of this claim: {what}", party=party_name(party), what=claim.assertion
        )
        yield fact(Topic.MEANT, sentence, _cited(claim.reports))
    for response in claim.responses:
        yield fact(Topic.CONFIRMATION, response.statement, response.citations)
    findings = (*claim.reports, *claim.responses)
    if claim.status in STATUSES and findings:
        sentence = text(
            "Status of the claim “{what}”: {status}.", what=claim.assertion, status=STATUSES[claim.status]
        )
        yield fact(Topic.CONFIRMATION, sentence, _cited(findings))
    if claim.status not in {ClaimStatus.CONFIRMED, ClaimStatus.CONFIRMED_IN_PART}:
        sentence = text(
            "Confirmation of the claim “{what}” by a source with its own information.", what=claim.assertion
        )
        yield Gap(Topic.CONFIRMATION, sentence, frozenset({party}), "", kind, themes)


def _originals(claim: ClaimView) -> Text:
    if claim.origins > 1:
        return text(
            "The {reports} reports that say “{what}” rest on {count} originals that do not depend on "
            "each other.",
            what=claim.assertion,
            reports=len(claim.reports),
            count=claim.origins,
        )
    return text(
        "The {reports} reports that say “{what}” all rest on one original, so they do not confirm each "
        "other.",
        what=claim.assertion,
        reports=len(claim.reports),
    )


def _cited(findings: Iterable[Finding]) -> tuple[Citation, ...]:
    return unique(cited for finding in findings for cited in finding.citations)


def both(sentence: Text) -> str:
    """Return every text in a sentence, in both languages, for the search of words."""
    inner = [both(value) if isinstance(value, Text) else str(value) for _, value in sentence.values]
    return "\n".join([sentence.template, *inner])


def replies(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield a party's own statements and the questions to it."""
    own = [
        (layer, showing.replies_of_each(layer.store, context.everybody, context.as_of))
        for layer in context.layers
    ]
    for party in context.everybody:
        is_any = False
        for layer, replies_by_party in own:
            for reply in replies_by_party[party]:
                origin = layer.marks(reply.dossier_id)
                if origin is not None:
                    is_any = True
                    finding = reply.finding
                    words = both(finding.statement)
                    yield Fact(
                        Topic.REPLY,
                        finding.statement,
                        finding.citations,
                        origin,
                        frozenset({party}),
                        themes=themes_in(words),
                        kind=kind_named(words),
                    )
        if not is_any and party in context.parties:
            sentence = text(
                "No data: no statement of {party} is recorded, nor that it was asked; `overzicht dossier "
                "add` keeps both.",
                party=party_name(party),
            )
            yield Gap(Topic.REPLY, sentence, frozenset({party}))


def contacts_and_steps(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield meetings with a party, and steps in forums, by day."""
    topics: set[Topic] = set()
    seen: set[tuple[object, ...]] = set()
    for layer in context.layers:
        # by dossier on a subject the subjects in its title; its steps are also about them
        lines = showing.list_dossiers(layer.store, context.as_of)
        cards = load_knowledge().makers
        themes = {
            line.id: frozenset() if line.about in cards else themes_in(both(line.title)) for line in lines
        }
        for step in showing.steps(layer.store, context.as_of):
            origin = layer.marks(step.dossier_id)
            same = (step.on.day, step.finding.statement)
            if (
                origin is None
                or same in seen
                or (step.kind in PARLIAMENT and bool(context.number) and context.number in step.reference)
            ):
                continue  # one step may be in the dossiers of several parties
            seen.add(same)
            # take a talk in which a maker or a named party took part as a contact, and everything else as
            # a step
            step_themes = themes[step.dossier_id]
            named = context.parties
            words = both(step.finding.statement)
            there = makers_named("\n".join(step.parties)) | (named & set(step.parties))
            topic = Topic.CONTACT if step.kind in CONTACTS and there else Topic.STEP
            about = there | set(step.about) | makers_named("\n".join(step.about)) | makers_named(words)
            fact = Fact(
                topic,
                step.finding.statement,
                step.finding.citations,
                origin,
                frozenset(about),
                themes=themes_in(words) | step_themes,
                kind=kind_named(words),
            )
            topics.add(fact.topic)
            yield fact
    if Topic.CONTACT not in topics:
        yield Gap(Topic.CONTACT, text("No data: no contact is recorded; `overzicht dossier add` keeps one."))
