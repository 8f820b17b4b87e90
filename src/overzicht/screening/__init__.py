"""Screening: names in, listed parties out, with reasons."""
