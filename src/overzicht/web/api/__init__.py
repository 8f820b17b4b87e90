"""The interface for programs: a module per resource, each with a `router` and the models of its requests."""
