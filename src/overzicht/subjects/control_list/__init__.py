"""The control list of dual-use items, and what depends on its provisions."""
