"""The packaged facts about names in texts: who is known, which names mean several things, and cues."""

import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from overzicht.errors import PackagedFactError
from overzicht.safeyaml import read_yaml

_Model = TypeVar("_Model", bound=BaseModel)


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Kind = Literal["company", "product", "body"]


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KnownName(_Fact):
    """A name with its other spellings; `short` counts in exactly the case given."""

    name: str = Field(min_length=2)
    also: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


Named = Annotated[KnownName, BeforeValidator(_named)]


class _Companies(_Fact):
    companies: tuple[Named, ...]
    products: tuple[Named, ...]
    brands: tuple[str, ...]


class _Bodies(_Fact):
    bodies: tuple[Named, ...]


class Sense(_Fact):
    """One meaning of a name: `when` are patterns that decide, `near` words that speak for it."""

    id: str
    kind: Kind
    means: str
    maker: str = ""
    when: tuple[Pattern, ...] = ()
    near: tuple[str, ...] = ()


class Ambiguous(_Fact):
    """A name with more than one meaning; `otherwise` is open, nothing, or the id of one of its senses."""

    name: str
    senses: tuple[Sense, ...] = Field(min_length=1)
    skip: tuple[Pattern, ...] = ()
    otherwise: str
    surname: bool = False
    sources: tuple[str, ...] = Field(min_length=1)


class _Senses(_Fact):
    names: tuple[Ambiguous, ...]


class Cues(_Fact):
    """Words that tell an unknown company, words that are never one, and how answers confirm nothing."""

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
    return (*((one, "company") for one in read.companies), *((one, "product") for one in read.products))


@cache
def brands() -> tuple[str, ...]:
    """Return the names on boxes of devices that others make."""
    return _load("companies.yml", _Companies).brands


@cache
def bodies() -> tuple[KnownName, ...]:
    """Return the known bodies."""
    return _load("bodies.yml", _Bodies).bodies


@cache
def ambiguous() -> tuple[Ambiguous, ...]:
    """Return the names with several meanings; each `otherwise` is checked to be one that exists."""
    found = _load("senses.yml", _Senses).names
    for one in found:
        if one.otherwise not in {"open", "nothing", *(sense.id for sense in one.senses)}:
            raise PackagedFactError(
                "mentions/senses.yml", f"there is no sense {one.otherwise!r}", place=one.name
            )
    return found


@cache
def cues() -> Cues:
    """Return the cues."""
    return _load("cues.yml", Cues)


def _load(name: str, schema: type[_Model]) -> _Model:
    file = files("overzicht.questions") / "data" / "mentions" / name
    try:
        return schema.model_validate(read_yaml(file.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise PackagedFactError(f"mentions/{name}", f"it is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PackagedFactError(f"mentions/{name}", first["msg"], place=place) from error
