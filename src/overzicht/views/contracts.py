"""Every value that programs read, with the command that prints it and its address."""

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Literal

from pydantic import TypeAdapter

from overzicht.composition import Slot
from overzicht.store.jobs import Job
from overzicht.store.log import LogEntry
from overzicht.views.serialiser import with_short_names


@dataclass(frozen=True, slots=True)
class Contract:
    """A value that programs read; `command` or `address` is empty if only the other gives it."""

    kind: Any
    command: str = ""
    address: str = ""


ADDED: Slot[tuple[Contract, ...]] = Slot("contracts")
_OF_ALL = (
    Contract(Job, address="/jobs"),
    Contract(LogEntry, address="/log"),
)


@cache
def contracts() -> tuple[Contract, ...]:
    """Return every value that programs read: those of all, then those of the subjects."""
    return (*_OF_ALL, *chain.from_iterable(ADDED.added()))


def schemas() -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return one JSON Schema (draft 2020-12) with every contract under `$defs`, and their names there."""
    inputs: list[tuple[Contract, Literal["serialization"], TypeAdapter[Any]]] = [
        (contract, "serialization", TypeAdapter(contract.kind)) for contract in contracts()
    ]
    places, shared = TypeAdapter.json_schemas(inputs)
    whole = with_short_names({"$schema": "https://json-schema.org/draft/2020-12/schema", **shared})
    named = with_short_names(
        {"names": [places[contract, "serialization"]["$ref"] for contract in contracts()]}
    )
    return whole, tuple(name.removeprefix("#/$defs/") for name in named["names"])
