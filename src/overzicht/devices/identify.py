"""Find the maker of one device or of a whole inventory, with reasons.

The tables of `decide` and `traces.brand` define how traces combine.
"""

from collections.abc import Iterable
from datetime import date

from overzicht.devices.brands import BrandMatch, resembles
from overzicht.devices.decide import Verdict, decide
from overzicht.devices.gather import Gatherer, Traces, all_traces
from overzicht.devices.kinds import decide_kind, kind_of_words
from overzicht.devices.knowledge import Knowledge
from overzicht.devices.model import Identification, Sighting, Trace
from overzicht.devices.traces.brand import OWN_BRAND_RELATIONS, named_brands
from overzicht.devices.traces.interface import Evidence, Family, Lookup, MacRegistry
from overzicht.devices.traces.recog_files import Recog


def identify_all(
    sightings: Iterable[Sighting],
    knowledge: Knowledge,
    *,
    as_of: date,
    registry: MacRegistry | None = None,
    recog: Recog | None = None,
) -> list[Identification]:
    """Return one identification per sighting, in order; a sighting without traces has an unknown maker.

    Statements about later years than `as_of` are ignored. Without `registry`, MAC addresses give no evidence;
    without `recog`, only the fingerprints of maker cards are used.
    """
    gatherer = Gatherer(Lookup(knowledge, registry, recog), as_of)
    return [identify_with(sighting, gatherer) for sighting in sightings]


def identify_with(sighting: Sighting, gatherer: Gatherer) -> Identification:
    """Return the identification of a sighting by a gatherer that others share; see `identify_all`."""
    knowledge = gatherer.lookup.knowledge
    traces = all_traces(sighting)
    words = kind_of_words(sighting)
    evidence = gatherer.gather(sighting, traces, words[0])
    verdict = decide(evidence, knowledge)
    kind, kind_reasons = decide_kind(verdict.maker_id, evidence, words, knowledge)
    brand, is_own = _brand(traces, evidence, verdict, gatherer.lookup)
    lines = [
        item for item in evidence if item.maker_id == verdict.maker_id and item.line and not item.is_hint
    ]
    by_model = [item.line for item in lines if item.family is Family.MODEL]
    return Identification(
        sighting_id=sighting.id,
        maker_id=verdict.maker_id,
        confidence=verdict.confidence,
        kind=kind,
        product_line=(by_model or [item.line for item in lines] or [""])[0],
        brand=brand,
        is_relabelled=bool(verdict.maker_id and brand and not is_own),
        undecided=verdict.undecided,
        reasons=verdict.reasons,
        kind_reasons=kind_reasons,
        conflicts=verdict.conflicts,
        candidates=verdict.candidates,
    )


def _brand(traces: Traces, evidence: list[Evidence], verdict: Verdict, lookup: Lookup) -> tuple[str, bool]:
    """Return the usual spelling of the brand, and whether it is the maker's own brand.

    Without a brand in the inventory, the label under which the maker sells these model numbers, if any.
    """
    maker = verdict.maker_id
    named = [item for trace, value in traces if trace is Trace.BRAND for item in named_brands(value, lookup)]
    if not named:
        labels = [
            item.label for item in evidence if item.maker_id == maker and item.label and not item.is_hint
        ]
        own = [
            item
            for item in evidence
            if item.maker_id == maker and item.family is Family.MODEL and not item.label
        ]
        return (labels[0], False) if labels and maker and not own else ("", True)
    owners: set[str] = set()
    for _, match in named:
        if match:
            owners |= {own_name.maker_id for own_name in match.brand.own}
            owners |= {s.fact.maker for s in match.brand.statements if s.fact.relation in OWN_BRAND_RELATIONS}
    value, match = named[0]
    if maker and match is None and _is_misspelt(value, maker, lookup.knowledge):
        return lookup.knowledge.maker_name(maker), True
    return (_usual_spelling(match, lookup.knowledge) if match else value), maker in owners


def _is_misspelt(value: str, maker: str, knowledge: Knowledge) -> bool:
    card = knowledge.makers[maker]
    own = [name.name for name in card.names if name.kind in {"trade", "short", "former"}]
    return resembles(value, (*own, *(line.name for line in card.lines if line.is_brand)))


def _usual_spelling(match: BrandMatch, knowledge: Knowledge) -> str:
    """Return the maker's trade name for any of its company names, else the brand as its source spells it."""
    owners = match.brand.owners
    is_company = len(owners) == 1 and owners[0].kind not in {"own brand", "line"}
    return knowledge.maker_name(owners[0].maker_id) if is_company else match.brand.name
