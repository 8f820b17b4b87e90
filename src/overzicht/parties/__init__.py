"""Resolved parties: who is known under which names, and which entries of which lists are one party."""
