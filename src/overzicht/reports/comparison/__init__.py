"""The register on two dates: what changed, as a value and as a document."""
