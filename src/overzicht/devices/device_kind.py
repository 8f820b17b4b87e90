"""Decides the kind of device from the model number, the words of the inventory, and other traces.

Order: the maker's model rule; the inventory's word for the kind; fingerprints, lines and statements; words in
descriptions; the only kind that the maker makes. Words refine a plain camera, for example to a temperature
camera. A word for other equipment counts only if no fingerprint names surveillance equipment.
"""

from collections.abc import Sequence

from overzicht.devices.knowledge import Knowledge
from overzicht.devices.sighting import DeviceKind, Sighting, Trace
from overzicht.devices.traces.interface import Evidence, Family
from overzicht.devices.vocabulary import kind_in_words
from overzicht.evidence import Confidence, Reason, text

# Kinds that words may add to what a model number says.
REFINES = {
    DeviceKind.CAMERA: {
        DeviceKind.THERMAL_CAMERA,
        DeviceKind.TEMPERATURE_CAMERA,
        DeviceKind.NUMBER_PLATE_READER,
        DeviceKind.BODY_CAMERA,
    },
    DeviceKind.THERMAL_CAMERA: {DeviceKind.TEMPERATURE_CAMERA},
}

RecognisedKind = tuple[DeviceKind, tuple[Reason, ...]]
NOTHING: RecognisedKind = (DeviceKind.UNKNOWN, ())


def kind_of_words(sighting: Sighting) -> RecognisedKind:
    """Return the kind that the inventory's own words name: the kind column, else descriptions and titles."""
    kinds = [_of_words(sighting.kind, is_kind=True)] if sighting.kind else []
    others = (Trace.DESCRIPTION, Trace.HTTP_TITLE, Trace.PRODUCT, Trace.MODEL)
    kinds += [_of_words(value) for trace in others for value in sorted(sighting.values(trace))]
    known = [item for item in kinds if item[0] is not DeviceKind.UNKNOWN]
    if not known:
        return NOTHING
    refined = next((item for item in known[1:] if item[0] in REFINES.get(known[0][0], ())), None)
    return refined or known[0]


def kinds_named(word: str) -> frozenset[DeviceKind]:
    """Return the kinds that a word of a search names: `camera`, or a compound with it, names all cameras."""
    kind, _ = kind_in_words(word, is_kind=True)
    return frozenset({kind, *REFINES.get(kind, ())}) - {DeviceKind.UNKNOWN}


def decide_kind(
    maker_id: str, evidence: Sequence[Evidence], words: RecognisedKind, knowledge: Knowledge
) -> RecognisedKind:
    """Return the kind of device and its reasons; (unknown, ()) when nothing says it."""
    of_maker = (
        [item for item in evidence if item.maker_id == maker_id and not item.is_hint]
        if maker_id
        else evidence
    )
    by_model = _of_evidence([item for item in of_maker if item.family is Family.MODEL])
    if by_model[0] is not DeviceKind.UNKNOWN:
        refines = words[0] in REFINES.get(by_model[0], ())
        return (words[0], words[1] + by_model[1]) if refines else by_model
    by_traces = _of_evidence(of_maker)
    if not words[0].is_surveillance and by_traces[0] is not DeviceKind.UNKNOWN:
        return by_traces  # a scan may report a recorder as a computer
    for candidate in (words, by_traces):
        if candidate[0] is not DeviceKind.UNKNOWN:
            return candidate
    card = knowledge.makers.get(maker_id)
    kinds = {line.kind for line in card.lines} | {rule.kind for rule in card.models} if card else set()
    if card is None or len(kinds) != 1:
        return NOTHING
    kind = min(kinds)
    sentence = text("The card of {maker} lists only {kind}", maker=card.trade_name, kind=text(kind.value))
    return (kind, (Reason(sentence, Confidence.LOW),)) if kind is not DeviceKind.UNKNOWN else NOTHING


def _of_words(words: str, *, is_kind: bool = False) -> RecognisedKind:
    kind, meant = kind_in_words(words, is_kind=is_kind)
    if kind is DeviceKind.UNKNOWN:
        return NOTHING
    sentence = text("The inventory says {words}: {kind}", words=meant, kind=text(kind.value))
    return kind, (Reason(sentence, Confidence.MEDIUM),)


def _of_evidence(evidence: Sequence[Evidence]) -> RecognisedKind:
    known = [item for item in evidence if item.kind is not DeviceKind.UNKNOWN]
    if not known:
        return NOTHING
    best = max(item.strength.rank for item in known)
    strongest = [item for item in known if item.strength.rank == best]
    kinds = {item.kind for item in strongest}
    if len(kinds) > 1:
        return NOTHING
    return strongest[0].kind, tuple(dict.fromkeys(item.reason for item in strongest))
