"""The overview in the standard forms of other programs: each writes the same report, and none adds to it."""
