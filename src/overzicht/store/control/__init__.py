"""Export control in the store: licences, denials, classifications, uses of general authorisations."""
