"""Workflows: one function per task of a user; the only place where stages are joined."""
