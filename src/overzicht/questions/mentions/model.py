"""Mentions as data: what stands where, what is meant, how that was told, and who says it."""

from dataclasses import dataclass, field

from overzicht.entities import PartyMatch
from overzicht.evidence import text
from overzicht.evidence.worded import WordedEnum


class MentionKind(WordedEnum):
    """What is named.

    PARTY: a long name on a loaded list, of whatever kind. OPEN: a name with several meanings between which
    its words do not decide.
    """

    COMPANY = "company", text("company")
    PRODUCT = "product", text("product")
    BODY = "body", text("body")
    PARTY = "party", text("party on a list")
    OPEN = "not decided", text("not decided who is meant")


class RecognisedBy(WordedEnum):
    """How a name was told to be one."""

    CARD = "a name on a maker card", text("a name on a maker card")
    KNOWN = "a known name", text("a known name")
    SENSE = "the words around it decide", text("a name with several meanings; the words around it decide")
    FORM = "its legal form or trade word", text("told by its legal form")
    CUE = "the words before or after it", text("told by the words beside it")
    AGAIN = "named elsewhere in the set", text("told elsewhere in the set")
    LIST = "a name on a loaded list", text("a name on a loaded list")


class Stance(WordedEnum):
    """Who says it: a member asks, the cabinet states or does not confirm, a note cites, a title names."""

    ALLEGATION = "allegation", text("put by a member")
    STATEMENT = "statement", text("stated by the cabinet")
    NON_CONFIRMATION = "non-confirmation", text("not confirmed by the cabinet")
    SOURCE = "source", text("in a note")
    SUBJECT = "subject", text("in the title")


class Reply(WordedEnum):
    """What the answer to a question that names somebody does; NONE where there is no answer yet."""

    STATEMENT = "answered", text("answered")
    NON_CONFIRMATION = "not confirmed", text("the answer does not confirm it")
    NONE = "no answer", text("no answer is held")


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
    how: RecognisedBy
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
