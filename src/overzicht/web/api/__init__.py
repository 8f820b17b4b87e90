"""The interface for programs: a module per resource, each with a `router` and its models in `models/`."""
