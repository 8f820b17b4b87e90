"""Reasons for the score of two records: the numbers, the names, and other facts that agree or differ."""

from collections.abc import Iterable, Iterator

from overzicht.evidence import Confidence, Reason, text
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.screening.explain import Explainer
from overzicht.screening.frequencies import packed
from overzicht.screening.index.build import IndexedParty, build_arrays
from overzicht.screening.records.agreement import (
    Dates,
    addresses_agreement,
    countries_agreement,
    dates_agreement,
    kind_of_record,
    kinds_agree,
)
from overzicht.screening.records.features import best_names
from overzicht.screening.records.numbers import agreement, numbers_of
from overzicht.screening.records.party_record import PartyRecord
from overzicht.screening.scorer import packaged_scorer

_SIMILAR_ADDRESS = 0.5
_MOST_SHOWN = 3


def record_reasons(
    left: PartyRecord, right: PartyRecord, names: Iterable[Reason] | None = None
) -> tuple[Reason, ...]:
    """Return the reasons for and against, numbers first; the wording calls `right` the listed record.

    `names` are the reasons of the names, None to compute them.
    """
    by_name = _names(left, right) if names is None else names
    numbers_and_kinds: list[Reason] = []
    result = agreement(numbers_of(left.identifiers), numbers_of(right.identifiers))
    for value in result.shared[:_MOST_SHOWN]:
        if result.level == 1:
            numbers_and_kinds.append(
                Reason(text("the number {value} is part of a number of the other record", value=value))
            )
            continue
        kind = _kind_of(left, value) or _kind_of(right, value)
        strength = Confidence.HIGH if result.level > 2 else Confidence.MEDIUM
        numbers_and_kinds.append(
            Reason(text("the same number: {value} ({kind})", value=value, kind=kind), strength=strength)
        )
    for kind in result.clashing:
        sentence = text("the records have different numbers of one kind ({kind})", kind=kind)
        numbers_and_kinds.append(Reason(sentence, strength=Confidence.HIGH, against=True))
    if result.others_differ:
        numbers_and_kinds.append(
            Reason(
                text("the records have other numbers, and none is the same"),
                strength=Confidence.LOW,
                against=True,
            )
        )
    if not kinds_agree(kind_of_record(left.schema), kind_of_record(right.schema)):
        sentence = text(
            "the records are of different kinds: {ours} and {theirs}", ours=left.schema, theirs=right.schema
        )
        numbers_and_kinds.append(Reason(sentence, strength=Confidence.HIGH, against=True))
    facts: list[Reason] = []
    dates = dates_agreement(left.birth_dates, right.birth_dates)
    ours, theirs = ", ".join(left.birth_dates), ", ".join(right.birth_dates)
    if dates > Dates.UNKNOWN and dates != Dates.OTHER_DAY:
        strength = Confidence.HIGH if dates == Dates.SAME_DAY else Confidence.MEDIUM
        facts.append(
            Reason(
                text("the birth dates agree: {ours} and {theirs}", ours=ours, theirs=theirs),
                strength=strength,
            )
        )
    elif dates != Dates.UNKNOWN:
        strength = Confidence.HIGH if dates <= Dates.APART else Confidence.LOW
        sentence = text("the birth dates differ: {ours} and {theirs}", ours=ours, theirs=theirs)
        facts.append(Reason(sentence, strength=strength, against=True))
    countries = countries_agreement(left.countries, right.countries)
    if countries:
        shown = {"ours": ", ".join(left.countries), "theirs": ", ".join(right.countries)}
        sentence = (
            text("a country is the same: {ours} and {theirs}", **shown)
            if countries > 0
            else text("the countries differ: {ours} and {theirs}", **shown)
        )
        facts.append(Reason(sentence, strength=Confidence.LOW, against=countries < 0))
    if addresses_agreement(left.addresses, right.addresses) >= _SIMILAR_ADDRESS:
        facts.append(Reason(text("the addresses are similar"), strength=Confidence.LOW))
    return (*numbers_and_kinds, *by_name, *facts)


def _kind_of(record: PartyRecord, value: str) -> str:
    numbers = numbers_of(record.identifiers)
    return min(
        (kind for kind, number in numbers.unique or numbers.whole if number == value), default=""
    ) or min((kind for kind, number in numbers.whole if number == value), default="")


def _names(left: PartyRecord, right: PartyRecord) -> Iterator[Reason]:
    best = best_names(left, right)
    if best is None:
        return
    ours, theirs, is_weak = best
    listed = build_arrays([IndexedParty("right", right.schema, (theirs,))])
    query = packed([(ours, left.schema in PERSON_SCHEMATA)], listed.forms)
    yield from Explainer(listed, packaged_scorer("pair")).reasons(ours, query, 0, 0)
    if is_weak:
        sentence = text("the list calls {theirs} a weak name", theirs=theirs)
        yield Reason(sentence, strength=Confidence.LOW, against=True)
