"""Answers to queries: per relation the first line, the facts and the gaps."""
