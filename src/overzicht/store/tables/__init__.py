"""The tables of the store, by subject; `schema` has those that all share, and brings them together."""
