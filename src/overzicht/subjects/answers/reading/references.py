"""Words that refer to a party that was named before, and clauses that have a party of their own."""

import re

from overzicht.subjects.answers.reading.lexicon import cues_in, kind_named, lexicon
from overzicht.subjects.answers.reading.names import KIN, Subject

_OF_EARLIER = re.compile(
    r"\b(?:daarvan|ervan|hiervan|waarvan|zulke?|zo['’]n|dergelijke|such|thereof|dezelfde|the same|ditzelfde|"
    r"dit|dat|die|deze|this|that|these|those|gaat het|ging het|hen|hun|its?|them|their|ze|zij|they)\b",
    re.IGNORECASE,
)
_THAT_SHIP = re.compile(
    r"\b(?:dat|dit|het|that|this|the) (?:\w+ )?(?:schip|vaartuig|jacht|ship|vessel|yacht)\b|"
    r"\b(?:die|deze|that|this) (?:\w*tanker|pijpenlegger|boot|veerboot|ferry|carrier|pipelayer)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?:zijn|haar|hun|diens|his|her|their|de|het|the|een|a) (?:\w+ )?(?:{KIN})\b|['’]s (?:{KIN})\b",
    re.IGNORECASE,
)  # `his brother`
_OF_THAT_BODY = re.compile(
    r"\b(?:dat|die|dit|deze|haar|hun|diens|that|this|their|its) (?:\w+ )?(?:register|inventaris|inventory|"
    r"\w*camera|apparat|apparaat|toestel|spul|equipment|device|recorder|kit|gear|hardware|gemeente|"
    r"provincie|waterschap|ministerie|municipality|province|ministry|authority|body)|"
    r"\b(?:daarnaast|daarbij|daarin|daar|there|ze|zij|it|they)\b",
    re.IGNORECASE,
)  # `their cameras`
_INDEFINITE = re.compile(
    r"\b(?:een|a|an|any|elke?|each|every) (?:\w+ )?(?:bedrijf|instelling|partij|onderneming|organisatie|"
    r"persoon|company|institution|party|firm|person|entity|organi[sz]ation) "
    r"(?:op|on|onder|under|die|dat|that|which|who)\b",
    re.IGNORECASE,
)  # `a firm on the list`
_ANYONE = re.compile(r"\b(?:iemand|niemand|anyone|anybody|nobody|no one|someone|somebody)\b", re.IGNORECASE)
_PARTY_AFTER_VERB = re.compile(
    r"(?:(?:en|and|ook|also) )?(?:staat|stond|staan|stonden|is|are|was|were|komt|kwam|valt|viel) "
    r"(?: +(?-i:(?=[A-Z])))?(?!\S+(?:er|en|ed|ly|lijk)\b)([a-z][\w&.’'-]+)",
    re.IGNORECASE,
)  # `Staat tapo …?`, and a name whose words for a list are blanked


def is_of_that_body(words: str) -> bool:
    """Return whether a question about devices refers to the body that was named before (`their cameras`)."""
    cues = set(cues_in(words))
    return bool(cues & {"device", "listed_goods", "register"}) and _OF_THAT_BODY.search(words) is not None


def is_of_own_devices(words: str, body_names: tuple[str, ...]) -> bool:
    """Return whether a question about devices is complete: it has a kind or a body, and no pronoun."""
    cues = set(cues_in(words))
    is_of_devices = "device" in cues and bool(cues & {"use", "quantity", "which_brand"})
    return is_of_devices and bool(body_names or kind_named(words)) and _OF_EARLIER.search(words) is None


def of_that_ship(subjects: tuple[Subject, ...], words: str) -> tuple[Subject, ...]:
    """Return the ships among the parties for a question about `that ship`: names with an article."""
    if len(subjects) < 2 or _THAT_SHIP.search(words) is None:
        return subjects
    ships = [
        subject
        for subject in subjects
        if re.search(rf"\b(?:de|the|schip|tanker|vessel|ship|MV|MT) {re.escape(subject.name)}(?!\w)", words)
    ]
    return tuple(ships[:1]) or subjects


def is_of_unread(words: str) -> bool:
    """Return whether the party of a clause is an unknown word, neither a name nor a pronoun.

    `Is tapo on the list?` and `Is his brother on the list?` are not about the party of the question before,
    `Is it on the list?` is.
    """
    if any(pattern.search(words) for pattern in (_RELATIVE, _INDEFINITE, _ANYONE)):
        return True
    match = _PARTY_AFTER_VERB.match(words)
    return match is not None and match[1].casefold() not in lexicon().openers | lexicon().pronouns
