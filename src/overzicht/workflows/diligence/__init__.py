"""Due diligence by the six OECD steps: a working file per organisation, prefilled, judged by people.

The interface: `files` begins, fills and shows a working file, `acts` writes what people say in it, and
`reporting` makes the yearly report; the command line and the web call nothing else. Values are in
`diligence.working_file`, `diligence.recorded` and `diligence.words`. Each function takes the open `Store`
first; those that write take an `Actor`: one transaction each, in the log. An unknown file, risk, entry or run
raises UnknownNameError; what cannot be done raises DiligenceError.
"""
