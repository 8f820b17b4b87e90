"""Readers of consolidated acts of the Union: EUR-Lex HTML, Formex XML, and plain text."""
