"""Queries and matches as lines of JSON, the form in which they travel between the driver and the workers."""

import json
from dataclasses import asdict
from typing import Any

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.evidence import Reason


def query_to_line(query: PartyQuery) -> str:
    """Return the line that `query_from_line` reads back to an equal query."""
    return json.dumps(asdict(query), ensure_ascii=False)


def query_from_line(line: str) -> PartyQuery:
    """Return the query of a line; KeyError or TypeError when it is none of ours."""
    data: dict[str, Any] = json.loads(line)
    return PartyQuery(
        id=data["id"],
        names=tuple(data["names"]),
        schema=data["schema"],
        identifiers=tuple((prop, value) for prop, value in data["identifiers"]),
        birth_date=data["birth_date"],
        not_the_same_as=tuple(data["not_the_same_as"]),
        party_id=data["party_id"],
        tentative_names=tuple(data["tentative_names"]),
    )


def matches_to_line(matches: list[PartyMatch]) -> str:
    """Return the line that `matches_from_line` reads back to equal matches, in their order."""
    return json.dumps([_match_to_json(match) for match in matches], ensure_ascii=False)


def _match_to_json(match: PartyMatch) -> list[Any]:
    reasons = [reason.to_json() for reason in match.reasons]
    # a float keeps every bit in JSON as Python writes it, so scores come back equal
    score = float(match.score)
    return [match.query_id, match.record_id, match.list_id, score, match.matched_on, reasons, match.band]


def matches_from_line(line: str) -> list[PartyMatch]:
    """Return the matches of a line, best first."""
    return [
        PartyMatch(query_id, record_id, list_id, score, on, tuple(map(Reason.from_json, reasons)), Band(band))
        for query_id, record_id, list_id, score, on, reasons, band in json.loads(line)
    ]
