"""Law on a date for described uses: `showing` instruments, reading `files` of uses, `weighing` them.

These modules are the interface; the command line, the web and the answers to questions call nothing else.
None of them reads the clock, and none needs the store; with a store its lists are asked about the parties.
Values are in `diligence.uses`, `diligence.weighing` and `law.instruments`.
"""
