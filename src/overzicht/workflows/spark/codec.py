"""Queries and matches as lines of JSON, for transport between the driver and the workers."""

import json
from dataclasses import asdict
from typing import Any

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.evidence import Reason


def query_to_line(query: PartyQuery) -> str:
    """Return the line that `query_from_line` reads back to an equal query."""
    return json.dumps(asdict(query), ensure_ascii=False)


def query_from_line(line: str) -> PartyQuery:
    """Return the query of a line; KeyError or TypeError if it is not a query."""
    data: dict[str, Any] = json.loads(line)
    identifiers = tuple((prop, value) for prop, value in data["identifiers"])
    texts = {key: tuple(data[key]) for key in ("names", "not_the_same_as", "tentative_names", "countries")}
    return PartyQuery(**{**data, **texts, "identifiers": identifiers})


def matches_to_line(matches: list[PartyMatch]) -> str:
    """Return the line that `matches_from_line` reads back to equal matches, in their order."""
    rows = [
        (
            match.query_id,
            match.record_id,
            match.list_id,
            float(match.score),  # Python writes every bit of a float to JSON, so scores remain equal
            match.matched_on,
            [reason.to_json() for reason in match.reasons],
            match.band,
        )
        for match in matches
    ]
    return json.dumps(rows, ensure_ascii=False)


def matches_from_line(line: str) -> list[PartyMatch]:
    """Return the matches of a line, best first."""
    return [
        PartyMatch(query_id, record_id, list_id, score, on, tuple(map(Reason.from_json, reasons)), Band(band))
        for query_id, record_id, list_id, score, on, reasons, band in json.loads(line)
    ]
