"""Devices: who really made this, from traces, maker cards and relabelling statements."""

from overzicht.devices.sighting import Candidate, DeviceKind, Identification, Sighting, Trace

__all__ = ["Candidate", "DeviceKind", "Identification", "Sighting", "Trace"]
