"""Parties and their listings as FollowTheMoney entities."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from followthemoney import model

from overzicht.entities.ftm import TOPICS, stated_day
from overzicht.evidence import Answer
from overzicht.subjects.compat.parties.state import PartyOnDay
from overzicht.subjects.lists.listings import FoundListing

FTM_LIST = "ftm"  # its listings are entities of their own, with their own ids
STATUS = {
    Answer.FOUND: "in force",
    Answer.NOT_FOUND: "not in force",
    Answer.NOT_CHECKED: "not checked: no loaded version shows whether it was in force on that date",
}
_SANCTION_MARK = "-listing-"


def topics_of(party: PartyOnDay) -> tuple[str, ...]:
    """Return the topics of a party: those of its record, and the legal effects of the listings in force."""
    own = party.record.values("topics")
    by_law = (
        TOPICS.get(listing.effect.kind, "")
        for listing in party.listings
        if listing.state.answer is Answer.FOUND and (listing.card.id != FTM_LIST or not own)
    )
    return tuple(dict.fromkeys(topic for topic in (*own, *by_law) if topic))


def entity_of(
    party: PartyOnDay, same_as: Iterable[str] = (), others: Sequence[PartyOnDay] = ()
) -> dict[str, Any]:
    """Return a party as FollowTheMoney JSON with what yente adds; `same_as` are ids of the same party.

    The values of `others`, records of the same party, are added to those of its own record.
    """
    records = (party, *others)
    proxy = model.get_proxy(party.record.to_ftm(), cleaned=True)
    for other in others:
        for prop, values in other.record.to_ftm()["properties"].items():
            proxy.add(prop, values, cleaned=True, quiet=True)
    for record in records:
        proxy.add("topics", topics_of(record), cleaned=True, quiet=True)
    return {
        **_plain(proxy.to_dict()),
        "caption": party.record.caption,
        "datasets": list(dict.fromkeys(record.list_id for record in records)),
        "referents": sorted(set(same_as)),
        "target": any(record.is_listed for record in records),
        **_seen(*records),
    }


def sanctions_of(party: PartyOnDay) -> list[dict[str, Any]]:
    """Return the listings of a party as entities of the schema Sanction, those in force first."""
    order = tuple(STATUS)
    listings = sorted(party.listings, key=lambda listing: order.index(listing.state.answer))
    return [sanction_of(party, listing) for listing in listings]


def sanction_id(party: PartyOnDay, listing: FoundListing) -> str:
    """Return the id of a listing as an entity: its own in a FollowTheMoney file, else a made one."""
    own = listing.state.listing.id
    if listing.card.id == FTM_LIST:
        return own
    digest = hashlib.sha256(own.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{party.record.id}{_SANCTION_MARK}{digest}"


def listed_record(entity_id: str) -> str:
    """Return the id of the record in a made id of a listing, or an empty text for another id."""
    record_id, mark, digest = entity_id.rpartition(_SANCTION_MARK)
    return record_id if mark and len(digest) == 12 else ""


def sanction_of(party: PartyOnDay, listing: FoundListing) -> dict[str, Any]:
    """Return one listing as an entity. Dates that are only bounds are in the description."""
    state, card = listing.state, listing.card
    entry = state.listing
    proxy = model.make_entity("Sanction")
    proxy.id = sanction_id(party, listing)
    values: Mapping[str, str] = {
        "entity": party.record.id,
        "authority": card.publisher,
        "program": entry.programme,
        "provisions": entry.measure,
        "startDate": stated_day(state.since),
        "endDate": stated_day(state.until),
        "status": STATUS[state.answer],
        "recordId": entry.id,
        "reason": entry.reason,
        "sourceUrl": entry.act_address or listing.citation.address,
        "summary": entry.act,
        "description": "; ".join(map(str, state.notes)),
    }
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


def _plain(entity: Mapping[str, Any]) -> dict[str, Any]:
    """Return id, schema and properties in one order, so that equal input gives equal bytes."""
    return {
        "id": entity["id"],
        "schema": entity["schema"],
        "properties": {prop: list(values) for prop, values in sorted(entity["properties"].items())},
    }


def _seen(*parties: PartyOnDay) -> dict[str, str]:
    return {
        "first_seen": f"{min(party.first_seen for party in parties)}T00:00:00",
        "last_seen": f"{max(party.last_seen for party in parties)}T00:00:00",
        "last_change": f"{max(party.last_change for party in parties)}T00:00:00",
    }
