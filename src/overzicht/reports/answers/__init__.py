"""Answers to parliamentary questions as documents: HTML, DOCX, JSON and lines for the terminal."""
