"""Denials: what states refused, and who read about it."""
