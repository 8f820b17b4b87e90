"""Overzicht: an overview of equipment, its manufacturers, and what lists and laws state about them."""

__version__ = "0.2.0"
