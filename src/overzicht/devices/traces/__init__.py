"""Traces: one module per kind of trace, each turning a value into evidence on who made the device."""

from overzicht.devices.traces.interface import Evidence, Family, Lookup, MacRegistry

__all__ = ["Evidence", "Family", "Lookup", "MacRegistry"]
