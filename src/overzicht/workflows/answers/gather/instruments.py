"""What each instrument says of the use that a set is about, on the day."""

from collections.abc import Iterator, Sequence

from overzicht.dates import Holds
from overzicht.diligence.weighing import InstrumentWeighing, Outcome
from overzicht.evidence import Text, text
from overzicht.workflows.answers.facts import Fact, Gap, Topic, Wanted
from overzicht.workflows.answers.recognise import makers_named
from overzicht.workflows.law.weighing import weigh_uses

OPEN = (Outcome.PROHIBITED, Outcome.LIKELY_VIOLATION, Outcome.UNKNOWN)  # where what is not seen may decide
FOR_COMPANIES = ("oecd-guidelines", "ungp")  # what governments expect of all their companies


def instruments(wanted: Wanted) -> Iterator[Fact | Gap]:
    """Yield per instrument whom it binds and what follows for each use; a gap without a described use."""
    for weighing in weigh_uses(wanted.uses, wanted.as_of, wanted.own.store):
        title = weighing.use.titled
        actor = makers_named(weighing.use.actor.name)
        for each in weighing.instruments:
            yield from _instrument(each, title, actor)
        for note in weighing.notes:
            yield Gap(Topic.INSTRUMENT, note, actor)
    if not wanted.uses:
        said = text(
            "No data: no use is described that the law could be applied to; describe one in the file of the "
            "set (`uses`)."
        )
        yield Gap(Topic.INSTRUMENT, said)


def _instrument(each: InstrumentWeighing, use: Text, actor: frozenset[str]) -> Iterator[Fact | Gap]:
    """Yield what an instrument says with whom it binds; for every reader, what is expected of companies."""
    if not each.citations:
        return
    said = text("{title}, on “{use}”: {says} Whom it binds: {whom}.", title=each.title, use=use,
                says=_sentence(each.statement), whom=each.binds)  # fmt: skip
    yield Fact(Topic.INSTRUMENT, said, each.citations, parties=actor)
    reasons = [reason.text for reason in each.findings[0].reasons]
    if each.applies is Holds.YES and reasons:
        why = text(
            "{title}, on “{use}”, why: {reasons}.", title=each.title, use=use, reasons=_joined(reasons)
        )
        yield Fact(Topic.INSTRUMENT, why, each.findings[0].citations, parties=actor)
    if each.outcome in OPEN:
        for unseen in each.unseen:
            yield Gap(Topic.INSTRUMENT, text("{title}: {unseen}", title=each.title, unseen=unseen), actor)
    if each.instrument in FOR_COMPANIES and each.applies is Holds.YES:
        expected = text("{title} applies. Whom it addresses: {whom}.", title=each.title, whom=each.binds)
        yield Fact(Topic.EXPECTED, expected, each.citations)


def _joined(reasons: Sequence[Text]) -> Text:
    """Return sentences as one, parted by semicolons."""
    said = reasons[0]
    for reason in reasons[1:]:
        said = text("{one}; {other}", one=said, other=reason)
    return said


def _sentence(says: Text) -> Text:
    return says if str(says).endswith((".", "!", "?")) else text("{says}.", says=says)
