"""The register of equipment in the store: organisations, devices and their lives, imports, plans."""
