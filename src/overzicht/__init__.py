"""Overzicht: what equipment do we have, who really made it, and what do the lists and the law say of them."""

__version__ = "0.1.0"
