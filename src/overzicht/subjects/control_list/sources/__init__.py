"""Readers of control lists: files with the text of Annex I, with known defects corrected."""
