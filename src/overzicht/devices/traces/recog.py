"""Evidence of Rapid7's recog fingerprints for banners, titles, icons and certificates."""

from overzicht.devices.sighting import DeviceKind, Trace
from overzicht.devices.traces.interface import Evidence, Family, Lookup
from overzicht.devices.traces.recog_files import Recog, load_recog
from overzicht.devices.vocabulary import kind_in_words
from overzicht.evidence import Confidence, Reason, text

__all__ = ["Recog", "load_recog", "recog_evidence"]


def recog_evidence(trace: Trace, value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return the evidence of recog for a value: the maker that owns the vendor name, if any."""
    if lookup.recog is None:
        return ()
    evidence = []
    for fingerprint, params in lookup.recog.read(trace, value):
        vendor = params.get("hw.vendor") or params.get("service.vendor") or params.get("os.vendor") or ""
        match = lookup.knowledge.brands.find(vendor)
        if match is None or len(match.brand.owners) != 1:
            continue
        owner = match.brand.owners[0]
        if match.brand.is_relabelling(besides=owner.maker_id):
            continue
        sentence = text(
            "Recog recognises this answer as {description}: {vendor}",
            description=fingerprint.description,
            vendor=lookup.knowledge.maker_name(owner.maker_id),
        )
        kind = kind_in_words(params.get("hw.device", ""))[0]
        is_ours = kind is not DeviceKind.UNKNOWN or not lookup.knowledge.has_other_goods(owner.maker_id)
        # Whether the fingerprint speaks of a device, and not of a program that anybody can run
        is_firm = (
            fingerprint.certainty >= 0.5
            and ("hw.vendor" in params or "hw.device" in params or "hw.product" in params)
            and is_ours
        )
        strength = Confidence.MEDIUM if is_firm else Confidence.LOW
        reason = Reason(sentence, strength, (fingerprint.citation, owner.citation))
        family = Family.CERTIFICATE if trace is Trace.CERTIFICATE else Family.SERVICE
        evidence.append(Evidence(owner.maker_id, family, reason, kind=kind, is_hint=not is_firm))
    return tuple(evidence)
