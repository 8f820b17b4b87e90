"""The pages for people: a module per group of pages, each with a `router`."""
