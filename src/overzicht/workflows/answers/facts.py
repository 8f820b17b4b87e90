"""Findings as resolvers see them: a cited sentence with its topic, and whom and what it is about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from overzicht.diligence.uses import Use
from overzicht.entities import Listing, Record
from overzicht.evidence import Citation, Text
from overzicht.reports.answers.model import Origin, Sentence
from overzicht.store.database import Store
from overzicht.workflows.listings import FoundListing

TELLING = frozenset({"name", "alias", "weakAlias", "position", "notes", "summary", "description", "keywords"})


class Topic(StrEnum):
    """What a finding tells of."""

    REPORT = "report"
    CONFIRMATION = "confirmation"
    INSTRUMENT = "instrument"
    EXPECTED = "expected conduct"
    REPLY = "reply"
    CONTACT = "contact"
    ORIGINALS = "originals of reports"
    MEANT = "who is meant"
    ACTIVE = "active"
    CONTROL = "export control"
    ENTITY_LIST = "entity list"
    COUNT = "count"
    REPLACED = "replaced"
    STATEMENT = "statement of a body"
    LISTING = "listing"
    LISTED_FOR = "listed for a subject"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose devices, of what kind, with bodies of which place; an empty kind is any."""

    parties: frozenset[str]
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A cited sentence; `parties` are makers' ids or names (empty: about nobody in particular).

    `place` is a country or `EU`, `kind` a kind of device, each empty where it does not matter; `themes` are
    the subject matters that it is about. `scope` is what a count counts; None for all else.
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

    @property
    def sentence(self) -> Sentence:
        """The fact as it stands in an answer."""
        return Sentence(self.text, self.citations, self.origin)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing for a topic, as a sentence; the other fields as of a fact."""

    topic: Topic
    text: Text
    parties: frozenset[str] = frozenset()
    place: str = ""
    kind: str = ""
    themes: frozenset[str] = frozenset()
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was gathered for a set: facts in a fixed order, and gaps."""

    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def about(self, topics: Collection[Topic]) -> "Facts":
        """Return what is of these topics, in their order."""
        order = {topic: number for number, topic in enumerate(topics)}
        facts = sorted((f for f in self.facts if f.topic in order), key=lambda f: order[f.topic])
        gaps = sorted((g for g in self.gaps if g.topic in order), key=lambda g: order[g.topic])
        return Facts(tuple(facts), tuple(gaps))


@dataclass(frozen=True, slots=True)
class Layer:
    """A store to ask, and how what comes from it is marked.

    `origin` marks what its register and its dossiers say, `examples` what the dossiers that ship with the
    product (`shipped`, ids) say; None leaves them out. Without an origin its register is not asked either.
    """

    store: Store
    origin: Origin | None
    examples: Origin | None = None
    shipped: frozenset[str] = frozenset()

    def marks(self, dossier_id: str) -> Origin | None:
        """Return how what a dossier says is marked; None where it is to be left out."""
        return self.examples if dossier_id in self.shipped else self.origin


@dataclass(frozen=True, slots=True)
class MakerListing:
    """A listing of a party itself that holds on the day; `maker` is the party's id or name."""

    maker: str
    found: FoundListing

    @property
    def words(self) -> str:
        """What the entry says of itself in lower case, to look for a subject in."""
        return telling_words(self.found.state.record, self.found.state.listing)


def telling_words(record: Record, listing: Listing) -> str:
    """Return what an entry says that somebody is or did, in lower case; not where they were born or live."""
    said = [each.value for each in record.statements if each.prop in TELLING]
    return "\n".join([*said, listing.reason]).lower()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the questions of a set are about, all together.

    `number` is that of the set. `own` is the user's store with its lists; `layers` are all the stores to ask,
    that one first. `parties` are named, `group` are those that the set means by their conduct. `scopes` are
    what is to be counted, `held` the listings in force on the day of makers and named parties.
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
    held: tuple["MakerListing", ...] = ()
    uses: tuple[Use, ...] = ()

    @property
    def everybody(self) -> tuple[str, ...]:
        """The named and the meant parties, in order."""
        return tuple(sorted(self.parties | self.group))
