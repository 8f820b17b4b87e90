"""Workflows for parliamentary questions: import, show, search, list overdue sets, count mentions."""
