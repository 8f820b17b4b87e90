"""Readers of parliamentary questions: one function per format, chosen by the content of a file."""
