"""Known parties with their names, and links between entries of lists that are one party."""
