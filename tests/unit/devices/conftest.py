"""Fixtures of the tests of devices; the makers and brands are invented."""

from unit_devices import FakeRegistry, invented, registry

__all__ = ["FakeRegistry", "invented", "registry"]
