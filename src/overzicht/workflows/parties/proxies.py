"""Parties and their listings as FollowTheMoney entities."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from followthemoney import model

from overzicht.dates import DateBasis, LegalDate
from overzicht.evidence import Answer
from overzicht.workflows.listings import FoundListing
from overzicht.workflows.parties.state import PartyOnDay

FTM_LIST = "ftm"  # its listings are entities of their own, with their own ids
TOPICS = {  # what a list does in law: the topic of FollowTheMoney that says so
    "asset freeze": "sanction",
    "mixed": "sanction",
    "export licence": "export.control",
    "procurement ban": "debarment",
    "authorisation ban": "reg.action",
    "investment ban": "invest.ban",
    "finance ban": "sanction",
    "dealing ban": "sanction",
    "import ban": "forced.labor",
    "travel ban": "sanction",
    "naming": "reg.warn",
}
STATUS = {
    Answer.FOUND: "in force",
    Answer.NOT_FOUND: "not in force",
    Answer.NOT_CHECKED: "not checked: whether it was in force on that day cannot be told",
}
_SANCTION_MARK = "-listing-"


def topics_of(party: PartyOnDay) -> tuple[str, ...]:
    """Return the topics of a party: what its record says itself, and what the listings in force do in law."""
    own = party.record.values("topics")
    by_law = (
        TOPICS.get(each.effect.kind, "")
        for each in party.listings
        if each.state.answer is Answer.FOUND and (each.card.id != FTM_LIST or not own)
    )
    return tuple(dict.fromkeys(topic for topic in (*own, *by_law) if topic))


def entity_of(party: PartyOnDay, same_as: Iterable[str] = ()) -> dict[str, Any]:
    """Return a party as FollowTheMoney JSON with what yente adds; `same_as` are ids of the same party."""
    proxy = model.get_proxy(party.record.to_ftm(), cleaned=True)
    proxy.add("topics", topics_of(party), cleaned=True, quiet=True)
    return {
        **_plain(proxy.to_dict()),
        "caption": party.record.caption,
        "datasets": [party.list_id],
        "referents": sorted(same_as),
        "target": party.is_listed,
        **_seen(party),
    }


def sanctions_of(party: PartyOnDay) -> list[dict[str, Any]]:
    """Return the listings of a party as entities of the schema Sanction, those in force first."""
    order = tuple(STATUS)
    listings = sorted(party.listings, key=lambda each: order.index(each.state.answer))
    return [sanction_of(party, each) for each in listings]


def sanction_id(party: PartyOnDay, listing: FoundListing) -> str:
    """Return the id of a listing as an entity: its own where it is one, else one made of the record's too."""
    own = listing.state.listing.id
    if listing.card.id == FTM_LIST:
        return own
    digest = hashlib.sha256(own.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{party.record.id}{_SANCTION_MARK}{digest}"


def listed_record(entity_id: str) -> str:
    """Return the id of the record that an id of a listing was made of, or an empty text for another id."""
    record_id, mark, digest = entity_id.rpartition(_SANCTION_MARK)
    return record_id if mark and len(digest) == 12 else ""


def sanction_of(party: PartyOnDay, listing: FoundListing) -> dict[str, Any]:
    """Return one listing as an entity. Days that are bounds only are told in words, not as days."""
    state, card = listing.state, listing.card
    entry = state.listing
    proxy = model.make_entity("Sanction")
    proxy.id = sanction_id(party, listing)
    values: Mapping[str, str] = {
        "entity": party.record.id, "authority": card.publisher, "program": entry.programme,
        "provisions": entry.measure, "startDate": _day(state.since), "endDate": _day(state.until),
        "status": STATUS[state.answer], "recordId": entry.id, "reason": entry.reason,
        "sourceUrl": entry.act_address or listing.citation.address, "summary": entry.act,
        "description": "; ".join(map(str, state.notes)),
    }  # fmt: skip
    for prop, value in values.items():
        proxy.add(prop, value, quiet=True)
    return {
        **_plain(proxy.to_dict()),
        "caption": card.title,
        "datasets": [party.list_id],
        "referents": [],
        "target": False,
        **_seen(party),
    }


def _day(value: LegalDate | None) -> str:
    if value is None or value.basis is DateBasis.NOT_LATER_THAN:
        return ""
    return value.day.isoformat()


def _plain(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return id, schema and properties in one order, so that equal input gives equal bytes."""
    return {
        "id": found["id"],
        "schema": found["schema"],
        "properties": {prop: list(values) for prop, values in sorted(found["properties"].items())},
    }


def _seen(party: PartyOnDay) -> dict[str, str]:
    return {
        "first_seen": f"{party.first_seen}T00:00:00",
        "last_seen": f"{party.last_seen}T00:00:00",
        "last_change": f"{party.last_change}T00:00:00",
    }
