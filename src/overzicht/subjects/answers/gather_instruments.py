"""The assessment of the uses of a set under each legal instrument, as of the date."""

from collections.abc import Iterator
from dataclasses import replace

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.law.instruments import instruments as cards
from overzicht.subjects.answers.facts import Fact, Gap, SetContext, Topic
from overzicht.subjects.answers.reading.lexicon import makers_named
from overzicht.subjects.diligence.law_weighing import weigh_uses
from overzicht.subjects.diligence.use_assessment import UNSETTLED, InstrumentWeighing, Outcome

OPEN = {Outcome.PROHIBITED, Outcome.LIKELY_VIOLATION, *UNSETTLED}  # where what is not seen may decide
OF_EUROPE = frozenset(
    {
        "echr",
        "convention-108",
        "charter",
        "gdpr",
        "uavg",
        "police-directive",
        "wpg",
        "gemeentewet",
        "strafvordering",
        *(card.id for card in cards().values() if card.scope in {"territory", "pending"}),
        "edpb-video",
        "edpb-police-faces",
    }
)  # these say nothing about a use that they do not cover
UNCOVERED = frozenset({Outcome.NOT_DESCRIBED, Outcome.OUTSIDE, Outcome.NOT_BOUND, Outcome.NOT_APPLICABLE})
FOR_COMPANIES = ("oecd-guidelines", "ungp")  # what governments expect of all their companies


def instruments(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield per instrument the parties that it binds and its result for each use; a gap without a use."""
    for weighing in weigh_uses(context.uses, context.as_of, context.own.store):
        title = weighing.use.titled
        actor = makers_named(weighing.use.actor.name)
        for instrument in weighing.instruments:
            for item in _instrument(instrument, title, actor):
                yield replace(item, use=weighing.use.id)
        for note in weighing.notes:
            yield Gap(Topic.INSTRUMENT, note, actor, use=weighing.use.id)


def _instrument(weighing: InstrumentWeighing, use: Text, actor: frozenset[str]) -> Iterator[Fact | Gap]:
    """Yield the result of an instrument with the parties that it binds, and what companies should do."""
    if not weighing.citations or (weighing.instrument in OF_EUROPE and weighing.outcome in UNCOVERED):
        return
    sentence = text(
        "{title}, on “{use}”: {says} Whom it binds: {whom}.",
        title=weighing.title,
        use=use,
        says=weighing.statement
        if str(weighing.statement).endswith((".", "!", "?"))
        else text("{says}.", says=weighing.statement),
        whom=weighing.binds,
    )
    yield Fact(
        Topic.INSTRUMENT,
        sentence,
        weighing.citations,
        parties=actor,
        key=weighing.instrument,
        outcome=weighing.outcome,
        law=weighing.title,
    )
    reasons = [reason.text for reason in weighing.findings[0].reasons]
    if weighing.applies is Holds.YES and reasons:
        why = text(
            "{title}, on “{use}”, why: {reasons}.",
            title=weighing.title,
            use=use,
            reasons=joined(reasons, SEMICOLONS),
        )
        yield Fact(
            Topic.INSTRUMENT, why, weighing.findings[0].citations, parties=actor, key=weighing.instrument
        )
    if weighing.outcome in OPEN:
        for unseen in weighing.unseen:
            yield Gap(Topic.INSTRUMENT, text("{title}: {unseen}", title=weighing.title, unseen=unseen), actor)
    if weighing.instrument in FOR_COMPANIES and weighing.applies is Holds.YES:
        expected = text(
            "{title} applies. Whom it addresses: {whom}.", title=weighing.title, whom=weighing.binds
        )
        yield Fact(Topic.EXPECTED, expected, weighing.citations)
