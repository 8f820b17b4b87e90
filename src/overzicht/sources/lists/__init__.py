"""Official lists: a card and a strict reader for each."""
