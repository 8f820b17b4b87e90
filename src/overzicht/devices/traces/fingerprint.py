"""Fingerprints of maker cards: what a device shows on the network, per kind of trace."""

from overzicht.devices.knowledge import KnownFingerprint
from overzicht.devices.model import Trace
from overzicht.devices.traces.interface import Evidence, Family, Lookup
from overzicht.devices.traces.model_number import STRENGTHS
from overzicht.evidence import Confidence, Reason, text

LONGEST_SHOWN = 80

FAMILIES = {
    Trace.CERTIFICATE: Family.CERTIFICATE,
    Trace.PRODUCT: Family.SCANNER,
    Trace.SERIAL: Family.MODEL,
    Trace.DESCRIPTION: Family.LABEL,
}


def fingerprint_evidence(trace: Trace, value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return the evidence of the matching fingerprints of all cards. Weak fingerprints are hints."""
    known = lookup.knowledge.fingerprints.get(trace, ())
    return tuple(_of_fingerprint(fact, trace, value, lookup) for fact in known if fact.pattern.search(value))


def _of_fingerprint(known: KnownFingerprint, trace: Trace, value: str, lookup: Lookup) -> Evidence:
    strength = STRENGTHS[known.fact.strength]
    shown = value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"
    sentence = text(
        "The device shows {value} ({trace}), which is known of devices of {maker}",
        value=shown,
        trace=trace.value,
        maker=lookup.knowledge.maker_name(known.maker_id),
    )
    return Evidence(
        known.maker_id,
        FAMILIES.get(trace, Family.SERVICE),
        Reason(sentence, strength, (known.citation,)),
        kind=known.fact.kind,
        is_hint=strength is Confidence.LOW,
    )
