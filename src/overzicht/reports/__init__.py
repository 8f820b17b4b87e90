"""Reports: one data model of the overview, and a renderer for each format."""

from overzicht.reports.i18n import Language
from overzicht.reports.interface import Format, render

__all__ = ["Format", "Language", "render"]
