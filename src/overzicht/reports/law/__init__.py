"""Weighings and instruments as lines for the terminal, as JSON and as one HTML page."""
