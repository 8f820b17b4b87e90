"""Walks of SNMP agents: what one device says about itself, in numbers or names of objects."""
