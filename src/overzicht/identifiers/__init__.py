"""Identifiers: one format per module, each with is_valid and normalize."""
