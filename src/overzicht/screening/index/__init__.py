"""The index: listed names as arrays in files that several processes read at once, and candidates from it."""
