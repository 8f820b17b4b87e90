"""The whole store at once: exported, loaded, backed up, proved."""
