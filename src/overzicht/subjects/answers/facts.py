"""Findings for resolvers: a cited sentence with its topic, parties and subjects."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from overzicht.entities import Listing, Record
from overzicht.evidence import Citation, Text
from overzicht.store.database import Store
from overzicht.subjects.answers.model import Origin, Sentence
from overzicht.subjects.diligence.use_assessment import Outcome
from overzicht.subjects.diligence.uses import Use
from overzicht.subjects.lists.listings import FoundListing

TELLING = frozenset({"name", "alias", "weakAlias", "position", "notes", "summary", "description", "keywords"})


class Topic(StrEnum):
    """The topic of a finding."""

    REPORT = "report"
    CONFIRMATION = "confirmation"
    INSTRUMENT = "instrument"
    EXPECTED = "expected conduct"
    REPLY = "reply"
    CONTACT = "contact"
    ORIGINALS = "originals of reports"
    MEANT = "who is meant"
    ACTIVE = "active"
    PRESENCE = "presence at public bodies"
    CONTROL = "export control"
    ENTITY_LIST = "entity list"
    COUNT = "count"
    REPLACED = "replaced"
    STATEMENT = "statement of a body"
    LISTING = "listing"
    LISTED_FOR = "listed for a subject"
    STEP = "step"
    OWNER = "owner"
    MAKER = "maker of a brand"


@dataclass(frozen=True, slots=True)
class Scope:
    """Devices of these parties and this kind, at the public bodies of a place; an empty kind is any kind."""

    parties: frozenset[str]
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A cited sentence; `parties` are makers' ids or names (empty: about nobody in particular).

    `place` is a country or `EU`, `kind` a kind of device; empty for all. `themes` are its subject matters.
    `scope` is the scope of a count; else None. `list_id` and `count` are those of entries counted on a list.
    `key` is the name of a point of law, `use` the id of an assessed use with its `outcome` under `law`.
    `entry_of` is the list and the measure of an entry that names a party.
    """

    topic: Topic
    text: Text
    citations: tuple[Citation, ...]
    origin: Origin = Origin.OWN
    parties: frozenset[str] = frozenset()
    place: str = ""
    kind: str = ""
    themes: frozenset[str] = frozenset()
    scope: Scope | None = None
    list_id: str = ""
    count: int | None = None
    key: str = ""
    use: str = ""
    outcome: Outcome | None = None
    law: Text | None = None
    entry_of: tuple[str, str] | None = None

    @property
    def sentence(self) -> Sentence:
        """The fact as a sentence of an answer."""
        return Sentence(self.text, self.citations, self.origin)


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence on missing data for a topic; the other fields are those of a fact."""

    topic: Topic
    text: Text
    parties: frozenset[str] = frozenset()
    place: str = ""
    kind: str = ""
    themes: frozenset[str] = frozenset()
    scope: Scope | None = None
    list_id: str = ""
    use: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was gathered for a set: facts in a fixed order, and gaps."""

    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def about(self, topics: Collection[Topic]) -> "Facts":
        """Return the facts and gaps of these topics, in their order."""
        order = {topic: number for number, topic in enumerate(topics)}
        facts = sorted((f for f in self.facts if f.topic in order), key=lambda f: order[f.topic])
        gaps = sorted((g for g in self.gaps if g.topic in order), key=lambda g: order[g.topic])
        return Facts(tuple(facts), tuple(gaps))


@dataclass(frozen=True, slots=True)
class Layer:
    """A store, and the marks of its data in an answer.

    `origin` marks the data of its register and dossiers, `examples` those of the shipped dossiers (`shipped`,
    ids); None leaves them out. Without an origin its register is not used.
    """

    store: Store
    origin: Origin | None
    examples: Origin | None = None
    shipped: frozenset[str] = frozenset()

    def marks(self, dossier_id: str) -> Origin | None:
        """Return the mark of a dossier; None if it is left out."""
        return self.examples if dossier_id in self.shipped else self.origin


@dataclass(frozen=True, slots=True)
class MakerListing:
    """A listing of a party itself in force on the date; `maker` is the party's id or name."""

    maker: str
    listing: FoundListing

    @property
    def words(self) -> str:
        """The text of the entry in lower case, for the search of a subject."""
        return telling_words(self.listing.state.record, self.listing.state.listing)


def telling_words(record: Record, listing: Listing) -> str:
    """Return the text of an entry on a party's role and conduct, in lower case, without its addresses."""
    statements = [statement.value for statement in record.statements if statement.prop in TELLING]
    return "\n".join([*statements, listing.reason]).lower()


@dataclass(frozen=True, slots=True)
class SetContext:
    """The subjects of all questions of a set.

    `number` is that of the set. `own` is the user's store with its lists; `layers` are all stores, that one
    first. `parties` are named, `group` are those that the set means by their conduct. `scopes` are the scopes
    of counts, `listings` the listings in force on the date of makers and named parties. `uses` are those of
    the set; `found_uses` are the ids of those that its questions describe.
    """

    own: Layer
    layers: tuple[Layer, ...]
    as_of: date
    number: str = ""
    answered_on: date | None = None
    parties: frozenset[str] = frozenset()
    group: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    scopes: tuple[Scope, ...] = ()
    listings: tuple["MakerListing", ...] = ()
    uses: tuple[Use, ...] = ()
    found_uses: frozenset[str] = frozenset()

    @property
    def everybody(self) -> tuple[str, ...]:
        """The named and the meant parties, in order."""
        return tuple(sorted(self.parties | self.group))
