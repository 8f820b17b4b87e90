"""Due diligence by the six OECD steps: a working file per organisation, prefilled, judged by people.

`files` creates and shows a working file, `acts` records the decisions of people, `reporting` makes the yearly
report. Every function takes the open `Store` first; a function that writes also takes an `Actor` and is one
transaction. An unknown file, risk, entry or run raises UnknownNameError. A change that is not possible raises
DiligenceError.
"""
