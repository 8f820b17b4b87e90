"""Weighings and instruments as lines for the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from overzicht.dates import Holds
from overzicht.diligence.vocabulary import ACTORS, ACTS, HOLDS, LABELS, OUTCOMES
from overzicht.diligence.weighing import InstrumentWeighing, Label, Weighing
from overzicht.evidence import Answer, Citation, Reason, Text, text
from overzicht.law.countries import country_text
from overzicht.law.instruments import Instrument
from overzicht.reports.i18n import Words
from overzicht.reports.law.model import Difference, ShownInstrument, ShownStanding
from overzicht.reports.places import place_words


def weighing_lines(weighing: Weighing, words: Words) -> Iterator[str]:
    """Yield a weighing: the use, what it comes to, what is open, and every instrument with its reasons."""
    use, say = weighing.use, words.say
    yield f"{say(use.titled)} ({use.id})"
    yield say(use_line(weighing))
    if use.description:
        yield say(use.described)
    yield ""
    yield say(text("What it comes to on {day}", day=weighing.as_of))
    yield from (f"  - {say(sentence)}" for sentence in weighing.conclusions)
    yield ""
    yield say(text("Of the description"))
    yield from (f"  - {say(sentence)}" for sentence in weighing.notes)
    for each in weighing.instruments:
        yield ""
        yield from _instrument(each, words)


def use_line(weighing: Weighing) -> Text:
    """Return who does what where: `Politie (a public body, Netherlands) buys it, for use in Netherlands`."""
    use = weighing.use
    return text(
        "{who} ({kind}, {country}) {act}; used in {place}; covert: {covert}",
        who=use.actor.name,
        kind=ACTORS[use.actor.kind],
        country=country_text(use.actor.country),
        act=ACTS[use.act],
        place=country_text(use.place),
        covert=HOLDS[use.covert],
    )


def _instrument(each: InstrumentWeighing, words: Words) -> Iterator[str]:
    say = words.say
    yield f"{say(each.title)} [{say(LABELS[each.label])}]"
    yield "  " + say(text("binds: {whom}", whom=each.binds))
    applies = text(
        "applied on that date: {answer} ({why})", answer=HOLDS[each.applies], why=each.applies_says
    )
    yield f"  {say(applies)}"
    yield "  " + say(text("finding ({outcome}): {says}", outcome=OUTCOMES[each.outcome], says=each.statement))
    yield from (f"    {line}" for reason in each.findings[0].reasons for line in _reason(reason, words))
    for other in each.findings[1:]:
        if other.answer is Answer.FOUND:
            yield "  " + say(text("also: {says}", says=other.statement))
    yield from ("  " + say(text("cannot be seen: {what}", what=what)) for what in each.unseen)


def _reason(reason: Reason, words: Words) -> Iterator[str]:
    said = (
        text("against: {says}", says=reason.text)
        if reason.against
        else text("because: {says}", says=reason.text)
    )
    yield f"{words.say(said)} [{sources(reason.citations, words)}]"


def sources(citations: Sequence[Citation], words: Words) -> str:
    """Return citations in short: title and place of each, once."""
    found = dict.fromkeys(
        f"{one.title}, {place_words(one.place, words)}" if one.place else one.title for one in citations
    )
    return "; ".join(found)


def difference_lines(differences: Iterable[Difference], words: Words) -> Iterator[str]:
    """Yield what differs between uses, a block for each pair."""
    for one in differences:
        yield ""
        if one.says:
            yield words.say(text("Why {first} and {second} differ", first=one.first, second=one.second))
        else:
            yield words.say(text("{first} and {second} do not differ", first=one.first, second=one.second))
        yield from (f"  - {words.say(says)}" for says in one.says)


def card_line(card: Instrument, applies: Holds, says: Text, words: Words) -> str:
    """Return one line of the table of instruments."""
    label = words.say(LABELS[Label(card.label)])
    return f"{card.id:<27} {words.say(HOLDS[applies]):<8} {label:<10} {words.say(says)}"


def instrument_lines(view: ShownInstrument, words: Words) -> Iterator[str]:
    """Yield an instrument whole: since when, whom it binds, its rules in three parts, who stands where."""
    card, say = view.card, words.say
    yield f"{say(card.title.text)} ({card.id}) [{say(LABELS[Label(card.label)])}]"
    yield "  " + say(text("binds: {whom}", whom=card.binds.text))
    applies = text("on {day}: {answer} ({why})", day=view.as_of, answer=HOLDS[view.applies], why=view.says)
    yield f"  {say(applies)}"
    for phase in card.phases[1:]:
        yield "  " + say(text("since {day}: {says}", day=phase.since or view.as_of, says=phase.text))
    if card.none is not None:
        yield f"  {say(card.none.text)}"
    for line in view.rules:
        yield ""
        applies = text("applied on that date: {answer}", answer=HOLDS[line.applies])
        leads = text("leads to: {outcome}", outcome=OUTCOMES[line.rule.outcome])
        yield f"{say(line.place)} ({line.rule.id}); {say(leads)}; {say(applies)}"
        caution = f" ({say(line.caution)})" if line.caution is not None else ""
        words_of_law = say(text("what it says: {says}", says=line.says))
        yield f"  {words_of_law}{caution} [{sources(line.citations, words)}]"
        yield "  " + say(text("what we check: {what}", what=line.checks))
        yield from ("  " + say(text("what we cannot see: {what}", what=what)) for what in line.unseen)
    yield from _standing_lines(view, words)
    yield ""
    yield say(text("Last looked through on {day}", day=card.last_value_still_valid_on))
    yield from (f"  {one.title} {one.address}" for one in view.citations)


def _standing_lines(view: ShownInstrument, words: Words) -> Iterator[str]:
    """Yield the countries by kind of standing, those that are one with their day, those that are none."""
    for kind in view.card.standings:
        lines = [line for line in view.standings if line.kind == kind]
        yield ""
        yield words.say(text("{kind} on {day}", kind=STANDINGS[kind], day=view.as_of))
        for answer in (Holds.YES, Holds.NO):
            shown = [_country(line, words) for line in lines if line.holds is answer]
            if shown:
                yield f"  {words.say(HOLDS[answer])}: {', '.join(shown)}"
    if any(line.caution is not None for line in view.standings):
        yield "  * " + words.say(text("the day was read in no source"))


def _country(line: ShownStanding, words: Words) -> str:
    """Return a country with the day it rests on, starred where no source was read for that day."""
    since = f" {line.since}" if line.since else ""
    return f"{words.say(line.country)}{since}{'' if line.caution is None else '*'}"


STANDINGS = {
    "party": text("Parties"),
    "signatory": text("States that signed only"),
    "member": text("Members"),
    "adherent": text("Adherents"),
}
