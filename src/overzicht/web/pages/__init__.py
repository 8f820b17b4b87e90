"""The pages for people: a module per family, each with a `router`; `page.render` answers."""
