"""Weighings and instruments as lines for the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from overzicht.dates import Holds
from overzicht.evidence import Answer, Citation, Reason, Text, plain_text, text
from overzicht.evidence.answers import HOLDS
from overzicht.law.countries import country_text
from overzicht.law.instruments import Instrument
from overzicht.reports.citation_places import place_words
from overzicht.reports.i18n import Words
from overzicht.subjects.diligence.law_model import Difference, ShownInstrument
from overzicht.subjects.diligence.use_assessment import InstrumentWeighing, Label, Outcome, Weighing


def weighing_lines(weighing: Weighing, words: Words) -> Iterator[str]:
    """Yield a weighing: the use, the result, the open points, and every instrument with its reasons."""
    use, say = weighing.use, words.say
    yield f"{say(use.titled)} ({use.id})"
    yield say(use_line(weighing))
    if use.description:
        yield say(use.described)
    yield ""
    yield say(text("Result on {day}", day=weighing.as_of))
    yield from (f"  - {say(sentence)}" for sentence in weighing.conclusions)
    yield ""
    yield say(text("About the description"))
    yield from (f"  - {say(sentence)}" for sentence in weighing.notes)
    for instrument in weighing.instruments:
        yield ""
        yield from _instrument(instrument, words)


def use_line(weighing: Weighing) -> Text:
    """Return actor, act and place: `Politie (a public body, Netherlands) buys it, for use in Netherlands`."""
    use = weighing.use
    return text(
        "{who} ({kind}, {country}) {act}; used in {place}; covert: {covert}",
        who=use.actor.name,
        kind=use.actor.kind.words,
        country=country_text(use.actor.country),
        act=use.act.words,
        place=country_text(use.place),
        covert=HOLDS[use.covert],
    )


def _instrument(instrument: InstrumentWeighing, words: Words) -> Iterator[str]:
    say = words.say
    yield f"{say(instrument.title)} [{say(instrument.label.words)}]"
    yield "  " + words.text("binds: {whom}", whom=instrument.binds)
    yield "  " + words.text(
        "applied on that date: {answer} ({why})",
        answer=HOLDS[instrument.applies],
        why=instrument.applies_says,
    )
    yield "  " + words.text(
        "finding ({outcome}): {says}", outcome=instrument.outcome.words, says=instrument.statement
    )
    yield from (f"    {line}" for reason in instrument.findings[0].reasons for line in _reason(reason, words))
    for other in instrument.findings[1:]:
        if other.answer is Answer.FOUND:
            yield "  " + words.text("also: {says}", says=other.statement)
    yield from ("  " + words.text("cannot be seen: {what}", what=what) for what in instrument.unseen)


def _reason(reason: Reason, words: Words) -> Iterator[str]:
    sentence = (
        text("against: {says}", says=reason.text)
        if reason.against
        else text("because: {says}", says=reason.text)
    )
    yield f"{words.say(sentence)} [{sources(reason.citations, words)}]"


def sources(citations: Sequence[Citation], words: Words) -> str:
    """Return citations in short: title and place of each, once."""
    titled = ((words.say(plain_text(citation.title)), citation.place) for citation in citations)
    names = dict.fromkeys(
        f"{title}, {place_words(place, words)}" if place else title for title, place in titled
    )
    return "; ".join(names)


def difference_lines(differences: Iterable[Difference], words: Words) -> Iterator[str]:
    """Yield the differences between uses, a block for each pair."""
    for difference in differences:
        yield ""
        title = text("{first} and {second} do not differ")
        if difference.sentences:
            title = text("Why {first} and {second} differ")
        yield words.say(title.filled(first=difference.first, second=difference.second))
        yield from (f"  - {words.say(sentence)}" for sentence in difference.sentences)


def card_line(card: Instrument, applies: Holds, status: Text, words: Words) -> str:
    """Return one line of the table of instruments."""
    label = words.say(Label(card.label).words)
    return f"{card.id:<27} {words.say(HOLDS[applies]):<8} {label:<10} {words.say(status)}"


def instrument_lines(view: ShownInstrument, words: Words) -> Iterator[str]:
    """Yield a whole instrument: start date, whom it binds, its rules in three parts, and its parties."""
    card, say = view.card, words.say
    yield f"{say(card.title.text)} ({card.id}) [{say(Label(card.label).words)}]"
    yield "  " + say(text("binds: {whom}", whom=view.binds))
    applies = text(
        "on {day}: {answer} ({why})", day=view.as_of, answer=HOLDS[view.applies], why=view.sentence
    )
    yield f"  {say(applies)}"
    for phase in card.phases[1:]:
        yield "  " + say(text("since {day}: {says}", day=phase.since or view.as_of, says=phase.text))
    if card.none is not None:
        yield f"  {say(card.none.text)}"
    for line in view.rules:
        yield ""
        applies = text("applied on that date: {answer}", answer=HOLDS[line.applies])
        leads = text("leads to: {outcome}", outcome=Outcome(line.rule.outcome).words)
        yield f"{say(line.place)} ({line.rule.id}); {say(leads)}; {say(applies)}"
        caution = f" ({say(line.caution)})" if line.caution is not None else ""
        words_of_law = say(text("what it says: {says}", says=line.sentence))
        yield f"  {words_of_law}{caution} [{sources(line.citations, words)}]"
        yield "  " + say(text("what we check: {what}", what=line.checks))
        yield from ("  " + say(text("what we cannot see: {what}", what=what)) for what in line.unseen)
    yield from _standing_lines(view, words)
    yield ""
    yield say(text("Last reviewed on {day}", day=card.last_value_still_valid_on))
    yield from (f"  {say(plain_text(citation.title))} {citation.address}" for citation in view.citations)


def _standing_lines(view: ShownInstrument, words: Words) -> Iterator[str]:
    """Yield the countries by kind of standing: those that have it with the date, and those that do not."""
    for kind in view.card.standings:
        lines = [line for line in view.standings if line.kind == kind]
        yield ""
        yield words.text("{kind} on {day}", kind=STANDINGS[kind], day=view.as_of)
        for answer in (Holds.YES, Holds.NO):
            shown: list[str] = []
            for line in lines:
                if line.holds is answer:
                    since = f" {line.since}" if line.since else ""
                    shown.append(f"{words.say(line.country)}{since}{'' if line.caution is None else '*'}")
            if shown:
                yield f"  {words.say(HOLDS[answer])}: {', '.join(shown)}"
    if any(line.caution is not None for line in view.standings):
        yield "  * " + words.text("no source was read for this date")


STANDINGS = {
    "party": text("Parties"),
    "signatory": text("States that signed only"),
    "member": text("Members"),
    "adherent": text("Adherents"),
}
