"""Dossiers: evidence about a party, steps taken, and its right of reply, with all versions.

Every function takes the open `Store` first. A function that writes also takes an `Actor` (`evidence.actor`)
and is one transaction. An unknown id raises UnknownNameError. A change that is not possible raises
DossierError.

`as_of` is the date of the question: later statements, steps and presences are left out. `known_on` is a date
of the file: versions recorded later are left out; None uses the newest versions.

Every sentence is a `Finding` that cites one source. If a source is withdrawn, the sentences that cite it are
removed; the entry remains, marked as withdrawn or without a source.
"""
