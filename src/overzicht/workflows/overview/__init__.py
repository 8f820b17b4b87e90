"""The overview: inventories in, one cited report out."""
