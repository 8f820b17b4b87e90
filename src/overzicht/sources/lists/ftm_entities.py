"""A FollowTheMoney entity as JSON, and its record. Ids and references get the prefix `ftm-`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from overzicht.dates import DateBasis, LegalDate, Period, read_legal_date
from overzicht.entities import Listing, Record, Statement
from overzicht.entities.ftm import load_model
from overzicht.sources.lists.interface import EntryFaultError
from overzicht.sources.lists.list_values import collapse

if TYPE_CHECKING:
    from followthemoney.schema import Schema

LIST_ID = "ftm"
SANCTION = "Sanction"
KNOWN_KEYS = frozenset(
    {"id", "caption", "schema", "properties", "datasets", "referents", "target", "first_seen", "last_seen",
     "last_change"}
)  # fmt: skip
NOT_TAKEN = ("caption", "target", "first_seen", "last_seen", "last_change", "datasets")
ROW_NUMBER = "recordId"  # the producer's row number: FollowTheMoney has it for relations only


@dataclass(slots=True)
class Entity:
    """An entity of the file: id, schema, properties as printed, merged ids, and nested entities.

    `faults` are fields that could not be read; they are left out and reported.
    """

    id: str
    schema: str
    properties: Mapping[str, Any]
    referents: tuple[str, ...] = ()
    nested: list["Entity"] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def walk(self) -> Iterator["Entity"]:
        """Yield the entity and everything nested in it, the entity first."""
        yield self
        for below in self.nested:
            yield from below.walk()

    def texts(self, prop: str) -> tuple[str, ...]:
        """Return the text values of a property; empty if it has none."""
        values = self.properties.get(prop)
        if not isinstance(values, list):
            return ()
        return tuple(_referred(value) if isinstance(value, dict) else value for value in values if value)


@lru_cache(maxsize=256)
def _schema_named(name: str) -> "Schema | None":
    return load_model().get(name)


def read_entity(data: Any) -> Entity:
    """Return the entity that parsed JSON states, with everything nested in it; raises EntryFaultError."""
    if not isinstance(data, dict):
        raise EntryFaultError("it is not a JSON object")
    key, name, properties = data.get("id"), data.get("schema"), data.get("properties")
    if not isinstance(key, str) or not key.strip():
        raise EntryFaultError("it has no id")
    schema = _schema_named(name) if isinstance(name, str) else None
    if not isinstance(name, str) or schema is None:
        raise EntryFaultError(f"FollowTheMoney has no schema {name!r}")
    if not isinstance(properties, dict):
        raise EntryFaultError("it has no properties")
    referents = data.get("referents")
    texts = tuple(item for item in referents if isinstance(item, str)) if isinstance(referents, list) else ()
    entity = Entity(key, name, properties, texts)
    entity.faults.extend(f"unknown field {extra}" for extra in sorted(set(data) - KNOWN_KEYS))
    entity.nested.extend(
        read_entity(value)
        for prop, values in properties.items()
        if isinstance(values, list)
        and (known := schema.get(prop)) is not None
        and known.type.name == "entity"
        for value in values
        if isinstance(value, dict)
    )
    return entity


def make_record(entity: Entity, place: str, listings: tuple[Listing, ...], ignored: Counter[str]) -> Record:
    """Return the record of an entity, what is nested in it aside; faults are added to the entity's."""
    schema = _schema_named(entity.schema)
    statements: list[Statement] = []
    for prop, values in entity.properties.items():
        known = schema.get(prop) if schema is not None else None
        if known is None:
            if prop == ROW_NUMBER:
                ignored[f"{ROW_NUMBER} of a thing"] += 1
            else:
                entity.faults.append(f"{entity.schema} has no property {prop}")
        elif not isinstance(values, list):
            entity.faults.append(f"{prop} is not a list of values")
        elif not known.stub:  # a stub is the other end of a relation and is stated there
            is_reference = known.type.name == "entity"
            for value in values:
                if is_reference and isinstance(value, dict):
                    statements.append(Statement(prop, record_id(_referred(value))))
                elif not isinstance(value, str):
                    entity.faults.append(f"{prop} has a value that is not a text")
                elif is_reference:
                    statements.append(Statement(prop, record_id(value)))
                elif cleaned := collapse(value):
                    statements.append(Statement(prop, cleaned, original=value if value != cleaned else ""))
    merged_ids: list[Statement] = []
    schema = _schema_named(entity.schema)
    prop = next((name for name in ("notes", "description") if schema is not None and schema.get(name)), "")
    if entity.referents and prop:
        merged_ids.append(Statement(prop, f"merged from the ids: {', '.join(sorted(entity.referents))}"))
    statements.extend(merged_ids)
    return Record(record_id(entity.id), entity.schema, tuple(dict.fromkeys(statements)), place, listings)


def _referred(value: Mapping[str, Any]) -> str:
    return str(value.get("id", ""))


def record_id(entity_id: str) -> str:
    """Return the id of the record of an entity."""
    return f"{LIST_ID}-{entity_id}"


EARLIEST = "the earliest of the listing and start dates given"
LATEST = "the latest of the end dates given"


def listing_of(sanction: Entity) -> Listing:
    """Return the listing; UnreadableDateError if a date cannot be read.

    Without a stated start, the period has none. A status such as `Inactive` has no date and is part of the
    measure.
    """
    measure = "; ".join(sanction.texts("provisions")) or "sanction"
    if status := "; ".join(sanction.texts("status")):
        measure = f"{measure} (status: {status})"
    authority = "; ".join(sanction.texts("authority") or sanction.texts("publisher"))
    programme = "; ".join(sanction.texts("program") or sanction.texts("programId"))
    return Listing(
        id=record_id(sanction.id),
        list_id=LIST_ID,
        measure=measure,
        period=Period(
            _chosen(sanction.texts("startDate") + sanction.texts("listingDate"), EARLIEST, first=True),
            _chosen(sanction.texts("endDate"), LATEST, first=False),
        ),
        programme=": ".join(part for part in (authority, programme) if part),
        act="; ".join(sanction.texts("authorityId") + sanction.texts("unscId")),
        act_address=next(iter(sanction.texts("sourceUrl") + sanction.texts("programUrl")), ""),
        reason="; ".join(sanction.texts("reason") + sanction.texts("summary")),
    )


def _chosen(texts: Iterable[str], rule: str, *, first: bool) -> LegalDate | None:
    days = sorted(
        {read_legal_date(text) for text in texts}, key=lambda legal_date: (legal_date.day, legal_date.rule)
    )
    if not days:
        return None
    chosen = days[0] if first else days[-1]
    if len({legal_date.day for legal_date in days}) > 1 and chosen.basis is DateBasis.STATED:
        return LegalDate(chosen.day, DateBasis.DERIVED, rule)
    return chosen
