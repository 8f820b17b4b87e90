"""Names in other scripts of parties that official lists name in Latin letters only.

The facts are in `data/names.yml`. A name with a source is certain; a name without one leads to possible
matches only.
"""

from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from overzicht.devices.card import CardId
from overzicht.errors import PackagedFactError
from overzicht.evidence.source import Source
from overzicht.safeyaml import read_packaged_yaml

FILE = "data/names.yml"


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScriptName(_Fact):
    """A name in a script other than Latin.

    `certainty` is *read* if `source` is the party itself, a register or an encyclopedia; *secondary* if it is
    a report or a copy; *memory* without a source.
    """

    name: str = Field(min_length=2)
    lang: Literal["zho", "jpn", "kor", "rus", "bel", "ara", "fas", "mya"]
    certainty: Literal["read", "secondary", "memory"] = "memory"
    source: str | None = None

    @model_validator(mode="after")
    def _says_where_it_was_read(self) -> "ScriptName":
        if (self.source is None) != (self.certainty == "memory"):
            raise ValueError(f"{self.name!r}: give a source, or the certainty memory without a source")
        return self


class NamedParty(_Fact):
    """A party: its Latin names as lists write them, the fullest first, and its names in other scripts."""

    id: CardId
    latin: tuple[str, ...] = Field(min_length=1)
    names: tuple[ScriptName, ...] = Field(min_length=1)

    @property
    def certain_names(self) -> tuple[str, ...]:
        """The names with a source."""
        return tuple(name.name for name in self.names if name.certainty != "memory")


class NamesFile(_Fact):
    """The file of names, its sources by key, and the date of the last check."""

    checked: date
    parties: tuple[NamedParty, ...]
    sources: dict[str, Source]

    @model_validator(mode="after")
    def _is_consistent(self) -> "NamesFile":
        ids = [party.id for party in self.parties]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            raise ValueError(f"these parties occur twice: {', '.join(twice)}")
        certain = [name for party in self.parties for name in party.certain_names]
        if shared := sorted({name for name in certain if certain.count(name) > 1}):
            raise ValueError(f"these certain names occur at two parties: {', '.join(shared)}")
        if missing := sorted(
            {n.source for p in self.parties for n in p.names if n.source} - self.sources.keys()
        ):
            raise ValueError(f"these sources are missing: {', '.join(missing)}")
        return self


def read_names(raw: str) -> tuple[NamedParty, ...]:
    """Return the parties of a file of names; PackagedFactError if it is faulty."""
    try:
        return NamesFile.model_validate(read_packaged_yaml(raw)).parties
    except (yaml.YAMLError, ValidationError) as error:
        raise PackagedFactError(FILE, str(error)) from error


@lru_cache(maxsize=1)
def load_names() -> tuple[NamedParty, ...]:
    """Return the packaged parties, read once; PackagedFactError if the file is faulty."""
    return read_names(files("overzicht.parties").joinpath(FILE).read_text(encoding="utf-8"))
