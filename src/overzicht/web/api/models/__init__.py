"""The forms of what the interface takes and gives; a module per resource."""
