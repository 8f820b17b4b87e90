"""The whole store at once: export, load, back up, check."""
