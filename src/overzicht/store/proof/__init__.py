"""Proof of the stored rows: what a log entry states about them, and the signed end of the log."""
