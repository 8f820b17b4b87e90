"""The kinds of stored record that cite provisions: each one function from the store to its citations.

A new version of the list asks every one of them. Whoever stores a new kind of record adds its function here.
"""

from overzicht.workflows.control.update import CitationSource

CITATION_SOURCES: tuple[CitationSource, ...] = ()
