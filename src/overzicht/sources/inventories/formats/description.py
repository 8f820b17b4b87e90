"""Description of a format: how a file is recognised, and which field comes from where."""

import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, field_validator

from overzicht.errors import PackagedFactError
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.inventories.tables.vocabulary import vocabulary

FOLDER = "overzicht.sources.inventories.formats"

Many = Annotated[
    tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
]


class Format(BaseModel):
    """One format. `docs/how-to/add-an-inventory-format.md` explains each key.

    `recognise` are patterns that must all be found in the first 64 KiB. `fields` gives for each field the
    places that have it, the first filled one counts: paths of a tree or headers of a table. `constants` are
    the same for all. `only` keeps the records in which the text at a path (`a|b`: the one that is there)
    matches. `ports` are the places of a host's open ports. `is_per_port` joins the records of one network
    address. A record needs evidence of what it is; with `is_own_list` each record is a device by itself.

    A tree: `records` are the paths that lead to devices: the first that has any, or with `is_together` all.
    `others` are paths of other lists, and what is in them: they are counted, and read when a person asks for
    them. `apart` are lists that hold no devices at all. `joined` is the path of a mapping elsewhere: its
    value under the key of a record, or under the name at the end of one of its addresses, is the record's
    `@joined`. `dump` is the model of the devices in a dump of `{model, pk, fields}`; `links` give the model
    of a field with a number, or of `model.field` for one model.

    Lines: `start` begins a record of several lines; without it each line that one of `lines` matches is a
    record, and with `is_one` all lines are one. The named groups are fields. `skip` are lines that are not
    devices. `is_continued`: a backslash at the end of a line continues it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    title: str
    engine: Literal["table", "tree", "lines"]
    recognise: Many
    records: Many = ()
    fields: dict[str, Many] = {}
    start: Many = ()
    lines: Many = ()
    skip: Many = ()
    only: dict[str, str] = {}
    joined: str = ""
    dump: str = ""
    links: dict[str, str] = {}
    others: dict[str, str] = {}
    apart: dict[str, str] = {}
    ports: Many = ()
    constants: dict[str, str] = {}
    is_per_port: bool = False
    is_together: bool = False
    is_own_list: bool = False
    is_one: bool = False
    is_continued: bool = False

    @field_validator("fields", "constants")
    @classmethod
    def _are_known(cls, value: dict[str, object]) -> dict[str, object]:
        if unknown := set(value) - {*vocabulary().fields, ""}:
            raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
        return value

    @field_validator("recognise", "start", "lines", "skip")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            re.compile(pattern)
        return value

    def is_in(self, head: str) -> bool:
        """Return whether the start of a file has every mark of the format."""
        return all(re.search(pattern, head, re.MULTILINE) for pattern in self.recognise)


@cache
def load_formats() -> tuple[Format, ...]:
    """Return the packaged formats by file name; PackagedFactError names the file that is wrong."""
    entries = sorted(files(FOLDER).iterdir(), key=lambda entry: entry.name)
    formats = []
    for entry in entries:
        if entry.name.endswith(".yml"):
            try:
                formats.append(Format.model_validate(read_packaged_yaml(entry.read_text(encoding="utf-8"))))
            except (ValidationError, re.error) as error:
                raise PackagedFactError(entry.name, str(error)) from error
    return tuple(formats)
