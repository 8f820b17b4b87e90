"""Accounts of the service: who may do what, and how they prove who they are."""
