"""The values that the command line, the service and exported files show, and the one way they become JSON."""
