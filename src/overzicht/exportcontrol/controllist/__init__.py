"""The control list as data: versions, provisions, notes, terms, quantities, and how two versions differ."""
