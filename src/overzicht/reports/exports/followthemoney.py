"""The overview as FollowTheMoney entities, one JSON object on each line: https://followthemoney.tech.

| in the overview      | entity                                                                            |
| -------------------- | --------------------------------------------------------------------------------- |
| device               | `Asset`, which screening does not match with a party                              |
| manufacturer, owner  | `Company`, `Organization`, `PublicBody`, `Person` or `LegalEntity`                |
| who made it          | `UnknownLink` from device to party; with low confidence, a possible manufacturer  |
| who has it           | `UnknownLink` from device to an `Organization`: having is not owning              |
| stake                | `Ownership`, one for each source                                                  |
| entry on a list      | `Sanction`; a date that is only a bound is in the description                     |
| inventory            | `Document`, and a `Documentation` for each place in it that shows a device        |

Ids are made of the ids in the overview, so that a later export updates an earlier one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from followthemoney import model
from followthemoney.types import registry

from overzicht.entities.ftm import TOPICS, stated_day
from overzicht.evidence import Citation
from overzicht.grouping import by_key
from overzicht.register.merging import Level
from overzicht.reports.exports.device_values import Conclusions, is_sure, uuid_of, web_address
from overzicht.reports.i18n import Language
from overzicht.reports.overview_report import ListingRow, OverviewReport, OwnershipEdge

DATASET = "overzicht"
Entity = dict[str, Any]
Values = Mapping[str, str | Iterable[str]]


def render_ftm(report: OverviewReport, language: Language, level: Level | None) -> Iterator[str]:
    """Yield an entity a line: parties, listings, stakes, then the devices; the language changes nothing."""
    del language, level
    written: set[str] = set()
    entities: list[Entity] = []
    entities.extend(_parties(report))
    entities.extend(map(_sanction, report.listings))
    entities.extend(map(_ownership, report.ownership))
    conclusions = Conclusions(report)
    makers = {maker.maker_id for maker in report.makers}
    for device in report.devices:
        device_id = _id("device", device.id)
        numbers = (
            ("quantity", str(device.quantity) if device.quantity > 1 else ""),
            ("serial number", device.serial),
            ("MAC address", device.mac),
            ("network address", device.address),
            ("firmware", device.firmware),
            ("bought", device.bought.isoformat() if device.bought else ""),
            ("status", device.status),
            ("counted as", device.part.value),
        )
        product = " ".join(part for part in (device.brand, device.model) if part)
        asset = {
            "name": next(filter(registry.name.clean, (device.label, product)), device.kind.value),
            "summary": product,
            "keywords": device.kind.value,
            "address": ", ".join(part for part in (device.place, device.site) if part),
            "description": [str(reason.text) for reason in device.reasons],
            "notes": [f"{name}: {value}" for name, value in numbers if value],
        }
        entities.append(_entity("Asset", device_id, asset))
        if device.maker_id in makers:
            role = "manufacturer" if is_sure(device) else "possible manufacturer"
            entities.append(
                _link(
                    device_id,
                    _party_id(device.maker_id),
                    role,
                    conclusions.of(device).get("confidence", "low"),
                )
            )
        if device.organisation:
            holder = f"{DATASET}-organisation-{uuid_of(device.organisation)}"
            entities.append(_entity("Organization", holder, {"name": device.organisation}))
            entities.append(_link(device_id, holder, "organisation that has the device", ""))
        for citation in device.citations:
            document_id = f"{DATASET}-document-{uuid_of(citation.source, citation.snapshot, citation.title)}"
            entities.append(
                _entity(
                    "Document",
                    document_id,
                    {
                        "title": citation.title,
                        "fileName": citation.title,
                        "sourceUrl": web_address(citation.address),
                        "publishedAt": citation.published.isoformat() if citation.published else "",
                        "retrievedAt": _iso(citation),
                        "notes": f"sha256: {citation.snapshot}" if citation.snapshot else "",
                    },
                )
            )
            entities.append(
                _entity(
                    "Documentation",
                    f"{DATASET}-source-{uuid_of(device_id, document_id, citation.place)}",
                    {
                        "document": document_id,
                        "entity": device_id,
                        "role": "source",
                        "summary": citation.place,
                    },
                )
            )
    for entity in entities:
        if entity["id"] not in written:
            written.add(entity["id"])
            seen = f"{report.as_of.isoformat()}T00:00:00"
            line = {**entity, "datasets": [DATASET], "last_seen": seen}
            yield f"{json.dumps(line, ensure_ascii=False)}\n"


def _entity(schema: str, entity_id: str, values: Values) -> Entity:
    """Return an entity with the values that its schema accepts, in one order."""
    proxy = model.make_entity(schema)
    proxy.id = entity_id
    for prop, value in values.items():
        proxy.add(prop, value, quiet=True)
    content = proxy.to_dict()
    return {
        "id": entity_id,
        "caption": proxy.caption,
        "schema": schema,
        "properties": {prop: list(texts) for prop, texts in sorted(content["properties"].items())},
    }


def _id(kind: str, *parts: str) -> str:
    """Return a readable id if the model accepts it, else one of a UUID."""
    readable = "-".join((DATASET, kind, *parts))
    return readable if registry.entity.clean(readable) == readable else f"{DATASET}-{kind}-{uuid_of(*parts)}"


def _party_id(party_id: str) -> str:
    return _id("party", party_id)


def _parties(report: OverviewReport) -> Iterator[Entity]:
    """Yield every party that the report names: makers, owners, and whoever a list was searched for."""
    kinds = {maker.maker_id: (maker.name, maker.schema) for maker in report.makers}
    for edge in report.ownership:
        kinds.setdefault(edge.owner_id, (edge.owner_name, edge.owner_schema))
        kinds.setdefault(edge.asset_id, (edge.asset_name, edge.asset_schema))
    named = [(row.party_id, row.party_name) for row in report.listings]
    named += [(row.party_id, row.party_name) for row in report.checks]
    for party_id, name in named:
        kinds.setdefault(party_id, (name, "LegalEntity"))
    owned = {edge.asset_id for edge in report.ownership}
    countries = {maker.maker_id: maker.country for maker in report.makers}
    replies = {maker.maker_id: maker.reply for maker in report.makers}
    entries = by_key((listing.party_id, listing) for listing in report.listings)
    for party_id, (name, schema) in kinds.items():
        listings = entries.get(party_id, [])
        yield _entity(
            "Company" if party_id in owned else schema,  # only an asset can be owned
            _party_id(party_id),
            {
                "name": name,
                "alias": [listing.entry_name for listing in listings if listing.entry_name != name],
                "country": countries.get(party_id, ""),
                "topics": [TOPICS.get(listing.effect_kind, "") for listing in listings if listing.is_current],
                "notes": f"Its own statement: {replies[party_id]}" if replies.get(party_id) else "",
            },
        )


def _sanction(row: ListingRow) -> Entity:
    key = (row.party_id, row.list_id, row.entry_name, row.measure, row.programme, row.act, str(row.since))
    dates = [f"{name} {day}" for name, day in (("since", row.since), ("until", row.until)) if day]
    return _entity(
        "Sanction",
        f"{DATASET}-listing-{uuid_of(*key)}",
        {
            "entity": _party_id(row.party_id),
            "authority": str(row.list_title),
            "program": row.programme,
            "provisions": row.measure,
            "listingDate": stated_day(row.since),
            "startDate": stated_day(row.since),
            "endDate": stated_day(row.until),
            "status": "in force" if row.is_current else "not in force",
            "summary": row.act,
            "description": [f"Listed as {row.entry_name}", *dates, str(row.effect)],
            "sourceUrl": web_address(row.act_address) or web_address(row.citation.address),
            "publisher": row.citation.title,
            "retrievedAt": _iso(row.citation),
        },
    )


def _ownership(edge: OwnershipEdge) -> Entity:
    if edge.min_percent is None or edge.max_percent is None:
        percentage = ""
    elif edge.min_percent == edge.max_percent:
        percentage = f"{edge.min_percent:g}"
    else:
        percentage = f"{edge.min_percent:g}-{edge.max_percent:g}"
    return _entity(
        "Ownership",
        f"{DATASET}-stake-{uuid_of(edge.owner_id, edge.asset_id, *edge.citation.key)}",
        {
            "owner": _party_id(edge.owner_id),
            "asset": _party_id(edge.asset_id),
            "role": edge.relation,
            "percentage": percentage,
            "startDate": "" if "/" in edge.since else edge.since,
            "endDate": "" if "/" in edge.until else edge.until,
            "summary": edge.note,
            "publisher": edge.citation.title,
            "sourceUrl": web_address(edge.citation.address),
            "retrievedAt": _iso(edge.citation),
        },
    )


def _iso(citation: Citation) -> str:
    return citation.retrieved.isoformat() if citation.retrieved else ""


def _link(device_id: str, party_id: str, role: str, status: str) -> Entity:
    return _entity(
        "UnknownLink",
        f"{DATASET}-link-{uuid_of(device_id, party_id, role)}",
        {"subject": device_id, "object": party_id, "role": role, "status": status and f"confidence {status}"},
    )
