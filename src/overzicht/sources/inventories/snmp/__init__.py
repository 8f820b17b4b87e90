"""Walks of SNMP agents: what one device says of itself, in numbers or names of objects."""
