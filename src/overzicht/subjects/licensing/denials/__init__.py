"""Denials: what states refused, their exchange and matching, and who read about it."""
