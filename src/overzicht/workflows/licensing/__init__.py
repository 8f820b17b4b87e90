"""Licences and denials: the stages joined, one module per task of an officer."""
