"""The entity-list way: what the American rows require of a case, and how that differs from the EU."""
