"""Publishing a register as far as its organisation likes, and reading what others publish."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from overzicht import __version__
from overzicht.errors import InputFileError
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.register.merging import FORM, VERSION, Level, Published
from overzicht.register.model import LifecycleState
from overzicht.reports.i18n import Language, words_for
from overzicht.sources.files import LocalFile
from overzicht.store.database import Store
from overzicht.store.register import counts as register_counts
from overzicht.store.register import devices as kept
from overzicht.store.register.devices import Counts, DeviceFilter, DeviceLine
from overzicht.store.register.organisations import get_organisation, ids_below
from overzicht.store.register.statements import list_statements
from overzicht.workflows.register.listings import refresh_listings

MAX_BYTES = 200_000_000
SHARED = (
    "organisation_id", "site", "place", "label", "brand", "model", "kind", "maker_id", "maker",
    "is_relabelled", "quantity", "supplier",
)  # fmt: skip


def publish(store: Store, organisation: str, level: Level, actor: Actor) -> dict[str, Any]:
    """Return an organisation's register, with all below it, in the published form, ready for JSON.

    Network and MAC addresses and serial numbers are never in it: they help an attacker and no overview.
    """
    refresh_listings(store, actor.day, actor)
    with store.reading() as connection:
        owner = get_organisation(connection, organisation, actor.day)
        wanted = DeviceFilter(actor.day, organisation=owner.id, life=())
        counted = register_counts.counts(connection, wanted)
        lines = [] if level is Level.COUNTS else kept.all_devices(connection, wanted)
        ids = ids_below(connection, [owner.id], actor.day)
        said = list_statements(connection, actor.day, ids)
    there = [line for line in lines if register_counts.is_counted(line, actor.day)]
    return {
        "form": FORM,
        "version": VERSION,
        "product": __version__,
        "organisation": {"id": owner.id, "name": owner.name, "country": owner.country},
        "includes": list(ids),
        "as_of": actor.day.isoformat(),
        "level": level.value,
        "counts": numbers_of(counted),
        "makers": [
            {"maker": maker, "name": counted.maker_names.get(maker, ""), "devices": devices}
            for maker, devices in counted.by_maker.items()
        ],
        "kinds": dict(counted.by_kind),
        "models": None if level is Level.COUNTS else _models(there),
        "devices": [_device(line) for line in lines] if level is Level.FULL else None,
        "statements": [
            {"said": each.said_as, "maker_named": each.maker_named, "quantity": each.quantity,
             "kind": each.kind, "status": each.status, "address": each.citation.address}
            for each in said
            if not each.withdrawn_at
        ],
        "unknown": [each.to_json() for each in _unknown(counted)],
    }  # fmt: skip


def numbers_of(counted: Counts) -> dict[str, int]:
    """Return the numbers of a register by name."""
    lives = {life.value.replace(" ", "_"): counted.by_life.get(life.value, 0) for life in LifecycleState}
    return {
        "total": counted.total, "listed": counted.listed, "listed_relabelled": counted.listed_relabelled,
        "owner_listed": counted.owner_listed, "relabelled": counted.relabelled, "unknown": counted.unknown,
        "undecided": counted.undecided, "not_checked": counted.not_checked,
        "other_equipment": counted.other_equipment, "later": counted.later, **lives,
    }  # fmt: skip


def _models(lines: Sequence[DeviceLine]) -> list[dict[str, Any]]:
    found: Counter[tuple[str, str, str, str]] = Counter()
    for line in lines:
        found[(line.maker_id, line.brand, line.model, line.kind)] += line.quantity
    return [
        {"maker": maker, "brand": brand, "model": model, "kind": kind, "devices": devices}
        for (maker, brand, model, kind), devices in sorted(
            found.items(), key=lambda each: (-each[1], each[0])
        )
    ]


def _device(line: DeviceLine) -> dict[str, Any]:
    data = {name: getattr(line, name) for name in SHARED}
    data |= {
        "life": line.life.value,
        "confidence": line.confidence.value,
        "listed": line.listed,
        "bought": line.bought.isoformat() if line.bought else None,
        "since": line.since.isoformat(),
    }
    return data


def _unknown(counted: Counts) -> list[Text]:
    found = []
    if counted.unknown:
        found.append(text("of {count} devices the maker is unknown or undecided", count=counted.unknown))
    if counted.not_checked:
        found.append(text("the makers of {count} devices were not checked", count=counted.not_checked))
    missing = counted.by_life.get(LifecycleState.NOT_SEEN.value, 0)
    if missing:
        found.append(text("{count} devices were not seen in the newest inventory", count=missing))
    if not counted.total:
        found.append(text("it has no device in its register"))
    return found


class _Strict(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Organisation(_Strict):
    id: str = Field(min_length=1, max_length=80)
    name: str = Field(min_length=1, max_length=300)


class _Maker(_Strict):
    maker: str
    name: str
    devices: int = Field(ge=0)


class _Model(_Strict):
    maker: str
    brand: str
    model: str
    kind: str
    devices: int = Field(ge=0)


class _Statement(_Strict):
    said: str
    maker_named: str = ""
    quantity: str = ""
    kind: str = ""
    status: str = ""
    address: str = ""


class _File(_Strict):
    form: str = Field(pattern=f"^{FORM}$")
    version: int = Field(ge=1, le=VERSION)
    organisation: _Organisation
    includes: list[str]
    as_of: date
    level: Level
    counts: dict[str, int]
    makers: list[_Maker]
    kinds: dict[str, int]
    models: list[_Model] | None
    devices: list[dict[str, Any]] | None
    statements: list[_Statement]
    unknown: list[dict[str, Any]]


def read_published(path: Path) -> Published:
    """Return a published register; InputFileError names what in the file is not as it should be."""
    file = LocalFile(path, max_bytes=MAX_BYTES)
    with file.open() as stream:
        content = stream.read()
    try:
        read = _File.model_validate(json.loads(content))
        unknown = tuple(Text.from_json(each) for each in read.unknown)
        for each, lang in product(unknown, Language):
            words_for(lang).say(each)  # a template without its values would fail only when it is shown
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputFileError(
            path.name, f"it is no published register: {_first(error)}",
            fix="ask for a file that `overzicht register publish` wrote",
        ) from error  # fmt: skip
    return Published(
        organisation=read.organisation.id,
        name=read.organisation.name,
        includes=tuple(sorted({*read.includes, read.organisation.id})),
        as_of=read.as_of,
        level=read.level,
        counts=read.counts,
        makers=[each.model_dump() for each in read.makers],
        kinds=read.kinds,
        models=None if read.models is None else [each.model_dump() for each in read.models],
        devices=read.devices,
        statements=[each.model_dump() for each in read.statements],
        unknown=unknown,
        file=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error)
