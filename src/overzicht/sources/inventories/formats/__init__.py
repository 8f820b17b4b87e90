"""Formats of other programs: one description (YAML) each, read by three engines: table, tree and lines."""
