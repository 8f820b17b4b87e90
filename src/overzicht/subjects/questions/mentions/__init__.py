"""Mentions: companies, products and bodies that a text names, who says it, and which maker is meant.

`find_spots` reads one text; `mentions_of` reads a set and adds the side. Both are pure: the names and the
words around them are packaged facts (`data/mentions`), makers are those of the cards. Records of lists come
in through a `PartyMatcher` (`link_parties`).
"""

from overzicht.subjects.questions.mentions.finding import find_spots
from overzicht.subjects.questions.mentions.in_sets import mentions_of, pieces_of
from overzicht.subjects.questions.mentions.linking import link_parties
from overzicht.subjects.questions.mentions.model import (
    Attribution,
    Mention,
    MentionKind,
    MentionSpan,
    Place,
    RecognisedBy,
    Reply,
)

__all__ = [
    "Attribution",
    "Mention",
    "MentionKind",
    "MentionSpan",
    "Place",
    "RecognisedBy",
    "Reply",
    "find_spots",
    "link_parties",
    "mentions_of",
    "pieces_of",
]
