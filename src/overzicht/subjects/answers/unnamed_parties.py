"""The parties that a set means without a name: those with a claim or a listing about its subject.

Only the conduct of a party counts, in a claim of a dossier or the reason of a listing. Its country does not
count.
"""

from overzicht.devices.knowledge import load_knowledge
from overzicht.subjects.answers.evidence_facts import both
from overzicht.subjects.answers.facts import SetContext
from overzicht.subjects.answers.reading.lexicon import themes_in
from overzicht.subjects.dossiers import showing


def parties_meant(context: SetContext) -> frozenset[str]:
    """Return the makers with a claim or a listing on the date that names a subject of the set."""
    if not context.themes:
        return frozenset()
    claimed = set()
    for layer in context.layers:
        parties: set[str] = set()
        lines = [
            line
            for line in showing.list_dossiers(layer.store, context.as_of)
            if layer.marks(line.id) is not None
        ]
        claims = showing.claims_about_each(layer.store, {line.about for line in lines}, context.as_of)
        for line in lines:
            for claim in claims[line.about]:
                if claim.dossier_id == line.id and themes_in(both(claim.assertion)) & context.themes:
                    parties.update(claim.about)
        claimed.update(parties)
    makers = load_knowledge().makers
    listed = {item.maker for item in context.listings if themes_in(item.words) & context.themes}
    return frozenset((claimed | listed) & makers.keys())
