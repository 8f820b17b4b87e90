"""Publication of a register at the level that its organisation chooses, and import of published registers."""

import hashlib
import json
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from overzicht import __version__
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.evidence.faults import in_words
from overzicht.evidence.limited import Key, Plain
from overzicht.isolation import Limits, in_child
from overzicht.kit.ask import SOME_EDITOR, Ask
from overzicht.kit.operation import Route, operation
from overzicht.register.merging import FORM, VERSION, Level, Published
from overzicht.register.terms import LifecycleState
from overzicht.reports.i18n import Language, words_for
from overzicht.sources.files import LocalFile
from overzicht.store.database import Store
from overzicht.store.register import counts as register_counts
from overzicht.store.register.devices import Counts, DeviceFilter, DeviceLine, all_devices
from overzicht.store.register.organisations import get_organisation, ids_below
from overzicht.store.register.statements import list_statements
from overzicht.subjects.register.listings import refresh_listings

MAX_BYTES = 200_000_000
SHARED = (
    "organisation_id", "site", "place", "label", "brand", "model", "kind", "maker_id", "maker",
    "is_relabelled", "quantity", "supplier",
)  # fmt: skip
STATED = ("maker_named", "quantity", "kind", "status")
NUMBERS = (
    "total", "listed", "listed_relabelled", "owner_listed", "relabelled", "unknown", "undecided",
    "not_checked", "other_equipment", "later",
)  # fmt: skip


@operation(
    Route("GET /organisations/{organisation_id}/published", SOME_EDITOR, summary="A register for publication")
)
def published(ask: Ask, organisation_id: Key, *, level: Level = Level.COUNTS) -> dict[str, Any]:
    """Return the part of an organisation's register that it shares, ready to be merged with others."""
    owner = ask.own_organisation(organisation_id, ask.day)
    ask.check_changes(owner)
    return publish(ask.store, owner, level, ask.actor(ask.day))


def publish(store: Store, organisation: str, level: Level, actor: Actor) -> dict[str, Any]:
    """Return an organisation's register, with all below it, in the published form, ready for JSON.

    It never contains network and MAC addresses and serial numbers: they help an attacker and no overview.
    """
    refresh_listings(store, actor.day, actor)
    with store.reading() as connection:
        owner = get_organisation(connection, organisation, actor.day)
        filters = DeviceFilter(actor.day, organisation=owner.id, life=())
        counted = register_counts.counts(connection, filters)
        lines = [] if level is Level.COUNTS else all_devices(connection, filters)
        ids = ids_below(connection, [owner.id], actor.day)
        statements = list_statements(connection, actor.day, ids)
    totals: Counter[tuple[str, str, str, str]] = Counter()
    for line in lines:
        if register_counts.is_counted(line, actor.day):
            totals[(line.maker_id, line.brand, line.model, line.kind)] += line.quantity
    models = [
        {"maker": maker, "brand": brand, "model": model, "kind": kind, "devices": devices}
        for (maker, brand, model, kind), devices in sorted(
            totals.items(), key=lambda total: (-total[1], total[0])
        )
    ]
    missing = counted.by_life.get(LifecycleState.NOT_SEEN.value, 0)
    unknown = counted.unknown
    sentences = (
        (unknown, text("the manufacturer of {count} devices is unknown or undecided", count=unknown)),
        (
            counted.not_checked,
            text("the manufacturers of {count} devices were not checked", count=counted.not_checked),
        ),
        (missing, text("{count} devices were not seen in the newest inventory", count=missing)),
        (not counted.total, text("it has no device in its register")),
    )
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
        "models": None if level is Level.COUNTS else models,
        "devices": [_device(line) for line in lines] if level is Level.FULL else None,
        "statements": [
            {
                "said": statement.said_as,
                "address": statement.citation.address,
                **{name: getattr(statement, name) for name in STATED},
            }
            for statement in statements
            if not statement.withdrawn_at
        ],
        "unknown": [sentence.to_json() for sentence in [sentence for holds, sentence in sentences if holds]],
    }


def numbers_of(counted: Counts) -> dict[str, int]:
    """Return the numbers of a register by name."""
    lives = {life.value.replace(" ", "_"): counted.by_life.get(life.value, 0) for life in LifecycleState}
    return {name: getattr(counted, name) for name in NUMBERS} | lives


def _device(line: DeviceLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in SHARED} | {
        "life": line.life.value,
        "confidence": line.confidence.value,
        "listed": line.listed,
        "bought": line.bought.isoformat() if line.bought else None,
        "since": line.since.isoformat(),
    }


Name = Annotated[str, Field(max_length=2_000), Plain]  # the limit also refuses half of a surrogate pair
Number = Annotated[int, Field(ge=0, le=1_000_000_000)]


class _Organisation(BaseModel):
    id: Name = Field(min_length=1, max_length=80)
    name: Name = Field(min_length=1, max_length=300)


class _Maker(BaseModel):
    maker: Name
    name: Name
    devices: Number


class _Model(BaseModel):
    maker: Name
    brand: Name
    model: Name
    kind: Name
    devices: Number


class _Statement(BaseModel):
    date_stated: Name = Field(alias="said")
    maker_named: Name = ""
    quantity: Name = ""
    kind: Name = ""
    status: Name = ""
    address: Name = ""


class _Sentence(BaseModel):
    template: str = Field(max_length=500)
    values: dict[Name, Number | Name] = Field(max_length=20)


class _File(BaseModel):
    form: str = Field(pattern=f"^{FORM}$")
    version: int = Field(ge=1, le=VERSION)
    organisation: _Organisation
    includes: list[Name]
    as_of: date
    level: Level
    counts: dict[Name, Number]
    makers: list[_Maker]
    kinds: dict[Name, Number]
    models: list[_Model] | None
    devices: list[dict[str, Any]] | None
    statements: list[_Statement]
    unknown: list[_Sentence]


@in_child(Limits())
def read_published(path: Path) -> Published:
    """Return a published register; InputFileError names the field that is not valid."""
    file = LocalFile(path, max_bytes=MAX_BYTES)
    with file.open() as stream:
        return parse_published(stream.read(), path.name)


def parse_published(content: bytes, name: str) -> Published:
    """Return the published register in the bytes of a file of this name, as `read_published`."""
    try:
        read = _File.model_validate(json.loads(content))
        unknown = tuple(text(sentence.template, **sentence.values) for sentence in read.unknown)
        for sentence, lang in product(unknown, Language):
            words_for(lang).say(sentence)  # a template without its values would fail only when it is shown
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        fault = in_words(error.errors()[:1]) if isinstance(error, ValidationError) else str(error)
        raise InputFileError(
            name,
            f"it is not a valid published register: {fault}",
            fix="ask for a file made with `overzicht register publish`",
        ) from error
    return Published(
        organisation=read.organisation.id,
        name=read.organisation.name,
        includes=tuple(sorted({*read.includes, read.organisation.id})),
        as_of=read.as_of,
        level=read.level,
        counts=read.counts,
        makers=[maker.model_dump() for maker in read.makers],
        kinds=read.kinds,
        models=None if read.models is None else [model.model_dump() for model in read.models],
        devices=read.devices,
        statements=[statement.model_dump(by_alias=True) for statement in read.statements],
        unknown=unknown,
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
    )
