"""Parties: records of sources, what they own, and the protocol for matching them."""

from overzicht.entities.matcher import Band, PartyMatch, PartyMatcher, PartyQuery
from overzicht.entities.record import Listing, Record, Statement

__all__ = ["Band", "Listing", "PartyMatch", "PartyMatcher", "PartyQuery", "Record", "Statement"]
