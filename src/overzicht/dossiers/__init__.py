"""Dossiers: claims about a party, steps taken, and the party's own statements."""
