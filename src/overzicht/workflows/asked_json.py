"""What lists answered about parties, and which parties are one, as JSON data for other programs.

`say` turns a sentence into a language; left out, it is English.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from overzicht.evidence import Text
from overzicht.store.decisions import Judgement
from overzicht.workflows.ask import AskedParty
from overzicht.workflows.listings import FoundListing
from overzicht.workflows.merges import SameAs, SameParties
from overzicht.workflows.sameparty import Member, Suggestion

Say = Callable[[Text], str]


def asked_json(answered: AskedParty, as_of: date, say: Say = str) -> dict[str, Any]:
    """Return what one party was answered: every list's answer, then the listings with score and reasons."""
    return {
        "query": answered.query.id,
        "name": answered.query.names[0],
        "as_of": as_of.isoformat(),
        "answers": [
            {"list": answer.list_id, "answer": answer.answer.value, "note": say(answer.note)}
            for answer in answered.answers
        ],
        "listings": [
            {
                **_listing_json(found, say),
                "same_as": [
                    same_as_json(each)
                    for each in answered.same_as.get((found.card.id, found.state.record.id), ())
                ],
            }
            for found in answered.listings
        ],
        "possible": [_listing_json(found, say) for found in answered.possible],
    }


def _listing_json(found: FoundListing, say: Say) -> dict[str, Any]:
    return {
        "list": found.card.id,
        "record": found.state.record.id,
        "name": found.state.record.caption,
        "matched_on": found.match.matched_on,
        "measure": found.state.listing.measure,
        "listing": found.state.listing.id,
        "answer": found.answer.value,
        "since": str(found.state.since),
        "until": str(found.state.until) if found.state.until else None,
        "score": found.match.score,
        "reasons": [say(reason.text) for reason in found.match.reasons],
        "notes": [say(note) for note in found.state.notes],
        "citation": found.citation.to_json(),
    }


def same_as_json(same_as: SameAs) -> dict[str, Any]:
    """Return another list's record of the same party; `judgement` is null where a number joins."""
    return {
        "list": same_as.list_id,
        "record": same_as.record_id,
        "name": same_as.name,
        "numbers": _numbers(same_as.numbers),
        "judgement": _judgement_json(same_as.judgement) if same_as.judgement else None,
    }


def same_parties_json(found: SameParties, as_of: date, say: Say = str) -> dict[str, Any]:
    """Return which parties are one by a number, and which may be by their names, surest first."""
    return {
        "as_of": as_of.isoformat(),
        "joined": [
            {
                "numbers": _numbers(party.numbers),
                "members": [_member_json(member) for member in party.members],
            }
            for party in found.joined
        ],
        "suggested": [_suggestion_json(each, judgements, say) for each, judgements in found.suggested],
    }


def _suggestion_json(suggestion: Suggestion, judgements: tuple[Judgement, ...], say: Say) -> dict[str, Any]:
    return {
        "id": suggestion.finding_id,
        "score": suggestion.score,
        "members": [_member_json(member) for member in (suggestion.first, suggestion.second)],
        "reasons": [{"text": say(r.text), "against": r.against} for r in suggestion.reasons],
        "judgements": [_judgement_json(judgement) for judgement in judgements],
    }


def _member_json(member: Member) -> dict[str, str]:
    record = member.record
    return {"list": member.list_id, "record": record.id, "name": record.caption, "kind": record.schema}


def _numbers(numbers: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"kind": kind, "value": value} for kind, value in numbers]


def _judgement_json(judgement: Judgement) -> dict[str, Any]:
    return {
        "number": judgement.id,
        "verdict": judgement.verdict.value,
        "by": judgement.actor,
        "at": judgement.at,
        "reason": judgement.reason,
        "withdrawn_by": judgement.withdrawn_by or None,
        "withdrawn_at": judgement.withdrawn_at or None,
    }
