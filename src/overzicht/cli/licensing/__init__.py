"""Commands of the licensing officer and the compliance officer: cases and denials."""
