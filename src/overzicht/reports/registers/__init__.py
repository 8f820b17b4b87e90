"""Registers of several organisations in one overview: terminal, JSON and a page."""
