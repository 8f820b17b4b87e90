"""Whom a set means without naming them: who is said to do, or is listed for, what the set is about.

Only what is said of a party's conduct counts: a claim in a dossier, or the reason of a listing. Where a party
is from plays no part.
"""

from overzicht.devices.knowledge import load_knowledge
from overzicht.workflows.answers.facts import Layer, Wanted
from overzicht.workflows.answers.gather.evidence import both
from overzicht.workflows.answers.recognise import themes_in
from overzicht.workflows.dossiers import showing


def parties_meant(wanted: Wanted) -> frozenset[str]:
    """Return the makers of whom a claim or a listing on the day names a subject of the set."""
    if not wanted.themes:
        return frozenset()
    claimed = {party for layer in wanted.layers for party in _claimed(layer, wanted)}
    makers = load_knowledge().makers
    listed = {one.maker for one in wanted.held if themes_in(one.words) & wanted.themes}
    return frozenset((claimed | listed) & makers.keys())


def _claimed(layer: Layer, wanted: Wanted) -> set[str]:
    found: set[str] = set()
    for line in showing.list_dossiers(layer.store, wanted.as_of):
        if layer.marks(line.id) is None:
            continue
        for claim in showing.claims_about(layer.store, line.about, wanted.as_of):
            if claim.dossier_id == line.id and themes_in(both(claim.assertion)) & wanted.themes:
                found.update(claim.about)
    return found
