"""Dossiers: what is said of a party, what was done about it, and the party's own side."""
