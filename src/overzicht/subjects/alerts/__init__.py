"""Alerts: what list changes mean for the parties in use."""
