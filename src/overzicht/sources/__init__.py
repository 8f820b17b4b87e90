"""Sources: readers of official lists and of inventories; they yield records and write nothing."""
