"""Mentions as data: what stands where, what is meant, how that was told, and who says it."""

from dataclasses import dataclass, field
from enum import StrEnum

from overzicht.entities import PartyMatch


class MentionKind(StrEnum):
    """What is named.

    PARTY: a long name on a loaded list, of whatever kind. OPEN: a name with several meanings between which
    its words do not decide.
    """

    COMPANY = "company"
    PRODUCT = "product"
    BODY = "body"
    PARTY = "party"
    OPEN = "not decided"


class How(StrEnum):
    """How a name was told to be one."""

    CARD = "a name on a maker card"
    KNOWN = "a known name"
    SENSE = "the words around it decide"
    FORM = "its legal form or trade word"
    CUE = "the words before or after it"
    AGAIN = "named elsewhere in the set"
    LIST = "a name on a loaded list"


class Stance(StrEnum):
    """Who says it: a member asks, the cabinet states or does not confirm, a note cites, a title names."""

    ALLEGATION = "allegation"
    STATEMENT = "statement"
    NON_CONFIRMATION = "non-confirmation"
    SOURCE = "source"
    SUBJECT = "subject"


class Reply(StrEnum):
    """What the answer to a question that names somebody does; NONE where there is no answer yet."""

    STATEMENT = "answered"
    NON_CONFIRMATION = "not confirmed"
    NONE = "no answer"


@dataclass(frozen=True, slots=True)
class Spot:
    """A name in a text: `text[start:end]` is `surface`.

    `name` is who is meant, in its usual spelling; `maker` the id of its card, or empty; `party` the id of an
    owner on a card, or empty. `senses` are the names it may have where that is not decided.
    """

    surface: str
    start: int
    end: int
    kind: MentionKind
    name: str
    how: How
    maker: str = ""
    party: str = ""
    senses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: `part` is title, question, answer, note or remark; numbers as printed there."""

    paper: str
    part: str
    numbers: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """`question 3`, `answer 4, 5`, `title`."""
        return " ".join((self.part, ", ".join(map(str, self.numbers)))).strip()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a set, with the sentence it stands in (`quote`) and who says it.

    `reply` is what the answer to it does, None where nothing was asked. `parties` are records of loaded lists
    with that name: a name that is equal proves no identity.
    """

    spot: Spot
    place: Place
    stance: Stance
    quote: str
    reply: Reply | None = None
    parties: tuple[PartyMatch, ...] = field(default=())
