"""Readers of parliamentary questions: one function per form, told apart by what a file holds."""
