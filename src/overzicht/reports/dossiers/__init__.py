"""Dossiers as pages, JSON and lines on a terminal."""
