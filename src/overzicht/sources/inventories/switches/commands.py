"""Which templates list devices, and what their values mean: `commands.yml`."""

import re
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from overzicht.safeyaml import read_packaged_yaml


class Own(BaseModel):
    """Words of a row or line for an address that belongs to the switch itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    values: tuple[str, ...]
    pattern: re.Pattern[str]
    line: re.Pattern[str]


class Group(BaseModel):
    """How a group address differs from the address of a host that has its bit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    always: re.Pattern[str]
    learned: re.Pattern[str]
    types: tuple[str, ...]
    hosts: re.Pattern[str]


class Others(BaseModel):
    """Words of a row of a list of devices that is a part or a whole stack."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    values: tuple[str, ...]
    pattern: re.Pattern[str]


class Parts(BaseModel):
    """How a row of a list of parts says what it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chassis: re.Pattern[str]
    part_name: re.Pattern[str]
    part_description: re.Pattern[str]


class Commands(BaseModel):
    """Contents of `commands.yml`, which explains each entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lists: dict[str, tuple[re.Pattern[str], ...]]
    fields: dict[str, tuple[str, ...]]
    nothing: re.Pattern[str]
    named_mac: re.Pattern[str]
    named_serial: re.Pattern[str]
    group: Group
    own: Own
    others: Others
    parts: Parts
    prompt: re.Pattern[str]
    command: re.Pattern[str]
    alone: re.Pattern[str]
    total: re.Pattern[str]
    clock: re.Pattern[str]
    around: re.Pattern[str]

    def list_of(self, template: str) -> str:
        """Return what the template of this name lists (a key of `lists`); empty for anything else."""
        return next(
            (kind for kind, patterns in self.lists.items() if any(p.search(template) for p in patterns)), ""
        )


@cache
def commands() -> Commands:
    """Return the packaged commands."""
    content = files("overzicht.sources.inventories.switches").joinpath("commands.yml").read_text("utf-8")
    return Commands.model_validate(read_packaged_yaml(content))
