"""The subjects of the field: each has its operations, which the command line and the service follow."""
