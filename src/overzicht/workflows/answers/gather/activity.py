"""Which makers are active in a place: a subsidiary, a contract or a device there, each cited."""

from collections.abc import Iterator

from overzicht.evidence import Answer, Finding, text
from overzicht.reports.answers.model import Origin
from overzicht.workflows.answers.facts import Fact, Gap, Layer, Topic, Wanted
from overzicht.workflows.answers.places import party_name, place_text
from overzicht.workflows.dossiers.activity import active_in

DEVICE = "device"  # how the finding on a device says what it found


def activity(wanted: Wanted) -> Iterator[Fact | Gap]:
    """Yield what shows that a maker is active in each place; of whom nothing is found, a gap says so."""
    for place in sorted(wanted.places):
        if not wanted.everybody:
            said = text(
                "No data: the question names no company, and neither dossiers nor lists name one that "
                "it means in {place}.",
                place=place_text(place),
            )
            yield Gap(Topic.ACTIVE, said, place=place)
            continue
        found = list(_in_place(wanted, place))
        for party in wanted.everybody:
            facts = [fact for fact in found if party in fact.parties]
            yield from facts
            if not facts:
                said = text(
                    "{party}: nothing that is loaded shows it active in {place}; that is no proof that it is "
                    "not.",
                    party=party_name(party), place=place_text(place),
                )  # fmt: skip
                yield Gap(Topic.ACTIVE, said, frozenset({party}), place)


def _in_place(wanted: Wanted, place: str) -> Iterator[Fact]:
    """Yield facts of every layer; what does not rest on a store is told by the user's own alone."""
    for layer in wanted.layers:
        for finding in active_in(layer.store, place, wanted.as_of, parties=wanted.everybody):
            origin = _origin(finding, layer, wanted)
            if finding.answer is Answer.FOUND and origin is not None:
                party = frozenset({finding.subject})
                yield Fact(Topic.ACTIVE, finding.statement, finding.citations, origin, party, place)


def _origin(finding: Finding, layer: Layer, wanted: Wanted) -> Origin | None:
    cited = finding.citations[0].source if finding.citations else ""
    if cited.startswith("dossier:"):
        return layer.marks(cited.removeprefix("dossier:").partition("/")[0])
    if finding.object.startswith(DEVICE):
        return layer.origin
    return layer.origin if layer is wanted.own else None
