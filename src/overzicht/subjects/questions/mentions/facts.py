"""The packaged facts about names in texts: who is known, which names mean several things, and cues."""

import re
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from overzicht.errors import PackagedFactError
from overzicht.evidence.packaged import M, StrictModel, packaged_facts


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Kind = Literal["company", "product", "body"]


class KnownName(StrictModel):
    """A name with its other spellings; `short` counts in exactly the case given."""

    name: str = Field(min_length=2)
    also: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


Named = Annotated[KnownName, BeforeValidator(_named)]


class _Companies(StrictModel):
    companies: tuple[Named, ...]
    products: tuple[Named, ...]
    brands: tuple[str, ...]


class _Bodies(StrictModel):
    bodies: tuple[Named, ...]


class Sense(StrictModel):
    """One meaning of a name: `when` are patterns that decide, `near` words that speak for it."""

    id: str
    kind: Kind
    means: str
    maker: str = ""
    when: tuple[Pattern, ...] = ()
    near: tuple[str, ...] = ()


class AmbiguousName(StrictModel):
    """A name with more than one meaning; `otherwise` is open, nothing, or the id of one of its senses."""

    name: str
    senses: tuple[Sense, ...] = Field(min_length=1)
    skip: tuple[Pattern, ...] = ()
    otherwise: str
    surname: bool = False
    sources: tuple[str, ...] = Field(min_length=1)


class _Senses(StrictModel):
    names: tuple[AmbiguousName, ...]


class Cues(StrictModel):
    """Words that indicate an unknown company, words that never do, and answers without confirmation."""

    legal_forms: tuple[str, ...]
    trade_words: tuple[str, ...]
    nouns: tuple[str, ...]
    not_nouns: tuple[str, ...]
    product_nouns: tuple[str, ...]
    after: tuple[Pattern, ...]
    before: tuple[Pattern, ...]
    never: frozenset[str]
    persons: tuple[str, ...]
    glued: frozenset[str]
    not_confirmed: tuple[Pattern, ...]
    anaphora: tuple[str, ...]


@cache
def companies() -> tuple[tuple[KnownName, Kind], ...]:
    """Return the known companies and products; PackagedFactError where the file is not in its form."""
    read = _load("companies.yml", _Companies)
    return (*((name, "company") for name in read.companies), *((name, "product") for name in read.products))


@cache
def brands() -> tuple[str, ...]:
    """Return the names on boxes of devices that others make."""
    return _load("companies.yml", _Companies).brands


@cache
def bodies() -> tuple[KnownName, ...]:
    """Return the known bodies."""
    return _load("bodies.yml", _Bodies).bodies


@cache
def ambiguous() -> tuple[AmbiguousName, ...]:
    """Return the names with several meanings; each `otherwise` is checked to be one that exists."""
    names = _load("senses.yml", _Senses).names
    for name in names:
        if name.otherwise not in {"open", "nothing", *(sense.id for sense in name.senses)}:
            raise PackagedFactError(
                "mentions/senses.yml", f"there is no sense {name.otherwise!r}", place=name.name
            )
    return names


@cache
def cues() -> Cues:
    """Return the cues."""
    return _load("cues.yml", Cues)


def _load(name: str, schema: type[M]) -> M:
    return packaged_facts(schema, "overzicht.subjects.questions", f"data/mentions/{name}")
