"""Inventories: spreadsheets, network scans and device answers, read into sightings."""
