"""Parties: records of sources, what they own, and the protocol for matching them."""

from overzicht.entities.matcher import PartyMatch, PartyMatcher, PartyQuery
from overzicht.entities.record import Listing, Record, Statement

__all__ = ["Listing", "PartyMatch", "PartyMatcher", "PartyQuery", "Record", "Statement"]
