"""Identifiers: one format per module, each with `normalize`."""
