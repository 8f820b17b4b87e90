"""Mentions as data: place, meaning, recognition, and the side that makes the statement."""

from dataclasses import dataclass, field

from overzicht.entities import PartyMatch
from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum


class MentionKind(WordedEnum):
    """Kind of what is named.

    PARTY: a long name on a loaded list, of any kind. OPEN: a name with several meanings that its context does
    not decide.
    """

    COMPANY = "company", text("company")
    PRODUCT = "product", text("product")
    BODY = "body", text("body")
    PARTY = "party", text("party on a list")
    OPEN = "not decided", text("not decided who is meant")


class RecognisedBy(WordedEnum):
    """How a name was recognised."""

    CARD = "a name on a maker card", text("a name on a maker card")
    KNOWN = "a known name", text("a known name")
    SENSE = "the words around it decide", text("a name with several meanings; the words around it decide")
    FORM = "its legal form or trade word", text("recognised by its legal form")
    CUE = "the words before or after it", text("recognised by the words next to it")
    AGAIN = "named elsewhere in the set", text("named elsewhere in the set")
    LIST = "a name on a loaded list", text("a name on a loaded list")


class Attribution(WordedEnum):
    """Side of a mention: a member, the cabinet (statement or no confirmation), a note, or a title."""

    ALLEGATION = "allegation", text("put by a member")
    STATEMENT = "statement", text("stated by the cabinet")
    NON_CONFIRMATION = "non-confirmation", text("not confirmed by the cabinet")
    SOURCE = "source", text("in a note")
    SUBJECT = "subject", text("in the title")


class Reply(WordedEnum):
    """Effect of the answer to a question with a mention; NONE if there is no answer yet."""

    STATEMENT = "answered", text("answered")
    NON_CONFIRMATION = "not confirmed", text("the answer does not confirm it")
    NONE = "no answer", text("no answer is loaded")


@dataclass(frozen=True, slots=True)
class MentionSpan:
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
    """A name in a set, with its sentence (`quote`) and side.

    `reply` is the effect of the answer, None if it is not in a question. `parties` are records of loaded
    lists with that name: an equal name proves no identity.
    """

    spot: MentionSpan
    place: Place
    stance: Attribution
    quote: str
    reply: Reply | None = None
    parties: tuple[PartyMatch, ...] = field(default=())
