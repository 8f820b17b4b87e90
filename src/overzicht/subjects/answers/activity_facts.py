"""Makers that are active in a place: a subsidiary, a contract or a device there, each cited."""

from collections.abc import Iterator

from overzicht.evidence import Answer, text
from overzicht.subjects.answers.facts import Fact, Gap, SetContext, Topic
from overzicht.subjects.answers.value_names import party_name, place_text
from overzicht.subjects.dossiers.activity import active_in

DEVICE = "device"  # how the finding on a device says what it found


def activity(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield the facts on makers that are active in each place, and a gap for each maker without a fact."""
    for place in sorted(context.places):
        if not context.everybody:
            sentence = text(
                "No data: the question names no company, and neither dossiers nor lists name one that "
                "it means in {place}.",
                place=place_text(place),
            )
            yield Gap(Topic.ACTIVE, sentence, place=place)
            continue
        # the facts of every layer; facts that do not depend on a store come from the user's own layer
        facts_there: list[Fact] = []
        for layer in context.layers:
            for finding in active_in(layer.store, place, context.as_of, parties=context.everybody):
                cited = finding.citations[0].source if finding.citations else ""
                if cited.startswith("dossier:"):
                    origin = layer.marks(cited.removeprefix("dossier:").partition("/")[0])
                elif finding.object.startswith(DEVICE):
                    origin = layer.origin
                else:
                    origin = layer.origin if layer is context.own else None
                if finding.answer is Answer.FOUND and origin is not None:
                    party_in_place = frozenset({finding.subject})
                    facts_there.append(
                        Fact(
                            Topic.ACTIVE, finding.statement, finding.citations, origin, party_in_place, place
                        )
                    )
        for party in context.everybody:
            facts = [fact for fact in facts_there if party in fact.parties]
            yield from facts
            if not facts:
                sentence = text(
                    "{party}: the loaded data do not show that it is active in {place}. This is not proof "
                    "that it is not active.",
                    party=party_name(party),
                    place=place_text(place),
                )
                yield Gap(Topic.ACTIVE, sentence, frozenset({party}), place)
