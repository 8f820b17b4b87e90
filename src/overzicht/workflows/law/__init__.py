"""Law on a date for described uses: `showing` instruments, `files` with uses, and their `weighing`.

A store is optional; with a store the parties of a use are screened against its lists.
"""
