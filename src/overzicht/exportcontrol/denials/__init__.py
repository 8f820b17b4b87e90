"""Denials: records, their exchange, essentially identical transactions, consultations and reviews."""
