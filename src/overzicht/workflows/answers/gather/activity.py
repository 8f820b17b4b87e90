"""Which makers are active in a place: a subsidiary, a contract or a device there, each cited."""

from collections.abc import Iterator

from overzicht.evidence import Answer, Finding, text
from overzicht.reports.answers.model import Origin
from overzicht.workflows.answers.facts import Fact, Gap, Layer, Topic, Wanted
from overzicht.workflows.answers.gather.evidence import shipped_dossiers
from overzicht.workflows.answers.places import party_name, place_text
from overzicht.workflows.dossiers.activity import active_in

DEVICE = "device"  # how the finding on a device says what it found


def activity(wanted: Wanted) -> Iterator[Fact | Gap]:
    """Yield what shows that a maker is active in each place; of whom nothing is found, a gap says so."""
    for place in sorted(wanted.places):
        for party in wanted.everybody:
            facts = list(_of_party(wanted, party, place))
            yield from facts
            if not facts:
                said = text(
                    "{party}: nothing that is loaded shows it active in {place}; that is no proof that it is "
                    "not.",
                    party=party_name(party), place=place_text(place),
                )  # fmt: skip
                yield Gap(Topic.ACTIVE, said, frozenset({party}), place)
        if not wanted.everybody:
            said = text(
                "No data: the question names no company, and neither dossiers nor lists name one that "
                "it means in {place}.",
                place=place_text(place),
            )
            yield Gap(Topic.ACTIVE, said, place=place)


def _of_party(wanted: Wanted, party: str, place: str) -> Iterator[Fact]:
    """Yield facts of every layer; what does not rest on a store is told by the user's own alone."""
    for layer in wanted.layers:
        examples = shipped_dossiers(layer, wanted)
        for finding in active_in(layer.store, place, wanted.as_of, parties=(party,)):
            origin = _origin(finding, layer, wanted, examples)
            if finding.answer is Answer.FOUND and origin is not None:
                yield Fact(
                    Topic.ACTIVE, finding.statement, finding.citations, origin, frozenset({party}), place
                )


def _origin(finding: Finding, layer: Layer, wanted: Wanted, examples: frozenset[str]) -> Origin | None:
    cited = finding.citations[0].source if finding.citations else ""
    if cited.startswith("dossier:"):
        is_shipped = cited.removeprefix("dossier:").partition("/")[0] in examples
        return layer.examples if is_shipped else layer.origin
    if finding.object.startswith(DEVICE):
        return layer.origin
    return Origin.OWN if layer is wanted.own else None
